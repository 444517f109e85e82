"""What the faces show is marked for translation: no label, notice, key or sentence of theirs stays English unseen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

import pytest
from each_row import each_row
from house_source import modules

FACES = ("mailmerge.cli", "mailmerge.tui")
MARKERS = {"_", "N_", "ngettext", "plural", "pgettext"}
SHOWING = {
    "AskSecret", "Ask", "Button", "Confirm", "Content", "Label", "SystemCommand", "ask", "complain", "confirm",
    "describe", "fit", "head", "hint", "line", "lines", "note", "notify", "progress", "prompt", "put", "say",
    "say_right", "styled", "tell", "told", "update",
}  # fmt: skip
"""Functions and widgets that show what they are given."""
SHOWN_KEYWORDS = {"border_title", "label", "no", "placeholder", "prompt", "subtitle", "tooltip", "yes"}
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[^\W\d_]{2,}[,;:]? +[^\W\d_]{2,}")
STYLE = re.compile(r"(?:(?:bold|italic|reverse|underline|strike|on|not|\$[\w-]+)\s*)+\Z")
CODE_KEYWORDS = {"classes", "group", "id"}
CODE = {"CSS", "COMPONENT_CLASSES", "CSS_PATH", "DEFAULT_CLASSES", "DEFAULT_CSS", "POLICY"}
AS_IT_IS = {
    "#{}", "--yes {}", "--{option}", "Claire Martin <rh@atelier.example>", "Google", "MAIL FROM", "MAIL FROM  ",
    "Message-ID", "Microsoft", "NAME", "RCPT TO", "RCPT TO    ", "TLS", '[[waivers]]\nrule = "{}"\nfinding = "{}"',
    "mailmerge", "mailmerge account {} {}", "mailmerge check {}", "mailmerge demo", "mailmerge send --resume {}",
    "mailmerge {}", "mailmerge: {}", "mailmerge: {}\n", "noopener noreferrer", "sha256", "strike {}", "{{ {} }}",
}  # fmt: skip
"""Names, commands and lines of files: the same in every language."""


def _parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    return {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _text(node: ast.AST) -> str | None:
    """The words of a literal, ``{}`` for what is filled in; None where it is something else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _documentation(tree: ast.AST) -> set[ast.AST]:
    return {
        statement.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }


def unmarked(tree: ast.AST) -> Iterator[str]:
    """Literals that somebody would read and that no catalogue is asked about."""
    parents, documentation = _parents(tree), _documentation(tree)
    for node in ast.walk(tree):
        text = _text(node)
        if text is None or node in documentation or isinstance(parents.get(node), ast.JoinedStr | ast.FormattedValue):
            continue
        if text in AS_IT_IS or STYLE.match(text) or not WORD.search(text.replace("{}", "")):
            continue
        where = _place(node, parents)
        shown = where == "shown" and not text.startswith(("#", "http", "."))
        if shown or (where == "" and SENTENCE.search(text) and "<" not in text[:2]):
            yield f"line {node.lineno}: {text!r}"  # type: ignore[attr-defined]


