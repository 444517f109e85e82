"""Lists of words, written as a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

CAPITAL = "A-ZÀ-ÖØ-ÞΆ-ΫЀ-Я" + "".join(
    letter for letter in map(chr, (*range(0x100, 0x250), *range(0x1E00, 0x1F00))) if letter.isupper()
)
"""Letters with which names begin, for a class of a pattern: those of Łukasz, Şahin, Đặng and Ágnes too."""


def words(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


FREE_MAIL = words(
    "gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr hotmail.be hotmail.co.uk live.com live.fr "
    "msn.com yahoo.com yahoo.fr yahoo.co.uk yahoo.de ymail.com rocketmail.com icloud.com me.com mac.com orange.fr "
    "wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr numericable.fr club-internet.fr aliceadsl.fr aol.com "
    "gmx.com gmx.fr gmx.de gmx.net web.de t-online.de proton.me protonmail.com pm.me mail.com mailo.com zoho.com "
    "btinternet.com sky.com virginmedia.com ntlworld.com talktalk.net skynet.be telenet.be bluewin.ch hispeed.ch "
    "libero.it tiscali.it email.com outlook.de outlook.be yandex.com tutanota.com tuta.io posteo.net posteo.de "
    "fastmail.com yahoo.es yahoo.it yahoo.ca hotmail.it hotmail.es hotmail.de live.be live.co.uk live.nl outlook.es "
    "outlook.it freenet.de arcor.de mailbox.org kpnmail.nl ziggo.nl hetnet.nl home.nl xs4all.nl proximus.be voo.be "
    "netcourrier.com caramail.com cegetel.net voila.fr"
)
"""Domains that anybody may have an address at."""

ROLES = words(
    "info infos contact rh drh hr jobs job recrutement recrutements recruitment careers carriere carrieres emploi "
    "candidat candidats candidature candidatures candidates applicants tous toutes all everyone everybody team equipe "
    "staff personnel salaries employees collaborateurs admin administration administrateur postmaster webmaster "
    "abuse noreply no-reply ne-pas-repondre nepasrepondre accueil reception direction secretariat office hello "
    "bonjour support service services compta comptabilite commercial ventes sales marketing communication presse press "
    "paie payroll dpo dpd rgpd gdpr privacy datenschutz formation training empleo nominas lohn bewerbung "
    "bewerbungen karriere ausbildung verwaltung secretaria administracion urlaub people talent onboarding "
    "mail email courrier bureau association mairie list liste lists listes newsletter members membres groupe group "
    "aide applications billing career contacto donotreply emplois enquiries enquiry events facturation feedback help "
    "informacion information inscription inscriptions juridique kontakt legal mediateur mediation personal privacidad "
    "recruiting reservation reservations sav securite security webmestre"
)
"""What is before the @ of a mailbox that a function has, and nobody alone."""

INTERNAL = words(
    "score scores scoring note notes avis commentaire commentaires comment comments remarque remarques remark remarks "
    "motif motifs reason salaire salaires salary remuneration interviewer interviewers evaluateur evaluation rating "
    "rang rank ranking classement interne internal confidentiel confidential appreciation observation observations"
)
"""Words in the names of columns that are for colleagues only."""

_INTERNAL_ELSEWHERE = words(
    "bewertung bewertungen bemerkung bemerkungen kommentar kommentare notiz notizen einschatzung einschatzungen "
    "eindruck beurteilung beurteilungen urteil gehalt gehaltsvorstellung gehaltsvorstellungen gehaltswunsch "
    "lohnvorstellung lohnvorstellungen wunschgehalt gesamturteil schwachpunkt schwachpunkte bauchgefuhl bonitat "
    "bonitatsprufung kreditwurdigkeit absagegrund ablehnungsgrund intern interne internes vertraulich "
    "punktzahl rangliste schwachen anmerkung "
    "anmerkungen begrundung gesprachsnotiz gesprachsnotizen "
    "comentario comentarios observacion observaciones valoracion valoraciones evaluacion evaluaciones puntuacion "
    "puntuaciones salario salarios sueldo motivo motivos interno interna internos internas confidencial impresion "
    "impresiones debilidades apreciacion pretensiones solvencia "
    "commento commenti osservazione osservazioni valutazione valutazioni giudizio giudizi punteggio punteggi stipendio "
    "solvibilita retribuzione riservato riservata interni impressione impressioni debolezze "
    "opmerking opmerkingen beoordeling beoordelingen oordeel salaris salariswens salariswensen vertrouwelijk "
    "kredietwaardigheid afwijzingsreden redenafwijzing indruk zwaktes interviewnotities "
    "uwaga uwagi komentarz komentarze ocena oceny powod powody wynagrodzenie pensja wewnetrzne wewnetrzna wewnetrzny "
    "poufne poufny opinia opinie wrazenie "
    "observacao observacoes avaliacao avaliacoes pontuacao apreciacao pretensao pretensoes impressao fraquezas "
    "vencimento salarial wage wages jahresgehalt monatsgehalt grundgehalt bruttogehalt bruttolohn stundenlohn "
    "brutoloon jaarsalaris maandsalaris uurloon ordenado zarobki"
)
"""The same in German, Spanish, Italian, Dutch, Polish and Portuguese."""

_INTERNAL_TOO = words(
    "pretention pretentions faiblesse faiblesses weakness weaknesses verdict verdicts budget budgets tjm shortlist "
    "shortlisted shortliste blacklist blacklisted blackliste blacklistee debrief debriefing ressenti cotation bareme "
    "appreciations jugement judgement judgment opinion opinions recommandation recommandations recommendation redflag "
    "redflags reticence reticences potentiel fourchette remunerations evaluations evaluateurs assessment assessments "
    "solvabilite assessor scorecard deliberation deliberations salaries scorings grading"
)
_PHRASES = (
    "points faibles, point faible, points negatifs, points de vigilance, point de vigilance, points a ameliorer, weak "
    "points, weak point, strengths and weaknesses, forces et faiblesses, resultat du test, resultat test, resultats "
    "du test, resultats des tests, resultat des tests, resultats tests, resultat technique, test result, test "
    "results, test score, liste noire, black list, short list, hors budget, red flag, red flags, drapeau rouge, day "
    "rate, daily rate, taux journalier, salary expectation, salary expectations, expected salary, current salary, "
    "desired salary, pay expectation, pay expectations, do not hire, no hire, ne pas rappeler, ne pas recontacter, cr "
    "entretien, compte rendu d entretien, prise de references, prise de reference, second choix, deuxieme choix, go "
    "no go, test de personnalite, personality test, usage interne, internal use, decision interne, culture "
    "fit, hire decision, hiring decision, decision finale, reden afwijzing, reden van afwijzing, grund der absage, "
    "razon del rechazo, motivazione rifiuto, oczekiwania finansowe, expectativa salarial, aspiracion salarial, pretesa "
    "economica, aspettative economiche, ral richiesta, pontos fracos, puntos debiles, punti deboli, zwakke punten, "
    "slabe strony, lista negra, lista nera, schwarze liste, zwarte lijst, czarna lista, credit check, credit rating, "
    "staff only, do not contact, ne pas divulguer, ne pas communiquer, gut feeling, zweite wahl, raison du refus, "
    "raisons du refus, cause du refus, rejection reason"
)
_INTERNAL_PHRASES = frozenset(tuple(phrase.split()) for phrase in _PHRASES.split(","))
_LENGTHS = sorted({len(phrase) for phrase in _INTERNAL_PHRASES})


_TO_THE_READER = frozenset(
    tuple(said.split())
    for said in (
        "to you", "for you", "pour vous", "a vous", "pour toi", "a toi", "fur sie", "an sie", "fur dich", "para ti",
        "para usted", "a ti", "per lei", "per te", "a lei", "voor u", "voor jou", "aan u", "dla pana", "dla pani",
        "do pana", "do pani", "para voce", "para si", "til deg", "til dig", "till dig", "pentru dumneavoastra",
    )
)  # fmt: skip
"""Words in the name of a column by which the person who reads the letter is spoken to."""


_FLATS = frozenset({"interno", "n_interno", "nr_interno", "scala_interno", "scala_e_interno"})
"""What Italian calls the number of a flat, or of an extension."""


_OF_PAY = words("pay base basic gross annual monthly hourly current amount eur gbp usd chf")
"""Words beside "pay" in the name of a column that holds what somebody earns: no pay date, no pay number."""


def is_internal(field: str) -> bool:
    """Whether the name of a column, as an identifier, says that it is for colleagues only."""
    if field in _FLATS:
        return False
    parts = field.split("_")
    if not _TO_THE_READER.isdisjoint(pairwise(parts)):
        return False
    said = _without_harmless(parts)
    if "pay" in said and _OF_PAY.issuperset(said) and len(said) > 1:
        return True
    if not all(known.isdisjoint(said) for known in (INTERNAL, _INTERNAL_TOO, _INTERNAL_ELSEWHERE)):
        return True
    return _has_a_phrase(said)


def _has_a_phrase(said: Sequence[str]) -> bool:
    return any(tuple(said[at : at + length]) in _INTERNAL_PHRASES for at in range(len(said)) for length in _LENGTHS)


_COLLEAGUES = words("interviewer interviewers evaluateur evaluateurs assessor")
"""Words that name colleagues themselves, where whole names are below them, and not what they think."""


PAY = words(
    "salaire salaires salary salaries remuneration remunerations pay wage paye paie gehalt verdienst salario salarios "
    "sueldo stipendio retribuzione salaris loon wynagrodzenie pensja vencimento ordenado wages jahresgehalt "
    "monatsgehalt grundgehalt bruttogehalt bruttolohn stundenlohn brutoloon jaarsalaris maandsalaris uurloon zarobki"
)
"""Words for what somebody is paid."""


def names_pay(field: str) -> bool:
    """Whether only the word for pay makes the name of a column seem internal."""
    return _names_only(PAY, field) and not _is_asked_for(field)


MARKS = words(
    "note notes mark marks grade grades grading score scores scoring points resultat resultats result results punkte "
    "punktzahl nota notas puntuacion voto voti punteggio cijfer cijfers ocena oceny pontuacao classificacao"
)
"""Words for what somebody has reached in an examination."""


def names_marks(field: str) -> bool:
    """Whether only the word for a mark makes the name of a column seem internal: remarks may be called so, too."""
    return _names_only(MARKS, field)


RANKS = words("rank ranks rang rangs ranking rating ratings classement")
"""Words for a place in an order; and for what somebody is in an army, on a ship or in a theatre."""


def names_rank(field: str) -> bool:
    """Whether only the word for a rank makes the name of a column seem internal: without a number it is a title."""
    return _names_only(RANKS, field)


def _names_only(known: frozenset[str], field: str) -> bool:
    rest = [word for word in field.split("_") if word not in known]
    return len(rest) < len(field.split("_")) and not is_internal("_".join(rest))


def _is_asked_for(field: str) -> bool:
    """Whether a phrase makes it internal: what somebody asks for is no news, and no letter's business."""
    said = field.split("_")
    return _has_a_phrase(said)


