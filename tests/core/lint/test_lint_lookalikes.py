"""What looks like an address, a header or a second mailbox is one, in whatever characters: in texts and on the wire."""

from __future__ import annotations

from base64 import b64encode
from email.header import Header

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from lint_cases import LETTER, PEOPLE, changed, inspection_of, report_of, stopped
from msgspec.structs import replace
from wire_cases import HEAD, PLAIN, SENDERS, sealed

from mailmerge.errors import Blocked
from mailmerge.lint import LintSettings, Report, check, gate
from mailmerge.lint.wire.headers import one_mailbox
from mailmerge.model import Envelope
from mailmerge.text.folding import normalise

AT = ("@", "\uff20", "\ufe6b", "&#64;", "&#x40;", "&commat;", "\u200b@", "@\u2060", "\uff20\u00ad")
OPEN = ("<", "\uff1c", "\ufe64", "&lt;", "&#60;")
CLOSE = (">", "\uff1e", "\ufe65", "&gt;", "&#x3e;")
NAMES = st.sampled_from(("Inès Petit", "Jean-Luc O'Brien", "d’Été", "N’Diaye", "李小龍", "Zoë", "Anne & Paul", "AT&T"))
OWN = "ines.petit@mail.example"


def every_rule(report: Report) -> set[str]:
    return {each.rule for finding in report.findings for each in (finding, *finding.echoes)}


def words_of(name: str, encoding: str) -> str:
    """A display name in encoded words: one for all of it, or one for each character."""
    if encoding == "q":
        return Header(name, "utf-8").encode(linesep="", maxlinelen=10_000)
    pieces = [name] if encoding == "b" else list(name)
    return " ".join(f"=?utf-8?b?{b64encode(piece.encode()).decode()}?=" for piece in pieces)


@given(NAMES, st.sampled_from((*AT, *OPEN, *CLOSE)), st.integers(0, 20), st.sampled_from("qb1"))
def test_no_display_name_shows_an_address_or_a_bracket(name: str, sign: str, at: int, encoding: str) -> None:
    assert one_mailbox(f"{words_of(name[:at] + sign + name[at:], encoding)} <{OWN}>") is None


@given(NAMES, st.sampled_from("qb1"))
def test_a_name_without_them_passes(name: str, encoding: str) -> None:
    assert one_mailbox(f"{words_of(name, encoding)} <{OWN}>") == OWN


@pytest.mark.parametrize("sign", ["&#64;", "&commat;", "&lt;", "&#62;"])
def test_nor_does_a_quoted_one(sign: str) -> None:
    assert one_mailbox(f'"anne{sign}y.example" <{OWN}>') is None


PATHS = (
    "ines@mail.example>, <anné@y.example",
    "ines@mail.example, anné@y.example",
    "ines@mail.example;anné@y.example",
    "anné\uff20y.example,ines@mail.example",
    "anné\uff20y.example\uff0cines@mail.example",
    "anné y@mail.example",
    "anné\r\nBcc: x@mail.example",
    "anné\ufe64x@mail.example",
    "anné@maïl.example",
)


@pytest.mark.parametrize("path", PATHS)
def test_no_address_with_accents_is_two(path: str) -> None:
    head = HEAD.replace("=?utf-8?q?In=C3=A8s?= Petit <ines.petit@mail.example>", f"<{path}>")
    message = sealed(head + PLAIN)
    message = replace(message, envelope=Envelope(message.envelope.reverse_path, path))
    with pytest.raises(Blocked):
        gate(message, senders=SENDERS)


@pytest.mark.parametrize(
    "path", ["anné@y.example", "用户@y.example", "jos\u0065\u0301.ruiz@y.example", "иван.петров@y.example"]
)
def test_one_address_with_accents_passes(path: str) -> None:
    head = HEAD.replace("=?utf-8?q?In=C3=A8s?= Petit <ines.petit@mail.example>", f"<{path}>")
    message = sealed(head + PLAIN)
    gate(replace(message, envelope=Envelope(message.envelope.reverse_path, path)), senders=SENDERS)


@each_row("at", AT)
@each_row("header", ["Content-Type: text/html\n", ""])
@each_row("where", ["letter", "cell", "between"])
def test_an_address_of_a_stranger_is_found_however_its_sign_is_written(at: str, header: str, where: str) -> None:
    address = f"pixel4821{at}free.example"
    text = {"letter": address, "cell": "{{ poste }}", "between": f"{{{{ poste }}}}{at}free.example"}[where]
    rows = changed(2, poste="pixel4821" if where == "between" else address) if where != "letter" else PEOPLE
    report = report_of(rows, f"{header}{LETTER.replace('au poste de {{ poste }} avec', 'avec')} {text} \n")
    assert {"MSG304", "MSG305"} & every_rule(report), [finding.message for finding in report.findings]


@each_row("sign", [*AT, *OPEN, *CLOSE])
def test_a_name_that_shows_an_address_is_told_at_the_check(sign: str) -> None:
    inspection = inspection_of(changed(2, nom=f"Dupont{sign}x"))
    assert any(
        "MSG303" in (finding.rule, *(echo.rule for echo in finding.echoes)) for finding in check(inspection).blocks
    )


BREAKS = ("\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")


@each_row("line_end", BREAKS, ids=ascii)
@each_row("header", ["Bcc: x@y.example", "Bcc\uff1a x@y.example", "Ｂｃｃ: x\uff20y.example", "B\u200bcc: x@y.example"])
def test_a_header_in_a_cell_is_found_however_it_is_written(line_end: str, header: str) -> None:
    report = report_of(changed(2, poste=f"Juriste{line_end}{header}"))
    assert "TPL208" in every_rule(report)
    assert stopped(report) == {2}


@given(st.text())
def test_normalising_twice_changes_nothing_more_about_signs(text: str) -> None:
    once = normalise(text)
    assert "\uff20" not in once
    assert "\u200b" not in once


INITIALS = ("x.y", "j-l.m", "c.m", "a.b.c", "a_b", "j.d+rh", "é.ü")


@each_row("local", INITIALS)
@each_row("domain", ["libre.example", "a.b.example", "mail.x.y.example"])
@each_row("allowed", [True, False])
def test_an_address_of_initials_is_not_in_disguise(local: str, domain: str, allowed: bool) -> None:
    address = f"{local}@{domain}"
    settings = LintSettings(allow_addresses=(address,) if allowed else ())
    report = report_of(letter=f"{LETTER}\nVos questions : {address}, merci.\n", settings=settings)
    assert [finding.rule for finding in report.blocks] == ([] if allowed else ["MSG304"])
