"""The HTML part as a page on this computer: it runs nothing, sends nothing, fetches nothing, and goes when we go.

Three fences, each enough by itself: only known elements and attributes stay (nh3), every image is in the page or left
out, and a Content-Security-Policy that stands before everything else forbids the browser the rest.
"""

from __future__ import annotations

import re
import sys
import webbrowser
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from mailmerge.i18n import _, plural
from mailmerge.model import Attachment, Message
from mailmerge.text.regex import regex
from mailmerge.text.shown import visible
from mailmerge.tui.desktop.private_files import start_quietly, write_private

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
"""CSP level 3; ``form-action`` and ``base-uri`` do not follow from ``default-src``."""

_TAGS = frozenset({
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark",
    "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr",
})  # fmt: skip
_ATTRIBUTES = {
    "*": {"style", "class", "dir", "lang", "title", "align", "valign", "bgcolor", "width", "height", "color"},
    "a": {"href"},
    "img": {"src", "alt", "border"},
    "font": {"size", "face"},
    "ol": {"start", "type"},
    "table": {"border", "cellpadding", "cellspacing"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "col": {"span"},
    "colgroup": {"span"},
}
_SILENCED = {
    "script",
    "style",
    "title",
    "template",
    "noscript",
    "iframe",
    "object",
    "textarea",
    "select",
    "svg",
    "math",
}
"""Elements that go with what is in them."""
_ACTIVE = regex(r"<\s*(script|form|iframe|object|embed|link|video|audio|svg|math)\b", re.IGNORECASE)
_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_DATA = regex(r"data:(image/[a-z]+);base64,[A-Za-z0-9+/=\s]*\Z", re.IGNORECASE)
_DECLARATION = regex(r"\s*(?P<name>[a-z-]+)\s*:[^\\@{}<>]*\Z", re.IGNORECASE)
_FUNCTION = regex(r"([a-z-]*)\(", re.IGNORECASE)
_HARMLESS_FUNCTIONS = frozenset({"rgb", "rgba", "hsl", "hsla", "calc"})
_LEFT_OUT_PROPERTIES = frozenset({"position", "behavior", "-moz-binding"})

_HEAD = """\
<!doctype html>
<html{language}>
<head><meta http-equiv="Content-Security-Policy" content="{policy}">
<meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>{title}</title></head>
<body style="margin: 0">
<div dir="ltr" style="font: 14px sans-serif; color: #444; background: #f2eee4; padding: 10px 16px">
<b>{subject}</b> &nbsp; {to}<br>{note}</div>
<div style="padding: 16px">
"""
_FOOT = "\n</div>\n</body>\n</html>\n"


@dataclass
class _Cleaner:
    """What stays of one HTML part, and what had to go."""

    inline: Mapping[str, Attachment]
    images_left_out: int = 0
    found: set[str] = field(default_factory=set)

    def clean(self, html: str) -> str:
        import nh3

        self.found = {found.lower() for found in _ACTIVE.findall(html)}
        return nh3.clean(
            html,
            tags=set(_TAGS),
            clean_content_tags=_SILENCED,
            attributes=_ATTRIBUTES,
            attribute_filter=self._attribute,
            url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
            link_rel="noopener noreferrer",
        )

    def _attribute(self, tag: str, attribute: str, value: str) -> str | None:
        if attribute == "style":
            return _harmless_style(value)
        if tag == "img" and attribute == "src":
            source = self._image(value.strip())
            self.images_left_out += source is None
            return source
        if attribute == "href" and value.strip().lower().startswith(("data:", "cid:")):
            return None
        return value

    def _image(self, source: str) -> str | None:
        if source.lower().startswith("cid:"):
            attachment = self.inline.get(source[4:])
            if attachment is None or attachment.problem or attachment.media_type not in _IMAGES:
                return None
            return f"data:{attachment.media_type};base64,{b64encode(attachment.content).decode()}"
        found = _DATA.match(source)
        return source if found and found[1].lower() in _IMAGES else None

    def note(self) -> str:
        """What was left out, in words."""
        left_out = sorted(self.found)
        if self.images_left_out:
            left_out.append(
                plural(
                    self.images_left_out,
                    "{count} image that is not in the message",
                    "{count} images that are not in the message",
                )
            )
        said = _("The HTML version of the message. This page fetches nothing and sends nothing.")
        if left_out:
            said += " " + _("Left out here: {things}.").format(things=", ".join(left_out))
        return said


def write_safe_page(message: Message, folder: Path) -> Path:
    """Write the HTML part of a message as a page that is safe to open; deleted when the program ends.

    The file is readable by this user alone (0600), in ``folder``, which is made where it is missing.

    Raises:
        ValueError: the message has no HTML part.
        InputError: the folder cannot be made.
        OSError: the file cannot be written.
    """
    html = message.html
    if html is None:
        raise ValueError("this letter is plain text: there is no HTML part")
    cleaner = _Cleaner({each.content_id: each for each in message.attachments if each.content_id})
    body = cleaner.clean(html)
    language = f' lang="{escape(message.shape.language)}"' if message.shape.language else ""
    to = f"{message.to.name} <{message.to.address}>" if message.to.name else message.to.address
    subject, to = escape(visible(message.subject)), escape(_("to {address}").format(address=visible(to)))
    head = _HEAD.format(
        language=language, policy=POLICY, title=subject, subject=subject, to=to, note=escape(cleaner.note())
    )
    page = f"{head}{body}{_FOOT}".encode("utf-8", "replace")
    return write_private(folder, "message", ".html", page)


def open_page(page: Path) -> bool:
    """Show a page in the browser of this desktop, and say whether there is one; takes a while, so not on the loop.

    A browser that runs in the terminal is no choice here: the terminal is ours. The browser is started by a process
    of its own, so that nothing it writes comes between the lines of the screen.
    """
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if Path(str(getattr(browser, "name", ""))).name in _TERMINAL_BROWSERS:
        return False
    start_quietly([sys.executable, "-I", "-m", "webbrowser", page.as_uri()])
    return True


_TERMINAL_BROWSERS = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})


def _harmless_style(style: str) -> str | None:
    """The declarations that fetch nothing and stay in their place."""
    kept = []
    for declaration in style.split(";"):
        found = _DECLARATION.match(declaration)
        if found is None or found["name"].lower() in _LEFT_OUT_PROPERTIES:
            continue
        if all(name.lower() in _HARMLESS_FUNCTIONS for name in _FUNCTION.findall(declaration)):
            kept.append(declaration.strip())
    return "; ".join(kept) or None
