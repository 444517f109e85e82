"""A certified identity provider from npm on a free loopback port, and the browser of a person who signs in there."""

from __future__ import annotations

import html
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

SCRIPT = Path(__file__).with_name("oidc_provider.mjs")
LABORATORY = Path(os.environ.get("MAILMERGE_LABORATORY", Path.home() / ".cache" / "mailmerge-laboratory"))
"""Where `npm install --prefix` has put oidc-provider."""
_ENTRY = LABORATORY / "node_modules" / "oidc-provider" / "lib" / "index.js"


@dataclass(frozen=True)
class Provider:
    """A running identity provider. Its clients: mailmerge, short (tokens of 5 s), brief (2 s), once (no refresh)."""

    issuer: str

    def revoke(self, token: str, client: str = "mailmerge") -> None:
        """End a grant, as an administrator would."""
        form = urllib.parse.urlencode({"token": token, "client_id": client}).encode()
        urllib.request.urlopen(f"{self.issuer}/token/revocation", form, timeout=10).close()


def missing() -> str:
    """Why no identity provider can be started here; ``""`` where one can."""
    if not shutil.which("node"):
        return "node is not installed"
    return "" if _ENTRY.is_file() else f"oidc-provider is not installed in {LABORATORY}"


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Start one, and stop it."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        ["node", SCRIPT],
        env=os.environ | {"PORT": str(port), "OIDC_PROVIDER": _ENTRY.as_uri()},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    provider = Provider(f"http://127.0.0.1:{port}")
    try:
        deadline = time.monotonic() + 30
        while not _answers(port):
            assert process.poll() is None, "oidc-provider ended"
            assert time.monotonic() < deadline, "oidc-provider does not answer"
            time.sleep(0.02)
        yield provider
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Browser:
    """Follows links and fills forms in, as the person ``user`` would."""

    def __init__(self, user: str, *, language: str = "en"):
        self._user = user
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._opener.addheaders = [("Accept-Language", language)]
        self.at = ""
        """The address shown last."""

    def sign_in(self, url: str, *, cancel: bool = False, password: str = "irrelevant") -> str:
        """From the address that mailmerge shows to the page at the end; returns that page."""
        page = self.get(url)
        for _ in range(6):
            abort = re.search(r'href="([^"]+/abort)"', page)
            if cancel and abort and "/device" not in self.at:
                return self.get(html.unescape(abort.group(1)))
            form = re.search(r"<form([^>]*)>(.*?)</form>", page, re.DOTALL)
            if form is None:
                return page
            fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form.group(2)))
            if 'name="login"' in form.group(2):
                fields |= {"login": self._user, "password": password}
            action = re.search(r'action="([^"]*)"', form.group(1))
            target = html.unescape(action.group(1)) if action else ""
            page = self.get(urllib.parse.urljoin(self.at, target), fields)
        raise AssertionError(f"no end of forms at {self.at}")

    def get(self, url: str, form: dict[str, str] | None = None) -> str:
        """The page at an address; the status does not matter."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        try:
            response = self._opener.open(url, data, timeout=20)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            self.at = response.geturl()
            return str(response.read().decode())
