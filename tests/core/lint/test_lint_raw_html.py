"""HTML that would be printed as it is written is told of, in a letter of plain text as in a cell, and once."""

from __future__ import annotations

from each_row import each_row
from lint_cases import LETTER, PEOPLE, inspection_of, letter_of, table_of
from rule_cases import column, found

from mailmerge.lint import Inspection
from mailmerge.model import Severity

PASTED = (
    "<td>Votre dossier</td>",
    "Votre dossier<br>est complet.",
    "Votre dossier<br/>est complet.",
    "Votre dossier est <b>complet</b>.",
    "Ihre Unterlagen sind <STRONG>vollständig</STRONG>.",
    'Su <span style="color:red">expediente</span> está completo.',
    "La sua pratica</p>",
    "<div>Uw dossier is compleet",
    "<h2>Wyniki",
    '<a href="https://site.example/">o seu processo</a>',
    "<tr><td>1",
    "<ul><li>une pièce",
    "<i>un <i>mot",
)
WORDS = (
    "5 < 6 et 7 > 6",
    "a<b et c>d",
    "List<A> ou List<B",
    "le groupe <A>",
    "<claire@exemple.test>",
    "<https://site.example/p/1>",
    "l'élément x<p",
    "-> voir <- ici",
    "i < j > k",
    "R&D; et plus",
    "Pierre & Marie; Paul",
)
REFERENCES = (
    "Bonjour&nbsp;!",
    "votre dossier d&eacute;pos&eacute;",
    "l&rsquo;entretien",
    "AT&amp;T",
    "Gr&uuml;&szlig;e",
    "n&#176; 4",
)


def plain(text: str) -> Inspection:
    table = table_of(PEOPLE)
    return inspection_of(table, letter_of(f"{LETTER}\n{text}\n", name="lettre.txt"))


def told(inspection: Inspection, rule: str) -> list[tuple[str, Severity]]:
    return [(each.excerpt, each.severity) for each in found(inspection, rule)]


@each_row("text", [*PASTED, *REFERENCES])
def test_html_in_a_letter_of_plain_text_is_told_of_once(text: str) -> None:
    ((excerpt, severity),) = told(plain(text), "TPL205")
    assert (excerpt in text, severity) == (True, Severity.WARN)


@each_row("text", WORDS)
def test_signs_that_are_no_html_are_left_alone(text: str) -> None:
    assert [each for each in found(plain(text), "TPL205") if each.says.id == "tpl205.html"] == []
    assert told(column("Objet", [text], "\n{{ objet|default('') }}\n")(), "MSG301") == []


@each_row("text", PASTED)
def test_html_in_a_cell_is_told_of_with_its_column(text: str) -> None:
    (finding,) = found(column("Objet", text, "\n{{ objet }}\n")(), "MSG301")
    assert (finding.field, finding.severity, finding.affected) == ("objet", Severity.WARN, (1, 2, 3, 4, 5, 6))


@each_row("text", PASTED)
def test_html_in_a_letter_that_is_html_is_what_it_is(text: str) -> None:
    letter = letter_of(f"Subject: x\n\n<p>Bonjour {{{{ nom }}}},</p>{text}\n", name="lettre.html")
    assert [each for each in found(inspection_of(letter=letter), "TPL205") if each.says.id == "tpl205.html"] == []


def sections(written: str, first: str) -> Inspection:
    """A letter of two sections, of which the plain one has a text, and both have the tags of HTML where they belong."""
    parts = {
        "plain": f"--b\nContent-Type: text/plain\n\nBonjour {{{{ nom }}}},\n{written}\n\n",
        "html": "--b\nContent-Type: text/html\n\n<p>Bonjour {{ nom }},</p>\n<p>Votre dossier<br>est complet.</p>\n",
    }
    last = "html" if first == "plain" else "plain"
    head = 'Subject: x\nContent-Type: multipart/alternative; boundary="b"\n\n'
    return inspection_of(table_of(PEOPLE), letter_of(f"{head}{parts[first]}{parts[last]}--b--\n", name="lettre.txt"))


@each_row("text", [*PASTED, *REFERENCES, *WORDS[:3]])
@each_row(("first", "line"), [("plain", 8), ("html", 13)])
def test_html_in_the_plain_section_of_two_is_told_of_wherever_that_is(text: str, first: str, line: int) -> None:
    findings = found(sections(text, first), "TPL205")
    assert [each.letter_line for each in findings] == ([] if text in WORDS else [line])
