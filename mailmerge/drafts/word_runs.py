"""The runs of a document of Word (ECMA-376 part 1, 17.3.2), each brought to one thing, and what mammoth passes over."""

from __future__ import annotations

import copy
import operator
from collections.abc import Iterator
from xml.etree import ElementTree

from mailmerge.drafts.draft import FIELD_CLOSE, FIELD_OPEN

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_OFF = frozenset({"0", "false", "off"})
_AROUND = frozenset({f"{W}dir", f"{W}bdo"})
"""Elements around runs that change nothing of what they say."""
_FORMULAS = frozenset({f"{_M}oMath", f"{_M}oMathPara"})
_BREAKS = frozenset({f"{W}br", f"{W}cr"})


def runs_of(document: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, ElementTree.Element]]:
    """Each run with what it is in, in the order of the text."""
    for parent in document.iter():
        for child in list(parent):
            if is_run(child):
                yield parent, child


def is_run(element: ElementTree.Element) -> bool:
    """Whether an element is a run."""
    return element.tag == f"{W}r"


def is_on(run: ElementTree.Element, name: str) -> bool:
    """Whether a property that is on or off (17.17.4) is on in a run."""
    found = run.find(f"{W}rPr/{W}{name}")
    return found is not None and (found.get(f"{W}val") or "1").lower() not in _OFF


def append_text(run: ElementTree.Element, text: str) -> None:
    """A text at the end of a run."""
    part = ElementTree.SubElement(run, f"{W}t")
    part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    part.text = text


def empty(run: ElementTree.Element) -> None:
    """Take out what a run says; its looks stay."""
    for part in list(run):
        if part.tag != f"{W}rPr":
            run.remove(part)


def straighten(document: ElementTree.Element) -> None:
    """One part of a field per run, no hidden text, and everything that has text in elements that mammoth reads."""
    for instead in (_opened, _cut):
        for parent in reversed(list(document.iter())):  # what is within, first
            children = [each for child in parent for each in instead(child)]
            if len(children) != len(parent) or any(map(operator.is_not, children, parent)):
                parent[:] = children


def _opened(element: ElementTree.Element) -> list[ElementTree.Element]:
    if element.tag == f"{W}sdt":
        _control(element)
    elif element.tag in _AROUND:
        return list(element)
    elif element.tag in _FORMULAS:
        return [_run_of(element)]
    elif element.tag == f"{W}fldSimple":
        return _in_runs(element)
    return [element]


def _cut(element: ElementTree.Element) -> list[ElementTree.Element]:
    if not is_run(element):
        return [element]
    if is_on(element, "vanish"):
        return []
    _plain_parts(element)
    if len(element) > 1 and any(part.tag in (f"{W}fldChar", f"{W}instrText") for part in element):
        return _one_by_one(element)
    return [element]


def _control(control: ElementTree.Element) -> None:
    """A box keeps its sign; a control that nobody filled in is the field of its title, not what Word shows there."""
    properties = control.find(f"{W}sdtPr")
    if properties is None:
        return
    for box in properties.findall(f"{_W14}checkbox"):
        properties.remove(box)
    if properties.find(f"{W}showingPlcHdr") is None:
        return
    titles = [properties.find(f"{W}{name}") for name in ("alias", "tag")]
    name = next(filter(None, (title.get(f"{W}val", "") for title in titles if title is not None)), "Placeholder")
    runs = [run for _parent, run in runs_of(control)]
    for run in runs:
        empty(run)
    if runs:
        append_text(runs[0], f"{FIELD_OPEN}{name}{FIELD_CLOSE}")


def _run_of(formula: ElementTree.Element) -> ElementTree.Element:
    run = ElementTree.Element(f"{W}r")
    append_text(run, "".join(text.text or "" for text in formula.iter(f"{_M}t")))
    return run


def _in_runs(field: ElementTree.Element) -> list[ElementTree.Element]:
    """A field in one element as a field of several runs, which can say no more."""
    begin, code, separate, end = (ElementTree.Element(f"{W}r") for _ in range(4))
    for run, kind in ((begin, "begin"), (separate, "separate"), (end, "end")):
        ElementTree.SubElement(run, f"{W}fldChar").set(f"{W}fldCharType", kind)
    ElementTree.SubElement(code, f"{W}instrText").text = field.get(f"{W}instr", "")
    return [begin, code, separate, *field, end]


def _plain_parts(run: ElementTree.Element) -> None:
    """Breaks of pages and columns as breaks of lines, tabs of every kind as tabs, capitals as letters."""
    capitals = is_on(run, "caps")
    for part in run:
        if part.tag in _BREAKS:
            part.tag = f"{W}br"
            part.attrib.pop(f"{W}type", None)
        elif part.tag == f"{W}ptab":
            part.tag = f"{W}tab"
        elif part.tag == f"{W}t" and capitals and part.text:
            part.text = part.text.upper()


def _one_by_one(run: ElementTree.Element) -> list[ElementTree.Element]:
    looks = run.find(f"{W}rPr")
    runs = []
    for part in run:
        if part is not looks:
            alone = ElementTree.Element(f"{W}r")
            alone.extend([copy.copy(looks)] if looks is not None else [])
            alone.append(part)
            runs.append(alone)
    return runs
