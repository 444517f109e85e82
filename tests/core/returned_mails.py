"""Returned mail after the forms of many servers, written for the tests: reserved domains, invented people.

Each form is given the message that it returns, and makes one mail of it. What a reader must find is beside it.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """The message that is returned."""

    address: str = "jeanne.petit@boite.example"
    message_id: str = "<5f1c9a7be2d04c5f8a11@atelier.example>"
    sender: str = "rh@atelier.example"
    subject: str = "Votre candidature"
    date: str = "Wed, 02 Sep 2026 10:00:00 +0000"

    @property
    def header(self) -> str:
        return (
            f"From: Claire Martin <{self.sender}>\nTo: {self.address}\nSubject: {self.subject}\nDate: {self.date}\n"
            f"Message-ID: {self.message_id}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        )

    @property
    def whole(self) -> str:
        return f"{self.header}\nBonjour,\n\nSECRET-DE-LA-LETTRE\n\nCordialement\n"


@dataclass(frozen=True)
class Form:
    """How one kind of server writes."""

    write: Callable[[Sent], str | bytes]
    kind: str | None
    """What it means; None for nothing that counts."""
    status: str = ""
    certain: bool = True
    """Whether it quotes what only the message has."""


def report(
    sent: Sent, *, source: str, subject: str, text: str, action: str, status: str, diagnostic: str, reporting: str,
    returned: str = "message/rfc822", more: str = "", extra: str = "", charset: str = "utf-8",
) -> str:  # fmt: skip
    """multipart/report (RFC 3462, 3464)."""
    body = sent.header if returned.endswith("headers") else sent.whole
    code = f"Diagnostic-Code: smtp; {diagnostic}\n" if diagnostic else ""
    return (
        f"Return-Path: <>\nFrom: {source}\nTo: {sent.sender}\nSubject: {subject}\n{extra}"
        "Date: Wed, 02 Sep 2026 10:05:00 +0000\nMessage-ID: <ndr-1@mx.example>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status;\n boundary="=_b1"\n\n'
        "This is a MIME-encapsulated message.\n\n"
        f"--=_b1\nContent-Type: text/plain; charset={charset}\n\n{text}\n"
        f"--=_b1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; {reporting}\n"
        f"Arrival-Date: Wed, 02 Sep 2026 10:00:03 +0000\n\n"
        f"Final-Recipient: rfc822; {sent.address}\nAction: {action}\nStatus: {status}\n{code}{more}\n"
        f"--=_b1\nContent-Type: {returned}\n\n{body}\n--=_b1--\n"
    )


def plain(sent: Sent, *, source: str, subject: str, text: str, extra: str = "", charset: str = "utf-8") -> str:
    """A text for people."""
    return (
        f"Return-Path: <>\nFrom: {source}\nTo: {sent.sender}\nSubject: {subject}\n{extra}"
        "Date: Wed, 02 Sep 2026 10:05:00 +0000\nMessage-ID: <ndr-2@mx.example>\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset={charset}\n\n{text}\n"
    )


def microsoft_365(sent: Sent) -> str:
    html = (
        "<html><head><style>p {color: red}</style></head><body><p>Your message to <b>x</b> couldn't be delivered.</p>"
        f"<p>{sent.address} wasn't found at boite.example.</p></body></html>"
    )
    return (
        "Return-Path: <>\nFrom: Microsoft Outlook\n <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@atelier.example>\n"
        f"To: {sent.sender}\nDate: Wed, 02 Sep 2026 10:05:00 +0000\nContent-Language: en-US\n"
        "Message-ID: <ndr-3@mail.example>\nIn-Reply-To: " + sent.message_id + "\nReferences: " + sent.message_id + "\n"
        f"Subject: Undeliverable: {sent.subject}\nAuto-Submitted: auto-replied\nX-MS-Exchange-Message-Is-Ndr:\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n boundary="=_m1"\n\n'
        '--=_m1\nContent-Type: multipart/alternative;\n differences=Content-Type; boundary="=_m2"\n\n'
        "--=_m2\nContent-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: quoted-printable\n\n"
        "Your message couldn't be delivered.=20\n\nThe email address you entered couldn't be found.\n\n"
        f"--=_m2\nContent-Type: text/html; charset=us-ascii\n\n{html}\n--=_m2--\n\n"
        "--=_m1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;AM0PR01MB1.eurprd01.prod.outlook.example\n"
        "Received-From-MTA: dns;mx.atelier.example\nArrival-Date: Wed, 2 Sep 2026 10:00:02 +0000\n\n"
        f"Original-Recipient: rfc822;{sent.address}\nFinal-Recipient: rfc822;{sent.address}\nAction: failed\n"
        "Status: 5.1.10\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP\n"
        " address lookup\nX-Display-Name: Jeanne Petit\n\n"
        f"--=_m1\nContent-Type: message/rfc822\n\n{sent.whole}\n--=_m1--\n"
    )


def microsoft_365_delayed(sent: Sent) -> str:
    return report(
        sent, source="Microsoft Outlook <MicrosoftExchange329e@atelier.example>", subject=f"Delivery delayed:{sent.subject}",
        text="Delivery to these recipients or groups has been delayed:\n\nx\n\nWe'll keep trying to deliver it.",
        action="delayed", status="4.4.7", diagnostic="", reporting="AM0PR01.outlook.example", returned="text/rfc822-headers",
    )  # fmt: skip


def microsoft_365_expired(sent: Sent) -> str:
    return report(
        sent, source="Microsoft Outlook <MicrosoftExchange329e@atelier.example>", subject=f"Non remis : {sent.subject}",
        text="Votre message n’a pas pu être remis.", action="failed", status="5.4.300", reporting="AM0PR01.outlook.example",
        diagnostic="550 5.4.300 Message expired -> 451 4.4.0 DNS query failed",
    )  # fmt: skip


def gmail(sent: Sent) -> str:
    return report(
        sent, source="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        subject="Delivery Status Notification (Failure)", action="failed", status="5.1.1",
        text=f"** Address not found **\n\nYour message wasn't delivered to {sent.address} because the address couldn't be"
        " found, or is unable to receive mail.\n",
        diagnostic=f"550-5.1.1 The email account that you tried to reach does not exist.\n 550 5.1.1 {sent.address}",
        reporting="googlemail.example", extra=f"X-Failed-Recipients: {sent.address}\nAuto-Submitted: auto-replied\n",
    )  # fmt: skip


def gmail_old(sent: Sent) -> str:
    return plain(
        sent, source="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        subject="Delivery Status Notification (Failure)",
        extra=f"X-Failed-Recipients: {sent.address}\nAuto-Submitted: auto-replied\n",
        text=f"Delivery to the following recipient failed permanently:\n\n     {sent.address}\n\n"
        "Technical details of permanent failure: \nGoogle tried to deliver your message, but it was rejected by the server"
        " for the recipient domain.\n\nThe error that the other server returned was:\n550 5.1.1 User unknown\n\n"
        f"----- Original message -----\n\nReceived: by 10.0.0.1 with SMTP id x\n{sent.whole}",
    )  # fmt: skip


def gmail_delayed(sent: Sent) -> str:
    return report(
        sent, source="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        subject="Delivery Status Notification (Delay)", action="delayed", status="4.4.1",
        text=f"** Delivery incomplete **\n\nThere was a temporary problem delivering your message to {sent.address}. Gmail"
        " will retry for 46 more hours. You'll be notified if the delivery fails permanently.",
        diagnostic="The recipient server did not accept our requests to connect.", reporting="googlemail.example",
        extra="Auto-Submitted: auto-replied\n", more="Will-Retry-Until: Fri, 04 Sep 2026 10:00:00 +0000\n",
    )  # fmt: skip


def postfix(sent: Sent, *, host: str = "mx.example", action: str = "failed", status: str = "5.1.1",
            said: str = "550 5.1.1 no such mailbox", subject: str = "Undelivered Mail Returned to Sender") -> str:  # fmt: skip
    text = (
        f"This is the mail system at host {host}.\n\nI'm sorry to have to inform you that your message could not\n"
        "be delivered to one or more recipients. It's attached below.\n\n                   The mail system\n\n"
        f"<{sent.address}>: host mx.boite.example[192.0.2.1] said: {said} (in reply to RCPT TO command)"
    )
    return report(
        sent, source=f"MAILER-DAEMON@{host} (Mail Delivery System)", subject=subject, text=text, action=action,
        status=status, diagnostic=said, reporting=host, extra="Auto-Submitted: auto-replied\n",
        more="Remote-MTA: dns; mx.boite.example\n",
    )  # fmt: skip


def postfix_delayed(sent: Sent) -> str:
    text = (
        "####################################################################\n"
        "# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n"
        "####################################################################\n\n"
        "Your message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n"
    )
    return report(
        sent, source="MAILER-DAEMON@mx.example (Mail Delivery System)", subject="Delayed Mail (still being retried)",
        text=text, action="delayed", status="4.4.1", diagnostic="", reporting="mx.example",
        returned="text/rfc822-headers", extra="Auto-Submitted: auto-replied\n",
    )  # fmt: skip


def postfix_expired(sent: Sent) -> str:
    return postfix(sent, status="4.4.1", said="connect to mx.boite.example[192.0.2.1]:25: Connection timed out")


def ovh(sent: Sent) -> str:
    return postfix(sent, host="mo10.mail-out.ovh.example", said="550 5.2.1 <x>: mailbox disabled", status="5.2.1")


def orange(sent: Sent) -> str:
    return postfix(
        sent, host="smtp.smtpout.orange.example", said="550 5.5.0 Boite du destinataire archivee. OFR_416 [416]",
        status="5.5.0", subject="Message non remis",
    )  # fmt: skip


def la_poste(sent: Sent) -> str:
    return plain(
        sent, source="Postmaster La Poste <postmaster@laposte.example>", subject="Echec de remise de votre message",
        text=f"Bonjour,\n\nVotre message n’a pas pu être remis au destinataire suivant :\n\n  {sent.address}\n\n"
        "Le serveur distant a répondu : 550 5.1.1 Adresse d au moins un destinataire invalide. LPN007_510\n\n"
        f"----- En-têtes du message d’origine -----\n\n{sent.header}",
    )  # fmt: skip


def franceptt(sent: Sent) -> str:
    return postfix(
        sent, host="mwinf5c.wanadoo.example", status="5.1.1",
        said="550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416",
    )  # fmt: skip


def exim(sent: Sent) -> str:
    return plain(
        sent, source="Mail Delivery System <Mailer-Daemon@mx.example>",
        subject="Mail delivery failed: returning message to sender",
        extra=f"X-Failed-Recipients: {sent.address}\nAuto-Submitted: auto-replied\n",
        text="This message was created automatically by mail delivery software.\n\nA message that you sent could not be"
        " delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n"
        f"  {sent.address}\n    host mx.boite.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT"
        f" TO:<{sent.address}>:\n    550 5.1.1 User unknown\n\n"
        f"------ This is a copy of the message, including all the headers. ------\n\nReturn-path: <x>\n{sent.whole}",
    )  # fmt: skip


def exim_report(sent: Sent) -> str:
    return report(
        sent, source="Mail Delivery System <Mailer-Daemon@mx.example>", reporting="mx.example", action="failed",
        subject="Mail delivery failed: returning message to sender", status="5.0.0",
        text=f"A message that you sent could not be delivered.\n\n  {sent.address}\n    550 5.7.1 rejected by policy",
        diagnostic="550 5.7.1 rejected by policy", extra=f"X-Failed-Recipients: {sent.address}\n",
    )  # fmt: skip


def exim_expired(sent: Sent) -> str:
    return plain(
        sent, source="Mail Delivery System <Mailer-Daemon@mx.example>",
        subject="Mail delivery failed: returning message to sender",
        extra=f"X-Failed-Recipients: {sent.address}\nAuto-Submitted: auto-replied\n",
        text="This message was created automatically by mail delivery software.\n\nA message that you sent could not be"
        " delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n"
        f"  {sent.address}\n    host mx.boite.example [192.0.2.1]: Connection timed out\n    retry timeout exceeded\n\n"
        f"------ This is a copy of the message, including all the headers. ------\n\n{sent.whole}",
    )  # fmt: skip


def exim_delayed(sent: Sent) -> str:
    return plain(
        sent, source="Mail Delivery System <Mailer-Daemon@mx.example>", extra="Auto-Submitted: auto-replied\n",
        subject="Warning: message 1rAbCd-0001-xY delayed 24 hours",
        text="This message was created automatically by mail delivery software.\nA message that you sent has not yet been"
        " delivered to one or more of its\nrecipients after more than 24 hours on the queue on mx.example.\n\n"
        "The message identifier is:     1rAbCd-0001-xY\nThe subject of the message is: Votre candidature\n\n"
        f"The address to which the message has not yet been delivered is:\n\n  {sent.address}\n    host mx.boite.example:"
        " 451 4.7.1 greylisted\n\nNo action is required on your part. Delivery attempts will continue for\nsome time, and"
        f" this warning may be repeated. \nMessage-ID was {sent.message_id}\n",
    )  # fmt: skip


def sendmail_warning(sent: Sent) -> str:
    return report(
        sent, source="Mail Delivery Subsystem <MAILER-DAEMON@mx.example>", action="delayed", status="4.4.2",
        subject="Warning: could not send message for past 4 hours", diagnostic="", reporting="mx.example",
        text="    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n"
        "    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n",
    )  # fmt: skip


def zoho(sent: Sent) -> str:
    return plain(
        sent, source="mailer-daemon@mail.zoho.example", subject="Undelivered Mail Returned to Sender",
        text="This message was created automatically by mail delivery software.\n A message that you sent could not be"
        " delivered to one or more of its recipients. This is a permanent error. \n\n"
        f"{sent.address} Invalid Recipient, ERROR_CODE :550, ERROR_CODE :5.1.1 <{sent.address}>: Recipient address"
        f" rejected\n\nReceived:from mail.zoho.example by mx.zoho.example\n\tWed, 2 Sep 2026 10:00:00 +0000\n{sent.header}",
    )  # fmt: skip


def gmx(sent: Sent) -> str:
    return plain(
        sent, source="GMX Mailer Daemon <mailer-daemon@gmx.example>", subject="Mail delivery failed: returning message to sender",
        text="This message was created automatically by mail delivery software.\n\nA message that you sent could not be"
        " delivered to\none or more of its recipients. This is a permanent error. The following address\nfailed:\n\n"
        f"{sent.address}:\nSMTP error from remote server for RCPT TO command, host: mx.boite.example (192.0.2.1) reason:"
        f" 550 Requested action not taken: mailbox unavailable\n\n--- The header of the original message is following. ---\n\n"
        f"{sent.header}",
    )  # fmt: skip


def qmail(sent: Sent) -> str:
    return plain(
        sent, source="MAILER-DAEMON@mx.example", subject="failure notice",
        text=f"Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the"
        f" following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<{sent.address}>:\n"
        "192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 unknown user\nGiving up on 192.0.2.1.\n\n"
        f"--- Below this line is a copy of the message.\n\nReturn-Path: <{sent.sender}>\n{sent.whole}",
    )  # fmt: skip


def exchange(sent: Sent) -> str:
    return plain(
        sent, source="System Administrator <postmaster@boite.example>", subject=f"Undeliverable: {sent.subject}",
        text=f"Your message\n\n  To:      {sent.address}\n  Subject: {sent.subject}\n  Sent:    Wed, 2 Sep 2026 10:00:00\n\n"
        f"did not reach the following recipient(s):\n\n{sent.address} on Wed, 2 Sep 2026 10:00:09\n"
        "    The e-mail account does not exist at the organization this message was sent to.\n"
        f"    <mx.boite.example #5.1.1>\n    MSEXCH:IMS:boite:{sent.message_id}\n",
    )  # fmt: skip


def japanese(sent: Sent) -> bytes:
    text = report(
        sent, source="Mail Delivery Subsystem <MAILER-DAEMON@mx.example>", subject="=?ISO-2022-JP?B?GyRCRyU/LklUPEIbKEI=?=",
        text=f"メールを配信できませんでした。\n\n宛先: {sent.address}\n理由: 宛先のメールアドレスが存在しません。", action="failed",
        status="5.1.1", diagnostic="550 5.1.1 ユーザーが見つかりません", reporting="mx.example", charset="iso-2022-jp",
    )  # fmt: skip
    return text.encode("iso-2022-jp", "replace")


def japanese_text(sent: Sent) -> bytes:
    return plain(
        sent, source="MAILER-DAEMON@mx.example", subject="=?ISO-2022-JP?B?GyRCJSglaSE8GyhC?=", charset="iso-2022-jp",
        text=f"送信できませんでした。\n\n次の宛先: {sent.address}\n\n550 5.1.1 宛先のユーザーが存在しません\n\n"
        f"---- 元のメッセージ ----\n{sent.header}",
    ).encode("iso-2022-jp", "replace")  # fmt: skip


def international(sent: Sent) -> str:
    """RFC 6533: the status in base64, the address as it is, and a whole message of the same kind."""
    status = (
        "Reporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: utf-8; {sent.address}\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 boîte inconnue\n"
    )
    encoded = base64.encodebytes(status.encode()).decode()
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: {sent.sender}\nSubject: Non remis\nMIME-Version: 1.0\n"
        "Message-ID: <ndr-4@mx.example>\n"
        'Content-Type: multipart/report; report-type=global-delivery-status; boundary="g1"\n\n'
        "--g1\nContent-Type: text/plain; charset=utf-8\n\nVotre message n’a pas pu être remis.\n"
        f"--g1\nContent-Type: message/global-delivery-status\nContent-Transfer-Encoding: base64\n\n{encoded}\n"
        f"--g1\nContent-Type: message/global\nContent-Transfer-Encoding: 8bit\n\n{sent.whole}\n--g1--\n"
    )


def international_headers(sent: Sent) -> str:
    return (
        international(sent).replace("message/global\n", "message/global-headers\n").replace("SECRET-DE-LA-LETTRE", "")
    )


def opensmtpd(sent: Sent) -> str:
    return report(
        sent, source="Mailer Daemon <MAILER-DAEMON@mx.example>", subject="Delivery status notification: error",
        text=f"Hi!\n\nThis is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\nAn error has occurred while"
        f" attempting to deliver a message for\nthe following list of recipients:\n\n{sent.address}: 550 5.1.1 unknown",
        action="failed", status="5.1.1", diagnostic="", reporting="mx.example", returned="text/rfc822-headers",
    )  # fmt: skip


def forwarded(sent: Sent) -> str:
    """The person's mail goes on to another mailbox, which refuses it."""
    return (
        postfix(sent)
        .replace(f"Final-Recipient: rfc822; {sent.address}", "Final-Recipient: rfc822; autre@loin.example")
        .replace("Action: failed", f"Original-Recipient: rfc822;{sent.address}\nAction: failed")
    )


