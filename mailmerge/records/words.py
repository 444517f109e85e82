"""The words by which tables of people name their columns, folded (:func:`mailmerge.text.fold`); usual ones first."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split(","))


EMAIL = _words(
    """email, e mail, mail, courriel, mel, email address, e mail address, mail address, adresse email, adresse e mail,
    adresse mail, adresse courriel, adresse de courriel, adresse electronique, adresse de messagerie, adresse mel,
    adresse email du candidat, adresse mail du candidat, adresse e mail du candidat, email candidat, e mail candidat,
    mail candidat, courriel candidat, email du candidat, e mail du candidat, mail du candidat, candidate email,
    candidate e mail, applicant email, email personnel, e mail personnel, mail personnel, email perso, e mail perso,
    mail perso, personal email, primary email, email principal, e mail principal, courriel principal, votre e mail,
    votre email, votre adresse e mail, your email, to, recipient, destinataire, emailadresse, e mail adresse"""
)
EMAIL_TOKENS = frozenset(_words("email, mail, courriel, mel, emails, mails, courriels, messagerie"))

FIRST_NAME = _words(
    """prenom, prenoms, prenom s, prenom usuel, prenom d usage, prenom candidat, prenom du candidat, first name,
    firstname, given name, givenname, forename, candidate first name, fname"""
)
LAST_NAME = _words(
    """nom de famille, nom d usage, nom usuel, nom marital, nom candidat, nom du candidat, patronyme, last name,
    lastname, surname, family name, candidate last name, lname, nom de naissance"""
)
FULL_NAME = _words(
    """nom complet, nom et prenom, nom prenom, prenom nom, prenom et nom, nom prenoms, nom et prenoms,
    noms et prenoms, full name, fullname, candidat, candidate, candidate name, applicant, applicant name,
    display name, nom affiche, nom d affichage, identite, contact, contact name"""
)
NAME = _words("nom, name, noms, names")
"""The last name beside a first name, the full name alone where most cells hold several words."""

CIVILITY = _words(
    """civilite, civ, titre de civilite, civility, salutation, honorific, prefix, title, titre, m mme, mr mrs,
    m mme mlle, formule d appel"""
)
LANGUAGE = _words(
    """langue, language, lang, langue de correspondance, correspondence language, preferred language, langue preferee,
    locale"""
)

CIVILITIES = frozenset(
    _words(
        """m, mr, mrs, ms, miss, mx, mme, mlle, monsieur, madame, mademoiselle, dr, docteur, doctor, pr, prof,
        professeur, professor, me, maitre, mmes, messieurs, sir, madam"""
    )
)
LANGUAGES = frozenset(
    _words(
        """fr, en, de, es, it, nl, pt, francais, french, anglais, english, allemand, german, deutsch, espagnol,
        spanish, italien, italian, neerlandais, dutch, portugais, portuguese, fr fr, en gb, en us, fr be, fr ch,
        fr ca, de de"""
    )
)
KNOWN = frozenset((*EMAIL, *FIRST_NAME, *LAST_NAME, *FULL_NAME, *NAME, *CIVILITY, *LANGUAGE))
