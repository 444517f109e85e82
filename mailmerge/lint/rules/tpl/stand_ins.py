"""Words in round brackets or quotation marks that are in the place of a value: "le (date)", "Dear (first name)".

Brackets that add something to what is before them are none: "vos coordonnées (nom et adresse)", "Juriste (H/F)". What
tells them apart is the word before: after "le", "of" or "um" something must follow, and it is what is in the brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mailmerge.lint.extract.as_read import VALUE
from mailmerge.lint.rules.tpl.unfinished import DATE_PATTERN, Unfinished, is_noun, nouns_only
from mailmerge.lint.surroundings import line_before
from mailmerge.lint.vocabulary import words
from mailmerge.records.cells.no_value_words import OPEN
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_WANTS_A_VALUE = words(
    "le la les l un une du de des d au aux a en par pour chez avec sous est sera sont etait cher chere bonjour madame "
    "monsieur mme mlle vers avant apres depuis nomme nommee "
    "the an on at in of for by with to from is will be as until before after dear hello hi mr mrs ms mx "
    "am um den dem der die das im bei von vom zum zur mit fur ab bis ist als herr frau liebe lieber hallo herrn "
    "el los las del al por para con es como estimado estimada hola "
    "il lo gli alle dalle della dell di da dal per con come nel gentile "
    "o os as do dos em no na com caro cara "
    "op om het bij van voor met aan beste geachte "
    "w o dnia na od przez jako pan pani"
)
"""Words after which a value must follow, folded: articles, prepositions, copulas and greetings."""
_INDEFINITE = frozenset({"un", "une", "a", "an", "ein", "eine", "uno", "una", "uma", "een"})
"""Those of them after which a word in quotation marks is meant as such: "donnez-nous une « date »"."""
_CLOSING = words(
    "cordialement salutations distinguees respectueusement regards sincerely faithfully yours wishes thanks grussen "
    "grusse gruss saludos atentamente cordialmente saluti groeten groet cumprimentos atenciosamente pozdrawiam"
)
"""Words that end a letter, before the name of who signs."""
_YOUR = words("your votre ihr ihre su tu il vostro suo seu uw jouw twoje panstwa my mon mein mi mio meu mijn moje")
_PAIRS = ("()", "«»", "“”", "„“", "„”", "‹›", "’‘", '""')
_TO_BE_USED = regex(
    r"\b(?:cli(?:ck|qu)|klick|tap|press|appu|select|choi[sx]|coch|tick|rubri|champ|field|feld|mot|word|wort|onglet|tab|"
    r"bouton|button|menu|option|colonne|column|spalte|intitul|mention|titre|section|appel|call|haz clic|casilla|"
    r"vak)"
)
"""What is called so, rather than to be replaced: "cliquez sur « date »", "le champ « nom »"."""
_BEFORE = regex(r"(?:\A|(?<=[\s(,.:'’/-]))(?P<word>[^\W\d_]+)['’]?\.?\s*\Z")
_DOCUMENT = regex(
    r"\b(?:formulaire|questionnaire|fiche|dossier|document|annexe|attestation|piece jointe|ci-jointe?|coupon|bulletin|"
    r"form|forms|sheet|attachment|attached|enclosed|formular|bogen|fragebogen|anlage|anhang|formulario|modulo|"
    r"formularz|formulier)\b"
)
_TO_FILL_IN = words(
    "completer remplir renseigner saisir inserer complete completed filled fill erganzen auszufullen completar "
    "rellenar completare compilare inserire preencher uzupelnienia wypelnienia vullen"
)
"""Words of an instruction that only who writes the letter can follow; the others may tell the recipient something."""
_BLANK = "[ \u00a0\u202f]?"
_STILL = frozenset({"noch", "nog", "encore", "still", "yet", "ancora", "ainda", "jeszcze"})
_MOST = 60


def stand_ins(text: str, is_field: Callable[[str], bool]) -> Iterator[Unfinished]:
    """Where brackets or quotation marks are in the place of a value; ``is_field`` knows the columns of the table."""
    for pair in _PAIRS:
        opens, closes = pair[0], pair[1]
        if opens not in text:
            continue
        inner = rf"[^\n{re.escape(pair)}{VALUE}]{{2,{_MOST}}}?"
        pattern = rf"{re.escape(opens)}{_BLANK}({inner}){_BLANK}{re.escape(closes)}"
        for match in re.finditer(pattern, text):
            sure = _judged(text, match, is_field)
            if sure is not None:
                yield match.start(), match.end(), sure


def _judged(text: str, match: re.Match[str], is_field: Callable[[str], bool]) -> bool | None:
    """Whether it is certainly in the place of a value (True), perhaps (False), or not at all (None)."""
    inner = match[1].strip()
    line = line_before(text, match.start())
    said = fold(line[-60:])
    round_ = match[0][0] == "("
    if round_ and (phrase := _instruction(inner)):
        if _DOCUMENT.search(said):
            return None
        return not _TO_FILL_IN.isdisjoint(phrase.split())
    if "," in inner or not (is_field(inner) or is_noun(inner) or (round_ and DATE_PATTERN.fullmatch(inner))):
        return None
    if not round_ and _TO_BE_USED.search(said):
        return None
    if round_ and any(line.count(opens) > line.count(closes) for opens, closes in ("«»", "“”")):
        return None  # a form that is quoted
    return (
        True
        if _is_in_place(text[: match.start() - len(line)], line, text[match.end() :], inner, round_=round_)
        else None
    )


def _instruction(inner: str) -> str:
    """The instruction that is all of it, or all of it but what is to be filled in: "lieu à définir"."""
    said = " ".join(word for word in fold(inner).split() if word not in _STILL)
    phrase = next((each for each in OPEN if said == each or said.endswith(f" {each}")), "")
    return phrase if phrase and nouns_only(said.removesuffix(phrase)) else ""


def _is_in_place(above: str, line: str, after: str, inner: str, *, round_: bool) -> bool:
    """Whether a sentence lacks something without it."""
    word = _BEFORE.search(line)
    if word is not None:
        last = fold(word["word"])
        wanted = last in _WANTS_A_VALUE and (round_ or word["word"].lower() not in _INDEFINITE)
        return wanted or (round_ and (last in _CLOSING or line.rstrip().endswith(":")))
    if not round_:
        return False
    before = line.strip(" \t>*_#-")
    if not before and re.match(r"[ \u00a0]*[^\W\d_A-ZÀ-ÖØ-Þ]", after):
        return True  # the subject of a sentence
    yours = not _YOUR.isdisjoint(fold(inner).split()[:1])
    closed = re.search(r"([^\W\d_]+)[,.!]?[*_]*\s*\Z", before or above)
    return (yours and not before) or (closed is not None and (yours or fold(closed[1]) in _CLOSING))
