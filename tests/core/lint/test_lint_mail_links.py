"""What a mailto: link carries is read as a letter is: one's own passes, somebody else's stops."""

from __future__ import annotations

from urllib.parse import quote

from each_row import each_row
from lint_cases import PEOPLE
from rule_cases import column, letter

from mailmerge.lint import check
from mailmerge.model import Severity

PLACES = ("?cc=", "?bcc=", "?subject=Dossier&cc=", "?to=", "?body=", "?subject=")
WRITTEN = {
    "as it is": lambda text: text,
    "percent": lambda text: quote(text, safe=""),
    "percent, twice": lambda text: quote(quote(text, safe=""), safe=""),
    "percent, every letter": lambda text: "".join(f"%{octet:02X}" for octet in text.encode()),
}
LETTERS = {"behind words": "[Répondre]({{ lien }})", "as it is": "Répondre : {{ lien }}"}


def _loud(inspection: object) -> list[tuple[str, Severity]]:
    findings = check(inspection).findings  # type: ignore[arg-type]
    return [(each.rule, each.severity) for each in findings if each.severity is not Severity.INFO]


@each_row("written", WRITTEN)
@each_row("place", PLACES)
@each_row("text", LETTERS)
def test_another_row_in_a_link_to_write_to_stops_that_message(text: str, place: str, written: str) -> None:
    links = [f"mailto:rh@exemple.test{place}{WRITTEN[written](row[3])}" for row in PEOPLE]
    assert _loud(column("Lien", links, f"\n{LETTERS[text]}\n")()) == []
    moved = [*links[:2], links[3], *links[3:]]
    assert [severity for _rule, severity in _loud(column("Lien", moved, f"\n{LETTERS[text]}\n")())][:1] == [
        Severity.BLOCK
    ]


@each_row("written", WRITTEN)
@each_row("place", PLACES)
def test_a_recipient_in_a_link_of_the_letter_stops_it_in_one_finding(place: str, written: str) -> None:
    link = f"mailto:rh@exemple.test{place}{WRITTEN[written]('paul.nguyen@mail.example')}"
    assert [severity for _rule, severity in _loud(letter(f"[Répondre]({link})")())] == [Severity.BLOCK]


@each_row("name", ["Zoé Garrigue", "Élodie Ångström", "Łukasz Żółć", "Đặng Văn", "Ayşe Yıldız", "Ó Súilleabháin"])
def test_a_subject_in_percent_is_no_garbled_text(name: str) -> None:
    links = [f"mailto:rh@exemple.test?subject={quote('Café ' + row[1])}" for row in PEOPLE]
    assert _loud(column("Lien", links, "\n[Répondre]({{ lien }})\n")()) == []
    assert _loud(letter(f"[Répondre](mailto:rh@exemple.test?subject={quote(name)})")()) == []
