"""``RUN.html``: the review for somebody who does not have the program, in one page that their browser opens by itself.

Nothing is fetched: the page's policy forbids it, and its own script is the only one that runs. The same five words open
it as open the pack; whoever looks at the letters and answers the questions is shown a code to read out.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import secrets
from pathlib import Path
from string import Template
from typing import Any

from mailmerge.approval.packs.pack import Lock
from mailmerge.approval.reviewing.contents import Contents
from mailmerge.approval.reviewing.reading import read_letter
from mailmerge.approval.reviewing.sampling import review_sample
from mailmerge.approval.reviewing.selection import questions, shown_letters
from mailmerge.approval.reviewing.sentences import question_text, sampling_sentence, why_text
from mailmerge.files.home import write_atomically, writing
from mailmerge.i18n import N_, _, language

_PURPOSE = "mailmerge-review/1"

_TEXTS = {
    "number": N_("Letter no. {record}"),
    "to": N_("To:"),
    "subject": N_("Subject:"),
    "from": N_("From:"),
    "letter": N_("The letter"),
    "waived": N_("The author answers for this finding"),
    "warning": N_("This has to be looked at"),
    "answered": N_("{by} answers for it: {why}"),
    "state": N_("{at} of {total}; {done} looked at for two seconds or longer"),
    "wrong_count": N_("That is not the number of letters."),
    "wrong_answer": N_("The answer to question {number} is not right."),
    "read_out": N_("If every letter was right, read this code out on the telephone:"),
    "opening": N_("Opening..."),
    "wrong_words": N_("These words do not open it. Ask for the five words again."),
    "title": N_("{count} letters of {campaign}, run {run}"),
}
_PLACES = {
    "heading": N_("Letters to review"),
    "no_script": N_("This page needs JavaScript: open it in Firefox, Edge, Chrome or Safari."),
    "ask_words": N_("The five words that were read to you on the telephone"),
    "open": N_("Open"),
    "what_to_do": N_(
        "Look at each letter: is it to this person, about this person, and only about them? If one is wrong, stop, and"
        " say so on the telephone."
    ),
    "back": N_("Back"),
    "next": N_("Next"),
    "ask_count": N_("How many letters are there in this run?"),
    "answer": N_("Show the code"),
}


def write_page(path: Path, contents: Contents, lock: Lock) -> int:
    """Write the page; returns its size in bytes.

    Raises:
        InputError: it cannot be written.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    packed = gzip.compress(json.dumps(_document(contents), ensure_ascii=False).encode(), 6, mtime=0)
    data = {
        "salt": base64.b64encode(lock.salt).decode(),
        "iterations": lock.iterations,
        "nonce": base64.b64encode(nonce).decode(),
        "purpose": _PURPOSE,
        "content": base64.b64encode(AESGCM(lock.key).encrypt(nonce, packed, _PURPOSE.encode())).decode(),
        "texts": {name: _(text) for name, text in _TEXTS.items()},
    }
    script = _resource("page.js")
    page = Template(_resource("page.html")).substitute(
        {name: html.escape(_(text)) for name, text in _PLACES.items()},
        language=language(),
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        data=json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"),
        script=script,
    )
    with writing(path):
        write_atomically(path, page.encode(), shared=True)
    return len(page)


def _document(contents: Contents) -> dict[str, Any]:
    """What is encrypted: the letters that are shown, and no more of the others than their number."""
    by_record = {letter.record: letter for letter in contents.letters}
    shown = shown_letters(contents)
    letters = []
    for each in shown:
        read = read_letter(by_record[each.record].content)
        letters.append(
            {
                "record": each.record,
                "to": read.to,
                "subject": read.subject,
                "from": read.sender,
                "text": read.text,
                "html": read.html,
                "files": [f"{name} ({max(1, size // 1024)} KB)" for name, size in read.files],
            }
        )
    items = [{"why": "finding-itself", "index": index} for index in range(len(contents.findings))]
    items += [
        {"why": str(each.why), "index": index, "said": why_text(each.why, each.takers)}
        for index, each in enumerate(shown)
    ]
    return {
        "run": contents.run,
        "campaign": contents.campaign,
        "root": contents.root,
        "count": len(contents.letters),
        "letters": letters,
        "items": items,
        "findings": [
            {name: finding.get(name) for name in ("message", "waived", "why", "by")} for finding in contents.findings
        ],
        "questions": [
            {"kind": each.kind, "text": question_text(each), "answers": list(each.answers)}
            for each in questions(contents)
        ],
        "sentence": sampling_sentence(len(contents.letters), review_sample(len(contents.letters))),
    }


def _resource(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
