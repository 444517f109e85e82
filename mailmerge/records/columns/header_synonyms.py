"""The words by which tables of people name their columns, folded; usual ones first."""


def phrases(text: str) -> tuple[str, ...]:
    """Phrases separated by commas, usual ones first."""
    return tuple(" ".join(word.split()) for word in text.casefold().split(","))


def each_word(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.casefold().split())


# --- words that change nothing ---------------------------------------------------------------------------------------

FILLERS = each_word(
    """de du des d la le l les un une of the a an s votre vos mon ma mes ton ta tes notre your my our their his her son
    sa ses e quel quelle est sont what is please enter type indiquez indiquer saisir saisissez veuillez merci renseignez
    obligatoire facultatif facultative required optional requis der die das des dem den ein eine einer eines und ihr
    ihre ihrer dein deine von vom zum zur fur bitte eingeben angeben wie lautet ist pflichtfeld pflichtangabe
    erforderlich ve
    og och ja ir un si και та el los las del y su sus tu tus mi cual es por favor introduzca indique obligatorio
    obligatoria
    requerido opcional il lo gli i dei degli delle della dell dello di nel suo sua tuo tua qual inserire inserisci
    obbligatorio obbligatoria facoltativo het een van uw jouw je mijn graag invullen verplicht optioneel o os as do da
    dos das seu insira obrigatorio obrigatoria opcional"""
)
"""Words around the one that counts: "Quelle est votre adresse e-mail (obligatoire) ?"."""
BEFORE_A_NOUN = each_word("de du des d la le l les of the von vom der das del della di")
HARDLY_WHOLE = each_word("adresse address adr date numero no code lieu")
"""Words that a title hardly ever consists of."""
PERSON = each_word(
    """candidat candidate candidats candidates applicant applicants postulant postulante salarie salariee salaries
    employe employee employes employees collaborateur collaboratrice collaborateurs agent agente etudiant etudiante
    etudiants student students eleve eleves pupil apprenti apprentie apprentis alternant alternante alternants
    stagiaire stagiaires intern interns trainee participant participante participants attendee attendees inscrit
    inscrite inscrits registrant membre membres member members adherent adherente adherents beneficiaire beneficiaires
    personne personnes person people interesse interessee usager usagere abonne abonnee subscriber repondant
    repondante respondent apprenant apprenante learner worker convive invite invitee guest bewerber mitarbeiter
    volunteer benevole benevoles bewerberin bewerberinnen bewerbende bewerbers bewerberin kandidat kandidatin
    kandidaten kandidatinnen kandidaat candidato candidata candidatos candidatas candidati aspirante postulantes
    solicitante solicitantes sollicitant sollicitanten participantes partecipante partecipanti deelnemer deelnemers
    deelneemster teilnehmer teilnehmers teilnehmerin teilnehmerinnen teilnehmende teilnehmenden mitarbeiters
    mitarbeiterin mitarbeiterinnen mitarbeitende mitarbeitenden arbeitnehmer arbeitnehmers arbeitnehmerin beschaftigte
    medewerker medewerkers werknemer werknemers dipendente dipendenti lavoratore lavoratrice empleado empleada
    empleados trabajador trabajadora trabajadores colaborador colaboradora colaboradores collaboratore collaboratori
    funcionario funcionaria studente studentessa studenti estudiante estudiantes estudante estudantes alumno alumna
    alumnos aluno aluna alunos allievo allieva cursist cursisten leerling leerlingen schuler schulerin azubi
    auszubildende auszubildenden praktikant praktikantin tirocinante stagista becario becaria estagiario estagiaria
    inscrito inscrita iscritto iscritta mitglied mitglieder lid leden persona personas persone pessoa pessoas personen
    interessent interessentin interessato interessata interessado interessada demandeur
    demandeuse claimant laureat laureate titulaire beneficiary holder nominee
    volontaire recrue
    arrivant arrivante equipier equipiere boursier boursiere chercheur chercheuse
    doctorant doctorante hire hires joiner joiners worker workers
    candidat nominees delegate delegates jobseeker apprentice apprentices
    angestellte angestellter angestellten werkstudent werkstudentin
    lehrling lehrlinge doktorand doktorandin stipendiat stipendiatin referendar referendarin neuzugang freiwillige
    freiwilliger empleadas aprendiz aprendices practicante practicantes voluntario voluntaria
    operario operaria impiegato impiegata impiegati lavoratori candidate stagisti apprendista apprendisti
    volontario volontaria addetto addetta operaio operaia trabalhador trabalhadora trabalhadores funcionarios
    empregado empregada empregados formando formanda aprendiz participante sollicitante stagiair stagiaire stagiairs
    stagiaires leerlinge vrijwilliger vrijwilligers kandidaten pracownik pracownica pracownicy pracownika kandydat
    kandydatka kandydaci kandydata uczestnik uczestniczka uczestnicy uczen uczennica uczniowie studentka stazysta
    stazystka praktykant praktykantka aplikant aplikantka osoba osoby czlonek czlonkini zatrudniony zatrudniona
    wolontariusz wolontariuszka medarbetare anstalld anstallda sokande deltagare medlem praktikanter elev elever
    medarbejder medarbejdere ansat ansatte ansoger ansogere deltager deltagere soker sokere deltaker deltakere personel
    calisan calisanin aday adayin ogrenci ogrencinin katilimci uye uyenin zamestnanec zamestnance uchazec uchazece
    uchadzac uchadzaca ucastnik ucastnika clen clena dolgozo jelolt resztvevo tanulo salariat salariatului angajat
    angajatului candidatului participantului zaposlenik zaposlenika zaposleni polaznik sudionik udelezenec udelezenca
    kandidatas darbuotojas darbuotojo dalyvis dalyvio darbinieks darbinieka dalibnieks dalibnieka kandidats kandidata
    tootaja osaleja tyontekija hakija osallistuja opiskelija oppilas υποψηφιος υποψηφιου εργαζομενος εργαζομενου
    συμμετεχων служител кандидат участник сотрудник працівник учасник licencie licenciee licencies licenciees
    mentore mentoree mentores mentee mentees"""
)
"""Words for the person of the row: "Nom du candidat" is the name."""
ENDINGS = each_word("in innen e es s a o as os trice rice euse ne se le re en er")
"""What is left of a second gender: "Mitarbeiter*in", "Salarié(e)", "Empleado/a"."""
NEW = each_word(
    "nouveau nouvel nouvelle nouveaux new neu neue neuer neues nuevo nueva nuovo nuova novo nova nieuw nieuwe nowy nowa"
)
NOT_THEIRS = each_word(
    """manager managers management superieur superieure superieurs hierarchique hierarchie responsable responsables resp
    referent referente referents tuteur tutrice tuteurs tutor tutors parent parents pere mere papa maman father mother
    mum mom dad guardian guardians representant representante conjoint conjointe spouse epoux epouse husband wife
    partner partenaire partenaires enfant enfants child children chef cheffe chefs boss lead leader director directeur
    directrice direction supervisor supervisors superviseur superviseure head rh hr drh rrh hrbp gestionnaire
    assistant assistante assistants secretaire secretary secretariat recruteur recruteuse recruteurs recruiter
    recruiters recruitment recrutement sourcer sourceur interviewer interviewers interlocuteur interlocutrice
    evaluateur evaluatrice evaluator reviewer approver approbateur approbatrice valideur validateur validatrice
    validator mentor mentors coach parrain marraine sponsor buddy encadrant encadrante encadrants enseignant
    enseignante enseignants professeur professeurs teacher teachers instructor formateur formatrice formateurs trainer
    maitre jury examinateur examinatrice examiner urgence urgences emergency cc bcc cci copie copies copy backup
    remplacant remplacante suppleant suppleante delegue deleguee deputy substitute owner proprietaire author auteur
    autrice creator createur creatrice created cree creee modifie added ajoute sender expediteur expeditrice emetteur
    employer employeur employers entreprise entreprises societe societes company companies organisation organization
    organisme org etablissement agence agency fournisseur supplier vendor consultant consultante conseiller
    conseillere advisor adviser referrer referred referral cooptant cooptante cooptateur apporteur coordinator
    coordinateur coordinatrice coordonnateur coordonnatrice supervisory colleague collegue hote host hostess organizer
    organisateur organisatrice signataire signatory commercial commerciale vendeur vendeuse seller admin administrator
    administrateur administratrice webmaster correspondant correspondante hiring legal legale legaux mgr ceo dg pdg
    president presidente dirigeant dirigeante gerant gerante patron patronne adjoint adjointe referant referante kin
    relative relatives proche proches aidant aidante accompagnant accompagnante accompagnateur accompagnatrice
    prescripteur prescriptrice mandataire curateur curatrice frere soeur brother sister prevenir contacter proviseur
    medecin animateur animatrice educateur educatrice moniteur monitrice referee referees payroll paie paye carer
    carers caregiver landlord landlady bailleur proprio headhunter headhunters chasseur gp pa cpe solicitor lawyer
    notary avocat notaire psychologue infirmiere nurse caseworker counsellor counselor vorgesetzter vorgesetzte
    vorgesetzten fuhrungskraft fuhrungskrafte chefin leiter leiterin leitung teamleiter teamleiterin abteilungsleiter
    ansprechpartner ansprechpartnerin betreuer betreuerin ausbilder ausbilderin eltern elternteil mutter vater
    ehepartner personalabteilung arbeitgeber vermieter hausarzt jefe jefa jefes superiora responsables gerente
    gerentes tutora tutores padre madre padres empresa empleador encargado encargada profesor profesora genitore
    genitori responsabile responsabili capo capi superiore superiori tutore azienda ditta datore medico docente
    insegnante referenti leidinggevende leidinggevenden baas ouder ouders voogd moeder vader werkgever bedrijf
    huisarts mentoren begeleider begeleidster chefia encarregado encarregada educacao gestor gestora pai mae
    orientador orientadora supervisora professor professora patrao chefe
    chefes yonetici yoneticinin mudur muduru sorumlu veli velinin ebeveyn anne ogretmen nadrizeny nadrizeneho vedouci
    vedouciho rodic rodice matka matky otec otce nadriadeny nadriadeneho veduci veduceho rodica ucitel vezeto
    vezetoje fonok felettes szulo szuloje tanar gondviselo sef sefului sefui parinte parintelui tutorelui profesorului
    nadredeni nadredjeni voditelj vodja vodje roditelj roditelja majka skrbnik skrbnika starsi vadovas vadovo mokytojas
    vaditajs vaditaja vecaks skolotajs juht ulemus lapsevanem opetaja esimies esimiehen esihenkilo esihenkilon
    huoltaja huoltajan vanhempi opettaja vardnadshavare foralder foraldrar narmaste larare leder lederen foraelder
    foraeldre foresatt foresatte foresattes larer laerer naermeste przelozony przelozonego kierownik kierownika rodzic
    rodzica opiekun opiekuna nauczyciel nauczyciela kierowniczka pracodawca προισταμενος προισταμενου γονεας γονεα
    κηδεμονας διευθυντης διευθυντη ръководител родител руководитель родитель керівник lehrperson lehrpersonen
    klassenlehrperson lehrer lehrerin klassenlehrer klassenlehrerin lehrkraft klassenleiter schulleitung pate patin
    paten werber werberin empfehlende notfallkontakt padrino madrina padrinho madrinha"""
)
"""Words for somebody or something else than the person of the row, whose address and name are not the person's."""
BY = each_word("par by")
"""After these, at the end of a header, somebody who did something is named: "Suivi par", "Interviewed by (e-mail)"."""
ABOVE = (("n", "1"), ("n", "2"), ("n", "3"), ("reports", "to"), ("report", "to"), ("reporting", "to"))
"""``N+1`` and "Reports to", the superior, in folded words."""

