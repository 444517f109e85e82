"""What is said about a sign-in that fails, what a token looks like on the wire, and where a secret does not show."""

from __future__ import annotations

import json
import re
import string
from base64 import b64decode, b64encode
from urllib.parse import quote

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from mailmerge.accounts import Account, Imap, OAuthClient, Secret, account_from_preset
from mailmerge.accounts.oauth import Remedy, Trouble, TroubleKind, sasl, trouble
from mailmerge.accounts.oauth.admin_note import admin_note
from mailmerge.accounts.oauth.issuers import find_issuer, issuer_for
from mailmerge.accounts.oauth.person import is_same_person, who_signed_in
from mailmerge.accounts.redaction import redacted
from mailmerge.errors import RegistrationWrong, SignInFailed, SignInNeeded

VALUES = {
    name: f"<{name}>"
    for _, sentence in trouble._TABLE.values()
    for _, name, _, _ in string.Formatter().parse(sentence)
    if name
}


@each_row("kind", TroubleKind)
def test_every_trouble_is_one_sentence_with_what_to_do(kind: TroubleKind) -> None:
    sentence = Trouble(kind, VALUES).sentence
    assert "{" not in sentence
    assert "?" not in Trouble(kind, VALUES).sentence
    assert "\n" not in sentence
    assert not sentence.endswith(".")
    assert kind.value == kind.value.lower()
    known = {"account", "provider", "issuer", "username", "user", "host", "detail", "since", "signer", "url", "minutes"}
    assert set(VALUES) <= known


def test_values_from_outside_act_neither_as_a_template_nor_on_the_screen() -> None:
    said = Trouble(TroubleKind.REFUSED, {"provider": "{detail}", "detail": "{provider} \x1b[31m\n%s"}).sentence
    assert said.startswith("{detail} refused the sign-in: {provider}")
    assert "\x1b" not in said
    assert "\n" not in said
    assert len(Trouble(TroubleKind.REFUSED, {"provider": "x", "detail": "y" * 9000}).sentence) < 300


ERRORS = [
    ("invalid_grant", SignInNeeded),
    ("interaction_required", SignInNeeded),
    ("login_required", SignInNeeded),
    ("consent_required", SignInNeeded),
    ("org_internal", SignInNeeded),
    ("expired_token", SignInNeeded),
    ("invalid_client", RegistrationWrong),
    ("unauthorized_client", RegistrationWrong),
    ("invalid_request", RegistrationWrong),
    ("invalid_scope", RegistrationWrong),
    ("unsupported_grant_type", RegistrationWrong),
    ("redirect_uri_mismatch", RegistrationWrong),
    ("access_denied", SignInFailed),
    ("authorization_declined", SignInFailed),
    ("temporarily_unavailable", SignInFailed),
    ("server_error", SignInFailed),
    ("nobody_knows_this", SignInFailed),
    ("", SignInFailed),
]
NUMBERS = {
    TroubleKind.SECOND_FACTOR: (50076, 50079, 50072, 70043, 50078),
    TroubleKind.SIGN_IN_AGAIN: (70008, 700082, 50173, 50133, 50089, 54005),
    TroubleKind.ADMIN_CONSENT: (65001, 90094, 90095, 650056),
    TroubleKind.CANCELLED: (65004,),
    TroubleKind.REDIRECT_MISSING: (50011, 900971),
    TroubleKind.NOT_PUBLIC: (7000218, 70002, 700025),
    TroubleKind.CLIENT_UNKNOWN: (700016, 700011, 70001, 7000112, 90002, 50194),
    TroubleKind.WRONG_COMPANY: (50020, 50034, 16000, 500208),
    TroubleKind.NOT_ASSIGNED: (50105,),
    TroubleKind.FORBIDDEN: (53000, 53001, 53002, 53003, 530032, 530035, 50131, 50097),
    TroubleKind.ACCOUNT_LOCKED: (50053,),
    TroubleKind.ACCOUNT_DISABLED: (50057,),
    TroubleKind.PASSWORD_EXPIRED: (50055,),
    TroubleKind.PASSWORD_WRONG: (50126,),
    TroubleKind.BUSY: (90033, 90006, 50196),
}


