"""Lines of a table that are no people: totals among and below them, and what is written below the table."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from mailmerge.addresses import find_addresses
from mailmerge.model import Record, RecordTable
from mailmerge.records.header_synonyms import each_word, phrases
from mailmerge.regex import regex
from mailmerge.text import fold


class Line(StrEnum):
    """What a line is that is no person."""

    TOTAL = "total"
    NOTE = "note"
    """A signature, a footnote, a date, a contact below the table."""


_TOTAL = each_word(
    """total totaux totale totales totals subtotal subtotals soustotal somme sommes moyenne moyennes average averages
    mean median mediane sum sums summe summen gesamt gesamtsumme zwischensumme endsumme mittelwert durchschnitt anzahl
    suma sumas promedio somma media totali parziale soma totais som totaal subtotaal gemiddelde razem suma lacznie
    srednia ogolem ecart minimum maximum min max count effectif nombre cumul gesamtzahl recuento conteggio contagem
    aantal liczba summa medelvarde ialt gennemsnit"""
)
_BEFORE_TOTAL = each_word("sous sub grand gran der die das le la il")
_AFTER_TOTAL = each_word(
    """general generale generaux gesamt complessivo geral algemeen des de du di of der die candidats personnes
    people persons candidates bewerber personen participants agents lignes rows zeilen type ensemble global globale"""
)
_NOTES = tuple(
    phrases(
        """nb, n b, nota, note, notes, remarque, remarques, observation, observations, source, sources, legende, legend,
        fait a, fait le, done at, signature, signe, signed, date, le directeur, la directrice, le responsable, la
        responsable, mise a jour, mis a jour, maj, derniere mise a jour, last update, last updated, updated, printed,
        imprime, edite, edition, export, exporte, exported, extrait, page, confidentiel, confidential, copyright,
        document, tableau, liste arretee, pour toute question, pour tout renseignement, renseignements, contact,
        bemerkung, bemerkungen, hinweis, hinweise, anmerkung, quelle, legende, unterschrift, gez, gezeichnet, datum,
        stand, seite, vertraulich, aktualisiert, erstellt, ort datum, fuer fragen, bei fragen,
        observaciones, nota bene, fuente, firma, firmado, fecha, actualizado, pagina, confidencial, en madrid a,
        fonte, firmato, data, aggiornato, pagina, riservato, per informazioni, osservazioni,
        assinatura, assinado, atualizado, confidencial, observacoes, opmerking, bron, handtekening, bijgewerkt,
        vertrouwelijk, uwaga, uwagi, zrodlo, podpis, strona, poufne, aktualizacja"""
    )
)
_CONTACTS = frozenset(
    phrases(
        """contact, contact rh, contacts, service rh, renseignements, informations, pour toute question, questions,
        ansprechpartner, kontakt, contacto, contatto, hr, rh, hr department, human resources, ressources humaines"""
    )
)
_MARK = regex(r"[*†‡¹²³©]|\(\s*[\d*]\s*\)|\[\d\]|-{3,}|_{3,}")
_NUMBER = regex(r"[-+−]?[€$£]?\s?\d[\d\s.,'\u00a0\u202f]*\s?(?:%|€|\$|£|[kK]€|EUR)?")
_SENTENCE = 4
"""Words from which on a line of one cell is a sentence."""
_FEW = 2


def lines_that_are_no_people(table: RecordTable) -> Iterator[tuple[Record, Line]]:
    """The records that are lines of another kind."""
    records = table.records
    email = table.names.index(table.columns.email) if table.columns.email else -1
    foot = len(records)
    while foot and email >= 0 and not _is_address(records[foot - 1].values[email]):
        foot -= 1
    if not foot:
        return  # nobody has an address: this is no line below the people
    below = False
    for at, record in enumerate(records):
        if at < foot and "@" in record.values[email] and _is_address(record.values[email]):
            if at == foot - 1 and _is_contact(table, record):
                yield record, Line.NOTE
            continue
        line = _kind(table, record, is_below=at >= foot, goes_on=below)
        below = at >= foot and line is not None
        if line:
            yield record, line


def _kind(table: RecordTable, record: Record, *, is_below: bool, goes_on: bool) -> Line | None:
    filled = [cell for cell in record.values if cell]
    said = [cell for cell in filled if not _NUMBER.fullmatch(cell)]
    names = [name for name in table.columns.names if table.value(record, name)]
    totals = [cell for cell in said if _is_total(cell)]
    if totals and len(totals) == len(said) and len(names) <= len(totals):
        return Line.TOTAL
    if not is_below or len(said) > _FEW or len(table.fields) <= _FEW < len(filled):
        return None
    if not said:
        return Line.TOTAL if filled else None
    if any(map(_is_note, said)) or goes_on:
        return Line.NOTE
    return None


def _is_total(cell: str) -> bool:
    words = [word for word in fold(cell).split() if not word.isdecimal()]
    while len(words) > 1 and words[0] in _BEFORE_TOTAL:
        words = words[1:]
    return bool(words) and words[0] in _TOTAL and all(word in _AFTER_TOTAL or word in _TOTAL for word in words[1:])


def _is_note(cell: str) -> bool:
    if _MARK.match(cell):
        return True
    words = fold(cell).split()
    begins = any(words[: len(each)] == each for each in _NOTE_WORDS)
    if begins and (len(words) > 1 or cell.rstrip().endswith(":") or words[0] in _ALONE):
        return True
    small = sum(word[:1].islower() or word[:1].isdecimal() for word in cell.split())
    return len(words) >= _SENTENCE and small * 2 >= len(words)


_NOTE_WORDS = [each.split() for each in _NOTES]
_ALONE = each_word("signature unterschrift firma assinatura handtekening podpis remarques observations nb legende")


def _is_contact(table: RecordTable, record: Record) -> bool:
    """Whether the last line with an address is whom to ask, below the people."""
    filled = [cell for cell in record.values if cell]
    return len(table.fields) > _FEW >= len(filled) and any(fold(cell) in _CONTACTS for cell in filled)


def _is_address(cell: str) -> bool:
    return "@" in cell and next(find_addresses(cell), None) == (0, len(cell))
