"""A blank cell of which something is made is still blank: it is no 0, and no comma with nothing behind it."""

from __future__ import annotations

from pathlib import Path

from each_row import each_row
from letter_cases import body_letter, composed

MADE = (
    "{{ titre|int }}", "{{ titre|float }}", "{{ titre|int|string }}", "{{ titre|float|round(2) }}",
    "{{ titre|trim|int }}", "{{ (titre|float) + 5 }}", "{{ 10 - (titre|int) }}", "{{ (titre|float) / 2 }}",
    "{{ (titre|int)|abs }}", "{{ [poste, titre]|join(', ') }}", "{{ [titre, poste]|join }}",
    "{{ ', '.join([poste, titre]) }}", "{{ (titre, poste)|join(' - ') }}", "{{ [poste, titre|trim]|join(' ') }}",
    "{{ (poste ~ ',').split(',')|join(' / ') }}", "{% set m = titre %}{{ m|int }}",
    "{{ titre|int if poste else poste }}",
)  # fmt: skip
MEANT = (
    "{{ titre|int(0) }}", "{{ titre|float(default=0) }}", "{{ titre|default('0')|int }}", "{{ titre|d('1')|float }}",
    "{{ [poste, titre]|join(', ')|default('') }}", "{{ (titre or '0')|int }}",
    "{% if titre %}{{ titre|int }}{% endif %}",
    "{% if titre|int > 0 %}a{% else %}b{% endif %}", "{{ poste if titre|int != 0 else nom }}",
    "{% if titre|float >= 1 %}a{% endif %}", "{% if titre|length > 0 %}a{% else %}b{% endif %}",
    "{% if titre and titre|int > 3 %}a{% else %}b{% endif %}", "{% if titre|int(0) > 3 %}a{% else %}b{% endif %}",
    "{% if titre %}{% if titre|int > 3 %}a{% endif %}{% endif %}", "{% set n = titre|int(0) %}{{ n }}",
    "{{ 'a' if titre and titre|float <= 2 else 'b' }}", "{% if titre|int %}a{% endif %}",
    "{{ [poste, nom]|join(', ') }}", "{{ poste.split(',')|join(' / ') }}", "{{ ', '.join([poste, nom]) }}",
)  # fmt: skip


FORMS = (
    "{{% if {} %}}a{{% else %}}b{{% endif %}}", "{{% if poste and {} %}}a{{% endif %}}", "{{{{ 'a' if {} }}}}",
    "{{% if nom == 'x' %}}{{% elif {} %}}a{{% endif %}}", "{{{{ 'a' if {} else 'b' }}}}",
    "{{% if not ({}) %}}a{{% endif %}}",
)  # fmt: skip
NUMBERS = ("titre|int", "titre|float", "titre|trim|float", "(titre|int + 5)", "titre|length")
LIMITS = ("> 3", "<= 1000", "== 0", "< 1")
DECIDING = (
    *(form.format(f"{number} {limit}") for form in FORMS for number in NUMBERS for limit in LIMITS),
    "{% set n = titre|int %}{{ n }}", "{% if titre|int is gt(3) %}a{% endif %}", "{% if 3 < titre|int %}a{% endif %}",
)  # fmt: skip


@each_row("blank", ["", " ", "\u00a0"])
def test_a_blank_that_would_count_as_0_is_reported_where_it_decides(blank: str, tmp_path: Path) -> None:
    silent = [
        condition
        for condition in DECIDING
        if len(composed(body_letter(tmp_path, f"Le montant est {condition} ici.\n"), titre=blank).blanks) != 1
    ]
    assert silent == []


def test_a_number_that_is_there_decides_and_is_not_reported(tmp_path: Path) -> None:
    told = [
        condition
        for condition in DECIDING
        if composed(body_letter(tmp_path, f"Le montant est {condition} ici.\n"), titre="1").blanks
    ]
    assert told == []


@each_row("blank", ["", " ", "\u00a0"])
@each_row("expression", MADE)
def test_what_is_made_of_a_blank_cell_is_reported_as_blank(expression: str, blank: str, tmp_path: Path) -> None:
    letter = body_letter(tmp_path, f"Le montant est de {expression} ici.\n")
    (found,) = composed(letter, titre=blank).blanks
    assert found.printed


@each_row("expression", MADE)
def test_what_is_made_of_a_filled_cell_is_not(expression: str, tmp_path: Path) -> None:
    filled = expression.replace("(poste ~ ',')", "(poste ~ ',x')")
    letter = body_letter(tmp_path, f"Le montant est de {filled} ici.\n")
    assert composed(letter, titre="1 200,50").blanks == ()


@each_row("expression", MEANT)
def test_what_the_author_says_for_a_blank_is_meant(expression: str, tmp_path: Path) -> None:
    letter = body_letter(tmp_path, f"Le montant est de {expression} ici.\n")
    assert composed(letter, titre="").blanks == ()
