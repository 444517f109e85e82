"""Clean campaigns of many kinds, as other HR people would make them: payslips, training, mentors, invitations."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from faker import Faker
from lint_cases import inspection_of, letter_of, recipients_of
from lint_files import office, pdf

from mailmerge.lint import Inspection
from mailmerge.records import read_table
from mailmerge.text.folding import fold

HOUSE = "garonne.example"


@dataclass(frozen=True)
class Kind:
    """One kind of campaign: who, what the table has besides, and the letter."""

    locale: str
    headers: tuple[str, ...]
    cells: Callable[[Crowd, int], Sequence[str]]
    letter: str
    file: Callable[[Mapping[str, str]], tuple[str, bytes]] | None = None
    in_house: bool = False


@dataclass
class Crowd:
    """Some invented people, and colleagues who are not among them."""

    people: list[tuple[str, str, str]]
    colleagues: list[str]
    rng: random.Random
    faker: Faker = field(repr=False)

    def whole(self, number: int) -> str:
        first, last, _mail = self.people[number % len(self.people)]
        return f"{first} {last}"


def crowd(locale: str, count: int, seed: int, *, in_house: bool) -> Crowd:
    faker, rng = Faker(locale), random.Random(seed)
    faker.seed_instance(seed)
    names = dict.fromkeys((faker.first_name(), faker.last_name()) for _ in range(3 * count + 20))
    several = list(names)
    people = []
    for number, (first, last) in enumerate(several[:count]):
        domain = HOUSE if in_house else rng.choice(("gmail.com", "orange.fr", "mail.example"))
        local = f"{fold(first)}.{fold(last)}".replace(" ", "")
        people.append((first, last, f"{local}{number if number % 7 == 0 else ''}@{domain}"))
    return Crowd(people, [f"{first} {last}" for first, last in several[count : count + 4]], rng, faker)


def _payslip(row: Mapping[str, str]) -> tuple[str, bytes]:
    text = f"Bulletin de paie\n{row['Prénom']} {row['Nom']}\n12 rue Victor Hugo, 31000 Toulouse"
    return f"{row['Matricule']}.pdf", pdf(text)


def _invitation(row: Mapping[str, str]) -> tuple[str, bytes]:
    lines = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\n"
        f"UID:{row['Slot']}-4f1c@calendars.example\nSUMMARY:Interview {row['Name']}\nLOCATION:14 Church Street\n"
        f'ORGANIZER;CN="Jobs":MAILTO:jobs@{HOUSE}\nEND:VEVENT\nEND:VCALENDAR\n'
    )
    return f"{row['Slot']}.ics", lines.encode()


def _certificate(row: Mapping[str, str]) -> tuple[str, bytes]:
    text = f"Certificado de {row['Nombre']} {row['Apellidos']}, {row['Centro']}. Firmado en calle Rosario 5."
    return f"doc{row['Expediente'].replace('/', '-')}.docx", office(text=text)


KINDS: dict[str, Kind] = {
    "payslips": Kind(
        "fr_FR",
        ("Matricule", "Service", "Responsable"),
        lambda c, n: (f"{30990 + n}", "Atelier", c.whole(n // 5)),
        "Subject: Votre bulletin de paie\nAttachment: {{ matricule }}.pdf\n\nBonjour {{ prenom }} {{ nom }},\n\n"
        "Votre bulletin est joint. Voyez {{ responsable }}, ou le service paie (12 rue des Lilas, 31000 Toulouse).\n",
        _payslip,
        in_house=True,
    ),
    "mentors, each the third person on": Kind(
        "en_GB",
        ("Mentor", "Team"),
        lambda c, n: (c.whole(n + 3), "Red"),
        "Subject: Your mentor\nContent-Language: en\n\nHi {{ name }},\n\nYour mentor this year is {{ mentor }}.\n",
        in_house=True,
    ),
    "training": Kind(
        "fr_FR",
        ("Intitulé", "Formateur", "Date", "Horaires", "Salle"),
        lambda c, n: ("Excel niveau 2", c.colleagues[n % 4], "12/01/2027", "9h-12h30", f"B{200 + n - (n % 9 == 8)}"),
        "Subject: Convocation : {{ intitule }}\n\nBonjour,\n\nLa formation est animée par {{ formateur }}, le "
        "{{ date }} ({{ horaires }}), salle {{ salle }}, 3 av. Jean Jaurès.\n",
    ),
    "interviews with an invitation": Kind(
        "en_GB",
        ("Role", "Seen by", "Slot"),
        lambda c, n: ("Nurse", c.colleagues[n % 4], f"{100 + n}"),
        "Subject: Interview for {{ role }}\nContent-Language: en\nAttachment: {{ slot }}.ics\n\nDear {{ name }},\n\n"
        "You will see {{ seen_by }}. Part A. May we remind you of the car park? Floor B.\n",
        _invitation,
    ),
    "leave": Kind(
        "de_DE",
        ("Personalnummer", "Vorgesetzter", "Resturlaub"),
        lambda c, n: (f"{20087 + n}", c.whole(n // 6), f"{n % 9},5"),
        "Subject: Ihr Urlaubskonto\nContent-Language: de\n\nGuten Tag {{ name }},\n\nIhr Resturlaub "
        "beträgt {{ resturlaub }} Tage. Bitte sprechen Sie mit {{ vorgesetzter }}.\n\nHauptstraße 5, 20095 Hamburg\n",
        in_house=True,
    ),
    "certificates": Kind(
        "es_ES",
        ("Expediente", "Centro", "Turno"),
        lambda c, n: (f"EX/26/{500 + n}", "Hospital San Juan", "Mañana"),
        "Subject: Certificado {{ expediente }}\nContent-Language: es\n"
        "Attachment: doc{{ expediente|replace('/', '-') }}.docx\n"
        "\nHola {{ nombre }}:\n\nAdjuntamos su certificado. Turno: {{ turno }}.\n",
        _certificate,
    ),
    "company cars": Kind(
        "fr_FR",
        ("Véhicule", "Immatriculation", "Gestionnaire"),
        lambda c, n: ("Peugeot 208", f"A{'ABCDEFGH'[n % 8]}-{100 + n}-KL", c.colleagues[0]),
        "Subject: Votre véhicule {{ immatriculation }}\n\nBonjour {{ prenom }},\n\nRendez la carte à "
        "{{ gestionnaire }}, place du Docteur Baylac. Petit rappel : faites le plein.\n",
        in_house=True,
    ),
    "a works council election": Kind(
        "fr_FR",
        ("Code de vote", "Collège", "Bureau"),
        lambda c, n: (f"{c.rng.randrange(10_000, 100_000)}", ("Ouvriers", "Cadres")[n % 2], "Salle Rose"),
        "Subject: Élections du CSE\n\nBonjour {{ prenom }} {{ nom }},\n\nVotre code de vote est {{ code_de_vote }} "
        "(collège {{ college }}). Bureau : {{ bureau }}. Me Petitjean, huissier, est présent.\n",
        in_house=True,
    ),
    "results of a school, with a link to answer": Kind(
        "pl_PL",
        ("Klasa", "Średnia", "Odpowiedź"),
        lambda c, n: (f"{1 + n % 3}a", f"4,{n % 10}", f"mailto:rh@{HOUSE}?subject={quote(c.whole(n))}"),
        "Subject: Wyniki\nContent-Language: pl\n\nDzień dobry {{ imie }} {{ nazwisko }},\n\nKlasa {{ klasa }}, "
        "średnia {{ srednia }}. [Odpowiedz]({{ odpowiedz }}) do 12 grudnia 2026.\n",
    ),
    "tickets of a club": Kind(
        "tr_TR",
        ("Blok", "Sıra", "Bilet no"),
        lambda c, n: ("N1", "ABCDEF"[n % 6], f"TK{700100 + 3 * n}"),
        "Subject: Your ticket\nContent-Language: en\nContent-Type: text/html\n\n<table><tr>"
        '<td style="font-size:0px;padding:10px"><div style="font-size:13px;color:#000">Dear {{ ad }} {{ soyad }},</div>'
        '<div style="font-size:13px">Block {{ blok }}, row {{ sira }}, ticket {{ bilet_no }}.</div></td></tr></table>',
    ),
}
_OWN = {
    "fr_FR": ("Prénom", "Nom", "Mail"),
    "en_GB": ("Name", "Email"),
    "de_DE": ("Name", "E-Mail"),
    "pl_PL": ("Imię", "Nazwisko", "E-mail"),
    "tr_TR": ("Ad", "Soyad", "E-mail"),
    "es_ES": ("Nombre", "Apellidos", "Correo electrónico"),
}


def campaign_of(kind: Kind, count: int, seed: int, folder: Path) -> Inspection:
    """A campaign of a kind, its files beside it."""
    some = crowd(kind.locale, count, seed, in_house=kind.in_house)
    headers = (*_OWN[kind.locale], *kind.headers)
    rows: list[tuple[str, ...]] = []
    for number, (first, last, mail) in enumerate(some.people):
        own = (first, last, mail) if len(_OWN[kind.locale]) == 3 else (f"{first} {last}", mail)
        rows.append((*own, *kind.cells(some, number)))
    path = folder / "liste.csv"
    path.write_text("\n".join(";".join(row) for row in (headers, *rows)), encoding="utf-8")
    for row in rows if kind.file else ():
        assert kind.file is not None
        name, octets = kind.file(dict(zip(headers, row, strict=True)))
        (folder / name).write_bytes(octets)
    table = read_table(path)
    letter = letter_of(f"From: Le service <rh@{HOUSE}>\n{kind.letter}", folder)
    return inspection_of(table, letter, sender=None, recipients=recipients_of(table))
