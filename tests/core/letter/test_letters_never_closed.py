"""A letter in which thousands of things are opened and none is closed is read to its end like any other.

So is any file that may begin so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from each_row import whole_or

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
COMPILED = """
import json, sys
from pathlib import Path
from mailmerge.errors import LetterError
from mailmerge.letter import parse_letter
from mailmerge.outbox.comparison.likeness import likeness_of
compiled, compared = json.load(sys.stdin)
for name, text in compiled.items():
    for letter in f"Subject: x\\n\\n{text}", f"Subject: {text}\\n\\nx":
        try:
            parse_letter(letter, Path("a.html"))
        except LetterError:
            pass
    print(name, flush=True)
for name, text in compared.items():
    likeness_of(text, b"secret")
    print(name, flush=True)
"""
READ = """
import json, sys
from mailmerge.letter.jinja.expressions import ConstantText
from mailmerge.lint.extract.as_read import readings_of
kind, opened = sys.argv[1], json.loads(sys.argv[2])
size = int(sys.argv[3])
texts = {name: each * (size // len(each)) for name, each in opened.items()}
texts["backticks"] = "".join("`" * number + " " for number in range(1, 1100))
for name, text in texts.items():
    [reading] = readings_of([ConstantText(text, 1, "body")], kind)
    assert reading.text or reading.tags
    print(name, flush=True)
"""


@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_what_is_opened_again_and_again_and_never_closed_is_read_to_its_end(kind: str) -> None:
    given = [kind, json.dumps(OPENED), str(whole_or(200_000, 600_000))]
    done = subprocess.run([sys.executable, "-c", READ, *given], capture_output=True, text=True, timeout=100)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [*OPENED, "backticks"]


def test_what_is_never_closed_is_compiled_and_compared_soon() -> None:
    compiled = {
        "style sheets": "<style>" * 15_000,
        "comments of the template": "{#" * 50_000,
        "comments in a style sheet": "<style>" + "/* " * 60_000 + "</style>",
    }
    compared = {name: each * (100_000 // len(each)) for name, each in OPENED.items()}
    given = json.dumps([compiled, compared])
    done = subprocess.run([sys.executable, "-c", COMPILED], input=given, capture_output=True, text=True, timeout=20)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [*compiled, *compared]


@pytest.mark.parametrize("ending", ["<workbook>", "", "<!--", "a;b"])
def test_a_file_that_begins_with_comments_is_read_soon(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"<!-- a -->\n" * 60 + ending.encode())
    code = (
        "import sys; from pathlib import Path; from mailmerge.records.file_kinds.file_type import load;"
        " load(Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, timeout=20, check=False)
