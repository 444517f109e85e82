"""``RUN.mmpack``: everything that a second person looks at, in one file that five words open.

One line of JSON says how it is encrypted; behind it is one AES-256-GCM blob, whose additional data is that line. The
blob is an LZMA stream of a zip with ``pack.json``, ``messages/000001.eml``, ``letter/`` and ``decoys/``: it is
compressed as a whole, since the letters of a run are much alike.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import io
import json
import lzma
import secrets
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from mailmerge.approval.reviewing.contents import Contents, PackedLetter
from mailmerge.approval.reviewing.decoys import Decoy
from mailmerge.approval.words import draw_words, plain_words
from mailmerge.errors import InputError, WrongWords, os_reason
from mailmerge.files.home import write_atomically, writing
from mailmerge.i18n import N_
from mailmerge.settings.approval_rule import MOST_HOURS
from mailmerge.text.regex import regex

FORMAT = 1
ITERATIONS = 600_000
"""Rounds of PBKDF2-SHA256, as OWASP asks for."""
_MOST_ITERATIONS = 10_000_000
_LONGEST_HEAD = 4096
_LARGEST = 1 << 31
_DICTIONARY = 1 << 23
"""Bytes in which a repetition is found: a shared attachment is stored once."""
_MAGIC = "mailmerge-pack"
_RUN = regex(r"[0-9A-Za-z_-]{1,100}")
_BROKEN = N_("{path} is not whole: copy it again, or ask for it again")
_NO_PACK = N_("{path} is not a review pack: give the file that ends in .mmpack")


class Lock(Struct, frozen=True):
    """What encrypts a pack and its page."""

    words: str
    """As they are read out."""
    salt: bytes
    iterations: int
    key: bytes


def new_lock(words: str = "") -> Lock:
    """New words, and the key that they give; it takes a fifth of a second."""
    words, salt = words or draw_words(), secrets.token_bytes(16)
    return Lock(words, salt, ITERATIONS, derived_key(words, salt, ITERATIONS))


def derived_key(words: str, salt: bytes, iterations: int) -> bytes:
    """The key that words give, however they were typed."""
    return hashlib.pbkdf2_hmac("sha256", plain_words(words).encode(), salt, iterations, 32)


def write_pack(path: Path, contents: Contents, lock: Lock) -> int:
    """Write the pack; returns its size in bytes.

    Raises:
        InputError: it cannot be written.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    head = json.dumps(
        {
            _MAGIC: FORMAT,
            "run": contents.run,
            "kdf": "PBKDF2-SHA256",
            "iterations": lock.iterations,
            "salt": base64.b64encode(lock.salt).decode(),
            "cipher": "AES-256-GCM",
            "nonce": base64.b64encode(nonce).decode(),
        }
    ).encode()
    blob = AESGCM(lock.key).encrypt(nonce, _compressed(_zipped(contents)), head)
    with writing(path):
        write_atomically(path, head + b"\n" + blob, shared=True)
    return len(head) + 1 + len(blob)


