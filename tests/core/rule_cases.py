"""What the tests of rules are made of: small campaigns with one thing wrong, and what a rule must say of it."""

from __future__ import annotations

import base64
import importlib.util
import random
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, changed, inspection_of, letter_of, only_rule, table_of
from lint_files import pdf
from msgspec import Struct
from msgspec.structs import replace
from shown_texts import assert_shown_short

import mailmerge.lint
from mailmerge.errors import RenderFailed
from mailmerge.lint import (
    Exclusion,
    Finding,
    Inspection,
    LintSettings,
    Report,
    Rule,
    check,
    rule_named,
)
from mailmerge.lint.sentence import Lines, Sentence, advice, said
from mailmerge.model import Defect, DefectKind, Message, Recipient, RecordTable, Severity
from mailmerge.text.folding import fold, identifier

Case = Callable[[], Inspection]

GREETING = "Bonjour {{ civilite }} {{ nom }},"
MANY = [
    (
        ("M.", "Mme")[n % 2],
        f"Prénom{chr(97 + n // 26)}{chr(97 + n % 26)}",
        f"Nom{chr(97 + n % 26)}{chr(97 + n // 26)}ez",
        f"prenom{chr(97 + n // 26)}{chr(97 + n % 26)}.nom{chr(97 + n % 26)}{chr(97 + n // 26)}ez@mail.example",
        "Comptable",
        f"RC-{n:04}",
        f"06 00 00 {n // 100:02} {n % 100:02}",
    )
    for n in range(60)
]


def cell(number: int = 2, rows: Sequence[Sequence[str]] = PEOPLE, **cells: str) -> Case:
    return lambda: inspection_of(changed(number, rows, **cells))


def cells(**changes: tuple[int, str]) -> Case:
    rows: Sequence[Sequence[str]] = PEOPLE
    for name, (number, value) in changes.items():
        rows = changed(number, rows, **{name.rstrip("_"): value})
    return lambda: inspection_of(rows)


def letter(text: str, **options: object) -> Case:
    """The usual letter with a sentence more."""
    return lambda: inspection_of(letter=LETTER + "\n" + text + "\n", **options)  # type: ignore[arg-type]


def header(text: str, **options: object) -> Case:
    return lambda: inspection_of(letter=text + "\n" + LETTER, **options)  # type: ignore[arg-type]


def html(body: str) -> Case:
    text = f"Subject: x\nContent-Type: text/html\n\n<p>{GREETING}</p>{body}"
    return lambda: inspection_of(letter=text)


def column(name: str, values: Sequence[str] | str, text: str = "", **options: object) -> Case:
    """One column more, and a sentence that may use it."""

    def make() -> Inspection:
        given = [values] * len(PEOPLE) if isinstance(values, str) else [*values, *[""] * (len(PEOPLE) - len(values))]
        rows = [(*row, value) for row, value in zip(PEOPLE, given, strict=True)]
        return inspection_of(table_of(rows, (*HEADERS, name)), LETTER + text, **options)  # type: ignore[arg-type]

    return make


HEADER_LENGTHS = {40: "H" * 40, 41: "H" * 39 + "…"}
"""Lengths of a header, and how a sentence shows it."""


def under_header(header: str, value: str) -> Case:
    """One column more, with a text for the second person, which the letter prints."""
    return column(header, ["", value], f"\n{{{{ {identifier(header)}|default('') }}}}\n")


def headed(length: int, value: str) -> Case:
    """One column more that the letter prints, under a header of so many letters, with a text for the second person."""
    return column("H" * length, ["a", value, *"abcd"], f"\n{{{{ {'h' * length} }}}}\n")


SECOND = ("E-mail perso", "Nom de naissance")


def _identities(rows: Sequence[Sequence[str]]) -> RecordTable:
    """The usual people with a second address and a name at birth."""
    births = ("Durand", "Martin", "Leroy", "Moreau", "Fournier", "Girard")
    more = [(*row, f"perso{n}@y.example", birth) for n, (row, birth) in enumerate(zip(rows, births, strict=True), 1)]
    table = table_of(more, (*HEADERS, *SECOND))
    columns = replace(table.columns, other_emails=("e_mail_perso",), other_last_names=("nom_de_naissance",))
    return replace(table, columns=columns)


def second_address(of: int) -> Case:
    """The letter to the first person prints the second address of one of them."""
    return lambda: inspection_of(_identities(changed(1, poste=f"perso{of}@y.example")))


