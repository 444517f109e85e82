"""A letter in which thousands of things are opened and none is closed is read to its end like any other."""

from __future__ import annotations

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
import sys
from mailmerge.letter.expressions import ConstantText
from mailmerge.lint.extract.as_read import readings_of
opened, kind = sys.argv[1:]
text = opened * (300_000 // len(opened)) if opened != "`" else "".join("`" * n + " " for n in range(1, 800))
[reading] = readings_of([ConstantText(text, 1, "body")], kind)
print(len(reading.text) > 0 or len(reading.tags) > 0)
"""


@pytest.mark.parametrize("kind", ["html", "markdown"])
@pytest.mark.parametrize("opened", [*OPENED.values(), "`"], ids=[*OPENED, "backticks"])
def test_what_is_opened_again_and_again_and_never_closed_is_read_to_its_end(opened: str, kind: str) -> None:
    done = subprocess.run([sys.executable, "-c", READ, opened, kind], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "True"
