"""Servers that offer PIPELINING and cannot: each is right as long as it gets one command at a time."""

from __future__ import annotations

from smtp_script import Conversation, Gone

GROUPED = ("RSET", "MAIL", "RCPT", "DATA")


class Unable(Conversation):
    """Looks at whether more had come together with a command; ``spoil`` is what it does then."""

    @property
    def more_came(self) -> bool:
        return bool(self.reader._buffer)  # type: ignore[attr-defined]

    def forget(self) -> None:
        self.reader._buffer.clear()  # type: ignore[attr-defined]

    async def run(self) -> None:
        await self.answer("banner", "220 mx.atelier.example ESMTP")
        while (line := await self.reader.readline()).endswith(b"\n"):
            command = line.decode().strip()
            self.server.commands.append(command)
            if command[:4] in GROUPED and self.more_came:
                await self.spoil(command)
            else:
                await self.obey(command)

    async def obey(self, command: str) -> None:
        verb, _, rest = command.partition(" ")
        await getattr(self, f"do_{verb.upper()}", self.unknown)(rest)

    async def spoil(self, command: str) -> None:
        raise NotImplementedError


class TakesTheFirstOnly(Unable):
    """Empties its buffer after each command, as OpenSMTPD does around STARTTLS."""

    async def spoil(self, command: str) -> None:
        self.forget()
        await self.obey(command)


class HangsUp(Unable):
    async def spoil(self, command: str) -> None:
        raise Gone


class HangsUpAfterEachReply(Unable):
    async def spoil(self, command: str) -> None:
        await self.obey(command)
        raise Gone


class CallsItImproper(Unable):
    async def spoil(self, command: str) -> None:
        await self.obey(command)
        while self.more_came:
            await self.reader.readline()
            await self.say("503 5.5.0 Improper use of SMTP command pipelining")


class KnowsNoneOfThem(Unable):
    async def spoil(self, command: str) -> None:
        self.forget()
        for _ in GROUPED:
            await self.say("500 5.5.2 Error: bad syntax")


class AnswersBackwards(Unable):
    async def spoil(self, command: str) -> None:
        said: list[str] = []
        real, self.say = self.say, lambda reply: _later(said, reply)  # type: ignore[method-assign]
        await self.obey(command)
        while self.more_came:
            following = (await self.reader.readline()).decode().strip()
            if following == "DATA":
                said.append("354 go ahead")
            else:
                await self.obey(following)
        self.say = real  # type: ignore[method-assign]
        for reply in reversed(said):
            await self.say(reply)
        await self.reader.read()
        raise Gone


async def _later(said: list[str], reply: str) -> None:
    said.append(reply)


class AnswersTwice(Unable):
    async def spoil(self, command: str) -> None:
        await self.say("250 2.0.0 Ok")
        await self.obey(command)


class AnswersOnceMore(Unable):
    """Its last answer but one comes twice."""

    async def spoil(self, command: str) -> None:
        if command.startswith("RCPT"):
            await self.say("250 2.1.5 Ok")
        await self.obey(command)


class MixesTheCodes(Unable):
    async def spoil(self, command: str) -> None:
        self.writer.write(b"250-2.0.0 fine\r\n550 5.0.0 not fine\r\n")
        await self.obey(command)


class SaysCodesOfFourDigits(Unable):
    async def spoil(self, command: str) -> None:
        await self.say("2500 2.0.0 Ok")


class NeverEndsItsLine(Unable):
    async def spoil(self, command: str) -> None:
        for _ in range(100):
            self.writer.write(b"250" + b"x" * 1000)
            await self.writer.drain()
        await self.reader.read()


class NeverEndsItsReply(Unable):
    async def spoil(self, command: str) -> None:
        for _ in range(10_000):
            self.writer.write(b"250-\r\n" * 10)
            await self.writer.drain()


class SaysNothing(Unable):
    async def spoil(self, command: str) -> None:
        self.forget()


UNABLE = (
    TakesTheFirstOnly, HangsUp, HangsUpAfterEachReply, CallsItImproper, KnowsNoneOfThem, AnswersBackwards, AnswersTwice,
    AnswersOnceMore, MixesTheCodes, SaysCodesOfFourDigits, NeverEndsItsLine, NeverEndsItsReply, SaysNothing,
)  # fmt: skip


class PanicsBehindABody(Conversation):
    """As Dovecot's submission service did: gone at the commands that came together with a body's end."""

    keeps = True
    """Whether it keeps the message."""

    async def decide(self, message):  # type: ignore[no-untyped-def]
        if self.reader._buffer:  # type: ignore[attr-defined]
            if self.keeps:
                self.server.taken.append(message)
            raise Gone
        await super().decide(message)


class PanicsAndForgets(PanicsBehindABody):
    keeps = False


class WantsAMessageForNobody(Conversation):
    """Answers 354 to DATA although it took no recipient, which RFC 2920 allows."""

    async def do_DATA(self, rest: str) -> None:
        if self.forward_paths:
            await super().do_DATA(rest)
            return
        await self.say("354 go ahead")
        if await self.reader.readline():
            self.server.problems.append("a body, or a dot, for nobody")


class ForgetsBehindABody(Conversation):
    """Empties its buffer at the end of a body."""

    async def decide(self, message):  # type: ignore[no-untyped-def]
        self.reader._buffer.clear()  # type: ignore[attr-defined]
        await super().decide(message)
