"""Words by which letters greet nobody in particular, and say who was chosen, in the languages of the project."""

from __future__ import annotations

from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.lint.vocabulary import CAPITAL, words
from mailmerge.text.regex import regex
from mailmerge.text.titles import TITLES

PARTIES = words(
    # English
    "member patient tenant tenants resident residents landlord landlords leaseholder leaseholders policyholder "
    "patients policyholders cardholder shareholder shareholders stakeholder stakeholders ticketholder "
    "ticketholders holder holders customer customers user users subscriber subscribers supporter supporters donor "
    "donors sponsor sponsors reader readers borrower borrowers player players coach coaches singer singers choir "
    "traveller travellers traveler travelers passenger passengers voter voters elector electors juror jurors delegate "
    "delegates councillor councillors neighbour neighbours neighbor neighbors parent parents guardian guardians carer "
    "owner owners buyer buyers seller sellers householder householders homeowner homeowners taxpayer taxpayers "
    "claimant claimants beneficiary beneficiaries trustee trustees partner partners supplier suppliers exhibitor "
    "exhibitors speaker speakers author authors artist artists reviewer reviewers entrant entrants winner winners "
    "attendee attendees visitor visitors motorist motorists driver drivers rider riders runner runners parishioner "
    "parishioners alumnus alumna alumni graduate graduates learner learners trainee trainees employee employees "
    "worker workers pensioner pensioners investor investors saver savers citizen citizens villager villagers "
    "collaborator collaborators contributor contributors reservist comrade comrades sister sisters brother brothers "
    "teacher teachers "
    # French
    "patiente patientes locataire locataires proprietaire proprietaires coproprietaire coproprietaires bailleur "
    "assure assuree assures assurees abonne abonnee abonnes abonnees usager usagers usagere lecteur lectrice lecteurs "
    "lectrices donateur donatrice donateurs donatrices mecene mecenes bienfaiteur bienfaitrice choriste choristes "
    "musicien musicienne musiciens joueur joueuse joueurs joueuses licencie licenciee licencies sportif sportive "
    "sportifs coureur coureuse coureurs randonneur randonneuse randonneurs voyageur voyageuse voyageurs electeur "
    "electrice electeurs electrices citoyen citoyenne citoyens citoyennes habitant habitante habitants habitantes "
    "administre administree administres contribuable contribuables riverain riveraine riverains societaire "
    "societaires actionnaire actionnaires clients clientes acheteur acheteuse acheteurs souscripteur souscriptrice "
    "sinistre sinistree allocataire allocataires beneficiaire beneficiaires retraite retraitee retraites pensionne "
    "stagiaire stagiaires apprenti apprentie apprentis doctorant doctorante doctorants chercheur chercheuse auteur "
    "autrice auteurs artiste artistes exposant exposante exposants gagnant gagnante gagnants invite invitee invites "
    "convive convives spectateur spectatrice spectateurs festivalier festivaliere festivaliers jure juree jures "
    "temoin paroissien paroissienne paroissiens camarade camarades confrere confreres consoeur consoeurs maitre "
    "fournisseur partenaire partenaires utilisateur utilisatrice utilisateurs internaute automobiliste titulaire "
    # German
    "patientin patienten mieter mieterin mieterinnen vermieter eigentumer eigentumerin versicherte versicherter "
    "versicherten versicherungsnehmer versicherungsnehmerin leser leserin leserinnen nutzer nutzerin abonnent "
    "abonnentin abonnenten spender spenderin spenderinnen forderer forderin forderinnen sanger sangerin sangerinnen "
    "chor musiker musikerin spieler spielerin spielerinnen sportler sportlerin reisende reisender reisenden fahrgast "
    "fahrgaste wahler wahlerin wahlerinnen burger burgerin burgerinnen mitburger mitburgerin mitburgerinnen einwohner "
    "einwohnerin bewohner bewohnerin bewohnerinnen anwohner anwohnerin anwohnerinnen nachbar nachbarin nachbarinnen "
    "nachbarschaft genosse genossin genossinnen genossen aktionar aktionarin aktionare anleger anlegerin kaufer "
    "kauferin besteller gewinner gewinnerin rentner rentnerin elternteil doktorand doktorandin autor autorin kunstler "
    "kunstlerin aussteller gaste besucher besucherin zuschauer schoffe schoffin zeuge zeugin gemeindemitglied helfer "
    "helferin helferinnen ehrenamtliche ehrenamtlicher partnerin lieferant beschaftigte beschaftigter absolvent "
    "absolventin wanderfreunde sportfreunde sportfreund sangesfreunde musikfreunde hundefreunde tierfreunde "
    "gartenfreunde naturfreunde theaterfreunde festgaste hochzeitsgaste brautpaar "
    # Spanish, Portuguese, Italian
    "paciente pacientes inquilino inquilina inquilinos propietario propietaria propietarios vecino vecina vecinos "
    "vecinas asegurado asegurada abonado abonada usuario usuaria usuarios lector lectora lectores donante donantes "
    "jugador jugadora jugadores corista coristas viajero viajera viajeros electora ciudadano ciudadana ciudadanos "
    "contribuyente accionista comprador compradora afiliado afiliada afiliados mutualista titular espectador "
    "espectadora invitado invitada invitados ganador ganadora alumnado padre madre tutor tutora trabajador "
    "trabajadora jurado companera arrendatario municipe municipes utente utentes leitor leitora leitores doador "
    "doadora jogador jogadora viajante eleitor eleitora cidadao cidada cidadaos contribuinte acionista convidado "
    "convidada convidados vencedor trabalhador trabalhadora segurado segurada condomino condomina condomini "
    "condominos assinante paziente pazienti inquilini conduttore assicurato assicurata abbonato abbonata lettore "
    "lettrice lettori donatore donatori sostenitore sostenitrice giocatore giocatrice coristi viaggiatore "
    "viaggiatrice viaggiatori elettore elettrice cittadino cittadina cittadini contribuente azionista acquirente "
    "iscritto iscritta iscritti associato associata associati spettatore spettatrice invitati ospite ospiti vincitore "
    "vincitrice genitore lavoratore lavoratrice utenti assistito assistita tesserato tesserata compagno compagna "
    "socia clienti "
    # Dutch, Polish
    "huurder huurders verhuurder eigenaar bewoner bewoners buurtbewoner buurtbewoners verzekerde verzekerden lezer "
    "lezers gebruiker zanger zangeres zangers speler spelers reiziger reizigers passagier kiezer kiezers inwoner "
    "inwoners burgers aandeelhouder koper winnaar gast gasten ouder verzorger vrijwilliger vrijwilligers bezoeker "
    "bezoekers buur buren klanten werknemer sporter sporters pacjencie pacjentko pacjenci najemco najemcy lokatorze "
    "wlascicielu ubezpieczony czytelniku czytelniczko czytelnicy darczynco darczyncy zawodniku zawodniczko zawodnicy "
    "podrozny podrozni wyborco wyborcy mieszkancu mieszkanko mieszkancy obywatelu obywatelko podatniku akcjonariuszu "
    "kliencie klientko klienci rodzicu sasiedzie sasiadko sasiedzi goscie gosciu pracowniku wolontariuszu "
    "wolontariusze uzytkowniku abonencie studencie studentko studenci chorzysto chorzysci "
)
"""Folded words for what people are to whoever writes to them: a letter greets them so instead of by a name."""
NOBODY = (
    ORDINARY
    | TITLES
    | PARTIES
    | words(
        "tous toutes all everyone everybody team equipe candidat candidate candidats candidates madame monsieur "
        "mesdames messieurs mademoiselle collegue collegues ami amie amis amies sir applicant applicants colleague "
        "colleagues friend friends chers cheres futur future client cliente m mme mr mrs ms dr there chacun chacune "
        "both voisin voisine parents membre membres adherent adherente adherents participant participante "
        "participants hiring manager recruiter recruteur recruteuse nom prenom name carers guests guest members "
        "student students pupils families famille familles eleves etudiant etudiante etudiants benevole benevoles "
        "volunteer volunteers director directora directeur directrice direttore presidente president prasident doktor "
        "professor "
        "merci thanks thank danke gracias grazie obrigado obrigada bedankt dziekuje bienvenue welcome willkommen "
        "bienvenido bienvenida benvenuto benvenuta welkom witamy bem vindo comme as wie como come "
        "ingeniero dyrektorze salarie salariee salaries laureat laureate nouveau nouvelle matin "
        # German
        "eltern familie familien kollege kollegin kollegen kolleginnen kolleg innen mitarbeiter mitarbeiterin "
        "mitarbeiterinnen mitarbeitende mitglied mitglieder mitgliederinnen bewerber bewerberin bewerberinnen "
        "bewerbende damen herren zusammen alle freunde freundinnen freund freundin teilnehmer teilnehmerin "
        "teilnehmerinnen teilnehmende schuler schulerin schulerinnen studierende kundin kunde kunden gast gaste "
        "interessenten interessent interessentin auszubildende azubis vereinsmitglieder personensorgeberechtigte "
        "erziehungsberechtigte kandidat kandidatin nachbarn azubi praktikant praktikantin "
        # Spanish, Portuguese, Italian
        "todos todas companeros companeras companero companera candidato candidata candidatos candidatas familia "
        "familias amigo amiga amigos amigas cliente clientes socio socia socios socias equipo senores senoras alumno "
        "alumna alumnos alumnas participantes solicitante solicitantes padres madres colaborador colaboradora "
        "colaboradores senhores senhoras colega colegas pais encarregados educacao associado associada associados "
        "equipa tutti tutte colleghi colleghe collega candidati famiglie famiglia genitori amico amica amici soci "
        "partecipante partecipanti signore signori studenti studente dipendenti dipendente lavoratori ragazzi "
        # Dutch, Polish
        "collegas iedereen allemaal kandidaat kandidaten sollicitant ouders leden lid deelnemer deelnemers vrienden "
        "heer mevrouw medewerker medewerkers leerlingen relatie klant panstwo panie panowie kolezanki koledzy kolego "
        "kolezanko kandydacie kandydatko rodzice czlonkowie uczestnicy uczestniku pracownicy zespole wszyscy "
        "przyjaciele"
    )
)
"""Folded words of a greeting that names nobody."""
ORGANISATIONS = words(
    "atelier societe groupe cabinet agence pole service services direction ressources banque mairie association "
    "fondation institut centre conseil universite ecole france sas sarl sa gmbh ltd inc consulting partners interim "
    "recrutement emploi departement ministere union maison clinique hopital usine site team human group company "
    "bureau comite jury entreprise lycee college mutuelle assurance caisse studio editions collectif filiale unite "
    "firma abteilung verein stiftung agentur empresa sociedad grupo departamento societa azienda gruppo ufficio "
    "bedrijf afdeling stichting spolka dzial fundacja "
    "microsoft google zoom teams apple linkedin indeed monster apec"
)
"""Folded words with which the name of an organisation begins."""
NO_NAMES = words(
    "votre notre nos vos cette ce ces cet son sa ses leur leurs mon ma mes the your our their this that these his her "
    "its my ihre ihr ihren unsere unser diese dieser dieses su sus nuestro nuestra este esta vostro vostra nostro "
    "nostra questo questa uw ons onze deze dit panstwa nasz nasza twoj twoja vosso vossa seu sua monsieur si il elle "
    "nous vous ils elles on we you they she he it wir sie er es ella el lei lui noi voi loro zij wij hij une un le la "
    "les des no a an der die das ein eine la lo los las una uno het een candidature candidat candidate profil profile"
)
"""Capitalised at the beginning of a sentence, and no part of a name."""

