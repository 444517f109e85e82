"""Rows between the header and the people that say what the columns take: a type, a length, a unit, a pattern.

Import templates have them: "text", "obligatoire", "max 50 car.", "(JJ/MM/AAAA)". So has a second header, in another
language or with the names that a program uses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailmerge.records.columns.header_synonyms import each_word
from mailmerge.records.columns.headers import header_is_email, header_is_known
from mailmerge.records.grid import column_letters
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_TYPES = each_word(
    """text texte texto testo tekst string str varchar nvarchar char alphanumerique alphanumeric alphanumerisch
    alfanumerico alfanumeriek numerique numeric numerisch numerico numeriek numero nombre number zahl getal integer
    int entier entero intero ganzzahl decimal decimale dezimal decimaal dezimalzahl float double date datum fecha
    data time datetime timestamp heure uhrzeit hora ora tijd jour tag dag day boolean bool booleen liste list lista
    lijst auswahl auswahlliste dropdown choix deroulante desplegable email mail courriel url uri link lien memo
    formule formula formel general standard standaard auto automatique automatisch caractere caracteres characters
    character chars zeichen caratteri tekens uuid enum lookup picklist textarea phone chaine zeichenkette freitext
    cadena stringa keten texttype datetime2 money smallint bigint tinyint bit montant amount betrag bedrag importo
    importe monto valeur value wert valor valore waarde datumnotatie datumsformat majuscules minuscules uppercase
    lowercase grossbuchstaben mayusculas maiuscole hoofdletters chiffre ziffern saisie entree entry eingabe"""
)
_RULES = each_word(
    """obligatoire facultatif facultative requis requise optionnel optionnelle required mandatory optional pflichtfeld
    pflicht pflichtangabe erforderlich freiwillig obligatorio obligatoria requerido requerida opcional obbligatorio
    obbligatoria richiesto richiesta facoltativo facoltativa opzionale verplicht optioneel unique eindeutig unico
    unica uniek readonly compulsory needed vereist notwendig"""
)
_UNITS = each_word(
    """eur euro euros chf usd gbp dollar dollars pfund keur kg km cm mm jours jour heures days hours tage stunden dias
    horas giorni ore dagen uren ans annees mois years months jahre monate anos meses anni mesi jaar maanden pourcent
    percent prozent porcentaje percentuale procent an year jahr anno"""
)
_AROUND = each_word(
    """max min maximum minimum maxi mini maximal minimal maximo maxima massimo maximaal a to bis car caract digits
    chiffres ziffern cifras cifre cijfers champ field feld campo veld format formato formaat type typ tipo au de of
    in en von du le la et and und y e ou or oder o adresse address libre free frei libero vrij vrije freie freier
    longueur length lange lengte oui non yes no ja nein nee si m f d h w voir see siehe unit unite einheit brut net
    brutto netto bruto valide valid gultige gultig valida valido geldig geldige adresses per par pro por monat mois
    mes mese maand taille size grosse tamano lunghezza longitud seul seulement only nur solo"""
)
_LENGTH = regex(
    r"(?:(?:max|min)\w* )?\d{1,4} (?:car\w{0,9}|char\w*|zeichen|tekens|digits|chiffres|ziffern|cifras|cifre|cijfers"
    r"|lettres|letters|buchstaben|letras|lettere|signes|stellen|positions?)(?: (?:max|min)\w*)?"
    r"|(?:max|min)\w*(?: length)? \d{1,4}|\d{1,4} max\w*"
)
_PATTERN = regex(r"(?:([jtdgmayhs])\1{1,3}[ /.:-]?){2,}|[jtdg][/.-]m[/.-][yaj]{1,4}|x{3,}", re.IGNORECASE)
"""A pattern for days and times, each letter repeated: ``JJ/MM/AAAA``, ``hh:mm``."""
_SIGNS = regex(r"[()€$£%]")
_EXAMPLE = regex(
    r"(?:p ex|par ex|ex|exemple|par exemple|example|for example|e g|eg|z b|zb|bsp|beispiel|zum beispiel|p ej|ej|ejemplo"
    r"|por ejemplo|es|p es|esempio|exemplo|p ex|bijv|bv|voorbeeld|np|przyklad|t ex|f eks|eks|priklad)\b"
)
_SAID = regex(r"\W*[^\W\d]{1,9}(?:[ .]+[^\W\d]{1,9})?\s*[.:]")
"""A word or two, and the sign that sets them apart from what they are about."""
_OF_A_SURVEY = regex(
    r"(?:open-ended |other \(please specify\)|)response|réponse(?: ouverte)?|other \(please specify\)"
    r"|autre \(veuillez préciser\)|antwort|offene antwort|respuesta(?: abierta)?|risposta(?: aperta)?",
    re.IGNORECASE,
)
"""What SurveyMonkey writes below the header of a question."""
_OF_A_PROGRAM = regex(r'\{"ImportId":')
"""How Qualtrics says by what it calls a column."""
_ANSWERS = each_word("oui non yes no y n o ja nein j si nee s x vrai faux true false wahr falsch")
_FEW = 2
_SYMBOLS = frozenset("€$£%#")
_NAMES_TOO = each_word("date data day jour tag dag hora mail link list lista int double standard general time str char")
"""Words that are surnames as well."""


def is_column_notes(row: Sequence[str], names: Sequence[int]) -> bool:
    """Whether a row says what its columns take, or is a header again; ``names`` are the positions of names."""
    cells = [cell for cell in row if cell]
    if cells and all(map(_OF_A_SURVEY.fullmatch, cells)) and not any(row[at] for at in names):
        return True
    if len(cells) > 1 and all(map(header_is_known, cells)) and any(map(header_is_email, cells)):
        return True
    if len(cells) > _FEW and (_is_numbering(row) or all(fold(cell) in _ANSWERS or cell == "*" for cell in cells)):
        return True
    notes = [cell for cell in cells if _is_note(cell)]
    if len(notes) * 2 < len(cells) or not all(cell in notes or _is_header(cell) for cell in cells):
        return False
    doubtful = [at for at, cell in enumerate(row) if cell and at in names and fold(cell) in _NAMES_TOO | _AROUND]
    return bool(cells) and len(doubtful) < len(cells)


def is_of_a_program(row: Sequence[str]) -> bool:
    """Whether a row says what a program calls its columns; the row above it is then their wording, not a person."""
    cells = [cell for cell in row if cell]
    return bool(cells) and all(map(_OF_A_PROGRAM.match, cells))


def is_second_header(row: Sequence[str], names: Sequence[int], email: int) -> bool:
    """Whether a row has headers where people have their names and their address: those of another language.

    Where there is no column of names, half of its cells are headers.
    """
    if not row[email] or not header_is_email(row[email]):
        return False
    said = [row[at] for at in names if row[at]]
    cells = [cell for cell in row if cell]
    known = sum(map(header_is_known, cells))
    return all(map(header_is_known, said)) and known > 1 and (bool(said) or known * 2 >= len(cells))


def is_example(row: Sequence[str]) -> bool:
    """Whether every cell of a row says that it is an example: ``ex. : DUPONT``."""
    cells = [cell for cell in row if cell]
    is_enough = len(cells) > 1 or any("@" in cell for cell in cells)
    return is_enough and all(_EXAMPLE.match(fold(cell)) and _SAID.match(cell) for cell in cells)


def _is_numbering(row: Sequence[str]) -> bool:
    """Whether a row numbers its columns: 1, 2, 3, or A, B, C, also in brackets."""
    said = [cell.strip(" ()[]") for cell in row]
    counted = [str(at) for at in range(1, len(row) + 1)]
    return said == counted or said == [column_letters(at) for at in range(len(row))]


def _is_header(cell: str) -> bool:
    """Whether a cell repeats what a column is called: ``adresse``, ``e-mailadres``."""
    inside = cell.strip(" ()[]{}<>*")
    return header_is_known(inside) or _AROUND.issuperset(fold(inside).split())


def _is_note(cell: str) -> bool:
    """Whether a cell has only words for what may be in a column."""
    inside = cell.strip(" ()[]{}<>*")
    if inside in _SYMBOLS:
        return True
    pieces = _SIGNS.sub(" ", inside).split()
    patterns = [piece for piece in pieces if _PATTERN.fullmatch(piece.strip(",;"))]
    said = fold(" ".join(piece for piece in pieces if piece not in patterns))
    words = _LENGTH.sub(" ", said).split()
    known = _TYPES | _RULES | _UNITS
    return all(word in known or word in _AROUND or word.isdecimal() for word in words) and (
        bool(patterns) or len(words) < len(said.split()) or not known.isdisjoint(words)
    )
