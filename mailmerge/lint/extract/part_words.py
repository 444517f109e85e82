"""What the parts of a file are called, for whoever reads where something is."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.i18n import N_, Term
from mailmerge.lint.extract.content import Part

PART_WORDS: Mapping[Part, Term] = {
    Part.ALTERNATIVE: Term(N_("alternative text")),
    Part.AUTHOR: Term(N_("the author")),
    Part.BOOKMARK: Term(N_("a bookmark")),
    Part.BYTES: Term(N_("its raw data")),
    Part.CELLS: Term(N_("the cells")),
    Part.COMMENT: Term(N_("a comment")),
    Part.EDITOR: Term(N_("the last editor")),
    Part.EMBEDDED: Term(N_("an embedded file")),
    Part.EXTERNAL: Term(N_("cells of another workbook")),
    Part.FORM: Term(N_("a form field")),
    Part.HEADER: Term(N_("a header or footer")),
    Part.IMAGE: Term(N_("image metadata")),
    Part.INTERNAL: Term(N_("internal data")),
    Part.LAYER: Term(N_("the name of a layer")),
    Part.LINK: Term(N_("a link")),
    Part.MARKUP: Term(N_("its source")),
    Part.MESSAGE_HEADER: Term(N_("the header of a message")),
    Part.NAME: Term(N_("its name")),
    Part.NOTE: Term(N_("a footnote or endnote")),
    Part.PAGE: Term(N_("a page")),
    Part.PIVOT: Term(N_("a pivot table")),
    Part.PROPERTIES: Term(N_("the document properties")),
    Part.REVISION: Term(N_("an earlier version of the file")),
    Part.SCRIPT: Term(N_("a script")),
    Part.SHEET: Term(N_("the name of a sheet")),
    Part.SLIDE: Term(N_("a slide")),
    Part.SPEAKER_NOTES: Term(N_("the speaker's notes")),
    Part.TEXT: Term(N_("the text")),
}
