"""The words by which tables of people name their columns, folded (:func:`mailmerge.text.fold`); usual ones first."""

from mailmerge.titles import TITLES


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split(","))


def _each(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- words that change nothing ---------------------------------------------------------------------------------------

FILLERS = _each(
    """de du des d la le l les un une of the a an s votre vos mon ma mes notre your my our their his her son sa ses e
    quel quelle est sont what is please enter type indiquez indiquer saisir saisissez veuillez merci renseignez
    obligatoire facultatif facultative required optional requis"""
)
"""Words around the one that counts: "Quelle est votre adresse e-mail (obligatoire) ?"."""
PERSON = _each(
    """candidat candidate candidats candidates applicant applicants postulant postulante salarie salariee salaries
    employe employee employes employees collaborateur collaboratrice collaborateurs agent agente etudiant etudiante
    etudiants student students eleve eleves pupil apprenti apprentie apprentis alternant alternante alternants
    stagiaire stagiaires intern interns trainee participant participante participants attendee attendees inscrit
    inscrite inscrits registrant membre membres member members adherent adherente adherents beneficiaire beneficiaires
    personne personnes person people interesse interessee usager usagere abonne abonnee subscriber repondant
    repondante respondent apprenant apprenante learner worker convive invite invitee guest bewerber mitarbeiter
    volunteer benevole benevoles"""
)
"""Words for the person of the row: "Nom du candidat" is the name."""
NOT_THEIRS = _each(
    """manager managers management superieur superieure superieurs hierarchique hierarchie responsable responsables
    resp referent referente referents tuteur tutrice tuteurs tutor tutors parent parents pere mere papa maman father
    mother mum mom dad guardian guardians representant representante conjoint conjointe spouse epoux epouse husband
    wife partner partenaire partenaires enfant enfants child children chef cheffe chefs boss lead leader director
    directeur directrice direction supervisor supervisors superviseur superviseure head rh hr drh rrh hrbp
    gestionnaire assistant assistante assistants secretaire secretary secretariat recruteur recruteuse recruteurs
    recruiter recruiters recruitment recrutement sourcer sourceur interviewer interviewers interlocuteur
    interlocutrice evaluateur evaluatrice evaluator reviewer approver approbateur approbatrice valideur validateur
    validatrice validator mentor mentors coach parrain marraine sponsor buddy encadrant encadrante encadrants
    enseignant enseignante enseignants professeur professeurs teacher teachers instructor formateur formatrice
    formateurs trainer maitre jury examinateur examinatrice examiner urgence urgences emergency cc bcc cci copie
    copies copy backup remplacant remplacante suppleant suppleante delegue deleguee deputy substitute owner
    proprietaire author auteur autrice creator createur creatrice created cree creee modifie added ajoute sender
    expediteur expeditrice emetteur employer employeur employers entreprise entreprises societe societes company
    companies organisation organization organisme org etablissement agence agency fournisseur supplier vendor
    consultant consultante conseiller conseillere advisor adviser referrer referred referral cooptant cooptante
    cooptateur apporteur coordinator coordinateur coordinatrice coordonnateur coordonnatrice supervisory colleague
    collegue hote host hostess organizer organisateur organisatrice signataire signatory commercial commerciale
    vendeur vendeuse seller admin administrator administrateur administratrice webmaster correspondant correspondante
    hiring legal legale legaux mgr ceo dg pdg president presidente dirigeant dirigeante gerant gerante patron patronne
    adjoint adjointe referant referante kin relative relatives proche proches aidant aidante accompagnant
    accompagnante accompagnateur accompagnatrice prescripteur prescriptrice mandataire curateur curatrice frere soeur
    brother sister prevenir contacter proviseur medecin animateur animatrice educateur educatrice moniteur monitrice"""
)
"""Words for somebody or something else than the person of the row, whose address and name are not the person's."""
BY = _each("par by")
"""After these, at the end of a header, somebody who did something is named: "Suivi par", "Interviewed by (e-mail)"."""
ABOVE = (("n", "1"), ("n", "2"), ("n", "3"))
"""``N+1``, the superior, in folded words."""

# --- addresses -------------------------------------------------------------------------------------------------------

EMAIL_FILLERS = _each(
    """adresse adresses address addresses adr addr value valeur 1 01 principal principale primary main default defaut
    preferred prefere preferee actuel actuelle current courant valide valid verified id contact user utilisateur
    utilisatrice client cliente customer internet destinataire recipient personne smtp premier premiere usuel usuelle
    communication correspondance"""
)
EMAIL_STEMS = frozenset(
    _words(
        """email, e mail, mail, courriel, mel, courrier electronique, electronique, messagerie, messagerie
        electronique, electronic mail, emails, mails, e mails, courriels, couriel, courriel electronique,
        emailaddress, emailadress, emailadresse, e mail adresse, mailadresse, mailaddress, adressemail, adresseemail,
        mailto, correo, correo electronico, direccion correo electronico, posta elettronica, indirizzo email,
        indirizzo e mail, emailadres, e mailadres, epost, mail electronique, mail id, proxy"""
    )
)
"""What is left of the header of an e-mail column without the words that change nothing."""
EMAIL_WHOLE = frozenset(
    _words(
        """to, recipient, recipients, destinataire, destinataires, smtp address, adresse smtp, primary smtp address,
        adresse smtp principale, windows email address"""
    )
)
"""Headers that say it as a whole."""
EMAIL_LOGIN = frozenset(
    _words(
        """user principal name, userprincipalname, upn, sign in name, user logon name, nom principal utilisateur, nom
        utilisateur principal, nom d utilisateur principal, nom principal d utilisateur"""
    )
)
"""What directories call the name that somebody signs in with, which is an address and nearly always works."""
EMAIL_SECOND = _each(
    """2 3 4 5 02 03 second seconde secondaire secondary alternate alternatif alternative autre other additional
    additionnel supplementaire recovery recuperation secours perso personal personnel personnelle prive privee private
    home domicile pro professionnel professionnelle professional work travail business bureau office old ancien
    ancienne previous institutionnel institutionnelle universitaire university"""
)
"""Words by which a person's second address differs from the first."""
EMAIL_TOKENS = _each("email mail courriel mel emails mails courriels messagerie electronique electronic")

# --- names -----------------------------------------------------------------------------------------------------------

FIRST_NAME = _words(
    """prenom, prenoms, prenom s, first name, firstname, given name, givenname, forename, forenames, given names,
    first names, legal first name, prenom legal, legal name first name, fname, prenom 1, premier prenom, prenom
    principal, prenom etat civil, vorname, voornaam"""
)
USUAL_FIRST_NAME = _words(
    """prenom usuel, prenom usage, prenom prefere, prenom choisi, preferred first name, preferred name first name,
    known as, preferred given name, usual first name, chosen first name"""
)
LAST_NAME = _words(
    """nom famille, patronyme, nom patronymique, last name, lastname, surname, family name, familyname, legal last
    name, nom legal, legal name last name, lname, sn, nachname, familienname, apellido, apellidos, cognome,
    achternaam, nom etat civil, nom actuel, nom 1, last names, surnames"""
)
USUAL_LAST_NAME = _words(
    """nom usage, nom usuel, nom usage actuel, nom marital, nom epoux, nom mariage, nom epouse, nom femme mariee, nom
    marie, preferred last name, preferred name last name, preferred surname, married name, usual name, used name, name
    in use"""
)
BIRTH_NAME = _words(
    """nom naissance, nom famille naissance, nom jeune fille, nom fille, nee, ne e, nom a naissance, nom origine,
    birth name, birth last name, birth surname, name at birth, surname at birth, last name at birth, family name at
    birth, maiden name, maidenname, former name, former surname, former last name, previous name, previous surname,
    previous last name, ancien nom, geburtsname, nom avant mariage"""
)
FULL_NAME = _words(
    """nom complet, nom prenom, prenom nom, nom et prenom, prenom et nom, nom prenoms, prenoms nom, nom et prenoms,
    prenoms et nom, noms et prenoms, noms prenoms, nom prenom s, nom et prenom s, full name, fullname, complete name,
    candidat, candidate, applicant, salarie, employe, employee, collaborateur, participant, display name, displayname,
    nom affiche, nom affichage, nom afficher, cn, identite, personne, nom complet etat civil, first and last name,
    name and surname, last name first name, first name last name, name first name, last name and first name, first
    name and last name, name complete, contact, contact name, nom contact, attendee, respondent, repondant, etudiant,
    eleve, student, stagiaire, apprenant, membre, member, adherent"""
)
NAME = _words("nom, name, noms, names")
"""The last name beside a first name, the full name alone where most cells hold several words."""

# --- the rest --------------------------------------------------------------------------------------------------------

CIVILITY = _words(
    """civilite, civ, titre de civilite, civility, salutation, honorific, prefix, title, titre, m mme, mr mrs, m mme
    mlle, formule d appel"""
)
LANGUAGE = _words(
    """langue, language, lang, langue de correspondance, correspondence language, preferred language, langue preferee,
    locale"""
)

CIVILITIES = TITLES
LANGUAGES = frozenset(
    _words(
        """fr, en, de, es, it, nl, pt, francais, french, anglais, english, allemand, german, deutsch, espagnol,
        spanish, italien, italian, neerlandais, dutch, portugais, portuguese, fr fr, en gb, en us, fr be, fr ch, fr
        ca, de de"""
    )
)
NOT_NAMES = _each(
    """ville town city commune lieu place adresse address rue street pays country region departement department poste
    position job emploi fonction metier role title titre intitule service equipe team societe entreprise company
    organisation organization employer employeur statut status etat state diplome degree formation training ecole
    school universite university langue language date mois jour annee secteur sector categorie category type niveau
    level source canal contrat contract site agence decision avis commentaire commentaires comment comments note notes
    motif competence competences skill skills specialite domaine nationalite nationality sexe genre gender filiere
    promotion classe groupe group offre campagne produit product marque brand signataire"""
)
"""Words in the headers of columns that hold capitalised words, and no names of people."""
