"""``[approval]`` in campaign.toml and in config.toml: the stricter of the two holds, and is frozen with the run."""

from __future__ import annotations

from pathlib import Path

import pytest
from approval_cases import ACCOUNT, Clock, computer, desk, write_campaign
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from mailmerge.approval.rule import rule_of
from mailmerge.campaign import open_campaign, read_campaign_file
from mailmerge.environment import now
from mailmerge.errors import InputError
from mailmerge.settings.approval_rule import ApprovalRule, key_line, public_key, stricter
from mailmerge.settings.preferences import read_preferences

KEYS = {name: key_line(bytes([number]) * 32) for number, name in enumerate(("paul", "lea", "zoe"), 1)}
numbers = st.none() | st.integers(0, 1000)
approvers = st.none() | st.sets(st.sampled_from(sorted(KEYS))).map(lambda names: {n: KEYS[n] for n in sorted(names)})
rules = st.builds(ApprovalRule, numbers, st.none() | st.integers(1, 720), approvers)


@given(rules, rules, st.integers(0, 1001))
def test_the_stricter_of_two_rules_allows_only_what_both_allow(one: ApprovalRule, other: ApprovalRule, messages: int):
    both = stricter(one, other)
    assert both.requires(messages) == (one.requires(messages) or other.requires(messages))
    assert both.hours == min(hours for hours in (one.valid_hours, other.valid_hours, 720) if hours) or both.hours == 24
    for name, line in KEYS.items():
        key = public_key(line)
        assert key is not None
        named = [rule for rule in (one, other) if rule.approvers is not None]
        allowed = bool(named) and all(rule.name_of(key) for rule in named)
        assert (both.name_of(key) == name) == allowed


@given(rules, rules)
def test_it_does_not_matter_which_rule_comes_first(one: ApprovalRule, other: ApprovalRule):
    assert stricter(one, other) == stricter(other, one)


def test_a_run_of_exactly_the_number_needs_nobody():
    rule = ApprovalRule(required_above=20)
    assert [rule.requires(count) for count in (0, 1, 20, 21, 340)] == [False, False, False, True, True]
    assert ApprovalRule(required_above=0).requires(1)
    assert not ApprovalRule().requires(100_000)


NO_KEYS = {
    "rsa": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7",
    "cut": KEYS["paul"][:40],
    "long": key_line(b"x" * 33),
    "empty": "",
    "word": "paul",
    "ecdsa": "ecdsa-sha2-nistp256 AAAAE2VjZHNh",
    "not base64": "ssh-ed25519 ñññ",
}


@each_row("line", NO_KEYS.values(), ids=NO_KEYS)
@each_row("where", ["campaign", "config"])
def test_a_key_that_is_none_is_one_clear_line(tmp_path: Path, line: str, where: str):
    section = f'[approval]\napprovers = {{ paul = "{line}" }}\n'
    if where == "campaign":
        path = tmp_path / "campaign.toml"
        path.write_text(f'recipients = "a.csv"\ntemplate = "b.md"\n{section}', encoding="utf-8")
        with pytest.raises(InputError, match="the key of paul in approvers is not an Ed25519 public key"):
            read_campaign_file(path)
    else:
        (tmp_path / "config.toml").write_text(section, encoding="utf-8")
        with pytest.raises(InputError, match="the key of paul in approvers is not an Ed25519 public key"):
            read_preferences(tmp_path)


@pytest.mark.parametrize("hours", ["0", "721", "1.5", "true", '"24"', "-1"])
def test_hours_out_of_bounds_are_one_clear_line(tmp_path: Path, hours: str):
    (tmp_path / "config.toml").write_text(f"[approval]\nvalid_hours = {hours}\n", encoding="utf-8")
    with pytest.raises(InputError, match="valid_hours must be a whole number between 1 and 720"):
        read_preferences(tmp_path)


@pytest.mark.parametrize(
    ("sealed", "today", "above"),
    [("", "", None), ("30", "", 30), ("", "30", 30), ("30", "10", 10), ("10", "30", 10), ("", "0", 0)],
)
def test_the_rule_of_a_run_is_what_was_frozen_and_what_holds_today(
    tmp_path: Path, sealed: str, today: str, above: int | None
):
    here = computer(tmp_path / "claire", Clock(now()))
    frozen = f"required_above = {sealed}" if sealed else ""
    campaign = open_campaign([write_campaign(tmp_path / "c", 3, approval=frozen)], environment=here)
    run = campaign.signed_by(ACCOUNT).check().seal(ACCOUNT, here.outbox)
    if today:
        here.home.config.mkdir(parents=True, exist_ok=True)
        (here.home.config / "config.toml").write_text(f"[approval]\nrequired_above = {today}\n", encoding="utf-8")
    assert rule_of(run, here).required_above == above


def test_taking_the_rule_out_of_the_campaign_file_does_not_change_a_sealed_run(tmp_path: Path):
    at = desk(tmp_path)
    write_campaign(tmp_path / "campagne", approval="")
    found = rule_of(at.here.outbox.open(at.run.id), at.here)
    assert found.required_above == 20
    assert found.name_of(at.paul.public_key().public_bytes_raw()) == "paul"


def test_a_key_that_was_revoked_since_the_sealing_counts_no_more(tmp_path: Path):
    at = desk(tmp_path)
    other = key_line(Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    at.here.home.config.mkdir(parents=True, exist_ok=True)
    (at.here.home.config / "config.toml").write_text(
        f'[approval]\napprovers = {{ lea = "{other}" }}\n', encoding="utf-8"
    )
    assert rule_of(at.run, at.here).approvers == {}
