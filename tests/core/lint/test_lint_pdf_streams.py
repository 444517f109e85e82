"""A stream of a PDF that cannot be unpacked to its end is told of, wherever it is cut or changed."""

from __future__ import annotations

import zlib

from each_row import each_row
from lint_files import pdf

from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.lint.extract.pdf.strings import has_broken_stream, loose_strings
from mailmerge.lint.extract.reader import read_content

DRAWN = " ".join(f"BT /F1 12 Tf 50 {700 - n} Td (ligne {n * n * 7919 % 10007}) Tj ET" for n in range(40)).encode()
PACKED = zlib.compress(DRAWN)
KINDS = (
    "/Type /XObject /Subtype /Form /BBox [0 0 9 9]",
    "/Type /Metadata /Subtype /XML",
    "/Type /ObjStm /N 0 /First 0",
    "",
)
WHOLE = {
    "as it is": PACKED, "without its checksum": PACKED[:-4], "an end of line after it": PACKED + b"\r", "empty": b"",
    "packed little": zlib.compress(DRAWN, 1), "not packed": zlib.compress(DRAWN, 0),
}  # fmt: skip
BROKEN = {
    **{f"cut after {end}": PACKED[:end] for end in (2, 3, 50, len(PACKED) // 2, len(PACKED) - 20)},
    **{
        f"changed at {at}": PACKED[:at] + bytes([PACKED[at] ^ 0x55]) + PACKED[at + 1 :]
        for at in range(0, len(PACKED), 23)
    },
    "a wrong checksum": PACKED[:-4] + b"abcd",
}


def with_stream(packed: bytes, kind: str, filters: str = "/FlateDecode") -> bytes:
    """A PDF with one stream more."""
    mark = "mark"
    octets = pdf(extra=f"<< {kind} /Length {len(packed)} /Filter {filters} >>\nstream\n{mark}\nendstream")
    return octets.replace(f"stream\n{mark}".encode(), b"stream\n" + packed)


@each_row(("packed", "kind"), [(packed, kind) for packed in WHOLE.values() for kind in KINDS])
def test_a_whole_stream_is_no_obstacle(packed: bytes, kind: str) -> None:
    assert read_content(with_stream(packed, kind), "a.pdf").opaque is None


@each_row(("packed", "kind"), [(packed, kind) for packed in BROKEN.values() for kind in KINDS])
def test_a_broken_one_is_told_and_the_rest_is_read(packed: bytes, kind: str) -> None:
    content = read_content(with_stream(packed, kind, "[ /FlateDecode ]"), "a.pdf")
    assert content.opaque is Obstacle.BROKEN
    assert "Livret" in "".join(piece.text for piece in content.pieces)


@each_row(
    "kind", ("/Subtype /Image", "/Length1 400", "/Subtype /Type1C", "/N 3 /Alternate /DeviceRGB", "/FunctionType 4")
)
def test_pictures_fonts_and_colours_have_no_words(kind: str) -> None:
    assert not has_broken_stream(with_stream(PACKED[:40], kind))


def test_nor_is_it_judged_what_is_packed_in_another_way() -> None:
    assert not has_broken_stream(with_stream(PACKED[:40], "", "/DCTDecode"))


READ_ALOUD = b"7 0 << /Type /StructElem /Alt (Livret de famille) >>"


def test_what_is_read_aloud_is_known_without_the_parts_of_a_document() -> None:
    packed = zlib.compress(READ_ALOUD)
    assert loose_strings(with_stream(packed, "/Type /ObjStm /N 1 /First 4")).instead == "Livret de famille"


@each_row(
    ("packed", "filters"),
    [
        (READ_ALOUD.hex().encode(), "/ASCIIHexDecode"),
        (zlib.compress(READ_ALOUD.replace(b"/Alt", b"/AF [8 0 R] /Alt")), "/FlateDecode"),
    ],
    ids=["packed in another way", "with files of its own"],
)
def test_the_parts_themselves_say_it_where_nothing_else_does(packed: bytes, filters: str) -> None:
    assert loose_strings(with_stream(packed, "/Type /ObjStm /N 1 /First 4", filters)).instead is None