def out_of_office(sent: Sent) -> str:
    return (
        f"From: Jeanne Petit <{sent.address}>\nTo: {sent.sender}\nSubject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_Votre?=\n"
        f"In-Reply-To: {sent.message_id}\nReferences: {sent.message_id}\nAuto-Submitted: auto-replied\n"
        "X-Auto-Response-Suppress: All\nMessage-ID: <away@boite.example>\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\n\nBonjour, je suis absente et impossible de répondre avant le 14.\n"
    )


def answer(sent: Sent) -> str:
    return (
        f"From: Jeanne Petit <{sent.address}>\nTo: {sent.sender}\nSubject: Re: {sent.subject}\n"
        f"In-Reply-To: {sent.message_id}\nReferences: {sent.message_id}\nMessage-ID: <re@boite.example>\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\n\nBonjour, merci de votre réponse. Mon message précédent a été"
        " rejeté (550 5.7.1), je crois.\n> Bonjour,\n"
    )


def delivered(sent: Sent) -> str:
    return postfix(
        sent, action="relayed", status="2.1.5", said="250 2.1.5 ok", subject="Successful Mail Delivery Report"
    )


def read_receipt(sent: Sent) -> str:
    return (
        f"From: Jeanne Petit <{sent.address}>\nTo: {sent.sender}\nSubject: Lu : {sent.subject}\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="r"\n\n--r\n'
        "Content-Type: text/plain\n\nLu.\n--r\nContent-Type: message/disposition-notification\n\n"
        f"Final-Recipient: rfc822;{sent.address}\nOriginal-Message-ID: {sent.message_id}\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\n--r--\n"
    )


