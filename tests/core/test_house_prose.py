"""Below the faces: prose in the code is marked for translation where it is written, or nobody reads it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from house_source import modules
from test_house_faces import _documentation, _name, _parents, _text

ROOMS = (
    "mailmerge.accounts", "mailmerge.campaign", "mailmerge.delivery", "mailmerge.drafts", "mailmerge.imap",
    "mailmerge.letter", "mailmerge.outbox", "mailmerge.records", "mailmerge.runtime", "mailmerge.text",
    "mailmerge.approval", "mailmerge.files", "mailmerge.formats", "mailmerge.settings", "mailmerge.errors",
)  # fmt: skip
MARKERS = {"_", "N_", "ngettext", "plural", "pgettext"}
NOT_SHOWN = {
    "ValueError",
    "TypeError",
    "RuntimeError",
    "TemplateSyntaxError",
    "SSLError",
    "compile",
    "regex",
    "split",
    "undefined",
}
"""What is given to these is for programmers, or is data."""
DATA = {
    "accounts.oauth.admin_note", "accounts.oauth.listener",  # in both languages, side by side
    "delivery.smtp.replies", "imap.phrases",  # what servers say
    "letter.decisions.answers", "letter.hanging_words", "letter.jinja.tags", "letter.source.header_names",
    "letter.values.languages",
    "records.cells.no_value_words", "records.cells.number_form", "records.columns.column_notes",
    "records.columns.header_synonyms", "records.columns.likely", "records.columns.name_words",
    "records.lines.foot_lines", "records.lines.line_words", "text.calendar_names", "text.titles",
    "text.usual_words",
}  # fmt: skip
"""Modules of other people's words, and of notes that are in both languages."""
PROSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|cannot|does|did|not|no|the|an?|of|to|for|with|by|and|or|before|after|nothing|all|so)\b",
    re.ASCII,
)
WORDS = re.compile(r"[A-Za-z]{2,}[,;:]? +[A-Za-z]{2,}")
SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|PRAGMA|WHERE|BEGIN)\b")
PATTERN = re.compile(r"[\\|*]|\(\?|\[\^|\{%|\\b")
AS_IT_IS = {
    "Content-Type: text/markdown", "From: Claire Martin <claire@example.com>", "{} WHERE record = ?", "not in",
    "if not {0}", "if not {}",
    "<Tokens of {}>",
}  # fmt: skip


def unmarked_prose(tree: ast.AST) -> Iterator[str]:
    """English that no catalogue is asked about, though somebody may read it."""
    parents, documentation = _parents(tree), _documentation(tree)
    for node in ast.walk(tree):
        text = _text(node)
        if text is None or node in documentation or isinstance(parents.get(node), ast.JoinedStr | ast.FormattedValue):
            continue
        if not (WORDS.search(text) and PROSE.search(text)) or SQL.search(text) or PATTERN.search(text):
            continue
        if text not in AS_IT_IS and not _is_code(node, parents):
            yield f"line {node.lineno}: {text!r}"  # type: ignore[attr-defined]


