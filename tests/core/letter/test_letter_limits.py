"""What a message may hold and compute, to the last character: each way of making a text, and each step that costs."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import each_row
from letter_cases import composed, letter_of

from mailmerge.errors import RenderFailed
from mailmerge.letter.budget import MAX_OUTPUT, Budget
from mailmerge.letter.jinja.bounded import DICT_METHODS, FILTERS, TEXT_METHODS
from mailmerge.letter.recorder import MAX_STEPS

MADE = {
    "a ~ b": ("nom ~ 'y'", MAX_OUTPUT - 1),
    "a + b": ("nom + 'y'", MAX_OUTPUT - 1),
    "three parts": ("'y' ~ nom ~ 'y'", MAX_OUTPUT - 2),
    "a list in one": ("[nom, 'y']|join", MAX_OUTPUT - 1),
    "a list in one, by a method": ("''.join([nom, 'y'])", MAX_OUTPUT - 1),
    "what is between the parts": ("['', '', '']|join(nom)", MAX_OUTPUT // 2),
    "replaced by more": ("nom|replace('x', 'xx', 1)", MAX_OUTPUT - 1),
    "replaced by more everywhere": ("(nom ~ 'yy')|replace('y', 'yyy')", MAX_OUTPUT - 6),
    "replaced by less": ("(nom ~ '')|replace('x', '')", MAX_OUTPUT),
    "replaced by a method": ("nom.replace('x', 'xx', 1)", MAX_OUTPUT - 1),
    "a text as it is": ("nom|string", MAX_OUTPUT),
}
"""How a text is put together, and the longest name with which it may be."""


def refusal(tmp_path: Path, body: str, **values: str) -> str:
    """Why a message is refused, ``""`` where it is made."""
    letter = letter_of(tmp_path, f"Content-Language: fr\n\n{body}\n", "l.txt")
    try:
        composed(letter, **values)
    except RenderFailed as failed:
        return failed.reason.kind
    return ""


@each_row("how", MADE)
def test_a_text_may_be_made_up_to_the_last_character(tmp_path: Path, how: str) -> None:
    expression, longest = MADE[how]
    body = f"{{% if {expression} == '' %}}{{% endif %}}x"
    assert refusal(tmp_path, body, nom="x" * longest) == ""
    assert refusal(tmp_path, body, nom="x" * (longest + 1)) == "text-too-long"


@each_row("prints", [1, 2, 4])
def test_the_values_of_a_message_have_so_many_characters_together(tmp_path: Path, prints: int) -> None:
    body = "{{ nom }} " * prints
    assert refusal(tmp_path, body, nom="x" * (MAX_OUTPUT // prints)) == ""
    assert refusal(tmp_path, body, nom="x" * (MAX_OUTPUT // prints + 1)) == "message-too-long"


@each_row(
    ("body", "most"),
    [("{% for x in nom.split(',') %}{% endfor %}x", MAX_STEPS),
     ("{% for x in nom.split(',') %}{% endfor %}" * 2 + "x", MAX_STEPS // 2),
     ("{% for x in nom.split(',') %}{% for y in 'abc'|list %}{% endfor %}{% endfor %}x", MAX_STEPS // 4)],
)  # fmt: skip
def test_the_loops_of_a_message_go_so_many_rounds_together(tmp_path: Path, body: str, most: int) -> None:
    assert refusal(tmp_path, body, nom="," * (most - 1)) == ""
    assert refusal(tmp_path, body, nom="," * most) == "loops-too-long"


ARGUMENTS = {
    "replace": "('u', 'o')", "count": "('u')", "find": "('u')", "endswith": "('u')", "startswith": "('u')",
    "partition": "('u')", "rpartition": "('u')", "removeprefix": "('u')", "removesuffix": "('u')",
    "split": "('u')", "rsplit": "('u')", "join": "(['a', 'b'])", "get": "('a')",
}  # fmt: skip
AT_NO_COST = frozenset({"d", "default", "float", "int", "round"})
"""What goes through a text once, wherever it is written: a loop that repeats it pays for the name."""
A_DATE = frozenset({"date", "day"})
STEPS = {
    **{
        f"filter {name}": f"nom|{name}{ARGUMENTS.get(name, '') if name == 'replace' else ''}"
        for name in FILTERS
        if name not in AT_NO_COST | A_DATE | {"abs", "sort", "first", "last"}
    },
    **{
        f"filter {name} of a list": f"[nom, nom]|{name}"
        for name in ("sort", "first", "last", "join", "length", "count", "list")
    },
    **{f"method {name}": f"nom.{name}{ARGUMENTS.get(name, '()')}" for name in TEXT_METHODS},
    **{f"method {name}": f"{{'a': nom}}.{name}{ARGUMENTS.get(name, '()')}" for name in DICT_METHODS},
    "put together": "nom ~ 'a'",
    "sum": "nom + 'a'",
    "sum of lists": "[nom] + ['a']",
    "a list": "[nom, 'a']|list == 'x'",
    "accord": "accord(nom, 'Madame')",
    "argument": "'a'.count(nom)",
    "argument of a filter": "'a'|trim(nom)",
    "separator": "['a']|join(nom)",
}  # fmt: skip


def spent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, nom: str) -> int:
    """What one message costs."""
    costs: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(Budget, "spend", lambda _budget, characters: costs.append(characters))
        refusal(tmp_path, body, nom=nom)
    return sum(costs)


LENGTH = 5000


@each_row("step", STEPS)
def test_whatever_goes_through_a_text_is_paid_for_by_its_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    body = f"{{% if {STEPS[step]} %}}{{% endif %}}x"
    short, long = (spent(tmp_path, monkeypatch, body, "u" * length) for length in (0, LENGTH))
    assert long - short >= LENGTH


@each_row(
    "body",
    ["{% set a = nom %}{% if a %}{% endif %}x",
     "{% for x in ['a'] %}{% if nom %}{% endif %}{% endfor %}x",
     "{% for x in [nom] %}{% endfor %}x", "{% set a = 'b' ~ nom %}x"],
)  # fmt: skip
def test_a_name_that_is_set_or_in_a_loop_is_paid_for_by_its_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    short, long = (spent(tmp_path, monkeypatch, body, "u" * length) for length in (0, LENGTH))
    assert long - short >= LENGTH


@each_row("step", ["strip", "lstrip", "rstrip"])
def test_what_compares_each_character_with_each_is_paid_for_by_their_product(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    for written in (f"nom.{step}(nom)", "nom|trim(nom)"):
        body = f"{{% if {written} %}}{{% endif %}}x"
        assert spent(tmp_path, monkeypatch, body, "u" * 300) >= 300 * 300


@each_row("step", sorted(A_DATE))
def test_a_date_is_paid_for_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    once, thrice = (
        spent(tmp_path, monkeypatch, f"{{% if nom|{step} %}}{{% endif %}}" * times + "x", "03/09/2026")
        for times in (1, 3)
    )
    assert thrice == 3 * once > 1000


@each_row("step", sorted(A_DATE))
def test_a_text_that_is_longer_than_any_date_is_none(tmp_path: Path, step: str) -> None:
    body = f"{{% if nom|{step} %}}{{% endif %}}x"
    assert refusal(tmp_path, body, nom="03/09/2026" + " " * 90) == ""
    assert refusal(tmp_path, body, nom="03/09/2026" + " " * 91) == "not-a-date"


def test_a_style_of_dates_is_short(tmp_path: Path) -> None:
    for length, refused in ((100, ""), (101, "wrong-arguments")):
        body = f"{{% if nom|date('{'yyyy'.ljust(length)}') %}}{{% endif %}}x"
        assert refusal(tmp_path, body, nom="03/09/2026") == refused
