"""A letter with one slip near its braces is refused in one line, with the right line number and advice that parses.

The slips are generated: each valid piece of a letter with one character put in, left out or changed at each place, and
with one word left out or written twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.errors import LetterError
from mailmerge.letter import parse_letter

VALID = (
    "{{ prenom }}",
    '{{ titre|default("x") }}',
    "{{ accord('reçu', civilite) }}",
    "{% if poste == 'x' %}a{% else %}b{% endif %}",
    "{% if nom and poste %}x{% endif %}",
    "{{ date_entretien|date('full') }}",
    "{% for x in poste.split(',') %}{{ x }}{% endfor %}",
    "{% set a = nom|upper %}{{ a }}",
    "{% if civilite in ['Madame', 'Mme'] %}e{% elif not nom %}f{% endif %}",
    "{{ (titre or nom)|upper }}",
    "{# note #}{{ prenom ~ ' ' ~ nom }}",
)
PUT_IN = (*"{}%|'\"(),;:=!<>&~-#é’“«_1\\\n\u00a0\u200b\u0301", "<b>", "</b>", "&nbsp;", " et ", " AND ", "{{", "%}")
EVERY = 7
"""One slip in seven is looked at, thousands still: the same slips come in eleven pieces of a letter, others in each."""
INSTEAD = "{}%|'\"(<“ "
JARGON = re.compile(
    r"jinja|token|unexpected|expected|statement|encountered|lexer|undefined|tuple|template code|\bint\b|\bstr\b",
    re.IGNORECASE,
)
WRITE = re.compile(r"write (?:it as )?(\{\{.*?\}\}|\{%.*?%\})(?= |,|\Z)")


def slips(code: str) -> Iterator[str]:
    for place in range(len(code) + 1):
        before, after = code[:place], code[place:]
        yield from (before + sign + after for sign in PUT_IN)
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        yield from (before + sign + after[1:] for sign in INSTEAD if after)
    words = re.findall(r"\w+|\s+|.", code)
    for index, word in enumerate(words):
        yield "".join((*words[:index], *words[index + 1 :]))
        yield "".join((*words[:index], word, *words[index:]))


def followed(advice: str) -> str:
    """The advice as a whole piece of a letter."""
    word = advice.strip("{}% ").split()[0] if advice.startswith("{%") else ""
    if word in ("if", "for"):
        return f"{advice}{{% end{word} %}}"
    if word in ("elif", "else"):
        return f"{{% if x %}}{advice}{{% endif %}}"
    before = {"endif": "{% if x %}", "endfor": "{% for x in y.split() %}"}
    return before.get(word, "") + advice


@pytest.mark.parametrize("code", VALID)
def test_a_slip_near_the_braces_is_answered_with_advice_that_can_be_read(code: str) -> None:
    refused = 0
    some = sorted(set(slips(code)))[::EVERY]
    for slip in some:
        try:
            parse_letter(f"Subject: x\n\nBonjour,\n{slip}\nfin\n", Path("letter.md"))
        except LetterError as error:
            message = str(error)
        else:
            continue
        refused += 1
        lines = "[45]" if "\n" in slip else "4"
        assert re.match(rf"letter\.md, line {lines}: ", message), (slip, message)
        assert "\n" not in message, slip
        about = message.partition(": ")[2].partition("; there are ")[0]
        assert not JARGON.search(about.replace(slip, "")), (slip, message)
        if advice := WRITE.search(message):
            parse_letter(f"Subject: x\n\n{followed(advice[1])}\n", Path("letter.md"))
    assert refused > len(some) / 2


@each_row(
    ("slip", "write"),
    [
        ("{{% if poste %}}x{{% endif %}}", "write {% if poste %}"),
        ("{ % if poste % }x{ % endif % }", "write {% if poste %}"),
        ("[% if poste %]x[% endif %]", "write {% if poste %}"),
        ("{{ <b>prenom</b> }}", "write {{ prenom }}"),
        ("{{<span> prenom</span> }}", "write {{ prenom }}"),
        ("{{ prenom&nbsp;}}", "write {{ prenom }}"),
        ("{{ titre|default(&quot;x&quot;) }}", 'write {{ titre|default("x") }}'),
        ("{{ **prenom** }}", "write {{ prenom }}"),
        ("{% if poste %}x{% endfi %}", "write {% endif %}"),
        ("{% iff poste %}x{% endif %}", "write {% if poste %}"),
        ("{% if poste %}x{% esle %}y{% endif %}", "write {% else %}"),
        ("{{ nom + 1 }}", "write nom|float + 1"),
        ("{{ 1 - nom }}", "write 1 - nom|float"),
        ("{{ prenom, nom }}", "write {{ prenom }} {{ nom }}"),
        ('{{ "x" | defalt }}', "write |default"),
        ("{{ titre|default: 'x' }}", "write {{ titre|default('x') }}"),
        ("{{ titre|default('x' }}", "write {{ titre|default('x') }}"),
        ("{{ titre|default('x\") }}", "write {{ titre|default("),
        ("{{ titre|default(`x`) }}", 'write {{ titre|default("x") }}'),
        ("{% if poste == 'a' OU poste == 'b' %}x{% endif %}", "write {% if poste == 'a' or poste == 'b' %}"),
        ("{% if poste == 'a' or == 'b' %}x{% endif %}", "write {% if poste in ['a', 'b'] %}"),
        ("{% if poste ≠ 'a' %}x{% endif %}", "write {% if poste != 'a' %}"),
        ("{{ prenom||upper }}", "write {{ prenom|upper }}"),
        ("{{ prenom| }}", "write {{ prenom }}"),
    ],
)
def test_a_slip_is_answered_with_what_to_write(slip: str, write: str) -> None:
    with pytest.raises(LetterError, match="line 3: ") as caught:
        parse_letter(f"Subject: x\n\n{slip}\n", Path("letter.md"))
    assert write in str(caught.value)


@pytest.mark.parametrize("name", ["pre\u0301nom", "Pre\u0301nom", "prénom", "PRÉNOM"])
def test_a_name_with_an_accent_is_the_same_however_it_is_composed(name: str) -> None:
    (expression,) = parse_letter(f"Subject: x\n\n{{{{ {name} }}}}\n", Path("letter.md")).expressions
    assert expression.fields == {"prenom"}
