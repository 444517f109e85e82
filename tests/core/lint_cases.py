"""Small campaigns for the linter's tests: a table given as rows, a letter given as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from mailmerge.letter import Letter, read_letter
from mailmerge.lint import Inspection, LintSettings, Report, check
from mailmerge.lint.engine.catalogue import load
from mailmerge.lint.rule import CHECKS
from mailmerge.model import Columns, Defect, Dialect, Field, Recipient, Record, RecordTable
from mailmerge.text.addresses import AddressInvalid, Mailbox, parse_address
from mailmerge.text.folding import identifier

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
REMARKS = (
    "Excellente présentation, motivée et disponible dès lundi",
    "Un peu juste techniquement, à revoir au printemps prochain",
    "Très bonne maîtrise des outils de gestion courants",
    "Bon niveau, mais trop cher pour nous actuellement",
    "Parle quatre langues et cherche un poste à Lyon",
    "Vient de la concurrence, attend une réponse rapide",
)
"""What somebody wrote about each of them."""
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
            title="civilite" if "civilite" in known else "",
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


_SCRATCH = TemporaryDirectory()
_counter = count()
_READ: dict[tuple[str, str], Letter] = {}


def letter_of(text: str = LETTER, folder: Path | None = None, name: str = "lettre.md") -> Letter:
    """A letter, read from a file in a folder of its own where none is given.

    The same text is read once, but for one with files: a letter remembers which of them are there.
    """
    known = _READ.get((text, name))
    if folder is None and known is not None and [*known.path.parent.iterdir()] == [known.path]:
        return known
    letter = _read(text, folder or Path(_SCRATCH.name) / str(next(_counter)), name)
    if folder is None and "Attachment" not in text and "![" not in text:
        _READ[text, name] = letter
    return letter


def _read(text: str, folder: Path, name: str) -> Letter:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_letter(path)


Arrangement = Callable[[RecordTable, Letter], tuple[RecordTable, Letter]]
_arrangements: list[Arrangement] = []


@contextmanager
def arranged(change: Arrangement) -> Iterator[None]:
    """Within it every campaign is made of another table and letter that mean the same."""
    _arrangements.append(change)
    try:
        yield
    finally:
        _arrangements.remove(change)


def inspection_of(
    table: RecordTable | Sequence[Sequence[str]] = PEOPLE,
    letter: str | Letter = LETTER,
    *,
    settings: LintSettings = NO_SETTINGS,
    sender: Mailbox | None = SENDER,
    **changes: object,
) -> Inspection:
    if not isinstance(table, RecordTable):
        table = table_of(table)
    if isinstance(letter, str):
        letter = letter_of(letter)
    for change in _arrangements:
        table, letter = change(table, letter)
    inspection = Inspection(
        table=table,
        recipients=recipients_of(table),
        letters=[letter],
        compose=lambda recipient: letter.compose(recipient, table.values(recipient.record)),
        letter_of=lambda recipient: letter,
        settings=settings,
        sender=sender,
        folder=letter.path.parent,
    )
    return replace(inspection, **changes)  # type: ignore[arg-type]


@contextmanager
def only_rule(code: str) -> Iterator[None]:
    """Within it a check asks one rule alone: a tenth of the work, for tables of hundreds of campaigns.

    What a report makes of the findings of several rules is another matter, which the cases of each rule show.
    """
    load()
    every = list(CHECKS)
    CHECKS[:] = [each for each in every if each.rule.code == code]
    assert CHECKS, f"no check is {code}'s"
    try:
        yield
    finally:
        CHECKS[:] = every


def report_of(*args: object, **options: object) -> Report:
    return check(inspection_of(*args, **options))  # type: ignore[arg-type]


def stopped(report: Report) -> set[int]:
    """The records whose message must not leave."""
    return {number for number in range(1, report.records + 1) if report.blocking_rules(number)}


def codes(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]
