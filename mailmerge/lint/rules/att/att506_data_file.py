"""ATT506: no table and no mailbox is attached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.att.strangers import is_others
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.attachments import content_of, is_personal, named_in, place_of
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity

if TYPE_CHECKING:
    from mailmerge.model import Attachment

_DATA = words(
    ".csv .tsv .tab .xlsx .xlsm .xlsb .xls .ods .numbers .eml .mbox .msg .pst .ost .sqlite .sqlite3 .db .mdb .accdb "
    ".vcf .ldif .json .jsonl .ndjson .parquet .fods .ots .sxc .xlt .xltx .dbf .dif .slk"
)


DOC = RuleDoc(
    title=N_("No table and no mailbox is attached."),
    what=N_(
        "Data files such as csv, xlsx, eml, mbox and msg as an attachment, and lists of people in any other file; "
        "above all the recipients file itself."
    ),
    why=N_("The list of all candidates, attached to each of their letters, is the largest leak a mailing can cause."),
    bad=N_("Attachment: candidates.xlsx"),
    good=N_("Attachment: welcome-guide.pdf"),
    fix=N_("Remove the Attachment line from the letter, and send documents as PDF."),
)
RECIPIENTS = Sentence(
    "att506.recipients",
    one=N_("{person} would get the table of all recipients: {file}"),
    fix=N_("Remove the Attachment line from {letter}."),
    many=N_("{count} people would get the table of all recipients: {file} ({lines})"),
)
OWN_DATA = Sentence(
    "att506.own-data",
    one=N_("{person} would get a data file: {file}"),
    fix=N_('Correct "{source}"; send documents as PDF.'),
    many=N_("{count} people would get a data file: {file} ({lines})"),
)
DATA = Sentence(
    "att506.data",
    one=N_("{person} would get a data file: {file}"),
    fix=N_("Remove the Attachment line from {letter}; send documents as PDF."),
    many=N_("{count} people would get a data file: {file} ({lines})"),
)


@rule("ATT506", "data-file", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC, of_files=True)
def data_file(view: MessageView) -> Iterator[RawFinding]:
    """No table and no mailbox is attached."""
    for index, attachment in enumerate(view.message.attachments):
        path = attachment.path
        itself = view.inspection.is_table(path)
        suffixes = {path.suffix.lower(), Path(attachment.filename).suffix.lower()}
        if not itself and _DATA.isdisjoint(suffixes) and not _is_list(view, attachment):
            continue
        personal = is_personal(view, index)
        yield RawFinding(
            says=RECIPIENTS if itself else OWN_DATA if personal else DATA,
            values={
                "person": view.inspection.person(view.record),
                "file": Quoted(attachment.filename),
                "letter": Quoted(view.letter.letter.name, 40),
                "source": named_in(view, index),
            },
            evidence=(view.own_key, attachment.filename),
            record=view.record,
            letter=view.letter.letter.name,
            excerpt=attachment.filename,
            cause=place_of(view, attachment),
            general=itself or not personal,
        )


_FEWEST_PEOPLE = 5


def _is_list(view: MessageView, attachment: Attachment) -> bool:
    """Whether a file is a list of other people, whatever it is called."""
    if attachment.problem is not None:
        return False
    content = content_of(view, attachment)
    if not content.lists_people:
        return False
    return sum(is_others(view, address) for address in content.addresses) >= _FEWEST_PEOPLE
