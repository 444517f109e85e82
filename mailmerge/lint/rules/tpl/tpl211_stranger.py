"""TPL211: nobody out of nowhere, and no way into the house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.doubt.ordinary import ARTICLES, ORDINARY
from mailmerge.lint.identities.doubt.places import names_a_place
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.tpl.shared_links import links_into_house
from mailmerge.lint.rules.tpl.stranger_words import (
    CHOSEN,
    NO_NAMES,
    NOBODY,
    ONE_CHOSEN,
    ORGANISATIONS,
    PARTIES,
    SOMEBODY,
    WAS_CHOSEN,
)
from mailmerge.lint.rules.tpl.tpl203_hard_coded_recipient import from_names
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.vocabulary import CAPITAL, words
from mailmerge.model import SIGNATURE, Severity
from mailmerge.text.folding import fold, normalise
from mailmerge.text.regex import regex
from mailmerge.text.titles import GREETINGS

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("The letter names nobody out of nowhere, and opens no door of the house."),
    what=N_(
        "A greeting by a name that is typed into the letter, or into its subject; first names in the order of the "
        "table; a name after words such as given to, chosen or selected, of somebody who is neither in the table nor "
        "the sender; a link to a shared sheet, to a folder of this computer or to a server of the house."
    ),
    why=N_(
        "The name is that of the person whom the old letter was for, or of the one who got the job. The link opens the "
        "list of all candidates, or shows how the house is wired."
    ),
    bad=N_("Dear Sandra, in the template; the position was given to Mark Delaney; docs.google.com/spreadsheets/..."),
    good=N_("Dear {{ first_name }}, ; the position was given to somebody else; the company's own website"),
    fix=N_("Replace the name with a field, or remove it; remove the link."),
)
GREETED = Sentence(
    "tpl211.greeted",
    one=N_('{letter}, line {line}: every recipient would be greeted as "{name}", a name typed into the letter'),
    fix=N_('Replace "{name}" with the field that holds the first name.'),
)
LISTED = Sentence(
    "tpl211.listed",
    one=N_(
        '{letter}, line {line}: "{text}" are the first names of people in the table, one after another; every '
        "recipient would see them"
    ),
    fix=N_("Remove the list, unless all of these people may know of each other."),
)
NAMED = Sentence(
    "tpl211.named",
    one=N_('{letter}, line {line}: "{text}" names somebody who is not in the table; every recipient would see it'),
    fix=N_(
        "Remove the name; or, if this person signs the letter, list them under signatories in [lint] of campaign.toml."
    ),
)
NAMED_IN_CELL = Sentence(
    "tpl211.cell",
    one=N_('{person} would see "{text}" in "{header}", which names somebody who is not in the table'),
    fix=N_('Remove the name from "{header}", or make sure that this person may know it.'),
    many=N_('{count} people would see "{text}" in "{header}", which names somebody who is not in the table ({lines})'),
)
LINK = Sentence(
    "tpl211.link",
    one=N_("{letter}, line {line}: {link} leads to a shared document, a server or a folder of your own"),
    fix=N_("Remove the link; if recipients need the document, attach it or put it on a public page."),
)
LINK_IN_CELL = Sentence(
    "tpl211.link-cell",
    one=N_(
        '{person} would see {link} in "{header}", which leads to a shared document, a server or a folder of your own'
    ),
    fix=N_('Remove it from "{header}", or make sure that only this person can open it.'),
    many=N_(
        '{count} people would see links such as {link} in "{header}", which lead to shared documents, servers or '
        "folders of your own ({lines})"
    ),
)

_GREETED_TITLE = (
    r"(?P<title>(?:(?:frau|herrn?|señora?|sra?\.?|don|doña|signora?|sig\.(?:ra)?|dott\.(?:ssa)?|pani|panie|pana?|mevrouw|meneer|"
    r"heer|senhora?|dr\.|dottore?|dottoressa|prof\.(?:ssa)?|professore?|professoressa|ingegnere?|avvocato|doctora?|"
    r"profesora?|doutora?|professora|doktor)[ \t]+){1,2})?"
)
"""Those of languages whose titles TPL204 does not read."""
_GREETING = regex(
    rf"(?:^|\n)[ \t>*_#]*(?P<word>{'|'.join(sorted(GREETINGS, key=len, reverse=True))}|chere|"
    r"ex\.?m[oa]\.?|excelent[íi]ssim[oa])"
    rf"(?:[ \t]+|,[ \t]*(?=[^\n,!:;.{{]{{2,40}}[,!:]?[ \t]*(?:\n|\Z))){_GREETED_TITLE}"
    r"(?P<name>[^\n,!:;.{]{2,40})(?=[ \t]*[,!:\n]|\Z)",
    re.IGNORECASE,
)
_FOR_BOTH = regex(r"[:*_/]-?in(?:nen)?\b|(?<=[^\W\d_A-Z])In(?:nen)?\b")
"""Sänger:innen, SängerInnen."""
_PLURAL = words("chers cheres")
"""Greetings of several."""
_GREETING_WORDS = frozenset(map(fold, GREETINGS))
_SAME = 4
"""Letters that Donatrice and Donateur have in common."""
_READ_TITLES = words("mme m mlle madame monsieur mr mrs ms")
"""Titles that TPL204 reads in a letter."""
_NEAR = 12
_THINGS = ARTICLES | words("unsere unseren ihre ihren keine keinen")
"""Words before a thing, which German writes with a capital."""
_A_NAME = rf"[{CAPITAL}][\w'’]+(?:[- ][{CAPITAL}][\w'’]+)?"
_CALLED_FIRST = regex(rf"\A[^\w]*(?:(?i:re|tr|fwd?|aw|wg)\s*:\s*)*(?P<name>{_A_NAME}),\s")
_CALLED_LAST = regex(rf",\s(?P<name>{_A_NAME})\s?[!?.]*\s*\Z")
_NAMES = regex(rf"(?<![\w-]){_A_NAME}(?:,\s*{_A_NAME}){{3,}}(?:,?\s+(?:et|and|und|y|e|i|en|ja|og|&)\s+{_A_NAME})?")
_AND = regex(r",\s*(?:(?:et|and|und|y|e|i|en|ja|og|&)\s+)?|\s+(?:et|and|und|y|e|i|en|ja|og|&)\s+")
_LISTED = 5
"""First names in the order of the table from which on they are its list."""
_NEARLY_ALL = 0.6
"""The share of its first names that are as good as the list."""
_LEAST = 15
"""Characters of a cell that says something about somebody."""


@rule("TPL211", "stranger", Severity.WARN, Suppression.WAIVER, Scope.LETTER, DOC)
def stranger(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Names out of nowhere and links into the house, in the letter's own words."""
    signing = {word for name in (*inspection.signatories, *map(fold, from_names(letter))) for word in name.split()}
    for constant in letter.constants:
        if constant.literal or constant.part == SIGNATURE:
            continue
        found = [(LINK, link, at) for link, at in links_into_house(constant.text, within=inspection.is_within_house)]
        if constant.part.casefold() == "subject":
            found += [(GREETED, name, at) for name, at in _called(inspection, constant.text)]
        if constant.part == "body":
            found += [(LISTED, name, at) for name, at in _listed(inspection, constant.text)]
            found += [(GREETED, name, at) for name, at in _greeted(inspection, constant.text, signing)]
            found += [(NAMED, text, at) for text, at in _chosen(inspection, constant.text, signing)]
        for says, text, at in found:
            line = constant.line_at(at)
            yield RawFinding(
                says=says,
                values={
                    "letter": Quoted(letter.name),
                    "line": line,
                    "name": Quoted(text, 40),
                    "text": Quoted(text),
                    "link": Quoted(text),
                },
                evidence=(letter.name, says.id, text),
                letter=letter.name,
                letter_line=line,
                excerpt=text,
            )


