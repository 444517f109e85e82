"""Each rule, with what it must find and what it must leave in peace."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from lint_cases import HEADERS, LETTER, PEOPLE, SENDER, changed, inspection_of, letter_of, table_of
from lint_files import PNG, archive, office, pdf, workbook

from mailmerge.addresses import Mailbox
from mailmerge.lint import Exclusion, Finding, Inspection, LintSettings, Rule, Scope, Suppression, all_rules, check
from mailmerge.lint.rule import HEADINGS
from mailmerge.model import Defect, Message, Recipient, RecordTable, Severity
from mailmerge.text import identifier

Case = Callable[[], Inspection]

GREETING = "Bonjour {{ civilite }} {{ nom }},"
MANY = [
    (
        ("M.", "Mme")[n % 2],
        f"Prénom{chr(97 + n // 26)}{chr(97 + n % 26)}",
        f"Nom{chr(97 + n % 26)}{chr(97 + n // 26)}ez",
        f"prenom{chr(97 + n // 26)}{chr(97 + n % 26)}.nom{chr(97 + n % 26)}{chr(97 + n // 26)}ez@mail.example",
        "Comptable",
        f"RC-{n:04}",
        f"06 00 00 {n // 100:02} {n % 100:02}",
    )
    for n in range(60)
]


def cell(number: int = 2, rows: Sequence[Sequence[str]] = PEOPLE, **cells: str) -> Case:
    return lambda: inspection_of(changed(number, rows, **cells))


def cells(**changes: tuple[int, str]) -> Case:
    rows: Sequence[Sequence[str]] = PEOPLE
    for name, (number, value) in changes.items():
        rows = changed(number, rows, **{name.rstrip("_"): value})
    return lambda: inspection_of(rows)


def letter(text: str, **options: object) -> Case:
    """The usual letter with a sentence more."""
    return lambda: inspection_of(letter=LETTER + "\n" + text + "\n", **options)  # type: ignore[arg-type]


def header(text: str, **options: object) -> Case:
    return lambda: inspection_of(letter=text + "\n" + LETTER, **options)  # type: ignore[arg-type]


def html(body: str) -> Case:
    text = f"Subject: x\nContent-Type: text/html\n\n<p>{GREETING}</p>{body}"
    return lambda: inspection_of(letter=text)


def column(name: str, values: Sequence[str] | str, text: str = "", **options: object) -> Case:
    """One column more, and a sentence that may use it."""

    def make() -> Inspection:
        given = [values] * len(PEOPLE) if isinstance(values, str) else [*values, *[""] * (len(PEOPLE) - len(values))]
        rows = [(*row, value) for row, value in zip(PEOPLE, given, strict=True)]
        return inspection_of(table_of(rows, (*HEADERS, name)), LETTER + text, **options)  # type: ignore[arg-type]

    return make


SECOND = ("E-mail perso", "Nom de naissance")


def _identities(rows: Sequence[Sequence[str]]) -> RecordTable:
    """The usual people with a second address and a name at birth."""
    births = ("Durand", "Martin", "Leroy", "Moreau", "Fournier", "Girard")
    more = [(*row, f"perso{n}@y.example", birth) for n, (row, birth) in enumerate(zip(rows, births, strict=True), 1)]
    table = table_of(more, (*HEADERS, *SECOND))
    columns = replace(table.columns, other_emails=("e_mail_perso",), other_last_names=("nom_de_naissance",))
    return replace(table, columns=columns)


def second_address(of: int) -> Case:
    """The letter to the first person prints the second address of one of them."""
    return lambda: inspection_of(_identities(changed(1, poste=f"perso{of}@y.example")))


def birth_name(of: int, order: str = "{prenom} {nom}") -> Case:
    """The letter to the first person prints the name at birth of one of them."""
    name = order.format(prenom=("Inès", "Jean")[of - 1], nom=("Durand", "Martin")[of - 1])
    return lambda: inspection_of(_identities(changed(1, poste=f"Juriste, voir {name}")))


def colleague(header: str, allowed: Sequence[str], text: str = "") -> Case:
    """A column that names somebody of the table, and the letter that prints it."""

    def make() -> Inspection:
        people = changed(1, poste="Juriste avec Jean Dupont") if text else PEOPLE
        rows = [(*row, "Jean Dupont") for row in people]
        letter = LETTER.replace("{{ poste }}", "...") + f"\nSuivi par {{{{ {identifier(header)} }}}}.\n" + text
        settings = LintSettings(names_of_others=frozenset(allowed))
        return inspection_of(table_of(rows, (*HEADERS, header)), letter, settings=settings)

    return make


def excluding(records: tuple[int, ...], near: tuple[int, ...] = ()) -> Case:
    settings = LintSettings(exclusions=(Exclusion("a@x.example", "Ana Gil", records, near),))
    return lambda: inspection_of(settings=settings)


def unnamed(cells: Sequence[tuple[str, str]]) -> Case:
    """A table whose columns say nothing, beside addresses that resemble nobody."""
    rows = [(*pair, f"u{number}@mail.example") for number, pair in enumerate(cells)]
    table = table_of(rows, ("A", "B", "Mail"), email="mail", first_name="", last_name="")
    return lambda: inspection_of(table, "Subject: Bonjour\n\nBonjour,\n")


def defect(kind: str, record: int | None = None, line: int | None = None) -> Case:
    return lambda: inspection_of(table_of(defects=[Defect(kind, f"a {kind} in the file", line=line, record=record)]))


def uncalculated(field: str) -> Case:
    told = Defect("never-calculated", f"column {field} holds formulas that were never calculated", field=field)
    return lambda: inspection_of(table_of(defects=[told]))


def moved(column_index: int, how: Callable[[list[str]], list[str]], rows: Sequence[Sequence[str]] = PEOPLE) -> Case:
    """One column alone sorted or shifted."""
    values = how([row[column_index] for row in rows])
    return lambda: inspection_of(
        [tuple(values[i] if j == column_index else cell for j, cell in enumerate(row)) for i, row in enumerate(rows)]
    )


def composed(change: Callable[[Inspection, Message], Message]) -> Case:
    """Messages that come out wrong, as a fault of the program would make them."""

    def make() -> Inspection:
        inspection = inspection_of()
        return replace(inspection, compose=lambda recipient: change(inspection, inspection.compose(recipient)))

    return make


def attached(name: str, content: bytes, *, head: str = "", others: dict[str, bytes] = {}) -> Case:  # noqa: B006
    """The usual letter with a file; {{ }} in its name makes it each person's."""

    def make() -> Inspection:
        text = f"Attachment: {head or name}\n{LETTER}"
        made = letter_of(text)
        for file, octets in {name: content, **others}.items():
            if octets:
                (made.path.parent / file).write_bytes(octets)
        return inspection_of(letter=made)

    return make


