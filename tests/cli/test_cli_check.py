"""``check``, ``preview``, ``export``, ``rules`` and ``init`` as scripts use them."""

from __future__ import annotations

import email
import email.policy
import hashlib
import json
import os
import sys
from pathlib import Path

import pytest
from workbook_files import Sheet, xlsx


def test_a_clean_campaign_checks_with_0(mailmerge, campaign) -> None:
    result = mailmerge("check", *campaign(), "--json")
    assert result.code == 0
    assert result.json == {
        "records": 3,
        "messages": 3,
        "summary": {"block": 0, "warn": 0, "info": 0},
        "findings": [],
    }


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
@pytest.mark.in_english
def test_a_table_that_may_not_be_read_is_refused_with_what_to_do(mailmerge, campaign) -> None:
    table, letter = campaign()
    table.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)  # the superuser may read everything, nobody may not
    try:
        result = mailmerge("check", table, letter)
    finally:
        os.seteuid(user)
    assert result.code == 2
    assert "check that you have permission to open it" in result.err


def test_two_addresses_in_one_cell_block_with_the_documented_finding(mailmerge, campaign) -> None:
    rows = ["Madame;Léa;Durand;a@x.example, b@y.example;Comptable"]
    result = mailmerge("check", *campaign(rows), "--json")
    assert result.code == 1
    finding = next(f for f in result.json["findings"] if f["rule"] == "LST105")
    assert set(finding) == {
        "rule", "name", "severity", "record", "line", "field", "message", "fix", "fingerprint", "waived", "values",
    }  # fmt: skip
    assert finding["name"] == "one-address"
    assert finding["severity"] == "block"
    assert (finding["record"], finding["line"], finding["field"]) == (1, 2, "adresse_e_mail")
    assert "a@x.example" in finding["message"]
    assert "b@y.example" in finding["message"]


@pytest.mark.in_english
def test_findings_are_told_in_words(mailmerge, campaign) -> None:
    result = mailmerge("check", *campaign(["Madame;Léa;;lea@x.example;Comptable"]))
    assert result.code == 1
    assert "TPL201" in result.out
    assert "to do:" in result.out


@pytest.mark.in_english
def test_a_finding_names_its_column_as_the_table_does(mailmerge, campaign) -> None:
    source = campaign(["Madame;Léa;Durand;a@x.example, b@y.example;Comptable"])
    assert 'line 2, column "Adresse e-mail": ' in mailmerge("check", *source).out
    fields = {finding["field"] for finding in mailmerge("check", *source, "--json").json["findings"]}
    assert "adresse_e_mail" in fields


@pytest.mark.in_english
def test_preview_shows_one_persons_message(mailmerge, campaign) -> None:
    result = mailmerge("preview", *campaign(), "--record", 2)
    assert result.code == 0
    assert result.out.startswith(
        "To: Hugo Petit <hugo.petit@free.example>\nSubject: Votre candidature au poste de Tech"
    )
    assert "Bonjour Monsieur Petit," in result.out


def test_preview_as_html_and_as_eml(mailmerge, campaign) -> None:
    source = campaign()
    assert "<strong>Technicien support</strong>" in mailmerge("preview", *source, "--record", 2, "--as", "html").out
    message = email.message_from_bytes(
        mailmerge("preview", *source, "--record", 2, "--as", "eml").raw, policy=email.policy.default
    )
    assert message["To"].addresses[0].addr_spec == "hugo.petit@free.example"


@pytest.mark.in_english
def test_preview_of_a_record_that_is_not_there(mailmerge, campaign) -> None:
    result = mailmerge("preview", *campaign(), "--record", 4)
    assert result.code == 2
    assert "no record 4" in result.err
    assert "3 people" in result.err


