"""References of which some letters could be a title, as in 20933772/PR and DR-20417: they are found all the same."""

from __future__ import annotations

from itertools import product

from each_row import each_row
from lint_cases import LETTER, PEOPLE, inspection_of

from mailmerge.lint import check
from mailmerge.text.titles import TITLES

SHORT = sorted(title.upper() for title in TITLES if title.isascii() and len(title) in (2, 3))
FORMS = ["{number}/{title}", "{number}-{title}", "{number}{title}", "{title}-{number}", "{title}{number}"]


@each_row(("form", "title"), product(FORMS, SHORT))
def test_a_reference_with_a_title_in_it_is_found_in_the_letter(form: str, title: str) -> None:
    codes = [form.format(number=20933772 + 7 * n, title=title if n == 2 else "XK") for n in range(len(PEOPLE))]
    rows = [(*row[:5], code, *row[6:]) for row, code in zip(PEOPLE, codes, strict=True)]
    inspection = inspection_of(rows, f"{LETTER}\nVotre dossier {codes[2]} est complet.\n")
    assert "TPL203" in {each.rule for each in check(inspection).blocks}