def personal(name: str = "{{ reference }}.pdf", content: Callable[[Sequence[str]], bytes] | None = None) -> Case:
    """A file for each person."""

    def make() -> Inspection:
        made = letter_of(f"Attachment: {name}\n{LETTER}")
        for row in PEOPLE:
            file = name.replace("{{ reference }}", row[5]).replace("{{ nom }}", row[2])
            octets = content(row) if content else pdf(f"Attestation de {row[1]} {row[2]}")
            (made.path.parent / file).write_bytes(octets)
        return inspection_of(letter=made)

    return make


def stale(inspection: Inspection, message: Message) -> Message:
    """As a cache would: from the second person on, the first one's name."""
    if message.recipient.record.number == 1:
        return message
    values = tuple("Petit" if value == message.recipient.record.values[2] else value for value in message.values)
    return replace(message, values=values)


def swapped(inspection: Inspection, message: Message) -> Message:
    """For the second person, the third one's message."""
    if message.recipient.record.number != 2:
        return message
    return inspection.compose(inspection.recipients[2])


def with_memory() -> Inspection:
    """Each message holds how many were composed before."""
    inspection = inspection_of(letter=LETTER.replace("{{ reference }}", "{{ reference ~ ' ' }}"))
    composed: list[Recipient] = []

    def compose(recipient: Recipient) -> Message:
        composed.append(recipient)
        message = inspection.compose(recipient)
        return replace(message, values=(f"Comptable {len(composed)}", *message.values[1:]))

    return replace(inspection, compose=compose)


def with_canary() -> Inspection:
    """The first value that was ever printed stays in every message."""
    inspection = inspection_of()
    first: list[str] = []

    def compose(recipient: Recipient) -> Message:
        message = inspection.compose(recipient)
        first.append(message.values[-1])
        return replace(message, values=(*message.values[:-1], first[0]))

    return replace(inspection, compose=compose)


def without(table: RecordTable, *numbers: int) -> Case:
    """The table with some people excluded."""

    def make() -> Inspection:
        whole = inspection_of(table)
        return replace(whole, recipients=[r for r in whole.recipients if r.record.number not in numbers])

    return make


