"""What ATT504 says of a file that cannot be sent: one that the letter names for everybody, and one per person."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.i18n import N_
from mailmerge.lint.sentence import Sentence
from mailmerge.model import ProblemKind

_NAME = N_("Put the file where the letter expects it, or correct its name in {source}.")
_CELL = N_('Put the file where the letter expects it, or correct "{source}".')
_RENAME = N_("Rename the file, and correct its name in {source}.")
_RENAME_CELL = N_('Rename the file, and correct "{source}".')
_INSIDE = N_("Move the file into the letter's folder, and correct its name in {source}.")
_INSIDE_CELL = N_('Move the file into the letter\'s folder, and correct "{source}".')
_FILL = N_("Replace the file with a complete one.")
_PLAIN = N_("Replace the link with the file itself.")
_SMALLER = N_("Make the file smaller, or send a link to it instead.")
_CLOSE = N_("Close it in other programs, and check that you have permission to open it.")
_LEADS_OUT = N_('In "{source}", write only the name of a file inside that folder: no "..", and no path to elsewhere.')

FOR_ALL: Mapping[ProblemKind, Sentence] = {
    ProblemKind.EMPTY: Sentence(
        "att504.empty",
        one=N_("{person}: the attachment {file} is empty"),
        fix=_FILL,
        many=N_("the attachment {file} is empty; {count} people would not get it: {lines}"),
    ),
    ProblemKind.ENCODED_WORD: Sentence(
        "att504.encoded-word",
        one=N_('{person}: the name of the attachment {file} contains "=?", which mail programs misread'),
        fix=_RENAME,
        many=N_(
            'the name of the attachment {file} contains "=?", which mail programs misread; {count} people would not '
            "get it: {lines}"
        ),
    ),
    ProblemKind.LINK: Sentence(
        "att504.link",
        one=N_("{person}: the attachment {file} is a symbolic link, or in a folder that is one"),
        fix=_PLAIN,
        many=N_(
            "the attachment {file} is a symbolic link, or in a folder that is one; {count} people would not get it: "
            "{lines}"
        ),
    ),
    ProblemKind.MISSING: Sentence(
        "att504.missing",
        one=N_("{person}: the attachment {file} is missing"),
        fix=_NAME,
        many=N_("the attachment {file} is missing; {count} people would not get it: {lines}"),
    ),
    ProblemKind.NOT_A_FILE: Sentence(
        "att504.not-a-file",
        one=N_("{person}: the attachment {file} is not a file"),
        fix=_NAME,
        many=N_("the attachment {file} is not a file; {count} people would not get it: {lines}"),
    ),
    ProblemKind.OUTSIDE: Sentence(
        "att504.outside",
        one=N_("{person}: the attachment {file} is outside the letter's folder"),
        fix=_INSIDE,
        many=N_("the attachment {file} is outside the letter's folder; {count} people would not get it: {lines}"),
    ),
    ProblemKind.TOO_LARGE: Sentence(
        "att504.too-large",
        one=N_("{person}: the attachment {file} is larger than {limit} MB"),
        fix=_SMALLER,
        many=N_("the attachment {file} is larger than {limit} MB; {count} people would not get it: {lines}"),
    ),
    ProblemKind.UNREADABLE: Sentence(
        "att504.unreadable",
        one=N_("{person}: the attachment {file} cannot be read ({reason})"),
        fix=_CLOSE,
        many=N_("the attachment {file} cannot be read ({reason}); {count} people would not get it: {lines}"),
    ),
}
"""A file that every recipient of the letter gets."""

PER_PERSON: Mapping[ProblemKind, Sentence] = {
    ProblemKind.EMPTY: Sentence(
        "att504.own-empty",
        one=N_("{person}: the attachment {file} is empty"),
        fix=_FILL,
        many=N_("{count} people would get an empty attachment, such as {file} ({lines})"),
    ),
    ProblemKind.ENCODED_WORD: Sentence(
        "att504.own-encoded-word",
        one=N_('{person}: the name of the attachment {file} contains "=?", which mail programs misread'),
        fix=_RENAME_CELL,
        many=N_(
            '{count} people would not get their attachment: its name, such as {file}, contains "=?", which mail '
            "programs misread ({lines})"
        ),
    ),
    ProblemKind.LEADS_OUT: Sentence(
        "att504.own-leads-out",
        one=N_("{person}: the name of the attachment {file} could lead out of the letter's folder"),
        fix=_LEADS_OUT,
        many=N_(
            "{count} people would not get their attachment: its name, such as {file}, could lead out of the letter's "
            "folder ({lines})"
        ),
    ),
    ProblemKind.LINK: Sentence(
        "att504.own-link",
        one=N_("{person}: the attachment {file} is a symbolic link, or in a folder that is one"),
        fix=_PLAIN,
        many=N_(
            "{count} people would not get their attachment, such as {file}: it is a symbolic link, or in a folder "
            "that is one ({lines})"
        ),
    ),
    ProblemKind.MISSING: Sentence(
        "att504.own-missing",
        one=N_("{person}: the attachment {file} is missing"),
        fix=_CELL,
        many=N_("{count} people would not get their attachment, such as {file}: it is missing ({lines})"),
    ),
    ProblemKind.NOT_A_FILE: Sentence(
        "att504.own-not-a-file",
        one=N_("{person}: the attachment {file} is not a file"),
        fix=_CELL,
        many=N_("{count} people would not get their attachment, such as {file}: it is not a file ({lines})"),
    ),
    ProblemKind.OUTSIDE: Sentence(
        "att504.own-outside",
        one=N_("{person}: the attachment {file} is outside the letter's folder"),
        fix=_INSIDE_CELL,
        many=N_(
            "{count} people would not get their attachment, such as {file}: it is outside the letter's folder ({lines})"
        ),
    ),
    ProblemKind.TOO_LARGE: Sentence(
        "att504.own-too-large",
        one=N_("{person}: the attachment {file} is larger than {limit} MB"),
        fix=_SMALLER,
        many=N_(
            "{count} people would not get their attachment, such as {file}: it is larger than {limit} MB ({lines})"
        ),
    ),
    ProblemKind.UNREADABLE: Sentence(
        "att504.own-unreadable",
        one=N_("{person}: the attachment {file} cannot be read ({reason})"),
        fix=_CLOSE,
        many=N_(
            "{count} people would not get their attachment, such as {file}: it cannot be read ({reason}) ({lines})"
        ),
    ),
}
"""A file that a value names."""

LEADS_OUT_OF = Sentence(
    "att504.own-leads-out-of",
    one=N_("{person}: the name of the attachment {file} could lead out of the folder {folder}"),
    fix=_LEADS_OUT,
    many=N_(
        "{count} people would not get their attachment: its name, such as {file}, could lead out of the folder "
        "{folder} ({lines})"
    ),
)
"""For a value that could leave a folder that the letter names."""
