"""Words of a presentation that nobody sees: white where nothing but white is behind, or in a shape that is hidden.

A dark slide, a picture or a filled shape may be behind words anywhere, so white is told of only where none is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mailmerge.lint.extract.content import Kind
from mailmerge.regex import regex

_WHITE = (
    r"(?:<a:srgbClr\b[^<>]*\bval=[\"'](?:[Ff][0-9A-Fa-f]){3}[\"']\s*/>"
    r"|<a:schemeClr\b[^<>]*\bval=[\"'](?:bg1|lt1)[\"']\s*/>)"
)
_WHITE_LETTERS = regex(
    rf"<a:(?:rPr|defRPr)\b[^<>]*(?<!/)>\s*(?:<a:ln\b(?:(?!</?a:ln\b).)*</a:ln>\s*)?<a:solidFill>\s*{_WHITE}", re.DOTALL
)
_COLOURED = regex(r"<a:rPr\b[^<>]*(?<!/)>(?:(?!</?a:rPr\b).)*<a:(?:solid|grad|blip|patt)Fill\b", re.DOTALL)
_LINE = regex(r"<a:ln\b[^<>]*/>|<a:ln\b(?:(?!</?a:ln\b).)*</a:ln>", re.DOTALL)
_FILLED = regex(r"<p:spPr\b[^<>]*(?<!/)>(?:(?!</?p:spPr\b).)*<a:(?:solid|grad|blip|patt)Fill\b", re.DOTALL)
_BEHIND = regex(
    r"<p:pic\b|<a:blipFill\b|<p:graphicFrame\b|<p:style\b|<p:cxnSp\b|<a:overrideClrMapping\b|<mc:AlternateContent\b"
)
_GROUND = regex(r"<p:bg\b(?:(?!</?p:bg\b).)*</p:bg>", re.DOTALL)
_WHITE_GROUND = regex(rf"<p:bg>\s*<p:bg(?:Ref|Pr)\b[^<>]*>\s*(?:<a:solidFill>\s*)?{_WHITE}", re.DOTALL)
_MAPPED = regex(r"<p:clrMap\b[^<>]*\bbg1=[\"'](?!lt1)")
_DARK_THEME = regex(r"<a:lt1>\s*<a:(?:srgbClr\b[^<>]*\bval|sysClr\b[^<>]*\blastClr)=[\"'](?!(?:[Ff][0-9A-Fa-f]){3})")
_LIST_STYLE = regex(r"<a:lstStyle\b[^<>]*(?<!/)>(?:(?!</?a:lstStyle\b).)*</a:lstStyle>", re.DOTALL)
_WORDS = regex(r"<a:t>[^<]*\w")
_HIDDEN = regex(r"<p:cNvPr\b[^<>]*\bhidden=[\"'](?:1|true)[\"']")


class Presentation:
    """What is behind the words of all slides."""

    def __init__(self, parts: Mapping[str, str]):
        below = [text for name, text in parts.items() if name.startswith(("ppt/slideLayouts/", "ppt/slideMasters/"))]
        themes = [text for name, text in parts.items() if name.startswith("ppt/theme/")]
        self._is_white = (
            all(map(_is_bare, below))
            and not any(map(_MAPPED.search, below))
            and not any(map(_DARK_THEME.search, themes))
        )

    def unseen_in(self, slide: str) -> Iterator[Kind]:
        """What words of a slide are not seen for."""
        shapes = [shape[shape.rfind("<p:sp>") + 1 :] for shape in slide.split("</p:sp>")]
        if any(_HIDDEN.search(shape) and _WORDS.search(shape) for shape in shapes):
            yield Kind.TEXT
        if self._is_white and _is_bare(slide) and any(map(_has_white_words, shapes)):
            yield Kind.WHITE_TEXT


def _is_bare(part: str) -> bool:
    """Whether nothing but a white ground is behind the words of a slide or a layout."""
    ground = _GROUND.search(part)
    if ground is not None and not _WHITE_GROUND.match(ground.group()):
        return False
    return not _BEHIND.search(part) and not _FILLED.search(_LINE.sub("", part))


def _has_white_words(shape: str) -> bool:
    styles = _LIST_STYLE.search(shape)
    is_white = styles is not None and _WHITE_LETTERS.search(styles.group()) is not None
    runs = (run[run.rfind("<a:r>") + 1 :] for run in _LIST_STYLE.sub("", shape).split("</a:r>"))
    return any(
        _WORDS.search(run) and (_WHITE_LETTERS.search(run) or (is_white and not _COLOURED.search(run))) for run in runs
    )
