"""Whether a name is that of a firm or a foundation: "Hugo Durand SARL", "Garage Hugo Durand"."""

from __future__ import annotations

import re

from mailmerge.lint.vocabulary import CAPITAL, TRADES, words
from mailmerge.text.folding import strip_accents
from mailmerge.text.regex import regex

_BEFORE = words(
    "entreprise societe garage atelier ateliers boulangerie patisserie pharmacie fondation "
    "transports etablissements ets groupe editions laboratoires laboratoire imprimerie menuiserie domaine champagne "
    "salon firma backerei metzgerei autohaus stiftung talleres "
    "empresa panaderia bodegas fundacion grupo studio ditta azienda fondazione stichting bakkerij "
    "fundacja piekarnia fundacao empresa messrs"
)
"""Not the practice of a lawyer or a doctor, who is that person."""
_FIRMS = _BEFORE | TRADES
_TRADES_AFTER = _FIRMS | words(
    "builders plumbing roofing flooring joinery carpentry landscapes landscaping haulage electricals surgery practice "
    "pharmacy opticians solicitors accountants architects farm farms stables nurseries jewellers tailors "
    "bau elektro elektrotechnik haustechnik sanitar holzbau metallbau gartenbau dachdeckerei malerbetrieb reisen "
    "verlag architekten rechtsanwalte immobilien bouw installatietechniek makelaars advocaten hoveniers schilderwerken "
    "construcciones reformas abogados arquitectos transportes instalaciones costruzioni impianti trasporti "
    "immobiliare arredamenti construcoes advogados arquitetos budowa nieruchomosci meble "
    "paysage toiture charpente electricite menuiserie terrassement architectes chauffage"
)
"""What is behind the name of who has it: "Hope Booth Bakery", "Anke Vogel Elektrotechnik"; no profession of one
person."""
_TRADE_AFTER = regex(rf"[ \t\xa0]([{CAPITAL}][^\W\d_]+)(?:[ \t\xa0]([{CAPITAL}][^\W\d_]+))?(?![\w'’-])")
_AFTER = regex(
    r"[ \t\xa0]*(?:(?:&|et|and|und|y|e|en)[ \t\xa0]+(?:Fils|Filles|Cie|Co\b|Sons|S[öo]hne|Sohn|Associ[ée]s|Partners?|"
    r"Partner|Hijos|C[íi]a|Figli|Filhos|Zonen)|,?[ \t\xa0](?:SARL|SAS|SASU|SA|SCI|SCP|SELARL|EURL|SNC|GmbH|AG|KG|OHG|"
    r"e\.[ ]?K\.|UG|Ltd|Limited|LLP|LLC|PLC|plc|Inc|S\.[ ]?A\.|S\.[ ]?L\.|S\.[ ]?r\.[ ]?l\.|SpA|S\.p\.A\.|B\.?V\.?|"
    r"N\.?V\.?|"
    r"Lda|[Ss]p\.[ ]?z[ ]?o\.?o\.?|Trust|Foundation|Stiftung|Consulting|Conseil|Avocats|Notaires|Group|Gruppe|Groupe|"
    r"Holding|Solutions|Services|Immobilier|Transports|Editions|Éditions|Construction|Logistics))(?![\w])"
)
_EATERY_BEFORE = regex(
    r"(?:\b[Cc]asa|\b(?:restaurants?|brasserie|bistrot?|auberge|cr[êe]perie|pizzeria|caf[ée]|h[ôo]tel|bar|pub|gasthaus|"
    r"gasthof|wirtshaus|weinstube|ristorante|trattoria|osteria|locanda|taberna|mes[óo]n|tasca|taverna|eetcaf[ée]|herberg|"
    r"restauracj[aąęi]|karczm[aąęy]))[ \xa0]+[\"“„«'‘]?[ \xa0]?(?:(?:chez|da|do|dal|bei|zum|bij|u)[ \xa0]+)?\Z",
    re.IGNORECASE,
)
_EATERY_AFTER = regex(
    r"(?:['’]s?)?[ \xa0](?:Bistro|Restaurant|Bar|Caf[ée]|Kitchen|Diner|Grill|Deli|Brasserie|Tavern|Hotel|"
    r"Guesthouse)(?!\w)"
)
"""Where one eats: "Chez Hugo Durand" alone may be his home."""
_LAST_WORD = regex(r"([^\W_]+)[^\w\n.;:!?,]*\Z")


def names_an_organisation(before: str, after: str) -> bool:
    """Whether the text before a name, or after it, says that a firm is called so."""
    if _AFTER.match(after) or _EATERY_AFTER.match(after) or _EATERY_BEFORE.search(before):
        return True
    behind = _TRADE_AFTER.match(after)
    if behind and any(word and strip_accents(word) in _TRADES_AFTER for word in behind.groups()):
        return True
    last = _LAST_WORD.search(before)
    return last is not None and strip_accents(last[1]) in _FIRMS and not last[1].islower()
