"""Facts that have one place: caches, hidden text, encodings, titles, the names of things."""

from __future__ import annotations

import ast
import gc
import re
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import pytest
from each_row import each_row
from house_source import modules, nodes
from hypothesis import given
from hypothesis import strategies as st

from mailmerge.formats.decoding import decode
from mailmerge.formats.html_walker import VOID, HiddenBy, HtmlWalker, attributes_of
from mailmerge.letter.decisions.answers import gender_of
from mailmerge.letter.values.filters import accord
from mailmerge.lint.extract.html import shown_text
from mailmerge.model.patterns import Pattern
from mailmerge.records.defects import DELIMITER_NAMES, DELIMITERS
from mailmerge.records.delimited.delimiter import spoken_delimiter
from mailmerge.runtime import garbage
from mailmerge.runtime.cache import BoundedCache
from mailmerge.text.folding import fold
from mailmerge.text.titles import (
    FEMININE_ADJECTIVES,
    FEMININE_TITLES,
    FEMININE_WORDS,
    GREETINGS,
    MASCULINE_ADJECTIVES,
    MASCULINE_TITLES,
    MASCULINE_WORDS,
    SURNAMES_TOO,
    TITLES,
)
from mailmerge.tui.content.html import html_as_text


@given(st.lists(st.tuples(st.integers(0, 9), st.text(max_size=6))), st.integers(1, 12))
def test_a_cache_keeps_what_was_used_last_within_its_weight(steps: list[tuple[int, str]], most: int) -> None:
    cache = BoundedCache[int, str](most, len)
    model: OrderedDict[int, str] = OrderedDict()
    for key, text in steps:
        assert (cache.get(key) is None) == (key not in model)
        if key in model:
            model.move_to_end(key)
        if text:
            assert cache.put(key, text) == text
            model[key] = text
            model.move_to_end(key)
            while sum(map(len, model.values())) > most and len(model) > 1:
                model.popitem(last=False)
        assert list(cache.values()) == list(model.values())
        assert cache.weight == sum(map(len, model.values()))
    cache.forget(lambda text: "a" in text)
    assert list(cache.values()) == [text for text in model.values() if "a" not in text]


HIDING = {
    "display: none": HiddenBy.STYLE,
    "DISPLAY:NONE": HiddenBy.STYLE,
    "visibility : hidden": HiddenBy.STYLE,
    "opacity:0": HiddenBy.STYLE,
    "opacity: 0.0;": HiddenBy.STYLE,
    "font-size: 0px": HiddenBy.STYLE,
    "max-height:0; overflow:hidden": HiddenBy.STYLE,
    "mso-hide: all": HiddenBy.STYLE,
    "text-indent:-9999px": HiddenBy.STYLE,
    "position:absolute; left:-5000px": HiddenBy.STYLE,
    "color: white": HiddenBy.COLOUR,
    "color:#123456; background:#123456": HiddenBy.COLOUR,
    "display: block": None,
    "opacity: 0.5": None,
    "font-size: 0.9em": None,
    "color: #333": None,
    "line-height: 0.9": None,
}


class _Seen(HtmlWalker):
    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, HiddenBy | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.enter(tag, attributes_of(attrs))

    def handle_endtag(self, tag: str) -> None:
        self.leave(tag)

    def handle_data(self, data: str) -> None:
        self.texts[data.strip()] = self.around.hidden


@each_row(("style", "hidden"), HIDING.items(), ids=HIDING)
def test_linter_and_screen_have_one_notion_of_what_is_not_shown(style: str, hidden: HiddenBy | None) -> None:
    page = f'<p>before</p><div style="{style}"><p>within <b>deep</b><br></p><img alt=""></div><p>after</p>'
    walker = _Seen()
    walker.feed(page)
    assert {text: walker.texts[text] for text in ("before", "within", "deep", "after")} == {
        "before": None,
        "within": hidden,
        "deep": hidden,
        "after": None,
    }
    assert ("within" not in shown_text(page)) == (hidden is not None)
    said = html_as_text(Pattern((page,)), ()).plain
    assert said.count("not shown to the reader") == (hidden is not None)


@given(st.lists(st.sampled_from(["<b>", "</b>", "<p>", "</p>", "<br>", "<img>", "</i>", "<i hidden>", "text", "<![x"])))
def test_no_order_of_elements_leads_the_walk_astray(pieces: list[str]) -> None:
    walker = _Seen()
    walker.feed("".join(pieces))
    walker.close()
    assert not any(element.tag in VOID for element in walker.open)
    assert len(walker.open) <= sum(piece in ("<b>", "<p>", "<i hidden>") for piece in pieces)


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32")


@given(st.text(min_size=1).filter(lambda text: "\0" not in text and not text.startswith("\ufeff")))
def test_a_text_that_says_its_encoding_is_read_in_it(text: str) -> None:
    for encoding in ENCODINGS:
        try:
            content = text.encode(encoding)
        except UnicodeEncodeError:  # halves of characters
            continue
        assert decode(content) == (text, encoding)


