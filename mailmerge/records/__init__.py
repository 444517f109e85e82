"""Read a file of recipients, whatever wrote it, as a table of people; report what is wrong, repair nothing."""

from mailmerge.records.bystanders import bystanders_of
from mailmerge.records.columns.choice import find_field
from mailmerge.records.columns.name_content import looks_like_people
from mailmerge.records.options import HEADER_SEARCH_ROWS, ReadOptions
from mailmerge.records.reading import preview_table, read_mailboxes, read_table, sheet_names

__all__ = [
    "HEADER_SEARCH_ROWS",
    "ReadOptions",
    "bystanders_of",
    "find_field",
    "looks_like_people",
    "preview_table",
    "read_mailboxes",
    "read_table",
    "sheet_names",
]