def names_a_role(field: str) -> bool:
    """Whether only the word for a colleague makes the name of a column seem internal."""
    rest = [word for word in field.split("_") if word not in _COLLEAGUES]
    return len(rest) < len(field.split("_")) and not is_internal("_".join(rest))


_HARMLESS = (
    "poste interne, numero interne, tel interne, ligne interne, candidat interne, candidate interne, mobilite interne, "
    "courrier interne, internal candidate, internal phone, note de frais, notes de frais, note de service, notes de "
    "service, note d information, avis de passage, avis d "
    "imposition, budget formation"
)
_HARMLESS_PHRASES = tuple(tuple(phrase.split()) for phrase in _HARMLESS.split(","))
"""What columns are called whose words alone would say that they are for colleagues."""
_HARMLESS_BEGIN = frozenset(phrase[0] for phrase in _HARMLESS_PHRASES)


def _without_harmless(said: list[str]) -> list[str]:
    if _HARMLESS_BEGIN.isdisjoint(said):
        return said
    for phrase in _HARMLESS_PHRASES:
        for at in range(len(said)):
            if tuple(said[at : at + len(phrase)]) == phrase:
                return said[:at] + said[at + len(phrase) :]
    return said


TRADES = words(
    "maison cafe restaurant brasserie bistro bistrot creperie pizzeria hotel auberge gite camping traiteur boucherie "
    "charcuterie fromagerie epicerie poissonnerie librairie fleuriste pepiniere pepinieres coiffure taxi taxis "
    "ambulance ambulances autocars carrosserie plomberie maconnerie peinture couverture paysages scierie minoterie "
    "bijouterie horlogerie opticien optique vignobles vignoble cave caves galerie compagnie bakery butchers brewery "
    "bookshop gallery catering motors builders plumbing florist garage gasthaus gasthof weingut metzgerei tischlerei "
    "schreinerei druckerei buchhandlung brauerei spedition gartnerei friseur restaurante carniceria taller libreria "
    "peluqueria trattoria ristorante pasticceria macelleria officina albergo cantina slagerij drukkerij boekhandel "
    "kwekerij garagebedrijf restauracja piekarnia drukarnia ksiegarnia padaria livraria oficina talho"
)
"""Words before a name, with a capital, that make it the name of a shop, an inn or a workshop."""

