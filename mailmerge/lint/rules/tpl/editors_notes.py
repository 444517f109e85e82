"""Words for whoever edits a letter, which its readers were not to see: notes to a colleague, marks of a draft.

In brackets a note is one by what it asks for, unless it speaks to the reader: "(à valider par votre responsable)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.lint.extract.as_read import VALUE, TextAsRead
from mailmerge.lint.rules.tpl.unfinished import Unfinished
from mailmerge.lint.vocabulary import CAPITAL, words
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_BRACKETED = regex(rf"[\[(](?P<inner>[^\[\]()\n{VALUE}]{{3,200}})[\])]")
_TO_THE_READER = words(
    "vous votre vos you your yours ihr ihre ihnen ihrem ihren ihrer sie usted ustedes su sus vuestro vuestra vuestros "
    "vostro vostra vostri voi suo sua suoi panstwo panstwa pan pani pana uw jouw jullie je voce voces seu"
)
_ASKS = regex(
    r"a (?:relire|verifier|valider|revoir|corriger|adapter|supprimer|modifier|traduire|personnaliser|mettre a jour)\b|"
    r"(?:verifier|voir|valider|relire) (?:avec|aupres)\b|(?:supprimer|enlever|garder|laisser) si\b|"
    r"(?:a )?choisir\b|ne pas envoyer\b|si (?:femme|homme|refus|retenue?|cdi|cdd|cadre|besoin supprimer)\b|"
    r"to (?:be )?(?:check|checked|verify|verified|review|reviewed|approved|updated|translated|adapted)\b|"
    r"(?:check|confirm|clear) (?:this )?with\b|(?:delete|remove|keep) (?:this )?(?:if|for)\b|choose one\b|"
    r"do not send\b|if (?:female|male|accepted|rejected|refused|successful|unsuccessful)\b|note to self\b|"
    r"(?:noch |bitte )?(?:zu )?prufen\b|(?:loschen|streichen) (?:falls|wenn)\b|falls (?:weiblich|mannlich|absage)\b|"
    r"nicht (?:ver)?senden\b|(?:por|a) revisar\b|revisar con\b|(?:eliminar|borrar) si\b|no enviar\b|si es mujer\b|"
    r"da (?:verificare|rivedere|controllare|approvare)\b|verificare con\b|(?:eliminare|togliere) se\b|non inviare\b|"
    r"a rever\b|(?:verificar|confirmar) com\b|(?:apagar|eliminar) se\b|nao enviar\b|do (?:sprawdzenia|akceptacji)\b|"
    r"(?:usunac|skasowac) jesli\b|nie wysylac\b|(?:nog )?te controleren\b|(?:verwijderen|schrappen) indien\b|"
    r"niet (?:ver)?sturen\b"
)
"""What a note in brackets begins with, folded."""
_AFTER_A_NOUN = regex(
    r"(?:texte|paragraphe|phrase|passage|date|montant|nom|chiffres|text|paragraph|sentence|wording|figures|absatz|"
    r"betrag|parrafo|fecha|importe|testo|paragrafo|importo|data) (?=a |to |noch |zu |por |da |do |te )"
)
_TO_A_COLLEAGUE = regex(
    r"\b(?:peux[- ]tu|pourrais[- ]tu|tu peux|stp\b|pls\b|kannst du|konntest du|puedes|podrias|puoi|"
    r"potresti|podes|mozesz|kun je|wil je)"
)
_NAMED = regex(rf"[{CAPITAL}][\w'’-]+(?: [{CAPITAL}][\w'’-]+)?\s?[:,]\s(?=\S)")
_PLEASE = regex(
    r"(?:please|merci de|bitte|por favor|per favore|prosze|graag) "
    r"(?:check|confirm|review|update|change|verif|relire|mettre|corrig|pruf|anpass|revis|cambi|controll|modific|sprawd|"
    r"zmien|controle|aanpass)"
)
_COMMENT = regex(
    r"\b(?:Kommentar|Commentaire|Comment(?:ed)?|Comentario|Comentário|Commento|Komentarz|Opmerking) ?"
    r"\[[A-Za-zÀ-ÿ]{1,4}\d{1,3}\]"
)
"""A comment of Word, copied with the text."""
_DRAFT = r"(?:draft|brouillon|entwurf|borrador|bozza|rascunho|szkic|kladversie|projet de (?:courrier|lettre|mail))"
_DRAFT_LINE = regex(
    rf"^[ \t]*(?:[#*_=<>«»\[(~–—-]{{1,6}}[ \t]*)?{_DRAFT}(?:[ \t]*(?:v?\d[\d.]*)?[ \t]*[#*_=<>«»\])~–—.-]{{0,6}}[ \t]*$"
    rf"|[ \t]?[:–—-][ \t])|^[ \t]*\[(?:{_DRAFT}|test|essai|prueba|prova)\]",
    re.IGNORECASE | re.MULTILINE,
)
"""A line that says it is a draft, and one that begins with that; in any case of letters."""
_FORWARDED = regex(r"^[ \t]*(?:Fwd?|FW|TR|WG|RV|PD)[ \t]?:[ \t]", re.MULTILINE)
_INTERNAL = regex(
    r"^[ \t>*_#-]*(?:(?:note|remarque) interne|internal note|note to self|nota interna|notatka wewnętrzna|"
    r"interne (?:notiz|anmerkung|notitie))\b[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_EDITED = regex(
    r"^[ \t>*_#-]*(?:version|v)[ \t]?\d+(?:\.\d+)?\b[^\n]{0,20}\b(?:modifi|relu|revu|corrig|edited|reviewed|amended|"
    r"geändert|überarbeitet|revisad|modificat|zmienion|aangepast)[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)


def notes_in(reading: TextAsRead, source: str) -> Iterator[Unfinished]:
    """The places of a text that are for whoever edits it; a comment of Word is certain. ``source`` is the letter's."""
    text = reading.text
    yield from ((*match.span(), True) for match in _COMMENT.finditer(text))
    yield from ((*match.span(), False) for match in _BRACKETED.finditer(text) if _is_note(match["inner"]))
    for pattern in (_DRAFT_LINE, _INTERNAL, _EDITED):
        yield from ((match.start(), match.end(), False) for match in pattern.finditer(text))
    for match in _FORWARDED.finditer(text):
        if source.split("\n")[reading.line(match.start()) - 1][:8].casefold() == "subject:":
            yield match.start(), match.end(), False


def _is_note(inner: str) -> bool:
    said = fold(inner)
    if not _TO_THE_READER.isdisjoint(said.split()):
        return False
    if _TO_A_COLLEAGUE.search(said):
        return True
    named = _NAMED.match(inner.strip())
    if named is not None and _PLEASE.match(fold(inner.strip()[named.end() :])):
        return True
    noun = _AFTER_A_NOUN.match(said)
    return _ASKS.match(said, noun.end() if noun else 0) is not None