def birth_name(of: int, order: str = "{prenom} {nom}") -> Case:
    """The letter to the first person prints the name at birth of one of them."""
    name = order.format(prenom=("Inès", "Jean")[of - 1], nom=("Durand", "Martin")[of - 1])
    return lambda: inspection_of(_identities(changed(1, poste=f"Juriste, voir {name}")))


def colleague(header: str, allowed: Sequence[str], text: str = "") -> Case:
    """A column that names somebody of the table, and the letter that prints it."""

    def make() -> Inspection:
        people = changed(1, poste="Juriste avec Jean Dupont") if text else PEOPLE
        rows = [(*row, "Jean Dupont") for row in people]
        letter = LETTER.replace("{{ poste }}", "...") + f"\nSuivi par {{{{ {identifier(header)} }}}}.\n" + text
        settings = LintSettings(names_of_others=frozenset(allowed))
        return inspection_of(table_of(rows, (*HEADERS, header)), letter, settings=settings)

    return make


def excluding(records: tuple[int, ...], near: tuple[int, ...] = ()) -> Case:
    settings = LintSettings(exclusions=(Exclusion("a@x.example", "Ana Gil", records, near),))
    return lambda: inspection_of(settings=settings)


def unnamed(cells: Sequence[tuple[str, str]]) -> Case:
    """A table whose columns say nothing, beside addresses that resemble nobody."""
    rows = [(*pair, f"u{number}@mail.example") for number, pair in enumerate(cells)]
    table = table_of(rows, ("A", "B", "Mail"), email="mail", first_name="", last_name="")
    return lambda: inspection_of(table, "Subject: Bonjour\n\nBonjour,\n")


def defect(kind: DefectKind, record: int | None = None, line: int | None = None, **values: str | int) -> Case:
    return lambda: inspection_of(table_of(defects=[Defect(kind, values, line=line, record=record)]))


def uncalculated(field: str) -> Case:
    told = Defect(DefectKind.NEVER_CALCULATED, {"header": field}, field=field)
    return lambda: inspection_of(table_of(defects=[told]))


def unlocalised(field: str, text: str = "") -> Case:
    told = Defect(DefectKind.UNLOCALISED, {"header": field}, field=field)
    return lambda: inspection_of(table_of(defects=[told]), LETTER + text)


def moved(column_index: int, how: Callable[[list[str]], list[str]], rows: Sequence[Sequence[str]] = PEOPLE) -> Case:
    """One column alone sorted or shifted."""
    values = how([row[column_index] for row in rows])
    return lambda: inspection_of(
        [tuple(values[i] if j == column_index else cell for j, cell in enumerate(row)) for i, row in enumerate(rows)]
    )


def composed(change: Callable[[Inspection, Message], Message]) -> Case:
    """Messages that come out wrong, as a fault of the program would make them."""

    def make() -> Inspection:
        inspection = inspection_of()
        return replace(inspection, compose=lambda recipient: change(inspection, inspection.compose(recipient)))

    return make


def attached(name: str, content: bytes, *, head: str = "", others: dict[str, bytes] = {}) -> Case:  # noqa: B006
    """The usual letter with a file; {{ }} in its name makes it each person's."""

    def make() -> Inspection:
        text = f"Attachment: {head or name}\n{LETTER}"
        made = letter_of(text)
        for file, octets in {name: content, **others}.items():
            if octets:
                (made.path.parent / file).write_bytes(octets)
        return inspection_of(letter=made)

    return make


def personal(name: str = "{{ reference }}.pdf", content: Callable[[Sequence[str]], bytes] | None = None) -> Case:
    """A file for each person."""

    def make() -> Inspection:
        made = letter_of(f"Attachment: {name}\n{LETTER}")
        for row in PEOPLE:
            file = name.replace("{{ reference }}", row[5]).replace("{{ nom }}", row[2]).replace("{{ prenom }}", row[1])
            octets = content(row) if content else pdf(f"Attestation de {row[1]} {row[2]}")
            (made.path.parent / file).write_bytes(octets)
        return inspection_of(letter=made)

    return make


def named_files(names: Sequence[str], texts: Sequence[str]) -> Case:
    """A file for each person, named in a column, with these texts."""

    def make() -> Inspection:
        rows = [(*row, name) for row, name in zip(PEOPLE, names, strict=True)]
        made = letter_of("Attachment: {{ piece }}\n" + LETTER)
        for name, text in zip(names, texts, strict=True):
            (made.path.parent / name).write_text(text, encoding="utf-8")
        return inspection_of(table_of(rows, (*HEADERS, "Pièce")), made)

    return make


