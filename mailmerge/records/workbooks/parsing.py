"""Walk through the XML of a part of a workbook, which nobody vouches for."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from mailmerge.i18n import N_
from mailmerge.records.file_kinds.damage import Damage


def parse(
    xml: IO[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Call back for each element, whose names have their namespace and a space before them, and for each text.

    Raises:
        ValueError: the document declares entities.
        expat.ExpatError: it is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = _refuse_entities
    parser.ParseFile(xml)


def _refuse_entities(*_: object) -> None:
    """Declare entities, and a little text can fill the memory."""
    raise Damage(N_("it declares entities"))