def test_export_writes_one_eml_a_person_and_a_manifest(mailmerge, campaign, tmp_path: Path) -> None:
    out = tmp_path / "dry run"
    result = mailmerge("export", *campaign(), "--out", out, "--json")
    assert result.code == 0
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["messages"]) == 3
    for entry in manifest["messages"]:
        content = (out / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert [box.addr_spec for box in message["To"].addresses] == [entry["address"]]
        assert "Cc" not in message
        assert "Bcc" not in message


def test_a_blocked_message_is_exported_apart(mailmerge, campaign, tmp_path: Path) -> None:
    rows = ["Madame;Léa;Durand;a@x.example, b@y.example;Comptable", "Monsieur;Hugo;Petit;h.petit@free.example;Vendeur"]
    out = tmp_path / "out"
    result = mailmerge("export", *campaign(rows), "--out", out)
    assert result.code == 1
    assert len(list(out.glob("*.eml"))) == 1
    assert len(list((out / "blocked").glob("*.eml"))) == 1


def test_rules_are_listed_and_explained(mailmerge) -> None:
    assert "LST105" in mailmerge("rules").out
    explained = mailmerge("rules", "LST105")
    assert explained.code == 0
    assert "one-address" in explained.out
    unknown = mailmerge("rules", "LST999")
    assert unknown.code == 2
    assert len(unknown.err.splitlines()) == 1


def test_init_makes_a_campaign_that_checks_clean(mailmerge, tmp_path: Path) -> None:
    folder = tmp_path / "novembre"
    assert mailmerge("init", folder).code == 0
    result = mailmerge("check", folder / "campaign.toml", "--json")
    assert result.json["summary"] == {"block": 0, "warn": 0, "info": 0}
    assert mailmerge("init", folder).code == 2


@pytest.mark.in_english
def test_a_campaign_file_chooses_people_and_letters(mailmerge, campaign, tmp_path: Path) -> None:
    campaign(
        ["Madame;Zoé;Blanc;zoe.blanc@x.example;fr", "Mr;Tom;Green;tom.green@x.example;en", "Mr;A;B;a.b@x.example;de"],
        header="Civilité;Prénom;Nom;Courriel;Langue",
    )
    (tmp_path / "fr.md").write_text("Subject: Bonjour\n\nBonjour {{ civilite }} {{ nom }},\n\nÀ bientôt.\n", "utf-8")
    (tmp_path / "en.md").write_text("Subject: Hello\n\nDear {{ civilite }} {{ nom }},\n\nGoodbye.\n", "utf-8")
    path = tmp_path / "campaign.toml"
    path.write_text(
        'recipients = "candidats.csv"\ntemplate = {field = "Langue", fr = "fr.md", en = "en.md"}\n'
        "where = \"langue != 'de'\"\n"
    )
    result = mailmerge("check", path, "--json")
    assert (result.json["records"], result.json["messages"], result.code) == (3, 2, 0)
    assert "Subject: Hello" in mailmerge("preview", path, "--record", 2).out
    assert mailmerge("preview", path, "--record", 3).code == 2


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda folder: folder / "missing.csv", "missing.csv"),
        (lambda folder: folder, "folder"),
        (lambda folder: _file(folder, b""), "empty"),
        (lambda folder: _file(folder, b"\x7fELF\x00\x00\x01\x02" * 64), "bad.csv"),
        (lambda folder: _file(folder, b"Nom;Ville\r\nRoux;Toulouse\r\n"), "e-mail"),
    ],
    ids=["missing", "directory", "empty", "binary", "no e-mail column"],
)
def test_a_table_that_cannot_be_used_is_one_line_and_exit_2(mailmerge, campaign, tmp_path, make, expected) -> None:
    _, letter = campaign()
    result = mailmerge("check", make(tmp_path), letter, "--json")
    assert result.code == 2
    assert len(result.err.splitlines()) == 1
    assert expected in result.err
    assert set(result.json) == {"error"}


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "bad.csv"
    path.write_bytes(content)
    return path


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        ("Subject: x\nSubjekt: y\n\nHi", "line 2"),
        ("Subject: x\n\nHello\n{{ nom", "line 4"),
        ("Subject: x\n\n{% if nom %}Hello", "line 3"),
        ("", "empty"),
    ],
)
def test_a_letter_that_cannot_be_used_names_its_line(mailmerge, campaign, letter, expected) -> None:
    result = mailmerge("check", *campaign(letter=letter))
    assert result.code == 2
    assert len(result.err.splitlines()) == 1
    assert expected in result.err


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('recipients = "a.csv"\ntemplate = "b.md"\ncolour = 1\n', 'unknown key "colour"'),
        ('recipients = "a.csv"\ntemplate = "b.md"\n[lint]\nallow = []\n', 'unknown key "allow" in [lint]'),
        ('recipients = "a.csv"\n', "template"),
        ("recipients = \n", "line 1"),
    ],
)
def test_a_wrong_campaign_file_says_what_is_wrong(mailmerge, tmp_path, content, expected) -> None:
    path = tmp_path / "campaign.toml"
    path.write_text(content)
    result = mailmerge("check", path)
    assert result.code == 2
    assert len(result.err.splitlines()) == 1
    assert expected in result.err


