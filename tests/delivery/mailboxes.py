"""Debian's Dovecot as a mailbox (IMAP by password and by token, LMTP), and Postfix that bounces and expires into it."""

from __future__ import annotations

import os
import shutil
import smtplib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from imapclient import IMAPClient
from postfix import free_port, wait_for_port
from smtp_script import CANARY, USER

CONF = """
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = mailmerge-{port}
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = dovecot
default_login_user = dovenull
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
mail_fsync = never
hostname = mx.test
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
{token_passdb}
{password_passdb}
userdb {{
  driver = static
  args = uid=dovecot gid=dovecot home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
{folders}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service lmtp {{
  unix_listener lmtp {{
    mode = 0666
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@exemple.test
}}
{more}
"""
TOKENS = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
"""
PASSWORDS = """
passdb {{
  driver = static
  args = password={password}
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
SENT = '  mailbox "{name}" {{\n    auto = create\n{special}  }}'
QUOTA = """
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = count:User quota
  quota_rule = *:storage=20K
  quota_vsizes = yes
}
"""


@dataclass(frozen=True)
class Mailboxes:
    """A running instance: everybody's password is the canary."""

    folder: Path
    port: int

    @property
    def lmtp(self) -> Path:
        return self.folder / "run" / "lmtp"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def deliver(self, mail: bytes, user: str = USER, sender: str = "") -> None:
        """Into somebody's INBOX, by LMTP; from the null sender, as returned mail comes."""
        with smtplib.LMTP(str(self.lmtp)) as lmtp:
            lmtp.sendmail(sender, [user], mail)

    @contextmanager
    def opened(self, user: str = USER) -> Iterator[IMAPClient]:
        """A mail program, logged in."""
        client = IMAPClient("127.0.0.1", port=self.port, ssl=False)
        client.sasl_login("PLAIN", lambda _: f"\0{user}\0{CANARY}".encode())
        try:
            yield client
        finally:
            client.logout()

    def read(self, folder: str, user: str = USER) -> list[Mail]:
        """Every mail of a folder, as it is."""
        with self.opened(user) as client:
            client.select_folder(folder, readonly=True)
            client.normalise_times = False
            found = client.fetch(client.search(), ["BODY.PEEK[]", "FLAGS", "INTERNALDATE"])
        return [
            Mail(data[b"BODY[]"], frozenset(data[b"FLAGS"]), data[b"INTERNALDATE"].timestamp())
            for _uid, data in sorted(found.items())
        ]

    def wait_for(self, count: int, user: str = USER, seconds: float = 60.0) -> list[Mail]:
        """The INBOX, once so much mail is there."""
        deadline = time.monotonic() + seconds
        while len(mails := self.read("INBOX", user)) < count and time.monotonic() < deadline:
            time.sleep(0.1)
        return mails

    def empty(self, user: str = USER) -> None:
        """Take everything out of somebody's mailbox, folders of their own included."""
        shutil.rmtree(self.folder / "mail" / user, ignore_errors=True)


@dataclass(frozen=True)
class Mail:
    """One mail in a folder."""

    content: bytes
    flags: frozenset[bytes]
    at: float


def missing() -> str:
    """Why no Dovecot can be started here; ``""`` where one can."""
    if os.name == "nt" or os.geteuid() != 0:
        return "Dovecot needs to be started by root"
    for program, package in (("imap", "dovecot-imapd"), ("lmtp", "dovecot-lmtpd")):
        if not Path(f"/usr/lib/dovecot/{program}").exists():
            return f"{package} is not installed"
    return ""


@contextmanager
def running_mailboxes(
    issuer: str = "", *, sent: str = "Sent", special: bool = True, more: str = ""
) -> Iterator[Mailboxes]:
    """Start an instance; with an issuer it takes that one's tokens as well. ``sent`` is its folder, ``""`` for none."""
    folder = Path(tempfile.mkdtemp(prefix="mailmerge-mailboxes-"))  # not tmp_path: the daemons' users must reach it
    folder.chmod(0o755)
    instance = Mailboxes(folder, free_port())
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "dovecot", "dovecot")
    if issuer:
        introspection = issuer.replace("://", "://mail-server:mail-server-secret@") + "/token/introspection"
        (folder / "oauth2.conf").write_text(OAUTH2.format(introspection=introspection))
    use = "    special_use = \\Sent\n" if special else ""
    values = {
        "folder": folder,
        "port": instance.port,
        "mechanisms": "plain xoauth2 oauthbearer" if issuer else "plain",
        "token_passdb": TOKENS.format(folder=folder) if issuer else "",
        "password_passdb": PASSWORDS.format(password=CANARY),
        "folders": SENT.format(name=sent, special=use) if sent else "",
        "more": more,
    }
    (folder / "dovecot.conf").write_text(CONF.format(**values), encoding="utf-8")
    configured = ["-c", folder / "dovecot.conf"]
    try:
        # It stays: whatever it inherited would be waited for.
        subprocess.run(["/usr/sbin/dovecot", *configured], check=True, stderr=subprocess.DEVNULL)
        wait_for_port(instance.port)
        yield instance
    finally:
        subprocess.run(["/usr/bin/doveadm", *configured, "stop"], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


# --- a server that returns mail -------------------------------------------------------------------------------------

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
myhostname = mx.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
default_database_type = texthash
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions =
smtpd_client_connection_count_limit = 0
virtual_mailbox_domains = atelier.example
virtual_mailbox_maps = static:x
virtual_transport = lmtp:unix:{lmtp}
transport_maps = inline:{{
  {{remote.test=smtp:[127.0.0.1]:{refusing}}}
  {{slow.test=smtp:[127.0.0.1]:{deferring}}}
  {{boite.example=discard:}}}}
smtp_host_lookup = native
disable_dns_lookups = yes
notify_classes =
delay_warning_time = 0
bounce_queue_lifetime = 1m
maximal_queue_lifetime = 8s
minimal_backoff_time = 3s
maximal_backoff_time = 4s
queue_run_delay = 2s
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@contextmanager
def running_returner(mailboxes: Mailboxes) -> Iterator[int]:
    """Postfix on a loopback port: ``remote.test`` is refused, ``slow.test`` deferred until it expires, and the rest is
    taken and thrown away. What it returns goes into the mailboxes."""
    folder = Path(tempfile.mkdtemp(prefix="mailmerge-returner-"))
    folder.chmod(0o755)
    port, refusing, deferring = free_port(), free_port(), free_port()
    for name in ("etc", "queue", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    values = {"folder": folder, "lmtp": mailboxes.lmtp, "refusing": refusing, "deferring": deferring, "port": port}
    (folder / "etc/main.cf").write_text(MAIN.format(**values))
    (folder / "etc/master.cf").write_text(MASTER.format(**values))
    with ExitStack() as running:
        running.callback(shutil.rmtree, folder, ignore_errors=True)
        for sink, option in ((refusing, "-f"), (deferring, "-r")):
            command = ["/usr/sbin/smtp-sink", "-u", "postfix", option, "RCPT", f"127.0.0.1:{sink}", "10"]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            running.callback(process.wait)
            running.callback(process.kill)
            wait_for_port(sink)
        subprocess.run(["/usr/sbin/postfix", "-c", folder / "etc", "start"], check=True, capture_output=True)
        running.callback(
            subprocess.run, ["/usr/sbin/postfix", "-c", folder / "etc", "stop"], check=False, capture_output=True
        )
        wait_for_port(port)
        yield port
