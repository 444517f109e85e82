"""The author's own words: what is left of another letter, and what a rejection must not say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.lint.constants import from_names
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.registry import Scope, rule
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

if TYPE_CHECKING:
    from mailmerge.letter import Letter

_HONORIFIC = re.compile(
    r"\b(?:Madame|Monsieur|Mademoiselle|Mme|Mlle|M\.|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Docteur|Maître|Pr\.?)[ \t\xa0]+"
    r"((?:[A-ZÀ-Þ][\w'’-]+)(?:[ \t\xa0]+[A-ZÀ-Þ][\w'’-]+)?)"
)
_TITLES = words(
    "madame monsieur mademoiselle le la les l directeur directrice president presidente maire ministre docteur "
    "professeur responsable candidat candidate nom prenom and or et ou sir madam dear je nous vous votre notre "
    "suite par pour apres dans en au aux ce cette"
)
_MONTHS = (
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|"
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:er|st|nd|rd|th)?[ \xa0]+(?:{_MONTHS})[ \xa0]+|(?:{_MONTHS})[ \xa0]+\d{{1,2}},?[ \xa0]+|"
    r"\d{1,2}[/.-]\d{1,2}[/.-])((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:r[èe]glement|loi|directive|d[ée]cret|ordonnance|arr[êe]t[ée]?|act|regulation|article|rgpd|gdpr)\b",
    re.IGNORECASE,
)


@rule("TPL204", "leftover-letter", Severity.WARN, Suppression.WAIVER, Scope.LETTER)
def leftover_letter(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """Nothing is left of the letter that this one was made from.

    What: a title with a name in the author's own words, and a date of another year.
    Why: "Madame Durand" in a letter to 340 people was the first of the old letters it was copied from.
    Bad: Chère Madame Durand, suite à notre entretien du 12 mars 2021
    Good: Madame, Monsieur; who signs, as declared; the date of a law
    Fix: put a field in its place, or declare who signs: [lint] signatories = ["Claire Martin"].
    """
    signing = {word for name in (*inspection.signatories, *map(fold, from_names(letter))) for word in name.split()}
    years = _usual_years()
    for constant in letter.constants:
        for match in _HONORIFIC.finditer(constant.text):
            name = fold(match[1]).split()
            if name[0] in _TITLES or set(name) & signing:
                continue
            yield _leftover(letter, constant.line + constant.text.count("\n", 0, match.start()), match.group())
        for match in _DATE.finditer(constant.text):
            before = constant.text[max(0, match.start() - 80) : match.start()]
            if int(match[1]) not in years and not _LAW.search(before):
                yield _leftover(letter, constant.line + constant.text.count("\n", 0, match.start()), match.group())


def _usual_years() -> frozenset[int]:
    today = datetime.date.today()
    last = {today.year - 1} if today.month <= 3 else set()
    return frozenset({today.year, today.year + 1} | last)


def _leftover(letter: Letter, line: int, text: str) -> Found:
    return Found(
        message=f'{letter.name}, line {line}: "{shorten(text, 50)}" seems to be left of another letter: '
        "everybody would read it",
        fix="Put a field in its place; or, for who signs, name them in [lint] signatories.",
        evidence=(letter.name, text),
        letter=letter.name,
        letter_line=line,
        excerpt=text,
    )


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


@rule("TPL209", "discriminatory-wording", Severity.WARN, Suppression.WAIVER, Scope.LETTER)
def discriminatory_wording(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """A refusal does not name what the law protects.

    What: age, origin, sex, pregnancy, health, religion, union and the like in the same sentence as the refusal.
    Why: Code du travail L1132-1 and the Equality Act 2010: such a sentence is evidence in court, sent 340 times.
    Bad: nous recherchons malheureusement un profil plus jeune
    Good: toutes les candidatures sont étudiées sans distinction d'âge, d'origine ou de sexe
    Fix: give the reason that concerns the work, or none.
    """
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
