"""TPL204: nothing is left over from the letter that this one was made from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.doubt.places import names_a_place
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.tpl.tpl203_hard_coded_recipient import from_names
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.surroundings import after, before
from mailmerge.lint.views.greeting import greets
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import CAPITAL, words
from mailmerge.model import Severity
from mailmerge.text.calendar_names import MONTHS
from mailmerge.text.folding import fold, strip_accents
from mailmerge.text.regex import regex
from mailmerge.text.titles import GREETINGS

if TYPE_CHECKING:
    from mailmerge.letter import ConstantText, Letter


_HONORIFIC = regex(
    r"\b(?:Madame|Monsieur|Mademoiselle|Mme|Mlle|M\.|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Docteur|Maître|Pr\.?)[ \t\xa0]+"
    rf"((?:[{CAPITAL}][\w'’-]+)(?:[ \t\xa0]+[{CAPITAL}][\w'’-]+)?)"
)
_FURTHER_HONORIFIC = regex(
    r"\b(?:Herrn?|Frau|Sig\.(?:ra|na)?|Signora?|Señora?|Sra?\.|Senhora?|Pan(?:i|ią|a|u)?|[Mm]evrouw|[Mm]eneer|[Hh]eer)"
    rf"[ \xa0]+((?:(?:v[ao]n|de|der|den|ten|zu)[ ]){{0,2}}[{CAPITAL}][\w'’-]+(?:[ ][{CAPITAL}][\w'’-]+)?)"
)
"""Titles of languages in which many a letter names a colleague so: only a surname of the table is looked for."""
_TITLES = words(
    "madame monsieur mademoiselle le la les l directeur directrice president presidente maire ministre docteur "
    "professeur responsable candidat candidate nom prenom and or et ou sir madam dear je nous vous votre notre "
    "suite par pour apres dans en au aux ce cette"
)
_BRANDS = words("oetker martens hauschka pepper scholl bricolage propre bean kipling")
"""Of what is sold under a title: Dr. Oetker, Mr. Bricolage."""
_MONTHS = "|".join(
    sorted(
        {name for language in MONTHS.values() for month in language.split() for name in (month, strip_accents(month))}
    )
)
_OF = r"(?:[ \xa0]+del?)?[ \xa0]+"
"""12 de marzo de 2024."""
_DATE = regex(
    rf"\b(?:\d{{1,2}}(?:er|st|nd|rd|th|[.º°])?{_OF}(?:{_MONTHS}){_OF}|(?:{_MONTHS})[ \xa0]+\d{{1,2}},?[ \xa0]+|"
    r"\d{1,2}[/.-]\d{1,2}[/.-])((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_FUNCTION = regex(
    r"(?:G[ée]rante?|Directeurs?|Directrices?|Pr[ée]sidente?|Responsable|Contact|R[ée]f[ée]rente?|Interlocut(?:eur|rice)|"
    r"D[ée]l[ée]gu[ée]e?|Managing directors?|Directors?|Chair(?:man|woman|person)?|CEO|Secretary|"
    r"Gesch[äa]ftsf[üu]hr(?:er|"
    r"erin|ung)|Vorstand|Vorsitzende[rn]?|Aufsichtsrat|Inhaber(?:in)?|Kontakt|Ansprechpartner(?:in)?|Leitung|"
    r"Administrador(?:a)?|Director[ae]?|Amministratore|Legale rappresentante|Contacto|Bestuur|Zarz[ąa]d|DPO|DPD)"
    r"(?:[^\n:]{0,40}:[^\n]{0,60}|(?:[ \xa0][^\n:;.!?,]{1,40})?,[ \xa0])\Z",
    re.IGNORECASE,
)
"""Who somebody named on the same line is in the house."""
_IN_CHARGE = regex(
    r"\b(?:(?:accompagn|encadr|anim|assur|pr[ée]sid|dirig|organis|coordonn|re[çc])\w*[ \xa0]par|"
    r"(?:retourne|renvoye|remett|adresse|envoye|transmett|rend)(?:r|re|ez|z)\b[^.;:!?\n]{0,60}[ \xa0]à|"
    r"aupr[èe]s[ \xa0]de|contacte[rz]|appele[rz]|joindre|joignez|pr[ée]ven(?:ez|ir)|demandez|consultez|"
    r"(?:led|chaired|run|organi[sz]ed|presented|hosted|supervised)[ \xa0]by|"
    r"(?:return|send|hand|give|report)\b[^.;:!?\n]{0,60}[ \xa0]to|contact|call|ask|ask[ \xa0]for|see)[ \xa0]+\Z",
    re.IGNORECASE,
)
"""Words before somebody who is there for all: a leader, or whom to write to."""
_ROLE_AFTER = regex(
    r",?[ \xa0][(,]?(?:(?:son|sa|notre|leur|la|le|his|her|our|your|the|its)[ \xa0]|l['’])?"
    r"(?:bureau|poste|t[ée]l|ext\b|extension|room|adjoint|assistant|directeur|directrice|responsable|cheffe?\b|"
    r"gestionnaire|secr[ée]taire|pr[ée]sident|tr[ée]sori|conseill|infirmi|m[ée]decin|professeur|enseignant|"
    r"r[ée]f[ée]rent|coordinat|d[ée]l[ée]gu|manager|deputy|head\b|director|officer|coordinator|secretary|nurse|"
    r"advis[eo]r|chair|notai?r[ye]|avocat|huissier|commissaire|juge|greffi|architecte|chirurgien|dentiste|"
    r"pharmacien|v[ée]t[ée]rinaire|psychologue|maire\b|principal|proviseur|doyen|syndic|expert|"
    r"solicitor|barrister|judge|clerk|registrar|surgeon|dentist|consultant|architect|mayor|vicar|dean\b|"
    r"treasurer|warden|headteacher|examiner)|[ \xa0]?\((?:0\d|\+\d|\d{3,5}\))",
    re.IGNORECASE,
)
_SERIES = regex(r"(?:[^.;:!?\n\w]|\b(?:et|ou|and|or|puis|à|to|with|avec|de|bureau|poste|\d+)\b){1,24}")
"""What is between two of several who are named together."""
_CLOSING = regex(
    r"^[ \t>*_]*(?:bien |tr[èe]s |avec |mes |nos |veuillez |je vous |nous vous )?(?:cordialement|salutations|"
    r"agr[ée]e[rz]\b[^\n]{0,80}|"
    r"sinc[èe]re(?:s|ment)|[àa] vous\b|amicalement|sportivement|fraternellement|"
    r"associativement|[àa] (?:tr[èe]s )?bient[ôo]t|"
    r"respectueusement|prie d|prions d|(?:kind|best|warm) (?:regards|wishes)|regards|yours (?:sincerely|faithfully|"
    r"truly)|all the best|many thanks|in solidarity|"
    r"with (?:thanks|love|best wishes|every blessing|(?:kind|warm) regards)|"
    r"sincerely|(?:mit )?(?:freundliche|beste|herzliche|liebe|viele|sportliche|kollegiale)n? gr[üu](?:ß|ss)en?|"
    r"(?:un |con un )?(?:cordial |atento )?saludo|saludos|atentamente|(?:cordiali|distinti|cari|tanti) saluti|"
    r"cordialmente|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groetjes|z powa[żz]aniem|pozdrawiam|"
    r"(?:com os )?(?:melhores )?cumprimentos|atenciosamente)[^\n]{0,80}$",
    re.IGNORECASE | re.MULTILINE,
)
"""The end of a letter: who is named below it signs, or is in the imprint."""
_FIRM = regex(
    r"[ \xa0]?(?:&|(?:et|und|and|y|e|en|i)[ \xa0](?:associ[ée]e?s|partner(?:s|in)?|fils|s[öo]hne|sons|asociados)\b|"
    r"(?:GmbH|mbB|PartG|LLP|Ltd|SCP|SARL|SELARL|KG|OHG|BV|S\.[LA]\.)\b)",
    re.IGNORECASE,
)
"""What is behind a name that is a firm's."""
_GREETINGS = frozenset(map(fold, GREETINGS))
_LAST_LINES = 3
"""Lines at the end of a letter that whoever signs is on."""
_PROFESSION = regex(r"(?:Dr|Docteur|Doctor|Pr|Prof|Professeur|Professor|Me|Ma[îi]tre|Dott|Ing)\b", re.IGNORECASE)
"""A title that people sign with; nobody signs as Mrs."""
_LAW = regex(
    r"\b(?:r[èe]glement|loi|directive|d[ée]cret|ordonnance|arr[êe]t[ée]?|act|regulation|article|gdpr|"
    r"circulaire|journal officiel|jorf|d[ée]lib[ée]ration|rgpd|accords?|"
    r"avenant|conventions?|statuts|charte|norme|agreement|"
    r"erlass(?:es)?|bekanntmachung|bgbl\.?|anordnung|"
    r"verordnung|gesetz(?:es|e)?|gesetzbuchs?|richtlinie|satzung|beschluss(?:es)?|fassung|vertrags?|vereinbarung|stand|"
    r"reglamento|ley|decreto|orden|ordenanzas?|bando|edicto|resoluci[óo]n|boe|estatutos|convenio|acuerdo|contrato|"
    r"regolamento|legge|ordinanza|determina|gazzetta ufficiale|"
    r"d\.[ \xa0]?(?:lgs|l|p\.r|m)|delibera|statuto|accordo|contratto|"
    r"lei|edital|di[áa]rio da rep[úu]blica|portaria|despacho|regulamento|acordo|"
    r"ustaw\w{0,3}|rozporządz\w+|uchwał\w{1,3}|regulamin\w{0,3}|um[oó]w\w{0,3}|zarządze\w+|"
    r"wet|besluit|staatsblad|verordening|statuten|reglement|overeenkomst|"
    r"depuis|since|seit|desde|dal|sinds|od|fond[ée]e? le|cr[ée]{1,2}e? le|founded|gegr[üu]ndet|fundad[ao]|fondat[ao]|"
    r"opgericht|założon[ay])\b",
    re.IGNORECASE,
)


