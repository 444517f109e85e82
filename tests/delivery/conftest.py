"""Fixtures of the delivery tests."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from identity_provider import Provider
from mailboxes import Mailboxes, running_mailboxes, running_returner
from mailboxes import missing as no_mailboxes
from postfix import Postfix, running_postfix
from postfix import missing as no_postfix
from token_servers import Dovecot, running_dovecot
from token_servers import missing as no_dovecot

_IN_MEMORY = Path("/dev/shm")


@pytest.fixture(scope="module")
def postfix() -> Iterator[Postfix]:
    """Postfix with mailboxes of its own."""
    with running_postfix() as instance:
        yield instance


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where runs are kept: in memory where the system has such a place, since hundreds of runs are synced to it."""
    if not _IN_MEMORY.is_dir() or shutil.disk_usage(_IN_MEMORY).free < 1 << 30:
        yield tmp_path / "outbox"
        return
    with tempfile.TemporaryDirectory(prefix="mailmerge-", dir=_IN_MEMORY) as folder:
        yield Path(folder) / "outbox"


@pytest.fixture(scope="session")
def running(provider: Provider) -> Iterator[Dovecot]:
    """Dovecot's submission service, which takes tokens of the identity provider only; one for each worker."""
    if reason := no_dovecot():
        pytest.skip(reason)
    with running_dovecot(provider.issuer) as instance:
        yield instance


@pytest.fixture
def dovecot(running: Dovecot) -> Dovecot:
    """The same, with nothing accepted yet."""
    running.sink.copies.clear()
    running.sink.delay = 0.0
    return running


@pytest.fixture(scope="session")
def _running_mailboxes(provider: Provider) -> Iterator[Mailboxes]:
    if reason := no_mailboxes():
        pytest.skip(reason)
    with running_mailboxes(provider.issuer) as instance:
        yield instance


@pytest.fixture
def mailboxes(_running_mailboxes: Mailboxes) -> Mailboxes:
    """Dovecot's IMAP service, which takes a password or a token, with nothing in the mailbox yet."""
    _running_mailboxes.empty()
    return _running_mailboxes


@pytest.fixture(scope="session")
def returner(_running_mailboxes: Mailboxes) -> Iterator[int]:
    """The port of a Postfix that returns mail into the mailboxes."""
    if reason := no_postfix():
        pytest.skip(reason)
    with running_returner(_running_mailboxes) as port:
        yield port
