"""Conditions by which the cells of a workbook get another look, as far as they say so of a cell by its own value.

To hide noughts, errors, blanks and what is in the row above as well is usual, and hides nothing (ECMA-376 part
1, 18.18.12).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from html import unescape

from msgspec import Struct

from mailmerge.text.regex import regex

_RULE = regex(r"<cfRule\b([^<>]*)>")
_FORMULA = regex(r"<formula>([^<]*)</formula>")
_ATTRIBUTE = regex(r"\b(type|dxfId|operator|text)=[\"']([^\"']*)[\"']")
_ALWAYS = frozenset({"notContainsBlanks", "notContainsErrors"})
_IN_TEXT: Mapping[str, Callable[[str, str], bool]] = {
    "containsText": lambda cell, said: said in cell,
    "notContainsText": lambda cell, said: said not in cell,
    "beginsWith": str.startswith,
    "endsWith": str.endswith,
}
_EQUALS: Mapping[str, Callable[[object, object], bool]] = {"equal": operator.eq, "notEqual": operator.ne}
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    **_EQUALS,
    "greaterThan": operator.gt,
    "lessThan": operator.lt,
    "greaterThanOrEqual": operator.ge,
    "lessThanOrEqual": operator.le,
}
_USUAL = regex(
    r"ISERR|ISNA|ISBLANK|COUNTIF|\bMATCH\(|\bROW\(|\bMOD\(|\bFALSE\b|=\s*(?:0|\"\")\s*\)?\Z"
    r"|\A\s*\$?[A-Z]{1,3}\$?\d+\s*=\s*\$?[A-Z]{1,3}\$?\d+\s*\Z"
)
"""Formulas that look for noughts, errors, blanks, and for what is there already."""
_NOT_BLANK = regex(r"\bNOT\(\s*ISBLANK\(")


class FormatCondition(Struct, frozen=True):
    """One rule of a sheet's conditional formats."""

    style: int
    """The number of the style for conditions that it gives."""
    type: str
    operator: str
    text: str
    formulas: tuple[str, ...]

    def holds(self, cell: str, *, is_text: bool) -> bool:
        """Whether a cell with words or numbers in it gets the look, as far as that can be told."""
        if self.type in _ALWAYS:
            return True
        if self.type in _IN_TEXT:
            return _IN_TEXT[self.type](cell.casefold(), self.text.casefold())
        if self.type == "cellIs":
            return self._compares(cell, is_text=is_text)
        formula = self.formulas[0] if self.type == "expression" and self.formulas else "FALSE"
        return _NOT_BLANK.search(formula) is not None or _USUAL.search(formula) is None

    def _compares(self, cell: str, *, is_text: bool) -> bool:
        try:
            if is_text:
                said = [formula[1:-1].casefold() for formula in self.formulas if formula[:1] == '"']
                return _EQUALS[self.operator](cell.casefold(), said[0])
            numbers, value = [float(formula) for formula in self.formulas], float(cell)
            if self.operator in ("between", "notBetween"):
                return (min(numbers) <= value <= max(numbers)) is (self.operator == "between")
            return _COMPARED[self.operator](value, numbers[0])
        except (ValueError, IndexError, KeyError):
            return False  # it compares with another cell


def conditions_in(format_of_cells: str) -> Iterator[FormatCondition]:
    """The rules that one conditional format of a sheet has."""
    for rule in format_of_cells.split("</cfRule>")[:-1]:
        begins = _RULE.search(rule)
        given = dict(_ATTRIBUTE.findall(begins[1])) if begins else {}
        if given.get("dxfId", "").isdigit():
            yield FormatCondition(
                int(given["dxfId"]), given.get("type", ""), given.get("operator", ""), unescape(given.get("text", "")),
                tuple(map(unescape, _FORMULA.findall(rule))),
            )  # fmt: skip
