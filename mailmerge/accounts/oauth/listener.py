"""The port of this computer to which the browser brings the answer (RFC 8252 7.3): one request, then it is closed."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct

from mailmerge.accounts.oauth.trouble import SignInTrouble, Trouble, TroubleKind
from mailmerge.accounts.secret import Secret
from mailmerge.i18n import _

_FAMILIES = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
_TRIES = 10
_REQUEST_SECONDS = 10.0
_LARGEST = 1 << 16
_WITHOUT_IPV6 = {
    getattr(errno, name, None)
    for reason in ("EAFNOSUPPORT", "EADDRNOTAVAIL", "EPROTONOSUPPORT")
    for name in (reason, f"WSA{reason}")  # Windows has numbers of its own
}

_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>mailmerge</title></head>
<body style="font-family: sans-serif; margin: 4em"><p>{sentence}</p></body></html>
"""
_HEADERS = (
    "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n"
    "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n"
)
_SENTENCES = {
    "en": {
        "came": "mailmerge has received the answer. You can close this tab.",
        "foreign": "This answer belongs to another sign-in, and mailmerge did not use it. You can close this tab.",
        "nothing": "There is nothing here.",
    },
    "fr": {
        "came": "mailmerge a bien reçu la réponse. Vous pouvez fermer cet onglet.",
        "foreign": "Cette réponse appartient à une autre connexion ; mailmerge ne l’a pas utilisée. "
        "Vous pouvez fermer cet onglet.",
        "nothing": "Il n’y a rien ici.",
    },
}


class Brought(Struct, frozen=True):
    """What the browser brought (RFC 6749 4.1.2, RFC 9207)."""

    state: Secret
    code: Secret
    error: str
    description: str
    issuer: str


class Listener:
    """Waits on 127.0.0.1 and on ::1, with one port: a browser may try either for ``localhost``."""

    def __init__(self, host: str, state: Secret):
        """``host`` is how the registration calls this computer; ``state`` is what the answer must carry."""
        self._host = host
        self._state = state
        self._served = False
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._answer: asyncio.Future[Brought] = asyncio.get_running_loop().create_future()
        self.port = 0

    @property
    def redirect_uri(self) -> str:
        """Where the browser is to bring the answer."""
        return f"http://{self._host}:{self.port}/"

    async def answer(self, seconds: float) -> Brought:
        """The one answer.

        Raises:
            SignInTrouble: nobody came in time, or an answer to another sign-in did.
        """
        try:
            return await asyncio.wait_for(asyncio.shield(self._answer), seconds)
        except TimeoutError:
            raise SignInTrouble(
                Trouble(TroubleKind.NOBODY_CAME, {"minutes": f"{max(1, round(seconds / 60))}"})
            ) from None

    async def __aenter__(self) -> Listener:
        for listening in _bound():
            self.port = listening.getsockname()[1]
            self._servers.append(await asyncio.start_server(self._serve, sock=listening, limit=_LARGEST))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        for task in self._tasks:
            task.cancel()
        self._answer.cancel()

    def _close(self) -> None:
        for server in self._servers:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
                request = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _REQUEST_SECONDS)
                await self._reply(request.decode("latin-1"), writer)
        except asyncio.CancelledError:
            pass  # somebody who only opened a connection, as browsers do ahead of time
        finally:
            writer.transport.abort() if writer.transport.get_write_buffer_size() else writer.close()

    async def _reply(self, request: str, writer: asyncio.StreamWriter) -> None:
        head, _, headers = request.partition("\r\n")
        brought = _answer_in(head)
        mine = brought is not None and brought.state == self._state
        if self._served or brought is None:
            status, what = "404 Not Found", "nothing"
        else:
            self._served = True
            self._close()  # before the browser has the page: nobody else gets in
            status, what = ("200 OK", "came") if mine else ("400 Bad Request", "foreign")
        language = _language(headers)
        page = _PAGE.format(language=language, sentence=_SENTENCES[language][what]).encode()
        writer.write(_HEADERS.format(status=status, length=len(page)).encode() + page)
        with contextlib.suppress(OSError):
            await asyncio.wait_for(writer.drain(), _REQUEST_SECONDS)
            writer.close()
            await asyncio.wait_for(writer.wait_closed(), _REQUEST_SECONDS)
        if brought is None or what == "nothing" or self._answer.done():
            return
        if mine:
            self._answer.set_result(brought)
        else:
            self._answer.set_exception(SignInTrouble(Trouble(TroubleKind.WRONG_STATE)))


def _answer_in(head: str) -> Brought | None:
    """What ``GET /?code=...&state=... HTTP/1.1`` brings; None where it is anything else, such as a favicon."""
    method, _, rest = head.partition(" ")
    target = urlsplit(rest.rpartition(" ")[0])
    parameters = dict(parse_qsl(target.query, keep_blank_values=True))
    if method != "GET" or target.path != "/" or not ("code" in parameters or "error" in parameters):
        return None
    secret = {name: Secret(parameters.get(name, "")) for name in ("state", "code")}
    others = (parameters.get(name, "") for name in ("error", "error_description", "iss"))
    return Brought(secret["state"], secret["code"], *others)


def _language(headers: str) -> str:
    for line in headers.split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "accept-language":
            return "fr" if value.strip().lower().startswith("fr") else "en"
    return "en"


def _bound() -> list[socket.socket]:
    """Sockets of one free port, on each family that this computer has.

    Raises:
        SignInTrouble: there is none to be had.
    """
    problem = ""
    for _attempt in range(_TRIES):
        bound: list[socket.socket] = []
        port = 0
        try:
            for family, address in _FAMILIES:
                listening = _listening(family, address, port)
                if listening is not None:
                    bound.append(listening)
                    port = listening.getsockname()[1]
        except OSError as error:  # taken on the other family: another port
            problem = (error.strerror or str(error)).lower()
            for each in bound:
                each.close()
            continue
        if bound:
            return bound
        problem = _("this computer has no loopback address")
    raise SignInTrouble(Trouble(TroubleKind.NO_PORT, {"detail": problem}))


def _listening(family: socket.AddressFamily, address: str, port: int) -> socket.socket | None:
    """A listening socket; None where the computer does not have the family.

    Raises:
        OSError: the port is taken, or not to be had.
    """
    try:
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        return None
    try:
        if family is socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # else another program of Windows could listen there too
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        listening.bind((address, port))
        listening.listen(8)
    except OSError as error:
        listening.close()
        if error.errno in _WITHOUT_IPV6 and family is socket.AF_INET6:
            return None
        raise
    listening.settimeout(0)
    return listening
