"""Whether a name is that of a street or a school: "12 rue Victor Hugo", "lycée Victor Hugo"."""

from __future__ import annotations

from mailmerge.lint.vocabulary import words
from mailmerge.text.folding import strip_accents
from mailmerge.text.regex import regex

_STREETS = words(
    "rue avenue av boulevard bd bld blvd allee allees impasse chemin quai square esplanade faubourg sentier venelle "
    "street road lane ul strasse str platz calle viale corso piazza plaza praca rua avenida ulica straat "
    "laan plaza paseo praceta largo"
)
"""A name after one of these is a street's."""
_HOUSES = words(
    "residence lycee college ecole universite institut campus fondation hopital clinique stade gymnase theatre "
    "mediatheque bibliotheque musee cinema gare metro station aeroport prison caserne ehpad creche centre espace "
    "batiment immeuble amphitheatre amphi auditorium school university institute hospital airport museum library "
    "theater building hall colegio escuela escola liceo ospedale teatro museo biblioteca polideportivo estadio kita "
    "halle imienia "
    "museum stadion szkola liceum szpital teatr szpitala turnhalle zentrum centro instituto universidad ospedale "
    "scuola universita schule gymnasium krankenhaus klinik"
)
"""A name after one of these is a building's."""
_EITHER = words(
    "place pl cours route passage salle tour prix pont parc cite port villa promenade via drive weg sala aula raum "
    "saal room zaal lokaal "
    "parque premio park plein"
)
"""Words of many meanings: à votre place, au second tour."""
_WITH_ARTICLE = words(
    "place pl salle route pont cite villa passage promenade sala aula raum saal parque plein room zaal lokaal"
)
"""Those of them that are a place after nothing but an article; "le prix" or "le parc" may be anything."""
_ARTICLES = words(
    "le la l un une ce cette the a der die das dem den el los las il lo du de d des del dem une o os as het"
)

_NUMBERED = words("via drive weg")
"""Those that take a number, before the name or after it, to be streets."""
_TITLED = words("saint sainte st ste docteur dr general marechal president professeur abbe colonel capitaine amiral of")
_IDIOMS = words("place pl cours route passage tour prix port weg")
"""Those that are also in set phrases: à votre place, au second tour, en cours de route."""
_SOMEWHERE = words(
    "dans vers sur sous devant derriere pres face cote entree sortie adresse lieu rendez vous entre jusqu depuis "
    "quartier angle longe longeant rejoindre traversez prenez inscription visite visiter situe situee sis sise at near "
    "behind beside opposite outside inside in am im bei beim zum vor hinter neben en junto cerca frente hasta presso "
    "vicino davanti perto bij naast przy obok w remise laureat laureate concours ceremonie decerne award"
)
"""Words before a place where somebody goes or is."""
_NEAR = 5
_NEVER_BEFORE = words(
    "a au en votre sa son leur notre ma mon ta ton leurs vos nos premier second deuxieme troisieme dernier 1er 2e 2eme"
)
_ADDRESS_AFTER = regex(r"\W{1,4}(?:\d{1,5}\b(?!\s?h)|[A-Z]{1,2}\d)")
_NUMBER_BEFORE = regex(r"\d\w{0,3}(?: (?:bis|ter))?,?\s*$")
_STREET_AFTER = regex(
    r"[ -](?:Street|Road|Rd|Avenue|Ave|Lane|Drive|Square|Hall|School|College|Hospital|Room|Building|Cent(?:re|er)|Park|"
    r"Library|Theatre|Museum|Gardens|Terrace|Crescent|Academy|University|Clinic|Stra(?:ss|ß)e|Str\.|Platz|Weg|Allee|"
    r"Schule|Gymnasium|Halle|Haus|Saal|Ring|Ufer|Brücke|Krankenhaus|Kita|Stadion|Straat|Laan|Plein)(?![\w])"
)
_SHORTENED = regex(r"(?<=\bav|\bbd|\bul|\bbl|\bpl|\bst|\bdr)\.\s?|(?<=\bave|\bsta|\bste|\bstr|\bimp|\ball|\bgal)\.\s?")
"""The point of a street's word that is cut short: it ends no sentence."""
_IN_NAME_OF = regex(r"\bim\.\s?")
"""Szkoła im. ...: named after somebody."""
_WORD = regex(r"[^\W_]+")
_BREAK = regex(r"[.;:!?\n]|,\s")


def names_a_place(before: str, after: str) -> bool:
    """Whether the text before a name, and the text after it, say that a street or a building is called so.

    A word of many meanings needs evidence: a number, a town, a capital, a title, or words of going there. "Le prix
    Hugo Durand" alone may be anything.
    """
    if _STREET_AFTER.match(after):
        return True
    written = _WORD.findall(before)
    before = _SHORTENED.sub(" ", _IN_NAME_OF.sub(" imienia ", strip_accents(before)))
    start = max((match.end() for match in _BREAK.finditer(before)), default=0)
    numbered = bool(_NUMBER_BEFORE.search(before[:start]))
    said = _WORD.findall(before[start:])
    titled, is_of = False, said[-1:] == ["of"]
    while said and said[-1] in _TITLED:
        titled = True
        said.pop()
    if titled and said and said[-1] in ("du", "de", "d", "l"):
        said.pop()
    if not said:
        return False
    word, earlier = said[-1], said[:-1]
    if word in _STREETS or word in _HOUSES:
        return True
    if word not in _EITHER:
        return False
    instead = word in ("place", "pl") and (is_of or earlier[-2:] == ["a", "la"])
    if instead or (word in _IDIOMS and not _NEVER_BEFORE.isdisjoint(earlier[-1:])):
        return False
    if any(each[0].isdigit() for each in earlier[-2:]) or (numbered and not earlier) or _ADDRESS_AFTER.match(after):
        return True
    if word in _NUMBERED:
        return False
    is_capital = any(each[0].isupper() and strip_accents(each) == word for each in written[-_NEAR:])
    goes_there = not _SOMEWHERE.isdisjoint(earlier[-_NEAR:]) or earlier[-1:] in (["au"], ["aux"], ["en"])
    if titled or not earlier or is_capital or goes_there or earlier[-2:] == ["a", "la"]:
        return True
    return word in _WITH_ARTICLE or earlier[-1] not in _ARTICLES  # "nous nous verrons parc Hugo Durand"
