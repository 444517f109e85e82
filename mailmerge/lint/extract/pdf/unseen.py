"""Words of a PDF that nobody sees: in no ink, in the colour behind them, as small as a dot, covered by a
shape or an annotation, beside the page.

A scan whose words were recognised has them below or above the picture of the page, unseen, and hides nothing: they are
what the picture shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from mailmerge.lint.extract.content import HiddenKind
from mailmerge.lint.extract.pdf.drawing import Drawing, Pinned
from mailmerge.lint.extract.pdf.geometry import UNCHANGED, Box, Matrix, is_in, within
from mailmerge.lint.extract.pdf.painted import Colour, Drawable, DrawnLetters, Painted, Resources
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from pypdf import PageObject

WHITE: Colour = (1.0, 1.0, 1.0)
_ALIKE = 0.06
"""How far two colours are apart, in each of red, green and blue, that nobody tells apart."""
_SMALLEST = 2.0
"""Points below which nobody reads letters."""
_BESIDE = 2.0
"""Points by which letters are off the page."""
_SCAN = 0.5
"""The share of a page that is pictures from which on it is a scan."""
_MOST_TESTS = 2_000_000
"""Letters beside painted areas, of one page; on a page with more, such as a map, neither is compared."""
MOST_DRAWN = 6_000_000
"""Octets of drawing that are followed in one file."""
_MAY_HIDE = regex(
    rb"\s(?:[37]\s+Tr|(?:1(?:\.0*)?|0?\.9[4-9]\d*)\s+(?:g|rg|scn?)|0(?:\.0*)?\s+k|(?:[01](?:\.\d*)?|\.\d+)\s+Tf"
    rb"|\d{4}[\d.]*+\s+(?:-?[\d.]+\s+)?T[mdD]|0?\.\d+\s+0\s+0\s+-?0?\.\d+\s+\S+\s+\S+\s+(?:cm|Tm)|/\S+\s+Do)\b"
    rb"|/OC\s|-\d{3}[\d.]*+\s+(?:-?[\d.]+\s+)?T[mdD]\b"
)
_PINNED = frozenset({"/Square", "/Circle", "/Polygon", "/FreeText", "/Stamp", "/Ink", "/Line", "/Highlight", "/Redact"})
_HIDDEN = 2 | 32
"""Flags of an annotation that is not displayed (12.5.3)."""
_FAINT = 0.94
_SAID = regex(rb"\([^()\\]*+\)|<[0-9A-Fa-f\s]*+>")
_WORD = regex(rb"[a-z]{4,}")
_FILLED = regex(rb"\sre\s+[fFBb]")
_SHAPED = regex(rb"\s(?:h|[lcvy])\s+[fFBb]\*?(?=\s|\Z)|\s(?:[4-9]|\d\d+)(?:\.\d*)?\s+w\s")
"""Shapes that are no rectangles, and thick lines."""
_SIZES = regex(rb"(-?\d*\.?\d+)\s+(-?\d*\.?\d+)\Z")
_NEAR = 40
"""Octets before a rectangle's operator with its width and height in them."""


def may_hide(drawn: bytes) -> bool:
    """Whether a page's drawing has anything in it that words can be unseen for."""
    bare = _SAID.sub(b"", drawn)
    return any(pattern.search(bare) for pattern in (_MAY_HIDE, _SHAPED)) or any(
        _is_large(bare[max(0, found.start() - _NEAR) : found.start()]) for found in _FILLED.finditer(bare)
    )


def _is_large(before: bytes) -> bool:
    sizes = _SIZES.search(before)
    return sizes is not None and abs(float(sizes[1])) > 2 and abs(float(sizes[2])) > 2


def _fades(page: PageObject) -> bool:
    """Whether a graphics state of a page shows nothing of what is drawn in it."""
    with suppress(Exception):
        states = page["/Resources"]["/ExtGState"].get_object()  # type: ignore[index]
        return any(float(states[name].get_object().get("/ca", 1.0)) <= 0.05 for name in states)
    return False


def names_in(producer: str) -> frozenset[bytes]:
    """The words by which a program calls itself, as letters on a page have them."""
    return frozenset(_WORD.findall(producer.lower().encode()))


