"""Words of the lines in a table that are no people: totals, notes, figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailmerge.records.columns.header_synonyms import each_word, phrases
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

TOTAL = each_word(
    """total totaux totale totales totals subtotal subtotals soustotal somme sommes moyenne moyennes average averages
    mean median mediane sum sums summe summen gesamt gesamtsumme zwischensumme endsumme mittelwert durchschnitt
    anzahl suma sumas promedio somma media totali parziale soma totais som totaal subtotaal gemiddelde razem suma
    lacznie srednia ogolem ecart minimum maximum min max count effectif nombre cumul gesamtzahl recuento conteggio
    contagem aantal liczba summa medelvarde ialt gennemsnit"""
)
_BEFORE_TOTAL = each_word("sous sub grand gran der die das le la il")
AFTER_TOTAL = TOTAL | each_word(
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
        stand, seite, vertraulich, aktualisiert, erstellt, ort datum, fuer fragen, bei fragen, observaciones, nota
        bene, fuente, firma, firmado, fecha, actualizado, pagina, confidencial, en madrid a, fonte, firmato, data,
        aggiornato, pagina, riservato, per informazioni, osservazioni, assinatura, assinado, atualizado, confidencial,
        observacoes, opmerking, bron, handtekening, bijgewerkt, vertrouwelijk, uwaga, uwagi, zrodlo, podpis, strona,
        poufne, aktualizacja"""
    )
)
MARK = regex(r"[*†‡¹²³©]|\(\s*[\d*]\s*\)|\[\d\]|-{3,}|_{3,}")
_NUMBER = regex(r"[-+−]?[€$£]?\s?\d[\d\s.,'\u00a0\u202f]*\s?(?:%|€|\$|£|[kK]€|EUR)?")
_FAILED = regex(r"#[A-Z/\u00c0-\u00dd0-9]{2,12}[!?]?|#{3,}|(?:Err|Fehler):\d{3}", re.IGNORECASE)
_SENTENCE = 4
"""Words from which on a line of one cell is a sentence."""
PHONES = each_word("tel telephone phone mobile portable gsm handy telefon telefono telefone telefoon fax cell natel")
"""Words for a telephone in a header."""
NAMES_TOO = each_word("max min minimum maximum som sum mean count soma suma liczba")
"""Words for a total that are surnames or first names too, or words of another language."""
SUBTOTAL = TOTAL | each_word("ergebnis gesamtergebnis nbval nb cuenta compte eindtotaal suma wynik resultat resultado")
"""Those with which spreadsheet programs label subtotals besides."""
OF = each_word("de du des d la le l les of the der die das des den von per pour for di del della van het service")
PAGE = regex(
    r"(?:page|seite|pagina|strona|blatt|folio|sida|side)s? \d{1,5}(?: (?:(?:sur|of|von|de|di|van|z|av|su) )?\d{1,5})?"
    r"|p \d{1,5} (?:(?:sur|of|von|de) )?\d{1,5}"
)
BARE_PAGE = regex(r"\d{1,4} ?/ ?\d{1,4}|[-–—] ?\d{1,4} ?[-–—]")
_TIME = r"(?: (?:(?:a|at|um|alle|las|om|t) )?\d{1,2} ?(?:h |uhr )?\d{2}(?: \d{2})?(?: (?:am|pm|uhr|z))?)?"
DATE = regex(
    r"(?:(?:[a-z]+ )?(?:le|den|the|on|am|el|a|il|em|op|dnia) )?"
    r"(?:\d{1,2} \d{1,2} (?:\d{4}|\d{2})|\d{4} \d{1,2} \d{1,2}"
    r"|\d{1,2}(?:er|st|nd|rd|th)? (?:de )?[a-z]{3,10} (?:de )?\d{4}|[a-z]{3,10} \d{1,2} \d{4})" + _TIME
)
COUNTED = regex(
    r"\d[\d ]* (?:lignes?|rows?|records?|enregistrements?|fiches?|candidat(?:e?s?|ures?)|personnes?|people|persons?"
    r"|results?|resultats?|elements?|zeilen?|datensatze?|personen|bewerber(?:innen)?|eintrage?|filas?|registros?"
    r"|personas?|righe|rijen|wierszy|items?|entries|applicants?|participants?|salaries|agents?|contacts?|lines?"
    r"|teilnehmer|mitarbeiter|candidatos?|candidati|kandidaten|inscrits?)(?: .*)?"
)
END = regex(
    r"(?:fin|end|ende|fine|fim|einde|koniec|final|slut) "
    r"(?:de|du|des|of|der|dieser|del|della|da|do|van|la|listy|list|report|document|rapport)\b.*"
)
LABEL = regex(r"([^:=：]{1,60}?)\s*[:=：](?!//)\s*(.*)", re.DOTALL)
SIGN = regex(r"(?:[^\w\s'\"(‘’“”«.,;-]|[ØΣ∅](?=\s)|[-–—•](?=\s))+\s*")
"""A sign at the beginning of a cell."""
ALONE_CERTAIN = frozenset(
    phrases(
        """legende, legend, legenda, leyenda, remarques, observations, bemerkungen, anmerkungen, hinweise, notes,
        sources, quellen, internal use, usage interne, end of file, eof, signatures, observaciones, osservazioni"""
    )
)
LONE = frozenset(
    phrases(
        """rh, drh, hr, prive, privado, privat, private, fin, end, ende, fine, fim, final, einde, koniec, slut, the
        end, fin de liste, fin du fichier, fin du tableau, end of list, end of table, listenende, dateiende,
        tabellenende, fin de la lista, fine elenco, fine lista, einde lijst, source, sources, quelle, quellen,
        fuente, fuentes, fonte, fonti, bron, bronnen, zrodlo, version, ver, v, versione, versie, wersja, revision,
        rev, revisione, revisie, ausgabe, indice, confidentiel, confidential, strictement confidentiel, strictly
        confidential, vertraulich, streng vertraulich, confidencial, riservato, riservata, confidenziale,
        vertrouwelijk, strikt vertrouwelijk, poufne, brouillon, draft, entwurf, borrador, bozza, concept, rascunho,
        szkic, provisoire, provisional, vorlaufig, provisorisch, provvisorio, provvisoria, voorlopig, preliminary,
        definitif, definitive, definitivo, endgultig, interne, internal, intern, interno, usage interne, internal
        use, internal use only, interner gebrauch, nur fur den internen gebrauch, uso interno, intern gebruik,
        diffusion restreinte, diffusion interne, restricted, public, ne pas diffuser, do not distribute, nicht
        weitergeben, no difundir, non diffondere, niet verspreiden, copie, copy, kopie, copia, suite, a suivre,
        continued, to be continued, fortsetzung, fortsetzung folgt, continua, sigue, segue, vervolg, vide, vacat,
        empty, leer, vacio, vuoto, leeg, neant, etc, annexe, annex, appendix, anlage, anhang, anexo, allegato,
        bijlage, tableau, table, tabelle, tabla, tabella, tabel, feuil, feuille, sheet, blatt, hoja, foglio, blad,
        stand, stand vom, au, as of, date, datum, fecha, data, en date du, imprime le, printed, gedruckt, impreso,
        stampato, afgedrukt, edite le, extrait le, exporte le, exported, exportiert, mis a jour, mis a jour le,
        updated, aktualisiert, actualizado, aggiornato, bijgewerkt, archive, archives, archiv, archivo, archivio,
        archief, obsolete, perime, veraltet, valide, validated, signature, visa, cachet, fin du document, end of
        document, dokumentende, exercice, annee, year, jahr, ano, anno, jaar, semaine, week, woche, semana,
        settimana, ebauche, maj"""
    )
)
"""What is alone in its line at the end of a table, or above its people, with or without a number after it."""
DOCUMENT = each_word(
    """fin end ende fine fim einde koniec slut source sources quelle quellen fuente fuentes fonte fonti bron bronnen
    version versione versie wersja revision rev ausgabe confidentiel confidentielle confidential vertraulich
    confidencial riservato riservata vertrouwelijk poufne brouillon ebauche draft entwurf borrador bozza rascunho
    concept provisoire provisional vorlaufig provvisorio voorlopig preliminary definitif definitive definitivo
    endgultig document dokument documento liste list lista elenco lijst listing tableau table tabelle tabla tabella
    tabel annexe annex appendix anlage anhang anexo allegato bijlage page pages seite seiten pagina paginas pagine
    usage use gebrauch uso gebruik diffusion interne internal intern interno archive archives obsolete perime
    veraltet suite continued fortsetzung vervolg maj suivante precedente derniere letzte nachste"""
)
"""Words for a document, its parts and its state: a line of nothing else is nobody."""
AROUND_DOCUMENT = each_word(
    """de du des la le l les d et a au en n no nr num the of and to for only der die das und zum fur den nur y del el
    los las e il i van het een voor final finale finales rh drh hr hrbp candidats candidat candidates candidatures
    bewerber candidatos candidati kandidaten reservee reserve strictement strictly streng v ver ed nouvelle new neue
    nueva nuova nieuwe prive privee private privat complete complet completa insee sirh interne mars janvier fevrier
    avril mai juin juillet aout septembre octobre novembre decembre"""
)
"""What may be beside them."""
NUMBERED = each_word(
    """date data datum fecha public copia copie copy archive archives archivo archivio intern interno concept au v
    ver ano anno annee year jahr jaar rev leer leeg vide segue sigue visa valide final week semana blad hoja
    foglio feuille table tabla tabel stand suite sheet"""
)
"""Those of them that are names as well, or headings: they have a number after them."""
GROUPS = each_word(
    """service services departement departements department departments dept dpt direction pole equipe equipes team
    teams site agence etablissement groupe groupes group groups session sessions promotion promo classe filiere
    abteilung bereich gruppe standort klasse referat departamento seccion equipo grupo sede area reparto ufficio
    gruppo squadra sezione afdeling groep vestiging candidats candidatures candidates postulants salaries
    collaborateurs stagiaires apprentis participants applicants employees bewerber bewerbungen bewerbende
    mitarbeiter mitarbeitende teilnehmer candidatos candidaturas empleados candidati candidature dipendenti
    partecipanti sollicitanten kandidaten medewerkers deelnemers"""
)
"""The first words of headings between the people of a table: "Service RH", "Bewerber der ersten Runde"."""
CONFIDENTIAL = each_word("confidentiel confidential vertraulich confidencial riservato poufne vertrouwelijk streng")
BY = each_word("par by von por da door przez")
FUNCTION_WORDS = each_word(
    """et les pour sur par avec ne pas est sont ont ete cette ce ces qui dans au aux sous non selon the of and for is
    are was were with this to not from in on by und ist sind nicht fur mit werden wurde wurden diese im am bis bei
    nur los las para con no son este por per sono non questo alla com nao sao os as het een voor met niet zijn dla
    nie sa only uniquement automatiquement automatically ausschliesslich solo solamente sauf except hors as at all
    tous toutes alle"""
)
PARTICLES = each_word(
    "de du des la le d van der den von zu zum el al bin ben ibn da do dos das di del della y e ter ten"
)
SIGNED = tuple(
    each.split()
    for each in phrases(
        """fait a, fait le, done at, signature, signatures, signe par, signe le, signe a, signed, le directeur, la
        directrice, le responsable, la responsable, le drh, la drh, pour la direction, unterschrift, gez, gezeichnet,
        firmado, firmato, assinatura, assinado, handtekening, podpis, podpisano, en madrid a, cachet et signature,
        date et signature"""
    )
)


