"""TPL216: two versions of a letter say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.extract.as_read import VALUE, TextAsRead, readings_of
from mailmerge.lint.extract.facts import Fact, facts_in, link_key, said_in_words
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text.folding import fold

if TYPE_CHECKING:
    from mailmerge.letter import ConstantText, Letter


DOC = RuleDoc(
    title=N_("Two versions of a letter say the same."),
    what=N_(
        "A date, a time, a number, a link, an address or a name that only one of two versions has: the text and the "
        "HTML of one letter, or the same letter in two languages."
    ),
    why=N_("A date that was corrected in one version only sends half of the people on the wrong day."),
    bad=N_('"10 June" in the text section, "12 June" in the HTML section'),
    good=N_(
        '"10 June" in letter.en.md, "le 10 juin" in letter.fr.md; one letter in Markdown, from which both are made'
    ),
    fix=N_("Correct the version that is wrong, or waive this if both are meant."),
)
_FIX = N_("Correct the version that is wrong, or waive this if both are meant.")
_IN_TEXT = Sentence(
    "tpl216.text",
    one=N_('{letter}, line {line}: the text section says "{said}", and the HTML section does not'),
    fix=_FIX,
)
_IN_HTML = Sentence(
    "tpl216.html",
    one=N_('{letter}, line {line}: the HTML section says "{said}", and the text section does not'),
    fix=_FIX,
)
_IN_OTHER = Sentence(
    "tpl216.language",
    one=N_('{letter}, line {line}: it says "{said}", and {other}, the same letter in another language, does not'),
    fix=_FIX,
)
_IN_BRANCH = Sentence(
    "tpl216.branch",
    one=N_('{letter}, line {line}: the part for "{language}" says "{said}", and the part for "{other}" does not'),
    fix=_FIX,
)


@rule("TPL216", "section-divergence", Severity.WARN, Suppression.WAIVER, Scope.LETTER, DOC)
def section_divergence(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """What only one of two versions says."""
    body = [constant for constant in letter.constants if constant.part == "body"]
    if len(letter.body_lines) == 2:
        text = _Version([each for each in body if each.line < letter.body_lines[1]], "text", names=True)
        html = _Version([each for each in body if each.line >= letter.body_lines[1]], "html", names=True)
        for here, there, says in ((text, html, _IN_TEXT), (html, text, _IN_HTML)):
            for line, said in here.beyond(there):
                yield _found(letter, says, line, said)
        return
    for other in inspection.letters[: _place(inspection.letters, letter)]:
        if letter.language and other.language and letter.language[:2].lower() != other.language[:2].lower():
            yield from _between_letters(letter, other)
    yield from _between_branches(letter, body)


def _place(letters: Sequence[Letter], letter: Letter) -> int:
    return next(index for index, each in enumerate(letters) if each is letter)


def _between_letters(letter: Letter, other: Letter) -> Iterator[RawFinding]:
    mine, theirs = (_Version(each.constants, each.kind) for each in (letter, other))
    for at, here, there, beside in ((letter, mine, theirs, other), (other, theirs, mine, letter)):
        for line, said in here.beyond(there):
            yield _found(at, _IN_OTHER, line, said, other=Quoted(beside.name))


def _between_branches(letter: Letter, body: list[ConstantText]) -> Iterator[RawFinding]:
    by_language: dict[str, list[ConstantText]] = {}
    for constant in body:
        if constant.language:
            by_language.setdefault(constant.language, []).append(constant)
    versions = {language: _Version(texts, letter.kind) for language, texts in by_language.items()}
    first = next(iter(versions), "")
    for language in list(versions)[1:]:
        for mine, theirs in ((first, language), (language, first)):
            for line, said in versions[mine].beyond(versions[theirs]):
                yield _found(letter, _IN_BRANCH, line, said, language=Quoted(mine), other=Quoted(theirs))


def _found(letter: Letter, says: Sentence, line: int, said: str, **values: Quoted) -> RawFinding:
    return RawFinding(
        says=says,
        values={"letter": Quoted(letter.name), "line": line, "said": Quoted(said), **values},
        evidence=(letter.name, says.id, said),
        letter=letter.name,
        letter_line=line,
        excerpt=said,
    )


class _Version:
    """What one version of a letter says."""

    def __init__(self, constants: Sequence[ConstantText], kind: str, *, names: bool = False) -> None:
        self.readings = [reading for reading in readings_of(constants, kind) if reading.source != VALUE]
        self.facts: dict[Fact, tuple[TextAsRead, str]] = {}
        texts = []
        for reading in self.readings:
            texts.append(reading.text)
            for fact, said in facts_in(reading.text, names=names).items():
                self.facts.setdefault(fact, (reading, said))
            for attribute in reading.attributes:
                if "://" in attribute.text and VALUE not in attribute.text:
                    self.facts.setdefault(("link", link_key(attribute.text)), (attribute, attribute.text))
        self.text = " ".join(texts)
        self.words = f" {fold(self.text)} "
        self.in_words = said_in_words(self.text)

    def beyond(self, other: _Version) -> Iterator[tuple[int, str]]:
        """What this one says and the other does not: its line, and how it is written."""
        for fact, (reading, said) in self.facts.items():
            kind, value = fact
            if fact in other.facts or fact in other.in_words or f" {fold(said)} " in other.words:
                continue
            if kind in ("date", "time") and ("number", value.split(".")[0].split(":")[0]) in other.facts:
                continue  # "from 10 to 12 June": the other text puts the month elsewhere
            if kind == "number" and any(each.split(".")[0].split(":")[0] == value for _kind, each in other.facts):
                continue
            yield reading.line(max(0, reading.text.find(said))), said
