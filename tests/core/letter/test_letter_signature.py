"""The account's signature in a letter: the author's own text, the same for everybody, escaped where it lands."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from letter_cases import VALUES, bodies, composed, parsed, sealed, write_letter
from lint_cases import LETTER, PEOPLE, inspection_of, report_of

from mailmerge.accounts import Account, Accounts, account_from_preset
from mailmerge.campaign import Campaign, open_campaign, save_decisions
from mailmerge.campaign.setup.scaffold import start_campaign
from mailmerge.errors import AccountError, Blocked
from mailmerge.files.home import find_home
from mailmerge.letter import Letter, read_letter
from mailmerge.lint import Finding
from mailmerge.model import Expression
from mailmerge.outbox import Outbox

SIGNATURE = "Claire *Martin*\nR&D <Paris>\n05 61 00 00 00"


def signed_letter(folder: Path, body: str, name: str = "lettre.md", signature: str = SIGNATURE) -> Letter:
    return read_letter(write_letter(folder, f"Subject: Bonjour\n\n{body}", name), signature=signature)


@pytest.mark.parametrize("name", ["lettre.md", "lettre.html", "lettre.txt"])
def test_a_signature_shows_as_it_was_written(tmp_path: Path, name: str) -> None:
    message = composed(signed_letter(tmp_path, "Bonjour {{ nom }},\n\n{{ signature }}\n", name))
    assert SIGNATURE in message.text
    if message.html is not None:
        assert "Claire *Martin*<br>\nR&amp;D &lt;Paris&gt;<br>\n05 61 00 00 00" in message.html
    assert SIGNATURE in bodies(parsed(sealed(message)))["plain"]


def test_a_signature_is_the_authors_text_and_no_value(tmp_path: Path) -> None:
    letter = signed_letter(tmp_path, "{{ signature }}\n\nBonjour {{ nom }},\n{{ prenom }}\n")
    message = composed(letter)
    assert message.values == (VALUES["nom"], VALUES["prenom"])
    assert [expression.source for expression in message.shape.expressions] == ["{{ nom }}", "{{ prenom }}"]
    assert any(SIGNATURE in constant for constant in message.shape.text.constants)
    assert [each.text for each in letter.constants if each.part == "signature"] == SIGNATURE.split("\n")
    assert composed(letter, nom="Petit").shape is message.shape


def test_a_signature_is_no_field(tmp_path: Path) -> None:
    letter = signed_letter(tmp_path, "{% if signature %}{{ signature | upper }}{% endif %}")
    assert not any(expression.fields for expression in letter.expressions)
    assert "CLAIRE *MARTIN*" in composed(letter).text


def test_a_name_that_the_letter_sets_itself_is_its_own(tmp_path: Path) -> None:
    letter = signed_letter(tmp_path, "{% set signature = nom %}{{ signature }}")
    assert composed(letter).text == "Durand\n"
    assert letter.signature == ""


def test_a_letter_without_a_signature_has_none(tmp_path: Path) -> None:
    assert signed_letter(tmp_path, "Bonjour {{ nom }}").signature == ""
    letter = signed_letter(tmp_path, "{{ signature }}", signature="")
    assert (letter.signature, letter.expressions) == (
        "",
        (Expression("{{ signature }}", frozenset({"signature"}), 3, printed=True, cell="signature"),),
    )


def test_a_signed_letter_goes_to_another_process_with_its_signature(tmp_path: Path) -> None:
    letter = signed_letter(tmp_path, "Bonjour {{ nom }},\n\n{{ signature }}\n")
    again = pickle.loads(pickle.dumps(letter))
    assert composed(again).text == composed(letter).text
    assert "Paris" not in composed(letter.signed("Hugo Petit")).text


# --- the linter ------------------------------------------------------------------------------------------------------


def findings(folder: Path, signature: str, **options: object) -> list[Finding]:
    letter = read_letter(write_letter(folder, LETTER + "\n{{ signature }}\n"), signature=signature)
    return list(report_of(letter=letter, **options).findings)


def test_nothing_is_found_in_a_signature_with_the_senders_own_address(tmp_path: Path) -> None:
    sender = inspection_of().sender
    assert sender is not None
    assert findings(tmp_path, f"Claire Martin\nService RH\n{sender.address}") == []


def test_a_recipient_in_the_signature_is_found(tmp_path: Path) -> None:
    found = findings(tmp_path, f"Service RH\n{PEOPLE[1][3]}")
    assert "TPL203" in {finding.rule for finding in found}
    assert {finding.letter_line for finding in found if finding.rule == "TPL203"} == {len(LETTER.split("\n")) + 1}


def test_a_signature_that_nobody_gives_is_said_and_no_blank(tmp_path: Path) -> None:
    declared = "Fields: civilite, prenom, nom, poste\n" + LETTER if "Fields:" not in LETTER else LETTER
    letter = read_letter(write_letter(tmp_path, declared + "\n{{ signature }}\n"))
    found = [finding for finding in report_of(letter=letter).findings if "signature" in finding.message]
    assert [finding.rule for finding in found] == ["TPL201"]
    assert "no account has a signature" in found[0].message
    assert "config.toml" in found[0].fix


# --- the account -----------------------------------------------------------------------------------------------------


def test_an_account_keeps_its_signature_as_lines(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    given = accounts.add(account("rh", 'Claire "RH" Martin\r\nC:\\Garonne\r\n'))
    assert given.signature == 'Claire "RH" Martin\nC:\\Garonne'
    assert accounts.get("rh") == given
    assert 'signature = """' in accounts.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("signature", ["a\tb", "a\x00b", "\ue000", "x" * 2001])
