"""What the letter's own words and the headers of columns say is understood in each language of the project."""

from __future__ import annotations

from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, table_of
from lint_files import pdf
from rule_cases import GREETING, attached, cell, column, found, letter

from mailmerge.lint import Inspection, check
from mailmerge.lint.vocabulary import TRADES
from mailmerge.model import Severity
from mailmerge.text.addresses import Mailbox
from mailmerge.text.folding import fold, identifier

GREETED = """
    Bonjour Sandrine,|Cher Tristan,|Bonsoir Odette,|Dear Oliver,|Hi Emma,|Hallo Jürgen,|Liebe Claudia,|Lieber Rolf,|
    Sehr geehrte Frau Vogel,|Guten Tag Herr Krämer,|Hola María:|Estimada Lucía:|Querido Pablo,|Estimado señor Gil,|
    Ciao Giulia,|Gentile Dott. Rossi,|Caro Luca,|Beste Sanne,|Geachte heer De Vries,|Cześć Kasia,|Drogi Piotrze,|
    Szanowna Pani Kowalczyk,|Olá João,|Prezado Tiago,|Cara Beatriz,
"""
NOBODY = """
    Bonjour à tous,|Chers collègues,|Cher adhérent, chère adhérente,|Chers parents,|Dear all,|Dear candidate,|Hi team,|
    Dear Parents and Carers,|Dear hiring manager,|Liebe Eltern,|Liebe Kolleginnen und Kollegen,|Liebes Team,|
    Sehr geehrte Damen und Herren,|Hallo zusammen,|Liebe Mitglieder,|Hola a todos:|Estimados compañeros:|
    Queridas familias:|Estimado candidato:|Gentili colleghi,|Cari genitori,|Caro collega,|Beste collega's,|
    Beste ouders,|Geachte heer, mevrouw,|Szanowni Państwo,|Drodzy rodzice,|Droga kandydatko,|Caros colegas,|
    Caro candidato,|Prezada família,
"""
CHOSEN = """
    Le poste revient à Mélanie Rousset.|Mélanie Rousset a été retenue.|C'est Mélanie Rousset qui a été retenue.|
    Nous lui préférons Gaspard Lemoine.|Gaspard Lemoine a finalement obtenu le poste.|The job went to Mark Delaney.|
    We chose Mark Delaney.|We took on Mark Delaney.|We gave the post to Mark Delaney.|We settled on Mark Delaney.|
    Wir haben Sabine Krüger eingestellt.|Wir haben Sabine Krüger den Vorzug gegeben.|
    We hebben Sanne Bakkerman aangenomen.|We hebben Sanne Bakkerman benoemd.|Mark Delaney got the job.|
    Mark Delaney was selected.|We went with Mark Delaney.|Die Stelle erhält Sabine Krüger.|
    Wir haben uns für Sabine Krüger entschieden.|Die Wahl fiel auf Sabine Krüger.|Sabine Krüger wurde ausgewählt.|
    Hemos elegido a Lucía Herrero.|El puesto es para Lucía Herrero.|Lucía Herrero ha sido seleccionada.|
    Abbiamo scelto Giulia Bianchetti.|Giulia Bianchetti è stata assunta.|We hebben gekozen voor Sanne Bakkerman.|
    Sanne Bakkerman is gekozen.|Wybraliśmy Annę Wiśniewską.|Anna Wiśniewska została wybrana.|
    Escolhemos o Tiago Figueira.|Tiago Figueira foi escolhido.|Die Stelle geht an Frau Krüger.|
    Die Stelle ging an Frau Sabine Krüger.|Die Wahl fiel auf Herrn Krüger.|Hemos elegido a la señora Herrero.|
    Abbiamo scelto la Signora Bianchetti.|We hebben gekozen voor mevrouw Bakkerman.|Wybraliśmy Panią Wiśniewską.
"""
NOT_CHOSEN = """
    Le poste a été confié à une autre personne.|Notre Agence Toulouse a été retenue.|Votre Profil Junior a été retenu.|
    La visite est confiée à la société Atelier Garonne.|Nous avons choisi le 12 mai.|The job went to another applicant.|
    Your Application has been selected.|We have chosen Microsoft Teams for the interview.|
    We chose another applicant.|We gave the place to somebody else.|We took on Green Energy Ltd for the move.|
    Wir haben eine andere Bewerberin eingestellt.|Wir haben die Räume Nord genommen.|
    Wir haben uns für eine andere Bewerberin entschieden.|Die Abteilung Einkauf hat die Stelle neu besetzt.|
    Hemos elegido a otra persona.|Abbiamo scelto un altro candidato.|Su Grupo Norte ha sido seleccionado.|
    We hebben gekozen voor een ander.|Wybraliśmy inną osobę.|Escolhemos outra pessoa.
"""
INTERNAL = """
    Bewertung, Bemerkung, Kommentar, Einschätzung, Absagegrund, Gehaltsvorstellung, Eindruck, Puntuación, Observaciones,
    Valoración, Motivo del rechazo, Salario deseado, Comentarios internos, Valutazione, Giudizio, Punteggio, Note
    interne, Opmerkingen, Beoordeling, Salariswens, Reden afwijzing, Uwagi, Ocena, Powód odmowy, Oczekiwania finansowe,
    Pontos fracos, Puntos débiles, Punti deboli, Zwakke punten, Schwachpunkte, Słabe strony, Credit check, Solvabilité,
    Bonität, Solvencia, Kredietwaardigheid, Lista negra, Lista nera, Schwarze Liste, Zwarte lijst, Czarna lista,
    Pretensiones, Aspettative economiche, RAL richiesta, Lohnvorstellung, Wunschgehalt, Gesamturteil, Do not contact,
    Staff only, Ne pas divulguer, Gut feeling, Avaliação, Observações, Pretensão salarial,
    Culture fit, Hire decision, Décision interne, Jahresgehalt, Hourly wage, Jaarsalaris, Ordenado, Zarobki,
    Base pay, Gross pay (EUR)
"""
HARMLESS = """
    Abteilung, Standort, Raum, Uhrzeit, Beginn, Stelle, Departamento, Sala, Horario, Puesto, Sede, Orario, Ruolo,
    Interno, Scala e interno, N. interno, Afdeling, Functie, Lokaal, Dział, Stanowisko,
    Godzina, Sala de reunião, Função, Régime alimentaire, Menu, Diploma, Pay date, Pay number, Pay
"""
PAY = {
    "Nouveau salaire": "Votre salaire mensuel sera de",
    "New salary": "Your new salary is",
    "Neues Gehalt": "Ihr Gehalt beträgt",
    "Nuevo salario": "Su salario será de",
    "Nuovo stipendio": "Il suo stipendio sarà di",
    "Nieuw salaris": "Uw salaris wordt",
    "Wynagrodzenie": "Państwa wynagrodzenie wynosi",
    "Novo salário": "O seu salário será de",
}