_NAME = rf"[{CAPITAL}][^\W\d_]+(?:[-'’][^\W\d_]+)*"
_TWO_NAMES = rf"{_NAME}(?:[ \t\xa0]+(?:de|du|des|la|le|van|von|der|den|da|do|di|d['’])?[ \t\xa0]*{_NAME}){{1,3}}"
SOMEBODY = regex(rf"[{CAPITAL}][\w.'’-]*[ \t\xa0]+(?:[\w'’]{{1,4}}[ \t\xa0]+)?[{CAPITAL}]")
"""Two words with capitals: a text without them names nobody after a title or with a surname."""
_TITLED = (
    rf"(?:Mme|M\.|Mlle|Madame|Monsieur|Mr\.?|Mrs\.?|Ms\.?|Frau|Herrn?|(?:la |el )?(?:Sra\.?|Sr\.?|[Ss]eñora|[Ss]eñor)|"
    rf"(?:la |il )?(?:[Ss]ignora|[Ss]ignor|[Dd]ott\.(?:ssa)?|[Ss]ig\.(?:ra)?)|[Pp]anią|[Pp]ani|[Pp]ana?|mevrouw|meneer|"
    rf"(?:a |o )?(?:[Ss]enhora?|Sra?\.))[ \t\xa0]+{_NAME}"
)
_IN_THE_END = (
    r"(?:(?:finalement|donc|enfin|ensuite|plut[ôo]t|bien|d[ée]j[àa]|aussi|toutefois|n[ée]anmoins|d[ée]sormais|"
    r"en d[ée]finitive|au final|apr[èe]s r[ée]flexion|[àa] l['’]unanimit[ée]|d['’]un commun accord),?[ \t]+){0,2}"
)
"""What is between the two verbs of "avons finalement retenu"."""
_FRENCH = (
    r"\b(?:confi[ée]e?s?|attribu[ée]e?s?|revenue?s?|revient|reviendra|propos[ée]e?s?|offert)[ \t]+à|"
    rf"\b(?:s['’]est|se)[ \t]+{_IN_THE_END}port[ée]e?[ \t]+sur|"
    r"\b(?:pourvue?s?|occup[ée]e?s?|repris|remplac[ée]e?s?)[ \t]+par|"
    rf"\bau profit de|\ben faveur de|\b(?:avons|a|ont|été),?[ \t]+{_IN_THE_END}"
    r"(?:retenue?s?|choisie?s?|s[ée]lectionn[ée]e?s?|pr[ée]f[ée]r[ée]e?s?|recrut[ée]e?s?|engag[ée]e?s?|embauch[ée]e?s?|"
    r"nomm[ée]e?s?)(?:[ \t]+(?:la candidature|le profil|le dossier)[ \t]+de)?|\bchoisi de (?:retenir|recruter)|"
    r"\b(?:retenons|pr[ée]f[ée]rons|choisissons|recrutons|embauchons|engageons)"
)
_ENGLISH = (
    r"\b(?:chosen|chose|selected|hired|appointed|preferred|recruited|picked|took on|taken on|opted for|settled on|"
    r"decided on|went with|going with)|"
    r"\b(?:offered|gave|given|gone|went|awarded|goes)(?: the (?:job|role|post|position|place))? to|\bin favou?r of|"
    r"\bfilled by"
)
_FURTHER = (
    r"\bentschieden für|\b[Ww]ahl (?:fiel|fällt|ist) auf|\b(?:fiel|fällt) die Wahl auf|"
    r"\b[Ss]telle (?:erhält|bekommt|(?:geht|ging|fiel) an)|"
    r"\bbesetzt mit|"
    r"\bzugunsten von|\bseleccionado a|\b(?:hemos|ha|han) (?:elegido|contratado|escogido|preferido)(?: finalmente)? a|"
    r"\b(?:puesto|plaza) (?:es|va a ser|ha sido|será) para|\b(?:decidido|optado) por|"
    r"\bscelto|\b(?:abbiamo|ha|hanno) (?:selezionato|assunto|preferito)|\bposto (?:va|andrà|è andato) a|\boptato per|"
    r"\bgekozen voor|\b(?:baan|functie) (?:gaat|ging) naar|\bvergeven aan|"
    r"\b(?:[Ww]ybraliśmy|[Zz]atrudniliśmy|zdecydowaliśmy się na|stanowisko otrzymała?)|"
    r"\b(?:[Ee]scolhemos|[Cc]ontrat[aá]mos|[Ss]elecion[aá]mos|[Oo]pt[aá]mos por)(?: finalmente)?(?: [oa])?|"
    r"\bvaga (?:foi|vai) para"
)
CHOSEN = regex(rf"(?i:{_FRENCH}|{_ENGLISH}|{_FURTHER})[ \t\xa0]+(?:(?P<titled>{_TITLED})|(?P<name>{_TWO_NAMES}))")
"""Words that say who was chosen, and the name after them."""
ONE_CHOSEN = regex(
    r"\b(?:confi[ée]e?s?|attribu[ée]e?s?)[ \t]+à[ \t\xa0]+" rf"(?P<name>{_NAME})(?![\w'’-]|[ \t\xa0]+[{CAPITAL}])"
)
WAS_CHOSEN = regex(
    rf"(?P<name>{_TWO_NAMES})(?:[ \t\xa0]+qui)?[ \t\xa0]+(?:"
    r"(?:a|ont|aura) (?:finalement |donc |été |obtenu |décroché |remporté )+(?:le poste|"
    r"(?:retenue?|choisie?|s[ée]lectionn[ée]e?|pr[ée]f[ée]r[ée]e?|recrut[ée]e?|engag[ée]e?|embauch[ée]e?)s?\b)|"
    r"l['’]a emporté|occupera (?:le|ce) poste|"
    r"got the (?:job|role|post|position)|(?:was|were|has been|is) (?:chosen|selected|hired|preferred|the successful)|"
    r"(?:eingestellt|ausgewählt|genommen|vorgezogen|den Vorzug gegeben|den Zuschlag erteilt)|"
    r"(?:aangenomen|aangesteld|benoemd|verkozen)|"
    r"wurde (?:ausgewählt|eingestellt|genommen|bevorzugt)|(?:erhält|bekommt|hat) die Stelle|entschieden|"
    r"ha sido (?:elegid|seleccionad|contratad)[oa]|(?:obtuvo|consiguió) el puesto|"
    r"è stat[oa] (?:scelt|selezionat|assunt|preferit)[oa]|ha ottenuto il posto|"
    r"is (?:gekozen|aangenomen|geworden)|(?:kreeg|krijgt) de (?:baan|functie)|"
    r"został[a]? (?:wybran|zatrudnion)[yea]|foi (?:escolhid|selecionad|contratad)[oa])(?![\w-])"
)
"""A name, and after it the words that say that this one was chosen."""
