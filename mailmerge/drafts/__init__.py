"""Letters from where people write them: a document of Word or LibreOffice, a web page, a draft of a mail program."""

from mailmerge.drafts.draft import Draft, Lost, Picture
from mailmerge.drafts.reading import SUFFIXES, is_document, read_draft

__all__ = ["SUFFIXES", "Draft", "Lost", "Picture", "is_document", "read_draft"]
