"""TPL205: no placeholder of another program is left in the letter."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.text import fold, identifier

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
"""Signs of quotations, people and topics: with them, capitals alone do not make a placeholder."""


DOC = RuleDoc(
    title=N_("No placeholder of another program is left in the letter."),
    what=N_(
        "{nom}, ｛nom｝, <<nom>>, «nom», [Nom], %NOM%, ${nom}, *|NOM|*, @nom@, #NOM#, XXXX and TODO in the author's "
        "words."
    ),
    why=N_('They are printed literally: every recipient would get "Cher «Prénom»,".'),
    bad=N_("Cher [Prénom],"),
    good=N_("Cher {{ prenom }},"),
    fix=N_("Write {{ field }}, or the intended word. Style sheets, links and notes such as [1] are fine."),
)
_MEANT = Sentence(
    "tpl205.meant",
    one=N_("{letter}, line {line}: {text} would be printed literally"),
    fix=N_("Write {{{{ {field} }}}}, or the intended words."),
)
_LITERAL = Sentence(
    "tpl205.literal",
    one=N_("{letter}, line {line}: {text} would be printed literally"),
    fix=N_("Write {{{{ field }}}} with the name of a field, or the intended words."),
)


@rule("TPL205", "foreign-placeholder", Severity.BLOCK, Suppression.NEVER, Scope.LETTER, DOC)
def foreign_placeholder(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """Placeholders of other programs."""
    fields = {fold(name.replace("_", " ")) for name in inspection.table.names}
    for constant in letter.constants:
        reported: set[int] = set()
        for pattern, must_be_known in _PLACEHOLDERS:
            for match in pattern.finditer(constant.text):
                if match.start() in reported:
                    continue
                inner = next((group for group in match.groups() if group), match.group())
                folded = fold(inner.replace("_", " "))
                ordinary = not _ORDINARY_SIGNS.isdisjoint(match.group())
                if must_be_known and not _is_placeholder(inner, folded, fields, ordinary=ordinary):
                    continue
                reported.add(match.start())
                line = constant.line + constant.text.count("\n", 0, match.start())
                near = difflib.get_close_matches(identifier(inner), inspection.table.names, 1)
                yield Found(
                    says=_MEANT if near else _LITERAL,
                    values={
                        "letter": Quoted(letter.name),
                        "line": line,
                        "text": Quoted(match.group(), 40),
                        "field": near[0] if near else "",
                    },
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
