"""A letter in which thousands of things are opened and none is closed is read to its end like any other."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

OPENED = {
    **{f"<{name}>": f"<{name}>" for name in ("script", "style", "svg", "math", "title", "code", "pre", "samp", "kbd")},
    "tags without an end": "<script ",
    "comments": "<!-- ",
    "declarations": "<! ",
    "instructions": "<? ",
    "the end of another": "<script><!--<code></style>",
    "ends before the beginning": "</script><style>",
    "a quoted attribute": "<a b='",
}
READ = """
import json, sys
from mailmerge.letter.expressions import ConstantText
from mailmerge.lint.extract.as_read import readings_of
kind, opened = sys.argv[1], json.loads(sys.argv[2])
texts = {name: each * (600_000 // len(each)) for name, each in opened.items()}
texts["backticks"] = "".join("`" * number + " " for number in range(1, 1100))
for name, text in texts.items():
    [reading] = readings_of([ConstantText(text, 1, "body")], kind)
    assert reading.text or reading.tags
    print(name, flush=True)
"""


@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_what_is_opened_again_and_again_and_never_closed_is_read_to_its_end(kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ, kind, json.dumps(OPENED)], capture_output=True, text=True, timeout=100
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [*OPENED, "backticks"]
