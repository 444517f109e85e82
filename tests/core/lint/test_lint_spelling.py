"""What is shown of an identity is what the text has, however it spells it."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable

from each_row import each_row
from lint_cases import HEADERS, PEOPLE, table_of

from mailmerge.lint.identities.index import Hit, Identities
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.identities.spelling import spelling

NIR, IBAN = "2 89 05 49 588 157 80", "FR76 3000 6000 0112 3456 7890 189"
IDENTITIES = Identities(table_of([(*row, NIR, IBAN) for row in PEOPLE[:1]] + [(*row, "", "") for row in PEOPLE[1:]],
                                 (*HEADERS, "NIR", "IBAN")))  # fmt: skip
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "in capitals": str.upper,
    "in small letters": str.lower,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "without accents": lambda text: "".join(
        c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)
    ),
    "with wide spaces": lambda text: text.replace(" ", " \u00a0"),
    "over two lines": lambda text: text.replace(" ", "\r\n"),
    "with a soft hyphen": lambda text: f"{text[:2]}\u00ad{text[2:]}",
}
AROUND = ("{}", "« {} »", "voir {}, puis", "x_{}_y", "({})/{}", "l'{}'s", "1 {} 2", "a@b.example {} c@d.example")
NAMES = [form for row in PEOPLE for form in (f"{row[1]} {row[2]}", f"{row[2]} {row[1]}", row[5])]


def hits(text: str) -> list[Hit]:
    return list(identities_in(IDENTITIES, text))


@each_row("around", AROUND)
@each_row("how", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_a_name_and_a_reference_are_shown_as_the_text_has_them(how: Callable[[str], str], around: str) -> None:
    for name in NAMES:
        written = how(name)
        text = around.format(*[written] * around.count("{}"))
        found = [spelling(text, hit) for hit in hits(text)]
        assert written in found, (text, found)


@each_row("around", ["{}", "tél. {} le matin", "({}), {}", "a@b.example {}"])
@each_row(
    "written",
    [
        "06 12 34 56 01", "0612345601", "06.12.34.56.01", "+33 6 12 34 56 01", "+33 (0)6.12.34.56.01", "06-12-34-56-01",
        NIR, NIR.replace(" ", ""), NIR[:-3], IBAN, IBAN.replace(" ", ""),
        "ines.petit@mail.example", "Ines.Petit@MAIL.example",
    ],
)  # fmt: skip
def test_a_number_and_an_address_are_shown_as_the_text_has_them(written: str, around: str) -> None:
    text = around.format(*[written] * around.count("{}"))
    found = [spelling(text, hit) for hit in hits(text)]
    assert written in found, (text, found)


def test_an_identity_that_a_text_lacks_is_not_shown() -> None:
    for text in (f"{PEOPLE[0][1]} {PEOPLE[0][2]}", PEOPLE[0][3], PEOPLE[0][5], PEOPLE[0][6], NIR, IBAN):
        for hit in hits(text):
            assert spelling("Bonjour Jean, au 01 02 03 04 05 ou a@b.example", hit) == ""
            assert spelling("", hit) == ""


def test_a_name_within_an_address_is_not_what_is_shown() -> None:
    text = "jean.dupont@autre.example, pour M. DUPONT Jean"
    [hit] = hits(text)
    assert spelling(text, hit) == "DUPONT Jean"


def test_a_long_text_is_searched_in_little_time() -> None:
    text = "un deux,trois_quatre " * 50_000 + "Zoé LEFÈVRE"
    [hit] = hits(text)
    started = time.process_time()
    assert spelling(text, hit) == "Zoé LEFÈVRE"
    assert spelling("a_" * 200_000 + "Zoé_Lefèvre", hit) == "Zoé_Lefèvre"
    assert time.process_time() - started < 10


def test_where_an_identity_is_in_a_long_text_is_known() -> None:
    text = "Un mot. \n" * 5000 + "Zoé LEFÈVRE"
    [hit] = hits(text)
    assert text[hit.at : hit.at + len(hit.text)] == "Zoé LEFÈVRE"
