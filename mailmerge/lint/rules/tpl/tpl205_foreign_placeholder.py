"""TPL205: no placeholder of another program is left."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.text import fold, identifier, shorten

if TYPE_CHECKING:
    from mailmerge.letter import Letter


_VOCABULARY = words(
    "nom prenom name firstname lastname surname your votre civilite titre title poste fonction job position date "
    "entreprise societe company adresse address email mail telephone phone reference ref signature recruteur recruiter "
    "ville city completer insert insere inserer placeholder motif lieu heure"
)
"""First words of what other programs call their placeholders, folded."""
_PLACEHOLDERS = (
    (re.compile(r"(?<![{$])\{\s*([^\W\d]\w{0,40})\s*\}(?!\})"), False),
    (re.compile(r"(?<![{$])\{\s*([^\W\d_][\w .'-]{0,40}?)\s*\}(?!\})"), True),
    (re.compile(r"｛\s*([^\W\d_][\w .'-]{0,40}?)\s*｝"), True),
    (re.compile(r"<<\s*([^\W\d_][\w .'-]{0,40}?)\s*>>|&lt;&lt;\s*(\w[\w .'-]{0,40}?)\s*&gt;&gt;"), False),
    (re.compile(r"\$\{\s*([\w.]{1,40})\s*\}"), False),
    (re.compile(r"(?<![\w%])%([^\W\d_]{3,30}(?:_[^\W\d_]+)*)%(?!\w)"), False),
    (re.compile(r"«([^\W\d_][\w'-]{0,40}(?: [\w'-]{1,20})?)»"), True),
    (re.compile(r"\b(?:Bonjour|Ch[eè]re?|Madame|Monsieur|Dear|Hello)\s+«\s([^\W\d_][\w' -]{0,40}?)\s»"), True),
    (re.compile(r"\[([^\W\d_][^\[\]\n]{0,40})\](?![(\[:])"), True),
    (re.compile(r"(?<![\w*])\*\|\s*(\w[\w:. -]{0,40}?)\s*\|\*(?![\w*])"), False),
    (re.compile(r"(?<![\w@])@([^\W\d_][\w-]{0,40})@(?![\w@])"), True),
    (re.compile(r"(?<![\w#&])#([^\W\d_][\w-]{0,40})#(?![\w#])"), True),
    (re.compile(r"\b(X{4,}|x{5,}|TODO|FIXME|TBD|TBC)\b|\b([Ll]orem ipsum)\b"), False),
)
"""A pattern, and whether what it holds must be a field or one of the usual words to count."""
_ORDINARY_SIGNS = frozenset("«@#")
"""Signs of quotations, people and topics: with them capitals alone make no placeholder."""


DOC = RuleDoc(
    title=N_("No placeholder of another program is left."),
    what=N_(
        "{nom}, ｛nom｝, <<nom>>, «nom», [Nom], %NOM%, ${nom}, *|NOM|*, @nom@, #NOM#, XXXX and TODO in the author's "
        "words."
    ),
    why=N_('they are printed as they stand: "Cher «Prénom»," goes to everybody.'),
    bad=N_("Cher [Prénom],"),
    good=N_("Cher {{ prenom }},"),
    fix=N_("write {{ field }}, or the word that belongs there. Style sheets, links and notes such as [1] pass."),
)


@rule("TPL205", "foreign-placeholder", Severity.BLOCK, Suppression.NEVER, Scope.LETTER, DOC)
def foreign_placeholder(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """No placeholder of another program is left."""
    fields = {fold(name.replace("_", " ")) for name in inspection.table.names}
    for constant in letter.constants:
        told: set[int] = set()
        for pattern, must_be_known in _PLACEHOLDERS:
            for match in pattern.finditer(constant.text):
                if match.start() in told:
                    continue
                inner = next((group for group in match.groups() if group), match.group())
                folded = fold(inner.replace("_", " "))
                ordinary = not _ORDINARY_SIGNS.isdisjoint(match.group())
                if must_be_known and not _is_placeholder(inner, folded, fields, ordinary=ordinary):
                    continue
                told.add(match.start())
                line = constant.line + constant.text.count("\n", 0, match.start())
                near = difflib.get_close_matches(identifier(inner), inspection.table.names, 1)
                yield Found(
                    message=f"{letter.name}, line {line}: {shorten(match.group(), 40)} would be printed as it stands",
                    fix=f"Write {{{{ {near[0] if near else 'field'} }}}}, or the words that belong there.",
                    evidence=(letter.name, match.group()),
                    letter=letter.name,
                    letter_line=line,
                    excerpt=match.group(),
                )


def _is_placeholder(inner: str, folded: str, fields: set[str], *, ordinary: bool) -> bool:
    first, blank, _rest = folded.partition(" ")
    if ordinary:
        return folded in fields or (first in _VOCABULARY and not blank)
    return folded in fields or first in _VOCABULARY or (inner.isupper() and len(folded) > 2)
