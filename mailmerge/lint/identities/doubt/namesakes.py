"""Whether a name is that of a thing: "the Mary Rose", "le voilier Hugo Durand", "promotion Marie Curie"."""

from __future__ import annotations

from mailmerge.lint.identities.declensions import POSSESSIONS
from mailmerge.lint.vocabulary import words
from mailmerge.text.folding import fold, strip_accents
from mailmerge.text.regex import regex

_THINGS = words(
    "bateau navire voilier goelette fregate paquebot ferry peniche yacht catamaran vedette chalutier cargo sloop "
    "ship boat vessel barge trawler lifeboat schooner steamer warship frigate schiff segelschiff boot fahre barco "
    "buque velero barca traghetto veliero nave schip zeilschip veerboot statek jacht prom navio veleiro nava vapor "
    "orchestre quatuor choeur chorale orchestra quartet choir orchester chor orquesta coro orkest koor orkiestra chor "
    "rosier cultivar bourse trophee tournoi challenge promotion promo programme program chaire fellowship scholarship "
    "award prize medal trophy cup stipendium preis pokal beca trofeo borsa beurs prijs stypendium nagroda bolsa bursa "
    "ouragan tempete cyclone hurricane storm sturm pfarrei paroisse parish basilique cathedrale chapelle abbaye "
    "church chapel cathedral abbey kirche kapelle kathedrale iglesia capilla catedral ermita chiesa cappella kerk "
    "kosciol parafia igreja biserica pub inn"
)
"""What bears a name of its own, and is nobody."""
_BETWEEN = words(
    "nomme nommee appele appelee baptise baptisee dit dite named called christened namens genannt getauft llamado "
    "llamada bautizado bautizada chiamato chiamata battezzato genaamd gedoopt imieniem nazwany chamado chamada "
    "the le la l der die das el il lo de het o a numit saint sainte san santa sankt sint sw sao sfantul st"
)
"""Words between such a thing and its name."""
_ARTICLE = regex(r"(?:\A|[^\w'’])(?:[Tt]he|[Ll]e|du|au)[ \xa0][\"“«'‘\xa0 ]{0,2}\Z")
"""One that no person has before the first name; in other languages some have."""
_LE_OF_A_NAME = regex(r"[^\W\d_][ \xa0]Le[ \xa0]\Z")
_ABOARD = regex(
    r"\b(?:aboard the|on board the|[aà] bord (?:du|de la)|an Bord der|auf der|a bordo (?:del|della|do|da|de la)|"
    r"aan boord van de|na pok[lł]adzie|la bordul)[ \xa0][\"“„«'‘\xa0 ]{0,2}\Z",
)
_QUOTED = regex(r"[ \xa0]*[\"“”„«»'‘’]?[ \xa0]*\Z")
_AFTER = regex(
    r"[ \xa0-](?:Prize|Award|Medal|Fellowship|Scholarship|Cup|Trophy|Lecture|Orchestra|Quartet|Choir|Band|Ship|Ferry|"
    r"Preis|Stipendium|Chor|Orchester|Quartett|Schiff|Medaille|Pokal|Prijs|Beurs|Koor|Church|Chapel|Kirche|Kerk)(?!\w)"
    r"|-(?:prijs|beurs|koor|orkest|fonds|bokaal|lezing|kerk|school|zaal)(?!\w)"
)
_OF_PEOPLE = frozenset(word for said in POSSESSIONS.values() for word in said) | words(
    "interview candidacy case matter feedback cv"
)
_FIRST_WORDS = regex(r"(?:[ \xa0][^\W\d_]+){1,2}")
_APOSTROPHE = regex(r"['’]s?(?!\w)")
_BREAK = regex(r"[.;:!?\n]|,(?=\s|\Z)")
_WORD = regex(r"[^\W_]+")


def names_a_thing(before: str, after: str, *, of_one_text: bool) -> bool:
    """Whether the text before a name, or after it, says that a thing is called so; what has an interview or an
    application is a person, whatever is before.

    An article says so only in what is ``of_one_text``: in a message that is put together of a letter and of cells it is
    too little.
    """
    if _AFTER.match(after):
        return True
    if _is_somebodys(after):
        return False
    if _ABOARD.search(before):
        return True
    if of_one_text and _ARTICLE.search(before) and not _LE_OF_A_NAME.search(before):
        return True
    plain = strip_accents(_QUOTED.sub("", before))
    said = _WORD.findall(plain[max((found.end() for found in _BREAK.finditer(plain)), default=0) :])
    while said and said[-1] in _BETWEEN:
        said.pop()
    return bool(said) and said[-1] in _THINGS


def _is_somebodys(after: str) -> bool:
    if _APOSTROPHE.match(after):
        return True
    following = _FIRST_WORDS.match(after)
    return following is not None and not _OF_PEOPLE.isdisjoint(fold(following[0]).split())
