"""Drawings among the resources of the pages of a PDF that no page shows: what a split file keeps of others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mailmerge.lint.extract.pdf.fonts import DRAWN
from mailmerge.lint.extract.pdf.words import PdfWords

if TYPE_CHECKING:
    from pypdf import PageObject

_MOST_READ = 500


class Undrawn:
    """The forms that the pages name, and those of them that they draw."""

    def __init__(self, words: PdfWords) -> None:
        self._words = words
        self._forms: dict[tuple[int, int], tuple[PageObject, Any]] = {}
        """By their reference, with the first page that names them."""
        self._drawn: set[tuple[int, int]] = set()

    def look_at(self, page: PageObject, drawn: bytes) -> None:
        """Note what a page names, and what it draws."""
        shown = {f"/{name.decode('latin-1')}" for name in DRAWN.findall(drawn)}
        with suppress(Exception):  # a page without drawings, or a broken one
            named = page["/Resources"]["/XObject"].get_object()  # type: ignore[index]
            for name in named:
                reference = named.raw_get(name)
                key = reference.idnum, reference.generation
                self._forms.setdefault(key, (page, reference))
                if name in shown:
                    self._drawn.add(key)

    def texts(self) -> Iterator[str]:
        """What is written in the forms that no page draws."""
        unseen = [form for key, form in self._forms.items() if key not in self._drawn]
        for page, reference in unseen[:_MOST_READ]:
            with suppress(Exception):  # a broken one says nothing
                form = reference.get_object()
                if form["/Subtype"] == "/Form":
                    yield from self._words.of_form(form, page.get("/Resources"))
