"""Signatures as OpenSSH makes and checks them (PROTOCOL.sshsig), by Ed25519 keys, in a namespace of our own.

``ssh-keygen -Y verify -f allowed -I paul -n approval@mailmerge -s signature < statement`` is an independent judge.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.errors import ApprovalRefused, InputError
from mailmerge.i18n import N_
from mailmerge.settings.approval_rule import KEY_KIND

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAMESPACE = "approval@mailmerge"
"""A signature for anything else, a commit or a login, can never pass for an approval."""
_MAGIC = b"SSHSIG"
_HASH = "sha512"
_WIDTH = 70
_BROKEN = N_("the signature cannot be read: paste all of it, or give the file RUN.approval")


class Signature(Struct, frozen=True):
    """What a signature says about itself."""

    key: bytes
    """The public key, 32 bytes."""
    namespace: str
    hash: str
    signature: bytes


def sign(key: Ed25519PrivateKey, text: str) -> str:
    """The armoured signature of a text."""
    public = key.public_key().public_bytes_raw()
    signature = _string(KEY_KIND.encode()) + _string(key.sign(_signed(text, NAMESPACE, _HASH)))
    blob = (
        _MAGIC
        + (1).to_bytes(4, "big")
        + _string(_string(KEY_KIND.encode()) + _string(public))
        + _string(NAMESPACE.encode())
        + _string(b"")
        + _string(_HASH.encode())
        + _string(signature)
    )
    body = base64.b64encode(blob).decode()
    lines = [body[start : start + _WIDTH] for start in range(0, len(body), _WIDTH)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""])


def verify(text: str, signature: Signature) -> None:
    """See that a text is what was signed, for this purpose and by this key; whose key it is others decide.

    Raises:
        ApprovalRefused: it is not.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if signature.namespace != NAMESPACE or signature.hash != _HASH:
        raise ApprovalRefused(
            N_("this signature was not made for an approval: ask for the text that `mailmerge approve` writes"),
            kind="namespace",
        )
    try:
        public = Ed25519PublicKey.from_public_bytes(signature.key)
        public.verify(signature.signature, _signed(text, signature.namespace, signature.hash))
    except (InvalidSignature, ValueError):
        raise ApprovalRefused(
            N_("the text of the approval is not what was signed: something in it was changed"), kind="signature"
        ) from None


def read_signature(body: str) -> Signature:
    """What the base64 of a signature holds.

    Raises:
        InputError: it is not a signature.
        ApprovalRefused: it was made by another kind of key.
    """
    try:
        blob = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise InputError(_BROKEN) from None
    if not blob.startswith(_MAGIC) or blob[6:10] != (1).to_bytes(4, "big"):
        raise InputError(_BROKEN)
    fields = _strings(blob[10:])
    if len(fields) != 5 or fields[2] or base64.b64encode(blob).decode() != body:
        raise InputError(_BROKEN)  # what is not signed, or can be written in two ways, has one form
    public, signed = _strings(fields[0]), _strings(fields[4])
    if public[:1] != [KEY_KIND.encode()] or signed[:1] != [KEY_KIND.encode()]:
        raise ApprovalRefused(
            N_("the signature was made with a key of another kind: an approval is signed with an Ed25519 key"),
            kind="key-kind",
        )
    if len(public) != 2 or len(signed) != 2:
        raise InputError(_BROKEN)
    names = [field.decode("ascii", "replace") for field in (fields[1], fields[3])]
    return Signature(public[1], names[0], names[1], signed[1])


def _signed(text: str, namespace: str, hash_name: str) -> bytes:
    digest = hashlib.sha512(text.encode()).digest()
    return _MAGIC + _string(namespace.encode()) + _string(b"") + _string(hash_name.encode()) + _string(digest)


def _string(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


def _strings(blob: bytes) -> list[bytes]:
    """The length-prefixed strings of which something consists."""
    found, start = [], 0
    while start < len(blob):
        end = start + 4 + int.from_bytes(blob[start : start + 4], "big")
        if len(blob) < start + 4 or end > len(blob):
            raise InputError(_BROKEN)
        found.append(blob[start + 4 : end])
        start = end
    return found