@each_row(("error", "expected"), ERRORS)
@each_row("number", [None, 99999, *(numbers[0] for numbers in NUMBERS.values())])
def test_what_follows_hangs_on_the_error_and_never_on_the_number(
    error: str, expected: type[Exception], number: int | None
) -> None:
    description = "" if number is None else f"AADSTS{number}: something in English. Trace ID: 0 Timestamp: 1"
    made = trouble.from_answer(error, description).also(**dict.fromkeys(VALUES, "x")).error()
    assert type(made) is expected


@each_row(("kind", "number"), [(kind, number) for kind, numbers in NUMBERS.items() for number in numbers])
def test_a_number_of_microsoft_chooses_the_sentence(kind: TroubleKind, number: int) -> None:
    for error in ("invalid_grant", "invalid_request", "access_denied"):
        assert trouble.from_answer(error, f"AADSTS{number}: whatever").kind is kind


def test_a_code_that_the_company_forbids_points_to_the_browser() -> None:
    for number in (53003, 530035):
        found = trouble.from_answer("invalid_grant", f"AADSTS{number}: x", device=True)
        assert found.kind is TroubleKind.CODES_FORBIDDEN
    assert "browser on this computer" in found.also(account="rh").sentence


@pytest.mark.parametrize(
    ("description", "shown"),
    [
        ("AADSTS12345: First.\r\nTrace ID: 1f\r\nCorrelation ID: 2", "AADSTS12345: First."),
        ("AADSTS12345: First. Trace ID: 1f Correlation ID: 2 Timestamp: 2026", "AADSTS12345: First."),
        ("one\ntwo", "one"),
        ("", "weird"),
    ],
)
def test_an_unknown_number_shows_the_first_line_without_trace_ids(description: str, shown: str) -> None:
    assert trouble.from_answer("weird", description).values["detail"] == shown


@pytest.mark.parametrize(
    ("reply", "token", "kind"),
    [
        (
            (535, "5.7.139", "No, SmtpClientAuthentication is disabled for the Tenant."),
            True,
            TroubleKind.SMTP_OFF,
        ),
        ((535, "5.7.139", "SmtpClientAuthentication is disabled for the Mailbox."), False, TroubleKind.SMTP_OFF),
        ((535, "5.7.139", "the user credentials were incorrect"), True, None),
        ((535, "5.7.3", "Authentication unsuccessful"), True, TroubleKind.TOKEN_ELSEWHERE),
        ((535, "5.7.3", "Authentication unsuccessful"), False, None),
        (
            (550, "5.7.30", "Basic authentication is not supported for Client Submission."),
            False,
            TroubleKind.PASSWORDS_OFF,
        ),
        ((535, "5.7.8", "bad"), True, None),
        ((454, "4.7.0", "SmtpClientAuthentication is disabled"), True, None),
    ],
)
def test_exchange_says_by_its_reply_what_is_switched_off(
    reply: tuple[int, str, str], token: bool, kind: TroubleKind | None
) -> None:
    assert trouble.from_reply(*reply, token=token) is kind


# --- on the wire ---------------------------------------------------------------------------------------------------


def test_the_two_responses_are_as_their_documents_say() -> None:
    token = Secret("ya29.vF9dft4")
    assert b64decode(sasl.response("XOAUTH2", "a,b=c@x.example", "h", 1, token)) == (
        b"user=a,b=c@x.example\x01auth=Bearer ya29.vF9dft4\x01\x01"
    )
    assert b64decode(sasl.response("OAUTHBEARER", "a,b=c@x.example", "mail.x.example", 587, token)) == (
        b"n,a=a=2Cb=3Dc@x.example,\x01host=mail.x.example\x01port=587\x01auth=Bearer ya29.vF9dft4\x01\x01"
    )


