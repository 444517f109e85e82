"""ATT506: no table and no mailbox travels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.attachments import is_personal, place_of
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.text import shorten

_DATA = words(
    ".csv .tsv .tab .xlsx .xlsm .xlsb .xls .ods .numbers .eml .mbox .msg .pst .ost .sqlite .sqlite3 .db .mdb .accdb "
    ".vcf .ldif .json .parquet"
)


DOC = RuleDoc(
    title=N_("No table and no mailbox travels."),
    what=N_(
        "csv, xlsx, eml, mbox, msg and other files of data as an attachment; above all the recipients file itself."
    ),
    why=N_(
        "the list of all candidates, attached to each of their letters, is the largest leak that one mail can make."
    ),
    bad=N_("Attachment: candidats.xlsx"),
    good=N_("Attachment: livret-accueil.pdf"),
    fix=N_("take the Attachment line out of the letter; send a document as PDF."),
)


@rule("ATT506", "data-file", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def data_file(view: MessageView) -> Iterator[Found]:
    """No table and no mailbox travels."""
    table_path = view.inspection.table.path
    for index, attachment in enumerate(view.message.attachments):
        path = attachment.path
        itself = path == table_path or path.resolve() == table_path.resolve()
        if not itself and path.suffix.lower() not in _DATA and Path(attachment.filename).suffix.lower() not in _DATA:
            continue
        what = "the table of all recipients" if itself else "a file of data"
        yield Found(
            message=f"{view.inspection.person(view.record)} would get {what}: {shorten(attachment.filename)}",
            fix="Take the Attachment line out of the letter; send documents as PDF.",
            evidence=(view.own_key, attachment.filename),
            record=view.record,
            letter=view.letter.letter.name,
            excerpt=attachment.filename,
            cause=place_of(view, attachment),
            general=itself or not is_personal(view, index),
            together=f"{{count}} people would get {what}: {shorten(attachment.filename)} ({{lines}})",
        )
