"""All rules together: each has its file, its documentation, and cases of both kinds beside it in the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from each_row import each_row
from rule_cases import RULES_FOLDER, case_files

import mailmerge.lint
from mailmerge.lint import HEADINGS, Rule, Scope, Suppression, all_rules
from mailmerge.lint.rule import CHECKS
from mailmerge.model import Severity

LOOKED_FOR = {rule.code for rule in all_rules()} - {
    rule.code for rule in all_rules() if rule.scope in (Scope.WIRE, Scope.ENGINE)
}
"""The rules that look at a campaign; the gate's and the engine's have tests of their own."""


def test_no_rule_lacks_cases() -> None:
    files = case_files()
    assert set(files) == LOOKED_FOR
    for code, module in files.items():
        assert module.FAILS, code
        assert module.PASSES, code


@each_row("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_is_where_its_code_says(rule: Rule) -> None:
    family = rule.code[:3].lower() if rule.code[3:4].isdigit() else rule.code.rstrip("0123456789").lower()
    name = f"{rule.code.lower()}_{rule.name.replace('-', '_')}.py"
    assert (Path(mailmerge.lint.__file__).parent / "rules" / family / name).is_file()
    if rule.code in LOOKED_FOR:
        assert (RULES_FOLDER / family / f"test_{name}").is_file()


@each_row("rule", all_rules(), ids=lambda rule: rule.code)
def test_no_rule_lacks_documentation(rule: Rule) -> None:
    assert rule.doc.title.endswith(".")
    assert all(getattr(rule.doc, part).strip() for part in HEADINGS)


def test_the_documentation_survives_optimisation() -> None:
    shown = [
        subprocess.run([sys.executable, *how, "-m", "mailmerge", "rules", "LST105"], capture_output=True, check=True)
        for how in ((), ("-OO",))
    ]
    assert shown[0].stdout == shown[1].stdout
    assert b"Toulouse" in shown[1].stdout


def test_the_last_gate_loads_no_other_rules() -> None:
    program = (
        "import sys, mailmerge.lint\n"
        "loaded = [name for name in sys.modules if name.startswith('mailmerge.lint.rules.')]\n"
        "print([name for name in loaded if '.wir.' not in name and '.meta.' not in name and name.count('.') > 3])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_catalogue_has_the_severities_and_suppressions_of_the_specification() -> None:
    never = {r.code for r in all_rules() if r.suppression is Suppression.NEVER and r.scope is not Scope.ENGINE}
    assert never >= {"LST101", "LST102", "LST105", "TPL201", "TPL205", "TPL206", "TPL208", "MSG301", "MSG303", "XRC401"}
    assert {r.code for r in all_rules() if r.suppression is Suppression.ALLOW} == {
        "TPL203",
        "MSG304",
        "MSG309",
        "ATT505",
    }
    assert {r.code for r in all_rules() if r.severity is Severity.WARN and r.scope is not Scope.ENGINE} == {
        "LST107", "LST109", "LST113", "LST115", "LST118", "LST121", "LST123", "LST125", "TPL204", "TPL209", "TPL210",
        "TPL211", "TPL212", "TPL215", "TPL216", "TPL220", "TPL222", "MSG309", "MSG310", "XRC408",
        "XRC409", "ATT505", "META003",
    }  # fmt: skip


def test_every_file_that_is_called_after_a_code_is_a_rule() -> None:
    files = (Path(mailmerge.lint.__file__).parent / "rules").glob("*/*[0-9]_*.py")
    assert {path.stem.partition("_")[0].upper() for path in files} == {rule.code for rule in all_rules()}


def test_a_rule_of_attachments_is_asked_of_messages_with_files_alone() -> None:
    asked = {(each.rule.code[:3] == "ATT", each.of_files) for each in CHECKS if each.scope is Scope.MESSAGE}
    assert asked == {(True, True), (False, False)}
