"""A letter reads one record and nothing else, and cannot grow without bound."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from each_row import each_row
from letter_cases import VALUES, body_letter, composed, letter_of, person

from mailmerge.errors import RenderFailed

FORBIDDEN = [
    "{% include 'x' %}",
    "{% import 'x' as x %}",
    "{% from 'x' import y %}",
    "{% extends 'x' %}",
    "{% macro f() %}{% endmacro %}",
    "{% call f() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% set x %}y{% endset %}",
    "{% with x = 1 %}{{ x }}{% endwith %}",
    "{% block b %}{% endblock %}",
    "{% for x in y recursive %}{% endfor %}",
    "{% set ns.x = 1 %}",
    "{{ nom * 1000000 }}",
    "{{ 2 ** 100 }}",
    "{{ '%s' % nom }}",
    "{{ nom.__class__ }}",
    "{{ nom['__class__'] }}",
    "{{ nom.__class__.__mro__ }}",
    "{{ ''.format(nom) }}",
    "{{ nom.encode() }}",
    "{{ nom.center(1000000000) }}",
    "{{ nom.zfill(9) }}",
    "{{ range(10) }}",
    "{{ lipsum() }}",
    "{{ cycler(1) }}",
    "{{ self }}",
    "{{ self.body() }}",
    "{{ super() }}",
    "{{ nom|safe }}",
    "{{ nom|attr('x') }}",
    "{{ nom|map('upper') }}",
    "{{ nom|tojson }}",
    "{{ nom|center(1000) }}",
    "{{ [1]|random }}",
    "{{ nom|upper(*x) }}",
    "{{ nom.split(**x) }}",
    "{{ nom.title }}",
    "{% if nom is filter %}{% endif %}",
    "{{ nom[0]() }}",
    "{{ (nom)(1) }}",
]


NAMED = [
    "{% macro gras(texte) %}<b>{{ texte }}</b>{% endmacro %}{{ gras(prenom) }}",
    "{% with ville = 'Albi' %}{{ ville }}{% endwith %}",
    "{% set ville %}Albi{% endset %}{{ ville }}",
    "{% call(texte) f() %}{{ texte }}{% endcall %}",
]


@each_row("source", NAMED)
def test_a_tag_that_is_refused_is_told_once_and_what_it_names_is_no_field(tmp_path: Path, source: str) -> None:
    letter = body_letter(tmp_path, f"Bonjour {{{{ prenom }}}}\n\n{source}\n")
    assert len(letter.forbidden) == 1
    assert {field for expression in letter.expressions for field in expression.fields} <= {"prenom", "nom"}


@each_row("source", FORBIDDEN)
def test_what_reaches_beyond_the_record_is_forbidden(tmp_path: Path, source: str) -> None:
    letter = body_letter(tmp_path, f"Bonjour {{{{ prenom }}}}\n\n{source}\n")
    assert [found.line for found in letter.forbidden] == [5] * len(letter.forbidden)
    assert letter.forbidden
    with pytest.raises(RenderFailed) as caught:
        composed(letter)
    assert caught.value.forbidden
    assert caught.value.line == 5


@each_row(
    "source",
    [
        "<script>{{ nom }}</script>",
        "<style>{{ nom }}</style>",
        '<p style="color: {{ nom }}">x</p>',
        '<p onclick="{{ nom }}">x</p>',
        "<p {{ nom }}>x</p>",
        "<p {{ nom }}='a'>x</p>",
        "<{{ nom }}>x",
        "<b{{ nom }}>x",
        '<a href="javascript:f({{ nom }})">x</a>',
        '<a href=" java\nscript:{{ nom }}">x</a>',
        '<a href="data:text/html,{{ nom }}">x</a>',
        '<iframe src="https://exemple.test/{{ nom }}"></iframe>',
        '<meta http-equiv="refresh" content="0;url={{ nom }}">',
        '<img srcset="{{ nom }} 2x">',
    ],
)
def test_a_value_cannot_stand_where_it_could_act(tmp_path: Path, source: str) -> None:
    letter = body_letter(tmp_path, f"<p>Bonjour</p>\n{source}\n", "l.html")
    if source == "<{{ nom }}>x":  # not a tag for a browser either: it stays text
        assert "&lt;&lt;b&gt;" in (composed(letter, nom="<b>").html or "")
        return
    assert [found.line for found in letter.forbidden] == [4 + source.count("\n")]
    with pytest.raises(RenderFailed, match="cannot be used in"):
        composed(letter)


@each_row(
    ("source", "text"),
    [
        ("{{ nom.upper() }} {{ nom|lower }} {{ nom[0] }} {{ nom[:3] }}", "DURAND durand D Dur"),
        ("{{ nom.replace('D', 'd') }} {{ '-'.join(nom.split('r')) }}", "durand Du-and"),
        ("{{ {'Madame': 'Chère', 'Monsieur': 'Cher'}[civilite] }}", "Chère"),
        ("{% set x = nom ~ '!' %}{{ x + '?' }}", "Durand!?"),
        ("{% for x in poste.split('p') %}{{ loop.index }}{{ x }}{% endfor %}", "1Com2table"),
        ("{% if civilite in ('Madame', 'Mme') and not titre %}oui{% else %}non{% endif %}", "oui"),
        ("{{ '1'|int + 2 }} {{ nom|length }} {{ nom|replace('D', 'R') }}", "3 6 Rurand"),
        ("{{ nom|e }} {{ nom|escape }} {{ nom|string|trim|title|capitalize }}", "Durand Durand Durand"),
        ("{{ 'vu' if date_entretien else 'pas vu' }} {{ (titre or nom)|upper }}", "vu DURAND"),
        (
            "{{ 'a' if nom is defined else 'b' }} {{ 'a' if rien is defined else 'b' }} {{ 'a' if 3 is odd else 'b' }}",
            "a b a",
        ),
        ("{{ ['b', 'a']|sort|join(', ') }} {{ nom|first }} {{ 3.14159|round(2) }}", "a, b D 3.14"),
        ("{# a comment #}{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{% for x in [] %}{% else %}rien{% endfor %}", "rien"),
        ("{% for x in nom[:2]|list %}{{ loop.length }}{{ '!' if loop.last else '' }} {% endfor %}", "2 2! "),
        ("{% for k, v in {'a': nom}.items() if v %}{{ k }}{{ v }}{% endfor %}", "aDurand"),
    ],
)
def test_ordinary_jinja_works(tmp_path: Path, source: str, text: str) -> None:
    letter = body_letter(tmp_path, source, "l.txt")
    assert composed(letter).text == f"{text}\n"


@each_row(
    ("source", "failed"),
    [
        ("{{ nom }} {{ prenom }} {{ rien|date }} {{ nom }}", "{{ rien|date }}"),
        ("{{ date_entretien|date }} {{ rien|date }}", "{{ rien|date }}"),
        ("{{ nom }} {{ nom ~ rien|date }}", "{{ nom ~ rien|date }}"),
        ("{% if nom %}{{ nom }}{% else %}{{ titre }}{% endif %} {{ rien|date }}", "{{ rien|date }}"),
        ("{% if titre %}{{ nom }}{% else %}{{ rien|date }}{% endif %} {{ nom }}", "{{ rien|date }}"),
        ("{{ nom }}{% if rien|date == 'x' %}a{% endif %}", "rien|date == 'x'"),
        ("{{ nom }}{% if titre %}a{% elif rien|date == 'x' %}b{% endif %}", "rien|date == 'x'"),
        ("{% set x = nom %}{% set y = rien|date %}{{ x }}{{ y }}", "set y = rien|date"),
        ("{{ nom }}{% for x in [rien|date] %}{{ nom }}{% endfor %}", "for x in [rien|date]"),
        ("{% for x in [1, 2] %}{{ x }} {{ (date_entretien if loop.first else rien)|date }}{% endfor %}",
         "{{ (date_entretien if loop.first else rien)|date }}"),
        ("{% for x in [nom] if rien|date == 'x' %}{{ x }}{% endfor %}", "for x in [nom] if rien|date == 'x'"),
    ],
)  # fmt: skip
def test_of_several_expressions_in_a_line_the_one_that_failed_is_named(
    tmp_path: Path, source: str, failed: str
) -> None:
    values = {"date_entretien": "2027-01-06", "rien": "bald"}
    for line, text in {5: f"Subject: x\nContent-Language: fr\n\n{{{{ nom }}}}\n{source}\n",
                       1: f"Subject: {source}\nContent-Language: fr\n\n{{{{ nom }}}}\n"}.items():  # fmt: skip
        with pytest.raises(RenderFailed) as caught:
            composed(letter_of(tmp_path, text), **values)
        assert (caught.value.line, caught.value.expression) == (line, failed)


def test_undefined_names_in_a_condition_fail_with_expression_and_line(tmp_path: Path) -> None:
    letter = body_letter(tmp_path, "Bonjour\n\n{% if nom %}x{% endif %} {% if statut == 'x' %}y{% endif %}\n")
    with pytest.raises(RenderFailed) as caught:
        composed(letter)
    assert (caught.value.line, caught.value.expression, caught.value.forbidden) == (5, "statut == 'x'", False)
    assert 'the table has no column "statut"' in str(caught.value)
    assert caught.value.field == "statut"


@each_row(
    ("source", "reason"),
    [
        ("{{ (nom ~ '') + 1 }}", "a text and a number cannot be compared or calculated"),
        ("{% if nom ~ '' > 3 %}x{% endif %}", "a text and a number cannot be compared or calculated"),
        ("{{ 1 / 0 }}", "division"),
        ("{{ nom|float }}", '"Durand" is not a number'),
        ("{% if [1][3] > 2 %}x{% endif %}", "a part that is not there"),
        ("{{ nom.replace('a') }}", "too few values, too many"),
        ("{{ nom|date }}", "is not a date"),
        ("{{ nom.split('') }}", "cannot be split at nothing"),
        ("{{ [nom] }}", "list cannot be printed"),
        ("{{ nom['upper'] ~ inconnu['x'] }}", 'no column "inconnu"'),
        ("{% for x in 12 %}{% endfor %}", "a loop cannot go through a number"),
        ("{{ 1['x'] or nom }}", "a part that is not there"),
    ],
)
def test_what_cannot_be_computed_fails_with_its_line(tmp_path: Path, source: str, reason: str) -> None:
    letter = letter_of(tmp_path, f"Subject: x\nContent-Language: fr\n\nBonjour\n{source}\n")
    with pytest.raises(RenderFailed, match=reason) as caught:
        composed(letter)
    assert caught.value.line == 5
    assert not caught.value.forbidden


@pytest.mark.parametrize(
    "source",
    [
        "{% set a = nom %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
        "{% set a = nom %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
        "{% set a = [nom] %}" + "{% set a = a + a %}" * 40 + "{{ a[0] }}",
        "{{ nom.replace('a', nom).replace('n', nom).replace('u', poste)"
        + ".replace('D', 'DDDDDDDDDDDDDDDDDDD')" * 12
        + " }}",
        "{{ " + "nom.replace('', 'xxxxxxxxx')" + ".replace('', 'xxxxxxxxx')" * 10 + " }}",
        "{% set a = nom.split('') if false else nom %}"
        + "{% set a = a.join([a, a, a, a, a, a, a]) %}" * 20
        + "{{ a }}",
        "{% for a in nom|list %}{% for b in nom|list %}{% for c in nom|list %}"
        "{% for d in nom|list %}{% for e in nom|list %}{% for f in nom|list %}"
        "x{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in nom|list %}{% for b in nom|list %}{% for c in nom|list %}"
        + "x" * 10_000
        + "{% endfor %}{% endfor %}{% endfor %}",
    ],
)
def test_a_letter_cannot_grow_without_bound(tmp_path: Path, source: str) -> None:
    letter = body_letter(tmp_path, source)
    start = time.process_time()
    with pytest.raises(RenderFailed, match=r"more than|would exceed"):
        composed(letter, nom="Durand" * 3)
    assert time.process_time() - start < 2


@each_row(
    ("source", "blank"),
    [
        ("{{ titre }}", True),
        ("{{ inconnu }}", True),
        ("{{ inconnu|upper }}", True),
        ("{{ titre|proper }}", True),
        ("{{ titre|date }}", True),
        ("{{ None }}", True),
        ("{{ prenom ~ ' ' ~ titre }}", True),
        ("{{ titre if nom else 'x' }}", True),
        ("{{ accord('reçu', inconnu) }}", True),
        ("{{ titre|default('') }}", False),
        ("{{ inconnu|d('') }}", False),
        ("{{ titre|default('')|upper }}", False),
        ("{{ titre or '' }}", False),
        ("{{ 'e' if civilite == 'Monsieur' }}", False),
        ("{{ nom if civilite == 'Monsieur' else '' }}", False),
        ("{{ prenom ~ ' ' ~ titre|default('') }}", False),
        ("{{ '' }}", False),
        ("{{ accord('', civilite) }}", False),
        ("{% if titre %}x{% endif %}", False),
    ],
)
def test_a_blank_is_reported_unless_the_author_said_what_to_print(tmp_path: Path, source: str, blank: bool) -> None:
    message = composed(letter_of(tmp_path, f"Content-Language: fr\n\nBonjour {source}, x\n"))
    assert bool(message.blanks) is blank
    if blank:
        assert message.blanks[0].line == 3


def test_a_blank_cell_is_a_missing_one_for_default(tmp_path: Path) -> None:
    assert composed(body_letter(tmp_path, "{{ titre|default('Madame') }}", "l.txt"), titre=" ").text == "Madame\n"


def test_line_breaks_and_stray_surrogates_in_values_are_made_sound(tmp_path: Path) -> None:
    message = composed(body_letter(tmp_path, "{{ nom }}"), nom="a\r\nb\rc\ud800")
    assert message.values == ("a\nb\nc\ufffd",)


def test_every_printed_value_knows_its_expression(tmp_path: Path) -> None:
    letter = body_letter(tmp_path, "{{ titre }}{{ nom }}{% for x in nom|list %}{{ x }}{% endfor %}{{ poste }}")
    message = letter.compose(person(), {**VALUES, "nom": "ab"})
    assert message.values == ("ab", "a", "b", "Comptable")
    assert [expression.source for expression in message.shape.expressions] == [
        "{{ nom }}",
        "{{ x }}",
        "{{ x }}",
        "{{ poste }}",
    ]
