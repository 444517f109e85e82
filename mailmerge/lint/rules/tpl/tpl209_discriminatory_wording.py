"""TPL209: A refusal does not name what the law protects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity

if TYPE_CHECKING:
    from mailmerge.letter import Letter


_GROUNDS = {
    "age": "âge|age|aged|(?:plus|trop|moins) (?:jeunes?|âgée?s?)|too (?:young|old)|older|younger",
    "pregnancy": "enceintes?|grossesses?|votre maternité|pregnan\\w+|maternity|paternité",
    "health or disability": "handicap\\w*|état de santé|(?<!assurance )maladies?|invalidité|disab\\w+|illness|rqth|"
    "apparence physique",
    "origin": "(?:votre|vos|leur|son) origines?|origines? (?:ethniques?|étrangères?|sociales?)|nationalité|nationality|"
    "ethni\\w+|race|immigr\\w+|(?:votre|an|your) accent",
    "religion": "religi\\w+|croyances?|foulard|le voile|headscarf|musulman\\w*|juif|juive|catholique|muslim|jewish",
    "sex or orientation": "sexe|sexuelle|homosexu\\w+|gender|transgenre|femmes?|hommes?|women|men|woman|man",
    "union or opinion": "syndicale?s?|syndicalistes?|syndiqué\\w*|trade union|opinions? politiques?|"
    "political (?:opinion|view)s?",
    "family": "situation de famille|situation familiale|enfants à charge|célibataire|mariée?|marital|divorcée?",
    "residence": "lieu de résidence|votre quartier|votre domicile",
}
_GROUND = re.compile("|".join(f"(?P<g{i}>\\b(?:{p})\\b)" for i, p in enumerate(_GROUNDS.values())), re.IGNORECASE)
_REFUSAL = re.compile(
    r"(?:pas|peut|pouvons|pourrons) (?:été )?(?:retenue?s?|retenir|retenons|sélectionnée?|en mesure|possible|"
    r"donner suite|correspond)|ne (?:donner|donnerons|retenons|retiendrons)|de retenir votre|"
    r"refus|regret|rejet|malheureusement|écartée?|unsuccessful|not (?:been )?(?:selected|retained|able|be)|unable|"
    r"unfortunately|reject|declin|not (?:take|pursue|progress|invite|proceed)|other candidates?|autres? candidate?s?",
    re.IGNORECASE,
)
_FAIR = re.compile(
    r"sans distinction|sans discrimination|égalité|quel(?:le)?s? que soi|indépendamment|non-discrimination|diversité|"
    r"regardless|equal|without regard|irrespective|diversity|inclusi|femmes? (?:et|/|ou) (?:d['’])?hommes?|"
    r"hommes? (?:et|/|ou) (?:de )?femmes?|\bh/f\b|\bf/h\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]*(?:\n(?!\n)[^.!?\n]*)*[.!?]?")


DOC = RuleDoc(
    title=N_("A refusal does not name what the law protects."),
    what=N_("age, origin, sex, pregnancy, health, religion, union and the like in the same sentence as the refusal."),
    why=N_("Code du travail L1132-1 and the Equality Act 2010: such a sentence is evidence in court, sent 340 times."),
    bad=N_("nous recherchons malheureusement un profil plus jeune"),
    good=N_("toutes les candidatures sont étudiées sans distinction d'âge, d'origine ou de sexe"),
    fix=N_("give the reason that concerns the work, or none."),
)


@rule("TPL209", "discriminatory-wording", Severity.WARN, Suppression.WAIVER, Scope.LETTER, DOC)
def discriminatory_wording(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """A refusal does not name what the law protects."""
    for constant in letter.constants:
        for sentence in _SENTENCE.finditer(constant.text):
            text = sentence.group()
            if not _REFUSAL.search(text) or _FAIR.search(text):
                continue
            ground = _GROUND.search(text)
            if not ground:
                continue
            line = constant.line + constant.text.count("\n", 0, sentence.start() + ground.start())
            named = list(_GROUNDS)[int((ground.lastgroup or "g0")[1:])]
            yield Found(
                message=f'{letter.name}, line {line}: "{ground.group()}" stands near the refusal: it can be read '
                f"as a refusal because of {named}",
                fix="Give a reason that concerns the work, or none.",
                evidence=(letter.name, " ".join(text.split())),
                letter=letter.name,
                letter_line=line,
                excerpt=ground.group(),
            )
