"""The words by which headers speak of names, without the words that change nothing (:data:`headers.FILLERS`)."""

from __future__ import annotations

from mailmerge.records.columns.header_synonyms import FILLERS, PERSON, each_word, phrases


def _folded(text: str) -> tuple[str, ...]:
    fillers = FILLERS | PERSON
    cores = ((" ".join(word for word in phrase.split() if word not in fillers) or phrase) for phrase in phrases(text))
    return tuple(dict.fromkeys(cores))


FIRST_NAME = _folded(
    """prenom, prenoms, prenom s, pren, first name, firstname, given name, givenname, forename, forenames, given names,
    first names, name first name, fname, f name, prenom 1, premier prenom, prenom principal, vorname, vornamen,
    voornaam, voornamen, nome proprio, nombre pila, nombre propio, primer nombre, primeiro nome, primo nome, vorna,
    imie, imiona, pierwsze imie, fornavn, fornamn, fornafn, etunimi, keresztnev, utonev, krestni jmeno, jmeno,
    prenume, prenumele, eesnimi, krstne meno, krestne jmeno, krsni ime, isminiz, adiniz, ilk ad, ilk adi,
    enw cyntaf, собствено име"""
)
USUAL_FIRST_NAME = _folded(
    """rufname, roepnaam, tilltalsnamn, kaldenavn, prenom usage, preferred name first name, nome social, nombre social,
    rufnm"""
)
LAST_NAME = _folded(
    """nom famille, patronyme, nom patronymique, last name, lastname, surname, family name, familyname, name last name,
    lname, sn, nachname, familienname, zuname, apellido, apellidos, cognome, cognomi, achternaam, familienaam,
    sobrenome, apelido, apelidos, ultimo nome, nom 1, last names, surnames, primer apellido,
    cognom, cognoms, llinatge, llinatges, abizena, abizenak,
    nazwisko, nazwiska, efternavn, efternamn, etternavn, eftirnafn, sukunimi, vezeteknev, csaladnev, prijmeni,
    csaladi nev, soyad, soyadi, soyisim, soyadiniz, soyisminiz, soy isim, priezvisko, prezime, priimek, pavarde,
    uzvards, perekonnanimi, perenimi, nume familie, numele familie, sloinne, kunjom, cyfenw, επωνυμο, επιθετο,
    фамилия, фамилно име, прізвище, nachn"""
)
USUAL_LAST_NAME = _folded(
    """nom usage, nom epoux, nom mariage, nom epouse, nom femme mariee, preferred name last name, usual name, used name,
    name in use, ehename"""
)
USUAL_NAME = _folded(
    "preferred name, known as, display name, displayname, nom affiche, nom affichage, nom afficher, called, goes by"
)
"""What somebody is called: a first name, or all of the name; the content tells."""
DISPLAYED = frozenset(_folded("display name, displayname, nom affiche, nom affichage, nom afficher, cn"))
FORMER_LAST_NAME = _folded(
    """nom jeune fille, nom fille, nee, ne e, maidenname, geburtsname, madchenname, meisjesnaam, geboortenaam,
    nom avant mariage, geborene"""
)
FULL_NAME = _folded(
    """nom complet, name last first, name first last, name last first mi, name last first middle, full name last first,
    full name first last, full name last first mi, last first, first last, nom nom prenom, nom prenom,
    prenom nom, nom et prenom, prenom et nom, nom prenoms, prenoms nom, nom et prenoms,
    prenoms et nom, noms et prenoms, noms prenoms, nom prenom s, nom et prenom s, full name, fullname, complete name,
    candidat, candidate, applicant, salarie, employe, employee, collaborateur, participant, cn, identite, personne,
    first and last name, name and surname, last name first name, first name last name, name first name, last name and
    first name, first name and last name, name complete, payroll name, worker name, contact, contact name,
    nom contact, attendee, respondent,
    repondant, etudiant, eleve, student, stagiaire, apprenant, membre, member, adherent, vollstandiger name,
    vor und nachname, vorname nachname, nachname vorname, name vorname, vorname name, volledige naam,
    voor en achternaam, voornaam achternaam, nombre completo, nombre apellidos, apellidos nombre, nombre apellido,
    apellido nombre, nome completo, nome cognome, cognome nome, nome sobrenome, nome apelido, imie nazwisko,
    imie i nazwisko, nazwisko imie, nazwisko i imie, ad soyad, adi soyadi, ad ve soyad, adi ve soyadi, adiniz soyadiniz,
    soyad ad, soyadi adi, isim soyisim, isim soyad, isim ve soyisim, soyisim isim, isminiz soyisminiz, fullt navn,
    fullstandigt namn, teljes nev, vezeteknev keresztnev, jmeno prijmeni, prijmeni jmeno, cele jmeno, meno priezvisko,
    priezvisko meno, cele meno, ime prezime, prezime ime, ime priimek, ime in priimek, priimek ime, priimek in ime,
    nume prenume, nume si prenume, prenume nume, prenume si nume, numele prenumele, numele si prenumele, nume complet,
    vardas pavarde, vardas ir pavarde, pavarde vardas, vards uzvards, vards un uzvards, uzvards vards,
    ees perekonnanimi,
    ees ja perekonnanimi, taisnimi, etunimi sukunimi, etunimi ja sukunimi, etu ja sukunimi, sukunimi etunimi, koko nimi,
    for og etternavn, for og efternavn, for och efternamn, fornavn etternavn, fornavn og etternavn, fornavn efternavn,
    fornavn og efternavn, fornamn efternamn, fornamn och efternamn, efternamn fornamn, fullt nafn, ho va ten, ho ten,
    ainm sloinne, ainm agus sloinne, enw llawn, isem kunjom, isem u kunjom, ονοματεπωνυμο, ονομα επωνυμο,
    ονομα και επωνυμο, επωνυμο ονομα, име фамилия, име и фамилия, имя фамилия, имя и фамилия, фамилия имя,
    ім я прізвище, ім я та прізвище, прізвище ім я"""
)
SURNAME_PREFIX = frozenset(
    _folded(
        """tussenvoegsel, tussenvoegsels, tussenvoegsel achternaam, tussenv, voorvoegsel, voorvoegsels,
        voorvoegsel achternaam, infix, surname prefix, last name prefix, namenszusatz, namensvorsatz, vorsatzwort,
        namensprafix, particule, particule nobiliaire"""
    )
)
"""What is before a surname, and belongs to it: the "van den" of Jan van den Berg."""
NOT_EVERYBODYS = SURNAME_PREFIX | frozenset(
    _folded(
        """middle name, middle names, middle initial, middle, mi, m i, suffix, name suffix, initials, academic title,
        deuxieme prenom, second prenom, 2e prenom, prenom 2, autres prenoms, titel, akad titel, akademischer titel,
        zweiter vorname, weitere vornamen, voorletters, initialen, tweede voornaam, overige voornamen, segundo nombre,
        otros nombres, nome do meio, nomes do meio, secondo nome, drugie imie, mellannamn, mellomnavn, mellemnavn,
        initiala tatalui, prostredni jmeno, titul, titul pred, titul za, ten dem, отчество, по батькові, презиме,
        πατρωνυμο"""
    )
)
"""Parts of a name that not everybody has, or that are left out as often as not."""
NAME = _folded(
    """nom, name, noms, names, naam, nome, nomes, nombre, nombres, isim, ime, nume, numele, nev, neve, nimi, navn, namn,
    nafn, meno, vardas, vards, ainm, isem, enw, izena, ονομα, име, имя, ім я"""
)
"""The last name beside a first name, the full name alone where most cells hold several words."""
GIVEN_BESIDE_SURNAME = frozenset(
    _folded(
        """nome, nomes, nombre, nombres, isim, ime, nimi, meno, vardas, vards, ainm, isem, enw, izena, ονομα, име, имя,
        ім я"""
    )
)
"""Words for a name that mean the first one where there is a column for the surname."""
CATALAN_SURNAMES = each_word("cognom cognoms llinatge llinatges")
"""Beside these "nom" is the first name, which is the surname in French."""
SINGLE_BESIDE_SURNAME = frozenset(_folded("name, naam, navn, namn, nafn, nev"))
"""Words for a name that mean the first one there only where most cells hold a single word: "Name" and "Surname"."""
ONLY_BESIDE_SURNAME = frozenset({"ad", "adi", "first", "given", "ten"})
"""Words for the first name that mean other things elsewhere: an "ad" is an advertisement."""
PAIRS = (("first", "last"), ("ten", "ho"), ("ten", "ho va ten"))
"""Words for first name and surname that mean other things where either is alone: "Họ và tên đệm" is the surname with
the middle names."""
SURNAME_FIRST = frozenset(_folded("vezeteknev, csaladnev, csaladi nev, ho, ho va ten, ho va ten dem, ho dem"))
"""Headers of surnames in languages that put them before the first name."""
GIVEN = each_word("first firstname given givenname forename prenom prenoms pren vorname vornamen voornaam")
"""Words for the first name that are in headers of whole names too: "Name, First name"."""
LOGINS = each_word("login logon username pseudo pseudonyme pseudonym nickname nick surnom benutzername gebruikersnaam")
"""Words for what somebody signs in with, or calls themselves there."""

