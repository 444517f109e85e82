"""Read a file of recipients, whatever wrote it, as a table of people; report what is wrong, repair nothing."""

from mailmerge.records.reading import preview_table, read_mailboxes, read_table, sheet_names

__all__ = ["preview_table", "read_mailboxes", "read_table", "sheet_names"]