@given(st.binary())
def test_bytes_that_say_nothing_are_read_as_told_or_not_at_all(content: bytes) -> None:
    found = decode(content, "latin-1")
    assert found is not None
    if found[1] == "latin-1":
        assert decode(content) is None


def test_titles_are_folded_and_each_has_one_gender() -> None:
    assert all(fold(title) == title for title in TITLES)
    assert not FEMININE_TITLES & MASCULINE_TITLES
    assert all(accord("reçu", title.upper()) == "reçue" for title in FEMININE_TITLES)
    assert all(accord("reçu", title) == "reçu" for title in MASCULINE_TITLES)
    assert all(greeting == greeting.lower() for greeting in GREETINGS)
    assert TITLES.isdisjoint(SURNAMES_TOO)
    assert FEMININE_TITLES | MASCULINE_TITLES > SURNAMES_TOO


GENDERS = {
    "f": FEMININE_TITLES | FEMININE_WORDS | FEMININE_ADJECTIVES,
    "m": MASCULINE_TITLES | MASCULINE_WORDS | MASCULINE_ADJECTIVES,
}


@each_row(("gender", "word"), [(gender, word) for gender, several in GENDERS.items() for word in sorted(several)])
def test_a_word_of_one_gender_is_of_it_wherever_it_is(gender: str, word: str) -> None:
    assert not GENDERS["f"] & GENDERS["m"]
    assert gender_of(f"{word.title()} ☐") == gender
    for before in ("Gentile", "Dear", "Beste", "Hallo"):
        assert gender_of(f"{before} {word}") == gender
        assert gender_of(before) == ""


def test_every_delimiter_can_be_named_as_it_is_shown() -> None:
    assert DELIMITERS.keys() == DELIMITER_NAMES.keys()
    for character, name in DELIMITER_NAMES.items():
        assert spoken_delimiter(name) == spoken_delimiter(name.upper()) == spoken_delimiter(character) == character


def test_the_collector_is_left_as_it_was_found() -> None:
    was = gc.isenabled()
    try:
        for running in (True, False):
            (gc.enable if running else gc.disable)()
            with garbage.paused():
                assert not gc.isenabled()
            assert gc.isenabled() is running
            with pytest.raises(KeyError), garbage.paused():
                raise KeyError
            assert gc.isenabled() is running
    finally:
        (gc.enable if was else gc.disable)()


def _says(pattern: str) -> Callable[[Any], bool]:
    return lambda node: isinstance(node.value, str) and bool(re.search(pattern, node.value))


PLACES: dict[str, tuple[type[ast.AST], Callable[[Any], bool], set[str]]] = {
    "how text is hidden": (ast.Constant, _says(r"visibility:hidden"), {"mailmerge.formats.html_walker"}),
    "the private-use mark": (ast.Constant, _says("^[\ue000\ue001]$"), {"mailmerge.formats.html_walker"}),
    "the collector": (
        ast.Import,
        lambda node: any(alias.name == "gc" for alias in node.names),
        {"mailmerge.runtime.garbage"},
    ),
    "a cache by order": (ast.Name, lambda node: node.id == "OrderedDict", {"mailmerge.runtime.cache"}),
    "a title": (ast.Constant, _says(r"\bmlle mrs\b|^mlle$"), {"mailmerge.text.titles"}),
    "what agrees with a title": (ast.Constant, _says(r"\bquerid[ao]\b.*\bgeehrter?\b"), {"mailmerge.text.titles"}),
    "the days of the week": (ast.Constant, _says(r"\bmontag dienstag\b"), {"mailmerge.text.calendar_names"}),
    "the months": (ast.Constant, _says(r"\bfebruary march april\b"), {"mailmerge.text.calendar_names"}),
    "what TLS is called": (ast.Constant, _says(r"^TLS from the start"), {"mailmerge.accounts.account"}),
    "what a delimiter is called": (ast.Constant, _says(r"^semicolon"), {"mailmerge.records.defects"}),
    "the kind of a letter's file": (ast.Constant, _says(r"^\.markdown$"), {"mailmerge.letter.source.template"}),
    "a table's five options": (
        ast.FunctionDef,
        lambda node: (
            {"sheet", "delimiter", "encoding"} <= {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
        ),
        set(),
    ),
}


@pytest.mark.parametrize("fact", PLACES)
def test_a_fact_has_one_place(fact: str) -> None:
    kind, told, places = PLACES[fact]
    found = {name for name, node in nodes(kind) if told(node)}
    assert found == places


def test_each_class_has_a_name_of_its_own() -> None:
    """One word, one thing: whoever reads a name, or looks for it, need not ask which one is meant."""
    rooms: dict[str, set[str]] = {}
    for room, module in modules().items():
        for node in module.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                rooms.setdefault(node.name, set()).add(room)
    assert {name: found for name, found in rooms.items() if len(found) > 1} == {}