FIRST_OF_TWO = each_word(
    """1 1er 1ero 1o 1a primer primero primera primeiro primeira primo prima premier first paterno paterna paternal
    lehen lehenengo"""
)
"""Words for the first of two surnames, which a person goes by: "Primer apellido", "Apellido paterno"."""
SECOND_OF_TWO = each_word(
    """2 2o 2a 2do 2nd segundo segunda segon segona second secondo materno materna maternal bigarren"""
)
"""Words for the second of two surnames, which belongs to the person and is left out more often than not."""

FORMER = each_word(
    """naissance birth maiden nee geburt geboren geborene madchen jeune fille origine origin soltera soltero solteira
    solteiro nubile nascita nascimento nacimiento geboorte meisjes former formerly previous prior old ancien ancienne
    anciens precedent precedente anterieur anterieure anterior anteriores vorherige vorheriger fruher fruhere fruherer
    ehemalig ehemalige ehemaliger alte alter vorige vroegere eerdere avant before antes antiguo antigua antigo antiga
    ex passe past dead deadname then"""
)
"""Words for a name that is not used any more."""
OF_A_GIRL = each_word("jeune fille madchen meisjes")
MARRIED = each_word(
    """marital marie mariee mariage epoux epouse femme married marriage conjugal casada casado sposata sposato coniugata
    coniugato gehuwd gehuwde getrouwd verheiratet maritale matrimonial"""
)
USUAL = each_word(
    """usage usuel usuelle use used in current actuel actuelle actual present presente porte porter courant courante
    preferred prefere preferee chosen choisi choisie social sociale sociaux known as called usual uso usado usual
    habitual attuale atual aktuell aktuelle aktueller heutige heutiger jetzige jetziger huidige nouveau nouvelle new
    nuevo nueva nuovo nuova novo nova now today preferito preferita preferido preferida elegido scelto bevorzugt
    bevorzugte bevorzugter gewunschter voorkeur display affiche affichage afficher at bei every day"""
)
"""Words for the name that is used."""
LEGAL = each_word(
    """legal legale etat civil official officiel officielle passport passeport gesetzlich gesetzlicher amtlich amtlicher
    wettelijk wettelijke ufficiale oficial anagrafico administratif registered"""
)
CALLED = each_word(
    """preferred prefere preferee known called chosen choisi choisie display displayname affiche affichage afficher
    social sociale preferito preferido preferida elegido scelto bevorzugt bevorzugter voorkeur"""
)
"""Words for what somebody asks to be called."""
NO_SURNAME = each_word("nombre nome")
"""Words for a name that are never those of a surname, as "nom" is: "Nombre habitual"."""
SPOKEN = (
    frozenset(word for usual in (FIRST_NAME, LAST_NAME, NAME) for phrase in usual for word in phrase.split())
    | FORMER | MARRIED | USUAL | LEGAL | FILLERS | PERSON
)  # fmt: skip
"""All words that headers of a part of a name may have."""
