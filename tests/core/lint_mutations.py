"""The ways in which a campaign goes wrong, one function each: they damage a clean world and say what should see it."""

from __future__ import annotations

import base64
import datetime
import hashlib
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lint_files import archive, office, pdf, workbook
from lint_world import (
    COMMENT,
    EMAIL,
    FEEDBACK,
    FIRST_NAME,
    JOB,
    LAST_NAME,
    PHONE,
    REFERENCE,
    SENDER,
    World,
    clean_world,
)  # fmt: skip
from msgspec.structs import replace

from mailmerge.errors import Blocked, InputError
from mailmerge.letter import assemble
from mailmerge.lint import Inspection, Suppression, check, gate, prove, rule_named
from mailmerge.model import Message, SealedMessage, Severity, Stamp
from mailmerge.model.patterns import Pattern
from mailmerge.text.folding import fold

Mutate = Callable[[World, random.Random], None]


@dataclass(frozen=True)
class Operator:
    """One way of going wrong."""

    name: str
    rules: tuple[str, ...]
    """Any of them should see it."""
    mutate: Mutate
    least: int = 5
    """People it needs."""
    told: bool = False
    """Whether a warning is enough, of a rule that can block."""

    @property
    def never(self) -> bool:
        """Whether it is of the kind that nobody can answer for."""
        return any(rule_named(code).suppression is Suppression.NEVER for code in self.rules)

    @property
    def blocks(self) -> bool:
        """Whether it must stop the send; otherwise it must be told."""
        return rule_named(self.rules[0]).severity is Severity.BLOCK and not self.told


OPERATORS: list[Operator] = []


def operator(*rules: str, least: int = 5, name: str = "") -> Callable[[Mutate], Mutate]:
    def enter(mutate: Mutate) -> Mutate:
        OPERATORS.append(Operator(name or mutate.__name__.replace("_", " "), rules, mutate, least))
        return mutate

    return enter


def each_of(cases: dict[str, object], *rules: str, apply: Callable[..., None], least: int = 5) -> None:
    for name, value in cases.items():
        operator(*rules, least=least, name=name)(lambda world, rng, value=value: apply(world, rng, value))


# --- the table: cells ------------------------------------------------------------------------------------------------


def _cell(header: str) -> Callable[[World, random.Random, Callable[[str, World], str]], None]:
    def apply(world: World, rng: random.Random, change: Callable[[str, World], str]) -> None:
        chosen = rng.choice([p for p in world.people if p[header]] or world.people)
        chosen[header] = change(chosen[header], world)

    return apply


