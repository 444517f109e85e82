"""Pictures with a text planted at each place beside the pixels, written octet by octet."""

# ruff: noqa: E501  (one place a line)

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import PurePath

Maker = Callable[[str], bytes]


def xmp(secret: str, encoding: str = "utf-8") -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description><dc:description><rdf:li>'
        f"{secret}</rdf:li></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode(encoding)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes, pixels: int = 1, after: bytes = b"") -> bytes:
    """A picture of a row of grey pixels, with these chunks before its end."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", pixels, 1, 8, 0, 0, 0, 0))
    noise = bytes(n * 7919 % 251 for n in range(pixels + 1))
    packed = zlib.compress(b"\0" + noise[1:], 0)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", packed) + b"".join(chunks) + chunk(b"IEND", b"") + after


def international(secret: str, *, packed: bool = False) -> bytes:
    text = zlib.compress(secret.encode()) if packed else secret.encode()
    return chunk(b"iTXt", b"Comment\0" + bytes([packed, 0]) + b"fr\0Commentaire\0" + text)


def exif(*tags: tuple[int, int, bytes], order: str = "<") -> bytes:
    """A block of EXIF with one directory."""
    start = 8 + 2 + 12 * len(tags) + 4
    entries, values = b"", b""
    sizes = {2: 1, 7: 1, 1: 1, 4: 4}
    for number, kind, value in sorted(tags):
        place = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(f"{order}I", start + len(values))
        entries += struct.pack(f"{order}HHI", number, kind, len(value) // sizes[kind]) + place
        values += value if len(value) > 4 else b""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(f"{order}IH", 8, len(tags)) + entries + b"\0\0\0\0" + values


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg(*segments: bytes, comment: str = "", after: bytes = b"", scan: bytes = b"\x00\xff\x00\x12") -> bytes:
    said = segment(0xFE, comment.encode()) if comment else b""
    frame = segment(0xC0, bytes.fromhex("0800010001010111 00".replace(" ", "")))
    return (
        b"\xff\xd8" + said + b"".join(segments) + frame + segment(0xDA, b"\1\1\0\0\x3f\0") + scan + b"\xff\xd9" + after
    )


def iptc(secret: str) -> bytes:
    record = b"\x1c\x02\x78" + struct.pack(">H", len(secret.encode())) + secret.encode()
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record


def gif(extension: bytes = b"", after: bytes = b"") -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + extension + b",\0\0\0\0\1\0\1\0\0\x02\x02D\x01\0;" + after


def blocks(data: bytes) -> bytes:
    parts = [data[n : n + 255] for n in range(0, len(data), 255)]
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def webp(*chunks: tuple[bytes, bytes], after: bytes = b"") -> bytes:
    body = b"WEBP"
    for kind, data in ((b"VP8L", b"\x2f\0\0\0\0\0"), *chunks):
        body += kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body + after


def user_comment(secret: str, encoding: str) -> bytes:
    mark = b"UNICODE\0" if encoding.startswith("utf-16") else b"ASCII\0\0\0" if encoding == "ascii" else b"\0" * 8
    return mark + secret.encode(encoding)


_USER_COMMENT, _ARTIST, _DESCRIPTION, _XP_TITLE, _XMP, _IPTC = 0x9286, 0x013B, 0x010E, 0x9C9B, 0x02BC, 0x83BB


def in_exif(number: int, kind: int, encode: Callable[[str], bytes], order: str = "<") -> Maker:
    return lambda secret: jpeg(segment(0xE1, b"Exif\0\0" + exif((number, kind, encode(secret)), order=order)))


def _utf8(secret: str) -> bytes:
    return secret.encode() + b"\0"


def raw_profile(kind: str, block: bytes) -> bytes:
    """A block of another format's data as ImageMagick writes it."""
    digits = block.hex()
    lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    return chunk(
        b"zTXt",
        f"Raw profile type {kind}\0\0".encode() + zlib.compress(f"\n{kind}\n{len(block):8}\n{lines}\n".encode()),
    )


def colours(secret: str) -> bytes:
    """A profile of colours that is called so."""
    name = secret.encode("utf-16-be")
    entry = b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"fr", b"FR", len(name), 28) + name
    return bytes(128) + struct.pack(">I4sII", 1, b"desc", 144, len(entry)) + entry


