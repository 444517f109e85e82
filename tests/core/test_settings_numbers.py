"""Every number of config.toml and campaign.toml: what is not between its bounds is one clear line, whatever it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.accounts.config import Accounts
from mailmerge.campaign import read_campaign_file
from mailmerge.errors import InputError
from mailmerge.settings.preferences import read_preferences

NEVER = {
    **{text: text for text in ("-1", "-9223372036854775809", "99999999999999999999", "1e400", "inf", "-inf", "nan")},
    **{text: text for text in ("true", "false", "1e308", '"30"', "[]", "[30]", "{}", "2026-01-01", "{a = 1}", '""')},
    "a number of 400 digits": "1" * 400,
    "a number of 5,000 digits": "9" * 5000,
    "minus a number of 5,000 digits": "-" + "9" * 5000,
}
FRACTIONS = ("1.5", "30.0", "0.001", "5e-324")
ACCOUNT = '[accounts.rh]\naddress = "rh@x.example"\nhost = "localhost"\ntls = "none"\nauth = "none"\n'


def preferences(folder: Path, name: str, text: str) -> object:
    (folder / "config.toml").write_text(f"{name} = {text}\n", encoding="utf-8")
    return getattr(read_preferences(folder), name)


def account(folder: Path, name: str, text: str) -> object:
    (folder / "config.toml").write_text(f"{ACCOUNT}{name} = {text}\n", encoding="utf-8")
    return getattr(Accounts(folder).get("rh"), name)


def campaign(folder: Path, name: str, text: str) -> object:
    start = 'recipients = "a.csv"\ntemplate = "b.md"\n'
    (folder / "campaign.toml").write_text(f"{start}{name} = {text}\n", encoding="utf-8")
    return getattr(read_campaign_file(folder / "campaign.toml"), name)


def approval(folder: Path, name: str, text: str) -> object:
    start = 'recipients = "a.csv"\ntemplate = "b.md"\n[approval]\n'
    (folder / "campaign.toml").write_text(f"{start}{name} = {text}\n", encoding="utf-8")
    return getattr(read_campaign_file(folder / "campaign.toml").approval, name)


Read = Callable[[Path, str, str], object]
NUMBERS: dict[str, tuple[Read, list[str], list[str]]] = {
    "keep_days": (preferences, ["1", "30", "3650", "0x1F", "1_000"], ["0", "3651", *FRACTIONS]),
    "port": (account, ["1", "587", "65535"], ["0", "65536", *FRACTIONS]),
    "connections": (account, ["1", "20"], ["0", "21", *FRACTIONS]),
    "per_minute": (account, ["0", "1", "0.8", "30.0", "1_000_000"], ["1000001", "0.001", "5e-324"]),
    "per_day": (account, ["0", "1", "10000"], ["1_000_000_001", *FRACTIONS]),
    "header_line": (campaign, ["0", "1", "12"], ["1_048_577", *FRACTIONS]),
    "required_above": (approval, ["0", "20"], ["1_000_000_001", *FRACTIONS]),
}
WRONG = [(name, text) for name, (_read, _good, bad) in NUMBERS.items() for text in [*NEVER, *bad]]


@each_row(("name", "text"), WRONG)
def test_a_number_that_cannot_be_is_one_line_that_names_the_file_and_the_key(
    name: str, text: str, tmp_path: Path
) -> None:
    read = NUMBERS[name][0]
    with pytest.raises(InputError) as told:
        read(tmp_path, name, NEVER.get(text, text))
    sentence = str(told.value)
    assert str(tmp_path) in sentence
    assert "\n" not in sentence
    assert len(sentence) < len(str(tmp_path)) + 200
    if "5,000" in text:
        assert sentence.endswith("it holds a number with too many digits")
    else:
        assert f"{name} must be" in sentence
        assert "`" not in sentence


@each_row(("name", "text"), [(name, text) for name, (_r, good, _b) in NUMBERS.items() for text in good])
def test_a_number_within_its_bounds_is_read(name: str, text: str, tmp_path: Path) -> None:
    assert NUMBERS[name][0](tmp_path, name, text) == eval(text)


@pytest.mark.parametrize("name", NUMBERS)
def test_a_file_nested_without_an_end_is_one_line(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        NUMBERS[name][0](tmp_path, name, "[" * 5000 + "]" * 5000)
    assert "\n" not in str(told.value)
