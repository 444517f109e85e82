"""Words that hold the letters of a name, and are another one: Petitjean beside Jean Petit, Jean-Paul beside Paul."""

from __future__ import annotations

from collections.abc import Sequence

from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.lint.identities.known_people import KnownPeople
from mailmerge.lint.identities.letters import WordRun
from mailmerge.lint.identities.reading import Reading, Token, WordGap
from mailmerge.lint.vocabulary import words

_TIES = frozenset("_-.‐‑/\\@#=&+%~")
"""Signs that tie a word to others in the name of a file, of an account or of a page."""
_HYPHENS = frozenset("-‐‑")
_MOST_OWNERS = 3
_OF_FILES = words(
    "dossier candidature lettre contrat fiche bulletin attestation entretien rapport certificat compte avenant copie "
    "convocation facture recu profil file application letter contract report certificate interview profile copy "
    "invoice receipt payslip bewerbung lebenslauf vertrag bericht zeugnis akte rechnung zertifikat candidatura carta "
    "contrato informe certificado expediente factura recibo lettera contratto rapporto certificato fattura ricevuta "
    "sollicitatie brief contract verslag dossier podanie umowa list raport faktura"
)
"""What the name of a file says before somebody's name."""


def is_part_of_a_longer_name(people: KnownPeople, reading: Reading, among: Sequence[Token], run: WordRun) -> bool:
    """Whether what has the letters of a known name is a longer or another name in the text."""
    if run.end - run.start == 1:
        return _is_a_surname(people, reading, among, run)
    return _has_a_further_first_name(reading, among, run)


def _is_a_surname(people: KnownPeople, reading: Reading, among: Sequence[Token], run: WordRun) -> bool:
    """Whether one word with the letters of a full name is merely a surname, and no account or file."""
    token = among[run.start]
    written = reading.text[token.start : token.end]
    if written != written.upper() and written != written.capitalize():
        return False  # JeanPetit
    if _is_tied(reading.text, token):
        return False
    beside = among[run.start - 1 : run.start] if run.start and token.gap is WordGap.PLAIN else []
    beside = [*beside, *(other for other in among[run.end : run.end + 1] if other.gap is WordGap.PLAIN)]
    if token.titled or any(other.is_capital and other.word not in ORDINARY for other in beside):
        return True  # Jean Petitjean, Mme Petitjean
    return all(
        form.surname and run.letters.startswith(form.surname)
        for owner in people.name_owners(run.letters)[:_MOST_OWNERS]
        for form in people.forms(owner)
        if "".join(form.words) == run.letters
    )


def _is_tied(text: str, token: Token) -> bool:
    before, after = text[token.start - 1 : token.start], text[token.end : token.end + 2]
    return before in _TIES or before.isdigit() or after[:1].isdigit() or (after[:1] in _TIES and after[1:].isalnum())


def _has_a_further_first_name(reading: Reading, among: Sequence[Token], run: WordRun) -> bool:
    """Whether a hyphen makes the first word of a name the second half of a first name: Jean-Paul Roger."""
    if run.start == 0:
        return False
    text, first, other = reading.text, among[run.start], among[run.start - 1]
    if text[other.end : first.start] not in _HYPHENS or not text[first.end : first.end + 1].isspace():
        return False
    half, whole = text[other.start : other.end], text[first.start : first.end]
    is_name = (half.istitle() and whole.istitle()) or (half.isupper() and whole.isupper() and len(half) > 2)
    return is_name and other.word not in ORDINARY and other.word not in _OF_FILES