def theirs(extension: str, content: bytes, *numbers: int) -> Case:
    """A file for each person, of which those of some people are this; the others' are texts."""

    def of(row: Sequence[str]) -> bytes:
        number = next(n for n, each in enumerate(PEOPLE, 1) if each[5] == row[5])
        return content if number in numbers else f"Attestation de {row[1]} {row[2]}".encode()

    return personal("{{ reference }}" + extension, content=of)


def stale(inspection: Inspection, message: Message) -> Message:
    """As a cache would: from the second person on, the first one's name."""
    if message.recipient.record.number == 1:
        return message
    values = tuple("Petit" if value == message.recipient.record.values[2] else value for value in message.values)
    return replace(message, values=values)


def swapped(inspection: Inspection, message: Message) -> Message:
    """For the second person, the third one's message."""
    if message.recipient.record.number != 2:
        return message
    return inspection.compose(inspection.recipients[2])


def failing(error: RenderFailed, *numbers: int) -> Case:
    """For some people, no message can be created."""

    def make() -> Inspection:
        inspection = inspection_of()

        def compose(recipient: Recipient) -> Message:
            if recipient.record.number in numbers:
                raise error
            return inspection.compose(recipient)

        return replace(inspection, compose=compose)

    return make


def with_memory() -> Inspection:
    """Each message holds how many were composed before."""
    inspection = inspection_of(letter=LETTER.replace("{{ reference }}", "{{ reference ~ ' ' }}"))
    composed: list[Recipient] = []

    def compose(recipient: Recipient) -> Message:
        composed.append(recipient)
        message = inspection.compose(recipient)
        return replace(message, values=(f"Comptable {len(composed)}", *message.values[1:]))

    return replace(inspection, compose=compose)


def with_canary() -> Inspection:
    """The first value that was ever printed stays in every message."""
    inspection = inspection_of()
    first: list[str] = []

    def compose(recipient: Recipient) -> Message:
        message = inspection.compose(recipient)
        first.append(message.values[-1])
        return replace(message, values=(*message.values[:-1], first[0]))

    return replace(inspection, compose=compose)


def without(table: RecordTable, *numbers: int) -> Case:
    """The table with some people excluded."""

    def make() -> Inspection:
        whole = inspection_of(table)
        return replace(whole, recipients=[r for r in whole.recipients if r.record.number not in numbers])

    return make


def only(campaign: Case, *numbers: int) -> Case:
    """The same campaign for these people alone."""

    def make() -> Inspection:
        whole = campaign()
        return replace(whole, recipients=[r for r in whole.recipients if r.record.number in numbers])

    return make


def renamed(name: str, header: str, campaign: Case) -> Case:
    """The same campaign, one column of which has another header."""

    def make() -> Inspection:
        whole = campaign()
        fields = tuple(replace(field, header=header) if field.name == name else field for field in whole.table.fields)
        return replace(whole, table=replace(whole.table, fields=fields))

    return make


def headerless(name: str, campaign: Case) -> Case:
    """The same campaign, one column of which has no header."""
    return renamed(name, "", campaign)