def _rows(text: str, separator: str = "|") -> list[str]:
    return [" ".join(each.split()) for each in text.split(separator)]


@each_row("greeting", _rows(GREETED))
def test_a_typed_name_in_a_greeting_is_told(greeting: str) -> None:
    report = check(inspection_of(letter=LETTER.replace(GREETING, greeting)))
    assert "TPL211" in {finding.rule for finding in report.findings}


@each_row("greeting", _rows(NOBODY))
def test_a_greeting_to_nobody_in_particular_is_left_alone(greeting: str) -> None:
    report = check(inspection_of(letter=LETTER.replace(GREETING, greeting)))
    assert [f.message for f in report.findings if f.severity is not Severity.INFO] == []


@each_row("sentence", _rows(CHOSEN))
def test_a_name_out_of_nowhere_that_was_chosen_is_told_in_the_letter_and_in_a_cell(sentence: str) -> None:
    assert found(letter(sentence)(), "TPL211")
    assert found(cell(poste=f"Comptable. {sentence}")(), "TPL211")


@each_row("sentence", _rows(NOT_CHOSEN))
def test_a_choice_that_names_nobody_is_left_alone(sentence: str) -> None:
    assert not found(letter(sentence)(), "TPL211")
    assert not found(cell(poste=f"Comptable. {sentence}")(), "TPL211")


