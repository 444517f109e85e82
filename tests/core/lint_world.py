"""Seeded campaigns for the linter: clean ones with traps in them, as the benchmark and a test mutate them.

A world is a table, a letter, files and settings; :meth:`World.inspect` writes and reads them as the program would.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lint_cases import recipients_of
from lint_files import pdf
from msgspec.structs import replace

from mailmerge.letter import read_letter
from mailmerge.lint import Inspection, LintSettings
from mailmerge.model import Message, SealedMessage
from mailmerge.records import read_table
from mailmerge.text.addresses import Mailbox
from mailmerge.text.folding import fold


def listed(words: str) -> list[str]:
    return words.split()


FIRST = listed(
    "Inès Jean Zoé Paul Aïcha Luc Chloé Hugo Léa Louis Manon Gabriel Emma Arthur Jade Jules Louise Adam Alice "
    "Raphaël Lina Léo Rose Maël Anna Noah Mila Ethan Julia Nathan Nina Sacha Agathe Théo Romane Tom Juliette "
    "Gaspard Sofia Oscar Camille Victor Élise Simon Margaux Antoine Clara Maxime Sarah Axel Oliver Amelia George "
    "Isla Harry Ava Jack Emily Jacob Sophie Charlie Grace Thomas Freya Karim Yasmine Mehdi Fatou Moussa Linh Wei "
    "Anya Piotr Ewa Björn Siân"
)
LAST = listed(
    "Bernard Dubois Moreau Laurent Lefebvre Leroy Roux Fournier Girard Bonnet Mercier Garnier Faure Rousseau "
    "Chevalier Gauthier Perrin Robin Clément Morin Nicolas Mathieu Gautier Dumont Brunet Barbier Arnaud Giraud "
    "Renard Lacroix Aubert Lemaire Meunier Dufour Hubert Vidal Caron Picard Renaud Deschamps Lucas Schmitt Colin "
    "Fernandez Vasseur Benali Haddad Nguyen Diallo Traoré Kowalski Silva Pereira Müller Öztürk Smith Jones Taylor "
    "Brown Davies Evans Thompson Walker Wright Robinson Hughes Edwards Turner Cooper Bailey Marchand Delorme "
    "Castagnet Escoffier Lamy Périer Jaurès Cazeneuve Baudoin Poirier Guérin Aguilar Zimmer Quentin Urbain Xavier "
    "Yvon Imbert Oudin Huet"
)
DOMAINS = listed("mail.example courriel.example poste.test boite.example inbox.test gmx.fr ymail.com laposte.net")
JOBS = (
    "Comptable",
    "Juriste",
    "Acheteur",
    "Assistante de direction",
    "Responsable administratif et financier, site de Saint-Martin",
    "Infirmière en santé au travail",
    "Développeur C#",
    "Chargé d’affaires : bâtiment",
)
TOWNS = listed("Toulouse Saint-Martin Lyon Lille Nantes Sainte-Rose Paris Bordeaux")
REASONS = (
    "Le poste demande une expérience plus longue de la comptabilité générale, et un autre profil y répondait mieux.",
    "Le poste est pourvu en interne; votre candidature est arrivée après la sélection, et nous le regrettons.",
    "Nous avons reçu un grand nombre de candidatures, et d'autres parcours étaient plus proches de ce poste précis.",
)
COMMENTS = ("Profil trop junior pour l'équipe", "À revoir plus tard peut-être", "Prétentions trop hautes", "")
SENDER = Mailbox("Claire Martin", "rh@exemple.test")
LETTER = """Subject: Votre candidature au poste de {{ poste }}
From: Claire Martin <rh@exemple.test>
To: {{ prenom }} {{ nom }} <{{ adresse_e_mail }}>

Bonjour {{ civilite }} {{ nom }},

Nous avons étudié votre candidature {{ reference }} au poste de **{{ poste }}** avec attention. Nous avons le regret de
vous informer qu'elle n'a pas été retenue.

{% if retour %}{{ retour }}{% endif %}

Vos données seront conservées deux ans. Vous pouvez demander leur effacement à dpo@exemple.test, ou au 05 61 00 00 00.