def _place(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    """``marked``, ``shown``, ``code``; ``""`` where it cannot be told."""
    place = ""
    while node in parents:
        parent = parents[node]
        match parent:
            case ast.Call() if node is not parent.func:
                name = _name(parent.func)
                if name in MARKERS:
                    return "marked"
                if isinstance(node, ast.keyword) and node.arg in CODE_KEYWORDS:
                    return "code"
                if name in (
                    "start",
                    "ValueError",
                    "TypeError",
                    "RuntimeError",
                    "option",
                    "argument",
                    "compile",
                    "regex",
                    "Binding",
                ):
                    return "code"
                if name in SHOWING and not isinstance(node, ast.keyword):
                    return "shown"
                if isinstance(node, ast.keyword):
                    return "shown" if node.arg in SHOWN_KEYWORDS else place
                return place
            case ast.Compare() | ast.Subscript() | ast.match_case():
                return "code"
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if name in CODE:
                return "code"
            case ast.stmt():
                return place
        node = parent
    return place


def unmarked_keys(tree: ast.AST) -> Iterator[str]:
    """Bindings, footers and helps with an English word that is not marked."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Binding")):
                words = [*node.args[2:3], *(each.value for each in node.keywords if each.arg == "tooltip")]
            case ast.Call(func=ast.Name(id="_key"), args=[_, _, title, _, tooltip]):
                words = [title, tooltip]
            case ast.Assign(targets=[ast.Name(id="HELP")], value=value):
                words = [value]
            case ast.Assign(targets=[ast.Name(id="KEYS")], value=ast.Tuple(elts=pairs)):
                words = [pair.elts[1] for pair in pairs if isinstance(pair, ast.Tuple)]
            case _:
                continue
        for word in words:
            if isinstance(word, ast.Constant) and word.value:
                yield f"line {word.lineno}: {word.value!r}"


def test_what_a_face_shows_is_marked_for_translation() -> None:
    found = {
        name: told
        for name, module in modules().items()
        if name.startswith(FACES) and (told := [*unmarked(module), *unmarked_keys(module)])
    }
    assert found == {}


@each_row(
    "source",
    [
        'say("done")',
        'say(f"{count} messages were sent")',
        'self._page.tell("Nothing is left.")',
        'page.tell(("! ", CARE), f"Run {run} stays.")',
        'line(("keys", STRONG))',
        'line("saved" if done else "not saved")',
        'Static(line(("Keys", STRONG)))',
        'Input(placeholder="name, address")',
        'Confirm(title, text, yes="Stop", no=_("Go on"))',
        'rows = [("Pace", ", ".join(limits) or "no limit known")]',
        'def f():\n    return "Nothing was sent."',
        'said = f"{who} is left out"',
        'bar.say((title, STRONG), ("  the newest first", QUIET))',
        'say(_("{count} sent").format(count=count) + " and more")',
        'click.prompt("Number")',
    ],
)
def test_a_sentence_that_is_not_marked_is_seen(source: str) -> None:
    assert list(unmarked(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        'say(_("done"))',
        'say(plural(count, "{count} message", "{count} messages"))',
        'self.query_one("#people", Static).update(line((_("Keys"), STRONG)))',
        '"""What it does."""',
        'def f():\n    """Stop it now."""\n    raise ValueError("this cannot be")',
        'x = "bold $error"',
        'DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"',
        'if state == "not sent":\n    pass',
        'NOTE = N_("nothing is left to send")',
    ],
)
def test_what_is_marked_or_nobody_reads_is_left_alone(source: str) -> None:
    assert list(unmarked(ast.parse(source))) == []


@pytest.mark.parametrize(
    "source",
    [
        'Binding("q", "quit", "Quit", id="quit", tooltip=N_("Leave"))',
        'Binding("q", "quit", N_("Quit"), id="quit", tooltip="Leave")',
        '_key("e", "files.edit", "Edit", "edit", N_("In an editor"))',
        'class A:\n    HELP = """Rules"""',
        'class A:\n    KEYS = (("rows.down", "rule"),)',
    ],
)
def test_a_key_that_is_not_marked_is_seen(source: str) -> None:
    assert len(list(unmarked_keys(ast.parse(source)))) == 1


def marked_in_f_strings(tree: ast.AST) -> Iterator[str]:
    """Texts that are marked inside an f-string: what gathers the texts sees them on some Pythons only."""
    for whole in (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
        for node in ast.walk(whole):
            if isinstance(node, ast.Call) and _name(node.func) in MARKERS and any(map(_text, node.args)):
                yield ast.unparse(node)


def test_no_text_is_marked_inside_an_f_string() -> None:
    assert [found for module in modules().values() for found in marked_in_f_strings(module)] == []


@pytest.mark.parametrize(
    "source",
    ["f\"{_('Subject')}  {subject}\"", "f\"{plural(n, '{count} line', '{count} lines')}\"", "f\"{x or _('(none)')}\""],
)
def test_a_text_that_is_marked_inside_an_f_string_is_seen(source: str) -> None:
    assert len(list(marked_in_f_strings(ast.parse(source)))) == 1


def test_a_variable_inside_an_f_string_is_left_alone() -> None:
    assert list(marked_in_f_strings(ast.parse("f'{_(label)}  {text}'"))) == []


def joined_by_a_colon(tree: ast.AST) -> Iterator[str]:
    """Two values with an English colon between them: other languages set a space before it."""
    parents = _parents(tree)
    for node in (each for each in ast.walk(tree) if isinstance(each, ast.JoinedStr)):
        call = parents.get(node)
        programmers = isinstance(call, ast.Call) and _name(call.func) in ("RuntimeError", "ValueError")
        between = [part.value for part in node.values[1:-1] if isinstance(part, ast.Constant)]
        if not programmers and any(text == ": " for text in between):
            yield f"line {node.lineno}: {_text(node)}"


HEADERS = {
    "mailmerge.campaign.session.viewed", "mailmerge.incident.replay", "mailmerge.letter.wire.header_fields",
    "mailmerge.letter.source.mailboxes", "mailmerge.letter.source.template",
}  # fmt: skip
"""Modules that write header fields, which have a colon and a blank in every language."""


def test_what_is_said_of_something_is_joined_as_the_language_joins_it() -> None:
    found = {name: list(joined_by_a_colon(module)) for name, module in modules().items()}
    assert {name for name, wrong in found.items() if wrong} == HEADERS


def test_an_english_colon_is_seen() -> None:
    assert list(joined_by_a_colon(ast.parse('say(f"{who}: {said}")')))
    assert not list(joined_by_a_colon(ast.parse('put(f"{host}:{port}")')))
    assert not list(joined_by_a_colon(ast.parse('say(_("{who}: {reason}").format(who=who, reason=said))')))


def said_with_and_without_a_number(trees: Iterable[ast.AST]) -> set[str]:
    """Texts that are looked up as they are, though they have a form for each number: the wrong one would be said."""
    counted, plain = set[str](), set[str]()
    for call in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)):
        texts = {each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)}
        name = _name(call.func)
        counted |= texts if name in ("plural", "ngettext") else set()
        plain |= texts if name in ("_", "N_") else set()
    return counted & plain


def test_what_has_a_form_for_each_number_is_never_said_without_one() -> None:
    assert said_with_and_without_a_number(modules().values()) == set()


def test_what_is_said_without_its_number_is_seen() -> None:
    source = 'plural(count, "{count} left", "{count} are left")\n_("{count} left").format(count=3)'
    assert said_with_and_without_a_number([ast.parse(source)]) == {"{count} left"}