# --- addresses -------------------------------------------------------------------------------------------------------

EMAIL_FILLERS = each_word(
    """adresse adresses address addresses adr addr value valeur 1 01 principal principale primary main default defaut
    preferred prefere preferee actuel actuelle current courant valide valid verified id user utilisateur utilisatrice
    internet destinataire recipient personne smtp premier premiere usuel usuelle communication correspondance un une
    seul seule unique pour par for by per one only reponse retour answer reply haupt hauptadresse bevorzugte aktuelle
    standard empfanger zustellung primaria primario principales preferido preferida actual valida valido destinatario
    destinataria primaire preferito preferita attuale hoofd huidige voorkeur ontvanger benutzer usuario utente
    gebruiker utilizador direccion indirizzo endereco adres anschrift adresa adresi cim cime osoite naslov
    aadress διευθυνση адрес адреса verifie verifiee primar primare primarer primaere primaer primara primarni primarna
    eerste erste erster primeiro primeira primero primera primo prima podstawowy podstawowa glowny glowna glavni glavna
    hlavni hlavna zakladni elsodleges ensisijainen birincil основнои основна pirminis primarais peamine κυρια κυριο
    verificado verificato gepruft utiliser recevoir renseigner joindre confirme confirmee best where which sur ou you
    vous meilleur meilleure laquelle lequel"""
)
EITHER = each_word(
    """agent agente agents contact contacts client cliente clients customer contacto contatto contato kontakt klant
    kunde kundin kunden cliente clientes cliente"""
)
"""Words for the person of the row in one table, and for somebody who works for that person in another."""
MAY_BE_THEIRS = each_word(
    """interlocuteur interlocutrice interlocuteurs correspondant correspondante referent referente proprietaire
    owner landlord bailleur vermieter"""
)
"""Words for somebody else who is the person of the row where nobody else is named."""
EMAIL_STEMS = frozenset(
    phrases(
        """email, e mail, mail, courriel, mel, courrier electronique, electronique, messagerie, messagerie
        electronique, electronic mail, emails, mails, e mails, courriels, couriel, courriel electronique,
        emailaddress, emailadress, emailadresse, e mail adresse, mailadresse, mailaddress, adressemail, adresseemail,
        mailto, correo, correo electronico, direccion correo electronico, posta elettronica, indirizzo email,
        indirizzo e mail, emailadres, e mailadres, epost, mail electronique, mail id, proxy, posta, pec, correio,
        correio eletronico, correo e, elektronische post, elektronische, e post, mail adresse, mailanschrift,
        eposta, e posta, e posta adresi, el posta, el pastas, el pasto adresas, e pastas, e pasts, e pasta adrese,
        epasts, e posti, e posti aadress, epostadress, e postadress, epostadresse, e postadresse, mejl, mejladress,
        sahkoposti, sahkopostiosoite, s posti, netfang, tolvupostur, riomhphost, ebost, e bost, cyfeiriad e bost,
        e posta naslov, e postni naslov, elektronicka posta, elektronska posta, elektronicka adresa,
        emailova adresa, e mailova adresa, posta elettronika, indirizz elettroniku, villamposta,
        elektroniczna, poczta elektroniczna, adres poczty elektronicznej, posta electronica,
        ηλεκτρονικο ταχυδρομειο, ηλεκτρονικη διευθυνση, διευθυνση ηλεκτρονικου ταχυδρομειου, электронная почта,
        электроннои почты, эл почта, эл почты, elektronik posta, elektronicke posty, имеил,
        електронна поща, електронна пошта, електронен адрес, thu dien, dia chi thu dien, dia chi email,
        dia chi e mail, dia chi mail"""
    )
)
"""What is left of the header of an e-mail column without the words that change nothing, as the "tu" of Vietnamese."""
EMAIL_WHOLE = frozenset(
    phrases(
        """to, recipient, recipients, destinataire, destinataires, smtp address, adresse smtp, primary smtp address,
        adresse smtp principale, windows email address, adr elec, adr electr, adr elect, adresse elec, adresse electr,
        work contact work email, personal contact personal email"""
    )
)
"""Headers that say it as a whole."""
EMAIL_LOGIN = frozenset(
    phrases(
        """user principal name, userprincipalname, upn, sign in name, user logon name, nom principal utilisateur, nom
        utilisateur principal, nom d utilisateur principal, nom principal d utilisateur"""
    )
)
"""What directories call the name that somebody signs in with, which is an address and nearly always works."""
EMAIL_SECOND = each_word(
    """2 3 4 5 02 03 second seconde secondaire secondary alternate alternatif alternative autre other additional
    additionnel supplementaire recovery recuperation secours perso personal personnel personnelle prive privee private
    home domicile pro professionnel professionnelle professional work travail business bureau office old ancien
    ancienne previous institutionnel institutionnelle universitaire university zweite zweiter weitere andere privat
    privater personliche personlicher personlich geschaftlich geschaftliche dienstlich dienstliche beruflich berufliche
    arbeit segundo segunda otro otra secundario secundaria alternativo alternativa privado privada particular laboral
    trabajo profesional corporativo secondario secondaria altro altra personale privato privata lavoro aziendale
    professionale tweede andere prive persoonlijk persoonlijke zakelijk zakelijke werk thuis outro outra pessoal
    trabalho profissional institucional academique academic sekundar sekundare sekundarer sekundaer sekundaere
    sekundara sekundarni sekundarna alternativni alternativna alternatywny
    alternatywna dodatkowy dodatkowa drugi druga druhy druha druga masodlagos masodik toissijainen toinen ikincil
    secundara antrinis otrais teine δευτερευων δευτερη альтернативныи дополнительныи дополнительная другои
    резервныи corporate official firmen dienst betrieblich betriebliche sluzbowy sluzbowa prywatny prywatna firmowy
    firmowa osobisty osobista kurumsal kisisel munkahelyi ceges szemelyes pracovni soukromy soukroma firemni osobni
    pracovny pracovna sukromny sukromna firemny osobny jobb arbejds arbets sluzbeni sluzbena poslovni poslovna privatni
    privatna osobna zasebni servico serviciu asmeninis darbo darba personigais tyo henkilokohtainen рабочая рабочии
    личная личныи служебен личен робоча особиста"""
)
"""Words by which a person's second address differs from the first."""
EMAIL_SURELY_OLD = each_word(
    """ancien ancienne anciens anciennes old former previous prior alte alter altes fruher fruhere fruherer bisherige
    bisheriger vorige vorheriger vorherige vecchio vecchia precedente antiguo antigua anterior antigo antiga oude
    vroegere eerdere stary stara stare poprzedni poprzednia dawny dawna obsolete perime perimee expire expiree desactive
    desactivee gammal gamla tidigare gammel tidligere outdated veraltet"""
)
EMAIL_OLD = EMAIL_SURELY_OLD | each_word("alt avant before vorher antes prima przed precedent precedents")
"""Words by which a person's old address differs from the new one."""
EMAIL_NEW = NEW | each_word(
    """nouveaux updated apres after nachher despues dopo depois daarna corrige corrigee corrected korrigiert
    aktualisiert actualizado actualizada aggiornato aggiornata atualizado atualizada ny nya nytt nye nowe bijgewerkt"""
)
EMAIL_CURRENT = each_word(
    """actuel actuelle current present aktuell aktuelle aktueller attuale actual atual huidige obecny obecna aktualny
    aktualna nuvarande nuvaerende"""
)
EMAIL_SECOND |= EMAIL_OLD
EMAIL_TOKENS = each_word(
    """email mail courriel mel emails mails courriels messagerie electronique electronic couriel emailaddress
    emailadress emailadresse mailadresse mailaddress adressemail adresseemail correo correos emailadres
    mailadres epost correio     eletronico elettronica electronico elektronische eposta epasts epostadress epostadresse
    mejl mejladress sahkoposti sahkopostiosoite netfang riomhphost ebost emailova mailova имеил"""
)
"""Words that are about mail, whatever is beside them."""

