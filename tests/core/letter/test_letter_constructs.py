"""What a letter computes of a cell gives the right message or one clear line; the program never blames itself."""

from __future__ import annotations

from each_row import each_row
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.tests import TESTS as JINJA_TESTS
from lint_cases import inspection_of

from mailmerge.errors import LetterError
from mailmerge.letter.jinja.sandbox import FILTERS, METHODS, TESTS
from mailmerge.lint import check

ARGUMENTS = {"default": "('x')", "d": "('x')", "join": "('-')", "replace": "('a', 'b')", "round": "(1)"}
VALUES = (
    "poste", "poste|first", "poste|last", "poste[0]", "poste[:2]", "poste[::-1]", "poste|length", "poste.upper()",
    "poste ~ nom", "poste + nom", "[poste]", "{'a': poste}['a']", "poste.split('t')[0]", "poste == 'x'", "not poste",
    "'fixe'", "none", "poste or nom", "poste and nom", "poste if nom else reference", "poste|default(nom)", "-poste",
    "poste - 1", "poste / 2", "1 + poste", "poste > 3", "poste in [1, 2]", "poste in nom", "poste < nom", "poste.x",
    "poste()", "poste['a']", "poste[99]", "poste * 2", "accord(poste, civilite)", "accord('reçu', poste)",
    "(poste, nom)", "poste, nom", "{'Comptable': 'C'}[poste]", "loop.index",
    "poste|batch(2)", "poste|reverse", "poste|slice(2)", "self", "poste is defined", "poste|list|join", "1.5", "true",
    "poste.split()|last|title", "poste|float", "poste|int + 1",
)  # fmt: skip
ITERABLES = (
    "poste", "poste|list", "poste[:3]", "poste.split('t')", "poste|upper", "poste|sort", "[poste, nom]", "{'a': poste}",
    "{'a': poste}.items()", "{'a': poste}.keys()", "{poste: 1}", "{'a': poste}.values()", "poste.splitlines()",
    "poste.partition('t')", "[poste][0]", "'abc'", "3", "poste|length", "poste|reverse", "poste|batch(2)", "none",
)  # fmt: skip
NAMES = ("x", "nom", "poste")
"""A name of the letter's own, and two that are columns as well."""
CONSTRUCTS = [
    *(f"{{{{ poste|{name}{ARGUMENTS.get(name, '')} }}}}" for name in {*FILTERS, *JINJA_FILTERS}),
    *(f"{{{{ poste|list|{name}{ARGUMENTS.get(name, '')} }}}}" for name in FILTERS),
    *(f"{{{{ poste|{name}{ARGUMENTS.get(name, '')}|upper }}}}" for name in FILTERS),
    *(f"{{% if poste is {name} %}}{{{{ poste }}}}{{% endif %}}" for name in {*TESTS, *JINJA_TESTS} if name.isalpha()),
    *(f"{{% if poste is {name}('x') %}}{{{{ poste }}}}{{% endif %}}" for name in TESTS if name.isalpha()),
    *(f"{{{{ poste.{name}({argument}) }}}}" for name in METHODS for argument in ("", "'t'")),
    *(f"{{{{ {value} }}}}" for value in VALUES),
    *(f"{{% set {name} = {value} %}}{{{{ {name} }}}}{{{{ {name}|upper }}}}" for name in NAMES for value in VALUES),
    *(f"{{% for {name} in {each} %}}{{{{ {name} }}}}{{% endfor %}}" for name in NAMES for each in ITERABLES),
    *(f"{{% for k, v in {each} %}}{{{{ k }}}}{{{{ v }}}}{{% endfor %}}" for each in ITERABLES),
]
INTERNALS = (
    "'str'",
    "'int'",
    "NoneType",
    "object",
    "Undefined",
    "jinja",
    "positional",
    "__",
    "token",
    "Markup",
)


@each_row("source", sorted(CONSTRUCTS))
def test_a_construct_over_a_cell_gives_a_message_or_one_clear_line(source: str) -> None:
    letter = f"Subject: x\nContent-Language: fr\n\nBonjour {{{{ nom }}}},\n{source}\n"
    try:
        findings = check(inspection_of(letter=letter)).findings
    except LetterError as error:
        assert "line 5: " in str(error)  # noqa: PT017
        said = [str(error).partition("lettre.md")[2]]  # its folder is called by chance
    else:
        assert not {"META000", "XRC404"} & {finding.rule for finding in findings}
        assert not [finding.fix for finding in findings if "bug" in finding.fix]
        said = [finding.message for finding in findings if finding.rule in ("TPL201", "TPL206")]
    for sentence in said:
        assert "\n" not in sentence
        assert not [word for word in INTERNALS if word in sentence.replace('"', "'")], sentence
