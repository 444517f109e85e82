"""TPL209: a refusal does not mention what the law protects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence, Term
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from mailmerge.letter import Letter


_GROUNDS = (
    (Term(N_("age")), "âge|age|aged|(?:plus|trop|moins) (?:jeunes?|âgée?s?)|too (?:young|old)|older|younger"),
    (Term(N_("pregnancy")), "enceintes?|grossesses?|votre maternité|pregnan\\w+|maternity|paternité"),
    (
        Term(N_("health or disability")),
        "handicap\\w*|état de santé|(?<!assurance )maladies?|invalidité|disab\\w+|illness|rqth|apparence physique",
    ),
    (
        Term(N_("origin")),
        "(?:votre|vos|leur|son) origines?|origines? (?:ethniques?|étrangères?|sociales?)|nationalité|nationality|"
        "ethni\\w+|race|immigr\\w+|(?:votre|an|your) accent",
    ),
    (
        Term(N_("religion")),
        "religi\\w+|croyances?|foulard|le voile|headscarf|musulman\\w*|juif|juive|catholique|muslim|jewish",
    ),
    (
        Term(N_("sex or sexual orientation")),
        "sexe|sexuelle|homosexu\\w+|gender|transgenre|femmes?|hommes?|women|men|woman|man",
    ),
    (
        Term(N_("trade union membership or political opinion")),
        "syndicale?s?|syndicalistes?|syndiqué\\w*|trade union|opinions? politiques?|political (?:opinion|view)s?",
    ),
    (
        Term(N_("family situation")),
        "situation de famille|situation familiale|enfants à charge|célibataire|mariée?|marital|divorcée?",
    ),
    (Term(N_("place of residence")), "lieu de résidence|votre quartier|votre domicile"),
)
"""What the law protects, and the words for it."""
_GROUND = regex("|".join(f"(?P<g{i}>\\b(?:{p})\\b)" for i, (_name, p) in enumerate(_GROUNDS)), re.IGNORECASE)
_REFUSAL = regex(
    r"(?:pas|peut|pouvons|pourrons) (?:été )?(?:retenue?s?|retenir|retenons|sélectionnée?|en mesure|possible|"
    r"donner suite|correspond)|ne (?:donner|donnerons|retenons|retiendrons)|de retenir votre|"
    r"refus|regret|rejet|malheureusement|écartée?|unsuccessful|not (?:been )?(?:selected|retained|able|be)|unable|"
    r"unfortunately|reject|declin|not (?:take|pursue|progress|invite|proceed)|other candidates?|autres? candidate?s?",
    re.IGNORECASE,
)
_FAIR = regex(
    r"sans distinction|sans discrimination|égalité|quel(?:le)?s? que soi|indépendamment|non-discrimination|diversité|"
    r"regardless|equal|without regard|irrespective|diversity|inclusi|femmes? (?:et|/|ou) (?:d['’])?hommes?|"
    r"hommes? (?:et|/|ou) (?:de )?femmes?|\bh/f\b|\bf/h\b",
    re.IGNORECASE,
)
_SENTENCE = regex(r"[^.!?\n]*(?:\n(?!\n)[^.!?\n]*)*[.!?]?")


DOC = RuleDoc(
    title=N_("A refusal does not mention what the law protects."),
    what=N_("Age, origin, sex, pregnancy, health, religion, union and the like in the same sentence as the refusal."),
    why=N_("Code du travail L1132-1 and the Equality Act 2010: such a sentence is evidence in court, sent 340 times."),
    bad=N_("unfortunately we are looking for somebody younger"),
    good=N_("all applications are considered regardless of age, origin or sex"),
    fix=N_("Give a reason related to the work, or none."),
)
_GROUND_NAMED = Sentence(
    "tpl209.ground",
    one=N_(
        '{letter}, line {line}: "{text}" appears next to the refusal and could be read '
        "as refusing on grounds of {ground}"
    ),
    fix=N_("Give a reason related to the work, or none."),
)


_CALLED = regex(
    r"\b(?:association|fondation|foundation|centre|maison|collectif|f[ée]d[ée]ration|r[ée]seau|charity|trust|institut|"
    r"institute|union|ligue|soci[ée]t[ée]|groupe|comit[ée]|office|agence|mutuelle|caisse|ordre|league|network)\b"
    r"[^,;:.!?\n]{0,60}\Z",
    re.IGNORECASE,
)


def _is_called_so(text: str, ground: re.Match[str]) -> bool:
    """Whether the word is in the name of an organisation: Femmes Solidaires, Centre des droits des femmes."""
    before = text[: ground.start()]
    named = ground.group()[0].isupper() and not ground.group().isupper() and bool(before.strip(' \t\n*_>#"«“'))
    return named or bool(_CALLED.search(before)) or before.rstrip()[-1:] in ("«", "“")


@rule("TPL209", "discriminatory-wording", Severity.WARN, Suppression.WAIVER, Scope.LETTER, DOC)
def discriminatory_wording(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Words for what the law protects, in the sentence of a refusal."""
    for constant in letter.constants:
        for sentence in _SENTENCE.finditer(constant.text):
            text = sentence.group()
            if not _REFUSAL.search(text) or _FAIR.search(text):
                continue
            found = next((each for each in _GROUND.finditer(text) if not _is_called_so(text, each)), None)
            if not found:
                continue
            line = constant.line_at(sentence.start() + found.start())
            ground = _GROUNDS[int((found.lastgroup or "g0")[1:])][0]
            yield RawFinding(
                says=_GROUND_NAMED,
                values={"letter": Quoted(letter.name), "line": line, "text": Quoted(found.group()), "ground": ground},
                evidence=(letter.name, " ".join(text.split())),
                letter=letter.name,
                letter_line=line,
                excerpt=found.group(),
            )
