"""Mail servers that take tokens only: Dovecot's submission service, and Postfix with Dovecot's SASL."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from postfix import free_port, wait_for_port

from mailmerge.demo import LoopbackServer

CONF = """
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = mailmerge-{port}
log_path = {folder}/log
protocols = submission
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = dovecot
default_login_user = dovenull
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
hostname = mx.test
auth_mechanisms = xoauth2 oauthbearer
auth_failure_delay = 0
service submission-login {{
  inet_listener submission {{
    port = {port}
  }}
}}
submission_relay_host = 127.0.0.1
submission_relay_port = {sink}
submission_relay_trusted = yes
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid=dovecot gid=dovecot home={folder}/mail/%u
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth {{
  unix_listener auth-postfix {{
    mode = 0666
  }}
}}
"""
OAUTH2 = """
introspection_mode = post
introspection_url = {introspection}
force_introspection = yes
client_id = mail-server
username_attribute = sub
active_attribute = active
active_value = true
"""


@dataclass
class Sink:
    """Where Dovecot relays to: counts who was accepted how often."""

    copies: Counter[str] = field(default_factory=Counter)
    delay: float = 0.0
    """Seconds before the verdict on a message."""
    port: int = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.delay)
        self.copies.update(envelope.rcpt_tos)
        return "250 2.0.0 Ok: queued"


@dataclass(frozen=True)
class Dovecot:
    """A running instance, which relays what it takes to ``sink``."""

    folder: Path
    port: int
    sink: Sink

    @property
    def sasl_path(self) -> Path:
        return self.folder / "run" / "auth-postfix"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")


def missing() -> str:
    """Why no Dovecot can be started here; ``""`` where one can."""
    if os.name == "nt" or os.geteuid() != 0:
        return "Dovecot needs to be started by root"
    path = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin"
    installed = shutil.which("dovecot", path=path) and Path("/usr/lib/dovecot/submission").exists()
    return "" if installed else "dovecot-submissiond is not installed"


@contextmanager
def running_dovecot(issuer: str) -> Iterator[Dovecot]:
    """Start an instance that asks the identity provider about each token, and stop it."""
    sink = Sink()
    relay = LoopbackServer(sink)
    relay.start()
    sink.port = relay.port
    folder = Path(tempfile.mkdtemp(prefix="mailmerge-dovecot-"))  # not tmp_path: the daemons' users must reach it
    folder.chmod(0o755)
    instance = Dovecot(folder, free_port(), sink)
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "dovecot", "dovecot")
    introspection = issuer.replace("://", "://mail-server:mail-server-secret@") + "/token/introspection"
    (folder / "oauth2.conf").write_text(OAUTH2.format(introspection=introspection))
    (folder / "dovecot.conf").write_text(CONF.format(folder=folder, port=instance.port, sink=sink.port))
    configured = ["-c", folder / "dovecot.conf"]
    try:
        # It stays: whatever it inherited would be waited for.
        subprocess.run(["/usr/sbin/dovecot", *configured], check=True, stderr=subprocess.DEVNULL)
        wait_for_port(instance.port)
        yield instance
    finally:
        subprocess.run(["/usr/bin/doveadm", *configured, "stop"], check=False, capture_output=True)
        relay.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Cutter:
    """Stands before a server, and closes each connection instead of passing the so-and-so-manieth MAIL on."""

    def __init__(self, port: int, messages: int):
        self._to = port
        self.messages = messages
        self.connections = 0
        self.refused = 0
        """Logins that the server did not take."""
        self.port = 0

    async def __aenter__(self) -> Cutter:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    def heard(self, line: bytes) -> None:
        """A line on its way to the server."""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        answers = asyncio.create_task(self._pass_on(there, writer))
        seen = 0
        with contextlib.suppress(OSError):
            while line := await reader.readline():
                self.heard(line)
                seen += line.startswith(b"MAIL FROM:")
                if seen > self.messages:
                    break
                back.write(line)
                await back.drain()
        answers.cancel()
        back.transport.abort()
        writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(1 << 16):
                self.refused += piece.count(b"535 ")
                writer.write(piece)
                await writer.drain()
            writer.close()
