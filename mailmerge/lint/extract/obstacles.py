"""Why a file cannot be checked: the reasons as tokens, and what ATT501 and the screens say of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mailmerge.i18n import N_
from mailmerge.lint.sentence import Sentence


class Obstacle(StrEnum):
    """What keeps a file from being checked. The values are part of fingerprints and never change."""

    ARCHIVE = "archive"
    BROKEN = "broken"
    """In one part, which whoever opens the file may not miss."""
    DAMAGED = "damaged"
    DAMAGED_ARCHIVE = "damaged-archive"
    ENCRYPTED = "encrypted"
    ENTITIES = "entities"
    MACROS = "macros"
    NESTED = "nested"
    NO_READER = "no-reader"
    OLD_OFFICE = "old-office"
    SCAN = "scan"
    SCRIPT = "script"
    TOO_LARGE = "too-large"
    TOO_LONG = "too-long"
    TOO_MANY_FILES = "too-many-files"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_SLOW = "too-slow"
    UNKNOWN_KIND = "unknown-kind"
    ZIP_BOMB = "zip-bomb"


class Opaque(Exception):
    """The file cannot be checked; ``limit`` is the number that it exceeds, where it exceeds one."""

    def __init__(self, obstacle: Obstacle, limit: int = 0):
        super().__init__(obstacle)
        self.obstacle = obstacle
        self.limit = limit


_AS_PDF = N_("Save it as a PDF with text and without a password, or waive this after checking the file yourself.")
_AGAIN = N_("Open it to see whether it works, and save it again as a PDF with text.")
_SMALLER = N_("Attach a smaller file, or waive this after checking the file yourself.")

CANNOT_BE_CHECKED: Mapping[Obstacle, Sentence] = {
    Obstacle.ARCHIVE: Sentence(
        "att501.archive",
        one=N_("the attachment {file} cannot be checked: it is an archive, so its contents cannot be reviewed"),
        fix=N_("Attach the documents themselves, as PDFs, or waive this after checking the archive yourself."),
        many=N_(
            "{count} messages carry an archive, such as {file}; its contents cannot be reviewed, so it cannot be "
            "checked ({lines})"
        ),
    ),
    Obstacle.BROKEN: Sentence(
        "att501.broken",
        one=N_("the attachment {file} could not be read to the end: a part of it is damaged"),
        fix=_AGAIN,
        many=N_(
            "{count} messages carry an attachment that could not be read to the end, such as {file}: a part of it is "
            "damaged ({lines})"
        ),
    ),
    Obstacle.DAMAGED: Sentence(
        "att501.damaged",
        one=N_("the attachment {file} cannot be checked: it is damaged, or not the kind of file its name suggests"),
        fix=_AGAIN,
        many=N_(
            "{count} messages carry an attachment that cannot be checked, such as {file}: it is damaged, or not the "
            "kind of file its name suggests ({lines})"
        ),
    ),
    Obstacle.DAMAGED_ARCHIVE: Sentence(
        "att501.damaged-archive",
        one=N_("the attachment {file} cannot be checked: it is a damaged archive or Office file"),
        fix=_AGAIN,
        many=N_(
            "{count} messages carry an attachment that cannot be checked, such as {file}: it is a damaged archive or "
            "Office file ({lines})"
        ),
    ),
    Obstacle.ENCRYPTED: Sentence(
        "att501.encrypted",
        one=N_("the attachment {file} cannot be checked: it is encrypted"),
        fix=N_("Save it without a password, or waive this after checking the file yourself."),
        many=N_("{count} messages carry an encrypted attachment, such as {file}; it cannot be checked ({lines})"),
    ),
    Obstacle.ENTITIES: Sentence(
        "att501.entities",
        one=N_("the attachment {file} cannot be checked: it declares XML entities, as entity bombs do"),
        fix=_AS_PDF,
        many=N_(
            "{count} messages carry an attachment that declares XML entities, as entity bombs do, such as {file}; it "
            "cannot be checked ({lines})"
        ),
    ),
    Obstacle.MACROS: Sentence(
        "att501.macros",
        one=N_("the attachment {file} cannot be checked: it contains macros"),
        fix=N_("Save it as a PDF, or in a format without macros, such as .docx."),
        many=N_("{count} messages carry an attachment with macros, such as {file}; it cannot be checked ({lines})"),
    ),
    Obstacle.NESTED: Sentence(
        "att501.nested",
        one=N_("the attachment {file} cannot be checked: it contains files within files"),
        fix=N_("Attach the documents themselves, as PDFs, or waive this after checking the file yourself."),
        many=N_(
            "{count} messages carry an attachment that contains files within files, such as {file}; it cannot be "
            "checked ({lines})"
        ),
    ),
    Obstacle.NO_READER: Sentence(
        "att501.no-reader",
        one=N_("the attachment {file} was not checked: the computer could not start the process that reads it"),
        fix=N_("Close other programs, and check again."),
        many=N_(
            "{count} messages carry an attachment that was not checked, such as {file}: the computer could not start "
            "the process that reads it ({lines})"
        ),
    ),
    Obstacle.OLD_OFFICE: Sentence(
        "att501.old-office",
        one=N_("the attachment {file} cannot be checked: it is in an old Office format that cannot be inspected"),
        fix=N_("Save it as a PDF, or in the current format, such as .docx."),
        many=N_(
            "{count} messages carry an attachment in an old Office format that cannot be inspected, such as {file} "
            "({lines})"
        ),
    ),
    Obstacle.SCAN: Sentence(
        "att501.scan",
        one=N_("the attachment {file} cannot be checked: it has text that cannot be read, as a scan does"),
        fix=N_(
            "Export the PDF from the original document, or run text recognition on it; or waive this after checking "
            "the file yourself."
        ),
        many=N_(
            "{count} messages carry an attachment with text that cannot be read, as a scan has, such as {file}; it "
            "cannot be checked ({lines})"
        ),
    ),
    Obstacle.SCRIPT: Sentence(
        "att501.script",
        one=N_("the attachment {file} cannot be checked: it contains a script"),
        fix=N_("Print it to a new PDF, which leaves the script out."),
        many=N_("{count} messages carry an attachment with a script, such as {file}; it cannot be checked ({lines})"),
    ),
    Obstacle.TOO_LARGE: Sentence(
        "att501.too-large",
        one=N_("the attachment {file} could not be read to the end: it is too large or too complex"),
        fix=_SMALLER,
        many=N_(
            "{count} messages carry an attachment that could not be read to the end, such as {file}: it is too large "
            "or too complex ({lines})"
        ),
    ),
    Obstacle.TOO_LONG: Sentence(
        "att501.too-long",
        one=N_(
            "the attachment {file} cannot be checked to its end: it contains more than {limit} million characters of "
            "text"
        ),
        fix=_SMALLER,
        many=N_(
            "{count} messages carry an attachment with more than {limit} million characters of text, such as {file}; "
            "it cannot be checked to its end ({lines})"
        ),
    ),
    Obstacle.TOO_MANY_FILES: Sentence(
        "att501.too-many-files",
        one=N_("the attachment {file} cannot be checked: it contains more than {limit} files"),
        fix=_SMALLER,
        many=N_(
            "{count} messages carry an attachment that contains more than {limit} files, such as {file}; it cannot be "
            "checked ({lines})"
        ),
    ),
    Obstacle.TOO_MANY_PAGES: Sentence(
        "att501.too-many-pages",
        one=N_("the attachment {file} cannot be checked: it has more than {limit} pages"),
        fix=_SMALLER,
        many=N_(
            "{count} messages carry an attachment with more than {limit} pages, such as {file}; it cannot be checked "
            "({lines})"
        ),
    ),
    Obstacle.TOO_SLOW: Sentence(
        "att501.too-slow",
        one=N_("the attachment {file} cannot be checked: it could not be read within {limit} seconds"),
        fix=_SMALLER,
        many=N_(
            "{count} messages carry an attachment that could not be read within {limit} seconds, such as {file}; it "
            "cannot be checked ({lines})"
        ),
    ),
    Obstacle.UNKNOWN_KIND: Sentence(
        "att501.unknown-kind",
        one=N_("the attachment {file} cannot be checked: no text can be read in a file of this kind"),
        fix=_AS_PDF,
        many=N_(
            "{count} messages carry an attachment in which no text can be read, such as {file}; it cannot be checked "
            "({lines})"
        ),
    ),
    Obstacle.ZIP_BOMB: Sentence(
        "att501.zip-bomb",
        one=N_("the attachment {file} cannot be checked: it expands to far more than its size, as a zip bomb does"),
        fix=_AS_PDF,
        many=N_(
            "{count} messages carry an attachment that expands to far more than its size, as a zip bomb does, such as "
            "{file}; it cannot be checked ({lines})"
        ),
    ),
}