def test_usage_errors_are_one_line(mailmerge) -> None:
    for arguments in (["check"], ["check", "--colour"], ["preview", "a", "b", "--record", "x"], ["check", "one.csv"]):
        result = mailmerge(*arguments)
        assert result.code == 2, arguments
        assert len(result.err.splitlines()) == 1, arguments


@pytest.mark.in_english
@pytest.mark.parametrize(
    "command",
    ["", "demo", "init", "check", "preview", "export", "seal", "send", "runs", "show", "resolve", "rules",
     "account add", "account edit", "account list", "account check", "account remove"],
)  # fmt: skip
def test_every_command_has_help_with_an_example(mailmerge, command: str) -> None:
    result = mailmerge(*command.split(), "--help")
    assert result.code == 0
    assert "Example: mailmerge" in result.out


@pytest.mark.in_english
def test_the_account_that_will_send_can_be_named_for_every_look(mailmerge, campaign, tmp_path: Path) -> None:
    for name in ("paris", "lyon"):
        options = ["--host", "smtp.atelier.example", "--port", 465, "--tls", "implicit", "--auth", "none"]
        mailmerge("account", "add", name, "--address", f"{name}@atelier.example", *options)
    others = "Monsieur;Jean;Petit;jean.petit@maison.example;Comptable"
    own = campaign(["Madame;Léa;Durand;lea.durand@atelier.example;Comptable", others])
    assert "sender's own domain" not in mailmerge("check", *own).out
    assert "sender's own domain" in mailmerge("check", *own, "--account", "lyon").out

    shown = mailmerge("preview", *own, "--account", "lyon", "--record", 1, "--as", "eml").raw
    assert email.message_from_bytes(shown)["From"] == "lyon@atelier.example"
    assert mailmerge("export", *own, "--account", "paris", "--out", tmp_path / "dry-run").code == 0
    written, _to_another = (tmp_path / "dry-run").glob("*.eml")
    assert email.message_from_bytes(written.read_bytes())["From"] == "paris@atelier.example"

    unknown = mailmerge("check", *own, "--account", "nice")
    assert unknown.code == 2
    assert 'no account is called "nice"' in unknown.err
    assert mailmerge("export", "--run", "x", "--account", "paris", "--out", tmp_path / "run").code == 2


def test_the_only_account_is_the_sender_without_being_named(mailmerge, campaign) -> None:
    mailmerge("account", "add", "rh", "--address", "rh@atelier.example", "--provider", "ovh")
    shown = mailmerge("preview", *campaign(), "--record", 1, "--as", "eml").raw
    assert email.message_from_bytes(shown)["From"] == "rh@atelier.example"


@pytest.mark.in_english
def test_two_letters_of_one_file_name_are_told_apart(mailmerge, tmp_path: Path) -> None:
    rows = ["E-mail;Nom;Langue", "lea@x.example;Durand;fr", "mary@x.example;Jones;en"]
    (tmp_path / "people.csv").write_text("\n".join(rows), encoding="utf-8")
    for language in ("fr", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "letter.md").write_text("Subject: Hello {{ nom }}\n\nHello TODO {{ nom }}.\n")
    (tmp_path / "campaign.toml").write_text(
        'recipients = "people.csv"\ntemplate = {field = "langue", fr = "fr/letter.md", en = "en/letter.md"}\n'
    )
    findings = [f for f in mailmerge("check", tmp_path, "--json").json["findings"] if f["rule"] == "TPL205"]
    assert sorted(finding["message"].partition(",")[0] for finding in findings) == ["en/letter.md", "fr/letter.md"]
    assert len({finding["fingerprint"] for finding in findings}) == 2


@pytest.mark.in_english
def test_one_person_is_no_people(mailmerge, campaign) -> None:
    result = mailmerge("check", *campaign(["Madame;Léa;Durand;lea@x.example;Comptable"]))
    assert result.out.splitlines()[-1] == "1 message for 1 person: 0 block, 0 warn, 0 info"