def test_a_signature_that_no_letter_can_hold_is_refused(signature: str) -> None:
    with pytest.raises(AccountError, match="signature"):
        account("rh", signature)


def account(name: str, signature: str) -> Account:
    return account_from_preset(
        name, f"Claire Martin <{name}@atelier.example>", host="mail.atelier.example", signature=signature
    )


# --- the campaign ----------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(
        "Prénom,Nom,Courriel\nZoé,Roux,zoe.roux@x.example\nHugo,Petit,hugo.petit@y.example\n", encoding="utf-8"
    )
    text = "Subject: Bonjour\nFields: prenom, nom\n\nBonjour {{ prenom }} {{ nom }},\n\n{{ signature }}\n"
    (tmp_path / "letter.md").write_text(text, encoding="utf-8")
    return tmp_path


def opened(folder: Path, extra: str = "") -> Campaign:
    (folder / "campaign.toml").write_text(f'recipients = "people.csv"\ntemplate = "letter.md"\n{extra}', "utf-8")
    return open_campaign([folder])


def add(name: str, signature: str = "") -> Account:
    return Accounts(find_home().config).add(account(name, signature))


def text_of(campaign: Campaign) -> str:
    return campaign.compose(campaign.recipient(1)).text


def test_what_is_checked_and_looked_at_is_what_is_sealed(folder: Path) -> None:
    given = add("rh", "Claire Martin\nrh@atelier.example")
    campaign = opened(folder, 'account = "rh"')
    checked = campaign.check()
    assert checked.report.findings == ()
    assert text_of(campaign).endswith("Claire Martin\nrh@atelier.example\n")
    run = checked.seal(given, Outbox(folder / "runs"))
    assert b"Claire Martin\r\nrh@atelier.example" in run.content(1).content


def test_another_account_does_not_seal_what_was_checked_with_this_ones_signature(folder: Path) -> None:
    add("rh", "Claire Martin")
    other = add("paris", "Hugo Blanc")
    campaign = opened(folder, 'account = "rh"')
    with pytest.raises(Blocked, match='a different signature from that of "paris"'):
        campaign.check().seal(other, Outbox(folder / "runs"))
    campaign = campaign.signed_by(other)
    assert "Hugo Blanc" in text_of(campaign)
    assert campaign.check().seal(other, Outbox(folder / "runs")).account == "paris"


def test_the_only_account_signs_where_none_is_named(folder: Path) -> None:
    add("rh", "Claire Martin")
    assert "Claire Martin" in text_of(opened(folder))
    add("paris", "Hugo Blanc")
    assert {finding.rule for finding in opened(folder).check().report.blocks} == {"TPL201"}


def test_another_account_in_the_campaign_signs_at_once(folder: Path) -> None:
    add("rh", "Claire Martin")
    add("paris", "Hugo Blanc")
    campaign = opened(folder, 'account = "rh"')
    import msgspec

    changed = save_decisions(campaign, msgspec.structs.replace(campaign.file, account="paris"))
    assert "Hugo Blanc" in text_of(changed)


def test_a_column_called_signature_is_the_tables_own(folder: Path) -> None:
    add("rh", "Claire Martin")
    (folder / "people.csv").write_text("Nom,Courriel,Signature\nRoux,z@x.example,Le DRH\n", encoding="utf-8")
    (folder / "letter.md").write_text("Subject: x\n\nBonjour {{ nom }},\n{{ signature }}\n", encoding="utf-8")
    assert text_of(opened(folder, 'account = "rh"')) == "Bonjour Roux,\nLe DRH\n"


# --- a letter that does without --------------------------------------------------------------------------------------


@pytest.mark.parametrize("printed", ['{{ signature|default("Équipe RH") }}', '{{ signature | d("Équipe RH") }}'])
@pytest.mark.parametrize(
    ("accounts", "signs"),
    [([], "Équipe RH"), ([""], "Équipe RH"), (["Claire Martin"], "Claire Martin"), (["A", "B"], "Équipe RH")],
)
def test_a_letter_that_says_what_to_print_without_a_signature_needs_none(
    folder: Path, printed: str, accounts: list[str], signs: str
) -> None:
    for number, signature in enumerate(accounts):
        add(f"rh{number}", signature)
    letter = folder / "letter.md"
    letter.write_text(letter.read_text(encoding="utf-8").replace("{{ signature }}", printed), encoding="utf-8")
    campaign = opened(folder)
    assert campaign.check().report.findings == ()
    assert text_of(campaign).endswith(f"{signs}\n")


@pytest.mark.parametrize("printed", ["{{ signature }}", "{% if signature %}{{ signature }}{% endif %}"])
def test_a_letter_that_does_not_say_so_is_stopped_with_what_to_write(folder: Path, printed: str) -> None:
    letter = folder / "letter.md"
    letter.write_text(letter.read_text(encoding="utf-8").replace("{{ signature }}", printed), encoding="utf-8")
    (found, *_more) = opened(folder).check().report.blocks
    assert found.rule == "TPL201"
    assert '{{ signature|default("...") }}' in found.fix


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("signature", [None, "", "Claire Martin\nAtelier Garonne"])
def test_the_starter_letter_is_signed_by_the_account_and_else_by_the_team(
    tmp_path: Path, language: str, signature: str | None
) -> None:
    if signature is not None:
        add("rh", signature)
    campaign = start_campaign(tmp_path / "new", letter=f"rejection-after-application.{language}.md")
    assert not campaign.check().report.blocks
    team = {"en": "The Human Resources team", "fr": "Le service des ressources humaines"}[language]
    assert text_of(campaign).endswith(f"\n\n{signature or team}\n")
