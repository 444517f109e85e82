"""Where a rule draws a line, the case just below it and the one just above are judged differently.

A new number in a rule needs a row here; where the cases of the rule have such a pair already, its name in ``IN_CASES``.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable

from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, table_of
from rule_cases import Case, cell, found, html, letter, named_files, only

from mailmerge.lint import Finding, Remark, rules
from mailmerge.lint.sentence import said

IN_CASES = {
    "amounts_of_others._FEWEST",
    "att506_data_file._FEWEST_PEOPLE",
    "counting._FAR",
    "counting._NEAR",
    "counting._SPARSE",
    "counting._STEPS",
    "disclosures._FEW",
    "exposure._WHOLE_VALUE",
    "lst105_one_address._NAMED",
    "lst110_column_shift._FIRST_TO_VERIFY",
    "lst110_column_shift._LEAST_VERIFIED",
    "lst111_local_misalignment._LINES_SHOWN",
    "lst116_special_category._LONGEST",
    "lst122_column_lag._APART",
    "lst122_column_lag._CHANGES",
    "lst122_column_lag._FAR",
    "lst122_column_lag._FITS",
    "lst122_column_lag._MIXED",
    "lst122_column_lag._SHARED",
    "lst123_filled_down._GROUPS",
    "lst123_filled_down._LEAST",
    "lst123_filled_down._OWN",
    "lst123_filled_down._OWN_BESIDE_ONE",
    "meta000_rule_failed._LONGEST_REASON",
    "meta001_waiver_unused._SHOWN",
    "meta002_waiver_refused.SHORTEST_REASON",
    "misplaced._LINES_SHOWN",
    "moved_cells._FEWEST",
    "moved_cells._LEAST",
    "moved_cells._UNIFORM",
    "msg304_foreign_address._FEW_ADDRESSES",
    "msg308_own_internal_value._LONG_VALUE",
    "tpl210_header_as_text._SHORTEST_HEADER",
    "tpl211_stranger._LISTED",
    "tpl211_stranger._NEARLY_ALL",
    "typed_cells._FEWEST",
    "typed_cells._LONGEST",
    "typed_cells._NEAR",
    "typed_cells._OWN",
    "typed_cells._SHORTEST_CODE",
    "typed_cells._SHORTEST_HEADER",
    "typed_cells._WEEKDAY_AND_MORE",
    "wir903_canonical_bytes.LONGEST_LINE",
    "xrc402_full_name._MANY",
    "xrc409_size_outlier._DEVIATIONS",
    "xrc409_size_outlier._FEWEST",
    "xrc409_size_outlier._LEAST_EXCESS",
}
BOUNDS_OF_WORK = {
    "disclosures._OWNERS_KEPT",
    "lst118_names_unchecked._SAMPLE",
    "lst120_anothers_address._SAMPLE",
    "lst122_column_lag._SAMPLE",
    "moved_cells._SAMPLE",
    "tpl211_stranger._NEAR",
    "tpl221_date_in_doubt._SAMPLE",
    "typed_cells._BEFORE",
    "wir903_canonical_bytes._SLICE",
    "xrc405_non_interference._ALL_COMPARED",
    "xrc405_non_interference._SAMPLE",
}
"""How much is looked at or kept; one more or less changes no judgement."""


def remarked(length: int) -> Case:
    return lambda: inspection_of(remarks=(Remark(1, "Paul Durand", "2026-11-26-7f3a", "x" * length),))


def columns(number: int) -> Case:
    headers = (*HEADERS, *(f"Colonne {n}" for n in range(number - len(HEADERS) - 1)), "Dernière")
    rows = [(*row, *["x"] * (number - len(HEADERS))) for row in PEOPLE]
    return lambda: inspection_of(table_of(rows, headers), LETTER + "\n{{ inconnu }}\n")


def signed_above(lines: int) -> Case:
    return letter("Dr Hélène Castaing\n\n" + "\n\n".join(f"ligne {n}" for n in range(lines)))


def greeted_twice(size: int) -> Case:
    """A greeting of a woman and a man whose words have so many letters in common."""
    alike = "Flöt"[:size]
    return letter(f"Liebe {alike}istin, lieber {alike}ant,")


def linked(length: int) -> Case:
    """A cell of so many characters with a link into the house."""
    return cell(poste="\\\\srv\\rh\\".ljust(length, "x"))


def picture(length: int) -> Case:
    return html(f'<img src="data:image/png;base64,{"A" * (length - 23)}Z" alt="">')


def of_words(number: int) -> Case:
    return letter(f"Merci de venir le ‹compléter {' '.join(['ici'] * (number - 1))}›.")


def of_letters(length: int) -> Case:
    """A stand-in in brackets of so many letters, blanks in between."""
    return letter(f"Vous êtes attendu à (nom{' ' * (length - 14)}à définir).")


def surnames(length: int) -> Case:
    """A value of so many characters that lists the surnames of five others."""
    names = ("Baux", "Cros", "Dorn", "Fage", "Gard")
    rows = [(row[0], row[1], name, *row[3:]) for row, name in zip(PEOPLE[1:], names, strict=True)]
    value = ", ".join(names).ljust(length, ".")
    assert len(value) == length
    return lambda: inspection_of([(*PEOPLE[0][:4], value, *PEOPLE[0][5:]), *rows])


def shifted(people: int) -> Case:
    """The personal files of so many people are each the next person's."""
    texts = [f"Attestation de {row[1]} {row[2]}" for row in (*PEOPLE[1:], PEOPLE[0])]
    return only(named_files([f"piece-{n}.txt" for n in range(6)], texts), *range(1, people + 1))