DOC = RuleDoc(
    title=N_("Nothing is left over from the letter that this one was made from."),
    what=N_("A title with a name in the author's own words, and a date in another year."),
    why=N_('"Mrs Durham" in a letter to 340 people was the recipient of the old letter that it was copied from.'),
    bad=N_("Dear Mrs Durham, further to our interview on 12 March 2021"),
    good=N_("Dear Sir or Madam; a declared signatory; the date of a law"),
    fix=N_('Replace it with a field, or declare who signs: [lint] signatories = ["Claire Martin"].'),
)
_NAME = Sentence(
    "tpl204.name",
    one=N_('{letter}, line {line}: "{text}" seems to be left over from another letter; every recipient would see it'),
    fix=N_(
        "Replace it with a field; or, if this is who signs the letter, list them under signatories "
        "in [lint] of campaign.toml."
    ),
)
_DATE_OF_OLD = Sentence(
    "tpl204.date",
    one=N_('{letter}, line {line}: "{text}" seems to be left over from another letter; every recipient would see it'),
    fix=N_("Correct the date, or replace it with a field."),
)


@rule("TPL204", "leftover-letter", Severity.WARN, Suppression.WAIVER, Scope.LETTER, DOC)
def leftover_letter(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Names and dates left over from another letter."""
    signing = {word for name in (*inspection.signatories, *map(fold, from_names(letter))) for word in name.split()}
    years = _usual_years()
    closed = max((found.end() for found in _CLOSING.finditer(letter.source)), default=len(letter.source))
    closed = letter.source.count("\n", 0, closed)
    for constant in letter.constants:
        named = [*_HONORIFIC.finditer(constant.text), *_of_the_table(inspection, constant.text)]
        contacts = {each.start() for each in _contacts(constant.text, named, inspection.name_words)}
        for match in named:
            if match.start() in contacts:
                continue
            name = fold(match[1]).split()
            if name[0] in _TITLES or name[0] in _BRANDS or set(name) & signing or _is_place(constant.text, match):
                continue
            if _is_of_the_house(constant, match.start(), closed) and not _is_greeted(constant.text, match.start()):
                continue
            if _signs(letter, constant.line + constant.text.count("\n", 0, match.start()), match.group()):
                continue
            yield _leftover(letter, constant, match, _NAME)
        for match in _DATE.finditer(constant.text):
            said = constant.text[max(0, match.start() - 80) : match.start()]
            if int(match[1]) < min(years) and not _LAW.search(said):
                yield _leftover(letter, constant, match, _DATE_OF_OLD)


def _of_the_table(inspection: Inspection, text: str) -> Iterator[re.Match[str]]:
    """Titles of further languages with a surname of the table."""
    for match in _FURTHER_HONORIFIC.finditer(text):
        name = fold(match[1])
        if any(map(inspection.identities.surname_owners, (name, name.split()[0]))):
            yield match


def _contacts(text: str, named: list[re.Match[str]], known: frozenset[str]) -> Iterator[re.Match[str]]:
    """Those who are there for all who get the letter: they have a role, or are one of several; nobody of the table."""
    several: list[re.Match[str]] = []
    for at, match in enumerate(named):
        if several and not _SERIES.fullmatch(text, several[-1].end(), match.start()):
            several = []
        several.append(match)
        if at + 1 < len(named) and _SERIES.fullmatch(text, match.end(), named[at + 1].start()):
            continue
        said = text[max(0, several[0].start() - 120) : several[0].start()].rpartition("\n")[2]
        are_listed = len(several) > 1 and bool(said.strip()) and not greets(said)
        if are_listed or _IN_CHARGE.search(said) or any(_ROLE_AFTER.match(text, each.end()) for each in several):
            yield from (each for each in several if known.isdisjoint(fold(each[1]).split()))


def _is_of_the_house(constant: ConstantText, at: int, closed: int) -> bool:
    """Whether a name has its function before it, or is below the end of the letter; ``closed`` is that line, from 0."""
    line = constant.line_at(at)
    return constant.part == "body" and (
        line > closed + 1 or _FUNCTION.search(constant.text[max(0, at - 120) : at]) is not None
    )


def _signs(letter: Letter, line: int, name: str) -> bool:
    """Whether somebody with a title of their profession has one of the last lines alone, or with what
    they are, as whoever signs does."""
    lines = letter.source.split("\n")
    signed = lines[line - 1].strip(" *_>\r") if line <= len(lines) else ""
    alone = signed == name or signed.startswith((f"{name}, ", f"{name} – ", f"{name} - "))
    return alone and _PROFESSION.match(name) is not None and sum(map(bool, map(str.strip, lines[line:]))) <= _LAST_LINES


def _is_greeted(text: str, start: int) -> bool:
    """Whether a line begins with the greeting of this name: as a letter does that another one ends with."""
    return fold(text[text.rfind("\n", 0, start) + 1 : start]).strip() in _GREETINGS


def _is_place(text: str, match: re.Match[str]) -> bool:
    """Whether a street, a building or a firm is called so: place du Docteur Baylac, Dr. Behrens & Partner."""
    if _FIRM.match(text, match.end()) or _FIRM.fullmatch(match[1].split()[-1]):
        return True
    said = strip_accents(before(text, match.start()))
    return names_a_place(f"{said}docteur ", after(text, match.end()))


def _usual_years() -> frozenset[int]:
    today = datetime.date.today()
    last = {today.year - 1} if today.month <= 3 else set()
    return frozenset({today.year, today.year + 1} | last)


def _leftover(letter: Letter, constant: ConstantText, match: re.Match[str], says: Sentence) -> RawFinding:
    line = constant.line_at(match.start())
    return RawFinding(
        says=says,
        values={"letter": Quoted(letter.name), "line": line, "text": Quoted(match.group(), 50)},
        evidence=(letter.name, match.group()),
        letter=letter.name,
        letter_line=line,
        excerpt=match.group(),
    )
