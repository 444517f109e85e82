"""What servers and programs write in returned mail, in many languages: what it means, and no more."""

from __future__ import annotations

import base64
import quopri
from email.header import Header
from itertools import product

import pytest
from each_row import each_row

from mailmerge.imap.reports import is_candidate, read_report

ID = "abc.123@exemple.test"
ADDRESS = "lea@boite.example"
FAILED = {
    "en": "Your message has NOT BEEN DELIVERED",
    "fr": "Votre message n’a pas pu être remis",
    "de": "Ihre Nachricht konnte nicht zugestellt werden",
    "es": "No se pudo entregar el mensaje",
    "it": "Il messaggio non è stato recapitato",
    "it, to consign": "Impossibile consegnare il messaggio",
    "nl": "Uw bericht kon niet worden bezorgd",
    "pt": "A sua mensagem não pôde ser entregue",
    "pt, of Brazil": "Sua mensagem não foi entregue",
    "pl": "Nie udało się dostarczyć wiadomości",
    "pl, to hand over": "Wiadomość: nie można doręczyć",
    "sv": "Meddelandet kunde inte levereras",
    "da": "Meddelelsen kunne ikke leveres",
    "nb": "Meldingen kan ikke leveres",
    "fi": "Viestiä ei voitu toimittaa",
    "cs": "Zprávu nelze doručit",
    "hu": "Az üzenetet nem sikerült kézbesíteni",
    "ro": "Mesajul nu a putut fi livrat",
    "tr": "İleti teslim edilemedi",
    "ru": "Сообщение не доставлено",
    "el": "Αποτυχία παράδοσης",
    "zh": "邮件无法送达",
    "ko": "메일이 배달되지 않았습니다",
    "ja": "配信できませんでした",
}
DELAYED = {
    "en": "The delivery is delayed",
    "fr": "La remise est retardée",
    "de": "Die Zustellung verzögert sich",
    "es": "La entrega está retrasada",
    "it": "La consegna è ritardata",
    "nl": "De bezorging is vertraagd",
    "pt": "A entrega está atrasada",
    "pl": "Dostarczenie jest opóźnione",
    "sv": "Leveransen är försenad",
    "da": "Leveringen er forsinket",
    "fi": "Toimitus viivästyy, viivästynyt",
    "cs": "Doručení je zpožděno",
    "ru": "Доставка задерживается",
    "zh": "邮件延迟",
    "ko": "배달 지연",
    "ja": "配信が遅延しています",
}
AUTOMATIC = {
    "en": "Automatic reply: x",
    "fr": "Réponse automatique : Votre candidature",
    "de": "Automatische Antwort: x",
    "es": "Respuesta automática: x",
    "it": "Risposta automatica: x",
    "nl": "Automatisch antwoord: x",
    "pt": "Resposta automática: x",
    "pl": "Automatyczna odpowiedź: x",
    "pl, the other way round": "Odpowiedź automatyczna: x",
    "sv": "Autosvar: x",
    "sv, in words": "Automatiskt svar: x",
    "da": "Automatisk svar: x",
    "fi": "Automaattinen vastaus: x",
    "cs": "Automatická odpověď: x",
    "sk": "Automatická odpoveď: x",
    "hu": "Automatikus válasz: x",
    "ro": "Răspuns automat: x",
    "tr": "Otomatik yanıt: x",
    "ru": "Автоответ: x",
    "el": "Αυτόματη απάντηση: x",
    "zh": "自动回复: x",
    "ko": "자동 회신: x",
    "ja": "自動応答: x",
}
HEADERS = {
    "encoded word": lambda text: Header(text, "utf-8").encode().encode(),
    "in base64, without folding": lambda text: b"=?UTF-8?B?" + base64.b64encode(text.encode()) + b"?=",
    "octets as they are": str.encode,
}
BODIES = {
    "8bit": str.encode,
    "base64": lambda text: base64.encodebytes(text.encode()),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()),
}


def mail(subject: bytes, text: str, source: str, *, extra: str = "", encoding: str = "8bit") -> bytes:
    head = f"Return-Path: <>\r\nFrom: {source}\r\nTo: rh@exemple.test\r\n{extra}MIME-Version: 1.0\r\n"
    kind = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n"
    return head.encode() + b"Subject: " + subject + b"\r\n" + kind.encode() + b"\r\n" + BODIES[encoding](text)


def kind_of(octets: bytes) -> str | None:
    """What it is taken for, if it is looked at at all."""
    head = octets.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    report = read_report(octets) if is_candidate(head, frozenset({ID})) else None
    return str(report.kind) if report else None


@each_row("language, header, encoding", list(product(FAILED, HEADERS, BODIES)))
def test_a_failure_is_understood_in_any_language(language: str, header: str, encoding: str):
    text = f"{FAILED[language]}:\r\n\r\n{ADDRESS}\r\n"
    told = mail(HEADERS[header](FAILED[language]), text, "postmaster@mx.example", encoding=encoding)
    assert kind_of(told) == "bounced"
    assert (report := read_report(told)) is not None
    assert report.recipients == (ADDRESS,)


@each_row("language, header, encoding", list(product(DELAYED, HEADERS, BODIES)))
def test_a_delay_is_no_failure_in_any_language(language: str, header: str, encoding: str):
    text = f"{DELAYED[language]}:\r\n\r\n{ADDRESS}\r\n451 4.4.1\r\n"
    told = mail(HEADERS[header](DELAYED[language]), text, "postmaster@mx.example", encoding=encoding)
    assert kind_of(told) == "delayed"


@each_row("language, header", list(product(AUTOMATIC, HEADERS)))
@each_row("extra", ["", f"In-Reply-To: <{ID}>\r\n", "Auto-Submitted: auto-replied\r\n"])
def test_a_program_that_answers_for_somebody_is_understood_in_any_language(language: str, header: str, extra: str):
    told = mail(HEADERS[header](AUTOMATIC[language]), "…\r\n", f"Lea <{ADDRESS}>", extra=extra)
    octets = told.replace(b"Return-Path: <>\r\n", b"Return-Path: <lea@boite.example>\r\n")
    assert kind_of(octets) == "auto-replied"


@each_row("said", [*FAILED.values(), *DELAYED.values()])
def test_the_same_words_of_a_person_are_an_answer(said: str):
    octets = mail(b"Re: Votre candidature", f"{said} ?\r\n", f"Lea <{ADDRESS}>", extra=f"In-Reply-To: <{ID}>\r\n")
    assert kind_of(octets.replace(b"Return-Path: <>\r\n", b"")) == "person"


@each_row("said", [*FAILED.values(), *DELAYED.values()])
def test_the_same_words_of_a_shop_are_nothing(said: str):
    octets = mail(Header(said, "utf-8").encode().encode(), f"{said}\r\n", "Shop <news@shop.example>")
    assert kind_of(octets.replace(b"Return-Path: <>\r\n", b"")) is None


@pytest.mark.parametrize("subject", ["Delivery failure", "**Message you sent blocked by our bulk email filter**"])
def test_a_form_that_a_library_takes_for_a_delay_is_what_its_words_say(subject: str):
    text = f"Your message to: {ADDRESS}\r\nwas blocked by our Spam Firewall. The email has NOT BEEN DELIVERED:\r\n"
    assert kind_of(mail(subject.encode(), text, "postmaster@barracuda.example")) == "bounced"
