"""Debian's Dovecot as a submission service on a loopback port, which hands every message on to a relay."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from postfix import free_port, wait_for_port
from smtp_script import CANARY

CONFIGURATION = """
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
auth_mechanisms = plain login
service submission-login {{
  inet_listener submission {{
    port = {port}
  }}
}}
submission_relay_host = 127.0.0.1
submission_relay_port = {relay}
submission_relay_trusted = no
submission_max_mail_size = 2000000
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=dovecot gid=dovecot home={folder}/mail/%u
}}
"""


def missing() -> str:
    """Why no Dovecot can be started here; ``""`` where one can."""
    if os.name == "nt" or os.geteuid() != 0:
        return "Dovecot needs to be started by root"
    if not Path("/usr/lib/dovecot/submission-login").exists():
        return "dovecot-submissiond is not installed"
    return ""


@contextmanager
def running_dovecot(relay: int) -> Iterator[int]:
    """Start an instance that hands on to this port; the port where it takes submissions."""
    folder = Path(tempfile.mkdtemp(prefix="mailmerge-dovecot-"))  # not tmp_path: the daemons' user must reach it
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "dovecot")
    port = free_port()
    configuration = folder / "dovecot.conf"
    values = {"folder": folder, "port": port, "relay": relay, "password": CANARY}
    configuration.write_text(CONFIGURATION.format(**values), encoding="utf-8")
    try:
        started = subprocess.DEVNULL  # a pipe would be held open by the daemon
        subprocess.run(["/usr/sbin/dovecot", "-c", configuration], check=True, stdout=started, stderr=started)
        wait_for_port(port)
        yield port
    finally:
        subprocess.run(["/usr/bin/doveadm", "-c", configuration, "stop"], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)
