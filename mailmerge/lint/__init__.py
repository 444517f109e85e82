"""The recipient-exposure linter: nobody's data reaches anybody else, and a clean campaign is not nagged."""

from mailmerge.lint import (  # noqa: F401  (they enter their rules)
    addressing,
    cells,
    constants,
    contents,
    crosscheck,
    exclusions,
    files,
    greeting,
    hidden,
    letters,
    likeness,
    mailboxes,
    message,
    misalignment,
    names,
    people,
    provenance,
    structure,
    values,
    wording,
)
from mailmerge.lint.catalogue import rule_named, rules
from mailmerge.lint.engine import check
from mailmerge.lint.finding import Finding, Suppression, Waiver
from mailmerge.lint.inspection import Exclusion, Inspection, LintSettings
from mailmerge.lint.proof import prove
from mailmerge.lint.registry import Rule, Scope
from mailmerge.lint.report import Report
from mailmerge.lint.wire import gate

__all__ = [
    "Exclusion",
    "Finding",
    "Inspection",
    "LintSettings",
    "Report",
    "Rule",
    "Scope",
    "Suppression",
    "Waiver",
    "check",
    "gate",
    "prove",
    "rule_named",
    "rules",
]
