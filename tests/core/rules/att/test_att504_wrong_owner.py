"""ATT504: A person's file is that person's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, changed, inspection_of, letter_of, table_of
from lint_files import pdf
from msgspec.structs import replace
from rule_cases import (
    Case,
    attached,
    attached_for_two,
    case,
    cases_of,
    expect,
    found,
    job_files,
    named_files,
    only,
    personal,
    unrelated_files,
)

from mailmerge.lint import Inspection
from mailmerge.model import FileProblem, Message, ProblemKind, Recipient, Severity

OWN = "{{ reference }}.pdf"


def faulty(problem: FileProblem, *numbers: int, name: str = "livret.pdf") -> Case:
    """A file that cannot be sent to some people, or to nobody."""

    def make() -> Inspection:
        inspection = (personal(name) if "{" in name else attached(name, pdf()))()

        def compose(recipient: Recipient) -> Message:
            message = inspection.compose(recipient)
            if numbers and recipient.record.number not in numbers:
                return message
            *others, attachment = message.attachments
            return replace(message, attachments=(*others, replace(attachment, content=b"", problem=problem)))

        return replace(inspection, compose=compose)

    return make


def attached_twice(*names: str) -> Inspection:
    """A file of each person's own, which the letter names several times."""
    made = letter_of("".join(f"Attachment: {name}\n" for name in names) + LETTER)
    for row in PEOPLE:
        (made.path.parent / f"{row[5]}.pdf").write_bytes(pdf(f"Attestation de {row[1]} {row[2]}"))
    return inspection_of(letter=made)


def pieces(*texts: str, names: Sequence[str] = (), **options: Any) -> Case:
    """A file for each person, named by a column, with these texts."""

    def make() -> Inspection:
        files = names or [f"piece{n}.txt" for n in range(len(texts))]
        rows = [(*row, file) for row, file in zip(PEOPLE, files, strict=False)]
        made = letter_of("Attachment: {{ piece }}\n" + LETTER)
        for file, text in zip(files, texts, strict=True):
            (made.path.parent / file).write_text(text, encoding="utf-8")
        return inspection_of(table_of(rows, (*HEADERS, "Pièce"), **options), made)

    return make


def short_names() -> Case:
    """The first person's surname has two letters, which any text may have."""

    def make() -> Inspection:
        rows = [(*PEOPLE[0][:2], "Li", *PEOPLE[0][3:]), *PEOPLE[1:]]
        made = letter_of("Attachment: {{ reference }}\n" + LETTER)
        rows = [(*row[:5], f"f{n}.txt", row[6]) for n, row in enumerate(rows)]
        for n, row in enumerate(rows):
            text = "Li" if n == 0 else row[2]
            (made.path.parent / row[5]).write_text(text, encoding="utf-8")
        return inspection_of(table_of(rows), made)

    return make


def whole_names() -> Inspection:
    """One column holds first and last name, and only that name is in the files."""
    rows = [(f"{row[1]} {row[2]}", row[3], f"f{n}.txt") for n, row in enumerate(PEOPLE)]
    made = letter_of("Subject: Bonjour\nAttachment: {{ piece }}\n\nBonjour {{ nom_complet }},\n")
    for row in rows:
        (made.path.parent / row[2]).write_text(row[0].split()[-1], encoding="utf-8")
    headers = ("Nom complet", "Adresse e-mail", "Pièce")
    return inspection_of(table_of(rows, headers, full_name="nom_complet"), made)


NAMES = [f"piece-{letter}.txt" for letter in "abcdef"]
TEXTS = [f"Attestation de {row[1]} {row[2]}" for row in PEOPLE]
SALARIES = (31250, 42780, 28940, 55310, 37620, 61050)


def paid(*salaries: int) -> Case:
    """A file for each person with a salary of the table in it."""

    def make() -> Inspection:
        made = letter_of("Attachment: {{ reference }}.txt\n" + LETTER)
        for row, salary in zip(PEOPLE, salaries, strict=True):
            text = f"Bulletin de {row[1]} {row[2]}, {salary // 1000} {salary % 1000:03} euros"
            (made.path.parent / f"{row[5]}.txt").write_text(text, encoding="utf-8")
        rows = [(*row, str(salary)) for row, salary in zip(PEOPLE, SALARIES, strict=True)]
        return inspection_of(table_of(rows, (*HEADERS, "Salaire brut")), made)

    return make