@each_row("header", _rows(INTERNAL, ","))
def test_a_column_for_colleagues_is_not_printed(header: str) -> None:
    assert found(column(header, "faible", f"\n{{{{ {identifier(header)} }}}}\n")(), "TPL202")


@each_row("header", _rows(HARMLESS, ","))
def test_a_column_for_anybody_is_printed(header: str) -> None:
    assert not found(column(header, "B2", f"\n{{{{ {identifier(header)} }}}}\n")(), "TPL202")


@each_row("header", PAY)
def test_a_letter_about_pay_may_print_it_and_no_other_may(header: str) -> None:
    field = identifier(header)
    assert not found(column(header, "2100 €", f"\n{PAY[header]} {{{{ {field} }}}}.\n")(), "TPL202")
    assert found(column(header, "2100 €", f"\nVoir {{{{ {field} }}}}.\n")(), "TPL202")
    assert found(column(header, "2100 €", f"\n{PAY[header]} {{% if {field} == '1' %}}a{{% endif %}}\n")(), "TPL202")


@each_row("header", ["Interviewer", "Interviewers", "Évaluateur", "Assessor"])
def test_a_column_of_interviewers_is_printed_where_it_names_them_and_not_what_they_think(header: str) -> None:
    def printed(values: list[str]) -> Inspection:
        rows = [(*row, values[number % len(values)]) for number, row in enumerate(PEOPLE)]
        return inspection_of(table_of(rows, (*HEADERS, header)), f"{LETTER}\nAvec {{{{ {identifier(header)} }}}}.\n")

    assert not found(printed(["Julie Roche", "Marc Estève"]), "TPL202")
    assert found(printed(["trop timide", "à revoir"]), "TPL202")


NEEDS = {
    "Régime alimentaire": "aucun", "Allergies": "néant", "Dietary requirements": "none", "Access needs": "None",
    "Food": "nil", "Adjustments": "n/a", "Essen": "keine", "Unverträglichkeiten": "Keine", "Dieta": "ninguna",
    "Alergias": "ninguno", "Esigenze": "nessuna", "Dieetwensen": "geen", "Alergie": "brak", "Restrições": "nenhuma",
    "Accompagnants": "Aucun", "Besoins": "sans objet",
}  # fmt: skip


@each_row("header", NEEDS)
def test_who_needs_nothing_has_answered(header: str) -> None:
    def printed(value: str) -> Inspection:
        return column(header, value, f"\nNoté : {{{{ {identifier(header)} }}}}\n")()

    said = [f for code in ("LST124", "MSG301") for f in found(printed(NEEDS[header]), code)]
    assert [finding.message for finding in said] == []
    for open_one in ("à compléter", "TBD", "[menu]", "xxx", "???"):
        assert found(printed(open_one), "LST124"), open_one
    elsewhere = column("Salle", NEEDS[header], "\nSalle {{ salle }}\n")()
    assert found(elsewhere, "LST124") or fold(NEEDS[header]) not in ("none", "neant", "nil")


HOUSE = (
    "http://localhost:8080/rh", "http://192.168.1.20/rh", "http://10.0.0.4/x", "http://intranet/candidats",
    "https://intranet.garonne.example/rh", "https://trello.com/b/abc/candidats", "https://garonne.atlassian.net/x",
    "https://garonne.sharepoint.com/sites/rh", "https://www.notion.so/garonne/Candidats-abc", "/home/claire/liste.csv",
)  # fmt: skip
ANYBODYS = (
    "https://garonne.example/jobs", "https://www.linkedin.com/company/garonne", "https://forms.office.com/r/abc",
    "https://calendly.com/garonne/30min", "https://teams.microsoft.com/l/meetup-join/abc", "https://zoom.us/j/1234",
    "https://meet.google.com/abc-defg-hij", "https://www.cnil.fr/fr/plaintes", "https://maps.google.com/?q=Toulouse",
)  # fmt: skip


