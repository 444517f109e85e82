"""What a letter and a cell say of somebody: accepted, refused, or neither; in the languages of the project.

Folded words (no case, no accents). Both are read only where the words leave no doubt.
"""

from __future__ import annotations

from enum import StrEnum

from mailmerge.letter.decisions.answers import means_yes
from mailmerge.lint.vocabulary import words
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex


class LetterVerdict(StrEnum):
    """What was decided about somebody."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


_NO = words("non no nein nao nie nee n ko")
_ACCEPTED = words(
    "retenu retenue accepte acceptee admis admise embauche embauchee recrute recrutee engage engagee favorable "
    "selectionne selectionnee accepted hired selected offered successful admitted appointed zusage zugesagt angenommen "
    "eingestellt aufgenommen aceptado aceptada seleccionado seleccionada contratado contratada admitido admitida "
    "ammesso ammessa accettato accettata assunto assunta selezionato selezionata aceito aceita aprovado aprovada "
    "selecionado selecionada przyjety przyjeta zatrudniony zatrudniona aangenomen geselecteerd toegelaten"
)
_REFUSED = words(
    "refus refuse refusee rejete rejetee ecarte ecartee defavorable elimine eliminee recale recalee ajourne ajournee "
    "rejected declined unsuccessful refused absage abgesagt abgelehnt rechazado rechazada descartado descartada "
    "respinto respinta rifiutato rifiutata escluso esclusa scartato scartata recusado recusada rejeitado rejeitada "
    "reprovado reprovada odrzucony odrzucona odmowa afgewezen geweigerd"
)
_INVITED = words(
    "entretien rencontrer invite invitee convoque convoquee convie conviee preselectionne preselectionnee interview "
    "invited shortlisted shortlist gesprach vorstellungsgesprach eingeladen einladen einladung entrevista convocado "
    "convocada convidado convidada colloquio convocato convocata invitato invitata rozmowa zaproszony zaproszona "
    "gesprek uitgenodigd"
)
_ABOUT_INVITING = words(
    "a au en pour de l un une le premier 1er 2e 2eme second deuxieme telephonique to for an first phone yes oui ok "
    "zum ins una per al na op"
)
"""What may surround them. ``Entretien effectué`` and ``Refus après entretien`` say something else."""
_NEGATED = regex(r"(?:non|not|un|pas|nicht|no|nao|nie|niet) (?P<rest>\w+)")
_FINAL = words("final finale finaux definitif definitive finally endgultig definitivo definitiva definitief ostateczna")
_DECISIONS = words(
    "decision decisions verdict issue outcome entscheidung entscheid ergebnis decisione esito decisao decyzja wynik "
    "besluit uitkomst retenu retenue retenus admis admise admission accepte acceptee embauche selection selectionne "
    "selected hired accepted resultado resolucion avis"
)
_STATES = words("statut status resultat resultats result results stato estado situacao stan suite")

_REFUSAL = (
    # French
    r"n (?:a|ont|avons|avez|est|etes|sera|serez) (?:\w+ )?pas (?:\w+ )?(?:ete )?"
    r"(?:retenue?s?|selectionnee?s?|admise?s?|acceptee?s?)",
    r"n a pu (?:\w+ )?(?:etre )?(?:retenue?|acceptee?)|ne correspond pas",
    r"ne (?:pouvons|pourrons|sommes|souhaitons|donnerons|donnons|pouvoir) (?:\w+ ){0,5}"
    r"(?:suite|vous proposer|retenir|vous accueillir|vous recruter|en mesure)",
    r"decide de ne pas (?:retenir|poursuivre|donner)|poste (?:a|est) (?:\w+ )?(?:ete )?pourvu|ne l avons pas retenue?",
    r"(?:pas|im)(?: )?possible d(?:e| y) (?:\w+ ){0,3}suite",
    r"(?:suite|reponse) (?:defavorable|negative)",
    r"d autres (?:candidat\w*|profils)",
    r"(?:regret|regrettons) de vous (?:informer|annoncer)",
    # English
    r"(?:not|won t) (?:be |been )?(?:successful|selected|shortlisted|accepted|taking|take|progress\w*|proceed\w*)",
    r"(?:not|won t) (?:be )?(?:inviting|offering|moving|move)|(?:unable|not able) to (?:offer|progress|take)",
    r"(?:go|going|went|decided to go) ahead with (?:others?|somebody|someone|another)|cannot offer",
    r"other (?:candidates|applicants)|chosen (?:somebody|someone|another)|unsuccessful|decided not to",
    r"(?:regret|sorry) to (?:inform|tell|say|let you know)",
    # German
    r"nicht (?:\w+ ){0,3}(?:berucksichtig\w+|ausgewahlt|entschieden|angenommen)",
    r"absagen?|anderen? bewerber\w*|bedauern",
    # Spanish, Portuguese, Italian
    r"n(?:ao|o) (?:\w+ ){0,3}(?:selecc?ionad\w|admitid\w|aceptad\w|aceit\w)",
    r"non (?:\w+ ){0,4}(?:selezionat\w|accolt\w|ammess\w)",
    r"lamentamos|spiacenti",
    # Polish, Dutch
    r"nie (?:\w+ ){0,4}(?:przyjet\w+|wybran\w+|zaakceptowan\w+)",
    r"niet (?:\w+ ){0,6}(?:geselecteerd|uitgekozen|aangenomen|gekozen)",
    r"z przykroscia|afgewezen",
)
_GOOD_NEWS = (
    # French
    r"votre (?:candidature|demande|dossier) (?:a|est) (?!pas\b)(?:\w+ )?(?:ete )?"
    r"(?:retenue?(?! (?:\w+ ){0,3}attention)|acceptee?|admise?|selectionnee?)",
    r"vous (?:etes|avez) (?!pas\b)(?:\w+ )?(?:ete )?(?:retenue?|acceptee?|admise?|selectionnee?|recrutee?)",
    r"(?:plaisir|heureux|heureuse|joie|ravie?s?) de vous (?:annoncer|informer|proposer|confirmer|accueillir|offrir)",
    r"felicitations|promesse d embauche|nous avons retenu votre",
    r"nous (?:vous (?:proposons|invitons|convions)|(?:souhait|aimer)(?:er)?i?ons vous (?:inviter|convier)) "
    r"(?:\w+ ){0,3}entretien|(?:souhait|aimer)(?:er)?i?ons vous rencontrer",
    # English
    r"congratulations|has been (?:successful|accepted)",
    r"(?:pleased|delighted|happy|glad) to (?:offer|inform|invite|confirm|welcome|tell)",
    r"you (?:have been|were|are) (?!not\b)(?:\w+ )?(?:selected|accepted|admitted|hired)",
    r"(?:like to|we) invite you (?:\w+ ){0,3}interview|would like to meet you",
    # German
    r"laden (?:wir )?(?:sie|dich) (?:\w+ ){0,5}(?:vorstellungs)?gesprach",
    r"gluckwunsch|freuen uns (?:\w+ ){0,8}(?:mit(?:zu)?teilen|an(?:zu)?bieten|ein(?:zu)?laden)",
    # Spanish, Portuguese, Italian
    r"enhorabuena|nos complace|parabens|temos o prazer|congratulazioni|lieti di",
    r"(?:le|la|te) invitamos (?:\w+ ){0,3}entrevista|convidamos (?:\w+ ){0,4}entrevista",
    r"(?:la|ti) invitiamo (?:\w+ ){0,3}colloquio",
    # Polish, Dutch
    r"gratulujemy|z przyjemnoscia|zapraszamy (?:\w+ ){0,4}rozmow\w+|gefeliciteerd|verheugd",
    r"nodigen (?:\w+ ){0,3}uit (?:\w+ ){0,4}gesprek",
)
_REFUSES, _ACCEPTS = (regex(rf"\b(?:{'|'.join(patterns)})\b") for patterns in (_REFUSAL, _GOOD_NEWS))


def verdict_of_letter(text: str) -> LetterVerdict | None:
    """What a letter says to everybody who gets it; ``None`` if it says neither, or both."""
    folded = fold(text)
    refuses, accepts = bool(_REFUSES.search(folded)), bool(_ACCEPTS.search(folded))
    if refuses == accepts:
        return None
    return LetterVerdict.REFUSED if refuses else LetterVerdict.ACCEPTED


def verdict_of_cell(cell: str, header: str) -> LetterVerdict | None:
    """What a cell of a column of decisions says.

    Yes, no and an interview count below a header that asks for a decision: as a state, an interview may be over.
    """
    text = fold(cell)
    negated = _NEGATED.fullmatch(text)
    if text in _ACCEPTED:
        return LetterVerdict.ACCEPTED
    if text.partition(" ")[0] in _REFUSED or (negated and negated["rest"] in _ACCEPTED):
        return LetterVerdict.REFUSED
    if not _DECISIONS.intersection(fold(header).split()):
        return None
    if text in _NO:
        return LetterVerdict.REFUSED
    said = set(text.split())
    invited = said & _INVITED and said <= _INVITED | _ABOUT_INVITING
    return LetterVerdict.ACCEPTED if invited or means_yes(cell) else None


def rank(header: str) -> int:
    """How sure it is that a column holds what was decided in the end; 0 where it holds something else."""
    said = set(fold(header).split())
    if not said & (_DECISIONS | _STATES):
        return 0
    return 3 if said & _FINAL else 2 if said & _DECISIONS else 1
