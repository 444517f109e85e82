"""Small campaigns for the linter's tests: a table given as rows, a letter given as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from mailmerge.addresses import AddressInvalid, Mailbox, parse_address
from mailmerge.lint import Inspection, LintSettings, Report, check
from mailmerge.model import (
    Attachment,
    Columns,
    Defect,
    Dialect,
    Expression,
    Field,
    MailboxPattern,
    Message,
    Pattern,
    Place,
    Recipient,
    Record,
    RecordTable,
    Shape,
    Slot,
)
from mailmerge.text import identifier

NO_SETTINGS = LintSettings()
SENDER = Mailbox("Claire Martin", "rh@exemple.test")
HEADERS = ("Civilité", "Prénom", "Nom", "Adresse e-mail", "Poste", "Référence", "Téléphone")
PEOPLE = (
    ("Mme", "Inès", "Petit", "ines.petit@mail.example", "Comptable", "RC-0017", "06 12 34 56 01"),
    ("M.", "Jean", "Dupont", "jean.dupont@mail.example", "Juriste", "RC-0018", "06 12 34 56 02"),
    ("Mme", "Zoé", "Lefèvre", "zoe.lefevre@mail.example", "Comptable", "RC-0019", "06 12 34 56 03"),
    ("M.", "Paul", "Nguyen", "paul.nguyen@mail.example", "Acheteur", "RC-0020", "06 12 34 56 04"),
    ("Mme", "Aïcha", "Benali", "aicha.benali@mail.example", "Juriste", "RC-0021", "06 12 34 56 05"),
    ("M.", "Luc", "Saint-Martin", "luc.saint-martin@mail.example", "Acheteur", "RC-0022", "06 12 34 56 06"),
)
LETTER = """Subject: Votre candidature au poste de {{ poste }}

Bonjour {{ civilite }} {{ nom }},

Nous avons étudié votre candidature {{ reference }} au poste de {{ poste }} avec attention. Nous avons le regret de vous
informer qu'elle n'a pas été retenue.

