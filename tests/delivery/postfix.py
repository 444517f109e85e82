"""Debian's Postfix as an instance of its own: loopback ports, certificates of a test authority, mail into Maildirs."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import trustme
from smtp_script import CANARY, USER

DOMAIN = "boite.example"
PEOPLE = [f"personne{number}" for number in range(1, 21)]
REFUSED = {
    "rcpt4": "450 4.7.1 not now",
    "data4": "450 4.7.1 not now",
    "data5": "550 5.7.1 no",
    "dot4": "450 4.7.1 not now",
    "dot5": "550 5.7.1 no",
}
"""Mailboxes that are there, and refused at this command with this digit."""
KNOWN = [*PEOPLE, *REFUSED]

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
myhostname = mx.{domain}
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
default_database_type = texthash
message_size_limit = 2000000
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_sasl_auth_enable = yes
smtpd_sasl_path = smtpd
smtpd_tls_chain_files = {folder}/server.pem
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access inline:{{{rcpt}}}, permit_sasl_authenticated, reject
relay_recipient_restrictions = check_recipient_access inline:{{{rcpt}}}, permit_mynetworks, reject
smtpd_data_restrictions = check_recipient_access inline:{{{data}}}
smtpd_end_of_data_restrictions = check_recipient_access inline:{{{dot}}}
smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 1000
"""
MASTER = """
127.0.0.1:{starttls} inet n - n - - smtpd
127.0.0.1:{implicit} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
127.0.0.1:{relay} inet n - n - - smtpd
  -o smtpd_tls_security_level=none
  -o smtpd_sasl_auth_enable=no
  -o mynetworks=127.0.0.0/8
  -o smtpd_relay_restrictions=permit_mynetworks,reject
  -o smtpd_recipient_restrictions=$relay_recipient_restrictions
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
proxymap unix - - n - - proxymap
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""
SASL = """
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {folder}/sasldb2
mech_list: PLAIN LOGIN
"""


@dataclass(frozen=True)
class Postfix:
    """A running instance."""

    folder: Path
    starttls: int
    implicit: int
    relay: int
    """A port that asks for neither TLS nor a login."""

    @property
    def ca_file(self) -> str:
        return str(self.folder / "ca.pem")

    def mail(self, person: str) -> list[bytes]:
        """What was delivered to somebody, with the header fields that Postfix put before it."""
        return [path.read_bytes() for path in (self.folder / "mail" / person / "new").glob("*")]

    def everything(self, count: int, seconds: float = 20.0) -> dict[str, list[bytes]]:
        """Everybody's mail, once so many messages are there and nothing is left in the queue."""
        queue = ["/usr/sbin/postqueue", "-c", str(self.folder / "etc"), "-j"]
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = {person: mail for person in KNOWN if (mail := self.mail(person))}
            if sum(map(len, found.values())) >= count and not subprocess.run(queue, capture_output=True).stdout:
                break
            time.sleep(0.02)
        return found

    def delivered(self, people: list[str], seconds: float = 20.0) -> dict[str, list[bytes]]:
        """Everybody's mail, once each of these people has some."""
        deadline = time.monotonic() + seconds
        while not all(self.mail(person) for person in people) and time.monotonic() < deadline:
            time.sleep(0.02)
        return {person: self.mail(person) for person in PEOPLE if self.mail(person)}


def missing() -> str:
    """Why no Postfix can be started here; ``""`` where one can."""
    if os.name == "nt" or os.geteuid() != 0:
        return "Postfix needs to be started by root"
    for program in ("postfix", "saslpasswd2"):
        if not shutil.which(program, path=_PATH):
            return f"{program} is not installed"
    return ""


_PATH = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin"


@contextmanager
def running_postfix(dovecot_sasl: Path | None = None) -> Iterator[Postfix]:
    """Start an instance in a folder of its own, and stop it; with a Dovecot's socket it takes that one's logins."""
    folder = Path(tempfile.mkdtemp(prefix="mailmerge-postfix-"))  # not tmp_path: the daemons' user must reach it
    folder.chmod(0o755)
    instance = Postfix(folder, free_port(), free_port(), free_port())
    try:
        _configure(instance)
        if dovecot_sasl is not None:
            with (folder / "etc/main.cf").open("a") as main:
                main.write(f"smtpd_sasl_type = dovecot\nsmtpd_sasl_path = {dovecot_sasl}\n")
        subprocess.run(["/usr/sbin/postfix", "-c", folder / "etc", "start"], check=True, capture_output=True)
        for port in (instance.starttls, instance.implicit, instance.relay):
            wait_for_port(port)
        yield instance
    finally:
        try:
            subprocess.run(
                ["/usr/sbin/postfix", "-c", folder / "etc", "stop"], check=False, capture_output=True, timeout=60
            )
        except subprocess.TimeoutExpired:  # its log is read by a process of its own, which may have ended first
            with suppress(OSError, ValueError):
                os.killpg(int((folder / "queue/pid/master.pid").read_text()), signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def _configure(instance: Postfix) -> None:
    folder = instance.folder
    nobody = pwd.getpwnam("nobody")
    values = {
        "folder": folder,
        "domain": DOMAIN,
        "uid": nobody.pw_uid,
        "gid": nobody.pw_gid,
        "starttls": instance.starttls,
        "implicit": instance.implicit,
        "relay": instance.relay,
        **{stage: _refusals(stage) for stage in ("rcpt", "data", "dot")},
    }
    for name in ("etc/sasl", "queue", "data", "mail"):
        (folder / name).mkdir(parents=True)
    shutil.chown(folder / "data", "postfix")
    shutil.chown(folder / "mail", "nobody")
    (folder / "etc/main.cf").write_text(MAIN.format(**values))
    (folder / "etc/master.cf").write_text(MASTER.format(**values))
    (folder / "etc/sasl/smtpd.conf").write_text(SASL.format(**values))
    (folder / "mailboxes").write_text("".join(f"{person}@{DOMAIN} {person}/\n" for person in KNOWN))
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
    (folder / "server.pem").chmod(0o600)
    user, _, realm = USER.partition("@")
    subprocess.run(
        ["/usr/sbin/saslpasswd2", "-p", "-c", "-f", folder / "sasldb2", "-u", realm, user],
        input=CANARY.encode(), check=True,
    )  # fmt: skip
    shutil.chown(folder / "sasldb2", "postfix")


def _refusals(stage: str) -> str:
    """An access table (access(5)) of who is refused at this command."""
    return ", ".join(f"{{{name}@{DOMAIN} = {said}}}" for name, said in REFUSED.items() if name.startswith(stage))


def free_port() -> int:
    """A loopback port that nothing listened at a moment ago."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, seconds: float = 10.0) -> None:
    """Return when something listens there."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
