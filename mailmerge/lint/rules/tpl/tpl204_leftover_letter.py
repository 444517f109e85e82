"""TPL204: nothing is left over from the letter that this one was made from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.places import names_a_place
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.tpl.tpl203_hard_coded_recipient import from_names
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.regex import regex
from mailmerge.text import fold, strip_accents

if TYPE_CHECKING:
    from mailmerge.letter import ConstantText, Letter


_HONORIFIC = regex(
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
_DATE = regex(
    rf"\b(?:\d{{1,2}}(?:er|st|nd|rd|th)?[ \xa0]+(?:{_MONTHS})[ \xa0]+|(?:{_MONTHS})[ \xa0]+\d{{1,2}},?[ \xa0]+|"
    r"\d{1,2}[/.-]\d{1,2}[/.-])((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_LAW = regex(
    r"\b(?:r[èe]glement|loi|directive|d[ée]cret|ordonnance|arr[êe]t[ée]?|act|regulation|article|rgpd|gdpr)\b",
    re.IGNORECASE,
)


DOC = RuleDoc(
    title=N_("Nothing is left over from the letter that this one was made from."),
    what=N_("A title with a name in the author's own words, and a date in another year."),
    why=N_('"Mrs Durham" in a letter to 340 people was the recipient of the old letter that it was copied from.'),
    bad=N_("Dear Mrs Durham, further to our interview on 12 March 2021"),
    good=N_("Dear Sir or Madam; a declared signatory; the date of a law"),
    fix=N_('Replace it with a field, or declare who signs: [lint] signatories = ["Claire Martin"].'),
)
_NAME = Sentence(
    "tpl204.name",
    one=N_('{letter}, line {line}: "{text}" seems to be left over from another letter; every recipient would see it'),
    fix=N_(
        "Replace it with a field; or, if this is who signs the letter, list them under signatories "
        "in [lint] of campaign.toml."
    ),
)
_DATE_OF_OLD = Sentence(
    "tpl204.date",
    one=N_('{letter}, line {line}: "{text}" seems to be left over from another letter; every recipient would see it'),
    fix=N_("Correct the date, or replace it with a field."),
)


@rule("TPL204", "leftover-letter", Severity.WARN, Suppression.WAIVER, Scope.LETTER, DOC)
def leftover_letter(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Names and dates left over from another letter."""
    signing = {word for name in (*inspection.signatories, *map(fold, from_names(letter))) for word in name.split()}
    years = _usual_years()
    for constant in letter.constants:
        for match in _HONORIFIC.finditer(constant.text):
            name = fold(match[1]).split()
            if name[0] in _TITLES or set(name) & signing or _is_place(constant.text, match):
                continue
            yield _leftover(letter, constant, match, _NAME)
        for match in _DATE.finditer(constant.text):
            before = constant.text[max(0, match.start() - 80) : match.start()]
            if int(match[1]) < min(years) and not _LAW.search(before):
                yield _leftover(letter, constant, match, _DATE_OF_OLD)


def _is_place(text: str, match: re.Match[str]) -> bool:
    """Whether a street or a building is called so: place du Docteur Baylac."""
    before = strip_accents(text[max(0, match.start() - 60) : match.start()])
    return names_a_place(f"{before}docteur ", text[match.end() : match.end() + 20])


def _usual_years() -> frozenset[int]:
    today = datetime.date.today()
    last = {today.year - 1} if today.month <= 3 else set()
    return frozenset({today.year, today.year + 1} | last)


def _leftover(letter: Letter, constant: ConstantText, match: re.Match[str], says: Sentence) -> RawFinding:
    line = constant.line + constant.text.count("\n", 0, match.start())
    return RawFinding(
        says=says,
        values={"letter": Quoted(letter.name), "line": line, "text": Quoted(match.group(), 50)},
        evidence=(letter.name, match.group()),
        letter=letter.name,
        letter_line=line,
        excerpt=match.group(),
    )
