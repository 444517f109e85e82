"""What the tests of the last gate are made of: the bytes of one message as they should be."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from mailmerge.model import Envelope, SealedMessage

SENDERS = ["rh@exemple.test"]
HEAD = """From: Claire Martin <rh@exemple.test>
To: =?utf-8?q?In=C3=A8s?= Petit <ines.petit@mail.example>
Subject: Votre candidature
Date: Mon, 23 Nov 2026 18:00:00 +0000
Message-ID: <run.1@exemple.test>
MIME-Version: 1.0
"""
PLAIN = """Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Bonjour,
"""
TWO_PARTS = """Content-Type: multipart/alternative; boundary="=-b1"

--=-b1
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 7bit

Bonjour,
--=-b1
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 7bit

<p>Bonjour,</p>
--=-b1--
"""


def sealed(text: str | bytes = HEAD + PLAIN, **changes: object) -> SealedMessage:
    content = text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode("utf-8")
    message = SealedMessage(
        record=1,
        name="Inès Petit",
        envelope=Envelope("rh@exemple.test", "ines.petit@mail.example"),
        message_id="<run.1@exemple.test>",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return replace(message, **changes)  # type: ignore[arg-type]