@also("TPL211", Scope.MESSAGE)
def stranger_in_cell(view: MessageView) -> Iterator[RawFinding]:
    """The same in a cell that the letter prints."""
    for printed in dict.fromkeys(view.printed):
        value = printed.text
        if len(value) < _LEAST:
            continue
        found = [(LINK_IN_CELL, link) for link in printed.once(_links)]
        if printed.once(_may_name):
            signing = {word for name in view.inspection.signatories for word in name.split()} | view.words_of_own_name
            found += [(NAMED_IN_CELL, text) for text, _at in _chosen(view.inspection, value, signing, in_cell=True)]
        for says, text in found:
            index = view.message.values.index(value)
            header = view.source_of(index)
            yield RawFinding(
                says=says,
                values={
                    "person": view.inspection.person(view.record),
                    "text": Quoted(text),
                    "link": Quoted(text),
                    "header": header,
                },
                evidence=(view.own_key, says.id, text),
                record=view.record,
                field=view.field_of(index),
                excerpt=text,
                cause=f"{says.id}\x1f{view.message.shape.expressions[index].source}",
            )


def _links(inspection: Inspection, value: str) -> list[str]:
    """The links into the house in a cell."""
    if "/" not in value and "\\" not in value:
        return []
    return [link for link, _at in links_into_house(value, within=inspection.is_within_house)]