Claire Martin
Ressources humaines, 31000 Toulouse
"""

ALLOWING = LintSettings(allow_addresses=("dpo@exemple.test",))

Composer = Callable[[Inspection, Message], Message]
Wire = Callable[[SealedMessage, random.Random], SealedMessage]


@dataclass
class World:
    """One campaign; what is set here is written to files and read back."""

    seed: int
    headers: list[str]
    people: list[dict[str, str]]
    letter: str
    settings: LintSettings = ALLOWING
    sender: Mailbox | None = SENDER
    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    encoding: str = "utf-8-sig"
    suffix: str = ".md"
    bytes_change: Callable[[bytes], bytes] | None = None
    """Damage done to the file itself."""
    render: Composer | None = None
    """A fault of the program."""
    wire: Wire | None = None
    """Damage done to the sealed bytes."""
    traps: tuple[str, ...] = ()

    def copy(self) -> World:
        return dataclasses.replace(
            self, headers=list(self.headers), people=[dict(p) for p in self.people], files=dict(self.files)
        )

    def csv(self) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow(self.headers)
        writer.writerows([person.get(header, "") for header in self.headers] for person in self.people)
        octets = out.getvalue().encode(self.encoding, "replace" if self.encoding == "cp1252" else "strict")
        return self.bytes_change(octets) if self.bytes_change else octets

    def inspect(self, folder: Path) -> Inspection:
        path = folder / "candidats.csv"
        path.write_bytes(self.csv())
        for name, octets in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(octets)
        for name, target in self.links.items():
            (folder / name).symlink_to(folder / target)
        letter_path = folder / f"lettre{self.suffix}"
        letter_path.write_text(self.letter, encoding="utf-8")
        table = read_table(path)
        letter = read_letter(letter_path)
        inspection = Inspection(
            table=table,
            recipients=recipients_of(table),
            letters=[letter],
            compose=lambda recipient: letter.compose(recipient, table.values(recipient.record)),
            letter_of=lambda recipient: letter,
            settings=self.settings,
            sender=self.sender,
            folder=folder,
        )
        if self.render is None:
            return inspection
        fault, sound = self.render, inspection.compose
        return replace(inspection, compose=lambda recipient: fault(inspection, sound(recipient)))


CIVILITY, FIRST_NAME, LAST_NAME, EMAIL, JOB = "Civilité", "Prénom", "Nom", "Adresse e-mail", "Poste"
REFERENCE, PHONE, TOWN, FEEDBACK, COMMENT = "Référence", "Téléphone", "Ville", "Retour", "Commentaire interne"


def local_part(first: str, last: str, style: int, number: int) -> str:
    one, two = fold(first).replace(" ", "-"), fold(last).replace(" ", "-")
    flat = two.replace("-", "")
    return (
        f"{one}.{two}",
        f"{one[0]}{flat}",
        f"{two}.{one}",
        f"{one}{flat}",
        f"{one}_{flat}{number % 100}",
        f"{one}.{two}",
        f"{one[0]}.{flat}",
        f"contact-perso{number}x",
    )[style % 8]


def person(rng: random.Random, number: int, first: str, last: str) -> dict[str, str]:
    style = rng.choice((0, 0, 0, 1, 2, 3, 4, 5, 6, 7)) if number else 0
    feedback = rng.choice((*REASONS, "")) if number % 3 else ""
    return {
        CIVILITY: rng.choice(("M.", "Mme")),
        FIRST_NAME: first,
        LAST_NAME: last,
        EMAIL: f"{local_part(first, last, style, number)}@{rng.choice(DOMAINS)}",
        JOB: rng.choice(JOBS),
        REFERENCE: f"RC-{2600 + number:05}",
        PHONE: f"06 {number // 10000 % 100:02} {rng.randrange(10, 99)} {number // 100 % 100:02} {number % 100:02}",
        TOWN: rng.choice(TOWNS),
        FEEDBACK: feedback,
        COMMENT: rng.choice(
            ("Profil trop junior pour l'équipe", "À revoir plus tard peut-être", "Prétentions trop hautes", "")
        ),
    }


def clean_world(seed: int, size: int) -> World:
    """A campaign in which nothing is wrong, and several things look as if."""
    rng = random.Random(seed * 7919 + size)
    names: dict[str, None] = {}
    people = []
    for number in range(size):
        while True:
            first, last = rng.choice(FIRST), rng.choice(LAST)
            if size > 2000:
                last = f"{last}-{rng.choice(LAST)}"
            if f"{first} {last}" not in names:
                break
        names[f"{first} {last}"] = None
        people.append(person(rng, number, first, last))
    seen: set[str] = set()
    for number, each in enumerate(people):
        while each[EMAIL] in seen:
            local, _, domain = each[EMAIL].partition("@")
            each[EMAIL] = f"{local}{number}@{domain}"
        seen.add(each[EMAIL])
    world = World(
        seed,
        [CIVILITY, FIRST_NAME, LAST_NAME, EMAIL, JOB, REFERENCE, PHONE, TOWN, FEEDBACK, COMMENT],
        people,
        LETTER,
        encoding=rng.choice(("utf-8-sig", "cp1252", "utf-8")),
    )
    chosen = rng.sample(list(TRAPS), k=5 if size < 20 else 8)
    for name in sorted(chosen, key=list(TRAPS).index):  # those at the end look at what the others did
        TRAPS[name](world, rng)
    world.traps = tuple(chosen)
    return world


def _rename(each: dict[str, str], first: str, last: str, domain: str = "mail.example") -> None:
    each[FIRST_NAME], each[LAST_NAME] = first, last
    each[EMAIL] = f"{fold(first).replace(' ', '-')}.{fold(last).replace(' ', '-')}@{domain}"


def homonyms(world: World, rng: random.Random) -> None:
    one, two = rng.sample(world.people, 2)
    two[FIRST_NAME], two[LAST_NAME] = one[FIRST_NAME], one[LAST_NAME]
    two[EMAIL] = f"{fold(one[FIRST_NAME] + one[LAST_NAME]).replace(' ', '')}2@poste.test"


def couple(world: World, rng: random.Random) -> None:
    one, two = rng.sample(world.people, 2)
    _rename(two, "Odile", one[LAST_NAME], "foyer.example")
    two[PHONE] = one[PHONE]


def compound_names(world: World, rng: random.Random) -> None:
    for each, (first, last) in zip(
        rng.sample(world.people, min(4, len(world.people))),
        (
            ("Jean-Pierre", "de La Tour"),
            ("Marie Laure", "O’Brien"),
            ("Jean", "Saint-Martin"),
            ("Pierre", "Le Goff-Martin"),
        ),
        strict=False,
    ):
        _rename(each, first, last, "noms.example")


def town_like_a_name(world: World, rng: random.Random) -> None:
    one, two = rng.sample(world.people, 2)
    _rename(one, "Martine", "Saint-Martin", "ville.example")
    two[TOWN] = "Saint-Martin"
    world.letter = world.letter.replace("au poste de **", "à {{ ville }} au poste de **")


def signatory_is_a_candidate(world: World, rng: random.Random) -> None:
    _rename(rng.choice(world.people), "Claire", "Martin", "perso.example")


def recruiter_declared(world: World, rng: random.Random) -> None:
    _rename(rng.choice(world.people), "Hélène", "Roy", "perso2.example")
    world.letter += "\nHélène Roy, chargée de recrutement\n"
    world.settings = replace(world.settings, signatories=(*world.settings.signatories, "Hélène Roy"))


def names_that_are_words(world: World, rng: random.Random) -> None:
    for each, (first, last) in zip(
        rng.sample(world.people, min(4, len(world.people))),
        (("Juste", "Petit"), ("Rose", "Blanche"), ("Claire", "Fontaine"), ("Aimé", "Bon")),
        strict=False,
    ):
        _rename(each, first, last, "mots.example")
    world.letter += "\nUn petit mot encore: bon courage, et restez juste vous-même.\n"


def empty_optional(world: World, rng: random.Random) -> None:
    for each in rng.sample(world.people, max(1, len(world.people) // 3)):
        each[TOWN] = ""
    world.letter = world.letter.replace("à {{ ville }} au", "{% if ville %}à {{ ville }}{% endif %} au")
    world.letter = world.letter.replace("Claire Martin\nR", '{{ ville|default("") }}\n\nClaire Martin\nR')


def capitals(world: World, rng: random.Random) -> None:
    for each in world.people:
        each[LAST_NAME] = each[LAST_NAME].upper()
    world.letter = world.letter.replace("{{ nom }}", "{{ nom|proper }}")


def street(world: World, rng: random.Random) -> None:
    one, two = rng.sample(world.people, 2)
    _rename(one, "Victor", "Hugo", "rue.example")
    two[TOWN] = "12 rue Victor Hugo, Lyon"
    if "{{ ville }}" not in world.letter:
        world.letter += "\nNous écrivons à votre adresse de {{ ville|default('Toulouse') }}.\n"


def reversed_names(world: World, rng: random.Random) -> None:
    one, two = rng.sample(world.people, 2)
    _rename(one, "Thomas", "Nicolas", "envers.example")
    _rename(two, "Nicolas", "Thomas", "envers.example")


def spouse_address(world: World, rng: random.Random) -> None:
    rng.choice(world.people)[EMAIL] = "g.vandenberghe@foyer.example"


def odd_names(world: World, rng: random.Random) -> None:
    for each, (first, last) in zip(
        rng.sample(world.people, min(4, len(world.people))),
        (("Na", "Test"), ("JOÃO", "Nan"), ("Louis II", "d’Été"), ("Li", "An")),
        strict=False,
    ):
        _rename(each, first, last, "rares.example")


def free_text(world: World, rng: random.Random) -> None:
    for each in world.people:
        each[COMMENT] = f"Vu en mars ; bon contact.\nÀ rappeler : {each[TOWN]}, non ?"


def personal_feedback(world: World, rng: random.Random) -> None:
    for each in world.people:
        each[FEEDBACK] = (
            f"Votre dossier {each[REFERENCE]} a été lu par deux personnes. Votre parcours à {each[TOWN]} nous a "
            "intéressés, mais la suite demandée par le poste est différente."
        )


def formats(world: World, rng: random.Random) -> None:
    for each in world.people:
        each[PHONE] = "+33" + each[PHONE].replace(" ", "")[1:]
    rng.choice(world.people)[EMAIL] = "info.perso@société.example"
    world.letter += "\nVotre numéro : {{ telephone }}. [Écrire](mailto:rh@exemple.test?subject={{ reference }})\n"


def leaflet(world: World, rng: random.Random) -> None:
    world.files["livret.pdf"] = pdf("Livret d’accueil")
    world.letter = "Attachment: livret.pdf\n" + world.letter


def certificate(world: World, rng: random.Random) -> None:
    if len(world.people) > 100:
        return
    for each in world.people:
        world.files[f"pieces/{each[REFERENCE]}.pdf"] = pdf(
            f"Attestation pour {fold(each[FIRST_NAME])} {fold(each[LAST_NAME])}"
        )
    world.letter = "Attachment: pieces/{{ reference }}.pdf\n" + world.letter


def allowed_address(world: World, rng: random.Random) -> None:
    world.letter += "\nVous pouvez saisir l’autorité : plaintes@autorite.example.\n"
    world.settings = replace(world.settings, allow_addresses=("plaintes@autorite.example", "dpo@exemple.test"))


def declared_fields(world: World, rng: random.Random) -> None:
    world.letter = (
        "Fields: civilite, prenom, nom, poste, reference, retour, ville, telephone, adresse_e_mail, recruteur\n"
        + world.letter
    )


def recruiter_column(world: World, rng: random.Random) -> None:
    world.headers.append("Recruteur")
    for number, each in enumerate(world.people):
        each["Recruteur"] = ("Agnès Varda-Lumière", "Bruno Latour-Maubourg")[number % 2]
    world.letter += "\nVotre interlocuteur : {{ recruteur }}.\n"


def own_data(world: World, rng: random.Random) -> None:
    link = "https://espace.exemple.test/?c={{ reference }}&m={{ adresse_e_mail }}"
    world.letter += f"\nNous écrivons à {{{{ adresse_e_mail }}}}. [Votre espace]({link})\n"


TRAPS: dict[str, Callable[[World, random.Random], None]] = {
    trap.__name__: trap
    for trap in (
        homonyms, couple, compound_names, town_like_a_name, signatory_is_a_candidate, recruiter_declared,
        names_that_are_words, empty_optional, capitals, street, reversed_names, spouse_address, odd_names, free_text,
        personal_feedback, formats, leaflet, allowed_address, recruiter_column, own_data, certificate, declared_fields,
    )
}  # fmt: skip