each_of(
    {
        "two addresses, semicolon": lambda a, w: f"{a}; anne.autre@poste.test",
        "two addresses, comma": lambda a, w: f"{a},anne.autre@poste.test",
        "two addresses, blank": lambda a, w: f"{a} anne.autre@poste.test",
        "two addresses, line break": lambda a, w: f"{a}\nanne.autre@poste.test",
        "two addresses, slash": lambda a, w: f"{a}/anne.autre@poste.test",
        "address in brackets": lambda a, w: f"{a} (anne.autre@poste.test)",
        "display name with the address": lambda a, w: f"Anne Autre <{a}>",
        "quoted local part": lambda a, w: f'"anne autre"@{a.partition("@")[2]}',
        "no address": lambda a, w: "",
        "no domain": lambda a, w: a.partition("@")[0],
        "two at signs": lambda a, w: a.replace("@", "@@"),
        "a closed angle": lambda a, w: f"{a}>",
        "header in the address": lambda a, w: f"{a}\nBcc: anne.autre@poste.test",
    },
    "LST105", "LST102",
    apply=_cell(EMAIL),
)  # fmt: skip
each_of(
    {
        "zero-width space in an address": lambda a, w: a.replace("@", "\u200b@"),
        "soft hyphen in an address": lambda a, w: a[:3] + "\u00ad" + a[3:],
        "no-break space in an address": lambda a, w: a[:2] + "\u00a0" + a[2:],
    },
    "LST104", "LST105",
    apply=lambda world, rng, change: (setattr(world, "encoding", "utf-8"), _cell(EMAIL)(world, rng, change))[1],
)  # fmt: skip
each_of(
    {
        "Cyrillic letter in an address": lambda a, w: "ј" + a[1:],
        "Greek letter in a domain": lambda a, w: a.partition("@")[0] + "@mαil.example",
    },
    "LST106", "LST105",
    apply=lambda world, rng, change: (setattr(world, "encoding", "utf-8"), _cell(EMAIL)(world, rng, change))[1],
)  # fmt: skip
each_of(
    {
        "gmial": lambda a, w: a.partition("@")[0] + "@gmial.com",
        "hotmail with one letter less": lambda a, w: a.partition("@")[0] + "@hotmil.fr",
        "an ending that does not exist": lambda a, w: a.partition("@")[0] + "@societe-unique.con",
    },
    "LST107",
    apply=_cell(EMAIL),
)
each_of(
    {
        "everybody's address": lambda a, w: "tous@societe.example",
        "a functional address": lambda a, w: "recrutement@societe.example",
        "a mailing list": lambda a, w: "candidats-list@societe.example",
        "a colleague's address": lambda a, w: "p.durand@exemple.test",
    },
    "LST109",
    apply=_cell(EMAIL),
)
each_of(
    {
        "decoded twice": lambda a, w: f"Hél{a}".encode().decode("cp1252", "replace"),
        "a replacement character": lambda a, w: a[:1] + "\ufffd" + a[1:],
        "a C1 control": lambda a, w: a[:2] + "\x92" + a[2:],
        "accents lost": lambda a, w: a[:1] + "?" + a[1:],
    },
    "LST103",
    apply=lambda world, rng, change: (setattr(world, "encoding", "utf-8"), _cell(LAST_NAME)(world, rng, change))[1],
)
each_of(
    {
        "#N/A": lambda a, w: "#N/A",
        "#VALEUR!": lambda a, w: "#VALEUR!",
        "#REF! in a text": lambda a, w: "Comptable #REF!",
        "too narrow a column": lambda a, w: "######",
    },
    "LST112",
    apply=_cell(JOB),
)
operator("LST112", name="a long number in science's notation")(
    lambda world, rng: _cell(REFERENCE)(world, rng, lambda a, w: "1,20E+11")
)
each_of(
    {
        "a formula": lambda a, w: '=HYPERLINK("http://x.example";"Voir")',
        "a command": lambda a, w: "@SUM(A1:A9)",
    },
    "LST113",
    apply=_cell(JOB),
)
each_of(
    {
        "an at sign in a name": lambda a, w: f"{a}@x.example",
        "a digit in a name": lambda a, w: f"{a}2",
    },
    "LST114", "LST102", "MSG303",
    apply=_cell(LAST_NAME),
)  # fmt: skip
each_of(
    {
        "None": lambda a, w: "None",
        "nan": lambda a, w: "nan",
        "braces": lambda a, w: "{{ poste }}",
        "a tag": lambda a, w: "{% if %}",
    },
    "MSG301",
    apply=_cell(JOB),
)
operator("TPL201", name="a blank cell")(lambda world, rng: _cell(JOB)(world, rng, lambda a, w: ""))
operator("TPL201", name="a cell of blanks")(lambda world, rng: _cell(REFERENCE)(world, rng, lambda a, w: " \u00a0 "))
operator("TPL208", "MSG303", "LST102", name="a header after a line break in a cell")(
    lambda world, rng: _cell(JOB)(world, rng, lambda a, w: f"{a}\r\nBcc: x@y.example")
)
operator("TPL208", name="a header in an encoded word")(
    lambda world, rng: _cell(JOB)(world, rng, lambda a, w: "=?UTF-8?Q?=0ABcc:_x=40y.example?=")
)
operator("LST102", name="the next row in a cell")(
    lambda world, rng: _cell(JOB)(world, rng, lambda a, w: f"{a};x\nM.;Jean;Autre;jean.autre@poste.test")
)
operator("LST102", name="a line break in a name")(
    lambda world, rng: _cell(LAST_NAME)(world, rng, lambda a, w: f"{a}\nAutre")
)


@operator("LST114", "LST105")
def name_and_address_exchanged(world: World, rng: random.Random) -> None:
    chosen = rng.choice(world.people)
    chosen[EMAIL], chosen[LAST_NAME] = chosen[LAST_NAME], chosen[EMAIL]


@operator("LST115")
def a_row_for_testing(world: World, rng: random.Random) -> None:
    world.people.append(
        {**world.people[0], FIRST_NAME: "Toto", LAST_NAME: "Test", EMAIL: "test@test.fr", REFERENCE: "RC-1"}
    )


@operator("LST115", "LST105")
def the_headers_again_over_an_address(world: World, rng: random.Random) -> None:
    world.people.append({header: header for header in world.headers} | {EMAIL: "liste@poste.test"})


@operator("LST116")
def health_in_the_letter(world: World, rng: random.Random) -> None:
    world.headers.append("RQTH")
    for each in world.people:
        each["RQTH"] = "non"
    world.letter += "\nRQTH : {{ rqth }}\n"


# --- the table: rows and columns -------------------------------------------------------------------------------------


