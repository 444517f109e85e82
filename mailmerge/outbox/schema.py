"""One SQLite file holds one run: its tables, and what an older file lacks."""

from __future__ import annotations

FORMAT = 2
"""Raised when an older program could no longer read what this one writes. 1 remembers nothing once it is purged."""
_STATES = "'pending', 'submitting', 'accepted', 'deferred', 'rejected', 'unknown', 'excluded'"
_DATE = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]*'"

TABLES = f"""
CREATE TABLE run (
    id TEXT NOT NULL CHECK (id <> ''), format INTEGER NOT NULL CHECK (format >= 1),
    created TEXT NOT NULL CHECK (created {_DATE}), campaign TEXT NOT NULL, account TEXT NOT NULL,
    table_file TEXT NOT NULL, letter_file TEXT NOT NULL, senders TEXT NOT NULL CHECK (senders GLOB '[[]*]'),
    waivers_digest TEXT NOT NULL, sealed TEXT NOT NULL CHECK (sealed GLOB 'sha256:*'),
    purged TEXT NOT NULL DEFAULT '' CHECK (purged = '' OR purged {_DATE}),
    headers TEXT NOT NULL CHECK (headers GLOB '[[]*]'),
    memory_key TEXT NOT NULL DEFAULT '', campaign_key BLOB NOT NULL DEFAULT x'', again TEXT NOT NULL DEFAULT '',
    test INTEGER NOT NULL DEFAULT 0 CHECK (test IN (0, 1)), people INTEGER NOT NULL DEFAULT 0 CHECK (people >= 0)
) STRICT;
CREATE TABLE message (
    record INTEGER PRIMARY KEY CHECK (record > 0), name TEXT NOT NULL, reverse_path TEXT NOT NULL,
    forward_path TEXT NOT NULL, message_id TEXT UNIQUE, sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ({_STATES})), reply TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    CHECK (message_id IS NOT NULL OR state = 'excluded')
) STRICT;
CREATE TABLE content (record INTEGER PRIMARY KEY, own BLOB NOT NULL, cuts TEXT NOT NULL) STRICT;
CREATE TABLE row (record INTEGER PRIMARY KEY, cells TEXT NOT NULL) STRICT;
CREATE TABLE piece (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, content BLOB NOT NULL) STRICT;
CREATE TABLE journal (
    id INTEGER PRIMARY KEY CHECK (id > 0), at TEXT NOT NULL CHECK (at {_DATE}), record INTEGER NOT NULL,
    attempt INTEGER NOT NULL CHECK (attempt >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('attempt', 'recovery', 'resolved', 'left-out')),
    from_state TEXT NOT NULL CHECK (from_state IN ({_STATES})),
    to_state TEXT NOT NULL CHECK (to_state IN ({_STATES})), reply TEXT NOT NULL, by TEXT NOT NULL
) STRICT;
"""
SENDING_TABLE = f"""
CREATE TABLE IF NOT EXISTS sending (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('sealed', 'sending', 'taken-over')),
    nonce TEXT NOT NULL UNIQUE, home TEXT NOT NULL, place TEXT NOT NULL, began TEXT NOT NULL CHECK (began {_DATE}),
    ended TEXT NOT NULL DEFAULT '' CHECK (ended = '' OR ended {_DATE})
) STRICT"""
"""Where the run was sealed, and each sending that began: a mark in the file itself, without which a log can be lost
and nobody knows. A run of an older program has the table once it is sent."""
MEMORY_TABLES = """
CREATE TABLE letter (
    id INTEGER PRIMARY KEY, file BLOB NOT NULL, template BLOB NOT NULL, name BLOB NOT NULL,
    place BLOB NOT NULL DEFAULT x'', identity BLOB NOT NULL DEFAULT x'', filename BLOB NOT NULL DEFAULT x'',
    likeness BLOB NOT NULL DEFAULT x''
) STRICT;
CREATE TABLE memory (
    records BLOB NOT NULL, mailboxes BLOB NOT NULL, words BLOB NOT NULL, letters BLOB NOT NULL, sha256 BLOB NOT NULL
) STRICT;
"""
MEMORY_COLUMNS = """
ALTER TABLE run ADD COLUMN memory_key TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN campaign_key BLOB NOT NULL DEFAULT x'';
ALTER TABLE run ADD COLUMN again TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN test INTEGER NOT NULL DEFAULT 0;
"""
"""What a run of format 1 lacks."""
INDEXES = """
CREATE INDEX message_state ON message (state);
CREATE INDEX journal_record ON journal (record);
"""