@pytest.mark.parametrize(
    ("challenge", "said"),
    [
        ({"status": "401", "schemes": "bearer", "scope": "mail"}, ("401", "mail")),
        ({"status": "invalid_token", "openid-configuration": "https://x", "token": "canary"}, ("invalid_token", "")),
        ({"status": 400, "scope": ["a"]}, ("", "")),
        (["status"], ("", "")),
    ],
)
def test_of_a_refusal_only_status_and_scope_are_read(challenge: object, said: tuple[str, str]) -> None:
    assert sasl.refusal(b64encode(json.dumps(challenge).encode()).decode()) == said


@pytest.mark.parametrize("challenge", ["", "not base64!", "bm90IGpzb24=", "=" * 50, "W1tb" * 50_000])
def test_a_refusal_that_cannot_be_read_says_nothing(challenge: str) -> None:
    assert sasl.refusal(challenge) == ("", "")


# --- redaction -------------------------------------------------------------------------------------------------------

SECRETS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Z"]), min_size=12, max_size=60)


@given(SECRETS, st.text(max_size=30), st.integers(0, 20))
def test_an_echo_is_not_shown_in_any_form(secret: str, around: str, cut: int) -> None:
    sent = b64encode(f"user=rh@atelier.example\1auth=Bearer {secret}\1\1".encode())
    alone = b64encode(secret.encode()).decode()
    for form in (secret, alone, sent.decode(), sent.decode()[cut:], quote(secret, safe="")):
        shown = redacted(f"535 5.7.8 no {form} {around}", Secret(secret), sent)
        assert secret not in shown
        assert form not in shown
        for run in re.findall(r"[\w+/=-]{16,}", shown):
            assert run not in sent.decode()


@pytest.mark.parametrize("echo", [slice(0, 300), slice(200, 500), slice(-60, None), slice(40, 56)])
def test_a_part_of_a_long_token_is_not_shown(echo: slice) -> None:
    token = "".join(b64encode(bytes([n, n ^ 91, 255 - n])).decode() for n in range(256)) + "canary"
    blob = b64encode(f"user=rh\1auth=Bearer {token}\1\1".encode())
    for text in (token, blob.decode(), b64encode(token.encode()).decode()):
        assert text[echo][:12] not in redacted(f"501 5.5.4 line too long: {text[echo]}", Secret(token), blob)


def test_what_is_no_secret_stays() -> None:
    text = "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6 for rh@atelier.example"
    assert redacted(text, Secret("another-long-token-1234567890")) == text


# --- issuers, people, the note ---------------------------------------------------------------------------------------


def test_microsoft_and_google_are_known_without_a_request() -> None:
    microsoft = find_issuer(OAuthClient(issuer="microsoft", client_id="x", tenant="atelier.example"))
    assert microsoft.token == "https://login.microsoftonline.com/atelier.example/oauth2/v2.0/token"
    assert microsoft.redirect_host == "localhost"
    assert microsoft.scopes[0] == "https://outlook.office.com/SMTP.Send"
    assert not [scope for scope in microsoft.scopes if "graph" in scope.lower()]
    assert "/common/" in find_issuer(OAuthClient(issuer="microsoft", client_id="x")).authorize
    google = find_issuer(OAuthClient(issuer="google", client_id="x"))
    assert google.parameters == {"access_type": "offline", "prompt": "consent"}
    assert google.redirect_host == "127.0.0.1"
    assert not google.device
    assert [issuer_for(each) for each in ("exchange", "outlook", "gmail", "workspace", "ovh")] == [
        "microsoft", "microsoft", "google", "google", "",
    ]  # fmt: skip


def id_token(claims: object) -> Secret:
    return Secret(f"e30.{b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.sig")


@pytest.mark.parametrize(
    ("claims", "people"),
    [
        ({"preferred_username": "a@x.example", "email": "b@x.example", "sub": "0"}, ["a@x.example", "b@x.example"]),
        ({"email": "b@x.example", "sub": "c@x.example"}, ["b@x.example"]),
        ({"sub": "c@x.example"}, ["c@x.example"]),
        ({"sub": "0", "email": 3}, []),
        ([], []),
    ],
)
def test_who_signed_in_is_what_the_id_token_says(claims: object, people: list[str]) -> None:
    issuer = find_issuer(OAuthClient(issuer="microsoft", client_id="x"))
    assert who_signed_in({"id_token": id_token(claims)}, issuer) == people