FAILS = {
    "three files with the next one's salary": case(
        only(paid(42780, 28940, 55310, 37620, 61050, 31250), 1, 2, 3),
        expect(
            record=1,
            line=2,
            others=(2,),
            excerpt="42 780",
            fingerprint="5ce87e42f1d4b02d",
            says='Inès Petit (line 2): the attachment RC-0017.txt contains the "Salaire brut" of Jean Dupont (line 3), 42 780, and not this person\'s own',
            fix="Open the file and check who it is for.",
        ),
        expect(
            record=2,
            line=3,
            others=(3,),
            excerpt="28 940",
            fingerprint="30e18e41709c097b",
            says='Jean Dupont (line 3): the attachment RC-0018.txt contains the "Salaire brut" of Zoé Lefèvre (line 4), 28 940, and not this person\'s own',
            fix="Open the file and check who it is for.",
        ),
        expect(
            record=3,
            line=4,
            others=(4,),
            excerpt="55 310",
            fingerprint="dee6cce3432f8056",
            says='Zoé Lefèvre (line 4): the attachment RC-0019.txt contains the "Salaire brut" of Paul Nguyen (line 5), 55 310, and not this person\'s own',
            fix="Open the file and check who it is for.",
        ),
    ),
    "one person's file with another's salary": case(
        paid(31250, 42780, 42780, 55310, 37620, 61050),
        expect(
            record=3,
            line=4,
            others=(2,),
            excerpt="42 780",
            fingerprint="dee6cce3432f8056",
            says='Zoé Lefèvre (line 4): the attachment RC-0019.txt contains the "Salaire brut" of Jean Dupont (line 3), 42 780, and not this person\'s own',
            fix="Open the file and check who it is for.",
        ),
    ),
    "everybody's file with the next one's salary": case(
        paid(42780, 28940, 55310, 37620, 61050, 31250),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            others=(2, 3, 4, 5, 6, 1),
            count=6,
            excerpt="42 780",
            fingerprint="6919e36faa056eaa",
            says='6 people would get an attachment with somebody else\'s "Salaire brut", such as RC-0017.txt (lines 2, 3, 4, 5, 6 and 1 more)',
            fix="Open the file and check who it is for.",
        ),
    ),
    "empty, for everybody": case(
        faulty(FileProblem(ProblemKind.EMPTY)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="ebd462ecb2f5335b",
            says="the attachment livret.pdf is empty; 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "empty, for one person, of a file for everybody": case(
        faulty(FileProblem(ProblemKind.EMPTY), 2),
        expect(
            affected=(2,),
            excerpt="livret.pdf",
            fingerprint="ebd462ecb2f5335b",
            says="Jean Dupont (line 3): the attachment livret.pdf is empty",
        ),
    ),
    "empty, for four people": case(
        faulty(FileProblem(ProblemKind.EMPTY), 2, 3, 4, 5, name=OWN),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="RC-0018.pdf",
            fingerprint="f1bd007501fd16d1",
            says="4 people would get an empty attachment, such as RC-0018.pdf (lines 3, 4, 5, 6)",
        ),
    ),
    "empty, for one person": case(
        faulty(FileProblem(ProblemKind.EMPTY), 2, name=OWN),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="21cace91242daa67",
            says="Jean Dupont (line 3): the attachment RC-0018.pdf is empty",
        ),
    ),
    "encoded word, for everybody": case(
        faulty(FileProblem(ProblemKind.ENCODED_WORD)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="0ef0390ced1e6d4c",
            says='the name of the attachment livret.pdf contains "=?", which mail programs misread; 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more',
        ),
    ),
    "encoded word, for one person, of a file for everybody": case(
        faulty(FileProblem(ProblemKind.ENCODED_WORD), 2),
        expect(
            affected=(2,),
            excerpt="livret.pdf",
            fingerprint="0ef0390ced1e6d4c",
            says='Jean Dupont (line 3): the name of the attachment livret.pdf contains "=?", which mail programs misread',
        ),
    ),
    "encoded word, for four people": case(
        faulty(FileProblem(ProblemKind.ENCODED_WORD), 2, 3, 4, 5, name=OWN),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="RC-0018.pdf",
            fingerprint="8d958dfe84df9d78",
            says='4 people would not get their attachment: its name, such as RC-0018.pdf, contains "=?", which mail programs misread (lines 3, 4, 5, 6)',
        ),
    ),
    "encoded word, for one person": case(
        faulty(FileProblem(ProblemKind.ENCODED_WORD), 2, name=OWN),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="4174ffdd159e2944",
            says='Jean Dupont (line 3): the name of the attachment RC-0018.pdf contains "=?", which mail programs misread',
        ),
    ),
    "link, for everybody": case(
        faulty(FileProblem(ProblemKind.LINK)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="742cb2f014d06863",
            says="the attachment livret.pdf is a symbolic link, or in a folder that is one; 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "link, for one person, of a file for everybody": case(
        faulty(FileProblem(ProblemKind.LINK), 2),
        expect(
            affected=(2,),
            excerpt="livret.pdf",
            fingerprint="742cb2f014d06863",
            says="Jean Dupont (line 3): the attachment livret.pdf is a symbolic link, or in a folder that is one",
        ),
    ),
    "link, for four people": case(
        faulty(FileProblem(ProblemKind.LINK), 2, 3, 4, 5, name=OWN),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="RC-0018.pdf",
            fingerprint="c729ebc874d63775",
            says="4 people would not get their attachment, such as RC-0018.pdf: it is a symbolic link, or in a folder that is one (lines 3, 4, 5, 6)",
        ),
    ),
    "link, for one person": case(
        faulty(FileProblem(ProblemKind.LINK), 2, name=OWN),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="1c14e0564155f706",
            says="Jean Dupont (line 3): the attachment RC-0018.pdf is a symbolic link, or in a folder that is one",
        ),
    ),
    "missing, for everybody": case(
        faulty(FileProblem(ProblemKind.MISSING)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="5557d6b36e786be2",
            says="the attachment livret.pdf is missing; 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "missing, for one person, of a file for everybody": case(
        faulty(FileProblem(ProblemKind.MISSING), 2),
        expect(
            affected=(2,),
            excerpt="livret.pdf",
            fingerprint="5557d6b36e786be2",
            says="Jean Dupont (line 3): the attachment livret.pdf is missing",
        ),
    ),
    "missing, for four people": case(
        faulty(FileProblem(ProblemKind.MISSING), 2, 3, 4, 5, name=OWN),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="RC-0018.pdf",
            fingerprint="85cf25b928ad9ad2",
            says="4 people would not get their attachment, such as RC-0018.pdf: it is missing (lines 3, 4, 5, 6)",
        ),
    ),
    "missing, for one person": case(
        faulty(FileProblem(ProblemKind.MISSING), 2, name=OWN),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="b6fefffdaa322af6",
            says="Jean Dupont (line 3): the attachment RC-0018.pdf is missing",
        ),
    ),
    "not a file, for everybody": case(
        faulty(FileProblem(ProblemKind.NOT_A_FILE)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="3363b1ae642edbea",
            says="the attachment livret.pdf is not a file; 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "not a file, for one person, of a file for everybody": case(
        faulty(FileProblem(ProblemKind.NOT_A_FILE), 2),
        expect(
            affected=(2,),
            excerpt="livret.pdf",
            fingerprint="3363b1ae642edbea",
            says="Jean Dupont (line 3): the attachment livret.pdf is not a file",
        ),
    ),
    "not a file, for four people": case(
        faulty(FileProblem(ProblemKind.NOT_A_FILE), 2, 3, 4, 5, name=OWN),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="RC-0018.pdf",
            fingerprint="ea7956fb38d6fad6",
            says="4 people would not get their attachment, such as RC-0018.pdf: it is not a file (lines 3, 4, 5, 6)",
        ),
    ),
    "not a file, for one person": case(
        faulty(FileProblem(ProblemKind.NOT_A_FILE), 2, name=OWN),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="2748d385a4a1d6ae",
            says="Jean Dupont (line 3): the attachment RC-0018.pdf is not a file",
        ),
    ),
    "outside, for everybody": case(
        faulty(FileProblem(ProblemKind.OUTSIDE)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="993fb102f6bfd4e1",
            says="the attachment livret.pdf is outside the letter's folder; 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "outside, for one person, of a file for everybody": case(
        faulty(FileProblem(ProblemKind.OUTSIDE), 2),
        expect(
            affected=(2,),
            excerpt="livret.pdf",
            fingerprint="993fb102f6bfd4e1",
            says="Jean Dupont (line 3): the attachment livret.pdf is outside the letter's folder",
        ),
    ),
    "outside, for four people": case(
        faulty(FileProblem(ProblemKind.OUTSIDE), 2, 3, 4, 5, name=OWN),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="RC-0018.pdf",
            fingerprint="25b750d4a57c1373",
            says="4 people would not get their attachment, such as RC-0018.pdf: it is outside the letter's folder (lines 3, 4, 5, 6)",
        ),
    ),
    "outside, for one person": case(
        faulty(FileProblem(ProblemKind.OUTSIDE), 2, name=OWN),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="b8e1f5a7837377a8",
            says="Jean Dupont (line 3): the attachment RC-0018.pdf is outside the letter's folder",
        ),
    ),
    "too large, for everybody": case(
        faulty(FileProblem(ProblemKind.TOO_LARGE, limit=25)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="748ea841b2ac0678",
            says="the attachment livret.pdf is larger than 25 MB; 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "too large, for one person, of a file for everybody": case(
        faulty(FileProblem(ProblemKind.TOO_LARGE, limit=25), 2),
        expect(
            affected=(2,),
            excerpt="livret.pdf",
            fingerprint="748ea841b2ac0678",
            says="Jean Dupont (line 3): the attachment livret.pdf is larger than 25 MB",
        ),
    ),
    "too large, for four people": case(
        faulty(FileProblem(ProblemKind.TOO_LARGE, limit=25), 2, 3, 4, 5, name=OWN),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="RC-0018.pdf",
            fingerprint="3ca1bd36ca8d0535",
            says="4 people would not get their attachment, such as RC-0018.pdf: it is larger than 25 MB (lines 3, 4, 5, 6)",
        ),
    ),
    "too large, for one person": case(
        faulty(FileProblem(ProblemKind.TOO_LARGE, limit=25), 2, name=OWN),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="9cf2baa1eef7eaba",
            says="Jean Dupont (line 3): the attachment RC-0018.pdf is larger than 25 MB",
        ),
    ),
    "unreadable, for everybody": case(
        faulty(FileProblem(ProblemKind.UNREADABLE, reason="permission {denied}\x1b")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="f89595bbdcdccc90",
            says="the attachment livret.pdf cannot be read (permission {denied}␛); 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "unreadable, for one person, of a file for everybody": case(
        faulty(FileProblem(ProblemKind.UNREADABLE, reason="permission {denied}\x1b"), 2),
        expect(
            affected=(2,),
            excerpt="livret.pdf",
            fingerprint="f89595bbdcdccc90",
            says="Jean Dupont (line 3): the attachment livret.pdf cannot be read (permission {denied}␛)",
        ),
    ),
    "unreadable, for four people": case(
        faulty(FileProblem(ProblemKind.UNREADABLE, reason="permission {denied}\x1b"), 2, 3, 4, 5, name=OWN),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="RC-0018.pdf",
            fingerprint="f4358efbbdcfa21e",
            says="4 people would not get their attachment, such as RC-0018.pdf: it cannot be read (permission {denied}␛) (lines 3, 4, 5, 6)",
        ),
    ),
    "unreadable, for one person": case(
        faulty(FileProblem(ProblemKind.UNREADABLE, reason="permission {denied}\x1b"), 2, name=OWN),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="d956c086cf98e2d1",
            says="Jean Dupont (line 3): the attachment RC-0018.pdf cannot be read (permission {denied}␛)",
        ),
    ),
    "leads out, for four people": case(
        faulty(FileProblem(ProblemKind.LEADS_OUT), 2, 3, 4, 5, name=OWN),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="RC-0018.pdf",
            fingerprint="295a67ad7942918c",
            says="4 people would not get their attachment: its name, such as RC-0018.pdf, could lead out of the letter's folder (lines 3, 4, 5, 6)",
        ),
    ),
    "leads out, for one person": case(
        faulty(FileProblem(ProblemKind.LEADS_OUT), 2, name=OWN),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="d22f3dd0a87ab6ab",
            says="Jean Dupont (line 3): the name of the attachment RC-0018.pdf could lead out of the letter's folder",
        ),
    ),
    "leads out of a folder, for four people": case(
        faulty(FileProblem(ProblemKind.LEADS_OUT, folder="pieces{}"), 2, 3, 4, 5, name=OWN),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="RC-0018.pdf",
            fingerprint="338ab593d042d255",
            says="4 people would not get their attachment: its name, such as RC-0018.pdf, could lead out of the folder pieces{} (lines 3, 4, 5, 6)",
        ),
    ),
    "leads out of a folder, for one person": case(
        faulty(FileProblem(ProblemKind.LEADS_OUT, folder="pieces{}"), 2, name=OWN),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="f40449f66273fd7c",
            says="Jean Dupont (line 3): the name of the attachment RC-0018.pdf could lead out of the folder pieces{}",
        ),
    ),
    "missing": case(
        attached("livret.pdf", b""),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="5557d6b36e786be2",
            says="the attachment livret.pdf is missing; 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "outside the folder": case(
        attached("x", b"", head="../livret.pdf"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="111079992577df01",
            says="the attachment livret.pdf is outside the letter's folder; 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "a name with two fields": case(
        faulty(FileProblem(ProblemKind.MISSING), 2, name="{{ nom ~ reference }}.pdf"),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="PetitRC-0017.pdf",
            fingerprint="85cf25b928ad9ad2",
            says="6 people would not get their attachment, such as PetitRC-0017.pdf: it is missing (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one file for two": case(
        lambda: attached_for_two(),
        expect(
            record=2,
            line=3,
            affected=(1, 2),
            excerpt="RC-0017.pdf",
            fingerprint="41c34d4891024b6c",
            says="Inès Petit (line 2) and Jean Dupont (line 3) would get the same personal file RC-0017.pdf",
        ),
    ),
    "a reason of 120 characters": case(
        faulty(FileProblem(ProblemKind.UNREADABLE, reason="x" * 120)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="f89595bbdcdccc90",
            says="the attachment livret.pdf cannot be read (xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx); 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "a reason of 121 characters": case(
        faulty(FileProblem(ProblemKind.UNREADABLE, reason="x" * 121)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="f89595bbdcdccc90",
            says="the attachment livret.pdf cannot be read (xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…); 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "a surname of two letters": case(
        short_names(),
        expect(
            record=1,
            line=2,
            severity=Severity.WARN,
            excerpt="f0.txt",
            fingerprint="082627c8a0cdb316",
            says="Inès Li (line 2): the attachment f0.txt does not mention this person",
        ),
    ),
    "nothing of theirs in it": case(
        lambda: unrelated_files(),
        expect(
            record=1,
            line=2,
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="piece0.pdf",
            fingerprint="e277c979a4481d0f",
            says="6 people would get an attachment that does not mention them, such as piece0.pdf (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "nothing of theirs in one": case(
        pieces("Petit", "Dupont", "Attestation", "Nguyen", "Benali", "Saint-Martin"),
        expect(
            record=3,
            line=4,
            severity=Severity.WARN,
            excerpt="piece2.txt",
            fingerprint="3cebf47006346907",
            says="Zoé Lefèvre (line 4): the attachment piece2.txt does not mention this person",
        ),
    ),
    "others' surnames in them": case(
        pieces("Dupont", "Petit", "Nguyen", "Lefèvre", "Saint-Martin", "Benali"),
        expect(
            record=1,
            line=2,
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="piece0.txt",
            fingerprint="e277c979a4481d0f",
            says="6 people would get an attachment that does not mention them, such as piece0.txt (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a first name in the text alone": case(
        pieces("Inès", "Dupont", "Lefèvre", "Nguyen", "Benali", "Saint-Martin"),
        expect(
            record=1,
            line=2,
            severity=Severity.WARN,
            excerpt="piece0.txt",
            fingerprint="d9ef2efa1795e429",
            says="Inès Petit (line 2): the attachment piece0.txt does not mention this person",
        ),
    ),
    "two letters of a reference": case(
        pieces("RC", "RC", "RC", "RC", "RC", "RC"),
        expect(
            record=1,
            line=2,
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="piece0.txt",
            fingerprint="e277c979a4481d0f",
            says="6 people would get an attachment that does not mention them, such as piece0.txt (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one file for three of six": case(
        pieces(
            "Petit",
            "Petit",
            "Petit",
            "Nguyen",
            "Benali",
            "Saint-Martin",
            names=("a.txt", "a.txt", "a.txt", "b.txt", "c.txt", "d.txt"),
        ),
        expect(
            record=3,
            line=4,
            affected=(1, 2, 3),
            excerpt="a.txt",
            fingerprint="2e77987ab25d9b1e",
            says="Inès Petit (line 2), Jean Dupont (line 3) and 1 more would get the same personal file a.txt",
        ),
    ),
    "one of three files for six": case(
        pieces(*["a"] * 6, names=("a.txt", "a.txt", "a.txt", "b.txt", "c.txt", "c.txt")),
        expect(
            record=3,
            line=4,
            affected=(1, 2, 3),
            excerpt="a.txt",
            fingerprint="2e77987ab25d9b1e",
            says="Inès Petit (line 2), Jean Dupont (line 3) and 1 more would get the same personal file a.txt",
        ),
        expect(
            record=6,
            line=7,
            affected=(5, 6),
            excerpt="c.txt",
            fingerprint="0e2b2756b4fa5ec5",
            says="Aïcha Benali (line 6) and Luc Saint-Martin (line 7) would get the same personal file c.txt",
        ),
        expect(
            record=4,
            line=5,
            severity=Severity.WARN,
            excerpt="b.txt",
            fingerprint="010efd6960c156dc",
            says="Paul Nguyen (line 5): the attachment b.txt does not mention this person",
        ),
    ),
    "two files with the same content": case(
        named_files(["Petit.txt", "Dupont.txt", *NAMES[2:]], ["Bonjour", "Bonjour", *TEXTS[2:]]),
        expect(
            record=1,
            line=2,
            severity=Severity.WARN,
            affected=(1, 2),
            excerpt="Petit.txt",
            fingerprint="56f8b27ebcbcbd88",
            says="Inès Petit (line 2) and Jean Dupont (line 3) would get personal files with the same content: Petit.txt and Dupont.txt",
        ),
    ),
    "files that are chosen by the first name": case(
        personal("{{ prenom }}.txt", content=lambda row: f"{row[1]} {row[2]}".encode()),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Inès.txt",
            fingerprint="c4e2bb58072cf6f6",
            says="the personal files of 6 people, such as Inès.txt, are chosen by the first name alone (Prénom): two people may have the same (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
}
SHORT = changed(1, prenom="Bo", nom="Li", reference="", telephone="")


def one_of_short(text: str) -> Case:
    """Files called by numbers; in that of somebody whose names have two letters each is a text."""
    texts = (text, "Mme Dupont", "Lefèvre", "Nguyen", "Benali", "Saint-Martin")

    def make() -> Inspection:
        rows = [(*row, f"f{n}.txt") for n, row in enumerate(SHORT)]
        made = letter_of(f"Attachment: {{{{ fichier }}}}\n{LETTER.replace('{{ reference }}', '')}")
        for n, each in enumerate(texts):
            (made.path.parent / f"f{n}.txt").write_text(each, encoding="utf-8")
        return inspection_of(table_of(rows, (*HEADERS, "Fichier")), made)

    return make


@each_row(
    ("text", "told"),
    [
        ("Attestation de Bo Li", False),
        ("LI Bo, né en 1990", False),
        ("ATTENDEE:mailto:Ines.Petit@mail.example", False),
        ("Le bol de lithium", True),
    ],
)
def test_short_names_and_addresses_say_whose_a_file_is(text: str, told: bool) -> None:
    assert bool(found(one_of_short(text)(), "ATT504")) is told


PASSES = {
    "one's own file, attached twice": lambda: attached_twice("{{ reference }}.pdf", "{{ reference }}.pdf"),
    "one's own file, attached twice by two columns": lambda: attached_twice(
        "{{ reference }}.pdf", "{{ reference|upper }}.pdf"
    ),
    "two files with the next one's salary": only(paid(42780, 28940, 55310, 37620, 61050, 31250), 1, 2),
    "three files with salaries in disorder": only(paid(42780, 31250, 55310, 28940, 61050, 37620), 1, 2, 3),
    "somebody else's file, which ATT502 tells": named_files(
        [f"piece-{letter}.txt" for letter in "abcdef"],
        [f"Contrat {n} de {row[1]} {row[2]}" for n, row in enumerate((PEOPLE[0], PEOPLE[2], *PEOPLE[2:]))],
    ),
    "one of two files by the job": lambda: job_files(),
    "one each": personal(),
    "whole names": lambda: whole_names(),
    "surnames in the text": pieces("Mme PETIT", "dupont", "Lefevre", "NGUYEN", "Benali", "saint martin"),
    "references in the text": pieces("0017", "0018", "0019", "0020", "0021", "0022"),
    "first names in the file names": pieces(
        *"abcdef", names=("ines.txt", "Jean.txt", "zoé.txt", "PAUL.txt", "aicha.txt", "lettre luc.txt")
    ),
    "one of two files for six": pieces(*["a"] * 6, names=("a.txt", "a.txt", "a.txt", "b.txt", "b.txt", "b.txt")),
    "what cannot be checked": pieces(*["PK\x03\x04"] * 6),
    "one for all": attached("livret.pdf", pdf()),
    "a name that is not theirs, a text that is": personal(
        "piece-{{ reference }}.pdf", content=lambda row: pdf(f"{row[1]} {row[2]}")
    ),
}

test_fails, test_passes = cases_of("ATT504", FAILS, PASSES)


@pytest.mark.parametrize(("name", "others"), [("one file for two", (1,)), ("one file for three of six", (1, 2))])
def test_the_others_are_named(name: str, others: tuple[int, ...]) -> None:
    finding = found(FAILS[name][0](), "ATT504")[0]
    assert finding.others == others


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("missing", "Put the file where the letter expects it, or correct its name in lettre.md."),
        ("missing, for one person", 'Put the file where the letter expects it, or correct "Référence".'),
        (
            "a name with two fields",
            'Put the file where the letter expects it, or correct "{{ nom ~ reference }}".',
        ),
        ("too large, for one person", "Make the file smaller, or send a link to it instead."),
    ],
)
def test_the_remedy_belongs_to_the_place(name: str, fix: str) -> None:
    assert found(FAILS[name][0](), "ATT504")[0].fix == fix


@each_row(("files", "told"), [(1, 0), (2, 0), (3, 3), (5, 1), (6, 0)])
def test_files_of_which_each_is_several_people_s_are_a_choice(files: int, told: int) -> None:
    names = [f"piece-{n % files}.txt" for n in range(6)]
    texts = [f"Attestation de {PEOPLE[n % files][1]} {PEOPLE[n % files][2]}" for n in range(6)]
    shared = [each for each in found(named_files(names, texts)(), "ATT504") if each.says.id == "att504.shared"]
    assert len(shared) == told


@each_row(("files", "told"), [(1, 0), (2, 0), (3, 1), (6, 1)])
def test_files_of_one_content_are_told_of_where_they_are_no_choice(files: int, told: int) -> None:
    names = [f"piece-{n % files}.txt" for n in range(6)]
    text = f"Attestation de {', '.join(f'{row[1]} {row[2]}' for row in PEOPLE)}"
    alike = [
        each for each in found(named_files(names, [text] * 6)(), "ATT504") if each.says.id.endswith("same-content")
    ]
    assert len(alike) == told
