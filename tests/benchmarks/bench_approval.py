"""How long a pack and a page take to write and to open, and how large they are: for 340 letters and for 5,000.

uv run python tests/benchmarks/bench_approval.py [--letters 340 5000] [--attachment 0]
"""

from __future__ import annotations

import argparse
import base64
import datetime
import hashlib
import os
import tempfile
import time
from pathlib import Path

from mailmerge.approval.packs.pack import new_lock, read_pack, write_pack
from mailmerge.approval.packs.page import write_page
from mailmerge.approval.reviewing.contents import Contents, PackedLetter
from mailmerge.approval.reviewing.review import ApprovalReview
from mailmerge.outbox import root_digest

TEXT = "Nous avons lu votre candidature avec attention, et nous avons choisi une autre personne. " * 12


def letters(count: int, attachment: int) -> list[PackedLetter]:
    """Letters of which each has a name, ids of its own, and the same attachment."""
    shared = base64.encodebytes(os.urandom(attachment)).replace(b"\n", b"\r\n")
    made = []
    for number in range(1, count + 1):
        head = (
            f"To: P {number} <p{number}@x.example>\r\nSubject: s\r\nMessage-ID: <{os.urandom(12).hex()}@x.example>\r\n"
        )
        content = f"{head}\r\nBonjour Madame N{number},\r\n\r\n{TEXT}\r\n".encode() + shared
        digest = hashlib.sha256(content).hexdigest()
        made.append(PackedLetter(number, f"P N{number}", f"p{number}@x.example", digest, content))
    return made


def main() -> None:
    """Measure, and print a line for each number of letters; beside it what PBKDF2 alone takes."""
    options = argparse.ArgumentParser()
    options.add_argument("--letters", type=int, nargs="+", default=[340, 5000])
    options.add_argument("--attachment", type=int, default=0, help="bytes")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for count in given.letters:
            made = letters(count, given.attachment)
            facts = {"run": "r"}
            root = root_digest(facts, ((each.record, each.address, each.sha256) for each in made))
            now = datetime.datetime.now(datetime.UTC)
            contents = Contents("2026-11-26-7f3a", now, "c", "paul", root, facts, 24, made, [{}], [], {}, [], [])
            pack, page = Path(folder) / "r.mmpack", Path(folder) / "r.html"
            begun = time.process_time()
            lock = new_lock()
            derived = time.process_time()
            sizes = write_pack(pack, contents, lock), write_page(page, contents, lock)
            written = time.process_time()
            ApprovalReview(read_pack(pack, lock.words))
            opened = time.process_time()
            print(
                f"{count:>6} letters: key {derived - begun:.2f} s, written {written - begun:.2f} s,"
                f" opened {opened - written:.2f} s, pack {sizes[0] / 1e6:.2f} MB, page {sizes[1] / 1e6:.2f} MB"
            )


if __name__ == "__main__":
    main()
