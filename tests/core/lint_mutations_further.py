"""Further ways in which a campaign goes wrong: whole kinds of leaks, mix-ups and broken cells, one operator a form.

They damage campaigns with the names of twelve languages (:mod:`lint_locales`).
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable

from lint_locales import print_column
from lint_mutations import OPERATORS, Mutate, Operator
from lint_world import COMMENT, EMAIL, FEEDBACK, FIRST_NAME, JOB, LAST_NAME, PHONE, REFERENCE, World

from mailmerge.text.folding import fold

FURTHER: list[Operator] = []
_TAKEN = {operator.name for operator in OPERATORS}
Person = dict[str, str]
REMARK = "Merci de votre visite,"


def _enter(name: str, rules: str, mutate: Mutate, least: int = 20, *, told: bool = False) -> None:
    assert name not in _TAKEN, name
    _TAKEN.add(name)
    FURTHER.append(Operator(name, tuple(rules.split()), mutate, least, told))


def _plain(each: Person) -> bool:
    return min(len(fold(each[name]).replace(" ", "")) for name in (FIRST_NAME, LAST_NAME)) > 3


def _two(world: World, rng: random.Random) -> tuple[Person, Person]:
    """A reader, and somebody with another first name and surname whom nobody is called like."""
    names = [each[LAST_NAME] for each in world.people]
    firsts = {each[FIRST_NAME] for each in world.people}
    alone = [each for each in world.people if names.count(each[LAST_NAME]) == 1 and _plain(each)]
    while True:
        reader, other = rng.choice(world.people), rng.choice(alone or world.people)
        if reader[FIRST_NAME] != other[FIRST_NAME] and reader[LAST_NAME] not in firsts:
            return reader, other


def _said(make: Callable[[Person], str]) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        reader, other = _two(world, rng)
        reader[FEEDBACK] = make(other)

    return mutate


def _column(world: World, header: str, values: list[str]) -> None:
    for each, value in zip(world.people, values, strict=True):
        each[header] = value


# --- another person's name, number, address and reference, as people write them -------------------------------------

NAMES: dict[str, Callable[[str, str], str]] = {
    "first, last": lambda f, s: f"{f} {s}",
    "last, first": lambda f, s: f"{s} {f}",
    "capitals": lambda f, s: f"{s.upper()} {f}",
    "a comma between": lambda f, s: f"{s.upper()}, {f}",
    "a title before": lambda f, s: f"Madame {f} {s}",
    "a title between": lambda f, s: f"{s} Monsieur {f}",
    "no accents": lambda f, s: f"{fold(f).title()} {fold(s).title()}",
    "no-break space": lambda f, s: f"{f}\u00a0{s}",
    "two blanks": lambda f, s: f"{f}  {s}",
    "in brackets": lambda f, s: f"({f} {s})",
    "in guillemets": lambda f, s: f"« {f} {s} »",
    "after à la place de": lambda f, s: f"retenu à la place de {f} {s}",
    "after à votre place": lambda f, s: f"nous avons retenu, à votre place, {f} {s}",
    "after au second tour": lambda f, s: f"au second tour, {f} {s}",
    "with a remark": lambda f, s: f"{f} {s} (stagiaire)",
    "with a full stop": lambda f, s: f"avec {f} {s}.",
    "in a genitive": lambda f, s: f"{f} {s}'s file",
    "in a line of its own": lambda f, s: f"vu aussi :\n{f} {s}\nmerci",
    "semicolons": lambda f, s: f"{s};{f};Toulouse",
    "a tab": lambda f, s: f"{s}\t{f}",
}
for name, form in NAMES.items():
    _enter(
        f"another's name: {name}",
        "XRC402 LST102",
        _said(lambda o, form=form: f"{REMARK} {form(o[FIRST_NAME], o[LAST_NAME])}"),
    )
ADDRESSES: dict[str, Callable[[str], str]] = {
    "as it is": lambda a: a,
    "capitals": str.upper,
    "in angles": lambda a: f"<{a}>",
    "mailto": lambda a: f"mailto:{a}",
    "(at)": lambda a: a.replace("@", "(at)"),
    " AT and DOT": lambda a: a.replace("@", " AT ").replace(".", " DOT "),
    "full-width @": lambda a: a.replace("@", "＠"),
    "zero-width": lambda a: a.replace("@", "\u200b@"),
    "blanks around": lambda a: a.replace("@", " @ "),
    "percent": lambda a: "https://x.example/?m=" + "".join(f"%{b:02X}" for b in a.encode()),
    "base64": lambda a: "https://x.example/?m=" + base64.b64encode(a.encode()).decode(),
    "arobase and point": lambda a: a.replace("@", " arobase ").replace(".", " point "),
}
for name, write in ADDRESSES.items():
    _enter(f"another's address: {name}", "XRC401 MSG304 MSG305", _said(lambda o, w=write: f"{REMARK} {w(o[EMAIL])}"))
NUMBERS: dict[str, Callable[[str], str]] = {
    "as it is": lambda p: p,
    "joined": lambda p: p.replace(" ", ""),
    "dots": lambda p: p.replace(" ", "."),
    "en dashes": lambda p: p.replace(" ", "–"),
    "slashes": lambda p: p.replace(" ", "/"),
    "+33": lambda p: "+33 " + p[1:],
    "0033": lambda p: "0033" + p.replace(" ", "")[1:],
    "+33 (0)": lambda p: "+33 (0)" + p[1:],
    "zero-width": lambda p: p[:2] + "\u200b" + p[2:],
}
for name, write in NUMBERS.items():
    _enter(f"another's number: {name}", "XRC401", _said(lambda o, w=write: f"{REMARK} au {w(o[PHONE])}"))
REFERENCES: dict[str, Callable[[str], str]] = {
    "joined": lambda r: r.replace("-", ""),
    "blank": lambda r: r.replace("-", " "),
    "small": str.lower,
    "underscore": lambda r: r.replace("-", "_"),
    "in a link": lambda r: f"https://x.example/?c={r}",
    "in a file's name": lambda r: f"{r}.pdf",
    "after a hash": lambda r: f"#{r}",
    "en dash": lambda r: r.replace("-", "–"),
}
for name, write in REFERENCES.items():
    _enter(f"another's reference: {name}", "XRC401", _said(lambda o, w=write: f"{REMARK} dossier {w(o[REFERENCE])} lu"))


def _numbered(form: str) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        _column(world, REFERENCE, [form.format(n + 41) for n in range(len(world.people))])
        reader, other = _two(world, rng)
        reader[FEEDBACK] = f"{REMARK} dossier {other[REFERENCE]} lu"

    return mutate


for form in ("2026-{:04}", "2026/{:05}", "4200{:04}", "CAND-5200{:03}", "D{:03}-26", "26.{:04}.01"):
    _enter(f"another's reference of the form {form}", "XRC401", _numbered(form))

# --- columns moved, mixed and filled ---------------------------------------------------------------------------------


def _named_addresses(world: World) -> None:
    for number, each in enumerate(world.people):
        local = f"{fold(each[FIRST_NAME])}.{fold(each[LAST_NAME])}".replace(" ", "-")
        each[EMAIL] = f"{local if local.isascii() else f'contact{number}'}@mail{number % 9}.example"


def _shift(header: str, lag: int, first: int = 0, length: int = 0) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        _named_addresses(world)
        values = [each[header] for each in world.people]
        last = first + length or len(values)
        part = values[first:last]
        _column(world, header, values[:first] + part[lag:] + part[:lag] + values[last:])

    return mutate


for lag in (1, 2, 3, 4, 5, -1, -2, -3, -4, -5):
    _enter(f"addresses {lag} rows off", "LST110", _shift(EMAIL, lag))
for lag in (1, -1, 3):
    _enter(f"surnames {lag} rows off", "LST110", _shift(LAST_NAME, lag))
for length in (6, 9, 12):
    _enter(f"addresses of {length} rows shifted", "LST111 LST110", _shift(EMAIL, 1, 5, length))


def _go_round(share: float) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        _named_addresses(world)
        plain = [each for each in world.people if "contact" not in each[EMAIL] and _plain(each)]
        chosen = rng.sample(plain, min(len(plain), max(5, int(share * len(world.people)))))
        addresses = [each[EMAIL] for each in chosen]
        for each, address in zip(chosen, addresses[1:] + addresses[:1], strict=True):
            each[EMAIL] = address

    return mutate


for share in (0.02, 0.05, 0.1, 0.2):
    _enter(f"{share:.0%} of the addresses gone round", "LST111 LST110", _go_round(share))

SPELLING: dict[str, Callable[[Person], str]] = {
    "files of a reference": lambda p: f"{p[REFERENCE]}.pdf",
    "links with a reference": lambda p: f"https://x.example/?c={p[REFERENCE]}",
    "feedback that greets": lambda p: f"Bonjour {p[FIRST_NAME]} {p[LAST_NAME]}, votre parcours nous a plu, merci.",
    "files of a name": lambda p: f"cv {p[FIRST_NAME]} {p[LAST_NAME]}.pdf",
}


def _lag(make: Callable[[Person], str], lag: int) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        cells = [make(each) for each in world.people]
        cells = cells[lag:] + cells[:lag]
        print_column(world, "Suite donnée", lambda number, each: cells[number])

    return mutate


for name, make in SPELLING.items():
    for lag in (1, -2):
        _enter(f"{name}, {lag} rows off", "LST122", _lag(make, lag))


def _town_lag(lag: int) -> Mutate:
    towns = ["Toulouse", "Lille", "Lyon", "Nantes", "Rennes"]

    def mutate(world: World, rng: random.Random) -> None:
        own = [rng.randrange(5) for _ in world.people]
        moved = own[lag:] + own[:lag]
        print_column(world, "CP", lambda number, each: f"{31000 + own[number] * 1000}")
        print_column(world, "Commune", lambda number, each: towns[moved[number]])

    return mutate


for lag in (1, -1, 2):
    _enter(f"towns {lag} rows off their postcodes", "LST122", _town_lag(lag), least=60)


def _dragged(make: Callable[[int], str], many: int) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        start = rng.randrange(len(world.people) - many)
        print_column(world, "Espace personnel", lambda n, each: make(start if start <= n < start + many else n))

    return mutate


for many in (2, 4):
    _enter(
        f"a link dragged over {many} rows", "LST123", _dragged(lambda n: f"https://x.example/s/{n * 7919:07x}", many)
    )
    _enter(f"a code dragged over {many} rows", "LST123", _dragged(lambda n: f"ESP-{n * 13:06}", many))
    _enter(f"a ticket dragged over {many} rows", "LST123", _dragged(lambda n: f"{7000000 + n * 17}", many))


def _listed(join: str) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        surnames = sorted(
            {each[LAST_NAME].title() for each in world.people if _plain(each) and " " not in each[LAST_NAME]}
        )
        rng.choice(world.people)[FEEDBACK] = "Vus ce jour-là : " + join.join(
            rng.sample(surnames, min(12, len(surnames)))
        )

    return mutate


for name, join in {"commas": ", ", "slashes": " / ", "semicolons": " ; "}.items():
    _enter(f"a list of surnames: {name}", "XRC402", _listed(join), told=True)


def _chosen(header: str) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        _reader, other = _two(world, rng)
        print_column(world, header, lambda number, each: f"{other[FIRST_NAME]} {other[LAST_NAME]}")

    return mutate


for header in ("Candidat retenu", "Selected candidate", "Lauréat", "Personne embauchée"):
    _enter(f"who got it, under {header}", "XRC402", _chosen(header))

# --- internal columns, garbled and broken cells ----------------------------------------------------------------------

for header in (
    "Prétentions", "Points faibles", "Budget", "Verdict", "Résultat du test", "Liste noire", "TJM", "Shortlist",
    "Score", "Avis du manager", "Motif du refus", "Salary expectation", "Red flags", "Interviewer notes", "Fourchette",
    "Évaluation",
):  # fmt: skip
    _enter(
        f"an internal column: {header}",
        "TPL202",
        lambda world, rng, header=header: print_column(world, header, lambda number, each: f"{number % 7}"),
    )


def _cell(header: str, change: Callable[[str], str]) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        chosen = rng.choice([each for each in world.people if each[header]] or world.people)
        chosen[header] = change(chosen[header])

    return mutate


for name, change in {
    "UTF-8 read as Windows-1252": lambda v: "Lópezé".encode().decode("cp1252"),
    "UTF-8 read as Latin-1": lambda v: "Hélène".encode().decode("latin-1"),
    "an old code page": lambda v: "Fran\u2021oise",
    "a question mark in a word": lambda v: "Fran?oise",
    "a replacement character": lambda v: v[:2] + "\ufffd",
    "an entity": lambda v: "Gu&eacute;rin",
}.items():
    _enter(f"garbled name: {name}", "LST103", _cell(LAST_NAME, change))
for value in ("#REF!", "#N/A", "#NOM?", "#NAME?", "#DIV/0!", "1,2E+11", "1.2E11", "########", "Err:502"):
    _enter(f"a spreadsheet error: {value}", "LST112", _cell(JOB, lambda v, value=value: value))
for name, change in {
    "two, a line break between": lambda v: f"{v}\nanne@poste.test",
    "two, a bar between": lambda v: f"{v}|anne@poste.test",
    "two, the word and": lambda v: f"{v} et anne@poste.test",
    "a comment": lambda v: f"{v} (perso)",
    "no dot in the domain": lambda v: v.partition("@")[0] + "@localhost",
    "a blank inside": lambda v: v.replace("@", " @"),
    "two dots": lambda v: v.replace("@", "..@"),
}.items():
    _enter(f"broken address: {name}", "LST105", _cell(EMAIL, change))


def _internal(world: World, rng: random.Random) -> None:
    reader, other = _two(world, rng)
    other[COMMENT] = "Excellente en entretien, nous lui proposons le poste à 42 k€ dès lundi"
    reader[FEEDBACK] = f"{REMARK} {other[COMMENT]}."


_enter("another's internal remark", "MSG308 XRC401 XRC402", _internal)


__all__ = ["FURTHER"]