@operator("LST108")
def one_mailbox_for_two(world: World, rng: random.Random) -> None:
    one, two = _two(world, rng)
    two[EMAIL] = one[EMAIL]


@operator("LST108")
def one_mailbox_in_capitals(world: World, rng: random.Random) -> None:
    one, two = _two(world, rng)
    two[EMAIL] = one[EMAIL].upper() if one[EMAIL].isascii() else one[EMAIL]


@operator("LST108")
def one_mailbox_with_a_tag(world: World, rng: random.Random) -> None:
    one, two = _two(world, rng)
    two[EMAIL] = one[EMAIL].replace("@", "+rh@")


@operator("LST108")
def an_address_filled_down(world: World, rng: random.Random) -> None:
    start = rng.randrange(len(world.people) - 3)
    for each in world.people[start + 1 : start + 4]:
        each[EMAIL] = world.people[start][EMAIL]


def _two(world: World, rng: random.Random) -> tuple[dict[str, str], dict[str, str]]:
    """Two people of different names, who do not share a telephone."""
    while True:
        one, two = rng.sample(world.people, 2)
        if (one[FIRST_NAME], one[LAST_NAME]) != (two[FIRST_NAME], two[LAST_NAME]) and one[PHONE] != two[PHONE]:
            return one, two


def _column(world: World, header: str, how: Callable[[list[str]], list[str]]) -> None:
    values = how([each[header] for each in world.people])
    for each, value in zip(world.people, values, strict=True):
        each[header] = value


for lag in (1, 2, -1, 5):
    operator("LST110", least=10, name=f"addresses shifted by {lag}")(
        lambda world, rng, lag=lag: _column(world, EMAIL, lambda c: c[-lag:] + c[:-lag])
    )
operator("LST110", least=10, name="surnames shifted by 1")(
    lambda world, rng: _column(world, LAST_NAME, lambda c: c[1:] + c[:1])
)
operator("LST110", least=10, name="first names shifted by 3")(
    lambda world, rng: _column(world, FIRST_NAME, lambda c: c[-3:] + c[:-3])
)
operator("LST110", least=10, name="addresses sorted alone")(
    lambda world, rng: _column(world, EMAIL, lambda c: sorted(c))
)
operator("LST110", least=10, name="surnames sorted alone")(
    lambda world, rng: _column(world, LAST_NAME, lambda c: sorted(c))
)
operator("LST110", least=10, name="addresses shuffled")(
    lambda world, rng: _column(world, EMAIL, lambda c: rng.sample(c, len(c)))
)


