"""Two people on two computers, and a run that needs the approval of the second."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from mailmerge.accounts import Account
from mailmerge.approval.signatures.sshsig import sign
from mailmerge.approval.signatures.statement import Statement
from mailmerge.campaign import open_campaign
from mailmerge.environment import Environment
from mailmerge.files.home import home_below
from mailmerge.outbox import Run
from mailmerge.settings.approval_rule import key_line

FIRST = ("Maëlys", "Hugo", "Léa", "Zoé", "Noé", "Inès", "Jean-Pierre", "Ömer", "Anne", "Béatrice")
LAST = ("Roux", "Petit", "Durand", "Lefèvre", "Garnier", "O’Brien", "Müller", "de la Tour", "Nguyễn", "Łaski")
JOBS = ("Comptable", "Technicien support", "Chargée de communication")
LETTER = """\
Subject: Votre candidature au poste de {{ poste }}
Fields: civilite, prenom, nom, poste
Content-Language: fr

Bonjour {{ civilite }} {{ nom }},

{% if civilite == "Madame" %}Vous avez été candidate{% else %}Vous avez été candidat{% endif %} au poste de {{ poste }}.

Le service des ressources humaines
"""


def people(count: int) -> list[str]:
    """Rows of a table: everybody has another name and address."""
    rows = []
    for number in range(count):
        first, last = FIRST[number % 10], f"{LAST[(number // 10) % 10]}{'abcdefghij'[number // 100 % 10]}"
        title, job = ("Madame", "Monsieur")[number % 2], JOBS[number % 3]
        rows.append(f"{title};{first};{last};p{number}@boite.example;{job}")
    return rows


def write_campaign(
    folder: Path, count: int = 25, *, approval: str = "required_above = 20", letter: str = LETTER, extra: str = ""
) -> Path:
    """A campaign in a new folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = "\r\n".join(["Civilité;Prénom;Nom;Adresse e-mail;Poste", *people(count), ""])
    (folder / "candidats.csv").write_bytes(rows.encode("utf-8-sig"))
    (folder / "refus.fr.md").write_text(letter, encoding="utf-8")
    section = f"[approval]\n{approval}\n" if approval else ""
    (folder / "campaign.toml").write_text(
        f'recipients = "candidats.csv"\ntemplate = "refus.fr.md"\naccount = "rh"\n{extra}{section}', encoding="utf-8"
    )
    return folder / "campaign.toml"


ACCOUNT = Account(
    name="rh", address="rh@exemple.test", host="localhost", port=2525, tls="none", auth="none", display_name="RH"
)


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime.datetime

    def __call__(self) -> datetime.datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += datetime.timedelta(**by)


def computer(folder: Path, clock: Clock) -> Environment:
    """Somebody's computer: a home of its own."""
    return Environment(home_below(folder), clock)


@dataclass
class Desk:
    """The author's computer, a sealed run on it, and the key of the second person."""

    here: Environment
    run: Run
    paul: Ed25519PrivateKey
    clock: Clock
    account: Account = ACCOUNT

    def statement(self) -> Statement:
        """What Paul would sign now."""
        count = sum(1 for message in self.run.messages() if message.message_id)
        return Statement(
            run=self.run.id,
            root=self.run.sealed,
            messages=count,
            verdict="approved",
            looked_at=count,
            decoys_found=2,
            decoys_shown=2,
            approver="Paul Durand",
            at=self.clock(),
            expires=self.clock() + datetime.timedelta(hours=24),
        )

    def signed(self, statement: Statement | None = None, key: Ed25519PrivateKey | None = None) -> str:
        """An approval as Paul's program writes it."""
        stated = statement or self.statement()
        return stated.text + sign(key or self.paul, stated.text)

    def changed(self, **values: object) -> str:
        """An approval of something else, properly signed."""
        return self.signed(replace(self.statement(), **values))  # type: ignore[arg-type]


def desk(
    folder: Path, count: int = 25, *, rule: str = "required_above = 20", approvers: Sequence[str] = ("paul",)
) -> Desk:
    """A run of so many messages that was sealed just now, and Paul, whom its author trusts."""
    clock = Clock(datetime.datetime(2026, 11, 26, 14, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=1))))
    here = computer(folder / "claire", clock)
    paul = Ed25519PrivateKey.generate()
    line = key_line(paul.public_key().public_bytes_raw())
    named = ", ".join(f'{name} = "{line}"' for name in approvers)
    text = f"{rule}\napprovers = {{ {named} }}" if approvers else rule
    campaign = open_campaign([write_campaign(folder / "campagne", count, approval=text)], environment=here)
    run = campaign.signed_by(ACCOUNT).check().seal(ACCOUNT, here.outbox)
    return Desk(here, run, paul, clock)
