"""An SMTP server that misbehaves on cue and keeps the truth: what it really accepted, and what it was told."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
import ssl
import struct
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

CANARY = "canary-Zoé-7f3a"
USER = "rh@atelier.example"


@dataclass(frozen=True)
class Fault:
    """At this stage, from its ``first`` occurrence on, ``times`` times, the server does this."""

    stage: str
    kind: str
    first: int = 1
    times: int = 1


@dataclass(frozen=True)
class Taken:
    """One message that the server committed itself to."""

    reverse_path: str
    forward_path: str
    content: bytes


@dataclass(repr=False)
class ScriptedServer:
    """Speaks SMTP in this process's event loop; every fault and every acceptance is written down."""

    faults: tuple[Fault, ...] = ()
    context: ssl.SSLContext | None = None
    implicit: bool = False
    mechanisms: str = "PLAIN LOGIN XOAUTH2"
    password: str = CANARY
    extensions: tuple[str, ...] = ("SIZE 1000000", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8", "PIPELINING")
    late: float = 1.2
    before_data: Callable[[str], None] = lambda forward_path: None
    before_body: Callable[[str], None] = lambda forward_path: None
    """Called when the first byte of a message has come."""
    on_command: Callable[[str, int], None] = lambda stage, count: None
    verdict: Callable[[str], str] | None = None
    """The reply to the dot, by forward path; None for 250."""
    rcpt_reply: Callable[[str], str] | None = None
    refusal: str = "535 5.7.8 refused"
    """What a wrong password is answered with."""
    delay: float = 0.0
    """Seconds before each reply: the round trip."""
    host: str = "127.0.0.1"

    conversation: type[Conversation] | None = None
    """How one connection is served; None for the usual way."""

    taken: list[Taken] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    fired: list[Fault] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    connections: int = 0
    most_connections: int = 0
    port: int = 0

    async def __aenter__(self) -> ScriptedServer:
        self._server = await asyncio.start_server(
            self._serve, self.host, 0, ssl=self.context if self.implicit else None, limit=1 << 16
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in [t for t in asyncio.all_tasks() if t.get_name() == f"smtp {self.port}"]:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    @property
    def copies(self) -> Counter[str]:
        """How often each address was accepted."""
        return Counter(taken.forward_path for taken in self.taken)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        task.set_name(f"smtp {self.port}")
        self.connections += 1
        self.most_connections = max(self.most_connections, self.connections)
        try:
            await (self.conversation or Conversation)(self, reader, writer).run()
        except (Gone, ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            pass
        finally:
            self.connections -= 1
            writer.transport.abort()

    def fault_at(self, stage: str) -> Fault | None:
        """The fault that is due now at this stage; counts the occurrence."""
        self.seen[stage] += 1
        self.on_command(stage, self.seen[stage])
        for fault in self.faults:
            if fault.stage == stage and fault.first <= self.seen[stage] < fault.first + fault.times:
                self.fired.append(fault)
                return fault
        return None


class Gone(Exception):
    """This connection is over."""


class Conversation:
    def __init__(self, server: ScriptedServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self.server = server
        self.reader = reader
        self.writer = writer
        self.secured = server.implicit
        self.reverse_path = ""
        self.begun = False
        self.forward_paths: list[str] = []

    async def run(self) -> None:
        fault = self.server.fault_at("connect")
        if fault:
            await self.misbehave(fault, "220 ready")
        await self.answer("banner", "220 mx.atelier.example ESMTP")
        while True:
            line = await self.reader.readline()
            if not line.endswith(b"\n"):
                return
            verb, _, rest = line.decode().strip().partition(" ")
            self.server.commands.append(line.decode().strip())
            await getattr(self, f"do_{verb.upper()}", self.unknown)(rest)

    async def unknown(self, rest: str) -> None:
        await self.say("500 5.5.1 what?")

    async def do_EHLO(self, rest: str) -> None:
        if rest != "[127.0.0.1]":
            self.server.problems.append(f"EHLO {rest} names the machine or its network")
        lines = ["mx.atelier.example", *self.server.extensions]
        if self.server.context and not self.secured:
            lines.append("STARTTLS")
        if self.server.mechanisms:
            lines.append(f"AUTH {self.server.mechanisms}")
        reply = "\r\n".join(f"250{'-' if n < len(lines) else ' '}{line}" for n, line in enumerate(lines, 1))
        await self.answer("EHLO", reply)

    async def do_STARTTLS(self, rest: str) -> None:
        await self.answer("STARTTLS", "220 go ahead")
        assert self.server.context is not None
        await self.writer.start_tls(self.server.context)
        self.secured = True

    async def do_AUTH(self, rest: str) -> None:
        mechanism, _, blob = rest.partition(" ")
        fault = self.server.fault_at("AUTH")
        if fault:
            await self.misbehave(fault, "235 2.7.0 welcome")
            return
        if mechanism == "PLAIN":
            _, user, secret = base64.b64decode(blob).decode().split("\0")
        elif mechanism == "LOGIN":
            user = await self.challenge("334 VXNlcm5hbWU6")
            secret = await self.challenge("334 UGFzc3dvcmQ6")
        else:
            said = await self.challenge("334 ")
            user, secret = (part.partition("=")[2].removeprefix("Bearer ") for part in said.split("\1")[:2])
        self.server.logins.append((user, secret))
        if secret == self.server.password:
            await self.say("235 2.7.0 welcome")
        elif mechanism == "XOAUTH2":
            await self.challenge("334 eyJzdGF0dXMiOiI0MDAifQ==")
            await self.say(self.server.refusal)
        else:
            await self.say(self.server.refusal)

    async def challenge(self, line: str) -> str:
        await self.say(line)
        return base64.b64decode((await self.reader.readline()).strip()).decode()

    async def do_MAIL(self, rest: str) -> None:
        if self.server.seen["MAIL"]:
            fault = self.server.fault_at("idle")
            if fault:
                await self.misbehave(fault, "421 4.4.2 idle")
        if self.begun:  # as Postfix: what was begun stays as it is, its recipients too
            await self.say("503 5.5.1 Error: nested MAIL command")
            return
        self.reverse_path = rest.partition("<")[2].partition(">")[0]
        self.begun = await self.answer("MAIL", "250 2.1.0 Ok") == "250"

    async def do_RCPT(self, rest: str) -> None:
        path = rest.partition("<")[2].partition(">")[0]
        if not self.begun:
            await self.say("503 5.5.1 Error: need MAIL command")
            return
        reply = self.server.rcpt_reply(path) if self.server.rcpt_reply else "250 2.1.5 Ok"
        if (await self.answer("RCPT", reply)).startswith("2"):
            self.forward_paths.append(path)

    async def do_RSET(self, rest: str) -> None:
        self.begun, self.forward_paths = False, []
        await self.answer("RSET", "250 2.0.0 Ok")

    async def do_QUIT(self, rest: str) -> None:
        await self.answer("QUIT", "221 2.0.0 Bye")
        raise Gone

    async def do_DATA(self, rest: str) -> None:
        if not self.forward_paths:
            await self.say("554 5.5.1 Error: no valid recipients" if self.begun else "503 5.5.1 Error: need RCPT")
            return
        if len(self.forward_paths) != 1:
            self.server.problems.append(f"DATA for {len(self.forward_paths)} recipients")
        self.server.before_data(self.forward_paths[0])
        if await self.answer("DATA", "354 go ahead") != "354":
            return
        self.begun = False
        body = bytearray()
        in_body = self.server.fault_at("body")
        if in_body:
            await self.reader.readline()
            await self.misbehave(in_body, "451 4.3.0 no more")
            raise Gone
        while (line := await self.reader.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                return
            if b"\n" in line[:-2] or not line.endswith(b"\r\n"):
                self.server.problems.append("a bare LF in the body")
            if not body:
                self.server.before_body(self.forward_paths[0])
            body += line[1:] if line.startswith(b".") else line
        if not body:
            self.server.problems.append(f"an empty message to {self.forward_paths}")
        [forward_path], self.forward_paths = self.forward_paths[:1], []
        await self.decide(Taken(self.reverse_path, forward_path, bytes(body)))

    async def decide(self, message: Taken) -> None:
        fault = self.server.fault_at("dot")
        reply = self.server.verdict(message.forward_path) if self.server.verdict else "250 2.0.0 Ok: queued"
        if fault is None:
            if reply.startswith("2"):
                self.server.taken.append(message)
            await self.say(reply)
            return
        if fault.kind in COMMITS:
            self.server.taken.append(message)
        await self.misbehave(fault, "250 2.0.0 Ok: queued")

    async def answer(self, stage: str, reply: str) -> str:
        """The reply, or what the script has instead; returns the code that was sent."""
        fault = self.server.fault_at(stage)
        if fault is None:
            await self.say(reply)
            return reply[:3]
        return await self.misbehave(fault, reply)

    async def say(self, reply: str) -> None:
        if self.server.delay:
            await asyncio.sleep(self.server.delay)
        self.writer.write(f"{reply}\r\n".encode())
        await self.writer.drain()

    async def misbehave(self, fault: Fault, reply: str) -> str:
        kind = fault.kind.removeprefix("commit-")
        if kind == "drop":
            self.writer.close()
            raise Gone
        if kind == "rst":
            sock = self.writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.writer.transport.abort()
            raise Gone
        if kind == "hang":
            if fault.stage == "body":
                await asyncio.sleep(60)
            await self.reader.read()
            raise Gone
        if kind == "late":
            await asyncio.sleep(self.server.late)
            await self.say(reply)
            raise Gone
        if kind == "slow":
            for octet in reply.encode() + b"\r\n":
                self.writer.write(bytes([octet]))
                await asyncio.sleep(0.002)
            return reply[:3]
        said = {
            "garbage": "* not SMTP at all",
            "half": reply[:2],
            "long": f"{reply[:3]} {'x' * 100_000}",
            "twice": f"{reply}\r\n{reply}",
        }.get(kind, f"{kind} 4.3.0 as scripted" if kind[0] == "4" else f"{kind} 5.3.0 as scripted")
        if kind in ("299", "399", "251"):
            said = f"{kind} odd"
        if kind == "half":
            self.writer.write(said.encode())
            await self.writer.drain()
            self.writer.close()
            raise Gone
        await self.say(said)
        if kind == "421":
            self.writer.close()
            raise Gone
        return said[:3]


COMMITS = frozenset(
    {"commit-drop", "commit-rst", "commit-hang", "commit-garbage", "commit-half", "late", "slow", "299", "251", "twice"}
    | {"long"}
)
"""Faults at the dot after which the server has the message."""