# --- the rest --------------------------------------------------------------------------------------------------------

TITLE = phrases(
    """civilite, civ, titre de civilite, civility, salutation, honorific, prefix, title, titre, m mme, mr mrs, m mme
    mlle, formule d appel"""
)
LANGUAGE = phrases(
    """langue, language, lang, langue de correspondance, correspondence language, preferred language, langue preferee,
    locale"""
)

LANGUAGES = frozenset(
    phrases(
        """fr, en, de, es, it, nl, pt, francais, french, anglais, english, allemand, german, deutsch, espagnol,
        spanish, italien, italian, neerlandais, dutch, portugais, portuguese, fr fr, en gb, en us, fr be, fr ch, fr
        ca, de de"""
    )
)
NOT_NAMES = each_word(
    """ville town city commune lieu place adresse address rue street pays country region departement department poste
    position job emploi fonction metier role title titre intitule service equipe team societe entreprise company
    organisation organization employer employeur statut status etat state diplome degree formation training ecole
    school universite university langue language date mois jour annee secteur sector categorie category type niveau
    level source canal contrat contract site agence decision avis commentaire commentaires comment comments note notes
    motif competence competences skill skills specialite domaine nationalite nationality sexe genre gender filiere
    promotion classe groupe group offre campagne produit product marque brand signataire"""
)
"""Words in the headers of columns that hold capitalised words, and no names of people."""