@pytest.mark.in_english
def test_check_says_which_columns_it_takes_and_why(mailmerge, tmp_path: Path) -> None:
    letter = tmp_path / "letter.md"
    letter.write_text("Subject: Bonjour\nFrom: RH <rh@exemple.test>\n\nBonjour,\n", encoding="utf-8")
    table = tmp_path / "t.csv"
    table.write_text(
        "EmailAddress;GivenName;Surname;Manager Email;Nom de naissance\n"
        "zoe.lefevre@x.example;Zoé;Lefèvre;chef@y.example;Durand\n",
        encoding="utf-8",
    )
    result = mailmerge("check", table, letter, "--json")
    assert result.code == 0
    assert result.json["summary"] == {"block": 0, "warn": 0, "info": 0}
    assert result.err.splitlines() == [
        'note: t.csv: e-mail column: "EmailAddress", because its header says so; nothing is sent to the addresses in'
        ' "Manager Email"',
        'note: t.csv: name: "GivenName" and "Surname", because their headers say so',
    ]
    assert "To: Zoé Lefèvre <zoe.lefevre@x.example>" in mailmerge("preview", table, letter, "--record", 1).out


@pytest.mark.in_english
def test_a_managers_column_is_refused_in_one_line_until_somebody_says_so(mailmerge, tmp_path: Path) -> None:
    letter = tmp_path / "letter.md"
    letter.write_text("Subject: Bonjour\nFrom: RH <rh@exemple.test>\n\nBonjour,\n", encoding="utf-8")
    table = tmp_path / "t.csv"
    table.write_text("Identifiant;E-mail parent\na@x.example;b@y.example\n", encoding="utf-8")
    for command in (("check",), ("export", "--out", tmp_path / "out"), ("preview", "--record", 1)):
        result = mailmerge(command[0], table, letter, *command[1:])
        assert result.code == 2
        assert result.err.count("\n") == 1
        assert '"Identifiant" and "E-mail parent"' in result.err
        assert '[columns] email = "Identifiant"' in result.err
    assert not (tmp_path / "out").exists()
    campaign = tmp_path / "campaign.toml"
    campaign.write_text('recipients = "t.csv"\ntemplate = "letter.md"\n[columns]\nemail = "Identifiant"\n')
    result = mailmerge("check", campaign)
    assert result.code == 0
    assert 'e-mail column: "Identifiant", as set' in result.err


@pytest.mark.parametrize(
    ("exclusion", "code", "findings"),
    [
        ('address = ""', 2, []),
        ('name = "Léa Durand"\naddress = " "', 2, []),
        ('name = "Nobody"', 2, []),
        ('address = "lea.durand@laposte.example"\nname = "Léa Durand"', 0, []),
        ('address = "lea.durand@laposte.example"', 0, []),
        ('address = "gone@x.example"\nname = "Gone"', 0, [("LST117", "warn")]),
    ],
)
def test_an_exclusion_names_one_person_or_is_refused(
    mailmerge, campaign, exclusion: str, code: int, findings: list[tuple[str, str]]
) -> None:
    table, letter = campaign()
    path = table.parent / "campaign.toml"
    path.write_text(
        f'recipients = "{table.name}"\ntemplate = "{letter.name}"\n[[exclusions]]\n{exclusion}\nreason = "x"\n',
        encoding="utf-8",
    )
    result = mailmerge("check", path, "--json")
    assert result.code == code
    if code:
        assert "campaign.toml" in result.json["error"]
        assert "\n" not in result.json["error"]
    else:
        assert [(each["rule"], each["severity"]) for each in result.json["findings"]] == findings
        assert result.json["messages"] == 3 - (not findings)


@pytest.mark.in_english
def test_rows_that_a_workbook_hides_are_noted_with_who_is_left_in(mailmerge, tmp_path) -> None:
    rows = [["Nom", "E-mail"], *([f"Nom{chr(65 + n)}", f"n{n}@mail.example"] for n in range(6))]
    (tmp_path / "people.xlsx").write_bytes(xlsx(Sheet("Feuil1", rows, hidden_rows={3, 5, 6})))
    (tmp_path / "letter.md").write_text("Subject: Bonjour\n\nBonjour {{ nom }},\n")
    result = mailmerge("check", tmp_path / "people.xlsx", tmp_path / "letter.md", "--json")
    assert result.json["notes"] == [
        "3 hidden rows are left out (lines 3, 5-6): unhide them to include them",
        "rows that are hidden or filtered away get no letter; 3 people are left in (lines 2, 4, 7)",
    ]
    assert result.json["records"] == 3
