"""What operands of a drawing's operators mean: numbers, names, places and colours (ISO 32000-2, 7.8.2)."""

from __future__ import annotations

from collections.abc import Sequence

from mailmerge.lint.extract.pdf.geometry import Matrix
from mailmerge.lint.extract.pdf.painted import Colour


def letters_in(string: bytes) -> int:
    """How many letters a string has at least, blanks apart."""
    if string[:1] == b"<":
        codes = string[1:-1]
        return sum(1 for at in range(0, len(codes), 4) if codes[at : at + 4] not in (b"0003", b"0020", b"0000"))
    inner = string[1:-1].replace(b"\\", b"")
    return len(inner.translate(None, b" \x00\x03\xa0\t\r\n")) // (2 if b"\x00" in inner else 1)


def numbers_of(operands: Sequence[object]) -> list[float]:
    """Those that are numbers."""
    return [each for each in operands if isinstance(each, float)]


def last_of(operands: Sequence[object], count: int = 1) -> list[float]:
    """The last numbers, as many as are wanted; noughts for those that are not there."""
    return ([0.0] * count + numbers_of(operands))[-count:]


def name_of(operands: Sequence[object]) -> str:
    """The last name, ``""`` without one."""
    return next((each for each in reversed(operands) if isinstance(each, str)), "")


def matrix_of(operands: Sequence[object]) -> Matrix | None:
    """The last six numbers as a transformation; None where they are fewer."""
    numbers = numbers_of(operands)[-6:]
    return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]) if len(numbers) == 6 else None


def colour_of(space: str, numbers: Sequence[float]) -> Colour | None:
    """A colour by its components in a device space; None where they do not fit it."""
    match space, len(numbers):
        case "gray", 1:
            return numbers[0], numbers[0], numbers[0]
        case "rgb", 3:
            return numbers[0], numbers[1], numbers[2]
        case "cmyk", 4:
            cyan, magenta, yellow, black = numbers
            return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return None
