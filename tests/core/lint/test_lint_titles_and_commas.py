"""A reference may begin as a title does, and a comma joins a surname only if it is written as one."""

from __future__ import annotations

import pytest
from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, codes, report_of, table_of

from mailmerge.lint import Report
from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.model import Severity
from mailmerge.text.folding import fold

PREFIXES = ("M", "Mr", "Mme", "Me", "Dr", "PR", "MS", "DON", "Nom", "Sr", "RC")
FORMS = ("{p}-{n}", "{p} {n}", "{p}{n}", "{p}/{n}", "{p}.{n}", "{p}_{n}", "n° {p} {n}")


def with_references(prefix: str, message: str) -> Report:
    at = HEADERS.index("Référence")
    rows = [
        (*row[:at], f"{prefix}-{10410 + n}", *row[at + 1 :], message if n == 0 else "Merci.")
        for n, row in enumerate(PEOPLE)
    ]
    return report_of(table_of(rows, (*HEADERS, "Message")), LETTER + "\n{{ message }}\n")


@each_row("prefix", PREFIXES)
@each_row("form", FORMS)
def test_a_reference_that_begins_like_a_title_is_a_reference(prefix: str, form: str) -> None:
    report = with_references(prefix, f"Voir {form.format(p=prefix, n=10412)}, merci.")
    assert [(each.rule, each.affected) for each in report.blocks] == [("XRC401", (1,))]


@each_row("prefix", PREFIXES)
@each_row("form", FORMS)
def test_ones_own_reference_is_left_alone(prefix: str, form: str) -> None:
    assert codes(with_references(prefix, f"Voir {form.format(p=prefix, n=10410)}, merci.")) == []


@pytest.mark.parametrize("title", ["M.", "Mme", "Dr", "Mr", "Monsieur"])
def test_titles_before_names_are_titles_still(title: str) -> None:
    report = with_references("RC", f"Voir Dupont {title} Jean, 2 rue haute.")
    assert [each.rule for each in report.blocks] == ["XRC402"]


WORDS = (
    ("Hugo", "Blanc"),
    ("Léa", "Rouge"),
    ("Tom", "Roche"),
    ("Max", "Vogel"),
    ("Zoé", "Petit"),
    ("Anne", "Le Grand"),
)


def with_names(message: str) -> Report:
    rows = [
        (row[0], *WORDS[n], f"{WORDS[n][0].casefold().replace('é', 'e')}{n}@mail.example", *row[4:])
        for n, row in enumerate(PEOPLE)
    ]
    mine = ("M.", "Paul", "Nguyen", "paul.nguyen@mail.example", "Juriste", "RC-0099", "06 12 34 56 99")
    rows = [(*row, "Merci.") for row in rows] + [(*mine, message)]
    return report_of(table_of(rows, (*HEADERS, "Message")), LETTER + "\n{{ message }}\n")


@pytest.mark.parametrize(("first", "last"), WORDS)
def test_a_small_word_before_a_comma_is_no_surname(first: str, last: str) -> None:
    report = with_names(f"Il faut le {last.casefold()}, {first} le sait.")
    assert [each.message for each in report.findings if each.severity is not Severity.INFO] == []


@each_row(("first", "last"), WORDS)
@each_row("write", ["{l}, {f}", "{L}, {f}", "{l}, {F}", "({l}, {f})", "{s}, {g}"])
def test_a_surname_before_a_comma_is_one(first: str, last: str, write: str) -> None:
    text = write.format(l=last, f=first, L=last.upper(), F=first.upper(), s=last.casefold(), g=first.casefold())
    assert "XRC402" in codes(with_names(f"Il y a aussi Durand, puis {text} hier."))


@each_row(("first", "last"), [name for name in WORDS if fold(name[1]) in ORDINARY])
@each_row("before", ["le", "un", "notre", "ce"])
def test_a_small_ordinary_word_before_a_first_name_describes_it(first: str, last: str, before: str) -> None:
    assert "XRC402" not in codes(with_names(f"Hier, {before} {last.casefold()} {first} est venu."))
    assert "XRC402" in codes(with_names(f"Hier, {before} {last} {first} est venu."))
    assert "XRC402" in codes(with_names(f"Hier, {last.upper()} {first} est venu."))


def test_some_of_the_names_are_ordinary_words() -> None:
    assert sum(fold(last) in ORDINARY for _first, last in WORDS) >= 3
