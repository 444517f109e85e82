"""The language of the command line: chosen by an option, the environment, config.toml or the system."""

from __future__ import annotations

import pytest

from mailmerge.locale.update import texts


def test_an_unknown_language_is_one_line(mailmerge) -> None:
    result = mailmerge("--lang", "tlh", "rules")
    assert result.code == 2
    assert result.err.startswith("mailmerge: there is no language 'tlh'; there are en")


@pytest.mark.parametrize("language", ["en", "en_GB.UTF-8", "EN"])
def test_a_language_is_known_by_its_code(mailmerge, language: str) -> None:
    assert mailmerge("--lang", language, "rules", "LST105").out.startswith("LST105 one-address")


def test_every_help_and_clicks_own_words_can_be_translated() -> None:
    ids = {message.id for message in texts()}
    assert {"Print JSON to stdout.", "Show this message and exit.", "No such option: {name}"} & ids
    assert any(str(text).startswith("Render all messages and lint them") for text in ids)
    assert ("{count} message", "{count} messages") in ids
