"""Where a text is unfinished: an instruction or a noun in brackets, a pattern of a date, a run of signs for a value.

What a person is asked to fill in by hand is none of it: ``Signature : ________``, a date "in the form DD/MM/YYYY".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.lint.extract.as_read import VALUE, TextAsRead
from mailmerge.lint.surroundings import (
    NEAR,
    after,
    before,
    line_after,
    line_before,
    paragraph_after,
    paragraph_before,
)
from mailmerge.lint.vocabulary import words
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

Unfinished = tuple[int, int, bool]
"""From and to in the text as it is read, and whether it is certain."""

_INSTRUCTIONS = words(
    "completer remplir preciser definir confirmer inserer indiquer renseigner ajouter saisir rajouter determiner "
    "insert fill specify enter add complete completed confirmed confirm defined added inserted filled tbc tbd tba todo "
    "placeholder einfugen eintragen erganzen ausfullen angeben einsetzen folgt completar rellenar insertar indicar "
    "confirmar definir anadir introducir inserire completare compilare indicare confermare definire aggiungere inserir "
    "preencher adicionar acrescentar wstawic wstaw uzupelnic uzupelnij wpisac wpisz uzupelnienia potwierdzenia podac "
    "invullen invoegen aanvullen toevoegen bepalen vul vullen"
)
"""Words of what somebody still has to do, folded."""
_ALWAYS_AN_INSTRUCTION = words(
    "inserer insert einfugen eintragen einsetzen insertar inserire inserir wstawic wstaw wpisac invoegen tbc tbd tba"
)
"""Those that mean nothing else between round brackets either."""
_NOUNS = words(
    "nom noms prenom prenoms date jour heure horaire lieu poste fonction adresse entreprise societe service duree "
    "montant salaire salle lien logo signature signataire civilite titre ville telephone reference interlocuteur "
    "recruteur name surname forename time day place venue location position job title company department amount "
    "salary room deadline recruiter candidate signatory address phone city "
    "ort datum uhrzeit zeit tag vorname nachname anrede firma unternehmen stelle abteilung gehalt betrag raum "
    "unterschrift ansprechpartner telefonnummer stadt "
    "fecha hora lugar nombre apellido apellidos empresa puesto cargo direccion firma sueldo importe sala ciudad "
    "ora orario luogo nome cognome azienda posizione mansione indirizzo stipendio importo citta "
    "apelido sobrenome endereco assinatura salario montante cidade "
    "godzina miejsce imie nazwisko stanowisko adres podpis kwota miasto "
    "tijd tijdstip plaats naam voornaam achternaam bedrijf functie handtekening bedrag stad"
)
"""What a letter fills in for each person, folded; none that is a word of another language."""
_BETWEEN = words(
    "de du des d la le l les un une et ou a au aux en votre notre candidat candidate candidature entretien debut fin "
    "depart rendez vous of the and or your our start end interview applicant recipient here full first last "
    "der die das des dem den und oder ihr ihre vollstandiger hier el los y o del dell della dello di da do dos das e "
    "su il lo i gli suo seu i lub oraz van het een en of uw recruteur responsable manager hiring"
)
"""What such a noun may be joined with."""
_BRACKETED = regex(rf"(?P<open>[\[‹<(«［⟨])(?P<inner>[^\[\]‹›<>()«»\n{VALUE}]{{2,80}})(?P<close>[\]›>)»］⟩])")
_CLOSES = {"[": "]", "‹": "›", "<": ">", "(": ")", "«": "»", "［": "］", "⟨": "⟩"}
_MOST_WORDS = 9

_DAY, _MONTH, _YEAR = r"(?:JJ|DD|TT|GG|jj|dd|tt|gg)", r"(?:MM|mm)", r"(?:AAAA|YYYY|JJJJ|RRRR|aaaa|yyyy|jjjj|rrrr|AA|YY)"
DATE_PATTERN = regex(
    rf"(?<![\w/.-])(?:{_DAY}(?P<a>[/. -]){_MONTH}(?P=a){_YEAR}|{_MONTH}(?P<b>[/.-]){_DAY}(?P=b){_YEAR}|"
    rf"{_YEAR}(?P<c>[/.-]){_MONTH}(?P=c){_DAY}|{_DAY}[/.]{_MONTH}|HH ?[:hH] ?(?:MM|mm)|hh:mm)(?![\w/-])"
)
_FORM = regex(
    r"\b(?:format|form|forme|formato|formaat|formacie|formatu|modele|muster|pattern|type|like|wie|comme|como|jako|jak)\b"
)
_FILL = r"(?:\.{2,4}|…|[xX]{1,2}|_{1,4}|\?{1,2}|#{2})"
_FILLED_DATE = regex(
    rf"(?<![\w/.?#-]){_FILL} ?(?P<sep>[/.-]) ?(?:{_FILL}|\d{{1,2}}) ?(?P=sep) ?"
    r"(?:\d{4}|\d{2}|[xX_.?#]{2,4})(?![\w/])"
)
_FILLED_NUMBER = regex(
    r"(?<![\w.@/-])(?:[xX]{2} ?[:hH.] ?(?:[xX]{2}|\d\d)|(?:\+?\d{1,3}|\(?[xX]{2,3}\)?)(?:[ .-][xX]{2,4}){2,})(?![\w@-])"
)
"""A time or a telephone number of crosses."""
_CROSSES = regex(r"(?<![\w.@/-])(?:X{2,}|x{2,})(?![\w@-])")
_UNIT = regex(r"\s?(?:h\b|h\d|heures?\b|Uhr\b|€|£|\$|%|euros?\b|EUR\b|k€|jours?\b|days?\b|Tage|mois\b|:\s?[Xx\d])")
_MONTHS = regex(
    r"\.?\s(?:de\s)?(?:jan|f[eé]v|feb|mar|m[aä]r|abr|apr|avr|mai|may|jun|juin|jul|juil|ao[uû]|aug|ago|sep|set|o[ck]t|"
    r"out|nov|d[eé][czt]|ene|gen|dic|mag|giu|lug|ott|sty|lut|kwi|maj|cze|lip|sie|wrz|pa[zź]|lis|gru|mei|maa)[^\W\d]*",
    re.IGNORECASE,
)
_COUNTED = regex(
    r"\b(?:chapitre|article|annexe|titre|tome|volume|partie|section|chapter|annex|appendix|part|louis|kapitel|teil|band|"
    r"anhang|artikel|capitulo|anexo|articulo|capitolo|allegato|articolo|artigo|rozdzial|zalacznik|hoofdstuk|bijlage|"
    r"taille|size|grosse|talla|taglia|tamanho|rozmiar|maat|rome|siecle|century|class|classe)\Z"
)
_AFTER_NUMERAL = regex(
    r"\s?(?:e|es|[eè]me|er|th|st|nd|rd|\.)?\s"
    r"(?:[^\W\d_a-zà-öø-ÿ]|siècle|century|secolo|siglo|século|wiek|eeuw)"
)
_RULED_DATE = regex(r"(?<![\w/])(?:\\?_){1,4} ?([/.-]) ?(?:\\?_){1,4} ?\1 ?(?:\d{4}|\d{2}|(?:\\?_){2,4})(?![\w/])")
_RULED_DAY = regex(r"(?<![\w/\\])(?:\\?_){2,4} ?/ ?(?:\\?_){2,4}(?! ?/|[\w\\])")
_RUN = regex(r"(?:\\?_){3,}|\.{3,}|…+|\?{3,}|#{3,}(?=\s?[\w€]|,)")
_BRACKETED_SIGN = regex(r"\[[ \xa0]?(?:[●•○◦▪■]{1,3}|_{1,12})[ \xa0]?\](?![(\[:])|[€£$][ \xa0]?\[[ \xa0]*\]")
"""What lawyers write for a value: the sum of [●]."""
_PRICED = regex(r":\s*\Z")
_CURRENCY = regex(r"[ \xa0]?(?:[€£$]|EUR\b|euros?\b|zł\b)")
_ASKED = regex(
    r"soussign|undersigned|unterzeichne|abajo firmante|sottoscritt|abaixo assinad|nizej podpisan|ondergeteken|"
    r"\bfait a\b|\bdone at\b|\bsigned (?:at|in|on)\b|lu et approuve|bon pour accord|a retourner|to be returned|"
    r"coupon|\bcocher\b|\btick\b|ankreuzen|formulaire|\bform\b|formular|formulario|modulo|formularz|formulier"
)
_BEFORE = regex(r"(?:\A|[\s(])(?P<word>[^\W\d_]+)['’]?\s*\Z")
_CAPITAL_INSTRUCTION = regex(
    r"\b(?:[ÀA] (?:COMPL[ÉE]TER|REMPLIR|PR[ÉE]CISER|D[ÉE]FINIR|CONFIRMER)|TO BE (?:CONFIRMED|COMPLETED|DEFINED|ADDED)|"
    r"TBA|FILL IN|INSERT [A-Z]+|NOCH EINF[ÜU]GEN|DA COMPLETARE|POR CONFIRMAR|A COMPLETAR|DO UZUPE[ŁL]NIENIA|"
    r"IN TE VULLEN)\b"
)
_IPSUM = regex(r"\blorem ipsum\b", re.IGNORECASE)


def unfinished_in(reading: TextAsRead) -> Iterator[Unfinished]:
    """The places of a text that were to be filled in before it was sent."""
    text = reading.text
    for several in (_brackets(text), _signs(text), _dates(text), _crosses(text), _capitals(text)):
        yield from (each for each in several if not reading.in_code(each[0]))


def runs_in(source: str) -> Iterator[Unfinished]:
    """Runs of signs in which a value belongs, in the source: underscores are emphasis in Markdown."""
    for match in _RULED_DATE.finditer(source):
        if not re.search(r":\s*\Z", before(source, match.start())):
            yield match.start(), match.end(), True
    for match in _RULED_DAY.finditer(source):
        word = _BEFORE.search(before(source, match.start()))
        asked = _ASKED.search(fold(paragraph_before(source, match.start())))
        if word and word["word"].islower() and len(word["word"]) <= 4 and not asked:
            yield match.start(), match.end(), True
    runs = list(_RUN.finditer(source))
    for match in runs:
        paragraph = paragraph_before(source, match.start()) + paragraph_after(source, match.start())
        line = line_before(source, match.start()), line_after(source, match.end())
        if _ASKED.search(fold(paragraph)):
            continue
        if _belongs_to_a_sentence(match[0], *line):
            yield match.start(), match.end(), True
        elif len(runs) == 1 and _PRICED.search(line[0]) and _CURRENCY.match(line[1]):
            yield match.start(), match.end(), False  # the only one: a form has more that is filled in by hand


def _belongs_to_a_sentence(run: str, said: str, rest: str) -> bool:
    """Whether a run of signs is within a sentence rather than a line to write on, or the end of a thought."""
    if re.search(r"https?:\S*\Z|www\.\S*\Z", said):
        return False
    word = _BEFORE.search(said)
    goes_on = re.match(r"\s*(?:[^\W\d_A-ZÀ-ÖØ-Þ]|\d|[€£$%])|[.,;](?:\s|\Z)", rest) is not None
    if run.startswith((".", "…")):
        valued = _UNIT.match(rest) is not None or _MONTHS.match(rest) is not None
        short = word is not None and word["word"].islower() and len(word["word"]) <= 4
        return short and (valued or (goes_on and len(run) > (1 if "…" in run else 4)))
    if run.startswith("#"):
        return word is not None
    if word is None or ":" in said[-3:]:
        return False
    return (word["word"].islower() and (goes_on or len(word["word"]) <= 3)) or (run.startswith("?") and goes_on)


def _brackets(text: str) -> Iterator[Unfinished]:
    for match in _BRACKETED.finditer(text):
        opens = match["open"]
        if _CLOSES[opens] != match["close"] or (opens == "[" and text[match.end() :][:1] in ("(", "[", ":")):
            continue
        said = fold(match["inner"]).split()
        if not said or len(said) > _MOST_WORDS:
            continue
        instructed = _ALWAYS_AN_INSTRUCTION if opens in "(«" else _INSTRUCTIONS
        if not instructed.isdisjoint(said) or (opens not in "(«<" and is_noun(match["inner"])):
            yield match.start(), match.end(), True


def _signs(text: str) -> Iterator[Unfinished]:
    for match in _BRACKETED_SIGN.finditer(text):
        yield match.start(), match.end(), True


def is_instruction(written: str) -> bool:
    """Whether words between brackets say what somebody still has to do."""
    return not _INSTRUCTIONS.isdisjoint(fold(written).split())


def is_noun(written: str) -> bool:
    """Whether words name what a letter fills in for each person: "nom du poste", "start date"."""
    return any(word in _NOUNS for word in fold(written).split()) and nouns_only(written)


def nouns_only(written: str) -> bool:
    """Whether words say nothing else, or there are none."""
    said = fold(written).split()
    return len(said) <= 6 and all(word in _NOUNS or word in _BETWEEN for word in said)


def _dates(text: str) -> Iterator[Unfinished]:
    for match in DATE_PATTERN.finditer(text):
        line = line_before(text, match.start())[-NEAR:]
        asked = "(" in line[-3:] or _FORM.search(fold(line)) or re.search(r"\w\s?:\s?\Z", line)
        if not asked:
            yield match.start(), match.end(), True
    for match in _FILLED_DATE.finditer(text):
        if not re.search(r"[\w)]\s?:\s?\Z", before(text, match.start())) or "x" in match[0].lower():
            yield match.start(), match.end(), True


def _crosses(text: str) -> Iterator[Unfinished]:
    for match in _FILLED_NUMBER.finditer(text):
        yield match.start(), match.end(), True
    for match in _CROSSES.finditer(text):
        said, goes_on = before(text, match.start()), after(text, match.end())
        if re.search(r"[/.-]\s?\Z", said) or re.match(r"\s?[/]", goes_on):
            continue  # a part of a date, told as a whole
        valued = _UNIT.match(goes_on) is not None or _MONTHS.match(goes_on) is not None
        numeral = match[0].isupper() and len(match[0]) < 4
        if numeral and not valued and (_AFTER_NUMERAL.match(goes_on) or _COUNTED.search(fold(said))):
            continue
        alone = not (line_before(text, match.start()) + line_after(text, match.end())).strip()
        if alone and match[0].islower():
            continue  # kisses below a signature
        yield match.start(), match.end(), valued or len(match[0]) > 2 or not numeral


def _capitals(text: str) -> Iterator[Unfinished]:
    for match in (*_CAPITAL_INSTRUCTION.finditer(text), *_IPSUM.finditer(text)):
        yield match.start(), match.end(), True
