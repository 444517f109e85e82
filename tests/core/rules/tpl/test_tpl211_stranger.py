"""TPL211: The letter names nobody out of nowhere, and opens no door of the house."""

from __future__ import annotations

from each_row import each_row
from lint_cases import LETTER, PEOPLE, inspection_of
from rule_cases import GREETING, case, cases_of, cell, column, expect, found, letter

from mailmerge.lint import LintSettings

FAILS = {
    "the shortest link into the house in a cell": case(
        cell(poste="file:///a/b.doc"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="file:///a/b.doc",
            fingerprint="e8d8a3d9fac4dcbb",
            says='Jean Dupont (line 3) would see file:///a/b.doc in "Poste", which leads to a shared document, a server or a folder of your own',
            fix='Remove it from "Poste", or make sure that only this person can open it.',
        ),
    ),
    "first names one after another": case(
        letter("Avec vous : Inès, Jean, Zoé, Paul, Aïcha."),
        expect(
            letter_line=11,
            excerpt="Inès, Jean, Zoé, Paul, Aïcha",
            fingerprint="1c7dcf3885ff75e9",
            says='lettre.md, line 11: "Inès, Jean, Zoé, Paul, Aïcha" are the first names of people in the table, one after another; every recipient would see them',
            fix="Remove the list, unless all of these people may know of each other.",
        ),
    ),
    "a greeting by a typed name of three words": case(
        lambda: inspection_of(letter=LETTER.replace(GREETING, "Bonjour Sandrine Anne Garrigue,")),
        expect(
            letter_line=3,
            excerpt="Sandrine Anne Garrigue",
            fingerprint="5f000420a1a4d6a5",
            says='lettre.md, line 3: every recipient would be greeted as "Sandrine Anne Garrigue", a name typed into the letter',
        ),
    ),
    "a greeting by a typed name behind a comma": case(
        lambda: inspection_of(letter=LETTER.replace(GREETING, "Hola, Sandrine:")),
        expect(
            letter_line=3,
            excerpt="Sandrine",
            fingerprint="ea5c605d6e6717bc",
            says='lettre.md, line 3: every recipient would be greeted as "Sandrine", a name typed into the letter',
        ),
    ),
    "a greeting by a typed name": case(
        lambda: inspection_of(letter=LETTER.replace(GREETING, "Bonjour Sandrine,")),
        expect(
            letter_line=3,
            excerpt="Sandrine",
            fingerprint="ea5c605d6e6717bc",
            says='lettre.md, line 3: every recipient would be greeted as "Sandrine", a name typed into the letter',
        ),
    ),
    "somebody who got the job": case(
        letter("Le poste a été confié à Marc Delaunay."),
        expect(
            letter_line=11,
            excerpt="confié à Marc Delaunay",
            fingerprint="193ba00d7aa3ecdd",
            says='lettre.md, line 11: "confié à Marc Delaunay" names somebody who is not in the table; every recipient would see it',
        ),
    ),
    "somebody who was chosen": case(
        letter("Nous avons retenu Solène Garrigue."),
        expect(
            letter_line=11,
            excerpt="avons retenu Solène Garrigue",
            fingerprint="e03519faa4c7195f",
            says='lettre.md, line 11: "avons retenu Solène Garrigue" names somebody who is not in the table; every recipient would see it',
        ),
    ),
    "a choice": case(
        letter("Notre choix s'est porté sur Solène Garrigue."),
        expect(
            letter_line=11,
            excerpt="s'est porté sur Solène Garrigue",
            fingerprint="4f999635c03a8c86",
            says='lettre.md, line 11: "s\'est porté sur Solène Garrigue" names somebody who is not in the table; every recipient would see it',
        ),
    ),
    "in English": case(
        letter("We have selected Olivia Marsh for this role."),
        expect(
            letter_line=11,
            excerpt="selected Olivia Marsh",
            fingerprint="da63270ce123c268",
            says='lettre.md, line 11: "selected Olivia Marsh" names somebody who is not in the table; every recipient would see it',
        ),
    ),
    "a shared sheet": case(
        letter("Voir https://docs.google.com/spreadsheets/d/1AbC/edit"),
        expect(
            letter_line=11,
            excerpt="https://docs.google.com/spreadsheets/d/1AbC/edit",
            fingerprint="ca63a7f4fad85e3a",
            says="lettre.md, line 11: https://docs.google.com/spreadsheets/d/1AbC/edit leads to a shared document, a server or a folder of your own",
        ),
    ),
    "a server": case(
        letter("Voir \\\\serveur\\rh\\liste.xlsx"),
        expect(
            letter_line=11,
            excerpt="\\\\serveur\\rh\\liste.xlsx",
            fingerprint="77721cf0214a6033",
            says="lettre.md, line 11: \\\\serveur\\rh\\liste.xlsx leads to a shared document, a server or a folder of your own",
        ),
    ),
    "a folder": case(
        letter("Voir file:///C:/Users/claire/liste.xlsx"),
        expect(
            letter_line=11,
            excerpt="file:///C:/Users/claire/liste.xlsx",
            fingerprint="fc2a5d269a1b9fad",
            says="lettre.md, line 11: file:///C:/Users/claire/liste.xlsx leads to a shared document, a server or a folder of your own",
        ),
    ),
    "a site of the house": case(
        letter("Voir https://maison.sharepoint.com/:x:/s/RH/liste"),
        expect(
            letter_line=11,
            excerpt="https://maison.sharepoint.com/:x:/s/RH/liste",
            fingerprint="604c6d4397162311",
            says="lettre.md, line 11: https://maison.sharepoint.com/:x:/s/RH/liste leads to a shared document, a server or a folder of your own",
        ),
    ),
    "in a cell": case(
        cell(poste="Le poste a été confié à Marc Delaunay"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="confié à Marc Delaunay",
            fingerprint="2950850dd1736bcd",
            says='Jean Dupont (line 3) would see "confié à Marc Delaunay" in "Poste", which names somebody who is not in the table',
        ),
    ),
    "a link in a cell": case(
        cell(poste="voir https://docs.google.com/spreadsheets/d/1AbC/edit"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="https://docs.google.com/spreadsheets/d/1AbC/edit",
            fingerprint="bbd5db3623a36f73",
            says='Jean Dupont (line 3) would see https://docs.google.com/spreadsheets/d/1AbC/edit in "Poste", which leads to a shared document, a server or a folder of your own',
        ),
    ),
    "in a cell of many": case(
        column("Retour", "Le poste a été confié à Marc Delaunay.", "\n{{ retour }}\n"),
        expect(
            record=1,
            line=2,
            field="retour",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="confié à Marc Delaunay",
            fingerprint="f48f2c3689eda753",
            says='6 people would see "confié à Marc Delaunay" in "Retour", which names somebody who is not in the table (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "a link in a cell of many": case(
        column("Lien", "https://docs.google.com/spreadsheets/d/1AbC/edit", "\n{{ lien }}\n"),
        expect(
            record=1,
            line=2,
            field="lien",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="https://docs.google.com/spreadsheets/d/1AbC/edit",
            fingerprint="7bb585c78e9777d2",
            says='6 people would see links such as https://docs.google.com/spreadsheets/d/1AbC/edit in "Lien", which lead to shared documents, servers or folders of your own (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "a greeting by a typed name in bold": case(
        lambda: inspection_of(letter=LETTER.replace(GREETING, "Bonjour **Sandrine**,")),
        expect(
            letter_line=3,
            excerpt="Sandrine",
            fingerprint="ea5c605d6e6717bc",
            says='lettre.md, line 3: every recipient would be greeted as "Sandrine", a name typed into the letter',
        ),
    ),
}
PASSES = {
    "words behind a greeting and a comma": lambda: inspection_of(
        letter=LETTER.replace(
            GREETING, "Bonjour, Merci de votre envoi,\n\nHello, Thank you!\n\nBonjour, Votre avis, vite."
        )
    ),
    "a greeting of four words": lambda: inspection_of(
        letter=LETTER.replace(GREETING, "Bonjour Sandrine Anne Garrigue Delmas,")
    ),
    "a greeting by a name of the table, which MSG302 tells": lambda: inspection_of(
        letter=LETTER.replace(GREETING, "Bonjour Inès,")
    ),
    "a greeting by who signs": lambda: inspection_of(
        letter=LETTER.replace(GREETING, "Bonjour Hélène,"), settings=LintSettings(signatories=("Hélène Roy",))
    ),
    "a greeting to an agency": lambda: inspection_of(letter=LETTER.replace(GREETING, "Bonjour Cabinet Durand,")),
    "a greeting by a profession": lambda: inspection_of(letter=LETTER.replace(GREETING, "Bonjour Docteur,")),
    "a company": letter("Nous avons choisi Microsoft Teams pour cet entretien."),
    "a greeting to everybody": lambda: inspection_of(letter=LETTER.replace(GREETING, "Bonjour à tous,")),
    "a title": lambda: inspection_of(letter=LETTER.replace(GREETING, "Chère candidate, cher candidat,")),
    "a field": lambda: inspection_of(),
    "a service": letter("Votre dossier a été confié à notre service juridique."),
    "an agency that is called so first": letter("Nous avons choisi Cabinet Delaunay pour ce poste."),
    "an agency that is called so last": letter("Nous avons choisi Delaunay Conseil pour ce poste."),
    "an agency": letter("Le recrutement a été confié au Cabinet Durand Conseil."),
    "who signs": letter("Votre dossier a été confié à Hélène Roy.", settings=LintSettings(signatories=("Hélène Roy",))),
    "somebody of the table, whom TPL203 tells": letter("Nous avons retenu Zoé Lefèvre."),
    "a form for everybody": letter("Répondez sur https://docs.google.com/forms/d/1AbC"),
    "no name": letter("Nous avons retenu une autre candidature. Le poste a été confié à une personne de l'équipe."),
}

test_fails, test_passes = cases_of("TPL211", FAILS, PASSES)

GREETED = {
    "Sehr geehrte Frau Vogel,": ["Vogel"],
    "Sehr geehrter Herr Koch,": ["Koch"],
    "Hallo Vogel,": [],
    "Lieber Koch,": [],
    "Sehr geehrte Frau Direktorin Kollegin,": [],
}


@each_row(("text", "named"), GREETED.items())
def test_an_ordinary_word_behind_a_title_is_a_name(text: str, named: list[str]) -> None:
    inspection = inspection_of(letter=LETTER.replace(GREETING, text))
    assert [each.excerpt for each in found(inspection, "TPL211")] == named


@each_row(
    "link",
    [
        "https://we.tl/t-AbCdEf1234",
        "https://wetransfer.com/downloads/0a1b2c",
        "https://exemple.wetransfer.com/t/0a1b2c",
        "https://www.swisstransfer.com/d/1234-5678",
        "https://fromsmash.com/candidats-2026",
        "https://www.transfernow.net/dl/2026abc",
        "https://www.grosfichiers.com/abcdef",
        "https://kdrive.infomaniak.com/app/share/12345/abcd",
        "https://u.pcloud.link/publink/show?code=XZabc",
        "https://mega.nz/folder/abc#key",
        "https://exemple.box.com/s/abcdef",
        "https://www.icloud.com/iclouddrive/0abc",
        "https://nuage.exemple.test/s/AbCdEfGhIjKlMnO",
        "https://nuage.exemple.test/index.php/s/AbCdEfGhIjKlMnO",
        "https://www.dropbox.com/scl/fi/abc",
    ],
)
def test_a_link_to_files_that_were_shared_or_sent_is_told(link: str) -> None:
    (finding,) = found(letter(f"Le dossier : {link} .")(), "TPL211")
    assert finding.excerpt in link


@each_row(
    "link",
    [
        "https://wetransfer.com/",
        "https://www.exemple.test/s/jobs",
        "https://www.exemple.test/careers/s",
        "https://mega-job.test/file/1",
        "https://box.exemple.test/contact",
        "https://maps.app.goo.gl/AbCdEfGhIjKlMnO",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc",
        "https://calendly.com/rh-exemple/entretien",
    ],
)
def test_a_link_to_a_page_for_everybody_is_left_in_peace(link: str) -> None:
    assert found(letter(f"Voir {link} .")(), "TPL211") == []


CHOSEN_IN_THE_END = (
    "Nous avons finalement retenu Solène Garrigue.",
    "Nous avons donc choisi Solène Garrigue.",
    "Nous avons, après réflexion, retenu Solène Garrigue.",
    "Nous avons en définitive préféré Solène Garrigue.",
    "Le jury a finalement retenu la candidature de Solène Garrigue.",
    "Le jury a à l'unanimité choisi Solène Garrigue.",
    "Notre choix s'est finalement porté sur Solène Garrigue.",
    "Le poste a été finalement confié à Solène Garrigue.",
    "In the end we have now appointed Heather Renshaw.",
    "The panel eventually chose Heather Renshaw.",
    "We have since hired Heather Renshaw.",
    "Wir haben uns schließlich für Henning Ohlendorf entschieden.",
    "Am Ende fiel die Wahl auf Henning Ohlendorf.",
    "Hemos elegido finalmente a Elvira Quintana.",
    "Finalmente hemos seleccionado a Elvira Quintana.",
    "Abbiamo infine scelto Tullio Bellandi.",
    "Escolhemos finalmente a Célia Teixeira.",
    "Uiteindelijk hebben wij gekozen voor Ruben Zijlstra.",
    "Ostatecznie wybraliśmy Halinę Brzozowską.",
)


@each_row("text", CHOSEN_IN_THE_END)
def test_who_was_chosen_in_the_end_is_named_to_nobody(text: str) -> None:
    assert found(letter(text)(), "TPL211")


TITLED = (
    "Gentile dottoressa Bellandi,",
    "Gentile professor Bellandi,",
    "Egregio ingegner Bellandi,",
    "Gentile avvocato Bellandi,",
    "Estimada doctora Quintana:",
    "Estimado profesor Quintana:",
    "Prezada doutora Teixeira,",
    "Szanowna Pani doktor Brzozowska,",
    "Sehr geehrte Frau Ohlendorf,",
    "Geachte mevrouw Zijlstra,",
    "Exma. Senhora Teixeira,",
    "Ex.mo Senhor Teixeira,",
    "Excelentíssima Senhora Teixeira,",
)


@each_row("greeting", TITLED)
def test_a_title_written_small_is_one_before_a_name(greeting: str) -> None:
    campaign = inspection_of(letter=LETTER.replace(GREETING, greeting))
    assert found(campaign, "TPL211") or found(campaign, "TPL204")


@each_row(
    "greeting", ["Gentile dottoressa,", "Gentile professore,", "Estimado doctor:", "Caro professor,", "Exmo. Senhor,"]
)
def test_a_title_alone_is_nobodys_name(greeting: str) -> None:
    assert found(inspection_of(letter=LETTER.replace(GREETING, greeting)), "TPL211") == []


def test_a_name_in_a_greeting_is_told_behind_a_greeting_to_nobody() -> None:
    letter = LETTER.replace(GREETING, "Bonjour à tous,\n\nBonjour Sandrine,")
    assert [(each.letter_line, each.excerpt) for each in found(inspection_of(letter=letter), "TPL211")] == [
        (5, "Sandrine")
    ]


@each_row(
    ("title", "name", "told"), [("Mme", "Delaunay", True), ("Madame", "Delaunay", True), ("Mme", "Lefèvre", False)]
)
def test_who_was_chosen_by_a_title_and_a_surname_is_told_in_a_cell(title: str, name: str, told: bool) -> None:
    text = f"Nous avons retenu {title} {name}."
    assert [each.excerpt for each in found(cell(poste=text)(), "TPL211")] == [f"avons retenu {title} {name}"] * told
    assert found(letter(text)(), "TPL211") == []  # TPL204 tells it


@each_row(
    ("subject", "told"),
    [
        ("Zoé, votre badge", ["Zoé"]),
        ("Re : Zoé, votre badge", ["Zoé"]),
        ("Votre badge, Zoé !", ["Zoé"]),
        ("Votre badge, Zoé", ["Zoé"]),
        ("Paris, le 3 mars", []),
        ("Votre badge, {{ prenom }}", []),
        ("Le dossier de Zoé, suite", []),
        ("zoé, votre badge", []),
        ("Zoé et Paul, le film", []),
    ],
)
def test_a_first_name_typed_into_the_subject_greets_everybody(subject: str, told: list[str]) -> None:
    first = LETTER.partition("\n")[0]
    written = LETTER.replace(first, f"Subject: {subject}", 1)
    assert [each.excerpt for each in found(inspection_of(letter=written), "TPL211")] == told
    assert found(inspection_of(PEOPLE[2:3], written), "TPL211") == []


TEN = ("Inès", "Jean", "Zoé", "Paul", "Aïcha", "Luc", "Anne-Marie", "Omar", "Eva", "Tom")


@each_row(
    ("names", "told"),
    [
        ("Jean, Zoé, Paul, Aïcha, Luc", True),
        ("Jean, Zoé, Paul, Aïcha et Luc", True),
        ("Jean, Zoé, Paul, Aïcha and Luc", True),
        ("Luc, Anne-Marie, Omar, Eva, Tom", True),
        ("Jean, Zoé, Paul, Aïcha", False),
        ("Tom, Inès, Omar, Luc, Jean, Eva", True),
        ("Tom, Inès, Omar, Luc, Jean", False),
        ("Jean, Zoé, Paul, Aïcha, Marie", False),
        ("Jean Zoé Paul Aïcha Luc", False),
    ],
)
def test_first_names_in_the_order_of_the_table_are_its_list(names: str, told: bool) -> None:
    people = [("M.", name, f"Nom{n}", f"x{n}@mail.example", "Juriste", f"RC-{n}", "") for n, name in enumerate(TEN)]
    findings = found(inspection_of(people, f"{LETTER}\nSeront là : {names}.\n"), "TPL211")
    assert [each.excerpt for each in findings] == [names] * told


@each_row(
    "greeting",
    [
        "Dear Patient", "Dear Tenant", "Dear Policyholder", "Dear Library Member", "Dear Season Ticket Holder",
        "Cher Locataire", "Chère Patiente", "Cher Sociétaire", "Chers Choristes", "Chers Trompettistes",
        "Liebe Wähler", "Sehr geehrter Fahrgast", "Liebe Hundefreunde", "Estimado Vecino", "Gentile Paziente",
        "Caro Munícipe", "Beste Reiziger", "Geachte Patiënt", "Szanowny Pacjencie", "Drogi Rodzicu",
        "Liebe Flötistin, lieber Flötist", "Sehr geehrte Rudernde, sehr geehrter Ruderer",
        "Chère Trompettiste, cher Trompettiste", "Liebe Flötist:innen", "Liebe FlötistInnen", "Liebe Flötist*innen",
    ],
)  # fmt: skip
def test_what_people_are_to_the_sender_is_no_name(greeting: str) -> None:
    assert found(letter(f"{greeting},")(), "TPL211") == []


@each_row("greeting", ["Chère Sandra", "Liebe Sandra, lieber Tobias", "Dear Sandra Milton", "Caro Sandro"])
def test_a_name_beside_what_people_are_is_told(greeting: str) -> None:
    assert found(letter(f"{greeting},")(), "TPL211") != []
