"""The language of the command line: chosen by an option, the environment, config.toml or the system."""

from __future__ import annotations

from gettext import NullTranslations
from inspect import cleandoc

import pytest
from house_source import translatable
from pseudo import OPEN, PSEUDO

from mailmerge import i18n
from mailmerge.cli.language import HelpFormatter
from mailmerge.environment import Environment


@pytest.mark.in_english
def test_an_unknown_language_is_one_line(mailmerge) -> None:
    result = mailmerge("--lang", "tlh", "rules")
    assert result.code == 2
    assert result.err.startswith("mailmerge: there is no language 'tlh'; there are en")


@pytest.mark.parametrize("language", ["en", "en_GB.UTF-8", "EN"])
def test_a_language_is_known_by_its_code(mailmerge, language: str) -> None:
    assert mailmerge("--lang", language, "rules", "LST105").out.startswith("LST105 one-address")


@pytest.mark.in_english
def test_every_help_and_clicks_own_words_can_be_translated() -> None:
    ids = {message.id for message in translatable()}
    assert {"Print JSON to stdout.", "Show this message and exit.", "No such option: {name}"} & ids
    assert any(str(text).startswith("Render all messages and lint them") for text in ids)
    assert ("{count} message", "{count} messages") in ids


@pytest.mark.in_english
def test_a_help_text_is_the_same_text_on_every_python() -> None:
    written = [str(message.id) for message in translatable() if "Example: " in str(message.id)]
    assert len(written) > 10
    assert [text for text in written if text != cleandoc(text)] == []


@pytest.mark.in_english
def test_what_click_keeps_in_a_dictionary_can_be_translated() -> None:
    assert "required" in {message.id for message in translatable()}


class _French(NullTranslations):
    def gettext(self, message: str) -> str:
        return "{heading}\u00a0:" if message == "{heading}:" else message


def test_a_heading_ends_as_the_language_ends_it() -> None:
    with i18n.speaking(i18n.ENGLISH):
        i18n.use_catalogue("fr", _French())
        french, english = HelpFormatter(), HelpFormatter()
        french.write_heading("Options")
        i18n.use(i18n.ENGLISH)
        english.write_heading("Options")
    assert (french.getvalue(), english.getvalue()) == ("Options\u00a0:\n", "Options:\n")


BAD = ["Madame;Zoé;Blanc;a@x.example et b@y.example;Vendeuse", "Monsieur;;;c@x.example;", "Madame;Léa;Roy;;Vendeuse"]
CONTRACT = ("rule", "name", "severity", "record", "line", "field", "fingerprint", "waived")


def document(result) -> tuple[object, ...]:
    """What a script may rely on in ``check --json``."""
    assert set(result.json) == {"records", "messages", "summary", "findings"}
    findings = [{key: finding[key] for key in CONTRACT} for finding in result.json["findings"]]
    return result.code, result.json["summary"], findings


def words(result) -> set[str]:
    """The sentences in it."""
    return {finding[key] for finding in result.json["findings"] for key in ("message", "fix")}


@pytest.mark.in_english
def test_findings_are_the_same_in_each_language_but_for_their_sentences(mailmerge, campaign, speak_pseudo) -> None:
    source = campaign(BAD)
    english = mailmerge("check", *source, "--json")
    other = mailmerge("--lang", speak_pseudo, "check", *source, "--json")
    assert document(english) == document(other)
    assert english.code == 1
    assert not words(english) & words(other)


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("environment", "option", "translated"),
    [
        ({}, (), False),
        ({"LANG": PSEUDO}, (), False),
        ({"MAILMERGE_LANG": PSEUDO}, (), True),
        ({"MAILMERGE_LANG": "en", "LANG": PSEUDO}, (), False),
        ({}, ("--lang", PSEUDO), True),
        ({"MAILMERGE_LANG": PSEUDO}, ("--lang", "en"), False),
    ],
)
def test_json_is_english_unless_another_language_is_asked_for(
    mailmerge, campaign, speak_pseudo, monkeypatch, environment, option, translated
) -> None:
    for name in ("MAILMERGE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = words(mailmerge(*option, "check", *campaign(BAD), "--json"))
    assert found
    assert all(text.startswith(OPEN) == translated for text in found if text)


@pytest.mark.in_english
def test_json_is_english_where_only_the_settings_name_a_language(
    mailmerge, campaign, speak_pseudo, home, monkeypatch
) -> None:
    monkeypatch.delenv("MAILMERGE_LANG")
    Environment.here().keep_language(speak_pseudo)
    source = campaign(BAD)
    assert not any(text.startswith(OPEN) for text in words(mailmerge("check", *source, "--json")))
    assert OPEN in mailmerge("check", *source).out
