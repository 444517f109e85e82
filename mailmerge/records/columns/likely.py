"""Which column somebody means who calls it by another name: by the words of its header, and by what is in it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from mailmerge.errors import Reason
from mailmerge.i18n import N_
from mailmerge.model import Field, RecordTable
from mailmerge.records.columns.headers import name_header, whose
from mailmerge.records.columns.name_headers import NamePart, Standing
from mailmerge.text.folding import fold, identifier
from mailmerge.text.quotes import Quotes, quotes
from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten

LIKELY = 0.5
"""From this likeness on a column is proposed."""
_SAMPLE = 50

_PHRASES = {
    "first name": "prenom", "given name": "prenom", "last name": "nom", "family name": "nom", "nom de famille": "nom",
    "nom usuel": "nom", "nom d usage": "nom", "full name": "nomcomplet", "nom complet": "nomcomplet",
    "nom et prenom": "nomcomplet", "prenom et nom": "nomcomplet", "e mail": "email", "adresse mail": "email",
    "adresse electronique": "email", "job title": "poste", "code postal": "codepostal", "zip code": "codepostal",
    "rendez vous": "entretien", "intitule du poste": "poste", "intitule de poste": "poste", "signed by": "signataire",
    "signe par": "signataire", "met with": "interlocuteur",
}  # fmt: skip
_GROUPS = (
    "poste fonction emploi metier intitule job position role vacancy offre mission",
    "entretien interview rdv rencontre meeting",
    "candidature application postulation",
    "date jour day",
    "heure horaire time hour creneau",
    "duree duration length",
    "lieu adresse endroit site place location venue salle address",
    "ville commune city town",
    "prenom prenoms firstname forename givenname fname",
    "nom noms name surname lastname lname patronyme",
    "civilite civ titre title salutation honorific",
    "email mail courriel mel emailaddress",
    "telephone tel phone mobile portable gsm",
    "interlocuteur interlocutrice interviewer recruteur recruteuse recruiter contact responsable manager referent",
    "signataire signatory signer signature",
    "reference ref numero num dossier id identifiant matricule",
    "entreprise societe company employeur employer organisation organization",
    "service departement department equipe team direction",
    "langue language lang locale",
    "debut start",
    "fin end",
    "piece fichier document file attachment pj",
    "lien url link",
    "motif raison reason",
    "montant amount somme prix price",
    "salaire salary remuneration",
    "contrat contract",
)
_CONCEPTS = {word: group.split()[0] for group in _GROUPS for word in group.split()}
_NAMES = {NamePart.FIRST: "prenom", NamePart.LAST: "nom", NamePart.FULL: "nomcomplet"}
_OF_A_PERSON = frozenset({*_NAMES.values(), "civilite", "email", "telephone"})
_KNOWN = frozenset(_CONCEPTS.values())
_EMPTY = frozenset(
    {"de", "du", "des", "d", "l", "la", "le", "les", "a", "au", "of", "the", "for", "en", "et", "and", "votre", "your"}
)
_CONTENT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("date", regex(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}.*|\d{1,2}\w{0,2} [^\W\d]+\.? \d{4}")),
    ("heure", regex(r"\d{1,2}\s?[:h.]\s?(?:\d{2})?(?:\s?[ap]m)?", re.IGNORECASE)),
    ("telephone", regex(r"\+?[\d\s./()-]{8,20}")),
    ("email", regex(r"[^\s@]+@[^\s@]+")),
)
"""What the cells of a concept look like, in full."""


def named_field(fields: Sequence[Field], called: str) -> Field | None:
    """The field with this header or identifier; None where there is none."""
    wanted: tuple[Callable[[Field], bool], ...] = (
        lambda field: field.header == called.strip(),
        lambda field: field.name == called.strip(),
        lambda field: fold(field.header) == fold(called) != "",
        lambda field: field.name == identifier(called) != "",
    )
    return next((field for fits in wanted for field in fields if fits(field)), None)


def headers(fields: Sequence[Field], most: int = 12) -> Quotes:
    """The headers of a table in a sentence."""
    return quotes([field.header for field in fields if field.header], most)


def likely_fields(table: RecordTable, wanted: str) -> list[tuple[Field, float]]:
    """All fields of a table, those first that are most likely meant by a name, each with its likeness (0 to 1)."""
    concepts = _concepts(wanted)
    graded = [(field, _likeness(table, field, wanted, concepts)) for field in table.fields]
    return sorted(graded, key=lambda each: -each[1])


def likely_field(table: RecordTable, wanted: str) -> Field | None:
    """The one field that is likely meant by a name; None where none is, or two are as likely."""
    graded = likely_fields(table, wanted)
    if not graded or graded[0][1] < LIKELY or (len(graded) > 1 and graded[1][1] == graded[0][1]):
        return None
    return graded[0][0]


def lacking_field(table: RecordTable, wanted: str) -> Reason:
    """That a table lacks a field, with the column that was likely meant."""
    near = likely_field(table, wanted)
    field = shorten(wanted, 40)
    if near is None:
        return Reason("no-column", _NO_COLUMN, {"field": field, "columns": headers(table.fields)})
    meant = {"field": field, "header": shorten(near.header, 40), "name": identifier(wanted) or "field"}
    return Reason("no-column-but", _NO_COLUMN_BUT, meant)


def no_such_field(table: RecordTable, wanted: str) -> str:
    """The same as a sentence."""
    return str(lacking_field(table, wanted))


_NO_COLUMN = N_('the table has no column "{field}"; it has {columns}')
_NO_COLUMN_BUT = N_(
    'the table has no column "{field}"; did you mean "{header}"? write [fields] {name} = "{header}" in campaign.toml'
)


def _likeness(table: RecordTable, field: Field, wanted: str, concepts: frozenset[str]) -> float:
    if concepts & _OF_A_PERSON and whose(field.label) and not whose(wanted.replace("_", " ")):
        return 0.0  # the name of the tutor is never that of the person
    there = _concepts(field.label)
    common = sum(max((_alike(one, other) for other in there), default=0.0) for one in concepts)
    words = 2 * common / (len(concepts) + len(there)) if concepts and there else 0.0
    letters = difflib.SequenceMatcher(None, identifier(wanted), field.name).ratio()
    grade = max(words, letters if letters > 0.75 else 0.0) * 0.9 + letters * 0.1
    if (concepts - there) & _KNOWN and (there - concepts) & _KNOWN:
        grade -= 0.2  # the date of the interview is not that of the application
    for concept, pattern in _CONTENT:
        share = _share(table, field, pattern)
        if concept in concepts:
            grade += 0.1 * share if share >= 0.5 else -0.2
        elif concept == "email" and share >= 0.5:
            grade -= 0.4
    return max(0.0, min(1.0, grade))


def _share(table: RecordTable, field: Field, pattern: re.Pattern[str]) -> float:
    cells = [cell for record in table.records[:_SAMPLE] if (cell := table.value(record, field.name))]
    return sum(pattern.fullmatch(cell) is not None for cell in cells) / len(cells) if cells else 0.5


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    ratio = difflib.SequenceMatcher(None, one, other).ratio() if min(len(one), len(other)) > 3 else 0.0
    return ratio if ratio >= 0.8 else 0.0


@lru_cache(maxsize=512)
def _concepts(name: str) -> frozenset[str]:
    """What the words of a name are about: ``Intitulé du poste`` and ``job_title`` are both about ``poste``."""
    said = name_header(name.replace("_", " "))
    if said and said.standing is Standing.PLAIN and said.part in _NAMES:
        return frozenset({_NAMES[said.part]})
    words = f" {fold(name.replace('_', ' '))} "
    for phrase, concept in _PHRASES.items():
        words = words.replace(f" {phrase} ", f" {concept} ")
    kept = [word for word in words.split() if word not in _EMPTY] or words.split()
    return frozenset(_CONCEPTS.get(word) or _CONCEPTS.get(word.removesuffix("s"), word) for word in kept)
