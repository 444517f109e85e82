"""Whole processes, from a table and a Markdown letter to the last reply, on loopback without delay.

    python tests/benchmarks/bench_whole.py [--people 2000] [--rounds 3] [--connections 8] [--peer /venv/bin/mailmerge]

mailmerge (check, seal and send, its journal on the disk) beside a plain loop of Jinja2, markdown-it, EmailMessage and
smtplib on one connection, and beside PyPI's mailmerge (``pip install mailmerge==2.3.0`` in a venv of its own). Each
sends to the same smtp-sink in turn; the median of the rounds counts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench_delivery import SENDER, free_port, program

FIRST = ("Maëlys", "Hugo", "Léa", "Zoé", "Inès", "Jean")
LAST = ("Roux", "Petit", "Durand", "Lefèvre", "Moreau", "Garnier", "Faure")
BODY = """\
Bonjour {{ prenom }} {{ nom }},

Nous vous remercions de l'intérêt que vous portez à notre maison et du temps que vous avez pris pour le poste de
**{{ poste }}**.

Après étude de votre dossier, nous ne pouvons pas donner suite à votre candidature. Voici comment nous avons choisi :

- l'expérience demandée pour le poste ;
- les diplômes ;
- la date à laquelle vous êtes libre.

Vous pouvez demander à tout moment que vos données soient effacées : écrivez à
[notre service](mailto:rh@atelier.example).

Bien à vous,

*Le service des ressources humaines*
"""
PLAIN_LOOP = """\
import csv, smtplib, sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from jinja2 import Environment, StrictUndefined
from markdown_it import MarkdownIt

table, letter, port = sys.argv[1:]
template = Environment(undefined=StrictUndefined).from_string(open(letter, encoding="utf-8").read())
markdown = MarkdownIt()
with open(table, encoding="utf-8") as file, smtplib.SMTP("127.0.0.1", int(port), local_hostname="localhost") as client:
    for row in csv.DictReader(file):
        text = template.render(row)
        message = EmailMessage()
        message["From"], message["To"] = "rh@atelier.example", row["email"]
        message["Subject"] = f"Votre candidature au poste de {row['poste']}"
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="atelier.example")
        message.set_content(text)
        message.add_alternative(markdown.render(text), subtype="html")
        client.send_message(message)
"""


def write_campaign(folder: Path, people: int) -> None:
    """The same people and the same letter, as each of the three wants them."""
    rows = (
        f"p{n}@boite.example,{FIRST[n % len(FIRST)]},{LAST[n % len(LAST)]}-{_letters(n)},Technicien support\n"
        for n in range(people)
    )
    (folder / "people.csv").write_text("email,prenom,nom,poste\n" + "".join(rows), encoding="utf-8")
    subject = "Subject: Votre candidature au poste de {{ poste }}\n"
    (folder / "letter.md").write_text(f"{subject}From: {SENDER}\n\n{BODY}", encoding="utf-8")
    (folder / "body.md").write_text(BODY, encoding="utf-8")
    (folder / "peer.txt").write_text(
        f"TO: {{{{ email }}}}\nSUBJECT: Votre candidature au poste de {{{{ poste }}}}\nFROM: {SENDER}\n"
        f"Content-Type: text/markdown; charset=utf-8\n\n{BODY}",
        encoding="utf-8",
    )
    (folder / "loop.py").write_text(PLAIN_LOOP, encoding="utf-8")


def _letters(number: int) -> str:
    """A surname's second half that nobody else has: ``Baca``."""
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:04}").capitalize()


def seconds(command: list[str | Path], folder: Path) -> float:
    """How long a process takes, from its start to its end."""
    environment = os.environ | {"MAILMERGE_HOME": str(folder / "home"), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed programs are: compiled once
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command[0]} left with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--peer", type=Path, help="the command of PyPI's mailmerge; left out where there is none")
    options = parser.parse_args()
    port = free_port()
    as_nobody = ("-u", "nobody") if os.geteuid() == 0 else ()
    sink = ("/usr/sbin/smtp-sink", *as_nobody, f"127.0.0.1:{port}", "64")
    with tempfile.TemporaryDirectory() as name, program(*sink, port=port):
        measure(Path(name), port, options)


def measure(folder: Path, port: int, options: argparse.Namespace) -> None:
    """Each in turn, so many rounds; and print what each took."""
    write_campaign(folder, options.people)
    ours: list[str | Path] = [sys.executable, "-m", "mailmerge"]
    account = ["--host", "127.0.0.1", "--port", str(port), "--tls", "none", "--auth", "none"]
    connections = ["--connections", str(options.connections)]
    seconds([*ours, "account", "add", "rh", "--address", SENDER, *account, *connections], folder)
    commands: dict[str, list[str | Path]] = {
        "mailmerge": [
            *ours,
            "send",
            "people.csv",
            "letter.md",
            "--account",
            "rh",
            "--yes",
            str(options.people),
            "--again",
        ],
        "a plain loop with smtplib": [sys.executable, "loop.py", "people.csv", "body.md", str(port)],
    }
    if options.peer:
        (folder / "peer.conf").write_text(f"[smtp_server]\nhost = 127.0.0.1\nport = {port}\n", encoding="utf-8")
        given = ["--template", "peer.txt", "--database", "people.csv", "--config", "peer.conf"]
        commands["PyPI's mailmerge"] = [options.peer.absolute(), "--no-dry-run", "--no-limit", *given]
    else:
        print("PyPI's mailmerge is left out: give its command with --peer")
    rounds = [{name: seconds(command, folder) for name, command in commands.items()} for _ in range(options.rounds)]
    taken = {name: median(times[name] for times in rounds) for name in commands}
    print(f"{options.people} people, {options.connections} connection(s) of ours")
    for name, middle in taken.items():
        print(f"{name:<26} {middle:6.2f} s {middle / taken['mailmerge']:6.2f} times ours")


if __name__ == "__main__":
    main()
