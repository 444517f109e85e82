"""Whatever a letter computes ends soon, by how much work it is and not by a clock: nothing has to be stopped."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from each_row import each_row
from letter_cases import VALUES, body_letter, composed, letter_of, person

from mailmerge.errors import CampaignError, LetterError, RenderFailed
from mailmerge.letter import compile_condition, compile_value
from mailmerge.letter.budget import MAX_NUMBER, MAX_WORK, Budget
from mailmerge.letter.jinja.sandbox import FILTERS, METHODS, TESTS
from mailmerge.letter.markup.markdown import MOST_CELLS, MOST_COLUMNS
from mailmerge.letter.reasons import LimitExceeded
from mailmerge.letter.recorder import RECORDER, Recorder

HUGE = ("1000000000", "-1000000000", "999999999999999999999999", "1e308", "'x'.join(nom|list)", "[nom, nom]")
ARGUMENTS = [
    "",
    *HUGE,
    *(f"{one}, {other}" for one, other in itertools.product(("nom", "9"), ("1000000000", "'ceil'"))),
]
LONG = "Durand" * 20_000
"""A cell that somebody pasted a book into."""


def compute(tmp_path: Path, body: str, **values: str) -> str:
    """The text of a message, or ``""`` where it is refused."""
    try:
        return composed(letter_of(tmp_path, f"Content-Language: fr\n\n{body}\n", "l.txt"), **values).text
    except (RenderFailed, LetterError) as refusal:
        return "" if "\n" not in str(refusal) else f"more than one line: {refusal}"


def a_third(
    values: Sequence[str], arguments: Sequence[str], names: Sequence[str], name: str
) -> Iterator[tuple[str, str]]:
    """A third of the pairs, another for each name: each name meets each value, and each argument beside one of them."""
    turn = names.index(name)
    for one, two in itertools.product(range(len(values)), range(len(arguments))):
        if (one + two + turn) % 3 == 0:
            yield values[one], arguments[two]


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_a_filter_ends_whatever_it_is_given(tmp_path: Path, name: str) -> None:
    for value, arguments in a_third(
        ("nom", "1.5", "[nom, 'b']", "{'a': nom}", "none"), ARGUMENTS, sorted(FILTERS), name
    ):
        called = f"({arguments})" if arguments else ""
        compute(tmp_path, f"x{{{{ {value}|{name}{called} }}}}", nom=LONG)


@each_row("use", ["", "|string", "|upper", "|trim", "|join", "|join(', ')"])
def test_a_list_within_a_list_never_becomes_text(tmp_path: Path, use: str) -> None:
    for value in ("[[nom, 'a'], 'b']", "[(nom, 'a')]", "[{'a': nom}, nom]"):
        assert compute(tmp_path, f"x{{{{ {value}{use} }}}}") == "", value


@each_row("method", ["common", "ceil", "floor"])
def test_a_number_is_rounded_to_digits_that_it_can_have(tmp_path: Path, method: str) -> None:
    for digits in (16, 17, 300, 999_999_999, -16, -300, -999_999_999):
        assert compute(tmp_path, f"x{{{{ 1.5|round({digits}, '{method}') }}}}") == "", digits
    for digits in (0, 1, 15, -1, -15):
        assert compute(tmp_path, f"x{{{{ 1.5|round({digits}, '{method}') }}}}"), digits


@each_row("name", sorted(METHODS))
def test_a_method_ends_whatever_it_is_given(tmp_path: Path, name: str) -> None:
    for owner, arguments in a_third(("nom", "'%1000000000d'", "{'a': nom}"), ARGUMENTS, sorted(METHODS), name):
        compute(tmp_path, f"x{{{{ {owner}.{name}({arguments}) }}}}", nom=LONG)


@each_row(
    "call",
    ["nom.replace('u', 'o', {})", "nom.split('u', {})|first", "nom.rsplit('u', {})|first", "nom.count('u', {})",
     "nom.find('u', {})", "nom|replace('u', 'o', {})", "nom|replace('u', 'o', count={})"],
)  # fmt: skip
def test_a_number_that_is_handed_on_is_bounded_as_a_calculated_one_is(tmp_path: Path, call: str) -> None:
    for given in (MAX_NUMBER + 1, -MAX_NUMBER - 1, 2**62):  # a machine could count with each of them
        assert compute(tmp_path, f"x{{{{ {call.format(given)} }}}}") == "", given
    for given in (0, 3, MAX_NUMBER):
        assert compute(tmp_path, f"x{{{{ {call.format(given)} }}}}"), given


@each_row("text", [f"{MAX_NUMBER + 1}", f"-{MAX_NUMBER + 1}", f"{2**62}", "1e300", "-1e300", "inf", "nan"])
def test_a_number_that_a_cell_holds_is_bounded(tmp_path: Path, text: str) -> None:
    for name in ("float", "int"):
        assert compute(tmp_path, f"{{% if nom|{name} == 1 %}}y{{% endif %}}x", nom=text) == "", name
    with pytest.raises(LimitExceeded):
        FILTERS["int"](None, float(text))
    with pytest.raises(LimitExceeded):
        FILTERS["round"](float(text))


def test_a_filter_bounds_what_it_is_handed_wherever_that_comes_from() -> None:
    """Letters write no such number and calculate none: this is a second lock, tried without the first."""
    context = SimpleNamespace(parent={RECORDER: Recorder("fr", ())})
    for given in (MAX_NUMBER + 1, -MAX_NUMBER - 1, 1e300, float("inf"), float("nan")):
        with pytest.raises(LimitExceeded):
            FILTERS["replace"](context, "Durand", "u", "o", given)
        with pytest.raises(LimitExceeded):
            FILTERS["replace"](context, "Durand", "u", "o", count=given)
    assert FILTERS["replace"](context, "Durand", "u", "o", MAX_NUMBER) == "Dorand"


@each_row("name", sorted(TESTS))
def test_a_test_ends_whatever_it_is_given(tmp_path: Path, name: str) -> None:
    for value, argument in a_third(("nom", "1", "[nom, nom]"), ("", *HUGE), sorted(TESTS), name):
        compute(tmp_path, f"{{% if {value} is {name}{f'({argument})' if argument else ''} %}}{{% endif %}}x", nom=LONG)


DOUBLINGS = {
    "concatenation": ("nom", "a ~ a"),
    "sum of texts": ("nom", "a + a"),
    "sum of lists": ("[nom]", "a + a"),
    "sum of numbers": ("1", "a + a"),
    "difference": ("1", "a - (0 - a)"),
    "list": ("[nom]", "[a, a]"),
    "list of one": ("[nom]", "[a]"),
    "tuple": ("(nom, nom)", "(a, a)"),
    "dictionary": ("{'a': nom}", "{'a': a, 'b': a}"),
    "items": ("{'a': nom}", "{'a': a.items()|list, 'b': a.items()|list}"),
    "join": ("nom", "a.join([a, a, a])"),
    "filter join": ("nom", "[a, a]|join(a)"),
    "replace": ("nom", "a.replace('a', a)"),
    "replace nothing": ("nom", "a|replace('', 'xx')"),
    "split": ("nom", "a.split('u') + a.split('u')"),
    "sorted": ("[nom]", "(a + a)|sort"),
    "chosen": ("nom", "(a ~ a) if a else a"),
    "default": ("nom", "''|default(a ~ a)"),
    "upper": ("'ß'", "(a ~ a)|upper|lower"),
}
USES = (
    "a", "a == a", "a in a", "a|sort", "a|string", "a|join", "a|join(a)", "a|list", "a|first", "a|length", "a ~ a",
    "a|upper|proper|title|wordcount", "a is sequence", "a < a", "a.strip(a)", "a|trim(a)", "a.count(a)", "a[::2]",
)  # fmt: skip


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("how", ["lines", "loop"])
def test_what_doubles_is_stopped_before_it_is_large(tmp_path: Path, how: str, use: str) -> None:
    for number, way in enumerate(DOUBLINGS):
        if (number + USES.index(use)) % 6 == (0 if how == "lines" else 3):  # each way meets each use, or one like it
            double_and_use(tmp_path, how, way, use)


def double_and_use(tmp_path: Path, how: str, way: str, use: str) -> None:
    start, double = DOUBLINGS[way]
    if how == "lines":
        body = f"{{% set a = {start} %}}" + f"{{% set a = {double} %}}" * 40 + f"x{{{{ {use} }}}}"
    else:  # a loop sets names of its own, so that each round uses what was made before it
        body = f"{{% set a = {start} %}}" + f"{{% set a = {double} %}}" * 12
        body += "{% for i in nom|list %}{% for j in nom|list %}" + f"{{% if ({use}) == 'x' %}}y{{% endif %}}" * 9
        body += "{% endfor %}{% endfor %}x"
    compute(tmp_path, body)


@each_row("way", DOUBLINGS)
def test_forty_doublings_are_refused(tmp_path: Path, way: str) -> None:
    start, double = DOUBLINGS[way]
    body = f"{{% set a = {start} %}}" + f"{{% set a = {double} %}}" * 70 + "{% if a %}x{% endif %}"
    assert compute(tmp_path, body) == ""


@each_row(
    "source",
    ["1.5|round(999999999,'ceil')", "'%1000000000d' % 1", "nom|indent(10**9)", "nom.ljust(10**9)", "nom.center(10**9)",
     "nom * 10**9", "range(10**9)", "'{:>1000000000}'.format(nom)", "nom|center(10**9)", "nom.expandtabs(10**9)",
     "nom|round(10**9)", "1|round(-999999999)", "nom|wordwrap(1)", "nom|int + " + "9" * 5000],
)  # fmt: skip
def test_expressions_of_a_campaign_end_as_well(source: str) -> None:
    for compiled, argument in ((compile_condition, source), (compile_value, f"{{{{ {source} }}}}")):
        with pytest.raises(CampaignError):
            compiled(argument)(VALUES)  # type: ignore[operator]


@pytest.mark.parametrize("work", ["x == nom", "nom in nom", "nom[1:] == x", "x ~ nom == x", "x.strip(nom) == x"])
def test_a_long_cell_in_a_loop_is_paid_for_in_each_round(tmp_path: Path, work: str) -> None:
    body = f"{{% for x in 'abcdefghij'|list %}}{{% for y in 'abcdefghij'|list %}}{{% if {work} %}}{{% endif %}}"
    body += "{% endfor %}{% endfor %}x"
    assert compute(tmp_path, body) == "x\n"
    assert compute(tmp_path, body, nom=LONG * 2) == ""


def test_a_constant_text_in_a_loop_is_counted_before_it_is_made(tmp_path: Path) -> None:
    body = "{% for a in nom|list %}{% for b in nom|list %}" + "x" * 100_000 + "{% endfor %}{% endfor %}"
    assert compute(tmp_path, body, nom="Durand" * 10) == ""


def test_the_same_message_is_refused_however_slow_the_machine_is(tmp_path: Path) -> None:
    """The budget is counted in characters: what is left after a message depends on nothing else."""
    letter = body_letter(tmp_path, "{% set a = nom ~ nom %}{% for x in a|list %}{{ x|upper }}{% endfor %}", "l.txt")
    spent: list[int] = []

    class Counting(Budget):
        __slots__ = ()

    for _ in range(2):
        total = 0

        def spend(budget: Budget, characters: int, real=Budget.spend) -> None:  # type: ignore[no-untyped-def]
            nonlocal total
            total += characters
            real(budget, characters)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Budget, "spend", spend)
            letter.compose(person(), VALUES)
        spent.append(total)
    assert spent[0] == spent[1]
    assert 0 < spent[0] < MAX_WORK


@pytest.mark.parametrize("shape", ["wide", "filled up", "long", "by a loop", "in a list", "in a quotation"])
def test_a_table_is_bounded_in_its_cells(tmp_path: Path, shape: str) -> None:
    def table(columns: int, rows: str, before: str = "") -> str:
        lines = ("|" + "a|" * columns, "|" + "-|" * columns, *rows.splitlines())
        return "".join(f"{before}{line}\n" for line in lines)

    over = MOST_CELLS // MOST_COLUMNS + 1
    body = {
        "wide": table(5000, "|b|\n"),
        "filled up": table(MOST_COLUMNS - 1, "|\n" * (over * 10)),
        "long": table(10, "|b|c|\n" * (MOST_CELLS // 10)),
        "by a loop": table(90, "{% for x in nom|list %}|\n{% endfor %}"),
        "in a list": table(5000, "|b|\n", "  ").replace("  |", "- |", 1),
        "in a quotation": table(5000, "|b|\n", "> "),
    }[shape]
    letter = body_letter(tmp_path, f"Bonjour\n\n{body}")
    with pytest.raises(RenderFailed, match="100 columns and 20,000 cells"):
        composed(letter, nom="Durand" * 1000)


def test_an_ordinary_table_stays_one(tmp_path: Path) -> None:
    body = "| a | b |\n|---|---|\n" + "| {{ nom }} | c |\n" * 50
    assert (composed(body_letter(tmp_path, body)).html or "").count("<tr>") == 51


@each_row("before", ["", "  ", "> ", "- a\n\n  ", "1. a\n\n   "])
@each_row("used", ["", "\n\n" + "[a1] " * 5000])
def test_definitions_of_links_that_follow_each_other_are_bounded(tmp_path: Path, before: str, used: str) -> None:
    indent = before.rpartition("\n")[2]
    lines = f"\n{indent}".join(f"[a{number}]: https://x.example/{number}" for number in range(20_000))
    with pytest.raises(RenderFailed, match="at most 1,000 definitions of links"):
        composed(body_letter(tmp_path, f"Bonjour {{{{ nom }}}}\n\n{before}{lines}{used}"), nom="Durand")


def test_an_ordinary_number_of_links_defined_at_the_end_stays(tmp_path: Path) -> None:
    body = "[un] [deux]\n\n" + "\n".join(f"[{name}]: https://x.example/{name}" for name in ("un", "deux"))
    assert (composed(body_letter(tmp_path, body)).html or "").count("href=") == 2


@each_row("body", ["{{ 9 }}", "{% if nom == 9 %}{% endif %}", "{% set a = 9 %}", "{{ nom|round(9) }}"])
@each_row("number", ["9" * 16, "9" * 5000, "1_" * 5000 + "1", "1e400"])
def test_a_number_without_an_end_is_one_line(tmp_path: Path, body: str, number: str) -> None:
    assert compute(tmp_path, "x" + body.replace("9", number)) == ""


@each_row("count", ["", ", 1000000000", ", -1", ", count=-1", ", -1000000000"])
@each_row("way", ["nom.replace('D', nom{})", "nom|replace('D', nom{})"])
def test_a_text_that_is_put_into_itself_is_bounded_before_it_is_made(tmp_path: Path, way: str, count: str) -> None:
    body = f"{{% if {way.format(count)} == 'x' %}}y{{% endif %}}"
    with pytest.raises(RenderFailed, match=r"would exceed 1,000,000|too many"):
        composed(body_letter(tmp_path, body), nom="D" * 20_000)


@each_row(
    ("call", "said"),
    [
        ("nom.replace('a', 'b', count=1)", "baa"), ("nom.replace('a', 'b', 1)", "baa"),
        ("nom.replace('a', 'b', -1)", "bbb"), ("nom|replace('a', 'b', count=2)", "bba"),
        ("nom.replace('a', new='b')", "bbb"), ("','.join(nom.split('a'))", ",,,"),
    ],
)  # fmt: skip
def test_what_a_method_is_given_by_name_counts_as_what_it_is_given_in_order(
    tmp_path: Path, call: str, said: str
) -> None:
    assert composed(letter_of(tmp_path, f"Subject: x\n\n{{{{ {call} }}}}\n", "l.txt"), nom="aaa").text == f"{said}\n"


@each_row("call", ["','.join(nom, 1)", "','.join(nom, x=1)", "','.join()", "nom.replace('a', 'b', other=1)"])
def test_what_a_method_does_not_take_is_refused(tmp_path: Path, call: str) -> None:
    with pytest.raises(RenderFailed):
        composed(letter_of(tmp_path, f"Subject: x\n\n{{{{ {call} }}}}\n", "l.txt"), nom="aaa")