def is_total(cell: str) -> bool:
    """Whether a cell is a word for a total."""
    words = total_words(cell)
    return bool(words) and words[0] in TOTAL and AFTER_TOTAL.issuperset(words[1:])


def is_note(cell: str) -> bool:
    """Whether a cell looks like what is written below a table."""
    if MARK.match(cell):
        return True
    words = fold(cell).split()
    begins = begins_a_note(words)
    if begins and (len(words) > 1 or cell.rstrip().endswith(":") or words[0] in _ALONE):
        return True
    small = sum(word[:1].islower() or word[:1].isdecimal() for word in cell.split())
    return len(words) >= _SENTENCE and small * 2 >= len(words)


def is_quantity(cell: str) -> bool:
    """Whether a cell is a figure, with or without its unit, or what a spreadsheet shows where it has none."""
    return _NUMBER.fullmatch(cell) is not None or _FAILED.fullmatch(cell) is not None


def begins_a_note(words: Sequence[str], least: int = 1) -> bool:
    """Whether folded words begin with a phrase for a note, of ``least`` words or more."""
    return any(len(each) >= least and words[: len(each)] == each for each in _NOTE_WORDS)


def total_words(cell: str) -> list[str]:
    """The folded words of a cell without figures, and without what is before the word for a total."""
    words = [word for word in fold(cell).split() if not word.isdecimal()]
    while len(words) > 1 and words[0] in _BEFORE_TOTAL:
        words = words[1:]
    return words


_NOTE_WORDS = [each.split() for each in _NOTES]
_ALONE = each_word("signature unterschrift firma assinatura handtekening podpis remarques observations nb legende")
