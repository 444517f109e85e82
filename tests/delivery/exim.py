"""Debian's Exim on a loopback port, unpacked beside the system since its package drives Postfix out; into Maildirs."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from postfix import DOMAIN, KNOWN, free_port, wait_for_port

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mailmerge-tests" / "exim"
"""Where ``.ci/run`` unpacks the package."""

CONFIGURATION = """
exim_path = {folder}/exim4
deliver_drop_privilege = true
spool_directory = {folder}/spool
log_file_path = {folder}/spool/log-%s
keep_environment =
pid_file_path = {folder}/spool/pid
exim_user = nobody
exim_group = nogroup
never_users =
primary_hostname = mx.{domain}
tls_advertise_hosts =
chunking_advertise_hosts =
smtp_accept_max_per_connection = 0
smtp_accept_queue_per_connection = 0
acl_smtp_rcpt = rcpt
acl_smtp_predata = predata
acl_smtp_data = data
begin acl
rcpt:
  defer local_parts = rcpt4
  deny !local_parts = lsearch;{folder}/people
  accept
predata:
  defer condition = ${{if match{{$recipients}}{{^data4@}}}}
  deny condition = ${{if match{{$recipients}}{{^data5@}}}}
  accept
data:
  defer condition = ${{if match{{$recipients}}{{^dot4@}}}}
  deny condition = ${{if match{{$recipients}}{{^dot5@}}}}
  accept
begin routers
people:
  driver = accept
  local_parts = lsearch;{folder}/people
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = {folder}/mail/$local_part_data
  maildir_format
  create_directory
  user = nobody
  group = nogroup
"""


def program() -> str:
    """The server itself; ``""`` where there is none."""
    unpacked = CACHE / "usr/sbin/exim4"
    return str(unpacked) if unpacked.exists() else shutil.which("exim4", path="/usr/sbin") or ""


def missing() -> str:
    """Why no Exim can be started here; ``""`` where one can."""
    if os.name == "nt" or os.geteuid() != 0:
        return "Exim needs to be started by root"
    return "" if program() else f"Exim is neither installed nor unpacked to {CACHE}"


@contextmanager
def running_exim() -> Iterator[tuple[int, Path]]:
    """Start a daemon in a folder of its own; its port, and the folder of the mailboxes."""
    folder = Path(tempfile.mkdtemp(prefix="mailmerge-exim-"))  # not tmp_path: the daemon's user must reach it
    folder.chmod(0o755)
    for name in ("spool", "mail"):
        (folder / name).mkdir()
        shutil.chown(folder / name, "nobody", "nogroup")
    (folder / "people").write_text("".join(f"{person}: {person}\n" for person in KNOWN))
    configuration = folder / "exim.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, domain=DOMAIN), encoding="utf-8")
    server = shutil.copy(program(), folder / "exim4")  # it starts itself anew, as somebody who may not read our home
    port = free_port()
    daemon = subprocess.Popen([server, "-C", configuration, "-bdf", "-oX", f"127.0.0.1.{port}"])
    try:
        wait_for_port(port)
        yield port, folder / "mail"
    finally:
        daemon.terminate()
        daemon.wait()
        shutil.rmtree(folder, ignore_errors=True)
