"""What is read of a document: the letter as this program writes letters, its pictures, and what could not be kept."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from mailmerge.i18n import N_, _
from mailmerge.model.reticent import Reticent

FIELD_OPEN, FIELD_CLOSE = "\ue010", "\ue011"
"""Around the name of a merge field on its way through HTML (private use, Unicode 23.5)."""
CODE_OPEN, CODE_CLOSE = "\ue012", "\ue013"
"""Around template code on that way; names of fields in it are between marks of their own."""
LEFT = "\ue014"
"""In a tag of another program that stays text: no pattern knows the tag with it, and no letter has it."""


def tag(code: str) -> str:
    """A tag of a letter, ``{% code %}``, between its marks."""
    return f"{CODE_OPEN}{{% {code} %}}{CODE_CLOSE}"


class Lost(StrEnum):
    """What a letter cannot hold; each is said once, however often it is in the document."""

    TRACKED = "tracked-changes"
    COMMENTS = "comments"
    NOTES = "notes"
    HEADER_FOOTER = "header-footer"
    MACROS = "macros"
    CONDITION = "condition"
    ADDRESS_BLOCK = "address-block"
    OTHER_FIELD = "other-field"
    TODAY = "today"
    CALCULATION = "calculation"
    STEPS = "steps"
    FORMAT = "format"
    PICTURE = "picture"
    LINKED_PICTURE = "linked-picture"
    OBJECT = "object"
    WIDE_TABLE = "wide-table"
    LOOKS = "looks"
    HIDDEN = "hidden-text"
    WHITE = "white-text"
    SCRIPT = "script"
    FORM = "form"
    ATTACHMENT = "attachment"
    RECIPIENTS = "recipients"


SAYS: Mapping[Lost, str] = {
    Lost.TRACKED: N_("it has tracked changes: the text is taken as if all of them were accepted"),
    Lost.COMMENTS: N_("its comments are left out"),
    Lost.NOTES: N_("its footnotes and endnotes are now part of the text"),
    Lost.HEADER_FOOTER: N_("the text of its page header and footer is left out: an e-mail has neither"),
    Lost.MACROS: N_("its macros are left out"),
    Lost.CONDITION: N_("it has a condition that cannot be taken over: write it again"),
    Lost.ADDRESS_BLOCK: N_("it has an address block or a greeting line of Word: write it with fields of your table"),
    Lost.OTHER_FIELD: N_("it has fields that compute something (a date, a number): the text that was shown is kept"),
    Lost.TODAY: N_("it has a field for today's date: the date it last showed is kept; write the one you mean"),
    Lost.CALCULATION: N_(
        "it calculates with a person's fields: calculate in the table, and write the field of that column instead"
    ),
    Lost.STEPS: N_("its NEXT and SKIPIF fields are left out: each person gets one message"),
    Lost.FORMAT: N_("it has fields with a format for numbers or times: they print what the table shows"),
    Lost.PICTURE: N_("a picture in it cannot be used in an e-mail (only PNG, JPEG and GIF can) and is left out"),
    Lost.LINKED_PICTURE: N_("a picture in it is not in the file and is left out"),
    Lost.OBJECT: N_("an embedded object is left out"),
    Lost.WIDE_TABLE: N_("a table has more than 10 columns, which few mail programs show"),
    Lost.LOOKS: N_("its fonts, colours and alignment are left out"),
    Lost.HIDDEN: N_("its hidden text is left out"),
    Lost.WHITE: N_("it has white text, which can be seen in the letter: check that it may be"),
    Lost.SCRIPT: N_("its scripts and style sheets are left out"),
    Lost.FORM: N_("its forms are left out"),
    Lost.ATTACHMENT: N_("its attachments are left out: add them with Attachment: lines"),
    Lost.RECIPIENTS: N_("its recipients are left out: they come from the table"),
}


def said(lost: Lost) -> str:
    """What was not kept, in a clause that can follow the name of the file."""
    return _(SAYS[lost])


class Picture(Reticent, frozen=True):
    """A picture of the letter, to be kept beside it."""

    name: str
    content: bytes


class Draft(Struct, frozen=True):
    """A letter, ready to be saved: Markdown with the fields in double braces."""

    subject: str
    body: str
    pictures: tuple[Picture, ...] = ()
    fields: tuple[str, ...] = ()
    """The words of its merge fields as they were written there, in order, each once."""
    names: tuple[str, ...] = ()
    """What the letter calls them, each once."""
    lost: tuple[Lost, ...] = ()
    language: str = ""
    """BCP 47; ``""`` where it is not sure."""

    @property
    def text(self) -> str:
        """The text of the letter file; its header lines are there to be completed."""
        head = [f"Subject: {self.subject}"] if self.subject else []
        head += [f"Fields: {', '.join(self.names)}"] if self.names else []
        head += [f"Attachment: {picture.name}" for picture in self.pictures]
        head += [f"Content-Language: {self.language}"] if self.language else []
        return "\n".join([*head, *([] if head else ["Content-Type: text/markdown"]), "", self.body, ""])
