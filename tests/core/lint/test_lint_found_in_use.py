"""What use has shown, line by line: five leaks of a kind that are told of, and five harmless twins that are not."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from textwrap import wrap

from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, changed, inspection_of, table_of
from lint_files import archive, office, pdf, with_scans, workbook
from msgspec import Struct
from msgspec.structs import replace
from planted_pdfs import annotated, outlined, uri
from planted_pictures import jpeg, png
from planted_texts import calendar, card, page
from rule_cases import Case, attached, cell, column, found, html, letter, moved

from mailmerge.model import Severity
from mailmerge.text.addresses import Mailbox
from mailmerge.text.folding import identifier

LEAST = 5


class Line(Struct, frozen=True):
    """One kind: the rule that tells, and what it is judged by."""

    rule: str
    leaks: Sequence[Case]
    twins: Sequence[Case]


def cells(*texts: str) -> list[Case]:
    """What is printed for Jean Dupont."""
    return [cell(poste=text) for text in texts]


def letters(*texts: str) -> list[Case]:
    return [letter(text) for text in texts]


def columns(text: str, *pairs: tuple[str, Sequence[str]]) -> list[Case]:
    """A column more, which the letter prints; {} stands for its field."""
    return [column(name, values, text.replace("{}", f"{{{{ {identifier(name)} }}}}")) for name, values in pairs]


def people(*names: tuple[str, str]) -> Callable[[str], Case]:
    """Other people from the third row on; what is printed for Jean Dupont."""

    def with_text(text: str) -> Case:
        rows: Sequence[Sequence[str]] = changed(2, poste=text)
        for number, (first, last) in enumerate(names, 3):
            rows = changed(number, rows, prenom=first, nom=last)
        return lambda: inspection_of(rows)

    return with_text


def whole(*names: str) -> Callable[[str], Case]:
    """One column for the whole name; what is printed for the second of these people."""

    def with_text(text: str) -> Case:
        rows = [
            (row[0], name, row[3], text if number == 1 else row[4], *row[5:])
            for number, (name, row) in enumerate(zip(names, PEOPLE, strict=True))
        ]
        header = (HEADERS[0], "Participant", *HEADERS[3:])
        table = table_of(rows, header, first_name="", last_name="", full_name="participant")
        return lambda: inspection_of(table, LETTER.replace("{{ nom }}", "{{ participant }}"))

    return with_text


def coded(*texts: str) -> list[Case]:
    """A link to a file in the letter itself, over several lines as mail programs write it."""
    packed = ("\n".join(wrap(base64.b64encode(text.encode()).decode(), 60)) for text in texts)
    return [html(f'<a href="data:text/vcard;base64,{each}">carte</a>') for each in packed]


def second_address(*texts: str) -> list[Case]:
    """Everybody has a further address; what is printed for Jean Dupont."""

    def with_text(text: str) -> Case:
        rows = [(*row, f"perso{number}@y.example") for number, row in enumerate(changed(2, poste=text))]
        table = table_of(rows, (*HEADERS, "E-mail perso"))
        table = replace(table, columns=replace(table.columns, other_emails=("e_mail_perso",)))
        return lambda: inspection_of(table)

    return [with_text(text) for text in texts]


REMARKS = (
    "Excellente en entretien, nous lui proposons 42 k€ dès lundi",
    "Trop chère pour nous et peu sûre d'elle à l'oral",
    "A menti sur son diplôme, ne plus la recontacter cette année",
    "Très bon contact, mais le manager veut quelqu'un de plus jeune",
    "Fille d'un client, à ménager, on la rappelle en mars",
    "Dernier choix du jury après un débat long et pénible",
)


def remark(*texts: str) -> list[Case]:
    """Everybody has an internal remark that no letter prints; what is printed for Jean Dupont."""
    made = []
    for text in texts:
        rows = [(*row, note) for row, note in zip(changed(2, poste=text), REMARKS, strict=True)]
        made.append(lambda rows=rows: inspection_of(table_of(rows, (*HEADERS, "Avis interne"))))
    return made


def shifted(*hows: Callable[[list[str]], list[str]]) -> list[Case]:
    names = [
        "Arnaud",
        "Bastide",
        "Coralie",
        "Delort",
        "Estelle",
        "Favier",
        "Gilles",
        "Hamon",
        "Irène",
        "Joly",
        "Karl",
        "Lenoir",
        "Maud",
        "Noël",
    ]
    rows = [
        ("", first, last, f"{first}.{last}@mail.example".lower(), "Juriste", f"RC-{number:04}", "")
        for number, (first, last) in enumerate((first, last) for first in names[::2] for last in names[1::2])
    ]
    return [moved(3, how, rows) for how in hows]


def swap(*pairs: tuple[int, int]) -> Callable[[list[str]], list[str]]:
    def how(values: list[str]) -> list[str]:
        values = list(values)
        for one, other in pairs:
            values[one], values[other] = values[other], values[one]
        return values

    return how


def files(name: str, *contents: bytes) -> list[Case]:
    return [attached(name, content) for content in contents]


def written(kind: tuple[str, Callable[[str], bytes]], *texts: str) -> list[Case]:
    name, make = kind
    return [attached(name, make(text)) for text in texts]


COMPOUND = people(("Awa", "N'Diaye"), ("Anne", "Le Gall"), ("Karim", "Benslimane"), ("Zoé", "Martinval-Leroyer"))
WHOLE = whole(
    "LE GALL Anne", "Dupont, Jean", "VAN DER BERG Anna Maria", "Moreau Anaïs (stagiaire)", "Ola Nwosu", "Li Wei"
)
LINES: dict[str, Line] = {
    "a word of place before a name": Line(
        "XRC402",
        cells(
            "UX (à la place de Inès Petit)",
            "Au second tour, Zoé Lefèvre",
            "à votre place, Paul Nguyen",
            "Juriste, en cours : Aïcha Benali",
            "en lieu et place de Luc Saint-Martin",
        ),
        cells(
            "place Inès Petit, 31000 Toulouse",
            "au 3, place Zoé Lefèvre",
            "quai Paul Nguyen",
            "lycée Aïcha-Benali",
            "dans la tour Luc Saint-Martin, 5e étage",
        ),
    ),
    "a column of remarks about others": Line(
        "XRC402",
        columns(
            "\nLe mot : {}.\n",
            *(
                (header, ["", f"le jury a préféré {who}"])
                for header, who in (
                    ("Retour du jury", "Inès Petit"),
                    ("Panel", "Zoé Lefèvre"),
                    ("Avec le manager", "Paul Nguyen"),
                    ("Vu par le chef", "Aïcha Benali"),
                    ("Interviewer says", "Luc Saint-Martin"),
                )
            ),
        ),
        columns(
            "\nVous serez reçu par {}.\n",
            *(
                (header, ["Odile Garrec"] * 6)
                for header in ("Manager", "Recruteur", "Jury", "Interlocuteur", "Reçu par")
            ),
        ),
    ),
    "references in other groups": Line(
        "XRC401",
        cells("RC 0017", "rc0019", "RC–0020", "RC/0021", "n° RC.0022"),
        cells("RC 0018", "RC 0099", "salle 0017", "19 postes", "RC de l'immeuble, 21 places"),
    ),
    "numbers in other groups": Line(
        "XRC401",
        cells(
            "06–12–34–56–01",
            "0612 345 603",
            "+33 6 12 34 56 04",
            "06.12.34.56.05",
            "06\u200b12\u200b34\u200b56\u200b06",
        ),
        cells("06 12 34 56 02", "06 12 34 56", "06 12 34 57 01", "12 34 56 01 euros", "le 06/12 à 34, 56 ou 01"),
    ),
    "a file in a link": Line(
        "MSG305",
        coded(
            "FN:Inès Petit\nEMAIL:ines.petit@mail.example",
            "EMAIL:zoe.lefevre@mail.example\nNOTE:" + "a" * 70,
            "NOTE:" + "b" * 90 + "\nEMAIL:paul.nguyen@mail.example",
            "TEL:0612345605\nEMAIL:aicha.benali@mail.example",
            "N:Saint-Martin;Luc\nEMAIL:luc.saint-martin@mail.example",
        ),
        coded(
            "FN:Claire Durand\nEMAIL:rh@exemple.test",
            "NOTE:" + "a" * 90,
            "FN:Accueil",
            "ORG:Atelier Garonne",
            "ADR:12 rue des Lilas, 31000 Toulouse",
        ),
    ),
    "a name that is joined or cut": Line(
        "XRC402",
        [COMPOUND(text) for text in ("Ndiaye Awa", "Awa N Diaye", "Anne Legall", "Karim Ben Slimane", "LEGALL Anne")],
        [
            COMPOUND(text)
            for text in ("Awa et Diaye", "Anne Gallois", "Karim, Ben et Ali", "Legallois Anne", "N. Diayé")
        ],
    ),
    "something between two names": Line(
        "XRC402",
        cells(
            "PETIT Madame Inès",
            "Lefèvre;Toulouse;Zoé",
            "Nguyen\tM.\tPaul",
            "| Benali | Lyon | Aïcha |",
            "Nom : Saint-Martin / Prénom : Luc",
        ),
        cells(
            "Inès. Petit rappel",
            "Zoé et Paul, chez Lefèvre et fils",
            "Paul, Nguyen et Luc",
            "Aïcha !\nBenali répondra",
            "- Luc\n- Saint-Martin",
        ),
    ),
    "a longer name that begins with another": Line(
        "XRC402",
        [
            COMPOUND(text)
            for text in (
                "dossier de Zoé Martinval-Leroyer",
                "Martinval-Leroyer Zoé",
                "Zoé Martinval Leroyer",
                "MARTINVAL-LEROYER, Zoé",
                "Zoé MARTINVAL-LEROYER",
            )
        ],
        [
            COMPOUND(text)
            for text in (
                "dossier de Zoé Martinval",
                "Zoé Leroyer-Martin",
                "Zoé M.",
                "Martinval et Leroyer",
                "Zoélie Martinval-Leroyer",
            )
        ],
    ),
    "one column for the whole name": Line(
        "XRC402",
        [WHOLE(text) for text in ("Anne Le Gall", "Anna Maria van der Berg", "Anaïs Moreau", "Ola Nwosu", "NWOSU Ola")],
        [WHOLE(text) for text in ("Jean Dupont", "Anne Gallo", "Anna et Maria", "stagiaire", "un Moreau")],
    ),
    "a further address": Line(
        "XRC401",
        second_address(
            "voir perso0@y.example",
            "perso2 (a) y point example",
            "perso3@Y.EXAMPLE",
            "perso4\u200b@y.example",
            "perso5＠y.example",
        ),
        second_address("voir perso1@y.example", "perso1 @ y.example", "perso", "jean.dupont@mail.example", "y.example"),
    ),
    "somebody's internal remark": Line(
        "MSG308",
        remark(
            REMARKS[0], f"Juriste. {REMARKS[2]}", REMARKS[3].upper(), REMARKS[4].replace(",", " ;"), REMARKS[5] + " !"
        ),
        remark("Excellente école", "Très bon contact", "choix du jury", "à l'oral", "Juriste, on rappelle en mars"),
    ),
    "addresses among far rows": Line(
        "LST111",
        shifted(
            swap((0, 40)),
            swap((1, 30), (5, 44)),
            swap((2, 3)),
            swap((0, 48), (9, 20), (11, 33)),
            swap((7, 8), (20, 40)),
        ),
        shifted(
            list,
            lambda values: [v.replace("@mail", "@poste") for v in values],
            lambda values: [v.upper() for v in values],
            lambda values: [v.split(".")[1] for v in values[:0]] + values,
            lambda values: [v.replace(".", "_", 1) for v in values],
        ),
    ),
    "old code pages": Line(
        "LST103",
        [cell(nom=text) for text in ("Gu‚rin", "LefŠvre", "LÃ³pez", "Fran‡ois", "MÃ¼ller")],
        [cell(nom=text) for text in ("Guérin", "JOÃO", "López", "François", "d’Ángelo")],
    ),
    "a PDF, beside its pages": Line(
        "ATT502",
        files(
            "a.pdf",
            pdf(info="/Title (Dossier Ines Petit)"),
            pdf(info="/Subject (Zoe Lefevre)"),
            outlined("Paul Nguyen"),
            annotated("ines.petit@mail.example", uri("mailto:{}?subject=x")),
            pdf(info="/Keywords (RC-0017 Petit)"),
        ),
        files(
            "a.pdf",
            pdf(info="/Title (Livret)"),
            pdf(info="/Subject (Petit guide)"),
            outlined("Chapitre Paul"),
            annotated("rh@exemple.test", uri("mailto:{}?subject=x")),
            pdf(info="/Keywords (RC, Petit)"),
        ),
    ),
    "pictures": Line(
        "ATT502",
        [
            *files("a.jpg", jpeg(comment="Inès Petit"), jpeg(after="Zoé Lefèvre".encode("cp1252"))),
            *files("a.png", png(after=b"Paul Nguyen"), png(after=b"zoe.lefevre@mail.example"), png(after=b"RC-0017")),
        ],
        [
            *files("a.jpg", jpeg(comment="Petit"), jpeg(after=b"Zoe")),
            *files("a.png", png(after=b"Paul"), png(after=b"photo@studio.example"), png(after=b"RC")),
        ],
    ),
    "calendars, cards and pages": Line(
        "ATT502",
        [
            *written(calendar(lambda secret: f"DESCRIPTION:Vu {secret}"), "Inès Petit", "zoe.lefevre@mail.example"),
            *written(card(lambda secret: f"FN:{secret}"), "Paul Nguyen"),
            *written(page('<img src="x.png" alt="{}">'), "Aïcha Benali", "Luc Saint-Martin"),
        ],
        [
            *written(calendar(lambda secret: f"DESCRIPTION:Vu {secret}"), "Petit Palais", "Zoé"),
            *written(card(lambda secret: f"FN:{secret}"), "Odile Garrec"),
            *written(page('<img src="x.png" alt="{}">'), "Benali et Nguyen", "Saint-Martin-du-Lac"),
        ],
    ),
    "an apostrophe's entity, and letters of another alphabet": Line(
        "XRC402",
        cells("In&egrave;s Petit", "Zo&#233; Lef&egrave;vre", "Pаul Nguyen", "Aicha Bеnali", "Luc Saint&#45;Martin"),
        cells("Jean Dup&#111;nt", "Pаul", "Petit &amp; fils", "Zo&#233;", "Bеnali"),
    ),
    "a greeting that is typed": Line(
        "TPL211",
        [
            lambda text=text: inspection_of(letter=LETTER.replace("Bonjour {{ civilite }} {{ nom }},", text))
            for text in ("Bonjour Sandrine,", "Cher Tristan,", "Dear Oliver,", "Liebe Claudia,", "Estimada Lucía:")
        ],
        [
            lambda text=text: inspection_of(letter=LETTER.replace("Bonjour {{ civilite }} {{ nom }},", text))
            for text in ("Bonjour à tous,", "Chère équipe,", "Dear applicant,", "Liebe Eltern,", "Estimados padres:")
        ],
    ),
    "somebody who was chosen": Line(
        "TPL211",
        letters(
            "Le poste est confié à Odile Garrec.",
            "Nous avons retenu Odile Garrec.",
            "We chose Odile Garrec.",
            "Wir haben Odile Garrec eingestellt.",
            "Hemos elegido a Odile Garrec.",
        ),
        letters(
            "Le poste est confié à une autre personne.",
            "Nous avons retenu le 12 mai.",
            "We chose another applicant.",
            "Wir haben jemand anderen eingestellt.",
            "Hemos elegido a otra persona.",
        ),
    ),
    "links into the house": Line(
        "TPL211",
        letters(
            "https://docs.google.com/spreadsheets/d/1a2b3c/edit",
            "file:///C:/RH/liste.xlsx",
            "Voir \\\\serveur\\rh\\liste.xlsx",
            "https://garonne.sharepoint.com/:x:/g/liste",
            "C:\\Users\\claire\\liste.xlsx",
        ),
        letters(
            "https://exemple.test/emploi",
            "https://www.google.com/maps",
            "C'est 2/3 des postes",
            "Filière : x/y",
            "https://exemple.test/fichiers/livret.pdf",
        ),
    ),
    "colleagues who are in the list too": Line(
        "XRC402",
        [
            column("Note", [f"{who} a été choisi" if n == 2 else "ok" for n in range(6)], "\n{{ note }}\n")
            for who in ("Jean Dupont", "Inès Petit", "Paul Nguyen", "Aïcha Benali", "Luc Saint-Martin")
        ],
        [
            column(
                header, ["Odile Garrec", "Odile Garrec", "Yann Le Bihan"] * 2, "\nAvec {{ x }}.\n".replace("x", name)
            )
            for header, name in (
                ("Responsable", "responsable"),
                ("N+1", "n_1"),
                ("Formateur", "formateur"),
                ("Binôme", "binome"),
                ("Tuteur", "tuteur"),
            )
        ],
    ),
    "two sentences": Line(
        "XRC402",
        cells(
            "Camille : Inès Petit",
            "Voir Zoé\u00a0Lefèvre.",
            "(Paul Nguyen)",
            "« Aïcha Benali »",
            "Luc Saint-Martin, Lyon",
        ),
        cells(
            "Inès,\n\nPetit rappel",
            "Zoé.\nLefèvre & Cie",
            "* Paul\n* Nguyen",
            "Aïcha…\n\nBenali",
            "Luc\n\nSaint-Martin",
        ),
    ),
    "capitals in brackets": Line(
        "TPL205",
        letters("[NOM]", "[Prénom]", "Le [DATE]", "<<poste>>", "XXXX"),
        letters("[1]", "la note [2]", "(RECRUTEMENT)", "[voir plus bas]", "CV [3 pages]"),
    ),
    "a file with ordinary words": Line(
        "ATT502",
        files(
            "a.docx",
            *(office(text=text) for text in ("Inès Petit", "Zoé Lefèvre", "Paul Nguyen", "Benali Aïcha", "RC-0017")),
        ),
        files(
            "a.docx",
            *(office(text=text) for text in ("un petit mot", "le lefèvre", "Petit et Nguyen", "Zoé et Paul", "RC")),
        ),
    ),
    "secrets on a white ground": Line(
        "TPL207",
        [
            html(f'<p style="{style}">{{{{ reference }}}}</p>')
            for style in ("color:#fff", "display:none", "font-size:0", "opacity:0", "visibility:hidden")
        ],
        [
            html(f'<div style="{style}"><p style="color:#fff">{{{{ reference }}}}</p></div>')
            for style in (
                "background:#036",
                "background-image:url(fond.png)",
                "background:url(f.png)",
                "background-color:rgb(0,0,9)",
                "background:linear-gradient(#036,#09c)",
            )
        ],
    ),
    "formulas by their look": Line(
        "LST112",
        cells("#N/A", "#REF!", "#VALEUR!", "1,2E+11", "####"),
        cells("Na", "1E10", "N/A+", "salle 1E10", "#1 des ventes"),
    ),
}


SENTENCES = (
    "Inès, votre portfolio de ponts nous a plu", "Jean, vos réponses étaient nettes et utiles",
    "Zoé, le jury a aimé votre récit de mission", "Paul, votre test de calcul est complet et juste",
    "Aïcha, vos références sont toutes excellentes", "Luc, votre lettre dit bien ce que vous cherchez",
)  # fmt: skip


def feedback(*orders: Sequence[int]) -> list[Case]:
    """A column of sentences that name whom they are for, in another order than the people."""
    return [column("Retour", [SENTENCES[at] for at in order], "\n{{ retour }}\n") for order in orders]


def named(names: dict[int, tuple[str, str]], text: str) -> Case:
    """People with these names; what is printed for Jean Dupont, or who is in his place."""
    rows: Sequence[Sequence[str]] = changed(2, poste=text)
    for number, (first, last) in names.items():
        rows = changed(number, rows, prenom=first, nom=last)
    return lambda: inspection_of(rows)


def written_by(sender: str, address: str, text: str) -> Case:
    """A letter from somebody, and a sentence more in it."""
    return lambda: inspection_of(
        letter=f"From: {sender} <{address}>\n{LETTER}\n{text}\n", sender=Mailbox(sender, address)
    )


WRITERS = (
    ("Inès Petit", "ines.petit@mail.example", "06 12 34 56 01"),
    ("Zoé Lefèvre", "zoe.lefevre@mail.example", "RC-0019"),
    ("Paul Nguyen", "paul.nguyen@mail.example", "Paul Nguyen"),
    ("Aïcha Benali", "aicha.benali@mail.example", "Aïcha BENALI"),
    ("Luc Saint-Martin", "luc.saint-martin@mail.example", "luc.saint-martin@mail.example"),
)
MORE: dict[str, Line] = {
    "a column one row down": Line(
        "LST122",
        [
            *feedback((1, 2, 3, 4, 5, 0), (5, 0, 1, 2, 3, 4), (2, 3, 4, 5, 0, 1), (4, 5, 0, 1, 2, 3)),
            column("Avis du tuteur", [SENTENCES[at] for at in (1, 2, 3, 4, 5, 0)], "\n{{ avis_du_tuteur }}\n"),
        ],
        [
            *feedback((0, 1, 2, 3, 4, 5)),
            *(
                column(header, values, "\n{{ x }}\n".replace("x", identifier(header)))
                for header, values in (
                    ("Ville", ["Petit-Bourg", "Dupontville", "Lyon", "Paris", "Caen", "Metz"]),
                    ("Salle", ["Petit", "Dupont", "Petit", "Dupont", "Petit", "Dupont"]),
                    ("Mot", ["Bravo"] * 6),
                    ("Suivi", ["Odile Garrec", "Yann Le Bihan"] * 3),
                )
            ),
        ],
    ),
    "one's own compound name": Line(
        "XRC402",
        [
            named({1: ("Hervé", "Lecomte")}, "voir Hervé Lecomte"),
            named({1: ("Claire", "Marie")}, "voir Claire Marie"),
            named({1: ("Alonso", "Martín")}, "voir Alonso Martín"),
            named({1: ("Mary", "Rose")}, "see Mary Rose, Leeds"),
            named({1: ("Anne", "Leroy")}, "LEROY Anne"),
        ],
        [
            named({1: ("Hervé", "Lecomte"), 2: ("Paul", "Hervé-Lecomte")}, "M. Hervé-Lecomte"),
            named({1: ("Claire", "Marie"), 2: ("Marie-Claire", "Roy")}, "Marie-Claire"),
            named({1: ("Alonso", "Martín"), 2: ("Martín Alonso", "Ruiz")}, "Martín Alonso"),
            named({1: ("Mary", "Rose"), 2: ("Rosemary", "Roy")}, "Rosemary"),
            named({1: ("Anne", "Leroy"), 2: ("Anne", "Leroy-Petit")}, "Anne Leroy-Petit"),
        ],
    ),
    "who writes is in the table": Line(
        "TPL203",
        letters("06 12 34 56 01", "RC-0019", "Paul Nguyen", "Aïcha BENALI", "luc.saint-martin@mail.example"),
        [written_by(*writer) for writer in WRITERS],
    ),
    "a document that is tied to its table": Line(
        "ATT503",
        [
            *files(
                "a.docx",
                office({"word/settings.xml": "<w:settings><w:mailMerge><w:linkToQuery/></w:mailMerge></w:settings>"}),
                office({"word/settings.xml": '<w:mailMerge w:x="1"/>'}),
            ),
            *files("a.odt", archive({"content.xml": '<text:p><text:database-display text:table-name="a"/></text:p>'})),
            *files(
                "a.xlsx",
                workbook(xl__connections='<connection id="1" odcFile="C:/a.odc"/>'),
                workbook(xl__connections='<connection id="1" name="Liste"/>'),
            ),
        ],
        [
            *files("a.docx", office({"word/settings.xml": "<w:settings/>"}), office(text="mailMerge"), office()),
            *files("a.odt", archive({"content.xml": "<text:p>database-display</text:p>"})),
            *files("a.xlsx", workbook(xl__connections="<connections/>")),
        ],
    ),
    "a stranger's address in a file": Line(
        "ATT502",
        files(
            "a.docx",
            *(
                office(text=f"voir {text}")
                for text in (
                    "odile.garrec@orange.test",
                    "yann@poste.test",
                    "o.g@gmail.com",
                    "Odile &lt;og@poste.test&gt;",
                    "OG@POSTE.TEST",
                )
            ),
        ),
        files(
            "a.docx",
            *(
                office(text=f"voir {text}")
                for text in ("rh@exemple.test", "RH@exemple.test", "www.poste.test", "@garonne", "rh @ toute heure")
            ),
        ),
    ),
    "a page that is a scan": Line(
        "ATT501",
        files(
            "a.pdf",
            *(with_scans(pdf(), scans) for scans in (1, 2, 3)),
            with_scans(pdf(), pixels=600),
            with_scans(pdf(pages=2), pixels=2000),
        ),
        files(
            "a.pdf", pdf(), pdf(pages=3), with_scans(pdf(), pixels=40), with_scans(pdf(), 2, pixels=100), pdf("a\nb")
        ),
    ),
    "surnames of others in one text": Line(
        "XRC402",
        [
            named({1: ("Inès", "Castaing"), 6: ("Luc", "Kerbrat")}, text)
            for text in (
                "Reçus : Castaing, Lefèvre, Nguyen, Benali et Kerbrat",
                "Castaing / Lefèvre / Nguyen / Benali / Kerbrat",
                "M. Castaing, Mme Lefèvre, M. Nguyen, Mme Benali, M. Kerbrat",
                "CASTAING LEFÈVRE NGUYEN BENALI KERBRAT",
                "Castaing et Lefèvre ; Nguyen et Benali ; Kerbrat",
            )
        ],
        cells(
            "Petit, Lefèvre et Nguyen",
            "petit lefèvre nguyen benali saint-martin",
            "Voir Lyon, Caen, Metz, Nice, Brest",
            "Odile, Yann, Maud, Anne et Karl",
            "Dupont, Dupont, Dupont, Dupont, Dupont",
        ),
    ),
}


def loud(line: Line, case: Case) -> bool:
    return any(each.severity is not Severity.INFO for each in found(case(), line.rule))


@each_row("name", [*LINES, *MORE])
def test_the_leaks_of_a_line_are_told_of_and_its_twins_are_not(name: str) -> None:
    line = (LINES | MORE)[name]
    assert len(line.leaks) >= LEAST
    assert len(line.twins) >= LEAST
    missed = [number for number, case in enumerate(line.leaks) if not loud(line, case)]
    alarmed = [number for number, case in enumerate(line.twins) if loud(line, case)]
    assert (missed, alarmed) == ([], [])
