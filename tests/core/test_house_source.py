"""What the source itself promises: imports go one way, and nothing decides by a sentence."""

from __future__ import annotations

import ast
import inspect
import pickle
from collections.abc import Iterator
from gettext import NullTranslations
from string import Formatter

import pytest
from each_row import each_row
from house_source import circles, imports_of, modules

from mailmerge import errors, i18n
from mailmerge.i18n import Term

SCREENS = "mailmerge.tui"


def test_no_module_below_the_screens_imports_itself_by_way_of_others() -> None:
    graph = {
        name: imports_of(module, modules()) - {name}
        for name, module in modules().items()
        if not name.startswith(SCREENS)
    }
    below = {name: {other for other in targets if other in graph} for name, targets in graph.items()}
    assert circles(below) == []


@pytest.mark.parametrize(
    "source",
    [
        "import a.b",
        "from a import b",
        "from a.b import something",
        "def f():\n    from a.b import something",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a.b import something",
    ],
)
def test_an_import_is_seen_wherever_it_is(source: str) -> None:
    assert imports_of(ast.parse(source), {"a": None, "a.b": None, "c": None}) == {"a.b"}
    graph = {"a.b": {"c"}, "c": {"d"}, "d": {"a.b"}, "e": {"a.b"}}
    assert circles(graph) == [{"a.b", "c", "d"}]


SENTENCES = {"advice", "clause", "fix", "meaning", "message", "problem", "reason", "said", "stopped"}
"""Attributes that hold what a person reads."""
TEXT_METHODS = {"startswith", "endswith", "find", "index", "count", "partition", "rpartition", "split", "removeprefix"}
PATTERN_METHODS = {"match", "search", "fullmatch", "findall", "finditer"}
SENTENCES_ONLY = {
    "mailmerge.campaign.file": "msgspec says what is wrong with a key in a sentence only",
}


def _is_sentence(node: ast.AST) -> bool:
    """``str(error)``, or an attribute that holds a sentence."""
    match node:
        case ast.Call(func=ast.Name(id="str"), args=[ast.Name(id=name)]):
            return name in ("error", "exc", "e", "refused", "lost", "problem", "failure")
        case ast.Attribute(attr=attribute):
            return attribute in SENTENCES
    return False


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and any(map(str.isalpha, node.value))


def decisions(module: ast.AST) -> Iterator[ast.AST]:
    """Where something is decided by what a sentence says."""
    for node in ast.walk(module):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(map(_is_sentence, sides)) and any(map(_is_text, sides)):
                yield node
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            read = _is_sentence(node.func.value) and node.func.attr in TEXT_METHODS
            if read or (node.func.attr in PATTERN_METHODS and any(map(_is_sentence, node.args))):
                yield node


def test_nothing_decides_by_a_sentence() -> None:
    found = [
        f"{name}, line {node.lineno}: {ast.unparse(node)}"
        for name, module in modules().items()
        if name not in SENTENCES_ONLY
        for node in decisions(module)
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        '"login" in rule.meaning',
        '"line" in defect.message',
        'error.reason == "gone"',
        'str(error).startswith("cannot")',
        'error.problem.partition(":")',
        're.match("x", str(error))',
        "PATTERN.search(error.message)",
    ],
)
def test_a_decision_by_a_sentence_is_seen(source: str) -> None:
    assert len(list(decisions(ast.parse(source)))) == 1


# --- what errors say -------------------------------------------------------------------------------------------------


def _errors() -> dict[str, type]:
    found: dict[str, type] = {}
    waiting: list[type] = [errors.MailmergeError]
    while waiting:
        kind = waiting.pop()
        found[kind.__name__] = kind
        waiting.extend(kind.__subclasses__())
    return found


ERRORS = _errors()
OWN_SENTENCE = {"BegunElsewhere", "KeyDamaged", "OutputLost", "RenderFailed", "RunDamaged", "RunsIncomparable"}
"""Made of something else than a template."""


def _marked(node: ast.expr) -> str | None:
    """The text in ``N_("...")``; None where it is something else."""
    match node:
        case ast.Call(func=ast.Name(id="N_"), args=[ast.Constant(value=str(text))]):
            return text
    return None


def wrongly_said(module: ast.AST) -> Iterator[str]:
    """Errors whose sentence is not data: put together on the spot, not marked, or with places that nothing fills."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        kind = ERRORS.get(node.func.id)
        if kind is None or kind.__name__ in OWN_SENTENCE or not node.args:
            continue
        template, text = node.args[0], _marked(node.args[0])
        filled = isinstance(template, ast.Call) and getattr(template.func, "attr", "") in ("format", "format_map")
        if filled or isinstance(template, ast.JoinedStr | ast.BinOp | ast.Constant):
            yield f"line {node.lineno}: not marked: {ast.unparse(template)}"
        if text is None or any(keyword.arg is None for keyword in node.keywords):
            continue
        given = {keyword.arg for keyword in node.keywords}
        own = {
            name
            for name, parameter in inspect.signature(kind).parameters.items()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        }
        if issubclass(kind, errors.LetterError):
            own -= {"path"}
        if issubclass(kind, errors.AccountInvalid):
            own -= {"problem"}
        places = {name for _, name, _, _ in Formatter().parse(text) if name} if given - own else set[str]()
        if places - (given - own):
            yield f"line {node.lineno}: nothing for {sorted(places - (given - own))}: {text}"


def test_what_an_error_says_is_data() -> None:
    found = [f"{name}, {wrong}" for name, module in modules().items() for wrong in wrongly_said(module)]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'raise TableError(f"{path} is empty")',
        'raise TableError("it is empty")',
        'raise TableError("it is " + state)',
        'raise TableError(N_("{path} is {state}"), path=path)',
        'raise CampaignError(N_("no {field} in {path}"), path=path, field=name)',
        'return ConnectionFailed(N_("{host}: {kind}"), host=host, kind=kind)',
    ],
)
def test_an_error_that_is_a_sentence_is_seen(source: str) -> None:
    assert len(list(wrongly_said(ast.parse(source)))) == 1


@each_row("kind", sorted(ERRORS.items()), ids=sorted(ERRORS))
def test_an_error_is_the_same_in_another_process(kind: tuple[str, type]) -> None:
    name, cls = kind
    if name in OWN_SENTENCE:
        return
    own = {
        parameter.name: errors.Reason("k", "{a}", {"a": "b"}) if parameter.name == "problem" else "x"
        for parameter in inspect.signature(cls).parameters.values()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and parameter.default is inspect.Parameter.empty
    }
    error = cls("{name} has {count:,} rows", name="{other} %s", count=1000, **own)
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error) == "{other} %s has 1,000 rows"
    assert (type(again), again.values, vars(again)) == (cls, error.values, vars(error))


def test_an_error_is_said_in_the_language_of_whoever_reads_it() -> None:
    catalogue = NullTranslations()
    french = {"{name} is {what}": "{name} est {what}", "empty": "vide"}
    catalogue.gettext = lambda text: french.get(text, text)  # type: ignore[method-assign]
    error = errors.TableError("{name} is {what}", name="{what}.csv", what=Term("empty"))
    inner = errors.TableError("{error}", error=error)
    assert str(inner) == "{what}.csv is empty"
    before = i18n.language(), i18n._catalogue
    try:
        i18n.use_catalogue("fr", catalogue)
        assert str(inner) == "{what}.csv est vide"
    finally:
        i18n.use_catalogue(*before)