@each_row("link", [*HOUSE, *ANYBODYS])
def test_a_link_that_only_colleagues_can_open_is_told_to_strangers_alone(link: str) -> None:
    report = check(inspection_of(letter=f"{LETTER}\nVoir {link}\n"))
    assert ("TPL211" in {finding.rule for finding in report.findings}) is (link in HOUSE)
    staff = [(*row[:3], f"{fold(row[1])}.{number}@garonne.example", *row[4:]) for number, row in enumerate(PEOPLE)]
    inside = inspection_of(staff, f"{LETTER}\nVoir {link}\n", sender=Mailbox("RH", "rh@garonne.example"))
    assert not found(inside, "TPL211") or link.startswith("/home")


@each_row(
    "text",
    [
        "Geschäftsführer: Dr. Klaus Hartmann, HRB 12345",
        "Directrice de la publication : Mme Odile Garrec",
        "Contact : Mme Garrec",
        "Managing director: Mr Tom Ashby",
        "Bien cordialement,\n\nMme Odile Garrec\nResponsable des ressources humaines",
        "Mit freundlichen Grüßen\n\nDr. Klaus Hartmann",
        "Kind regards,\nMrs Ashby",
    ],
)
def test_a_function_of_the_house_and_a_signature_are_not_left_over(text: str) -> None:
    bare = LETTER[: LETTER.index("Claire Durand")]
    assert not found(inspection_of(letter=f"{bare}\n{text}\n"), "TPL204")
    assert found(inspection_of(letter=f"{bare}\nSuite à votre échange avec Mme Garrec.\n{text}\n"), "TPL204")


@each_row("name", ["Inès Petit", "Zoé Lefèvre", "Paul Nguyen"])
@each_row(
    "around",
    [
        "{} SARL", "{} & Fils", "{} et Fils", "{} Ltd", "{} LLP", "{} GmbH", "{} & Söhne", "{} y Cía", "{} S.L.",
        "{} B.V.", "{} Foundation", "{} Bakery", "{} Plumbing Ltd", "The {} Practice", "{} Motors", "{} Elektrotechnik",
        "{} Bau", "{} Transportes", "{} Costruzioni", "{} Menuiserie", "{} Paysage", "{} Nieruchomości",
        "{} sp. z o.o.", "Garage {}", "Fondation {}", "Bäckerei {}", "Talleres {}",
        "Entreprise {}", "Stichting {}",
    ],
)  # fmt: skip
def test_a_firm_called_like_somebody_is_a_firm(around: str, name: str) -> None:
    assert not found(cell(poste=f"Juriste chez {around.format(name)}")(), "XRC402")
    assert found(cell(poste=f"Juriste au cabinet {name}")(), "XRC402")
    assert found(cell(poste=f"Juriste. Nous avons vu {name}")(), "XRC402")
    assert found(cell(poste=f"Juriste. Le cabinet a préféré {name} et filles")(), "XRC402")
    assert found(cell(poste=f"Boulangerie. {name} boulangerie")(), "XRC402")
    assert found(cell(poste=f"{name}. Menuiserie")(), "XRC402")
    assert found(cell(poste=f"{name} Comptable")(), "XRC402")


@each_row("word", ["Рaul", "Hugo\u0430", "L\u03c5c"])
def test_a_name_in_two_alphabets_is_told(word: str) -> None:
    told = found(cell(prenom=word)(), "LST106")
    assert [finding.severity for finding in told] == [Severity.WARN]
    assert not found(cell(prenom="Даша Anna-Łucja")(), "LST106")


@each_row("trade", sorted(TRADES)[::8])
def test_a_shop_called_like_somebody_is_a_shop(trade: str) -> None:
    assert not found(cell(poste=f"Juriste chez {trade.capitalize()} Inès Petit")(), "XRC402")
    assert found(cell(poste=f"Juriste. Le {trade} a préféré Inès Petit")(), "XRC402")
    assert not found(attached("menu.pdf", pdf(info=f"/Author ({trade.capitalize()} Lacombe)"))(), "ATT505")
