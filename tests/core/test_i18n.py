"""Which language is spoken, and what happens to a sentence that has no translation."""

from __future__ import annotations

import datetime
import errno
import gettext
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from mailmerge import errors, i18n
from mailmerge.errors import os_cause, os_reason
from mailmerge.i18n import plural
from mailmerge.lint.sentence import Lines, Person, Quoted, Sentence, advice, said

SENTENCE = Sentence("t", one='{person}: "{value}" in {lines}', fix="Correct {value}.", many="{count} people: {value}")


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with catalogues: some French, and nothing at all in Breton."""
    french = Catalog(locale="fr")
    french.add("Correct {value}.", "Corrigez {value}.")
    french.add('{person}: "{value}" in {lines}', "{person} : « {value} », {lines}")
    french.add("{name} (line {line})", "{name} (ligne {line})")
    french.add(("{count} message", "{count} messages"), ("{count} message", "{count} messages"))
    french.add("accepted", "accepté", context="message")
    french.add("permission denied", "accès refusé")
    french.add("no space left on device; free some space and try again", "plus de place ; libérez-en et réessayez")
    for name, catalogue in (("fr", french), ("br", Catalog(locale="br"))):
        folder = tmp_path / name / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "mailmerge.mo").open("wb") as file:
            write_mo(file, catalogue)
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    yield tmp_path
    i18n.use(i18n.ENGLISH)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "fr-CA"}, "fr"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "xx_YY"}, "en"),
        ({"LANG": "", "LC_ALL": ""}, "en"),
        ({"LANGUAGE": "fr"}, "en"),
        ({}, "en"),
    ],
)
@pytest.mark.usefixtures("locale")
def test_the_system_says_which_language(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert i18n.chosen() == language


@pytest.mark.usefixtures("locale")
def test_a_wish_comes_before_the_system_and_an_unknown_one_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert i18n.chosen("", "en") == "en"
    assert i18n.chosen("tlh", "") == "fr"
    assert i18n.languages() == ("en", "br", "fr")


@pytest.mark.usefixtures("locale")
def test_sentences_and_what_stands_in_them_are_said_in_the_language() -> None:
    values = {"person": Person("Inès Petit", 3), "value": Quoted("x {y}"), "lines": Lines((3,), 0), "count": 2}
    with i18n.speaking("fr"):
        assert said(SENTENCE, values) == "Inès Petit (ligne 3) : « x {y} », line 3"
        assert advice(SENTENCE, values) == "Corrigez x {y}."
        assert said(SENTENCE, values, together=True) == "2 people: x {y}"
    assert said(SENTENCE, values) == 'Inès Petit (line 3): "x {y}" in line 3'


@pytest.mark.parametrize(("language", "zero"), [("fr", "0 message"), ("en", "0 messages"), ("br", "0 messages")])
@pytest.mark.usefixtures("locale")
def test_zero_is_one_or_many_as_the_language_has_it(language: str, zero: str) -> None:
    with i18n.speaking(language):
        assert plural(0, "{count} message", "{count} messages") == zero


class Unpadded(gettext.NullTranslations):
    """Writes the hour without a nought."""

    def pgettext(self, context: str, message: str) -> str:
        return {("hour", "09"): "9", ("time", "{hour}:{minute:02}"): "{hour} h {minute:02}"}.get(
            (context, message), message
        )


def test_a_time_of_day_has_a_nought_where_the_language_writes_one() -> None:
    times = [datetime.time(hour, 5) for hour in (0, 9, 10)]
    with i18n.speaking(i18n.ENGLISH):
        assert [i18n.clock(each) for each in times] == ["00:05", "09:05", "10:05"]
        i18n.use_catalogue("xx", Unpadded())
        assert [i18n.clock(each) for each in times] == ["0 h 05", "9 h 05", "10 h 05"]


@pytest.mark.usefixtures("locale")
def test_an_empty_catalogue_and_an_empty_text_stay_as_they_are() -> None:
    with i18n.speaking("br"):
        assert advice(SENTENCE, {"value": "it"}) == "Correct it."
        assert i18n._("") == ""
        assert i18n.language() == "br"
    with i18n.speaking("fr"):
        assert i18n._("") == ""
        assert i18n.pgettext("message", "accepted") == "accepté"
        assert i18n.pgettext("column", "accepted") == "accepted"


def test_a_catalogue_is_read_once_however_often_its_language_is_spoken(locale: Path) -> None:
    i18n.use("fr")
    compiled = locale / "fr" / "LC_MESSAGES" / "mailmerge.mo"
    compiled.write_bytes(b"no catalogue")
    i18n.use("br")
    with i18n.speaking("fr"):
        assert i18n.pgettext("message", "accepted") == "accepté"


def test_nothing_of_the_process_is_changed_by_speaking(locale: Path) -> None:
    before = gettext.textdomain()
    with i18n.speaking("fr"):
        assert gettext.textdomain() == before


@pytest.mark.usefixtures("locale")
def test_what_the_system_refuses_is_said_in_the_language() -> None:
    with i18n.speaking("fr"):
        assert os_cause(PermissionError(13, "Permission denied")) == "accès refusé"
        assert os_reason(OSError(errno.ENOSPC, "No space left on device")) == "plus de place ; libérez-en et réessayez"
        assert os_reason(OSError(99999, "Unheard of")) == "unheard of"
    assert os_cause(PermissionError(13, "Permission denied")) == "permission denied"


@pytest.mark.parametrize("number", sorted(errors.OS_ADVICE))
def test_what_the_system_refuses_of_a_file_says_what_to_do(number: int) -> None:
    error = OSError(number, os.strerror(number))
    cause, _, advice = os_reason(error).partition("; ")
    assert cause == os_cause(error)
    assert len(advice.split()) > 2