Claire Durand
Ressources humaines
"""


def table_of(
    rows: Sequence[Sequence[str]] = PEOPLE,
    headers: Sequence[str] = HEADERS,
    *,
    email: str = "adresse_e_mail",
    first_name: str = "prenom",
    last_name: str = "nom",
    full_name: str = "",
    defects: Iterable[Defect] = (),
    delimiter: str = ";",
    path: Path = Path("candidats.csv"),
) -> RecordTable:
    fields = tuple(Field(header, identifier(header)) for header in headers)
    known = {item.name for item in fields}
    return RecordTable(
        path=path,
        dialect=Dialect(delimiter=delimiter),
        fields=fields,
        records=[Record(number, number + 1, tuple(row)) for number, row in enumerate(rows, 1)],
        columns=Columns(
            email=email if email in known else "",
            first_name=first_name if first_name in known else "",
            last_name=last_name if last_name in known else "",
            full_name=full_name,
            civility="civilite" if "civilite" in known else "",
        ),
        defects=tuple(defects),
    )


def changed(number: int, rows: Sequence[Sequence[str]] = PEOPLE, **cells: str) -> list[tuple[str, ...]]:
    """The rows with some cells of one person (by record number and identifier) replaced."""
    names = [identifier(header) for header in HEADERS]
    result = [tuple(row) for row in rows]
    row = list(result[number - 1])
    for name, value in cells.items():
        row[names.index(name)] = value
    result[number - 1] = tuple(row)
    return result


def recipients_of(table: RecordTable) -> list[Recipient]:
    columns = table.columns
    parts = [columns.full_name] if columns.full_name else [columns.first_name, columns.last_name]
    people = []
    for record in table.records:
        cell = table.value(record, columns.email)
        with suppress(AddressInvalid):
            cell = parse_address(cell)
        people.append(Recipient(record, " ".join(filter(None, (table.value(record, p) for p in parts))), cell))
    return people


# --- a letter by hand ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Constant:
    text: str
    line: int
    part: str


@dataclass(frozen=True)
class Header:
    name: str
    line: int


@dataclass(frozen=True)
class Refused:
    line: int
    reason: str


_EXPRESSION = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass
class FakeLetter:
    source: str
    path: Path = Path("lettre.md")
    language: str = "fr"
    declared: frozenset[str] | None = None
    forbidden: tuple[Refused, ...] = ()
    expressions: tuple[Expression, ...] = ()
    constants: tuple[Constant, ...] = ()
    headers: tuple[Header, ...] = ()
    declared_senders: tuple[str, ...] = ()
    _patterns: dict[str, Pattern] = field(default_factory=dict)
    _mailboxes: dict[str, tuple[MailboxPattern, ...]] = field(default_factory=dict)
    _printed: list[Expression] = field(default_factory=list)

    def __post_init__(self) -> None:
        head, _, body = self.source.partition("\n\n")
        lines = head.split("\n") if head else []
        for number, line in enumerate(lines, 1):
            name, _, value = line.partition(":")
            self.headers += (Header(name, number),)
            if name == "Fields":
                self.declared = frozenset(map(str.strip, value.split(",")))
            elif name in ("From", "To", "Reply-To", "Cc", "Bcc"):
                boxes = []
                for box in value.split(","):
                    shown, _, address = box.strip().removesuffix(">").rpartition("<")
                    boxes.append(
                        MailboxPattern(self._read(shown.strip(), number, name), self._read(address, number, name))
                    )
                self._mailboxes[name] = tuple(boxes)
                if name == "From":
                    self.declared_senders += tuple(b.address.constants[0] for b in boxes if not b.address.slots)
            else:
                self._patterns[name] = self._read(value.strip(), number, name)
        self._patterns["body"] = self._read(body, len(lines) + 2, "body")
        self._patterns.setdefault("Subject", Pattern(("Sujet",)))

    def _read(self, text: str, line: int, part: str) -> Pattern:
        constants, slots, rest = [], [], 0
        for match in _EXPRESSION.finditer(text):
            constants.append(text[rest : match.start()])
            at = line + text.count("\n", 0, match.start())
            expression = Expression(match.group(), frozenset({match[1]}), at, True)
            slots.append(Slot(len(self._printed)))
            self._printed.append(expression)
            rest = match.end()
        constants.append(text[rest:])
        self.expressions = tuple(self._printed)
        begin = line
        for constant in constants:
            if constant:
                self.constants += (Constant(constant, begin, part),)
            begin += constant.count("\n")
        return Pattern(tuple(constants), tuple(slots))

    def shape(self) -> Shape:
        if not hasattr(self, "_shape"):
            body = self._patterns["body"]
            html = Pattern(body.constants, tuple(Slot(s.value, Place.HTML) for s in body.slots))
            attachments = (self._patterns["Attachment"],) if "Attachment" in self._patterns else ()
            self._shape = Shape(
                "fr",
                tuple(self._printed),
                body,
                self._patterns["Subject"],
                self._mailboxes,
                (),
                body,
                html,
                attachments,
            )
        return self._shape

    def compose(self, recipient: Recipient, values: Mapping[str, str]) -> Message:
        from mailmerge.errors import RenderFailed

        printed = []
        for expression in self._printed:
            (name,) = expression.fields
            if name not in values:
                raise RenderFailed(f"{name} is undefined", line=expression.line, expression=expression.source)
            printed.append(values[name])
        blanks = tuple(e for e, v in zip(self._printed, printed, strict=True) if not v.strip())
        shape = self.shape()
        files = []
        for pattern in shape.attachments:
            name = pattern.fill(printed)
            path = self.path.parent / name
            problem = "" if path.is_file() else "it is missing"
            content = path.read_bytes() if not problem else b""
            files.append(Attachment(path, path.name, "application/pdf", content, problem=problem))
        return Message(recipient, shape, tuple(printed), blanks, tuple(files))


def inspection_of(
    table: RecordTable | Sequence[Sequence[str]] = PEOPLE,
    letter: str | FakeLetter = LETTER,
    *,
    settings: LintSettings = NO_SETTINGS,
    sender: Mailbox | None = SENDER,
    **changes: object,
) -> Inspection:
    if not isinstance(table, RecordTable):
        table = table_of(table)
    if isinstance(letter, str):
        letter = FakeLetter(letter)
    inspection = Inspection(
        table=table,
        recipients=recipients_of(table),
        letters=[letter],  # type: ignore[list-item]
        compose=lambda recipient: letter.compose(recipient, table.values(recipient.record)),
        letter_of=lambda recipient: letter,  # type: ignore[return-value,arg-type]
        settings=settings,
        sender=sender,
        folder=letter.path.parent,
    )
    return replace(inspection, **changes)  # type: ignore[arg-type]


def report_of(*args: object, **options: object) -> Report:
    return check(inspection_of(*args, **options))  # type: ignore[arg-type]


def codes(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]
