"""ATT506: No table and no mailbox travels."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, letter_of, table_of
from lint_files import pdf, workbook
from rule_cases import Case, attached, case, cases_of, expect, found, recipients_file_attached

from mailmerge.lint import Inspection


def tables(count: int) -> Case:
    """A table for each of some people, a text for the others."""
    rows = [(*row, f"t{n}.csv" if n < count else f"t{n}.txt") for n, row in enumerate(PEOPLE)]
    return lambda: _with_files(rows)


def one_table() -> Case:
    """One table, whose name is in a cell of each person."""
    return lambda: _with_files([(*row, "t.csv") for row in PEOPLE])


def _with_files(rows: Sequence[Sequence[str]]) -> Inspection:
    made = letter_of("Attachment: {{ piece }}\n" + LETTER)
    for row in rows:
        (made.path.parent / row[-1]).write_text(f"{row[1]} {row[2]}")
    return inspection_of(table_of(rows, (*HEADERS, "Pièce")), made)


FAILS = {
    "a list of five people and one of the sender's house": case(
        attached("a.txt", b"\n".join([b"Nom, moi@exemple.test", *(b"Nom, a%d@autre.example" % n for n in range(5))])),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.txt",
            fingerprint="c8ebbc1da9bf02cf",
            says="6 people would get a data file: a.txt (lines 2, 3, 4, 5, 6 and 1 more)",
            fix="Remove the Attachment line from lettre.md; send documents as PDF.",
        ),
    ),
    "a table": case(
        attached("liste.csv", b"nom;email\n"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="liste.csv",
            fingerprint="7193269eb98e4f39",
            says="6 people would get a data file: liste.csv (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a workbook": case(
        attached("liste.xlsx", workbook()),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="liste.xlsx",
            fingerprint="6c4a82e527c19bfd",
            says="6 people would get a data file: liste.xlsx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a mail": case(
        attached("a.eml", b"Subject: x\n\nx"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.eml",
            fingerprint="ee492418111152f3",
            says="6 people would get a data file: a.eml (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a workbook in capitals": case(
        attached("LISTE.XLSX", workbook()),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="LISTE.XLSX",
            fingerprint="1aa6f4491aa9359f",
            says="6 people would get a data file: LISTE.XLSX (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a table that is missing": case(
        attached("liste.ods", b""),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="liste.ods",
            fingerprint="bd9a0d018d11ba15",
            says="6 people would get a data file: liste.ods (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a table for each of three people": case(
        tables(3),
        expect(
            record=1,
            line=2,
            excerpt="t0.csv",
            fingerprint="0b0be8ad15ec9038",
            says="Inès Petit (line 2) would get a data file: t0.csv",
        ),
        expect(
            record=2,
            line=3,
            excerpt="t1.csv",
            fingerprint="1c3b823c278ff85b",
            says="Jean Dupont (line 3) would get a data file: t1.csv",
        ),
        expect(
            record=3,
            line=4,
            excerpt="t2.csv",
            fingerprint="13bca8136896cf0e",
            says="Zoé Lefèvre (line 4) would get a data file: t2.csv",
        ),
    ),
    "a table for each of six people": case(
        tables(6),
        expect(
            record=1,
            line=2,
            excerpt="t0.csv",
            fingerprint="0b0be8ad15ec9038",
            says="Inès Petit (line 2) would get a data file: t0.csv",
        ),
        expect(
            record=2,
            line=3,
            excerpt="t1.csv",
            fingerprint="1c3b823c278ff85b",
            says="Jean Dupont (line 3) would get a data file: t1.csv",
        ),
        expect(
            record=3,
            line=4,
            excerpt="t2.csv",
            fingerprint="13bca8136896cf0e",
            says="Zoé Lefèvre (line 4) would get a data file: t2.csv",
        ),
        expect(
            record=4,
            line=5,
            excerpt="t3.csv",
            fingerprint="2288f314335a749b",
            says="Paul Nguyen (line 5) would get a data file: t3.csv",
        ),
        expect(
            record=5,
            line=6,
            excerpt="t4.csv",
            fingerprint="07cae942994973b4",
            says="Aïcha Benali (line 6) would get a data file: t4.csv",
        ),
        expect(
            record=6,
            line=7,
            excerpt="t5.csv",
            fingerprint="f6a8dad8785a1629",
            says="Luc Saint-Martin (line 7) would get a data file: t5.csv",
        ),
    ),
    "a table whose name a field gives": case(
        one_table(),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="t.csv",
            fingerprint="f996831a832f5344",
            says="6 people would get a data file: t.csv (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "the recipients file itself": case(
        lambda: recipients_file_attached(),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="candidats.txt",
            fingerprint="bab8306befc52e28",
            says="6 people would get the table of all recipients: candidats.txt (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "the recipients file itself, by a field": case(
        lambda: recipients_file_attached("{{ 'candidats' }}.txt"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="candidats.txt",
            fingerprint="bab8306befc52e28",
            says="6 people would get the table of all recipients: candidats.txt (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "the recipients file itself, by a link to its folder": case(
        lambda: recipients_file_attached(linked=True),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="candidats.txt",
            fingerprint="bab8306befc52e28",
            says="6 people would get the table of all recipients: candidats.txt (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a list of people in a text": case(
        attached("a.txt", "\n".join(f"Nom{n};p{n}@autre.example;x" for n in range(6)).encode()),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.txt",
            fingerprint="c8ebbc1da9bf02cf",
            says="6 people would get a data file: a.txt (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a list of people in a PDF": case(
        attached("a.pdf", pdf("\n".join(f"Nom{n}, p{n}@autre.example" for n in range(6)))),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.pdf",
            fingerprint="9aff6fcb22d9a8c3",
            says="6 people would get a data file: a.pdf (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
}
PASSES = {
    "a document": attached("livret.pdf", pdf()),
    "a name that only ends like one": attached("listecsv", b"a"),
    "a name with one inside": attached("liste.csv.pdf", pdf()),
    "a list of four people and one of the sender's house": attached(
        "a.txt", b"\n".join([b"Nom, moi@exemple.test", *(b"Nom, a%d@autre.example" % n for n in range(4))])
    ),
    "a few addresses": attached("a.txt", b"\n".join(b"voir, a%d@autre.example" % n for n in range(4))),
    "addresses in sentences": attached(
        "a.txt", b"\n".join(b"Bonjour,\nsuite %d\ncontact, a%d@autre.example" % (n, n) for n in range(9))
    ),
    "a list of the sender's own house": attached("a.txt", b"\n".join(b"Nom, a%d@exemple.test" % n for n in range(9))),
    "a list of services": attached(
        "a.txt",
        b"\n".join(
            b"Service, %s@autre.example" % role for role in (b"rh", b"info", b"paie", b"sav", b"dpo", b"presse")
        ),
    ),
}

test_fails, test_passes = cases_of("ATT506", FAILS, PASSES)


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("a table", "Remove the Attachment line from lettre.md; send documents as PDF."),
        ("a table for each of three people", 'Correct "Pièce"; send documents as PDF.'),
        ("the recipients file itself", "Remove the Attachment line from lettre.md."),
        ("the recipients file itself, by a field", "Remove the Attachment line from lettre.md."),
    ],
)
def test_the_remedy_belongs_to_the_place(name: str, fix: str) -> None:
    assert found(FAILS[name][0](), "ATT506")[0].fix == fix


@pytest.mark.parametrize("suffix", ["fods", "sxc", "ots", "xltx", "dbf", "slk", "dif", "jsonl", "ndjson"])
def test_a_table_of_a_further_format_is_a_data_file(suffix: str) -> None:
    assert len(found(attached(f"list.{suffix}", b"nothing\n")(), "ATT506")) == 1
