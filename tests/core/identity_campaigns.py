"""Campaigns of invented people: clean ones in which much looks like a leak, and places where a leak can be."""

from __future__ import annotations

import random
from collections.abc import Callable

from identity_forms import HEADERS, NAME_FORMS, Someone, people
from lint_cases import inspection_of, table_of
from msgspec.structs import replace

from mailmerge.lint import Inspection
from mailmerge.text.folding import fold

PLACES: dict[str, Callable[[str], str]] = {
    "the subject": lambda field: f"Subject: Votre candidature {field}\n\nBonjour {{{{ prenom }}}},\n\nMerci.\n",
    "the text": lambda field: f"Subject: x\n\nBonjour {{{{ prenom }}}},\n\nNous avons lu {field} avec soin.\n",
    "an HTML element": lambda field: (
        f"Subject: x\nContent-Type: text/html\n\n<p>Bonjour {{{{ prenom }}}},</p><p>Nous avons lu {field}.</p>"
    ),
    "an HTML attribute": lambda field: (
        f'Subject: x\nContent-Type: text/html\n\n<p>Bonjour {{{{ prenom }}}},</p><p title="voir {field}">Merci.</p>'
    ),
    "a link": lambda field: (
        f"Subject: x\nContent-Type: text/html\n\n<p>Bonjour {{{{ prenom }}}},</p>"
        f'<p><a href="https://exemple.test/?q={field}">suite</a></p>'
    ),
    "a Markdown link": lambda field: (
        f"Subject: x\n\nBonjour {{{{ prenom }}}},\n\n[La suite](https://exemple.test/?q={field})\n"
    ),
    "the name of the sender": lambda field: (
        f"Subject: x\nFrom: {field} <rh@exemple.test>\n\nBonjour {{{{ prenom }}}},\n\nMerci.\n"
    ),
}
CLEAN_LETTER = """Subject: Votre candidature {{ reference }} au poste de {{ poste }}, {{ prenom }} {{ nom }}
Content-Type: text/html
From: Claire Martin <rh@exemple.test>

<p>Bonjour {{ prenom }} {{ nom }},</p>
<p>Petit rappel : nous avons étudié le dossier {{ reference }} ({{ adresse_e_mail }}, {{ telephone }}).</p>
<p>{{ mention }}</p>
<ul><li>{{ prenom }}</li><li>Paris, Lyon et Florence</li><li>{{ ville }}</li></ul>
<p><a href="https://exemple.test/?c={{ reference }}&amp;m={{ adresse_e_mail }}">Suite</a></p>
<p>Nous vous souhaitons une belle réussite. Un bon mot, juste et clair : vin rosé, blanc ou rouge, le 12 mai.</p>
<p>Claire Martin<br>12 rue Victor Hugo, 31000 Toulouse<br>Lycée Marie Curie, place du Docteur Baylac</p>
"""
_LOOKALIKES = (
    "Victor/Hugo, Marie/Curie, Rose/Blanc, Juste/Petit, Camille/Petit, Hugo/Paris, Claire/Fontaine, Mary/Rose, "
    "Rosemary/Long, Hervé/Lecomte, Paul/Hervé-Lecomte, Claire/Marie, Marie-Claire/Martin, Alonso/Martín, Martín "
    "Alonso/Ruiz, Thomas/Nicolas, Nicolas/Thomas, Zoé/Martinval, Zoé/Martinval-Leroyer, Florence/Lyon, "
    "Jean/Saint-Martin, Martin/Jean, Anne/Le Gall, Anne/Legall, Grace/May, Will/Young, Louis/II Test, Bon/Clair, "
    "Jean/Baylac, Aimé/Bon, Belle/Juste, Lyon/Florence, Claire/Martin"
)
LOOKALIKES = tuple((name.partition("/")[0], name.partition("/")[2]) for name in _LOOKALIKES.split(", "))
"""People whose names are words, towns, streets, or parts of each other's names."""


def _mention(rng: random.Random, who: Someone) -> str:
    """What a letter may say to this person: their own name in any form, and harmless words."""
    own = rng.choice(list(NAME_FORMS.values()))(who)
    return rng.choice(
        (
            f"Vous nous avez écrit sous le nom de {own} en mai.",
            f"Le dossier de {who.first} {who.last.upper()} est clos.",
            f"Votre adresse, 12 rue {rng.choice(('Victor Hugo', 'Marie Curie', 'Jean Baylac'))}, est notée.",
            "Au second tour, le choix a été difficile. Petit à petit, on y arrive.",
            "Vous serez reçue au lycée Victor-Hugo, à Paris, ou à Lyon.",
            f"Chère {who.first}, petit mot de toute l'équipe.",
        )
    )


def clean_campaign(locale: str, seed: int) -> Inspection:
    """A campaign in which nobody is given away."""
    rng = random.Random(seed)
    some = list(people(locale, 14, seed))
    for first, last in rng.sample(LOOKALIKES, 8):
        model = rng.choice(some)
        number = len(some)
        some.append(
            replace(
                model, first=first, last=last, reference=f"CAND-{7700000 + seed * 100 + number}",
                address=f"{fold(first)[:1]}x{number}@boite{seed}.example".replace(" ", ""),
                phone=f"07 {seed % 90 + 10} {number:02} 11 {number:02}",
                iban=f"FR76 3000 7000 {seed % 9000 + 1000} {number:04} 5678 9001 {number + 100}",
            )
        )  # fmt: skip
    rng.shuffle(some)
    rows = [
        (*who.row()[:8], rng.choice(("Saint-Martin", "Lyon", "Paris", "Nancy")), _mention(rng, who)) for who in some
    ]
    return inspection_of(table_of(rows, (*HEADERS, "Mention")), CLEAN_LETTER)


def leaking(place: str, text: str, some: tuple[Someone, ...]) -> Inspection:
    """A letter that prints, in one place and for the first person alone, a text about the second."""
    rows = [(*who.row(), text if number == 0 else "a" * 4) for number, who in enumerate(some)]
    return inspection_of(table_of(rows, (*HEADERS, "Mention")), PLACES[place]("{{ mention }}"))