def _is_code(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether it is marked, given to programmers, a list of words, or a name."""
    while node in parents:
        parent = parents[node]
        match parent:
            case ast.Call(func=function) if node is not function:
                if _name(function) in MARKERS | NOT_SHOWN or (isinstance(node, ast.keyword) and node.arg == "name"):
                    return True
            case ast.Attribute(attr="split" | "format" | "replace"):
                return parent.attr == "split"
            case ast.Assert() | ast.Subscript() | ast.Compare():
                return True
            case ast.stmt():
                return False
        node = parent
    return False


def test_prose_below_the_faces_is_marked_for_translation() -> None:
    found = {
        name: list(unmarked_prose(module))
        for name, module in modules().items()
        if name.startswith(ROOMS) and name.removeprefix("mailmerge.") not in DATA
    }
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert found


@pytest.mark.parametrize(
    "source",
    [
        'reason = "the connection was given up"',
        'raise OutboxError("the disk is full")',
        'values = {"provider": "another mailmerge", "detail": f"{x} is renewing the sign-in"}',
        "return f\"{self.folder} on {node() or 'this computer is nameless'}\"",
        '_REASONS = {"FULL": "the disk is full; make room"}',
        'lost(reply="stopped before it was sent")',
        'said = "The {what} is gone".format(what=what)',
    ],
)
def test_prose_that_is_not_marked_is_seen(source: str) -> None:
    assert list(unmarked_prose(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        'reason = N_("the connection was given up")',
        'raise OutboxError(N_("the disk is full"))',
        'raise ValueError("not a time of the run")',
        'assert run is not None, "seal the run first"',
        'threading.Thread(target=read, name="journal of the run")',
        'words = "the and of to you".split()',
        'rows = connection.execute("SELECT state FROM message")',
        'found = re.compile("no such (?:user|mailbox)")',
    ],
)
def test_what_is_marked_or_for_programmers_is_left_alone(source: str) -> None:
    assert list(unmarked_prose(ast.parse(source))) == []


KEPT_IN_ENGLISH = {"mailmerge.outbox.remarks", "mailmerge.outbox.titles"}
"""Sentences that a run keeps, with what stands in them; they are read again, and said in the language where shown."""
IS_LISTED = {"_ON_LIST"}
"""Kept with the name of the list beside it, from which it is said."""


def _marked(tree: ast.Module) -> set[str]:
    """The names of a module that hold marked texts."""
    return {
        target.id
        for statement in tree.body
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None
        for target in (statement.targets if isinstance(statement, ast.Assign) else [statement.target])
        if isinstance(target, ast.Name)
        and {_name(node.func) for node in ast.walk(statement.value) if isinstance(node, ast.Call)} == {"N_"}
    }


def _imported(tree: ast.Module, marked: dict[str, set[str]]) -> set[str]:
    return {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module not in KEPT_IN_ENGLISH
        for alias in node.names
        if alias.name in marked.get(node.module or "", ())
    }


def filled_in_english(tree: ast.Module, names: set[str]) -> Iterator[str]:
    """Marked texts whose places are filled before they are translated: what comes out is in no catalogue."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=said, attr="format" | "format_map")):
                wanted = [each for each in _alternatives(said) if _constant(each) in names - IS_LISTED]
                yield from (f"line {node.lineno}: {_constant(each)}" for each in wanted)


def _alternatives(node: ast.expr) -> list[ast.expr]:
    return [*_alternatives(node.body), *_alternatives(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def _constant(node: ast.expr) -> str:
    return _constant(node.value) if isinstance(node, ast.Subscript) else getattr(node, "id", "")


def test_what_is_marked_is_translated_before_its_places_are_filled() -> None:
    marked = {name: _marked(module) for name, module in modules().items() if name not in KEPT_IN_ENGLISH}
    found = {
        name: list(filled_in_english(module, marked.get(name, set()) | _imported(module, marked)))
        for name, module in modules().items()
    }
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert sum(map(len, marked.values())) > 100


@pytest.mark.parametrize(
    "source",
    [
        'SAID = N_("{file} is gone")\ndef say(): return SAID.format(file=1)',
        'SAID = {1: N_("{file} is gone")}\ndef say(): return SAID[1].format_map({"file": 1})',
        'ONE = N_("{n} is")\nTWO = N_("{n} are")\ndef say(n): return (ONE if n == 1 else TWO).format(n=n)',
    ],
)
def test_what_is_filled_in_english_is_seen(source: str) -> None:
    tree = ast.parse(source)
    assert list(filled_in_english(tree, _marked(tree)))


def test_what_is_translated_first_is_left_alone() -> None:
    tree = ast.parse('SAID = N_("{file} is gone")\ndef say(): return _(SAID).format(file=1)')
    assert _marked(tree) == {"SAID"}
    assert list(filled_in_english(tree, _marked(tree))) == []
