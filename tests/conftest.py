"""What every test may use: a home of its own, the command line in process, and a real SMTP server on loopback."""

from __future__ import annotations

import gc
import itertools
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from each_row import sampled
from fake_issuer import FakeIssuer
from fake_keyring import Keyring, use_keyring
from identity_provider import Provider, running_provider
from identity_provider import missing as no_provider
from keyring import core

from mailmerge import i18n
from mailmerge.demo import LoopbackServer
from mailmerge.runtime import garbage

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample_data"


def keep_bytecode() -> None:
    """Compile each module once, for all workers and for every command that a test starts."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


keep_bytecode()


def work_in_memory() -> None:
    """Keep the tests' folders in memory where the system has such a place: each test has some, and is made to wait."""
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > 4 << 30:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


work_in_memory()


def pytest_configure() -> None:
    """Nothing of what is collected is garbage: the collector need not look through it again and again."""
    garbage.wait()


WAITING = ("tui", "delivery")
STARTING = ("tui", "delivery", "cli")
"""Folders whose tests each start a screen, a server or a command."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out cases of what is slow, but for those that were asked for by name, then spread the rest."""
    slow = [item for item in items if item.path.relative_to(ROOT / "tests").parts[0] in STARTING]
    left_out = {*slow} - {*sampled(slow, lambda item: item.nodeid)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = spread([item for item in items if item not in left_out])


def spread(items: list[pytest.Item]) -> list[pytest.Item]:
    """Spread what mostly waits, for a screen or a server, over what mostly computes, one file after the other.

    Each worker begins with a part of the whole: were one given the screens alone, it would wait while the others
    compute, and the end of the run be waiting only. What needs the identity provider stays together, since each
    worker starts its own, and so does what reads the program's source, since each worker parses all of it.
    """
    groups: dict[tuple[str, str], list[pytest.Item]] = {}
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        kind, file = folder if folder in WAITING else "", str(item.path)
        if "provider" in getattr(item, "fixturenames", ()):
            file = "provider"
        elif isinstance(item, pytest.Function) and reads_source(item.module):
            kind, file = "", "source"
        groups.setdefault((kind, file), []).append(item)
    sizes = Counter(kind for (kind, _file), group in groups.items() for _item in group)
    place: dict[tuple[str, str], float] = {}
    passed: Counter[str] = Counter()
    for (kind, file), group in groups.items():
        place[kind, file] = (passed[kind] + len(group) / 2) / sizes[kind]
        passed[kind] += len(group)
    return [item for each in sorted(groups, key=place.__getitem__) for item in groups[each]]


@cache
def reads_source(module: ModuleType) -> bool:
    return any(getattr(each, "__module__", "") == "house_source" for each in vars(module).values())


def pytest_collection_finish() -> None:
    """Thousands of collected tests live to the end. A test makes little garbage: it is looked for a tenth as often."""
    gc.set_threshold(10_000, 20, 20)
    garbage.settle()


def pytest_xdist_auto_num_workers() -> int:
    """Two workers for each core: half of the tests mostly wait for a server or a screen."""
    return 2 * (os.cpu_count() or 1)


HOMES = itertools.count(1)
FOLDERS = itertools.count(1)


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the test's own, by a number that is counted: pytest would look through the folders of all tests."""
    name = "".join(each if each.isalnum() else "_" for each in request.node.name[:26])
    return tmp_path_factory.mktemp(f"{name}{next(FOLDERS)}", numbered=False)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """``MAILMERGE_HOME`` in a temporary folder: no test touches the user's own, nor speaks the machine's language."""
    folder = tmp_path_factory.mktemp(f"home{next(HOMES)}", numbered=False)
    monkeypatch.setenv("MAILMERGE_HOME", str(folder))
    monkeypatch.setenv("MAILMERGE_LANG", "en")
    i18n.use(i18n.ENGLISH)  # whatever a test before this one left
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of a pack give its key in a moment; commands in processes of their own take the fifth of a second."""
    monkeypatch.setattr("mailmerge.approval.packs.pack.ITERATIONS", 1000)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Where everything is installed (``MAILMERGE_NOTHING_SKIPPED``), a skipped test is a failed one.

    Save a privileged one: what the machine itself refuses, nobody can install.
    """
    report = yield
    excused = hasattr(report, "wasxfail") or "privileged" in item.keywords
    if report.skipped and not excused and os.environ.get("MAILMERGE_NOTHING_SKIPPED"):
        report.outcome = "failed"
    return report


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def mailmerge(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Result]:
    """Run the command line in this process: ``mailmerge("check", path)``."""
    from mailmerge.cli import main

    def run(*arguments: object) -> Result:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capfdbinary.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Result(code, captured.out.decode(), captured.err.decode(), captured.out)

    return run


@dataclass
class Accepted:
    """One transaction that the server accepted."""

    reverse_path: str
    forward_paths: list[str]
    content: bytes


@dataclass
class SmtpServer:
    """An aiosmtpd server that keeps what it accepts."""

    accepted: list[Accepted] = field(default_factory=list)
    reply: Callable[[Accepted], str] = lambda _: "250 2.0.0 Ok: queued"
    port: int = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = Accepted(envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content)
        reply = self.reply(message)
        if reply.startswith("2"):
            self.accepted.append(message)
        return reply


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """A certified identity provider, one for each worker."""
    if reason := no_provider():
        pytest.skip(reason)
    with running_provider() as running:
        yield running


@pytest.fixture
def fake_issuer() -> Iterator[FakeIssuer]:
    """An identity provider that answers what the test says."""
    made = FakeIssuer()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def keyring(tmp_path: Path) -> Iterator[Keyring]:
    """A keyring of this test alone, which refuses long entries."""
    before = core.get_keyring()
    yield use_keyring(tmp_path / "keyring.json")
    core.set_keyring(before)


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """A plain SMTP server on a free loopback port."""
    handler = SmtpServer()
    controller = LoopbackServer(handler)
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()
