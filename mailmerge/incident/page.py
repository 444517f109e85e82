"""The report as one page of HTML that holds everything: a picture, the facts, and the checklist to be printed."""

from __future__ import annotations

from html import escape

from mailmerge.incident.picture import picture
from mailmerge.incident.record import IncidentRecord
from mailmerge.incident.words import Words

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
_STYLE = """\
@page { size: A4; margin: 16mm; }
body { font: 15px/1.5 sans-serif; color: #222; background: #fff; max-width: 880px; margin: 24px auto; padding: 0 16px; }
h1 { font-size: 26px; } h2 { font-size: 19px; margin-top: 30px; }
table { border-collapse: collapse; width: 100%; }
td, th { border-bottom: 1px solid #ccc; padding: 5px 10px 5px 0; text-align: left; vertical-align: top; }
thead:has(th:first-child:empty) { display: none; }
code { font-size: 12px; overflow-wrap: anywhere; }
svg { max-width: 100%; height: auto; margin: 12px 0; }
ul.tasks { list-style: none; padding-left: 0; }
.box { display: inline-block; width: 13px; height: 13px; border: 1.5px solid #222; margin-right: 9px; }
.sheet { break-before: page; }
@media print { body { margin: 0; max-width: none; font-size: 12px; } h2, tr, li, svg { break-inside: avoid; } }
"""


def page(record: IncidentRecord, words: Words, report: str, checklist: str) -> str:
    """The page; ``report`` and ``checklist`` are Markdown."""
    head, _, rest = report.partition("\n\n")
    title = escape(head.removeprefix("# "))
    return (
        f'<!doctype html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n<style>\n{_STYLE}</style>\n'
        f"</head>\n<body>\n<h1>{title}</h1>\n{words.typeset(picture(record, words))}\n{_html(rest)}\n"
        f'<section class="sheet">\n{_html(checklist)}</section>\n</body>\n</html>\n'
    )


def _html(text: str) -> str:
    from markdown_it import MarkdownIt

    html: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return html.replace("<li>[ ] ", '<li class="task"><span class="box"></span>').replace(
        '<ul>\n<li class="task">', '<ul class="tasks">\n<li class="task">'
    )
