"""The author's own words: nobody of the table stands in them, and no placeholder of another program."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.addresses import find_addresses, same_mailbox_key
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.identities import Hit, What
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.masking import identities_in
from mailmerge.lint.registry import Scope, rule
from mailmerge.lint.vocabulary import words
from mailmerge.model import SIGNATURE, Severity
from mailmerge.text import fold, identifier, shorten

if TYPE_CHECKING:
    from mailmerge.letter import ConstantText, Letter


@rule("TPL203", "hard-coded-recipient", Severity.BLOCK, Suppression.ALLOW, Scope.LETTER)
def hard_coded_recipient(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """Nobody of the table stands in the letter itself.

    What: the address, telephone number, reference or full name of a recipient in the author's own words. It is only
    listed for declared signatories and for the name in From.
    Why: a letter that was written to one person and then turned into a template tells everybody that person's name.
    Bad: "Cher Jean Petit," in the template, and Jean Petit in the table
    Good: "Cher {{ prenom }} {{ nom }},"
    Fix: put the fields in place of the words; declare who signs: [lint] signatories = ["Claire Martin"].
    """
    signatories = inspection.signatories | {" ".join(sorted(fold(name).split())) for name in from_names(letter)}
    told: set[str] = set()
    for constant in letter.constants:
        for hit in identities_in(inspection.identities, constant.text):
            if hit.key in told or hit.key in inspection.allowed or _is_own_sender(letter, hit):
                continue
            told.add(hit.key)
            signs = hit.what is What.NAME and hit.key in signatories
            if hit.what is What.NAME and not signs and _is_ordinary(constant.text, hit.key):
                continue
            line = constant.line + _line_of(constant.text, hit)
            who = inspection.people(hit.owners)
            yield Found(
                message=f"{letter.name}, line {line}: the letter itself holds the {hit.what.value} of {who}; "
                + ("who signs, as declared" if signs else "everybody would read it"),
                fix="Nothing to do." if signs else _HARD_CODED_FIX[hit.what is What.ADDRESS],
                evidence=(letter.name, hit.key),
                others=hit.owners,
                letter=letter.name,
                letter_line=line,
                excerpt=_as_written(constant.text, hit),
                severity=Severity.INFO if signs else Severity.BLOCK,
                cause="" if signs else f"{letter.name}\x1f{hit.what.value}",
                together=f"{letter.name}: the letter itself holds the {hit.what.value} of {{count}} people, the "
                f"first on line {line}; everybody would read them",
            )


_HARD_CODED_FIX = {
    True: "Put {{ email }} in its place; or, for an address of your own, name it in [lint] allow_addresses.",
    False: "Put the fields in its place; or, for who signs the letter, name them in [lint] signatories.",
}


def from_names(letter: Letter) -> Iterator[str]:
    """The display name in From, as the author wrote it."""
    for constant in letter.constants:
        if constant.part.casefold() == "from":
            yield re.sub(r"<[^>]*>?", " ", constant.text)


def _is_own_sender(letter: Letter, hit: Hit) -> bool:
    return hit.what is What.ADDRESS and hit.key in {same_mailbox_key(address) for address in letter.declared_senders}


_ORDINARY = words(
    "petit petite grand grande bon bonne blanc blanche noir noire roux brun rose claire clair juste fort forte doux "
    "douce franc france pierre roche fontaine bois champ pre pont rivage mer olive prune fleur marguerite violette "
    "marin boulanger meunier charpentier mercier marchand berger chevalier roi prince comte duc page le la du de des "
    "constant constance clement clemence felicite grace prudence esperance aime desire bienvenue modeste victoire "
    "long young brown white black green king may june april august will mark bill grant hope faith joy small short "
    "best good rich cook baker smith hunter fisher bishop drew art summer autumn an a et and le les un une en"
)


def _is_ordinary(text: str, key: str) -> bool:
    """Whether a name stands in the text only as ordinary words, without capitals: "un profil franc et juste"."""
    words = key.split()
    if not set(words) <= _ORDINARY and max(map(len, words)) > 2:
        return False
    capitalised = {fold(word) for word in re.findall(r"[^\W_]+", text) if word[0].isupper()}
    return not set(words) <= capitalised


def _line_of(text: str, hit: Hit) -> int:
    """How many lines down the hit stands."""
    words = hit.key.split("@")[0].split()
    for number, line in enumerate(text.split("\n")):
        if all(word in fold(line) or word in line.casefold() for word in words):
            return number
    return 0


def _as_written(text: str, hit: Hit) -> str:
    """The hit as it stands in the text, for marking it."""
    if hit.what is What.ADDRESS:
        spots = [text[start:end] for start, end in find_addresses(text)]
        return next((spot for spot in spots if same_mailbox_key(spot) == hit.key), "")
    words = hit.key.split()
    runs = list(re.finditer(r"[^\W_]+", text))
    for first in range(len(runs) - len(words) + 1):
        run = runs[first : first + len(words)]
        if sorted(fold(match.group()) for match in run) == sorted(words):
            return text[run[0].start() : run[-1].end()]
    return ""


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


@rule("TPL205", "foreign-placeholder", Severity.BLOCK, Suppression.NEVER, Scope.LETTER)
def foreign_placeholder(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """No placeholder of another program is left.

    What: {nom}, ｛nom｝, <<nom>>, «nom», [Nom], %NOM%, ${nom}, *|NOM|*, @nom@, #NOM#, XXXX and TODO in the author's
    words.
    Why: they are printed as they stand: "Cher «Prénom»," goes to everybody.
    Bad: Cher [Prénom],
    Good: Cher {{ prenom }},
    Fix: write {{ field }}, or the word that belongs there. Style sheets, links and notes such as [1] pass.
    """
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


@rule("TPL210", "header-as-text", Severity.WARN, Suppression.WAIVER, Scope.LETTER)
def header_as_text(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """No column's header is printed as if it were its content.

    What: a text between quotation marks in the letter's code, or words within one of its sentences, that are the header
    of a column whose values the letter does not print.
    Why: whoever is asked what goes into {{ poste }} and types Poste visé means that column, and everybody reads
    "votre candidature au poste de Poste visé".
    Bad: au poste de {{ "Poste visé" }}, in a campaign with a column Poste visé
    Good: au poste de {{ poste_vise }}; or [fields] poste = "Poste visé"; a label in front of a value, Poste visé :
    Fix: put the field in its place, or name the column in [fields] of campaign.toml.
    """
    printed = {field for expression in letter.expressions for field in expression.fields if expression.printed}
    told: set[str] = set()
    for field in inspection.table.fields:
        header = field.header
        if len(fold(header)) < _SHORTEST_HEADER:
            continue
        for constant in letter.constants:
            place = _place_of_header(constant, header, printed=field.name in printed)
            if place < 0 or field.name in told:
                continue
            told.add(field.name)
            line = constant.line + constant.text.count("\n", 0, place)
            yield Found(
                message=f'{letter.name}, line {line}: "{shorten(header, 40)}" is printed as a text, the same for '
                "everybody, and it is the name of a column",
                fix=f"Write {{{{ {field.name} }}}} in its place if the column is meant.",
                evidence=(letter.name, field.name),
                field=field.name,
                letter=letter.name,
                letter_line=line,
                excerpt=header,
            )


_SHORTEST_HEADER = 3


def _place_of_header(constant: ConstantText, header: str, *, printed: bool) -> int:
    """Where a text is a header, -1 where it is not: a whole literal; or, within a sentence, several words as they are.

    A label (``Poste visé : ...``) begins a line or is followed by a colon; one word alone says nothing.
    """
    if constant.part == SIGNATURE:
        return -1
    if constant.literal:
        return 0 if fold(constant.text) == fold(header) else -1
    if printed or " " not in header.strip() or not header[:1].isupper():
        return -1
    pattern = rf"(?<=[^\W\d_]) (?:[«\"“*_(]\s?)?({re.escape(header.strip())})(?![\w-])(?!\s*[:»\"”*_)]*\s*:)"
    found = re.search(pattern, constant.text)
    return found.start(1) if found else -1