@pytest.mark.parametrize("token", ["", "a.b", "a.!!.c", "no-dots", "a.W10.c"])
def test_an_id_token_that_cannot_be_read_names_nobody(token: str) -> None:
    issuer = find_issuer(OAuthClient(issuer="microsoft", client_id="x"))
    assert who_signed_in({"id_token": Secret(token)}, issuer) == []


def test_the_same_person_may_be_spelt_differently() -> None:
    assert is_same_person("RH@Atelier.example", "rh@atelier.example")
    assert is_same_person("rh@münchen.example", "rh@xn--mnchen-3ya.example")
    assert not is_same_person("rh@atelier.example", "rh@atelier.example.evil.example")


def with_client(issuer: str, **given: str) -> Account:
    client = OAuthClient(issuer=issuer, client_id="0000-11", **given)
    return account_from_preset("rh", "rh@atelier.example", host="h.example", auth="oauth2", oauth=client)


@pytest.mark.parametrize(
    ("made", "parts"),
    [
        (
            with_client("microsoft", tenant="atelier.example"),
            [
                "https://login.microsoftonline.com/atelier.example/adminconsent?client_id=0000-11",
                "Set-CASMailbox -Identity rh@atelier.example -SmtpClientAuthenticationDisabled $false",
                "SMTP.Send", "http://localhost", "account sign-out rh", "Envoyer en tant que",
            ],
        ),
        (account_from_preset("rh", "rh@atelier.example", provider="outlook"), ["CLIENT-ID", "TENANT", "SMTP.Send"]),
        (with_client("google"), ["Internal", "Interne", "https://mail.google.com/", "0000-11"]),
        (account_from_preset("rh", "rh@atelier.example", provider="workspace"), ["Internal", "CLIENT-ID"]),
        (with_client("https://id.atelier.example"), ["https://id.atelier.example", "RFC 8252", "PKCE"]),
    ],
)  # fmt: skip
def test_the_note_for_the_administrator_says_what_and_how_in_both_languages(made: Account, parts: list[str]) -> None:
    note = admin_note(made)
    for part in parts:
        assert part in note
    assert re.findall(r"^# (.*) ", note, re.MULTILINE)
    assert "sending mail as rh@atelier.example" in note
    assert "envoyer des messages depuis rh@atelier.example" in note
    assert "{" not in note


@pytest.mark.parametrize("provider", ["exchange", "outlook", "workspace", "gmail"])
def test_the_note_asks_for_the_mailbox_only_where_the_account_looks_into_it(provider: str) -> None:
    alone = account_from_preset("rh", "rh@atelier.example", provider=provider)
    looking = account_from_preset("rh", "rh@atelier.example", provider=provider, imap=Imap())
    without, with_mailbox = admin_note(alone), admin_note(looking)
    assert "returned" not in without
    assert "non-remise" not in without
    assert "returned after a sending" in with_mailbox
    assert "avis de non-remise" in with_mailbox
    assert ("IMAP.AccessAsUser.All" in with_mailbox) is (provider in ("exchange", "outlook"))
    assert "IMAP" not in without
    assert "reads no mailbox" not in with_mailbox
    assert "{" not in with_mailbox


def test_a_sign_in_asks_to_read_the_mailbox_only_where_that_is_wanted() -> None:
    client = OAuthClient(issuer="microsoft", client_id="x")
    assert not [scope for scope in find_issuer(client).scopes if "IMAP" in scope]
    assert find_issuer(client, mailbox=True).scopes[-1] == "https://outlook.office.com/IMAP.AccessAsUser.All"


def test_remedies_decide_what_a_run_does() -> None:
    assert {remedy for remedy, _ in trouble._TABLE.values()} == set(Remedy)