@operator("LST111", "LST110", least=20)
def a_stretch_of_addresses_shifted(world: World, rng: random.Random) -> None:
    length = min(12, len(world.people) // 2)
    start = rng.randrange(len(world.people) - length)

    def shift(column: list[str]) -> list[str]:
        part = column[start : start + length]
        return column[:start] + part[1:] + part[:1] + column[start + length :]

    _column(world, EMAIL, shift)


@operator("LST111", "LST110", least=20)
def a_stretch_of_surnames_shifted(world: World, rng: random.Random) -> None:
    length = min(12, len(world.people) // 2)
    start = rng.randrange(len(world.people) - length)
    _column(
        world,
        LAST_NAME,
        lambda c: (
            c[:start] + c[start + length - 1 : start + length] + c[start : start + length - 1] + c[start + length :]
        ),
    )


# --- the file --------------------------------------------------------------------------------------------------------


def _line(world: World, rng: random.Random, change: Callable[[bytes], bytes]) -> None:
    """Damage to one line of the file."""
    chosen = rng.randrange(1, min(len(world.people), 40))

    def damage(octets: bytes) -> bytes:
        lines = octets.split(b"\r\n")
        lines[chosen] = change(lines[chosen])
        return b"\r\n".join(lines)

    for each in world.people:
        each[COMMENT] = "vu"
    world.bytes_change = damage


operator("LST101", name="a cell too many")(
    lambda world, rng: _line(world, rng, lambda line: line.replace(b";", b";x;", 1))
)
operator("LST101", name="a cell too few")(lambda world, rng: _line(world, rng, lambda line: line.replace(b";", b"", 1)))
operator("LST102", "LST101", name="a stray quotation mark swallows rows", least=8)(
    lambda world, rng: _line(world, rng, lambda line: line.replace(b";", b';"', 1))
)
operator("LST101", name="two columns of one name")(lambda world, rng: world.headers.append(JOB))


@operator("LST101")
def a_column_without_a_name(world: World, rng: random.Random) -> None:
    world.headers.append("")
    for each in world.people:
        each[""] = "x"


# --- the letter ------------------------------------------------------------------------------------------------------


def _somebody(world: World, *, ascii_only: bool = False) -> dict[str, str]:
    """Somebody who does not sign."""
    return next(
        each
        for each in world.people[1:]
        if each[FIRST_NAME] not in ("Claire", "Hélène", "Victor", "Juste", "Aimé", "Li")
        and (not ascii_only or (each[FIRST_NAME] + each[LAST_NAME]).isascii())
    )


def _full(world: World, *, ascii_only: bool = False) -> str:
    each = _somebody(world, ascii_only=ascii_only)
    return f"{each[FIRST_NAME]} {each[LAST_NAME]}"


def _say(text: str | Callable[[World], str]) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        world.letter += "\n" + (text if isinstance(text, str) else text(world)) + "\n"

    return mutate


def _head(text: str) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        world.letter = text + "\n" + world.letter

    return mutate


for name, text in {
    "single braces": "Cher {prenom},",
    "double angles": "Cher <<Prénom>>,",
    "guillemets": "Cher «Prénom»,",
    "square brackets": "Cher [Prénom],",
    "percent signs": "Cher %PRENOM%,",
    "a dollar and braces": "Cher ${prenom},",
    "stars and bars": "Cher *|FNAME|*,",
    "at signs": "Cher @nom@,",
    "hashes": "Cher #NOM#,",
    "XXXX": "au poste de XXXX",
    "TODO": "TODO relire",
}.items():
    operator("TPL205", name=f"placeholder: {name}")(_say(text))
operator("TPL201", name="a field that is not there")(_say("{{ prenon }}"))
operator("TPL201", name="a condition on a field that is not there")(_say("{% if prenon %}a{% endif %}"))
operator("TPL202", name="an internal field")(_say("{{ commentaire_interne }}"))
operator("TPL202", name="an internal field that decides")(_say("{% if commentaire_interne %}a{% endif %}"))
operator("TPL206", name="an include")(_say('{% include "/etc/passwd" %}'))
operator("TPL206", name="an attribute of the machine")(_say("{{ ''.__class__.__mro__ }}"))
operator("TPL206", name="a call")(_say("{{ nom.format(nom) }}"))
operator("TPL204", name="a name left over")(_say("Chère Madame Vandenbroucke,"))
operator("TPL204", name="a date left over")(_say("Suite à notre entretien du 12 mars 2019,"))
operator("TPL210", name="a header as a text")(_say(f'{{{{ "{JOB}" }}}}'))
operator("TPL209", name="age near the refusal")(_say("Malheureusement, nous cherchons un profil plus jeune."))
operator("MSG309", name="a picture that reports")(_say("![](https://pixel.example/1.gif)"))
operator("MSG304", name="a stranger's address in the letter")(_say("Écrivez à paul.durand@client.example."))
operator("TPL203", name="somebody's name in the letter")(_say(lambda w: f"Comme convenu avec {_full(w)}."))
operator("TPL203", name="somebody's name in capitals, the other way round")(
    _say(lambda w: f"{fold(_somebody(w)[LAST_NAME]).upper()} {fold(_somebody(w)[FIRST_NAME]).upper()}")
)
operator("TPL203", name="somebody's address in the letter")(_say(lambda w: f"Voir {_somebody(w)[EMAIL]}."))
operator("TPL203", name="somebody's reference in the letter")(_say(lambda w: f"Dossier {_somebody(w)[REFERENCE]}."))
operator("TPL203", name="somebody's number in the letter")(
    _say(lambda w: f"Appelez le {_somebody(w)[PHONE].replace(' ', '.')}.")
)
operator("TPL208", name="Cc")(_head("Cc: chef@exemple.test"))
operator("TPL208", name="Bcc from a field")(_head("Bcc: {{ reference }}@exemple.test"))
operator("TPL208", name="Reply-To a stranger")(_head("Reply-To: chef@ailleurs.example"))


@operator("TPL202")
def an_undeclared_field(world: World, rng: random.Random) -> None:
    lines = [line for line in world.letter.split("\n") if not line.startswith("Fields:")]
    world.letter = "\n".join(("Fields: civilite, prenom, nom, poste", *lines))


@operator("TPL208")
def everybody_in_to(world: World, rng: random.Random) -> None:
    everybody = ", ".join(each[EMAIL] for each in world.people[:20])
    world.letter = re.sub(r"^To:.*$", f"To: {everybody}", world.letter, flags=re.MULTILINE)


@operator("TPL208")
def one_person_in_to(world: World, rng: random.Random) -> None:
    world.letter = world.letter.replace("<{{ adresse_e_mail }}>", f"<{world.people[0][EMAIL]}>")


@operator("MSG303", "TPL203")
def one_name_in_to(world: World, rng: random.Random) -> None:
    world.letter = re.sub(r"^To:[^<]*", "To: Candidat Unique ", world.letter, flags=re.MULTILINE)


@operator("MSG302")
def somebody_else_is_greeted(world: World, rng: random.Random) -> None:
    world.headers.append("Manager")
    for each in world.people:
        each["Manager"] = "Marguerite"
    world.letter = world.letter.replace("Bonjour {{ civilite }} {{ nom", "Bonjour {{ manager }} {{ ''", 1)
    world.letter = world.letter.replace("{{ manager }} {{ ''|proper }}", "{{ manager }}").replace("{{ '' }}", "")


@operator("MSG301")
def nobody_is_greeted(world: World, rng: random.Random) -> None:
    line = next(line for line in world.letter.split("\n") if line.startswith("Bonjour"))
    world.letter = world.letter.replace(line, "Bonjour {{ prenom_usuel|default('') }},", 1)
    world.headers.append("Prénom usuel")


def _as_html(body: str) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        head = "\n".join(line for line in world.letter.partition("\n\n")[0].split("\n"))
        world.letter = f"{head}\n\n<p>Bonjour {{{{ civilite }}}} {{{{ nom }}}},</p>{body}"
        world.suffix = ".html"

    return mutate


for name, body in {
    "a comment": "<!-- {{ reference }} -->",
    "not displayed": '<p style="display:none">{{ reference }}</p>',
    "white on white": '<p style="color: #ffffff">{{ reference }}</p>',
    "of no size": '<p style="font-size: 0">{{ reference }}</p>',
    "a data attribute": '<p data-id="{{ reference }}">a</p>',
}.items():
    operator("TPL207", name=f"hidden: {name}")(_as_html(body))


# --- what a cell says of somebody else -------------------------------------------------------------------------------


def _leak(what: Callable[[dict[str, str], random.Random], str], header: str = FEEDBACK) -> Mutate:
    """Somebody else's data in a text that is printed."""

    def mutate(world: World, rng: random.Random) -> None:
        reader, other = _two(world, rng)
        while other[FIRST_NAME] in (reader[FIRST_NAME], "Claire", "Hélène") or len(fold(other[LAST_NAME])) < 4:
            reader, other = _two(world, rng)
        reader[header] = f"{reader[header] or REMARK} {what(other, rng)}".strip()

    return mutate


REMARK = "Merci de votre visite"
operator("XRC401", "MSG304", name="another's address")(_leak(lambda o, r: f"comme {o[EMAIL]}"))
operator("XRC401", "MSG304", name="another's address in capitals")(_leak(lambda o, r: f"comme {o[EMAIL].upper()}"))
operator("XRC401", name="another's reference")(_leak(lambda o, r: f"(dossier {o[REFERENCE]})"))
operator("XRC401", name="another's reference, spelt otherwise")(
    _leak(lambda o, r: f"(dossier {o[REFERENCE].lower().replace('-', ' ')})")
)
operator("XRC401", name="another's number")(_leak(lambda o, r: f"au {o[PHONE]}"))
operator("XRC401", name="another's number, spelt otherwise")(
    _leak(lambda o, r: "au +33 (0)" + ".".join(_pairs(o[PHONE])))
)
operator("MSG304", name="a stranger's address")(_leak(lambda o, r: "voir paul.durand@client.example"))
operator("XRC402", name="another's name")(_leak(lambda o, r: f"comme {o[FIRST_NAME]} {o[LAST_NAME]}"))
operator("XRC402", name="another's name, the other way round")(
    _leak(lambda o, r: f"comme {o[LAST_NAME].upper()} {o[FIRST_NAME]}")
)
operator("XRC402", name="another's name without accents")(
    _leak(lambda o, r: f"comme {fold(o[FIRST_NAME])} {fold(o[LAST_NAME])}")
)
operator("XRC402", name="another's name in a job title")(
    _leak(lambda o, r: f"avec {o[FIRST_NAME]} {o[LAST_NAME]}", JOB)
)
operator("XRC402", name="another's name with odd blanks")(
    _leak(lambda o, r: f"comme {o[FIRST_NAME]}\u00a0 {o[LAST_NAME]}")
)


def _pairs(number: str) -> list[str]:
    digits = "".join(c for c in number if c.isdigit())[-9:]
    return [digits[0], *(digits[i : i + 2] for i in range(1, 9, 2))]


for name, encode in {
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 for links": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "percent": lambda text: "".join(f"%{b:02X}" for b in text.encode()),
    "entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "hexadecimal": lambda text: text.encode().hex(),
    "base64 twice": lambda text: base64.b64encode(base64.b64encode(text.encode())).decode(),
}.items():
    operator("MSG305", name=f"another's address in {name}")(
        _leak(lambda o, r, encode=encode: f"https://rdv.example/?u={encode(o[EMAIL])}")
    )


@operator("MSG305")
def another_s_name_letter_by_letter(world: World, rng: random.Random) -> None:
    one, two = _two(world, rng)
    first, last = " ".join(two[FIRST_NAME].upper()), " ".join(two[LAST_NAME].upper())
    one[FEEDBACK] = f"{REMARK}, vu avec {first}  {last}."


@operator("MSG308")
def the_internal_comment_in_the_feedback(world: World, rng: random.Random) -> None:
    chosen = rng.choice(world.people)
    chosen[COMMENT] = "Difficile en entretien, à ne pas rappeler"
    chosen[FEEDBACK] = f"{REMARK}. Difficile en entretien, à ne pas rappeler."


@operator("XRC408", least=20)
def a_remark_copied_down(world: World, rng: random.Random) -> None:
    for each in world.people:
        each[FEEDBACK] = (
            f"Le jury a aimé le dossier {each[REFERENCE]}, son soin, et la clarté de toute la présentation."
        )
    one, two = _two(world, rng)
    text = "Le jury a trouvé votre présentation claire, mais la seconde partie manquait de chiffres et de sources."
    one[FEEDBACK] = two[FEEDBACK] = text


@operator("XRC409", least=120)
def a_message_far_too_long(world: World, rng: random.Random) -> None:
    rng.choice([p for p in world.people if p[FEEDBACK]])[FEEDBACK] += " et encore bien davantage" * 60


@operator("XRC401", "XRC402", "TPL203")
def an_iban_of_another(world: World, rng: random.Random) -> None:
    world.headers.append("IBAN")
    for number, each in enumerate(world.people):
        each["IBAN"] = f"FR76 3000 6000 0112 3456 {number:04} 189"
    one, two = rng.sample(world.people, 2)
    one[FEEDBACK] = f"{REMARK}, remboursée sur {two['IBAN'].replace(' ', '')}"


# --- the program -----------------------------------------------------------------------------------------------------


def _fault(render: Callable[[random.Random], Callable[[Inspection, Message], Message]]) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        world.render = render(rng)

    return mutate


def _others_values(rng: random.Random) -> Callable[[Inspection, Message], Message]:
    def fault(inspection: Inspection, message: Message) -> Message:
        number = message.recipient.record.number
        if number != 2:
            return message
        other = inspection.letters[0].compose(
            inspection.recipients[3], inspection.table.values(inspection.table.records[3])
        )
        return replace(message, values=other.values, shape=other.shape)

    return fault


def _first_for_all(rng: random.Random) -> Callable[[Inspection, Message], Message]:
    first: list[Message] = []

    def fault(inspection: Inspection, message: Message) -> Message:
        first.append(message)
        return replace(message, values=first[0].values, shape=first[0].shape)

    return fault


def _baked(rng: random.Random) -> Callable[[Inspection, Message], Message]:
    """The first person's text became part of the shape."""
    shapes = {}

    def fault(inspection: Inspection, message: Message) -> Message:
        shape = message.shape
        if id(shape) not in shapes:
            baked = Pattern((shape.text.fill(message.values),))
            shapes[id(shape)] = (shape, replace(shape, text=baked, html=None))
        return replace(message, shape=shapes[id(shape)][1])

    return fault


def _wrong_recipient(rng: random.Random) -> Callable[[Inspection, Message], Message]:
    def fault(inspection: Inspection, message: Message) -> Message:
        if message.recipient.record.number != 2:
            return message
        return replace(message, recipient=inspection.recipients[3])

    return fault


def _counter(rng: random.Random) -> Callable[[Inspection, Message], Message]:
    count: list[int] = []

    def fault(inspection: Inspection, message: Message) -> Message:
        count.append(1)
        return replace(message, values=(*message.values[:-1], f"{message.values[-1]} {len(count)}"))

    return fault


operator("XRC404", "XRC401", "XRC402", name="another record's values")(_fault(_others_values))
operator("XRC404", "XRC406", name="the first values stay")(_fault(_first_for_all))
operator("XRC406", "XRC401", "MSG306", name="values in the shape")(_fault(_baked))
operator("XRC407", name="for another recipient")(_fault(_wrong_recipient))
operator("XRC405", "XRC404", name="a counter from message to message")(_fault(_counter))


# --- attachments -----------------------------------------------------------------------------------------------------


def _attach(name: str, make: Callable[[World], bytes]) -> Mutate:
    def mutate(world: World, rng: random.Random) -> None:
        world.files[name] = make(world)
        world.letter = f"Attachment: {name}\n{world.letter}"

    return mutate


operator("ATT504", name="a file that is missing")(_head("Attachment: absent.pdf"))
operator("ATT504", name="a file outside the folder")(_head("Attachment: ../livret.pdf"))
operator("ATT506", name="the table")(_head("Attachment: candidats.csv"))
operator("ATT506", name="a workbook")(_attach("liste.xlsx", lambda w: workbook()))
operator("ATT506", name="a mail")(_attach("reponse.eml", lambda w: b"Subject: a\r\n\r\nb"))
operator("ATT501", name="an archive")(_attach("a.zip", lambda w: archive({"a.txt": "a"})))
operator("ATT501", name="macros")(_attach("a.docx", lambda w: office({"word/vbaProject.bin": b"a"})))
operator("ATT501", name="a scan")(_attach("a.pdf", lambda w: pdf("")))
operator("ATT501", name="an entity bomb")(
    _attach("a.docx", lambda w: office({"word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}))
)
operator("ATT501", name="a zip bomb")(_attach("a.docx", lambda w: office({"word/a.xml": b" " * 40_000_000})))
operator("ATT502", name="another's name in a PDF")(
    _attach("a.pdf", lambda w: pdf(f"9 h : {_full(w, ascii_only=True)}"))
)
operator("ATT502", name="another's name in an office file")(_attach("a.docx", lambda w: office(text=_full(w))))
operator("ATT502", name="another's name over two runs")(
    _attach("a.docx", lambda w: office(text=_full(w)[:6] + "</w:t></w:r><w:r><w:t>" + _full(w)[6:]))
)
operator("ATT502", name="another's address in a part nobody sees")(
    _attach("a.docx", lambda w: office({"customXml/item1.xml": f"<a>{_somebody(w)[EMAIL]}</a>"}))
)
operator("ATT502", name="another's name in the metadata")(_attach("a.docx", lambda w: office(author=_full(w))))
operator("ATT503", name="a hidden sheet")(
    _attach("a.docx", lambda w: workbook('<sheet name="a"/><sheet name="b" state="veryHidden"/>'))
)
operator("ATT503", name="tracked changes")(
    _attach("a.docx", lambda w: office(text='a</w:t></w:r><w:del w:id="1"></w:del><w:r><w:t>'))
)
operator("ATT503", name="comments")(_attach("a.docx", lambda w: office({"word/comments.xml": "<c>non</c>"})))
operator("ATT505", name="an author")(_attach("a.docx", lambda w: office(author="Pascal Quignard-Dubreuil")))


@operator("ATT504")
def a_symbolic_link(world: World, rng: random.Random) -> None:
    world.links["lien.pdf"] = "candidats.csv"
    world.letter = "Attachment: lien.pdf\n" + world.letter


@operator("ATT504")
def an_empty_file(world: World, rng: random.Random) -> None:
    _attach("vide.pdf", lambda w: b"")(world, rng)


def _certificates(world: World, text: Callable[[int, dict[str, str]], str]) -> None:
    world.people = world.people[:20]
    for number, each in enumerate(world.people):
        world.files[f"att/{each[REFERENCE]}.pdf"] = pdf(text(number, each))
    world.letter = "Attachment: att/{{ reference }}.pdf\n" + world.letter


@operator("ATT502")
def another_persons_certificate(world: World, rng: random.Random) -> None:
    _certificates(world, lambda n, each: f"Attestation {world.people[n - 1][REFERENCE]}")


@operator("ATT504", "LST114")
def one_file_for_two(world: World, rng: random.Random) -> None:
    _certificates(world, lambda n, each: f"Attestation {fold(each[LAST_NAME])}")
    world.people[1][REFERENCE] = world.people[0][REFERENCE]


# --- the wire --------------------------------------------------------------------------------------------------------


def on_the_wire(*rules: str, name: str) -> Callable[[Callable[[bytes, random.Random], bytes]], None]:
    def enter(change: Callable[[bytes, random.Random], bytes]) -> None:
        def wire(sealed: SealedMessage, rng: random.Random) -> SealedMessage:
            content = change(sealed.content, rng)
            assert content != sealed.content
            return replace(sealed, content=content, sha256=hashlib.sha256(content).hexdigest())

        operator(*rules, name=name)(lambda world, rng: setattr(world, "wire", wire))

    return enter


def _header(line: bytes) -> Callable[[bytes, random.Random], bytes]:
    return lambda content, rng: content.replace(b"\r\nMIME-Version:", b"\r\n" + line + b"\r\nMIME-Version:", 1)


on_the_wire("WIR902", name="a Bcc header")(_header(b"Bcc: x@y.example"))
on_the_wire("WIR902", name="a Cc header")(_header(b"Cc: x@y.example"))
on_the_wire("WIR902", name="Resent-To")(_header(b"Resent-To: x@y.example"))
on_the_wire("WIR902", name="a second To")(_header(b"To: x@y.example"))
on_the_wire("WIR902", name="an unknown header")(_header(b"List-Post: <mailto:x@y.example>"))
on_the_wire("WIR905", name="Return-Path")(_header(b"Return-Path: <x@y.example>"))
on_the_wire("WIR905", "WIR902", name="Reply-To a stranger on the wire")(_header(b"Reply-To: x@y.example"))
on_the_wire("WIR901", name="a second mailbox in To")(
    lambda content, rng: content.replace(b"\r\nTo: ", b"\r\nTo: x@y.example, ", 1)
)
on_the_wire("WIR901", name="a group in To")(lambda content, rng: content.replace(b"\r\nTo: ", b"\r\nTo: all:;, ", 1))
on_the_wire("WIR902", "WIR901", name="an encoded line break in the subject")(
    lambda content, rng: content.replace(b"\r\nSubject: ", b"\r\nSubject: =?utf-8?q?=0ABcc:_x=40y?= ", 1)
)
on_the_wire("WIR903", name="a bare line feed")(lambda content, rng: content[:-2] + b"\n.\n" + content[-2:])
on_the_wire("WIR903", name="a long line")(lambda content, rng: content[:-2] + b"x" * 1200 + b"\r\n")
on_the_wire("WIR903", name="an octet of 8 bits")(lambda content, rng: content[:-2] + b"\xe9\r\n")
on_the_wire("WIR903", name="an epilogue")(lambda content, rng: content + b"to everybody\r\n")
on_the_wire("WIR905", name="another Message-ID")(
    lambda content, rng: content.replace(b"@exemple.test>\r\n", b"@laptop.local>\r\n", 2)
)


@operator("WIR901")
def another_forward_path(world: World, rng: random.Random) -> None:
    world.wire = lambda sealed, rng: replace(sealed, envelope=replace(sealed.envelope, forward_path="x@y.example"))


@operator("WIR904")
def bytes_edited_after_sealing(world: World, rng: random.Random) -> None:
    world.wire = lambda sealed, rng: replace(sealed, content=sealed.content.replace(b"exemple", b"examples", 1))


# --- what sees it ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """What became of one damaged campaign."""

    caught: bool
    by: tuple[str, ...]
    """Rules that are new against the clean campaign."""


def judge(
    operator: Operator,
    seed: int,
    size: int,
    folder: Path | None = None,
    make: Callable[[int, int], World] = clean_world,
) -> Verdict:
    """Damage a clean campaign, and see whether it is stopped (or told, where it is a warning)."""
    world = make(seed, size)
    operator.mutate(world, random.Random(f"{operator.name} {seed} {size}"))
    with TemporaryDirectory(dir=folder) as scratch:
        return _judged(operator, world, Path(scratch))


def _judged(operator: Operator, world: World, folder: Path) -> Verdict:
    try:
        inspection = world.inspect(folder)
        report = check(inspection)
    except InputError as error:
        return Verdict(caught=True, by=(type(error).__name__,))
    if world.wire is not None:
        return _at_the_gate(world, inspection)
    told = report.blocks if operator.blocks else report.findings
    told = [each for finding in told for each in (finding, *finding.echoes)]
    by = tuple(sorted({finding.rule for finding in told if finding.severity is not Severity.INFO}))
    return Verdict(caught=bool(by) if operator.blocks else bool(set(by) & set(operator.rules)), by=by)


def _at_the_gate(world: World, inspection: Inspection) -> Verdict:
    rng = random.Random(world.seed)
    recipient = rng.choice(inspection.recipients)
    stamp = Stamp(b"run", STAMP)
    sealed = assemble(inspection.compose(recipient), SENDER, stamp)
    gate(sealed, senders=[SENDER.address])
    prove(sealed, inspection.compose(recipient))
    assert world.wire is not None
    try:
        gate(world.wire(sealed, rng), senders=[SENDER.address])
    except Blocked as error:
        return Verdict(caught=True, by=(error.rule,))
    return Verdict(caught=False, by=())


def judged(operators: Sequence[Operator], seeds: Sequence[int], size: int) -> dict[str, list[Verdict]]:
    """Every operator over some seeds."""
    return {op.name: [judge(op, seed, size) for seed in seeds] for op in operators if op.least <= size}


STAMP = datetime.datetime(2026, 11, 23, 18, 0, tzinfo=datetime.UTC)