def newsletter(sent: Sent) -> str:
    return plain(sent, source="Lettre <info@journal.example>", subject="Nos offres", text="Bonjour\n").replace(
        "Return-Path: <>", "Return-Path: <info@journal.example>"
    )


FORMS = {
    "Microsoft 365": Form(microsoft_365, "bounced", "5.1.10"),
    "Microsoft 365, delayed": Form(microsoft_365_delayed, "delayed", "4.4.7"),
    "Microsoft 365, expired": Form(microsoft_365_expired, "expired", "5.4.300"),
    "Gmail": Form(gmail, "bounced", "5.1.1"),
    "Gmail, the old form": Form(gmail_old, "bounced", "5.1.1"),
    "Gmail, delayed": Form(gmail_delayed, "delayed", "4.4.1"),
    "Postfix": Form(postfix, "bounced", "5.1.1"),
    "Postfix, delayed": Form(postfix_delayed, "delayed", "4.4.1"),
    "Postfix, expired": Form(postfix_expired, "expired", "4.4.1"),
    "OVH": Form(ovh, "bounced", "5.2.1"),
    "Orange": Form(orange, "bounced", "5.5.0"),
    "Orange, as it was": Form(franceptt, "bounced", "5.1.1"),
    "La Poste": Form(la_poste, "bounced", "5.1.1"),
    "Exim": Form(exim, "bounced", "5.1.1"),
    "Exim, as a report": Form(exim_report, "bounced", "5.7.1"),
    "Exim, expired": Form(exim_expired, "expired"),
    "Exim, delayed": Form(exim_delayed, "delayed", "4.7.1"),
    "sendmail, warning": Form(sendmail_warning, "delayed", "4.4.2"),
    "Zoho": Form(zoho, "bounced", "5.1.1"),
    "GMX": Form(gmx, "bounced", "550"),
    "qmail": Form(qmail, "bounced", "5.1.1"),
    "Exchange": Form(exchange, "bounced", "5.1.1"),
    "OpenSMTPD": Form(opensmtpd, "bounced", "5.1.1"),
    "in Japanese": Form(japanese, "bounced", "5.1.1"),
    "in Japanese, text only": Form(japanese_text, "bounced", "5.1.1"),
    "international (RFC 6533)": Form(international, "bounced", "5.1.1"),
    "international, header only": Form(international_headers, "bounced", "5.1.1"),
    "forwarded and refused there": Form(forwarded, "bounced", "5.1.1"),
    "out of the office": Form(out_of_office, "auto-replied"),
}
"""By the server that writes so."""
NO_EVENT = {
    "an answer": Form(answer, "person"),
    "delivered": Form(delivered, None),
    "a receipt for reading": Form(read_receipt, None),
    "a newsletter": Form(newsletter, None),
}


def octets(form: Form, sent: Sent) -> bytes:
    """The mail, with the line ends of the wire."""
    mail = form.write(sent)
    raw = mail if isinstance(mail, bytes) else mail.encode()
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
