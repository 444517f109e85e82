"""``import-awdeorio``: a folder of PyPI's mailmerge becomes a campaign, and what it would leak is told."""

from __future__ import annotations

from pathlib import Path

import pytest

TEMPLATE = """\
TO: {{email}}
SUBJECT: Testing mailmerge
FROM: My Self <myself@mydomain.example>
BCC: archive@mydomain.example

Hi, {{name}},

Your number is {{number}}.
"""
SERVER = """\
# Mailmerge SMTP Server Config
[smtp_server]
host = smtp.mydomain.example
port = 587
security = STARTTLS
username = myself
ratelimit = 30
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "old-mailing"
    made.mkdir()
    (made / "mailmerge_template.txt").write_text(TEMPLATE)
    (made / "mailmerge_database.csv").write_text('email,name,number\nbob@bobdomain.example,"Bob",42\n')
    (made / "mailmerge_server.conf").write_text(SERVER)
    return made


@pytest.mark.in_english
def test_a_folder_becomes_a_campaign_with_an_account(mailmerge, folder) -> None:
    result = mailmerge("import-awdeorio", folder)
    assert result.code == 0, result.err
    assert "old_mailing" in mailmerge("account", "list").out
    shown = mailmerge("preview", folder / "campaign.toml", "--record", 1).out
    assert "To: bob@bobdomain.example" in shown
    assert "Your number is 42." in shown
    assert mailmerge("import-awdeorio", folder).code == 2


def test_its_bcc_is_a_finding(mailmerge, folder) -> None:
    mailmerge("import-awdeorio", folder)
    result = mailmerge("check", folder / "campaign.toml", "--json")
    assert result.code == 1
    assert [finding["rule"] for finding in result.json["findings"] if finding["severity"] == "block"] == ["TPL208"]


@pytest.mark.in_english
def test_a_server_without_encryption_is_refused_as_an_account(mailmerge, folder) -> None:
    (folder / "mailmerge_server.conf").write_text("[smtp_server]\nhost = mail.mydomain.example\nport = 25\n")
    result = mailmerge("import-awdeorio", folder)
    assert result.code == 0
    assert "was not imported" in result.err
    assert mailmerge("account", "list").out == ""


def test_another_folder_is_refused_in_one_line(mailmerge, tmp_path) -> None:
    result = mailmerge("import-awdeorio", tmp_path)
    assert result.code == 2
    assert "mailmerge_template.txt" in result.err
