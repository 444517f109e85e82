"""The languages that Windows has numbers for, as number formats name them: ``[$-40C]`` (MS-LCID 2.1)."""

from __future__ import annotations

UNKNOWN = "und"
"""A language that is none of those below (ISO 639-2)."""

_PRIMARY = {
    0x01: "ar", 0x02: "bg", 0x03: "ca", 0x04: "zh", 0x05: "cs", 0x06: "da", 0x07: "de", 0x08: "el", 0x09: "en",
    0x0A: "es", 0x0B: "fi", 0x0C: "fr", 0x0D: "he", 0x0E: "hu", 0x0F: "is", 0x10: "it", 0x11: "ja", 0x12: "ko",
    0x13: "nl", 0x14: "nb", 0x15: "pl", 0x16: "pt", 0x17: "rm", 0x18: "ro", 0x19: "ru", 0x1B: "sk", 0x1C: "sq",
    0x1D: "sv", 0x1E: "th", 0x1F: "tr", 0x20: "ur", 0x21: "id", 0x22: "uk", 0x23: "be", 0x24: "sl", 0x25: "et",
    0x26: "lv", 0x27: "lt", 0x29: "fa", 0x2A: "vi", 0x2B: "hy", 0x2D: "eu", 0x2F: "mk", 0x36: "af", 0x37: "ka",
    0x38: "fo", 0x39: "hi", 0x3A: "mt", 0x3C: "ga", 0x3E: "ms", 0x52: "cy", 0x56: "gl", 0x62: "fy", 0x6E: "lb",
    0x7E: "br",
}  # fmt: skip
_OF_ONE_PRIMARY = {0x041A: "hr", 0x101A: "hr", 0x141A: "bs", 0x0814: "nn"}
"""Where several languages share a primary number."""


def language_of_lcid(number: int) -> str:
    """The language (ISO 639) of a locale number, with or without digits and calendar above it.

    ``""`` where it means that of the machine, :data:`UNKNOWN` where it is not known here.
    """
    primary = number & 0x3FF
    if not primary:
        return ""
    return _OF_ONE_PRIMARY.get(number & 0xFFFF) or _PRIMARY.get(primary, UNKNOWN)
