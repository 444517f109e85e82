"""The language of the command line: chosen by an option, the environment, config.toml or the system."""

from __future__ import annotations

from gettext import NullTranslations
from inspect import cleandoc

import pytest

from mailmerge import i18n
from mailmerge.cli.language import HelpFormatter
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


def test_a_help_text_is_the_same_text_on_every_python() -> None:
    written = [str(message.id) for message in texts() if "Example: " in str(message.id)]
    assert len(written) > 10
    assert [text for text in written if text != cleandoc(text)] == []


def test_what_click_keeps_in_a_dictionary_can_be_translated() -> None:
    assert "required" in {message.id for message in texts()}


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