def _may_name(_inspection: Inspection, value: str) -> bool:
    """Whether a cell may say that somebody was chosen."""
    return " " in value and (SOMEBODY.search(value) is not None or ONE_CHOSEN.search(value) is not None)


def _greeted(inspection: Inspection, text: str, signing: set[str]) -> Iterator[tuple[str, int]]:
    """Names that everybody would be greeted by; a name of the table is for MSG302 to tell."""
    for match in _GREETING.finditer(text):
        name = match["name"].strip(' \t*_"«»')
        said = fold(normalise(name)).split()
        nobody = NOBODY - ORDINARY - PARTIES if match["title"] else NOBODY  # Frau Vogel is somebody
        if not said or not name[0].isupper() or len(said) > 3 or not nobody.isdisjoint(said):
            continue
        if _greets_several(text, match):
            continue
        if inspection.name_words.isdisjoint(said) and signing.isdisjoint(said) and ORGANISATIONS.isdisjoint(said):
            yield name, match.start("name")


def _greets_several(text: str, match: re.Match[str]) -> bool:
    """Whether what is greeted is a kind of people: Chers Choristes, Sänger:innen; Liebe Spenderin, lieber Spender."""
    name, rest = match["name"].strip(), text[match.start("name") :].partition("\n")[0]
    if _FOR_BOTH.search(rest.partition(",")[0]) or (fold(match["word"]) in _PLURAL and len(name.split()) == 1):
        return True
    *greeting, again = fold(rest[len(name) :].strip(" ,/").partition(",")[0]).split() or [""]
    return " ".join(greeting) in _GREETING_WORDS and again[:_SAME] == fold(name)[:_SAME] and len(again) >= _SAME


def _called(inspection: Inspection, subject: str) -> Iterator[tuple[str, int]]:
    """A first name of the table that a subject begins or ends with, set off as in a greeting."""
    for match in (*_CALLED_FIRST.finditer(subject), *_CALLED_LAST.finditer(subject)):
        name = fold(match["name"]).replace(" ", "")
        is_one_of_several = inspection.identities.is_first_name(name) and len(inspection.records) > 1
        if is_one_of_several and name not in ORDINARY:
            yield match["name"], match.start("name")


def _listed(inspection: Inspection, text: str) -> Iterator[tuple[str, int]]:
    """First names in the order of the table, or of nearly all who are in it: the list itself, and no team by chance."""
    for match in _NAMES.finditer(text):
        names = [fold(name) for name in _AND.split(match.group())]
        if len(names) >= _LISTED and all(inspection.identities.is_first_name(each.replace(" ", "")) for each in names):
            field = inspection.table.columns.first_name
            called = [fold(inspection.table.value(record, field)) for record in inspection.records] if field else []
            in_order = any(called[row : row + len(names)] == names for row in range(len(called)))
            if in_order or (called and len(set(names)) >= _NEARLY_ALL * len(set(called))):
                yield match.group(), match.start()


def _chosen(
    inspection: Inspection, text: str, signing: set[str] | frozenset[str], *, in_cell: bool = False
) -> Iterator[tuple[str, int]]:
    """Who was chosen, where that is nobody of the table and nobody who signs; TPL204 reads titles in the letter."""
    for pattern in (CHOSEN, ONE_CHOSEN, WAS_CHOSEN) if SOMEBODY.search(text) else (ONE_CHOSEN,):
        for match in pattern.finditer(text):
            name = match["name"]
            if name is None and pattern is CHOSEN:
                title, *named = fold(match["titled"]).split()
                is_read = in_cell or title not in _READ_TITLES
                if is_read and inspection.name_words.isdisjoint(named) and signing.isdisjoint(named):
                    yield match.group(), match.start()
            said = fold(name).split() if name else []
            if not said or not signing.isdisjoint(said) or NOBODY.issuperset(said):
                continue
            if said[0] in ORGANISATIONS or said[-1] in ORGANISATIONS:
                continue
            if pattern is WAS_CHOSEN and not (NO_NAMES.isdisjoint(said) and ORGANISATIONS.isdisjoint(said)):
                continue
            before = text[: match.start("name")]
            is_thing = pattern is WAS_CHOSEN and not _THINGS.isdisjoint(fold(before[-_NEAR:]).split()[-1:])
            if is_thing or names_a_place(before, ""):
                continue
            if not any(hit for hit in inspection.identities.found_in(name)):
                yield match.group(), match.start()