class Unseen:
    """The pages of one file, within one bound."""

    def __init__(self) -> None:
        self._left = MOST_DRAWN
        self._seen: set[bytes] = set()
        """The letters that a reader sees on some page."""
        self._found: list[_Found] = []

    def look_at(self, page: PageObject, number: int, drawn: bytes, makers: frozenset[bytes]) -> bool:
        """Look at the words of a page; whether all of it could be judged.

        ``makers`` are the names of the program that made the file, which may say so unseen.
        """
        pinned = list(_pinned_shapes(page))
        if not (pinned or may_hide(drawn) or _fades(page)):
            return True
        if self._left <= 0:
            return False
        drawing = Drawing(self._left)
        drawing.draw(drawn, _resources(page, page.get("/Resources")))
        for shape in pinned:
            drawing.pin(shape)
        self._left = drawing.left
        judge = _Judge(drawing, _box(page))
        self._keep(drawing, judge, number, makers)
        return drawing.whole and judge.is_sure

    def _keep(self, drawing: Drawing, judge: _Judge, number: int, makers: frozenset[bytes]) -> None:
        """Keep what letters are not seen for; what is seen in another place of the page as well hides nothing."""
        of_people = [shown for shown in drawing.shown if makers.isdisjoint(_WORD.findall(shown.said.lower()))]
        why = [(shown.said, judge.why(shown), judge.is_beside(shown)) for shown in of_people]
        seen = {said for said, kind, _is_beside in why if kind is None}
        self._seen |= seen
        self._found += (
            _Found(kind, number, said if is_beside else b"")
            for said, kind, is_beside in why
            if kind is not None and said not in seen
        )

    def told(self) -> list[tuple[HiddenKind, int]]:
        """What words of the file are not seen for, each once, and the first page where that is so.

        A chart or a picture that two pages share is drawn on both: what is beside one page is on the other.
        """
        first: dict[HiddenKind, int] = {}
        for found in self._found:
            if found.beside not in self._seen:
                first.setdefault(found.kind, found.page)
        return sorted(first.items(), key=lambda item: (item[1], item[0]))


class _Found(NamedTuple):
    kind: HiddenKind
    page: int
    beside: bytes
    """The letters, where they are off the page."""


class _Judge:
    def __init__(self, drawing: Drawing, page: Box):
        self._painted, self._page = drawing.painted, page
        self._is_scan = _is_scan(drawing.painted, page)
        tests = len(drawing.shown) * len(drawing.painted)
        self._compares = tests <= _MOST_TESTS and not self._is_scan
        self.is_sure = tests <= _MOST_TESTS or self._is_scan
        """Whether letters could be compared with what is around them."""

    def is_beside(self, shown: DrawnLetters) -> bool:
        """Whether all of the letters are off the page, on one side of it."""
        left, bottom, right, top = self._page
        across, up = [x for x, _y in shown.points], [y for _x, y in shown.points]
        beside = max(across) < left - _BESIDE or min(across) > right + _BESIDE
        return beside or max(up) < bottom - _BESIDE or min(up) > top + _BESIDE

    def why(self, shown: DrawnLetters) -> HiddenKind | None:
        """Why letters are not seen; None where they are."""
        if shown.size < _SMALLEST:
            return HiddenKind.TINY_TEXT
        if (shown.is_invisible and not self._is_scan) or self.is_beside(shown):
            return HiddenKind.UNSEEN_TEXT
        if not self._compares:
            return None
        after = self._painted[shown.painted :]
        if any(area.covers and _is_below(shown, area) for area in after):
            return HiddenKind.UNSEEN_TEXT
        if any(not area.is_followed and _is_below(shown, area._replace(path=None)) for area in after):
            self.is_sure = False
        is_lost = shown.colour is not None and _is_like(shown.colour, _behind(shown, self._painted))
        return HiddenKind.WHITE_TEXT if is_lost else None


def _is_scan(painted: Sequence[Painted], page: Box) -> bool:
    """Whether pictures cover most of a page."""
    pictures = sum(_size(within(area.box, page)) for area in painted if area.is_picture)
    return pictures >= _SCAN * _size(page)