def read_pack(path: Path, words: str) -> Contents:
    """Open a pack with its words, and see that it is whole.

    Raises:
        WrongWords: they are not those of this pack.
        InputError: it is not a pack, not whole, or of a newer program.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head, line, blob = _parts(path)
    key = derived_key(words, base64.b64decode(head["salt"]), int(head["iterations"]))
    try:
        content = AESGCM(key).decrypt(base64.b64decode(head["nonce"]), blob, line)
    except InvalidTag:
        raise WrongWords(
            N_(
                "these words do not open {path}: ask for the five words again, and if they are right, ask for the pack"
                " again, since it was changed or is not whole"
            ),
            path=path,
        ) from None
    try:
        return _unzipped(path, lzma.decompress(content, memlimit=1 << 28), str(head["run"]))
    except (lzma.LZMAError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError):
        raise InputError(_BROKEN, path=path) from None


def run_of_pack(path: Path) -> str:
    """The run that a pack is of, before anybody gives the words.

    Raises:
        InputError: as :func:`read_pack`.
    """
    return str(_parts(path)[0]["run"])


def _parts(path: Path) -> tuple[dict[str, Any], bytes, bytes]:
    """The first line, as it is and as bytes, and the blob."""
    try:
        with path.open("rb") as file:
            line = file.readline(_LONGEST_HEAD)
            size = path.stat().st_size
            if size > _LARGEST:
                raise InputError(_NO_PACK, path=path)
            blob = file.read()
    except OSError as error:
        raise InputError(N_("cannot read {path}: {why}"), path=path, why=os_reason(error)) from None
    try:
        head = json.loads(line)
        version = head[_MAGIC]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(_NO_PACK if blob or not line else _BROKEN, path=path) from None
    if version != FORMAT:
        raise InputError(N_("{path} was written by a newer mailmerge: update the program"), path=path)
    try:
        whole = (
            line.endswith(b"\n")
            and len(base64.b64decode(head["salt"])) == 16
            and len(base64.b64decode(head["nonce"])) == 12
            and 1 <= int(head["iterations"]) <= _MOST_ITERATIONS
            and _RUN.fullmatch(head["run"]) is not None
            and len(blob) > 16
        )
    except (ValueError, KeyError, TypeError, OverflowError):
        whole = False
    if not whole:
        raise InputError(_BROKEN, path=path)
    return head, line.rstrip(b"\n"), blob


def _compressed(content: bytes) -> bytes:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": _DICTIONARY}]
    return lzma.compress(content, check=lzma.CHECK_CRC32, filters=filters)


def _zipped(contents: Contents) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:

        def put(name: str, content: bytes) -> None:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)

        put("pack.json", json.dumps(_document(contents), ensure_ascii=False).encode())
        for number, source in enumerate(contents.sources.values(), 1):
            put(f"letter/{number:02}.txt", source.encode("utf-8", "surrogatepass"))
        for letter in contents.letters:
            put(f"messages/{letter.record:06}.eml", letter.content)
        for number, decoy in enumerate(contents.decoys, 1):
            put(f"decoys/{number:02}.eml", decoy.content)
    return file.getvalue()


def _document(contents: Contents) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "run": contents.run,
        "created": contents.created.isoformat(),
        "campaign": contents.campaign,
        "for": contents.asked,
        "root": contents.root,
        "facts": dict(contents.facts),
        "valid_hours": contents.hours,
        "seed": contents.root,
        "rows": [[each.record, each.address, each.sha256, each.name, each.way] for each in contents.letters],
        "findings": [finding for finding in contents.findings if not finding.get("waived")],
        "waivers": [finding for finding in contents.findings if finding.get("waived")],
        "branches": list(contents.ways),
        "letters": list(contents.sources),
        "author_keys": list(contents.author_keys),
        "decoys": [decoy.record for decoy in contents.decoys],
        "sealed": dict(contents.sealed),
    }


def _unzipped(path: Path, content: bytes, run: str) -> Contents:
    """What is in the pack of a run, whose name is in the first line too, and names a file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document: Mapping[str, Any] = json.loads(archive.read("pack.json"))
        if document["format"] != FORMAT:
            raise InputError(N_("{path} was written by a newer mailmerge: update the program"), path=path)
        contents = Contents(
            run=str(document["run"]),
            created=datetime.datetime.fromisoformat(document["created"]),
            campaign=str(document["campaign"]),
            asked=str(document["for"]),
            root=str(document["root"]),
            facts={str(name): str(value) for name, value in document["facts"].items()},
            hours=int(document["valid_hours"]),
            letters=[
                PackedLetter(
                    int(record),
                    str(name),
                    str(address),
                    str(sha256),
                    archive.read(f"messages/{record:06}.eml"),
                    int(way),
                )
                for record, address, sha256, name, way in document["rows"]
            ],
            ways=document["branches"],
            findings=[*document["waivers"], *document["findings"]],
            sources={
                str(name): archive.read(f"letter/{number:02}.txt").decode("utf-8", "surrogatepass")
                for number, name in enumerate(document["letters"], 1)
            },
            author_keys=[str(line) for line in document["author_keys"]],
            decoys=[
                Decoy(int(record), archive.read(f"decoys/{number:02}.eml"))
                for number, record in enumerate(document["decoys"], 1)
            ],
            sealed={str(name): str(text) for name, text in document.get("sealed", {}).items()},
        )
        is_whole = contents.shows_what_was_sealed() and contents.run == run and 1 <= contents.hours <= MOST_HOURS
    if not contents.letters or contents.computed_root() != contents.root or not is_whole:
        raise InputError(N_("{path} does not hold what it says: ask for it again"), path=path)
    return contents