def base64_of(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


FEEDBACK = [
    f"Nous avons apprécié votre parcours numéro {word}, et surtout votre expérience de la comptabilité générale."
    for word in ("un", "deux", "trois", "quatre", "cinq", "six")
]

BAD: dict[str, dict[str, Case]] = {
    "LST101": {
        "a ragged row": defect("ragged", record=3, line=4),
        "two columns of one name": defect("duplicate-header", line=1),
        "two readings of the file": defect("ambiguous-delimiter", line=1),
        "no e-mail column": defect("no-email-column"),
    },
    "LST102": {
        "what the reader saw": defect("swallowed-row", record=2, line=3),
        "another row in a cell": cell(nom='Petit;jean@x.example\nDurand;Anne;anne@y.example;"'),
        "an address in a short field": cell(poste="Juriste anne@y.example"),
        "the delimiter in a name": cell(nom="Dupont;Jean"),
        "a line break in a name": cell(nom="Dupont\nDurand"),
    },
    "LST103": {
        "decoded twice": cell(prenom="HÃ©lÃ¨ne"),
        "replacement characters": cell(nom="Lef\ufffdvre"),
        "a control character": cell(nom="Lef\x92vre"),
        "lost accents": cell(prenom="H?l?ne"),
        "Mac Roman": cell(prenom="HÈlËne"),
    },
    "LST104": {
        "a variation selector between letters": cell(prenom="Je\ufe0fan"),
        "tags that spell out of sight": cell(poste="Juriste\U000e0041\U000e0042"),
        "a joiner after an emoji": cell(poste="Juriste 👩\u200d"),
        "a zero-width space in an address": cell(adresse_e_mail="jean\u200b.dupont@mail.example"),
        "a soft hyphen in a name": cell(nom="Du\u00adpont"),
        "a mark that turns the text": cell(nom="Dupont\u202e"),
    },
    "LST105": {
        "a long local part": cell(adresse_e_mail=f"{'a' * 65}@x.example"),
        "a local part of too many octets": cell(adresse_e_mail=f"{'é' * 33}@x.example"),
        "a long path": cell(adresse_e_mail=f"{'a' * 64}@{'.'.join(['b' * 60] * 3)}.example"),
        "none": cell(adresse_e_mail=""),
        "two": cell(adresse_e_mail="a@x.example; b@y.example"),
        "two with a comma": cell(adresse_e_mail="a@x.example, b@y.example"),
        "two by a line break": cell(adresse_e_mail="a@x.example\nb@y.example"),
        "two in brackets": cell(adresse_e_mail="a@x.example (b@y.example)"),
        "a name with it": cell(adresse_e_mail="Jean Dupont <jean@x.example>"),
        "quoted": cell(adresse_e_mail='"a b"@x.example'),
        "no domain": cell(adresse_e_mail="jean.dupont"),
        "not valid": cell(adresse_e_mail="jean..dupont@x.example"),
    },
    "LST106": {
        "a Cyrillic j": cell(adresse_e_mail="јean.dupont@mail.example"),
        "a Greek o in the domain": cell(adresse_e_mail="jean.dupont@mαil.example"),
        "the same in A-labels": cell(adresse_e_mail="jean.dupont@xn--mil-9cd.example"),
    },
    "LST107": {
        "name and ending": cell(adresse_e_mail="jean.dupont@gmaill.con"),
        "an ending cut off": cell(adresse_e_mail="jean.dupont@gmail.c"),
        "an ending that IANA does not know": cell(adresse_e_mail="jean.dupont@societe.zzz"),
        "an ending in A-labels that IANA does not know": cell(adresse_e_mail="jean.dupont@societe.xn--zzzz"),
        "gmial": cell(adresse_e_mail="jean.dupont@gmial.com"),
        "hotmial": cell(adresse_e_mail="jean.dupont@hotmial.fr"),
        "a country that is none": cell(adresse_e_mail="jean.dupont@societe.ft"),
        "con": cell(adresse_e_mail="jean.dupont@societe.con"),
    },
    "LST108": {
        "two people": cell(adresse_e_mail="Ines.Petit@MAIL.example"),
        "by a tag": cell(adresse_e_mail="ines.petit+2@mail.example"),
        "by dots": cells(adresse_e_mail=(1, "ines.petit@gmail.com"), adresse_e_mail_=(2, "inespetit@googlemail.com")),
        "one person twice": lambda: inspection_of([*PEOPLE, PEOPLE[0]]),
    },
    "LST109": {
        "info": cell(adresse_e_mail="info@societe.example"),
        "everybody": cell(adresse_e_mail="tous@societe.example"),
        "a list": cell(adresse_e_mail="candidats-list@societe.example"),
        "a colleague": cell(adresse_e_mail="jean.dupont@exemple.test"),
    },
    "LST110": {
        "addresses shifted": moved(3, lambda c: c[1:] + c[:1]),
        "addresses sorted": moved(3, lambda c: sorted(c, key=lambda a: a.split(".")[1]), MANY),
        "surnames shifted": moved(2, lambda c: c[-2:] + c[:-2]),
        "first names reversed": moved(1, lambda c: c[::-1]),
        "surnames sorted among many": moved(2, sorted, MANY),
        "nothing to verify by": moved(3, lambda c: [f"u{n}@mail.example" for n in range(len(c))], MANY),
    },
    "LST111": {
        "a stretch of addresses": moved(3, lambda c: [*c[:20], *c[21:30], c[20], *c[30:]], MANY),
        "a stretch of surnames": moved(2, lambda c: [*c[:40], c[44], *c[40:44], *c[45:]], MANY),
        "two exchanged": moved(3, lambda c: [c[1], c[0], *c[2:]], MANY),
    },
    "LST112": {
        "N/A": cell(poste="#N/A"),
        "VALEUR": cell(poste="#VALEUR!"),
        "too narrow": cell(reference="#####"),
        "a long number": cell(reference="1,2E+11"),
    },
    "LST113": {
        "a link": cell(poste='=HYPERLINK("http://x.example";"Voir")'),
        "a command": cell(poste="+cmd|' /C calc'!A0"),
        "an at sign": cell(poste="@SUM(A1:A9)"),
    },
    "LST114": {
        "an address for a name": cell(nom="jean@x.example"),
        "a digit in a name": cell(prenom="Jean2"),
        "a name for an address": cell(adresse_e_mail="Dupont"),
    },
    "LST115": {
        "toto": cells(nom=(2, "Toto"), prenom=(2, "Test"), adresse_e_mail=(2, "test@exemple.test")),
        "the headers again": lambda: inspection_of([*PEOPLE, HEADERS]),
    },
    "LST117": {
        "two people": excluding((2, 3)),
        "nobody any more": excluding(()),
        "nobody, but somebody near": excluding((), (2,)),
    },
    "LST118": {
        "columns that nothing explains": unnamed([(row[1], row[2]) for row in MANY]),
        "one column of whole names": unnamed([(f"{row[1]} {row[2]}", "x") for row in MANY]),
    },
    "LST116": {
        "a column about health that the letter uses": column("RQTH", "oui", "\n{{ rqth }}\n"),
        "a column about a union that nobody uses": column("Syndicat", "CGT"),
        "a value": column("Divers", ["", "enceinte"]),
    },
    "LST119": {
        "a column that the letter uses": uncalculated("poste"),
        "a column that nobody uses": uncalculated("telephone"),
    },
    "TPL201": {
        "a field that is not there": letter("{{ prenon }}"),
        "a condition on one that is not there": letter("{% if prenon %}x{% endif %}"),
        "a blank cell": cell(poste=""),
        "a cell of spaces": cell(poste="  \t "),
    },
    "TPL202": {
        "not declared": header("Fields: civilite, nom, poste"),
        "not declared, in a condition": lambda: inspection_of(
            letter=f"Fields: civilite, nom\nSubject: x\n\n{GREETING}{{% if poste %}}a{{% endif %}}"
        ),
        "an internal field": column("Note", "12", "\n{{ note }}\n"),
        "an internal field that decides": column(
            "Score entretien", "12", "\n{% if score_entretien == '12' %}a{% endif %}\n"
        ),
    },
    "TPL203": {
        "a full name": letter("Comme convenu avec Zoé Lefèvre."),
        "the other way round, in capitals": letter("LEFEVRE ZOE"),
        "an address": letter("Écrivez à jean.dupont@mail.example."),
        "a reference": letter("Dossier RC-0019."),
        "a telephone number": letter("Appelez le +33 6 12 34 56 03."),
        "who signs (listed)": lambda: inspection_of(
            letter=LETTER + "\nInès Petit\n", settings=LintSettings(signatories=("Inès Petit",))
        ),
    },
    "TPL204": {
        "another person's name": letter("Chère Madame Garnier,"),
        "a date of another year": letter("Suite à notre entretien du 12 mars 2019,"),
        "in English": letter("Dear Mr Smith, as agreed on 4 May 2018"),
    },
    "TPL205": {
        "braces": letter("Cher {prenom},"),
        "full-width braces": letter("Cher ｛ Prénom ｝,"),
        "angle brackets": letter("Cher <<Prénom>>,"),
        "guillemets": letter("Cher «Prénom»,"),
        "square brackets": letter("Cher [Prénom],"),
        "percent signs": letter("Cher %PRENOM%,"),
        "a dollar": letter("Cher ${prenom},"),
        "two square brackets": letter("Cher [[nom]],"),
        "stars and bars": letter("Cher *|FNAME|*,"),
        "at signs": letter("Cher @nom@,"),
        "hashes": letter("Cher #NOM#,"),
        "guillemets with spaces, in a greeting": letter("Bonjour « Prénom »,"),
        "XXXX": letter("au poste de XXXX"),
        "TODO": letter("TODO relire"),
        "in the subject": lambda: inspection_of(letter="Subject: [Poste]\n\n" + GREETING),
    },
    "TPL206": {
        "an include": letter('{% include "/etc/passwd" %}'),
        "an attribute": letter("{{ ''.__class__ }}"),
        "a call": letter("{{ nom.__init__() }}"),
    },
    "TPL207": {
        "a comment with a field": html("<!-- {{ reference }} -->"),
        "not displayed": html('<p style="display: none">{{ reference }}</p>'),
        "white on white": html('<p style="color:#FFF">{{ reference }}</p>'),
        "no size": html('<p style="font-size:0">{{ reference }}</p>'),
        "an attribute": html('<p title="{{ reference }}">a</p>'),
        "a comment without (listed)": html("<!-- relire -->"),
    },
    "TPL208": {
        "Cc": header("Cc: chef@exemple.test"),
        "Bcc": header("Bcc: chef@exemple.test"),
        "another To": header("To: chef@exemple.test"),
        "two in To": header("To: {{ adresse_e_mail }}, chef@exemple.test"),
        "Reply-To a stranger": header("Reply-To: x@ailleurs.example"),
        "Reply-To from a cell": header("Reply-To: {{ reference }}@ailleurs.example"),
        "a header in a cell": cell(poste="Juriste\nBcc: x@y.example"),
        "an encoded header in a cell": cell(poste="=?UTF-8?Q?=0ABcc:_x@y?="),
    },
    "TPL209": {
        "age": letter("Malheureusement nous recherchons un profil plus jeune."),
        "pregnancy": letter("Votre grossesse ne nous permet malheureusement pas de donner suite."),
        "in English": letter("Unfortunately we need a younger candidate."),
    },
    "TPL210": {
        "a literal": letter('au poste de {{ "Poste" }}'),
        "a literal in other letters": letter('{{ "téléphone " }}'),
        "a literal in the subject": lambda: inspection_of(letter=LETTER.replace("{{ poste }}", '{{ "POSTE" }}', 1)),
        "a fallback": letter('{{ titre|default("Référence") }}'),
        "a variable": letter('{% set poste_voulu = "Adresse e-mail" %}{{ poste_voulu }}'),
        "words within a sentence": letter("Nous vous écrirons à Adresse e-mail dès que possible."),
        "words in quotation marks": column("Poste visé", "Juriste", "\nau poste de « Poste visé » chez nous\n"),
        "words at the end of the subject": lambda: inspection_of(
            letter=LETTER.replace("au poste de {{ poste }}", "à Adresse e-mail", 1)
        ),
    },
    "MSG301": {
        "None": cell(nom="None"),
        "nan": cell(poste="nan"),
        "braces": cell(poste="{{ poste }}"),
        "an empty greeting": lambda: inspection_of(
            changed(2, nom="", civilite=""),
            letter='Subject: x\n\nBonjour {{ civilite|default("") }} {{ nom|default("") }},\n\nMerci.\n',
        ),
    },
    "MSG302": {
        "a colleague's name": lambda: inspection_of(
            table_of([(*row, "Marc") for row in PEOPLE], (*HEADERS, "Recruteur")),
            "Subject: x\n\nBonjour {{ recruteur }},\n\nMerci.\n",
        ),
        "not a name": lambda: inspection_of(letter="Subject: x\n\nBonjour {{ poste }},\n\nMerci.\n"),
        "a stale name": composed(stale),
    },
    "MSG303": {
        "an at sign": cell(nom="Dupont anne@y.example"),
        "angle brackets": cell(nom="Dupont <x>"),
        "the same name for everybody": header("To: Candidat Modèle <{{ adresse_e_mail }}>"),
        "another's name": composed(
            lambda inspection, message: replace(message, recipient=replace(message.recipient, name="Zoé Lefèvre"))
        ),
    },
    "MSG304": {
        "somebody else's second address": second_address(2),
        "a stranger's in a cell": cell(poste="Juriste (paul.durand@client.example)"),
        "another recipient's": cell(poste="voir ines.petit@mail.example"),
        "in the letter": letter("Écrivez à paul.durand@client.example."),
        "a colleague's that nobody allowed": letter("Écrivez à dpo@exemple.test."),
        "in a link": html('<p><a href="mailto:paul.durand@client.example">ici</a></p>'),
    },
    "MSG305": {
        "spelt out": column("Lien", ["", "zoe.lefevre (at) mail.example"], "\n{{ lien|default('') }}\n"),
        "base64": column(
            "Lien", ["", "https://rdv.example/?u=" + base64_of("ines.petit@mail.example")], "\n{{ lien|default('') }}\n"
        ),
        "letter by letter": cell(poste="Juriste, avec Z O É  L E F È V R E"),
        "initials in a row": cell(poste="Juriste, avec Z.O.É. Lefèvre"),
        "percent": column(
            "Lien", ["", "https://rdv.example/?u=ines.petit%40mail.example"], "\n{{ lien|default('') }}\n"
        ),
        "entities": column("Lien", ["", "ines.petit&#64;mail.example"], "\n{{ lien|default('') }}\n"),
        "hexadecimal": column("Lien", ["", b"Zoe Lefevre".hex()], "\n{{ lien|default('') }}\n"),
        "twice": column("Lien", ["", base64_of(base64_of("dossier RC-0017"))], "\n{{ lien|default('') }}\n"),
    },
    "MSG306": {
        "two bodies": lambda: inspection_of(
            letter="MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/alternative; boundary=b\n\n--b\n"
            f"Content-Type: text/plain\n\n{GREETING}\n\n--b\nContent-Type: text/html\n\n"
            f"<p>{GREETING} {{{{ poste }}}}</p>\n\n--b--\n"
        ),
    },
    "MSG307": {
        "a part too many": composed(
            lambda inspection, message: replace(message, attachments=(*message.attachments, _attachment("a.pdf")))
        ),
        "a message as a part": composed(
            lambda inspection, message: replace(message, attachments=(_attachment("a.eml", "message/rfc822"),))
        ),
    },
    "MSG308": {
        "pasted into the feedback": lambda: inspection_of(
            table_of(
                [(*row, "Trop cher, et difficile en entretien", "Merci.") for row in PEOPLE[:1]]
                + [
                    (
                        *row,
                        f"Difficile en entretien, à revoir {row[1]}",
                        f"Merci. Difficile en entretien, à revoir {row[1]}.",
                    )
                    for row in PEOPLE[1:]
                ],
                (*HEADERS, "Commentaire interne", "Retour"),
            ),
            LETTER + "\n{{ retour }}\n",
        ),
    },
    "MSG309": {
        "a picture from a server": html('<img src="https://pixel.example/1.gif">'),
        "each person's own host": lambda: inspection_of(
            table_of([(*row, f"https://u{n}.rdv.example/") for n, row in enumerate(PEOPLE)], (*HEADERS, "Lien")),
            LETTER + "\n[ici]({{ lien }})\n",
        ),
    },
    "XRC401": {
        "the second address of somebody else": second_address(2),
        "an address": cell(poste="voir ines.petit@mail.example"),
        "a reference": cell(poste="Juriste, dossier RC-0017"),
        "a reference in lower case": cell(poste="Juriste, dossier rc 0017"),
        "a telephone number": cell(poste="Juriste, tél. +33 (0)6.12.34.56.01"),
        "a social security number": lambda: inspection_of(
            table_of(
                [
                    (*row[:4], "289054958815080" if n == 1 else row[4], *row[5:], f"2 89 05 49 588 15{n} 80")
                    for n, row in enumerate(PEOPLE)
                ],
                (*HEADERS, "NIR"),
            )
        ),
        "an IBAN": lambda: inspection_of(
            table_of(
                [
                    (
                        *row[:4],
                        row[4] if n != 1 else "FR76 3000 6000 0112 3456 7890 180",
                        *row[5:],
                        f"FR7630006000011234567890 18{n}",
                    )
                    for n, row in enumerate(PEOPLE)
                ],
                (*HEADERS, "IBAN"),
            )
        ),
    },
    "XRC402": {
        "the name at birth of somebody else": birth_name(2),
        "the same, last name first": birth_name(2, "{nom} {prenom}"),
        "a name in no column for colleagues": colleague("Recruteur", ()),
        "a name in a column for colleagues and in another": colleague("Recruteur", ("recruteur",), "\n{{ poste }}\n"),
        "first and last": cell(poste="Juriste comme Inès Petit"),
        "last and first, without accents": cell(poste="Juriste comme PETIT INES"),
        "a compound name": cell(poste="avec Luc Saint Martin"),
        "over two fields": lambda: inspection_of(
            changed(2, poste="Inès"), LETTER.replace("{{ reference }}", "{{ poste }} Petit")
        ),
    },
    "XRC403": {
        "a title and a surname": cell(poste="vu avec Mme Petit"),
        "an initial and a surname": cell(poste="vu avec I. Petit"),
    },
    "XRC404": {"another record's value": composed(stale)},
    "XRC405": {"a counter": with_memory},
    "XRC406": {"the first value stays": with_canary},
    "XRC407": {
        "another record's message": composed(swapped),
        "a record twice": lambda: replace(
            inspection_of(), recipients=[*inspection_of().recipients, inspection_of().recipients[0]]
        ),
    },
    "XRC408": {"a remark copied down": column("Retour", [*FEEDBACK[:5], FEEDBACK[4]], "\n{{ retour }}\n")},
    "XRC409": {
        "one far too long": lambda: inspection_of(changed(7, MANY, poste="Comptable " + "et encore " * 60)),
    },
    "ATT501": {
        "an archive": attached("dossier.zip", archive({"a.txt": "a"})),
        "macros": attached("lettre.docx", office({"word/vbaProject.bin": b"x"})),
        "a scan": attached("scan.pdf", pdf("")),
        "no PDF": attached("a.pdf", b"%PDF-1.4\nrubbish"),
        "an entity bomb": attached("a.docx", office({"word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})),
        "a zip bomb": attached("a.docx", office({"word/a.xml": b" " * 30_000_000})),
        "an old office file": attached("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        "no known kind": attached("a.bin", bytes(range(256)) * 9),
        "a script in a PDF": attached("a.pdf", pdf("a", catalog="/Names << /JavaScript << /Names [] >> >>")),
    },
    "ATT502": {
        "in the text": attached("planning.pdf", pdf("9 h Jean Dupont")),
        "in a hidden sheet": attached("planning.docx", office({"word/custom.xml": "<a>Zoé LEFÈVRE</a>"})),
        "over runs": attached("a.docx", office(text="Jean Du</w:t></w:r><w:r><w:t>pont")),
        "in the metadata": attached("a.docx", office(author="Zoé Lefèvre")),
        "in the name": attached("Dupont_Jean.pdf", pdf()),
        "in another's file": personal(content=lambda row: pdf("Attestation RC-0018")),
    },
    "ATT503": {
        "a hidden sheet": attached("a.docx", workbook('<sheet name="a"/><sheet name="b" state="hidden"/>')),
        "hidden rows": attached("a.docx", workbook(rows='<row r="1" hidden="1"/>')),
        "tracked changes": attached("a.docx", office(text='a</w:t></w:r><w:del w:id="1"/><w:r><w:t>')),
        "comments": attached("a.docx", office({"word/comments.xml": "<w:comments>trop cher</w:comments>"})),
        "a pivot cache": attached("a.docx", workbook(xl__pivotCache__records="<r/>")),
        "an embedded file": attached("a.docx", office({"word/embeddings/a.txt": b"a"})),
        "a comment in a PDF": attached(
            "a.pdf", pdf(page="/Annots [7 0 R]", extra="<< /Type /Annot /Subtype /Text /Contents (trop cher) >>")
        ),
    },
    "ATT504": {
        "missing": attached("livret.pdf", b""),
        "outside the folder": attached("x", b"", head="../livret.pdf"),
        "one file for two": lambda: attached_for_two(),
        "nothing of theirs in it": lambda: unrelated_files(),
    },
    "ATT505": {
        "an author": attached("a.docx", office(author="Paul Durand")),
        "the author of a PDF": attached("a.pdf", pdf(info="/Author (Paul Durand)")),
        "a path": attached("a.docx", office({"word/a.xml": "<a>C:\\Users\\pdurand\\candidats\\a.docx</a>"})),
    },
    "ATT506": {
        "a table": attached("liste.csv", b"nom;email\n"),
        "a workbook": attached("liste.xlsx", workbook()),
        "a mail": attached("a.eml", b"Subject: x\n\nx"),
        "the recipients file itself": lambda: recipients_file_attached(),
    },
}

GOOD: dict[str, dict[str, Case]] = {
    "LST101": {
        "a table as it should be": inspection_of,
        "a ragged row of somebody excluded": lambda: without(
            table_of(defects=[Defect("ragged", "line 4: 6 cells", line=4, record=3)]), 3
        )(),
    },
    "LST102": {
        "one second address in a column for them": column("Autre courriel", ["x@mail.example"]),
        "one handle in a column of its own": column("Divers", ["@ines"]),
        "free text over several lines": column("Commentaire", "Bon parcours.\nÀ revoir."),
        "a comma in a town": cell(poste="Juriste, droit social"),
        "a second column of addresses": column("E-mail du manager", "chef@exemple.test"),
    },
    "LST103": {
        "JOÃO": cell(prenom="JOÃO"),
        "many accents": cell(prenom="Zoë", nom="Ñúñez-Ibáñez de l’Être"),
        "Âge": cell(poste="Œnologue à Âmes"),
        "a question": cell(poste="Juriste ?"),
        "a field that nobody uses": column("Vieux", "HÃ©"),
    },
    "LST104": {
        "a family": cell(poste="Juriste 👨\u200d👩\u200d👧\u200d👦"),
        "a flag, a keycap and a heart": cell(
            poste="🇫🇷 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 1\ufe0f\u20e3 ❤\ufe0f"
        ),
        "a job with its skin tone": cell(poste="👩🏽\u200d⚕\ufe0f Infirmière"),
        "a name with its own ideograph": cell(nom="葛\U000e0100城"),
        "a joiner in a Persian name": cell(nom="علی\u200cرضا"),
        "French typography": cell(poste="Juriste\u00a0: droit social"),
    },
    "LST105": {
        "a local part of 64 octets": cell(adresse_e_mail=f"{'a' * 64}@x.example"),
        "spaces around": cell(adresse_e_mail=" jean.dupont@mail.example "),
        "usual": inspection_of,
        "an accented domain": cell(adresse_e_mail="jean.dupont@société.example"),
    },
    "LST106": {
        "a domain with accents": cell(adresse_e_mail="jean.dupont@société.example"),
        "all Greek": cell(adresse_e_mail="ιωάννης@παράδειγμα.example"),
    },
    "LST107": {
        "a vet": cell(adresse_e_mail="jean.dupont@clinique.vet"),
        "a bet": cell(adresse_e_mail="jean.dupont@maison.bet"),
        "an ending of another alphabet": cell(adresse_e_mail="jean.dupont@пример.рф"),
        "another country of a provider": cell(adresse_e_mail="jean.dupont@outlook.ie"),
        "ymail": cell(adresse_e_mail="jean.dupont@ymail.com"),
        "gmx.fr": cell(adresse_e_mail="jean.dupont@gmx.fr"),
        "a company near a provider": lambda: inspection_of(
            [(*row[:3], row[3].replace("mail.example", "gmai.com"), *row[4:]) for row in PEOPLE]
        ),
        "Brittany": cell(adresse_e_mail="jean.dupont@kerlann.bzh"),
    },
    "LST108": {
        "everybody their own": inspection_of,
        "one excluded": lambda: without(table_of(changed(2, adresse_e_mail=PEOPLE[0][3])), 2)(),
    },
    "LST109": {
        "colleagues written to as such": lambda: inspection_of(
            [(*row[:3], row[3].replace("mail.example", "exemple.test"), *row[4:]) for row in PEOPLE]
        ),
        "an initial at the end": cell(adresse_e_mail="dupont-l@mail.example"),
        "a person called Info": cell(adresse_e_mail="j.info@x.example"),
        "free mail": lambda: inspection_of(
            changed(2, adresse_e_mail="jean.dupont@gmail.com"), sender=Mailbox("C", "rh.exemple@gmail.com")
        ),
    },
    "LST110": {
        "in order": inspection_of,
        "opaque addresses of a few": moved(3, lambda c: [f"u{n}@mail.example" for n in range(len(c))]),
        "initial and surname": lambda: inspection_of(
            [
                (*row[:3], f"{row[1][0]}{row[2]}@mail.example".lower().replace("è", "e").replace("ï", "i"), *row[4:])
                for row in MANY
            ]
        ),
        "surnames that are first names": lambda: inspection_of(
            [
                ("M.", first, last, f"{first[0].lower()}.{last.lower()}@mail.example", "Juriste", f"RC-1{n:03}", "")
                for n, (first, last) in enumerate(
                    [
                        ("Luc", "Martin"),
                        ("Paul", "Bernard"),
                        ("Martin", "Thomas"),
                        ("Thomas", "Robert"),
                        ("Bernard", "Simon"),
                        ("Robert", "Luc"),
                    ]
                )
            ]
        ),
    },
    "LST111": {
        "a spouse's address": cell(adresse_e_mail="marc.durand@mail.example"),
        "in order": lambda: inspection_of(MANY),
        "a family with one surname": lambda: inspection_of(
            [
                ("M.", f, "Petit", f"{a}.petit@mail.example", "Juriste", f"RC-2{n:03}", "")
                for n, (f, a) in enumerate([("Luc", "luc"), ("Anne", "luc.anne"), ("Paul", "paul"), ("Zoé", "famille")])
            ]
        ),
    },
    "LST112": {
        "a person called Na": cell(nom="Na"),
        "a hash": cell(poste="Développeur C#"),
        "a field that nobody uses": column("Vieux", "#REF!"),
    },
    "LST113": {
        "a line of a list": column("Retour", "- bon parcours (5 ans)", "\n{{ retour }}\n"),
        "a telephone number": column("Mobile", "+33 6 12 34 56 78", "\n{{ mobile }}\n"),
        "a negative number": column("Ecart", "-5 %", "\n{{ ecart }}\n"),
        "a dash": column("Ville", "- Toulouse", "\n{{ ville }}\n"),
    },
    "LST114": {"Louis II": cell(prenom="Louis II"), "an apostrophe": cell(nom="O’Brien-N'Guyen")},
    "LST115": {"Jean Test": cell(nom="Test", adresse_e_mail="jean.test@mail.example")},
    "LST117": {"one person": excluding((2,)), "nobody left out": inspection_of},
    "LST118": {
        "names that are known": inspection_of,
        "towns": unnamed([(("Toulouse", "Albi", "Castres")[n % 3], "x") for n in range(60)]),
        "codes": unnamed([(f"RC-{n}", "x") for n in range(60)]),
        "a few words in small letters": unnamed([(f"{row[1].lower()} abc", "") for row in MANY]),
    },
    "LST116": {
        "a loudspeaker": column("Produit", "Enceintes Bluetooth"),
        "health in a job title": cell(poste="Infirmière en santé au travail"),
        "a town": column("Ville d'origine du dossier", "Toulouse"),
    },
    "LST119": {
        "another defect of that column": lambda: inspection_of(
            table_of(defects=[Defect("duplicate-header", 'two columns are called "poste"', line=1, field="poste")])
        ),
    },
    "TPL201": {
        "a default": lambda: inspection_of(
            changed(2, poste=""), LETTER.replace("{{ poste }}", '{{ poste|default("ce") }}')
        ),
        "a condition around it": lambda: inspection_of(
            changed(2, poste=""), LETTER.replace("{{ poste }}", "{% if poste %}{{ poste }}{% endif %}")
        ),
    },
    "TPL202": {
        "all declared": header("Fields: civilite, nom, poste, reference"),
        "the address in To": header(
            "Fields: civilite, prenom, nom, poste, reference\nTo: {{ prenom }} {{ nom }} <{{ adresse_e_mail }}>"
        ),
        "a harmless name": column("Notaire", "Maître X", "\n{{ notaire }}\n"),
    },
    "TPL203": {
        "nobody": inspection_of,
        "the name in From": header("From: Claire Durand <rh@exemple.test>"),
        "ordinary words": lambda: inspection_of(
            changed(2, prenom="Juste", nom="Petit", adresse_e_mail="j@x.example"),
            LETTER + "\nNous avons un petit, juste un petit regret.\n",
        ),
        "a street": lambda: inspection_of(
            changed(2, prenom="Victor", nom="Hugo", adresse_e_mail="v.hugo@x.example"),
            LETTER + "\n12 rue Victor Hugo, 31000 Toulouse\n",
        ),
    },
    "TPL204": {
        "both titles": letter("Madame, Monsieur,"),
        "a function": letter("Madame la Directrice,"),
        "who signs": lambda: inspection_of(
            letter=LETTER + "\nMme Claire Durand\n", settings=LintSettings(signatories=("Claire Durand",))
        ),
        "the date of a law": letter("règlement (UE) 2016/679 du 27 avril 2016"),
    },
    "TPL205": {
        "a quoted title": letter("le «Poste de travail» de demain"),
        "a note": letter("Voir [1]."),
        "a link": letter("[Nom](https://exemple.test)"),
        "a quotation": letter("le titre « Nom » et «bonjour»"),
        "a style sheet": html("<style>p {color: red}</style>"),
        "per cent": letter("20 % de 30 % de nos offres"),
        "topics and people": letter("#RSE #Emploi, suivez @atelier et @garonne, ou @EMPLOI@ #RSE#"),
        "a heading closed by a hash": letter("# Poste #"),
        "a table": letter("| Poste | Lieu |\n|---|---|\n| *Paris* | *Toulouse* |\n*Lyon*|CDI|*Lille*"),
    },
    "TPL206": {"conditions and filters": letter("{% if poste == 'Juriste' %}{{ nom|upper }}{% endif %}")},
    "TPL207": {
        "nothing hidden": html("<p>{{ reference }}</p>"),
        "a white text on a dark button": html(
            '<table><tr><td bgcolor="#003366"><a style="color:#fff" href="https://exemple.test">ici</a></td></tr></table>'
        ),
    },
    "TPL208": {
        "the record's own address": header("To: {{ prenom }} {{ nom }} <{{ adresse_e_mail }}>"),
        "Reply-To the sender's house": header("From: rh@exemple.test\nReply-To: recrutement@exemple.test"),
        "a colon in a job title": cell(poste="Juriste : droit social"),
    },
    "TPL209": {
        "foreign languages and a senior": letter(
            "Malheureusement un profil plus senior a été retenu; nous mettons l'accent sur les langues étrangères."
        ),
        "no distinction": letter(
            "Toutes les candidatures, même refusées, sont étudiées sans distinction d'âge, d'origine ou de sexe."
        ),
    },
    "TPL210": {
        "a label": letter("Adresse e-mail : {{ adresse_e_mail }}\nPoste : {{ poste }}"),
        "a label in a sentence": letter("Votre Adresse e-mail : voir plus haut."),
        "words of a column that is printed": column("Poste visé", "Juriste", "\nle Poste visé est {{ poste_vise }}\n"),
        "small letters": letter("à votre adresse e-mail"),
        "one word": letter("Votre Poste et votre Nom"),
        "a comparison": letter('{% if poste == "Poste" %}x{% endif %}'),
        "another text": letter('{{ "Comptable" }}'),
    },
    "MSG301": {
        "a surname in English": cell(nom="Nan"),
        "a full greeting": inspection_of,
        "a greeting to nobody": lambda: inspection_of(letter="Subject: x\n\nMadame, Monsieur,\n\n{{ poste }}\n"),
    },
    "MSG302": {
        "a colleague further down": lambda: inspection_of(
            table_of([(*row, "Olivier") for row in PEOPLE], (*HEADERS, "Recruteur")),
            "Subject: x\n\n{{ prenom }},\n\nMme {{ recruteur }} vous contactera la semaine prochaine.\n",
        ),
        "one's own name": inspection_of,
        "capitals": lambda: inspection_of(letter="Subject: x\n\nChère Madame {{ nom|upper }},\n\nMerci.\n"),
        "a title field": lambda: inspection_of(
            table_of([(*row, "Chère Madame") for row in PEOPLE], (*HEADERS, "Formule")),
            "Subject: x\n\n{{ formule }} {{ nom }},\n\nMerci.\n",
        ),
        "nobody": lambda: inspection_of(letter="Subject: x\n\nMadame, Monsieur,\n\n{{ poste }}\n"),
    },
    "MSG303": {
        "a comma": lambda: inspection_of(letter='To: "{{ nom }}, {{ prenom }}" <{{ adresse_e_mail }}>\n' + LETTER),
        "a title": lambda: inspection_of(letter="To: {{ civilite }} {{ nom }} <{{ adresse_e_mail }}>\n" + LETTER),
    },
    "MSG304": {
        "one's own second address": second_address(1),
        "one's own": letter("Nous vous écrivons à {{ adresse_e_mail }}."),
        "the sender's": letter("Écrivez à rh@exemple.test."),
        "allowed": lambda: inspection_of(
            letter=LETTER + "\ncnil@autorite.example\n",
            settings=LintSettings(allow_addresses=("CNIL@autorite.example",)),
        ),
    },
    "MSG305": {
        "one's own": column(
            "Lien",
            ["", "https://rdv.example/?u=" + base64_of("jean.dupont@mail.example")],
            "\n{{ lien|default('') }}\n",
        ),
        "an abbreviation": cell(poste="Juriste à la S.N.C.F. d'Île-de-France"),
        "a long word": cell(poste="Responsable d'anticonstitutionnellement/recommandations"),
    },
    "MSG306": {"one letter": inspection_of, "a link": letter("[ici](https://exemple.test/?r={{ reference }})")},
    "MSG307": {"a declared attachment": attached("livret.pdf", pdf())},
    "MSG308": {"two columns with one job title": column("Avis intitule", [row[4] for row in PEOPLE], "")},
    "MSG309": {
        "a picture that travels": attached("logo.png", PNG),
        "an allowed host": lambda: replace(
            html('<img src="https://www.exemple.test/1.gif">')(),
            settings=LintSettings(allow_addresses=("www.exemple.test",)),
        ),
        "one host for all": lambda: inspection_of(
            table_of([(*row, f"https://rdv.example/{n}") for n, row in enumerate(PEOPLE)], (*HEADERS, "Lien")),
            LETTER + "\n[ici]({{ lien }})\n",
        ),
    },
    "XRC401": {
        "one's own second address": second_address(1),
        "one's own": letter("{{ reference }} {{ telephone }}"),
        "a landline that two share": lambda: inspection_of(
            changed(2, telephone=PEOPLE[0][6]), LETTER + "\n{{ telephone }}\n"
        ),
        "a year": cell(poste="Juriste 2026"),
    },
    "XRC402": {
        "one's own name at birth": birth_name(1),
        "a name in a column for colleagues": colleague("Recruteur", ("recruteur",)),
        "a homonym": lambda: inspection_of(
            changed(2, prenom="Inès", nom="Petit", adresse_e_mail="i.petit@x.example"),
            LETTER + "\n{{ prenom }} {{ nom }}\n",
        ),
        "a longer name of one's own": lambda: inspection_of(
            changed(2, prenom="Jean-Paul", nom="Nguyen", adresse_e_mail="jp.nguyen@x.example"),
            LETTER + "\n{{ prenom }} {{ nom }}\n",
        ),
        "a couple": lambda: inspection_of(changed(2, nom="Petit"), LETTER + "\n{{ prenom }} {{ nom }}\n"),
        "the town of Saint-Martin": cell(poste="Acheteur à Saint-Martin"),
        "a street": lambda: inspection_of(changed(2, poste="Juriste, 12 rue Luc Saint-Martin")),
    },
    "XRC403": {"one's own": letter("{{ civilite }} {{ nom }}")},
    "XRC404": {"capitals": letter("{{ nom|upper }} {{ nom|proper }}"), "a part of it": letter("{{ nom[:1] }}.")},
    "XRC405": {"every message for itself": inspection_of},
    "XRC406": {"nothing stays": inspection_of},
    "XRC407": {"one each": inspection_of},
    "XRC408": {
        "standard reasons": column("Motif type", [FEEDBACK[n % 2] for n in range(6)], "\n{{ motif_type }}\n"),
        "everybody their own": column("Retour", FEEDBACK, "\n{{ retour }}\n"),
    },
    "XRC409": {
        "a long job title": lambda: inspection_of(
            changed(7, MANY, poste="Responsable administratif et financier du site de Saint-Martin-de-Crau")
        )
    },
    "ATT501": {
        "a PDF": attached("livret.pdf", pdf()),
        "a picture": attached("logo.png", PNG),
        "an office file": attached("livret.docx", office()),
        "a text": attached("a.txt", "été".encode()),
    },
    "ATT502": {"one's own": personal(), "nobody": attached("livret.pdf", pdf("Bienvenue"))},
    "ATT503": {"nothing hidden": attached("livret.docx", office())},
    "ATT504": {
        "one of two files by the job": lambda: job_files(),
        "one each": personal(),
        "one for all": attached("livret.pdf", pdf()),
        "a name that is not theirs, a text that is": personal(
            "piece-{{ reference }}.pdf", content=lambda row: pdf(f"{row[1]} {row[2]}")
        ),
    },
    "ATT505": {
        "the program that made a PDF": attached("a.pdf", pdf(info="/Creator (Microsoft Word) /Producer (Quartz)")),
        "no author": attached("livret.docx", office()),
        "who signs": lambda: replace(attached("a.docx", office(author="Claire Martin"))(), sender=SENDER),
    },
    "ATT506": {"a document": attached("livret.pdf", pdf())},
}


def _attachment(name: str, media_type: str = "application/pdf"):  # type: ignore[no-untyped-def]
    from mailmerge.model import Attachment

    return Attachment(Path(name), name, media_type, pdf())


def attached_for_two() -> Inspection:
    made = letter_of("Attachment: {{ reference }}.pdf\n" + LETTER)
    for row in PEOPLE:
        (made.path.parent / f"{row[5]}.pdf").write_bytes(pdf(f"Attestation de {row[2]}"))
    return inspection_of(changed(2, reference="RC-0017"), made)


def unrelated_files() -> Inspection:
    rows = [(*row, f"piece{n}.pdf") for n, row in enumerate(PEOPLE)]
    made = letter_of("Attachment: {{ piece }}\n" + LETTER)
    for row in rows:
        (made.path.parent / row[-1]).write_bytes(pdf("Attestation"))
    return inspection_of(table_of(rows, (*HEADERS, "Piece")), made)


def job_files() -> Inspection:
    made = letter_of("Attachment: {{ poste }}.pdf\n" + LETTER)
    for row in MANY[:6] + list(PEOPLE):
        (made.path.parent / f"{row[4]}.pdf").write_bytes(pdf("Fiche de poste"))
    return inspection_of([*MANY[:6], *PEOPLE], made)


def recipients_file_attached() -> Inspection:
    made = letter_of("Attachment: candidats.txt\n" + LETTER)
    path = made.path.parent / "candidats.txt"
    path.write_text("nom")
    return inspection_of(table_of(path=path), made)


def _cases(of: dict[str, dict[str, Case]]) -> list[object]:
    return [
        pytest.param(code, case, id=f"{code}: {name}") for code, named in of.items() for name, case in named.items()
    ]


def found(inspection: Inspection, code: str) -> list[Finding]:
    return [finding for finding in check(inspection).findings if finding.rule == code]


@pytest.mark.parametrize(("code", "case"), _cases(BAD))
def test_it_is_found(code: str, case: Case) -> None:
    findings = found(case(), code)
    assert findings
    for finding in findings:
        assert finding.message
        assert finding.fix
        assert "\n" not in finding.message


@pytest.mark.parametrize(("code", "case"), _cases(GOOD))
def test_it_is_left_in_peace(code: str, case: Case) -> None:
    assert [finding.message for finding in found(case(), code)] == []


def test_no_rule_lacks_cases() -> None:
    elsewhere = {rule.code for rule in all_rules() if rule.scope in (Scope.WIRE, Scope.ENGINE)}
    expected = {rule.code for rule in all_rules()} - elsewhere
    assert set(BAD) == expected
    assert set(GOOD) == expected


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_no_rule_lacks_documentation(rule: Rule) -> None:
    assert rule.doc.title.endswith(".")
    assert all(getattr(rule.doc, part).strip() for part in HEADINGS)


def test_the_catalogue_has_the_severities_and_suppressions_of_the_specification() -> None:
    never = {r.code for r in all_rules() if r.suppression is Suppression.NEVER and r.scope is not Scope.ENGINE}
    assert never >= {"LST101", "LST102", "LST105", "TPL201", "TPL205", "TPL206", "TPL208", "MSG301", "MSG303", "XRC401"}
    assert {r.code for r in all_rules() if r.suppression is Suppression.ALLOW} == {
        "TPL203",
        "MSG304",
        "MSG309",
        "ATT505",
    }
    assert {r.code for r in all_rules() if r.severity is Severity.WARN and r.scope is not Scope.ENGINE} == {
        "LST107", "LST109", "LST113", "LST115", "LST118", "TPL204", "TPL209", "TPL210", "MSG309", "XRC408", "XRC409",
        "ATT505",
    }  # fmt: skip