def _size(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _is_below(shown: DrawnLetters, area: Painted) -> bool:
    return all(map(area.has, shown.points))


def _behind(shown: DrawnLetters, painted: Sequence[Painted]) -> Colour | None:
    """The colour behind letters; None where it is several, or not known."""
    for area in reversed(painted[: shown.painted]):
        if any(is_in(point, area.box) for point in shown.points):
            return area.colour if _is_below(shown, area) else None
    return WHITE


def _is_like(colour: Colour, behind: Colour | None) -> bool:
    return behind is not None and all(abs(one - other) <= _ALIKE for one, other in zip(colour, behind, strict=True))


def _box(page: PageObject) -> Box:
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _resources(page: PageObject, given: Any) -> Resources:
    """What the names of a page or form mean; whatever is broken means nothing."""
    named: Mapping[str, Any] = given.get_object() if given is not None else {}
    hidden = _layers_off(page)

    def entry(kind: str, name: str) -> Any:
        with suppress(Exception):
            return named[kind].get_object()[name].get_object()
        return None

    def drawable(name: str) -> Drawable | None:
        stream = entry("/XObject", name)
        with suppress(Exception):
            if stream["/Subtype"] == "/Image":
                is_clear = any(key in stream for key in ("/SMask", "/Mask", "/ImageMask"))
                return Drawable(is_picture=True, covers=not is_clear)
            if stream["/Subtype"] == "/Form":
                return _form(page, stream)
        return None

    def colours(name: str) -> str:
        space = entry("/ColorSpace", name)
        with suppress(Exception):
            if space[0] == "/ICCBased":
                return {1: "gray", 3: "rgb", 4: "cmyk"}.get(int(space[1].get_object()["/N"]), "")
            return {"/CalGray": "gray", "/CalRGB": "rgb"}.get(space[0], "")
        return ""

    def opacity(name: str) -> float | None:
        state = entry("/ExtGState", name)
        if not isinstance(state, dict):
            return None
        with suppress(Exception):
            blends = state.get("/BM", "/Normal") not in ("/Normal", "/Compatible")
            if blends or isinstance(state.get("/SMask"), dict):
                return 0.5  # what is below shows through
            if not {"/ca", "/BM", "/SMask"}.isdisjoint(state):
                return float(state.get("/ca", 1.0))
        return None

    def is_off(name: str) -> bool:
        with suppress(Exception):
            layer = named["/Properties"].get_object().raw_get(name)
            return (layer.idnum, layer.generation) in hidden
        return False

    return Resources(drawable, colours, opacity, is_off)


def _pinned_shapes(page: PageObject) -> Iterator[Pinned]:
    """What annotations draw above a page: boxes, stamps, notes. The fields of a form often stand on dotted lines."""
    annotations: Any = []
    with suppress(Exception):
        annotations = page["/Annots"].get_object()
    for reference in annotations:
        with suppress(Exception):  # a broken one shows nothing
            annotation = reference.get_object()
            if annotation["/Subtype"] not in _PINNED or int(annotation.get("/F", 0)) & _HIDDEN:
                continue
            left, bottom, right, top = (float(edge) for edge in annotation["/Rect"])
            box = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
            look = annotation["/AP"]["/N"].get_object() if "/AP" in annotation else None
            if look is not None:
                yield Pinned(box, _form(page, look), _numbers(look["/BBox"]))
            elif (inside := _numbers(annotation.get("/IC", ()))) and float(annotation.get("/CA", 1)) > _FAINT:
                yield Pinned(box, colour=inside, is_round=annotation["/Subtype"] == "/Circle")


def _numbers(values: Sequence[Any]) -> tuple[float, ...]:
    return tuple(float(each) for each in values)


def _form(page: PageObject, stream: Any) -> Drawable:
    """A stream that draws."""
    inner = _resources(page, stream["/Resources"]) if "/Resources" in stream else None
    matrix = _matrix(_numbers(stream.get("/Matrix", UNCHANGED)))
    octets, is_group = stream.get_data(), "/Group" in stream
    return Drawable(is_picture=False, covers=False, octets=octets, matrix=matrix, resources=inner, is_group=is_group)


def _matrix(numbers: Sequence[float]) -> Matrix:
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _layers_off(page: PageObject) -> set[tuple[int, int]]:
    """The layers that a reader does not show when it opens the file."""
    with suppress(Exception):
        layers = page.pdf.root_object["/OCProperties"].get_object()  # type: ignore[index, union-attr]
        off = layers["/D"].get_object().get("/OFF", [])
        return {(layer.idnum, layer.generation) for layer in off.get_object()}
    return set()
