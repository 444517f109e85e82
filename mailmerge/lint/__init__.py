"""The recipient-exposure linter: nobody's data reaches anybody else, and a clean campaign is not nagged.

Every rule is loaded when it is first asked for; the last gate (:func:`gate`) names the few that it needs.
"""

from mailmerge.lint.engine.catalogue import all_rules, rule_named
from mailmerge.lint.engine.check import check
from mailmerge.lint.engine.gate import before_data, gate, one_rcpt
from mailmerge.lint.engine.proof import prove
from mailmerge.lint.engine.report import Report
from mailmerge.lint.finding import Finding, Suppression, Waiver
from mailmerge.lint.rule import HEADINGS, Rule, RuleDoc, Scope
from mailmerge.lint.views.inspection import Exclusion, Inspection, LintSettings, Undecided
from mailmerge.lint.views.remark import Remark

__all__ = [
    "HEADINGS",
    "Exclusion",
    "Finding",
    "Inspection",
    "LintSettings",
    "Remark",
    "Report",
    "Rule",
    "RuleDoc",
    "Scope",
    "Suppression",
    "Undecided",
    "Waiver",
    "all_rules",
    "before_data",
    "check",
    "gate",
    "one_rcpt",
    "prove",
    "rule_named",
]