STAFF = words(
    "manager recruteur recruteuse recruiter interviewer interlocuteur interlocutrice referent referente signataire "
    "superieur chef n1 tuteur tutrice correspondant correspondante avec with by par jury panel"
)
"""Words in the names of columns that name a colleague who writes or receives."""

OTHERS = STAFF | words("responsable contact charge chargee parrain entreprise societe company poste employeur conjoint")
"""Words in the names of columns in which a name is not that of the person of the row."""

NICKNAMES = words(
    "nickname nicknames nick alias surnom surnoms sobriquet pseudo pseudonyme diminutif spitzname rufname kosename "
    "apodo mote alcunha soprannome nomignolo bijnaam koosnaam roepnaam pseudonim przezwisko ksywka ksywa zdrobnienie"
)
"""Words in the names of columns that hold what somebody is called beside the names on papers."""

NAMES = NICKNAMES | words(
    "nom noms name names prenom prenoms firstname lastname surname usage usuel known called preferred goes forename "
    "vorname nachname"
)
"""Words in the names of columns that hold a name of the person of the row."""

FAMILY = words(
    "parent parents pere mere papa maman father mother mum mom dad conjoint conjointe spouse epoux epouse husband wife "
    "partner partenaire enfant enfants child children frere soeur brother sister guardian tuteur tutrice relative "
    "relatives proche proches eltern elternteil mutter vater ehepartner padre madre padres genitore genitori ouder "
    "ouders voogd moeder vader pai mae"
)
"""Words in the names of columns that name people who may share a mailbox with the person of the row."""
