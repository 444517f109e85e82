"""From bytes to replies, and from replies to the commands that they answer."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Iterable
from itertools import repeat

import pytest
from aiosmtplib.protocol import SMTPProtocol
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from mailmerge.delivery.smtp.parsing import LONGEST, NoReply, Replies
from mailmerge.delivery.smtp.pipeline import CLOSED, GARBAGE, LOST, SURPLUS, Pipeline

CODES = st.integers(200, 599)
TEXTS = st.text(st.characters(blacklist_characters="\r\n", blacklist_categories=["Cs"]), max_size=20)
WHOLE = st.lists(st.tuples(CODES, st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(["\r\n", "\n"])), max_size=6)


def on_the_wire(code: int, lines: list[str], end: str) -> bytes:
    last = len(lines) - 1
    return "".join(f"{code}{' ' if n == last else '-'}{line}{end}" for n, line in enumerate(lines)).encode()


@given(WHOLE, st.data())
def test_replies_are_the_same_however_their_bytes_arrive(
    replies: list[tuple[int, list[str], str]], data: st.DataObject
) -> None:
    stream = b"".join(on_the_wire(*reply) for reply in replies)
    parser, read, at = Replies(), [], 0
    while at < len(stream):
        step = data.draw(st.integers(1, len(stream) - at))
        read += list(parser.feed(stream[at : at + step]))
        at += step
    assert read == [(code, "\n".join(line.strip(" \t") for line in lines)) for code, lines, _ in replies]
    assert not parser.partial


def feed(parser: Replies, chunks: Iterable[bytes], read: list[tuple[int, str]]) -> None:
    for chunk in chunks:
        read.extend(parser.feed(chunk))


@each_row(
    "stream",
    [
        b"550-a\r\n250 b\r\n",
        b"250-a\r\n250-b\r\n354 c\r\n",
        b"2500 ok\r\n",
        b"25000 ok\r\n",
        b"25 ok\r\n",
        b"150 ok\r\n",
        b"650 ok\r\n",
        b"250_ok\r\n",
        b"250\tok\r\n",
        b"* ok\r\n",
        b"\r\n",
        b" 250 ok\r\n",
        b"-250 ok\r\n",
        b"+250 ok\r\n",
        "٢٥٠ ok\r\n".encode(),
        b"250 " + b"x" * LONGEST + b"\r\n",
        b"x" * (LONGEST + 1),
        b"250-\r\n" * LONGEST,
        (b"250-" + b"x" * 500 + b"\r\n") * 100 + b"250 end\r\n",
    ],
    ids=lambda stream: repr(stream[:20]),
)
@each_row("step", [1, 7, 1 << 20])
def test_what_is_no_reply_is_refused_wherever_it_is_cut(stream: bytes, step: int) -> None:
    parser = Replies()
    assert list(parser.feed(b"220 before it\r\n")) == [(220, "before it")]
    read: list[tuple[int, str]] = []
    with pytest.raises(NoReply):
        feed(parser, [stream[at : at + step] for at in range(0, len(stream), step)], read)
    assert not read


def test_an_endless_reply_takes_no_memory() -> None:
    tracemalloc.start()
    parser = Replies()
    with pytest.raises(NoReply):
        feed(parser, repeat(b"250-" + b"x" * 60 + b"\r\n"), [])
    assert tracemalloc.get_traced_memory()[1] < 20 * LONGEST
    tracemalloc.stop()


class Wire(asyncio.Transport):
    """What was written, and whether the connection was dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.aborted = False

    def write(self, data: object) -> None:
        self.written += bytes(data)  # type: ignore[call-overload]

    def abort(self) -> None:
        self.aborted = True


@pytest.fixture
async def pipeline() -> Pipeline:
    made = Pipeline()
    made.connection_made(Wire())
    return made


def aborted(pipeline: Pipeline) -> bool:
    return bool(pipeline.transport.aborted)  # type: ignore[attr-defined]


async def test_each_reply_goes_to_the_oldest_command_in_flight(pipeline: Pipeline) -> None:
    first, second = pipeline.expect(1, 5), pipeline.expect(3, 5)
    pipeline.data_received(b"250 a\r\n550 b\r\n35")
    assert await first.landed
    assert first.answers == [(250, "a")]
    assert not second.landed.done()
    pipeline.data_received(b"4 c\r\n250 d\r\n")
    assert await second.landed
    assert second.answers == [(550, "b"), (354, "c"), (250, "d")]
    assert pipeline.idle
    assert not aborted(pipeline)


@pytest.mark.parametrize(
    ("data", "reason", "answers"),
    [
        (b"250 a\r\n250 b\r\n250 c\r\n", SURPLUS, 2),
        (b"250 a\r\n* what\r\n", GARBAGE, 1),
        (b"250 a\r\n250-b\r\n550 b\r\n", GARBAGE, 1),
        (b"250 a\r\n421 bye\r\n250 c\r\n", CLOSED, 2),
        (b"421 bye\r\n", CLOSED, 1),
    ],
)
async def test_what_came_before_the_connection_ended_is_known(
    pipeline: Pipeline, data: bytes, reason: str, answers: int
) -> None:
    flight, after = pipeline.expect(2, 5), None
    if reason != SURPLUS:
        after = pipeline.expect(1, 5)
    pipeline.data_received(data)
    assert await flight.landed is (answers == 2)
    assert len(flight.answers) == answers
    assert after is None or not await after.landed
    assert pipeline.lost == reason
    assert aborted(pipeline)
    pipeline.data_received(b"250 too late\r\n")
    assert len(flight.answers) == answers
    assert not await pipeline.expect(1, 5).landed, "nothing is waited for any more"
    pipeline.write(b"QUIT\r\n")
    assert not pipeline.transport.written  # type: ignore[attr-defined]


ENDINGS = [("eof", b"", LOST), ("eof", b"25", GARBAGE), ("eof", b"250-a\r\n", GARBAGE), ("lost", b"", LOST)]


@pytest.mark.parametrize(("how", "data", "reason"), ENDINGS)
async def test_a_connection_that_ends_wakes_who_waits(pipeline: Pipeline, how: str, data: bytes, reason: str) -> None:
    flight = pipeline.expect(1, 5)
    pipeline.data_received(data)
    if how == "eof":
        pipeline.eof_received()
    pipeline.connection_lost(None)
    assert not await flight.landed
    assert pipeline.lost == reason


async def test_silence_is_counted_from_the_last_answer_and_for_the_oldest_command_only(pipeline: Pipeline) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()
    patient, hasty = pipeline.expect(1, 0.2), pipeline.expect(2, 0.1)
    loop.call_later(0.15, pipeline.data_received, b"250 a\r\n")
    loop.call_later(0.22, pipeline.data_received, b"250 b\r\n")
    assert await patient.landed
    assert not await hasty.landed
    assert hasty.answers == [(250, "b")]
    assert pipeline.lost == "no answer within 0 s"
    assert 0.3 < loop.time() - started < 1


async def test_what_is_left_of_an_earlier_reply_stands_where_it_is_looked_for_at_the_handover() -> None:
    """aiosmtplib has no public word for it: where this changes, ``opening._silent`` must change too."""
    protocol = SMTPProtocol(asyncio.get_running_loop())
    protocol.connection_made(Wire())
    assert not protocol._buffer
    reading = asyncio.create_task(protocol.read_response(1))
    await asyncio.sleep(0)
    protocol.data_received(b"220 ready\r\n250 and what nobody asked for\r\n")
    assert (await reading).code == 220
    assert protocol._buffer == b"250 and what nobody asked for\r\n"