def shown_whole(findings: list[Finding]) -> bool:
    [finding] = findings
    return not said(finding.says, finding.values).rstrip('"').endswith("…")


def names_all_columns(findings: list[Finding]) -> bool:
    [finding] = findings
    return str(finding.values["columns"]).endswith(", derniere")


def keeps_all(findings: list[Finding]) -> bool:
    [finding] = findings
    return finding.excerpt.endswith("Z")


PAIRS: dict[str, tuple[str, Callable[[int], Case], int, Callable[[list[Finding]], bool]]] = {
    "meta003_reviewer_remark._LONGEST_REASON": ("META003", remarked, 200, shown_whole),
    "misplaced._FEWEST": ("ATT502", shifted, 2, lambda findings: len(findings) > 1),
    "stand_ins._MOST": ("TPL205", of_letters, 62, bool),
    "tpl201_undefined_or_empty._COLUMNS_SHOWN": ("TPL201", columns, 12, names_all_columns),
    "tpl204_leftover_letter._LAST_LINES": ("TPL204", signed_above, 3, lambda findings: not findings),
    "tpl211_stranger._LEAST": ("TPL211", linked, 14, lambda findings: not findings),
    "tpl211_stranger._SAME": ("TPL211", greeted_twice, 3, bool),
    "tpl214_dead_link._LONGEST": ("TPL214", picture, 200, keeps_all),
    "unfinished._MOST_WORDS": ("TPL205", of_words, 9, bool),
    "xrc402_full_name._LONG": ("XRC402", surnames, 29, lambda findings: not findings),
}
"""By its number: the rule, a campaign of a size, the last size on one side, and whether findings are of that side."""


@each_row(("code", "of_size", "last", "is_below"), PAIRS.values(), ids=PAIRS)
def test_one_more_is_judged_differently(
    code: str, of_size: Callable[[int], Case], last: int, is_below: Callable[[list[Finding]], bool]
) -> None:
    assert [is_below(found(of_size(size)(), code)) for size in (last, last + 1)] == [True, False]


def test_every_number_of_a_rule_has_its_pair() -> None:
    numbers = {
        f"{module.name.rpartition('.')[2]}.{name}"
        for module in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.")
        for name, value in vars(importlib.import_module(module.name)).items()
        if type(value) in (int, float) and f"\n{name} = " in inspect.getsource(sys.modules[module.name])
    }
    assert numbers == {*IN_CASES, *BOUNDS_OF_WORK, *PAIRS}