def base64_of(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


STYLES: dict[str, Callable[[str, str], str]] = {
    "first.last": lambda first, last: f"{first}.{last}",
    "last-first": lambda first, last: f"{last}-{first}",
    "joined": lambda first, last: f"{first}{last}",
    "initial": lambda first, last: f"{first[0]}{last}",
}
"""How an address is made of a name."""
_FIRST_NAMES = (
    "Anne", "Bruno", "Clara", "Denis", "Elise", "Fabien", "Gilles", "Hanna", "Ivan", "Julie", "Karim", "Lena"
)  # fmt: skip
_LAST = ("Mor", "Bast", "Carp", "Delm", "Forn", "Gaub", "Ham", "Jourd", "Kessl", "Lamb", "Nav", "Ost", "Perr", "Quin")
_ENDS = ("el", "ois", "ault", "ier", "ette", "igny", "ac", "aud", "elle", "ong", "art", "usse")


def named_people(people: int, style: str = "first.last", seed: int = 0) -> list[tuple[str, ...]]:
    """People whose addresses are made of their names; many share a first name, nobody a surname."""
    rng = random.Random(f"{people} {style} {seed}")
    lasts = rng.sample([f"{one}{end}" for one in _LAST for end in _ENDS], people)
    return [
        ("M.", first, last, f"{STYLES[style](first, last).lower()}@mail.example", "Juriste", f"RC-{number:04}", "")
        for number, last in enumerate(lasts, 1)
        if (first := rng.choice(_FIRST_NAMES))
    ]


def who(number: int, rows: Sequence[Sequence[str]] = PEOPLE) -> str:
    """Somebody in a fingerprint."""
    return fold(rows[number - 1][3])


FEEDBACK = [
    f"Nous avons apprécié votre parcours numéro {word}, et surtout votre expérience de la comptabilité générale."
    for word in ("un", "deux", "trois", "quatre", "cinq", "six")
]


def _attachment(name: str, media_type: str = "application/pdf"):  # type: ignore[no-untyped-def]
    from mailmerge.model import Attachment

    return Attachment(Path(name), name, media_type, pdf())


def attached_for_two() -> Inspection:
    made = letter_of("Attachment: {{ reference }}.pdf\n" + LETTER)
    for row in PEOPLE:
        (made.path.parent / f"{row[5]}.pdf").write_bytes(pdf(f"Attestation de {row[2]}"))
    return inspection_of(changed(2, reference="RC-0017"), made)


def unrelated_files() -> Inspection:
    rows = [(*row, f"piece{n}.pdf") for n, row in enumerate(PEOPLE)]
    made = letter_of("Attachment: {{ piece }}\n" + LETTER)
    for row in rows:
        (made.path.parent / row[-1]).write_bytes(pdf("Attestation"))
    return inspection_of(table_of(rows, (*HEADERS, "Piece")), made)


def job_files() -> Inspection:
    made = letter_of("Attachment: {{ poste }}.pdf\n" + LETTER)
    for row in MANY[:6] + list(PEOPLE):
        (made.path.parent / f"{row[4]}.pdf").write_bytes(pdf("Fiche de poste"))
    return inspection_of([*MANY[:6], *PEOPLE], made)


def recipients_file_attached(name: str = "candidats.txt", *, linked: bool = False) -> Inspection:
    made = letter_of(f"Attachment: {name}\n{LETTER}")
    path = made.path.parent / "candidats.txt"
    path.write_text("nom")
    if linked:
        link = made.path.parent.with_name(f"{made.path.parent.name}-link")
        link.symlink_to(made.path.parent)
        path = link / path.name
    return inspection_of(table_of(path=path), made)


def blocking(report: Report, number: int) -> tuple[str, ...]:
    """Which rules stop a record, said without the report's help."""
    stopping = set()
    for finding in report.findings:
        stops = finding.severity is Severity.BLOCK and not finding.waived
        if stops and (finding.affected == () or number in finding.affected):
            stopping.add(finding.rule)
    return tuple(sorted(stopping))


def found(inspection: Inspection, code: str) -> list[Finding]:
    """What one rule says, alone; whom the findings stop is what the report says, too."""
    with only_rule(code):
        return found_among_all(inspection, code)


def found_among_all(inspection: Inspection, code: str) -> list[Finding]:
    """What one rule says where every other one is asked as well."""
    report = check(inspection)
    for number in (recipient.record.number for recipient in inspection.recipients):
        assert report.blocking_rules(number) == blocking(report, number)
    findings = report.findings
    assert [finding.message for finding in findings if finding.rule == "META000"] == []
    return [each for finding in findings for each in (finding, *finding.echoes) if each.rule == code]


_WHERE_NAMED = ("letter", "fix")


class Expected(Struct, frozen=True):
    """What one finding must be; a part that is not named must be absent, and the severity is the rule's."""

    fingerprint: str
    says: str
    record: int | None = None
    line: int | None = None
    field: str | None = None
    severity: Severity | None = None
    letter_line: int | None = None
    affected: tuple[int, ...] | None = None
    count: int = 1
    excerpt: str = ""
    others: tuple[int, ...] | None = None
    """Those of ``affected`` who are not ``record``, where it is not named."""
    column: str = ""
    fields: tuple[str, ...] = ()
    whole_row: bool = False
    files: bool = False
    letter: str | None = None
    """Looked at where it is named, as the next one is."""
    fix: str | None = None

    def of(self, finding: Finding, rule: Rule) -> dict[str, object]:
        """The parts that differ, each as it should be."""
        own = () if self.record is None else (self.record,)
        affected = own if self.affected is None else self.affected
        others = tuple(each for each in affected if each not in own) if own else ()
        wanted = {
            "record": self.record,
            "line": self.line,
            "field": self.field,
            "severity": self.severity or rule.severity,
            "letter_line": self.letter_line,
            "affected": affected,
            "others": others if self.others is None else self.others,
            "column": self.column,
            "fields": self.fields,
            "whole_row": self.whole_row,
            "files": self.files,
            "count": self.count,
            "excerpt": self.excerpt,
            "message": self.says,
            "fingerprint": self.fingerprint,
        }
        wanted |= {name: value for name in _WHERE_NAMED if (value := getattr(self, name)) is not None}
        return {name: value for name, value in wanted.items() if getattr(finding, name) != value}


def expect(**parts: Any) -> Expected:
    """One finding, as :class:`Expected`."""
    return Expected(**parts)


def case(campaign: Case, *expected: Expected) -> tuple[Case, tuple[Expected, ...]]:
    """A campaign with something wrong, and all that the rule must say of it."""
    return campaign, expected


def cases_of(
    code: str, fails: dict[str, tuple[Case, tuple[Expected, ...]]], passes: dict[str, Case]
) -> tuple[Callable[..., None], Callable[..., None]]:
    """The two tests of a rule: it says this, each of its sentences in some case, and it leaves that in peace."""
    rule = rule_named(code)
    told: set[tuple[str, bool]] = set()

    @each_row(("campaign", "expected"), fails.values(), ids=fails.keys())
    def every_case_fails(campaign: Case, expected: tuple[Expected, ...]) -> None:
        findings = found_among_all(campaign(), code)
        assert len(findings) == len(expected), [finding.message for finding in findings]
        for finding, wanted in zip(findings, expected, strict=True):
            differing = wanted.of(finding, rule)
            assert {name: getattr(finding, name) for name in differing} == differing
            assert finding.fix
            assert "\n" not in finding.message
            assert_shown_short(finding)
            assert_every_form_can_be_said(finding)
            told.add((finding.says.id, finding.together))

    def test_fails() -> None:
        told.clear()
        every_case_fails()
        lacking = unsaid(code, told)
        assert not lacking, f"no case of {code} has it say {', '.join(lacking)}"

    @each_row("campaign", passes.values(), ids=passes.keys())
    def test_passes(campaign: Case) -> None:
        assert [finding.message for finding in found_among_all(campaign(), code)] == []

    return test_fails, test_passes


def assert_every_form_can_be_said(finding: Finding) -> None:
    """Whichever form of the sentence the number of people asks for, the values fill its places."""
    values = {"count": 2, "lines": Lines((2, 3), 0), **finding.values}
    assert all(said(finding.says, values, together=together) for together in (False, True))
    assert advice(finding.says, values)


def unsaid(code: str, told: Collection[tuple[str, bool]]) -> list[str]:
    """What a rule can say and none of its cases has it say: a sentence at all, or one for many where it has one."""
    lacking = []
    for sentence in sentences_of(code):
        forms = [together for name, together in told if name == sentence.id]
        if not forms:
            lacking.append(sentence.id)
        elif sentence.many and True not in forms:
            lacking.append(f"{sentence.id} (many)")
    return lacking


def sentences_of(code: str) -> list[Sentence]:
    """Every sentence that begins with the code of a rule."""
    return [sentence for name, sentence in sorted(sentences().items()) if name.startswith(f"{code.lower()}.")]


@cache
def sentences() -> dict[str, Sentence]:
    """Every sentence of the linter, by its name."""
    found: dict[str, Sentence] = {}
    for name, module in list(sys.modules.items()):
        if name.startswith(mailmerge.lint.__name__):
            found |= {each.id: each for each in _sentences_in(list(vars(module).values()))}
    return found


def _sentences_in(value: object) -> Iterator[Sentence]:
    match value:
        case Sentence():
            yield value
        case dict():
            yield from _sentences_in(list(value.values()))
        case tuple() | list() | frozenset():
            for each in value:
                yield from _sentences_in(each)


RULES_FOLDER = Path(__file__).parent / "rules"


def case_files() -> dict[str, ModuleType]:
    """The files of cases, by the code of their rule."""
    files: dict[str, ModuleType] = {}
    for path in sorted(RULES_FOLDER.glob("*/test_*.py")):
        module = sys.modules.get(path.stem) or _loaded(path)  # as it was collected, where it was
        files[path.stem.split("_")[1].upper()] = module
    return files


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"cases_of_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
