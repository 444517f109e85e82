"""LST115: only real people."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import Record, Severity
from mailmerge.records.lines.foot_lines import Line, lines_that_are_no_people
from mailmerge.text.folding import fold

_TEST_NAMES = words(
    "test tests tester testeur essai toto tata titi tutu foo bar baz xxx yyy zzz aaa azerty qwerty demo"
)
_TEST_DOMAINS = words("example.com example.org example.net test.com test.fr mailinator.com yopmail.com yopmail.fr")
_EXAMPLE = words("exemple exemples example beispiel ejemplo esempio exemplo voorbeeld przyklad exempel eksempel")
_PARTS = words(
    "prenom nom votre firstname lastname first last name surname your vorname nachname ihr nombre apellido apellidos"
    " nome cognome sobrenome apelido voornaam achternaam imie nazwisko"
)
_EXAMPLE_DOMAINS = words("example.com example.org example.net exemple.fr exemple.com")


DOC = RuleDoc(
    title=N_("Only real people."),
    what=N_(
        "A row named test, foo or xxx that also has a test address, a row whose address is an example, such as"
        " firstname.lastname@, or a row that repeats the headers. Totals and notes are left out when the table is read;"
        " a line that may be one of them, or a person, blocks the send."
    ),
    why=N_("The number that a person confirms must be the number of people."),
    bad=N_("toto;test;test@exemple.test"),
    good=N_("Jean Test with an address of his own"),
    fix=N_("Delete the row, or exclude it."),
)
_DELETE = N_("Delete the row, or exclude it.")
HEADERS = Sentence(
    "lst115.headers",
    one=N_("{person}: this row repeats the headers"),
    fix=_DELETE,
    many=N_("{count} rows repeat the headers ({lines})"),
)
TEST = Sentence(
    "lst115.test",
    one=N_("{person} looks like a test row"),
    fix=_DELETE,
    many=N_("{count} rows look like test rows ({lines})"),
)


_DELETE_LINE = N_("Delete this line from the table.")
TOTAL = Sentence(
    "lst115.total",
    one=N_("{person}: this line looks like a total, not a person"),
    fix=_DELETE_LINE,
    many=N_("{count} lines look like totals, not people ({lines})"),
)
NOTE = Sentence(
    "lst115.note",
    one=N_("{person}: this line looks like a note or a signature below the table, not a person"),
    fix=_DELETE_LINE,
    many=N_("{count} lines look like notes or signatures below the table, not people ({lines})"),
)


@rule("LST115", "test-row", Severity.WARN, Suppression.WAIVER, Scope.TABLE, DOC)
def test_row(inspection: Inspection) -> Iterator[RawFinding]:
    """Only real people."""
    yield from _other_lines(inspection)
    headers = [fold(field.header) for field in inspection.table.fields]
    columns = inspection.table.columns
    folded = lru_cache(4096)(fold)  # most columns have few values
    for record in inspection.records:
        says: Sentence | None = None
        repeated = sum(
            1 for header, value in zip(headers, record.values, strict=True) if header and header == folded(value)
        )
        if repeated >= 2 and repeated * 2 >= len(headers):
            says = HEADERS
        elif _is_test(inspection, record, columns.email):
            says = TEST
        if says:
            yield RawFinding(
                says=says,
                values={"person": inspection.person(record)},
                evidence=record.values,
                record=record,
                field=columns.email,
                cause=says.id,
            )


def _other_lines(inspection: Inspection) -> Iterator[RawFinding]:
    """Lines that are no people at all; whatever else is wrong in them comes from that."""
    for record, line in lines_that_are_no_people(inspection.table):
        if record.number in inspection.recipient_numbers:
            says = TOTAL if line is Line.TOTAL else NOTE
            yield RawFinding(
                says=says,
                values={"person": inspection.person(record)},
                evidence=(line, *record.values),
                record=record,
                severity=Severity.BLOCK,
                cause=says.id,
                whole_row=True,
            )


def _is_test(inspection: Inspection, record: Record, email: str) -> bool:
    columns = inspection.table.columns
    names = {word for column in columns.names for word in fold(inspection.table.value(record, column)).split()}
    local, _, domain = inspection.table.value(record, email).casefold().rpartition("@")
    address = set(fold(local).rstrip("0123456789").split())
    if (address and address <= _EXAMPLE) or (len(address) > 1 and address <= _PARTS) or domain in _EXAMPLE_DOMAINS:
        return True
    return bool(names & _TEST_NAMES) and ((bool(address) and address <= _TEST_NAMES) or domain in _TEST_DOMAINS)