PLACES: dict[str, tuple[str, Maker]] = {
    "EXIF of PNG in hexadecimal": ("a.png", lambda secret: png(raw_profile("exif", b"Exif\0\0" + exif((_DESCRIPTION, 2, _utf8(secret)))))),
    "XMP of PNG in hexadecimal": ("a.png", lambda secret: png(raw_profile("xmp", xmp(secret)))),
    "IPTC of PNG in hexadecimal": ("a.png", lambda secret: png(raw_profile("iptc", iptc(secret)))),
    "the name of the colours of PNG": ("a.png", lambda secret: png(chunk(b"iCCP", secret.encode("latin-1") + b"\0\0" + zlib.compress(b"a")))),
    "the colours of PNG": ("a.png", lambda secret: png(chunk(b"iCCP", b"a\0\0" + zlib.compress(colours(secret))))),
    "the colours of JPEG": ("a.jpg", lambda secret: jpeg(segment(0xE2, b"ICC_PROFILE\0\1\1" + colours(secret)))),
    "the colours of WebP": ("a.webp", lambda secret: webp((b"ICCP", colours(secret)))),
    "tEXt": ("a.png", lambda secret: png(chunk(b"tEXt", b"Author\0" + secret.encode("latin-1")))),
    "tEXt in UTF-8": ("a.png", lambda secret: png(chunk(b"tEXt", b"Author\0" + secret.encode()))),
    "zTXt": ("a.png", lambda secret: png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(secret.encode("latin-1"))))),
    "iTXt": ("a.png", lambda secret: png(international(secret))),
    "iTXt, compressed": ("a.png", lambda secret: png(international(secret, packed=True))),
    "iTXt after 200,000 octets": ("a.png", lambda secret: png(international(secret), pixels=60_000)),
    "XMP of PNG": ("a.png", lambda secret: png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(secret)))),
    "EXIF of PNG": ("a.png", lambda secret: png(chunk(b"eXIf", exif((_DESCRIPTION, 2, _utf8(secret)))))),
    "a chunk of one's own": ("a.png", lambda secret: png(chunk(b"noTe", secret.encode()))),
    "after the end of PNG": ("a.png", lambda secret: png(after=secret.encode())),
    "a comment of JPEG": ("a.jpg", lambda secret: jpeg(comment=secret)),
    "a comment of JPEG after 70,000 octets": (
        "a.jpg", lambda secret: jpeg(*[segment(0xE2, b"ICC_PROFILE\0" + bytes(35_000))] * 2, segment(0xFE, secret.encode())),
    ),
    "a second picture of JPEG": ("a.jpg", lambda secret: jpeg(after=jpeg(comment=secret))),
    "after the end of JPEG": ("a.jpg", lambda secret: jpeg(after=secret.encode("cp1252"))),
    "XMP of JPEG": ("a.jpg", lambda secret: jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(secret)))),
    "XMP of JPEG in UTF-16": (
        "a.jpg", lambda secret: jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(secret, "utf-16"))),
    ),
    "extended XMP": (
        "a.jpg",
        lambda secret: jpeg(segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + bytes(8) + xmp(secret))),
    ),
    "UserComment": ("a.jpg", in_exif(_USER_COMMENT, 7, lambda secret: user_comment(secret, "utf-8"))),
    "UserComment in Unicode": ("a.jpg", in_exif(_USER_COMMENT, 7, lambda secret: user_comment(secret, "utf-16-le"))),
    "UserComment in Unicode, big end first": (
        "a.jpg", in_exif(_USER_COMMENT, 7, lambda secret: user_comment(secret, "utf-16-be"), ">"),
    ),
    "Artist": ("a.jpg", in_exif(_ARTIST, 2, _utf8)),
    "ImageDescription": ("a.jpg", in_exif(_DESCRIPTION, 2, _utf8, ">")),
    "XPTitle": ("a.jpg", in_exif(_XP_TITLE, 1, lambda secret: secret.encode("utf-16-le") + b"\0\0")),
    "IPTC": ("a.jpg", lambda secret: jpeg(segment(0xED, iptc(secret)))),
    "a comment of GIF": ("a.gif", lambda secret: gif(b"!\xfe" + blocks(secret.encode()))),
    "a long comment of GIF": ("a.gif", lambda secret: gif(b"!\xfe" + blocks(b"Vu le " * 41 + b"lundi " + secret.encode()))),
    "XMP of GIF": ("a.gif", lambda secret: gif(b"!\xff\x0bXMP DataXMP" + blocks(xmp(secret)))),
    "after the end of GIF": ("a.gif", lambda secret: gif(after=secret.encode())),
    "EXIF of WebP": ("a.webp", lambda secret: webp((b"EXIF", exif((_ARTIST, 2, _utf8(secret)))))),
    "XMP of WebP": ("a.webp", lambda secret: webp((b"XMP ", xmp(secret)))),
    "after the end of WebP": ("a.webp", lambda secret: webp(after=secret.encode())),
    "a tag of TIFF": ("a.tif", lambda secret: exif((_DESCRIPTION, 2, _utf8(secret)))),
    "XMP of TIFF": ("a.tif", lambda secret: exif((_XMP, 1, xmp(secret)))),
    "IPTC of TIFF": ("a.tif", lambda secret: exif((_IPTC, 7, iptc(secret)))),
}  # fmt: skip
"""By place, the name of a file and the picture with a text there."""
GPS = jpeg(segment(0xE1, b"Exif\0\0" + exif((0x8825, 4, struct.pack("<I", 26)))))


def suffix(place: str) -> str:
    return PurePath(PLACES[place][0]).suffix
