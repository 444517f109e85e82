"""The recipient-exposure linter: nobody's data reaches anybody else, and a clean campaign is not nagged."""

from mailmerge.lint import cells, crosscheck, files, letters, message, people  # noqa: F401  (they enter their rules)
from mailmerge.lint.catalogue import rule_named, rules
from mailmerge.lint.engine import check
from mailmerge.lint.finding import Finding, Severity, Suppression, Waiver
from mailmerge.lint.inspection import Inspection, LintSettings
from mailmerge.lint.registry import Rule, Scope
from mailmerge.lint.report import Report
from mailmerge.lint.wire import gate

__all__ = [
    "Finding",
    "Inspection",
    "LintSettings",
    "Report",
    "Rule",
    "Scope",
    "Severity",
    "Suppression",
    "Waiver",
    "check",
    "gate",
    "rule_named",
    "rules",
]
