"""TPL203: Nobody of the table stands in the letter itself."""

from __future__ import annotations

from collections.abc import Sequence

from each_row import each_row
from lint_cases import LETTER, PEOPLE, changed, inspection_of
from rule_cases import Case, case, cases_of, column, expect, found, header, html, letter

from mailmerge.lint import LintSettings
from mailmerge.model import Severity

AMOUNTS = ("2 345,67", "1 800,10", "2 001,99", "1 200,00", "2 027", "3 141,59")


def paid(amounts: Sequence[str], text: str) -> Case:
    """An amount of each person's own, and a letter that does not print it."""
    return column("Net à payer", amounts, f"\n{text}\n")


HOURS = ("9h30", "10h", "14h45", "9h30", "16h", "11h15")


def expected_at(hours: Sequence[str], text: str, heading: str = "Heure") -> Case:
    """An hour of each person's own, and a letter that does not print it."""
    return column(heading, hours, f"\n{text}\n")


DAYS = ("12/01/2027", "13/01/2027", "12/01/2027", "15/01/2027", "mardi 19 janvier 2027", "2027-01-20")
ROOMS = ("B104", "B 12", "A7", "Salle 3", "C2 gauche haut", "C2 gauche haut est")
PLATES = ("AB12 CDE", "BC23 DEF", "CD34 EFG", "DE45 FGH", "EF56 GHI", "X9 AB")
TUTORS = ("Odile Marsac", "Odile Marsac", "Yves Le Goff", "Rose Adam", "Yves Le Goff", "Odile Marsac")


FAILS = {
    "a day in place of its field": case(
        column("Rendez-vous", DAYS, "\nNous vous attendons le 15 janvier 2027.\n"),
        expect(
            others=(4,),
            letter_line=11,
            field="rendez_vous",
            excerpt="15 janvier 2027",
            severity=Severity.WARN,
            fingerprint="34a9e313871253a7",
            says='lettre.md, line 11: 15 janvier 2027 in the letter text is what "Rendez-vous" has for Paul Nguyen (line 5), and others have another day there; every recipient would read it',
            fix='Print the column "Rendez-vous" in its place; or, if the day is the same for everybody, no action is needed.',
        ),
    ),
    "a plate in place of its field": case(
        column("Véhicule", PLATES, "\nLe badge vaut pour AB12 CDE seulement.\n"),
        expect(
            others=(1,),
            letter_line=11,
            field="vehicule",
            excerpt="AB12 CDE",
            severity=Severity.WARN,
            fingerprint="0c03d694f45f9178",
            says='lettre.md, line 11: AB12 CDE in the letter text is what "Véhicule" has for Inès Petit (line 2), and others have something else there; every recipient would read it',
            fix='Print the column "Véhicule" in its place; or, if this is the same for everybody, no action is needed.',
        ),
    ),
    **{
        f"an hour in place of its field, as {shown}": case(
            expected_at(HOURS, f"Nous vous attendons à {shown}."),
            expect(
                others=(3,),
                letter_line=11,
                field="heure",
                excerpt=shown,
                severity=Severity.WARN,
                fingerprint=fingerprint,
                says=f'lettre.md, line 11: {shown} in the letter text is what "Heure" has for Zoé Lefèvre (line 4), and others have another hour there; every recipient would read it',
                fix='Print the column "Heure" in its place; or, if the hour is the same for everybody, no action is needed.',
            ),
        )
        for shown, fingerprint in (
            ("14h45", "9925c1836a7fc403"),
            ("14:45", "2d2415cfa05a49c0"),
            ("14 h 45", "6e176ce76bb0667e"),
            ("2.45 pm", "82805aeb0798c007"),
        )
    },
    "an hour of two people": case(
        expected_at(HOURS, "Rendez-vous à 9h30."),
        expect(
            others=(1, 4),
            letter_line=11,
            field="heure",
            excerpt="9h30",
            severity=Severity.WARN,
            fingerprint="a5d94273397fcb42",
            says='lettre.md, line 11: 9h30 in the letter text is what "Heure" has for Inès Petit (line 2) and Paul Nguyen (line 5), and others have another hour there; every recipient would read it',
        ),
    ),
    "an hour of half of them": case(
        expected_at(("9h", "9h", "9h", "10h", "11h", ""), "Rendez-vous à 9h."),
        expect(
            others=(1, 2, 3),
            letter_line=11,
            field="heure",
            excerpt="9h",
            severity=Severity.WARN,
            fingerprint="a9183f2d1b26f94e",
            says='lettre.md, line 11: 9h in the letter text is what "Heure" has for Inès Petit (line 2), Jean Dupont (line 3) and 1 more, and others have another hour there; every recipient would read it',
        ),
    ),
    "one of three hours": case(
        expected_at(("9h", "10h", "11h", "11h", "11h", ""), "Rendez-vous à 9h."),
        expect(
            others=(1,),
            letter_line=11,
            field="heure",
            excerpt="9h",
            severity=Severity.WARN,
            fingerprint="a9183f2d1b26f94e",
            says='lettre.md, line 11: 9h in the letter text is what "Heure" has for Inès Petit (line 2), and others have another hour there; every recipient would read it',
        ),
    ),
    **{
        f"an amount in place of its field, as {shown}": case(
            paid(AMOUNTS, f"Vous toucherez {shown} € en décembre."),
            expect(
                others=(1,),
                letter_line=11,
                field="net_a_payer",
                excerpt=shown,
                severity=Severity.WARN,
                fingerprint=fingerprint,
                says=f'lettre.md, line 11: {shown} in the letter text is what "Net à payer" has for Inès Petit (line 2); every recipient would see it',
                fix='Print the column "Net à payer" in its place; or, if the amount is the same for everybody, no action is needed.',
            ),
        )
        for shown, fingerprint in (
            ("2 345,67", "94fd2c0749e397ba"),
            ("2.345,67", "9d9db8db3db029ef"),
            ("2345.67", "42aa901a21f5c192"),
        )
    },
    "an amount of three digits": case(
        paid(("123,45", *AMOUNTS[1:]), "Reste 123.45 €."),
        expect(
            others=(1,),
            letter_line=11,
            field="net_a_payer",
            excerpt="123.45",
            severity=Severity.WARN,
            fingerprint="fb0a7828ccc80592",
            says='lettre.md, line 11: 123.45 in the letter text is what "Net à payer" has for Inès Petit (line 2); every recipient would see it',
        ),
    ),
    **{
        f"an amount of two digits, as {shown}": case(
            paid((f"{cell}", *AMOUNTS[1:]), f"Reste {shown}."),
            expect(
                others=(1,),
                letter_line=11,
                field="net_a_payer",
                excerpt=shown.strip(" €£"),
                severity=Severity.WARN,
                fingerprint=fingerprint,
                says=f'lettre.md, line 11: {shown.strip(" €£")} in the letter text is what "Net à payer" has for Inès Petit (line 2); every recipient would see it',
            ),
        )
        for cell, shown, fingerprint in (
            ("87,45", "87,45 €", "dcf9b86213595391"),
            ("£87.45", "£87.45", "2e42d1fd20b326c4"),
        )
    },
    "an amount of three people": case(
        paid(AMOUNTS[:3], "Vous toucherez 2 345,67 € en décembre."),
        expect(
            others=(1,),
            letter_line=11,
            field="net_a_payer",
            excerpt="2 345,67",
            severity=Severity.WARN,
            fingerprint="94fd2c0749e397ba",
            says='lettre.md, line 11: 2 345,67 in the letter text is what "Net à payer" has for Inès Petit (line 2); every recipient would see it',
        ),
    ),
    "a number in To": case(
        header("To: {{ prenom }} 06 12 34 56 01 <{{ adresse_e_mail }}>"),
        expect(
            letter_line=1,
            others=(1,),
            excerpt="06 12 34 56 01",
            fingerprint="873447fea139f136",
            says="lettre.md, line 1: the letter text itself contains the telephone number of Inès Petit (line 2), which every recipient would see",
            fix="Replace it with the field that holds it; or, if it is the number of a colleague who signs, add the colleague's name to signatories under [lint] in campaign.toml.",
        ),
    ),
    "a reference in To": case(
        header("To: {{ prenom }} RC-0019 <{{ adresse_e_mail }}>"),
        expect(
            letter_line=1,
            others=(3,),
            excerpt="RC-0019",
            fingerprint="13ef9919afb7fbfe",
            says="lettre.md, line 1: the letter text itself contains the reference of Zoé Lefèvre (line 4), which every recipient would see",
            fix="Replace it with the field that holds it.",
        ),
    ),
    "a full name": case(
        letter("Comme convenu avec Zoé Lefèvre."),
        expect(
            others=(3,),
            letter_line=11,
            excerpt="Zoé Lefèvre",
            fingerprint="4f8b444ff4bac1c5",
            says="lettre.md, line 11: the letter text itself contains the full name of Zoé Lefèvre (line 4), which every recipient would see",
        ),
    ),
    "the other way round, in capitals": case(
        letter("LEFEVRE ZOE"),
        expect(
            others=(3,),
            letter_line=11,
            excerpt="LEFEVRE ZOE",
            fingerprint="4f8b444ff4bac1c5",
            says="lettre.md, line 11: the letter text itself contains the full name of Zoé Lefèvre (line 4), which every recipient would see",
        ),
    ),
    "an address": case(
        letter("Écrivez à jean.dupont@mail.example."),
        expect(
            others=(2,),
            letter_line=11,
            excerpt="jean.dupont@mail.example",
            fingerprint="ea0f61dc1a1c0f8a",
            says="lettre.md, line 11: the letter text itself contains the e-mail address of Jean Dupont (line 3), which every recipient would see",
        ),
    ),
    "a reference": case(
        letter("Dossier RC-0019."),
        expect(
            others=(3,),
            letter_line=11,
            excerpt="RC-0019",
            fingerprint="78a6907f8f0222ba",
            says="lettre.md, line 11: the letter text itself contains the reference of Zoé Lefèvre (line 4), which every recipient would see",
        ),
    ),
    "a telephone number": case(
        letter("Appelez le +33 6 12 34 56 03."),
        expect(
            others=(3,),
            letter_line=11,
            excerpt="+33 6 12 34 56 03",
            fingerprint="3d7fbe0589927d6f",
            says="lettre.md, line 11: the letter text itself contains the telephone number of Zoé Lefèvre (line 4), which every recipient would see",
        ),
    ),
    "the name in From, in the letter": case(
        lambda: inspection_of(letter=f"From: Inès Petit <rh@exemple.test>\n{LETTER}\nInès Petit\n"),
        expect(
            others=(1,),
            severity=Severity.INFO,
            letter_line=1,
            excerpt="Inès Petit",
            fingerprint="0b9fa3804c792170",
            says="lettre.md, line 1: the letter text itself contains the full name of Inès Petit (line 2), a declared signatory",
        ),
        expect(
            others=(1,),
            severity=Severity.INFO,
            letter_line=12,
            excerpt="Inès Petit",
            fingerprint="5bdcc097cc309239",
            says="lettre.md, line 12: the letter text itself contains the full name of Inès Petit (line 2), a declared signatory",
        ),
    ),
    "who signs (listed)": case(
        lambda: inspection_of(letter=LETTER + "\nInès Petit\n", settings=LintSettings(signatories=("Inès Petit",))),
        expect(
            others=(1,),
            severity=Severity.INFO,
            letter_line=11,
            excerpt="Inès Petit",
            fingerprint="5bdcc097cc309239",
            says="lettre.md, line 11: the letter text itself contains the full name of Inès Petit (line 2), a declared signatory",
        ),
    ),
    "the addresses of four people": case(
        letter("\n".join(row[3] for row in PEOPLE[:4])),
        expect(
            others=(1, 2, 3, 4),
            letter_line=11,
            count=4,
            excerpt="ines.petit@mail.example",
            fingerprint="b59a910f118821fa",
            says="lettre.md: the letter text itself contains the e-mail addresses of 4 people, first on line 11; every recipient would see them",
        ),
    ),
    "the full names of four people": case(
        letter("\n".join(f"{row[1]} {row[2]}" for row in PEOPLE[1:5])),
        expect(
            others=(2, 3, 4, 5),
            letter_line=11,
            count=4,
            excerpt="Jean Dupont",
            fingerprint="a7e286108a8ec04a",
            says="lettre.md: the letter text itself contains the full names of 4 people, first on line 11; every recipient would see them",
        ),
    ),
    "the references of four people": case(
        letter("\n".join(row[5] for row in PEOPLE[:4])),
        expect(
            others=(1, 2, 3, 4),
            letter_line=11,
            count=4,
            excerpt="RC-0017",
            fingerprint="296c02aa9092b6f4",
            says="lettre.md: the letter text itself contains the reference of 4 people, first on line 11; every recipient would see it",
        ),
    ),
    "three people, one of them twice": case(
        letter("Zoé Lefèvre, Zoé Lefèvre\nZoé Lefèvre\nJean Dupont\nPaul Nguyen"),
        expect(
            others=(3,),
            letter_line=11,
            excerpt="Zoé Lefèvre",
            fingerprint="4f8b444ff4bac1c5",
            says="lettre.md, line 11: the letter text itself contains the full name of Zoé Lefèvre (line 4), which every recipient would see",
        ),
        expect(
            others=(2,),
            letter_line=13,
            excerpt="Jean Dupont",
            fingerprint="b9df6f118d011e56",
            says="lettre.md, line 13: the letter text itself contains the full name of Jean Dupont (line 3), which every recipient would see",
        ),
        expect(
            others=(4,),
            letter_line=14,
            excerpt="Paul Nguyen",
            fingerprint="ff4b09c2baad57b3",
            says="lettre.md, line 14: the letter text itself contains the full name of Paul Nguyen (line 5), which every recipient would see",
        ),
    ),
    "a name of ordinary words, in capitals": case(
        lambda: inspection_of(
            changed(2, prenom="Juste", nom="Petit", adresse_e_mail="j@x.example"), LETTER + "\nBonjour Juste Petit.\n"
        ),
        expect(
            others=(2,),
            letter_line=11,
            excerpt="Juste Petit",
            fingerprint="d42adf6185e50ec9",
            says="lettre.md, line 11: the letter text itself contains the full name of Juste Petit (line 3), which every recipient would see",
        ),
    ),
    "a name of short words": case(
        lambda: inspection_of(
            changed(2, prenom="Bo", nom="Li", adresse_e_mail="j@x.example"), LETTER + "\nBonjour Bo Li.\n"
        ),
        expect(
            others=(2,),
            letter_line=11,
            excerpt="Bo Li",
            fingerprint="959e62519d967ac6",
            says="lettre.md, line 11: the letter text itself contains the full name of Bo Li (line 3), which every recipient would see",
        ),
    ),
    "a name with one extraordinary word, in small letters": case(
        lambda: inspection_of(
            changed(2, prenom="Juste", nom="Dupont", adresse_e_mail="j@x.example"), LETTER + "\nbonjour juste dupont.\n"
        ),
        expect(
            others=(2,),
            letter_line=11,
            excerpt="juste dupont",
            fingerprint="162b82b66c909771",
            says="lettre.md, line 11: the letter text itself contains the full name of Juste Dupont (line 3), which every recipient would see",
        ),
    ),
    "four who sign": case(
        lambda: inspection_of(
            letter=LETTER + "\nZoé Lefèvre, Jean Dupont\nPaul Nguyen\nInès Petit\n",
            settings=LintSettings(signatories=("Inès Petit", "Zoé Lefèvre", "Jean Dupont", "Paul Nguyen")),
        ),
        expect(
            others=(3,),
            severity=Severity.INFO,
            letter_line=11,
            excerpt="Zoé Lefèvre",
            fingerprint="4f8b444ff4bac1c5",
            says="lettre.md, line 11: the letter text itself contains the full name of Zoé Lefèvre (line 4), a declared signatory",
        ),
        expect(
            others=(2,),
            severity=Severity.INFO,
            letter_line=11,
            excerpt="Jean Dupont",
            fingerprint="b9df6f118d011e56",
            says="lettre.md, line 11: the letter text itself contains the full name of Jean Dupont (line 3), a declared signatory",
        ),
        expect(
            others=(4,),
            severity=Severity.INFO,
            letter_line=12,
            excerpt="Paul Nguyen",
            fingerprint="ff4b09c2baad57b3",
            says="lettre.md, line 12: the letter text itself contains the full name of Paul Nguyen (line 5), a declared signatory",
        ),
        expect(
            others=(1,),
            severity=Severity.INFO,
            letter_line=13,
            excerpt="Inès Petit",
            fingerprint="5bdcc097cc309239",
            says="lettre.md, line 13: the letter text itself contains the full name of Inès Petit (line 2), a declared signatory",
        ),
    ),
    "somebody who signs, and their address": case(
        lambda: inspection_of(
            letter=LETTER + "\nInès Petit, ines.petit@mail.example\n",
            settings=LintSettings(signatories=("Inès Petit",)),
        ),
        expect(
            others=(1,),
            letter_line=11,
            excerpt="ines.petit@mail.example",
            fingerprint="38c4324928c4b07d",
            says="lettre.md, line 11: the letter text itself contains the e-mail address of Inès Petit (line 2), which every recipient would see",
        ),
        expect(
            others=(1,),
            severity=Severity.INFO,
            letter_line=11,
            excerpt="Inès Petit",
            fingerprint="5bdcc097cc309239",
            says="lettre.md, line 11: the letter text itself contains the full name of Inès Petit (line 2), a declared signatory",
        ),
    ),
    "a reference that is also a signatory": case(
        lambda: inspection_of(letter=LETTER + "\nRC-0019\n", settings=LintSettings(signatories=("rc 0019", "0019 rc"))),
        expect(
            others=(3,),
            letter_line=11,
            excerpt="RC-0019",
            fingerprint="78a6907f8f0222ba",
            says="lettre.md, line 11: the letter text itself contains the reference of Zoé Lefèvre (line 4), which every recipient would see",
        ),
    ),
    "a bank account": case(
        column("IBAN", ["FR7630006000011234567890189"], "\nVersez à FR76 3000 6000 0112 3456 7890 189.\n"),
        expect(
            others=(1,),
            letter_line=11,
            excerpt="FR76 3000 6000 0112 3456 7890 189",
            fingerprint="754e6f9f560ec489",
            says="lettre.md, line 11: the letter text itself contains the bank account number of Inès Petit (line 2), which every recipient would see",
        ),
    ),
    "a reference that reads as a signatory": case(
        lambda: inspection_of(
            changed(3, reference="17-RC"), LETTER + "\nDossier 17-RC.\n", settings=LintSettings(signatories=("17 RC",))
        ),
        expect(
            others=(3,),
            letter_line=11,
            excerpt="17-RC",
            fingerprint="bb77bc2d616309b3",
            says="lettre.md, line 11: the letter text itself contains the reference of Zoé Lefèvre (line 4), which every recipient would see",
        ),
    ),
    "a name of three letters, in small letters": case(
        lambda: inspection_of(
            changed(2, prenom="Eva", nom="Bo", adresse_e_mail="j@x.example"), LETTER + "\nbonjour eva bo.\n"
        ),
        expect(
            others=(2,),
            letter_line=11,
            excerpt="eva bo",
            fingerprint="79a34302eb3f4d51",
            says="lettre.md, line 11: the letter text itself contains the full name of Eva Bo (line 3), which every recipient would see",
        ),
    ),
    "an ordinary name that is all there is": case(
        lambda: inspection_of(
            changed(2, prenom="Juste", nom="Petit", adresse_e_mail="j@x.example"),
            "Subject: x\n\n{{ nom }} Juste Petit.\n{{ nom }}\n",
        ),
        expect(
            others=(2,),
            letter_line=3,
            excerpt="Juste Petit",
            fingerprint="d42adf6185e50ec9",
            says="lettre.md, line 3: the letter text itself contains the full name of Juste Petit (line 3), which every recipient would see",
        ),
    ),
    "a name across tags": case(
        html("<p>Voir <b>In</b>ès Petit.</p>"),
        expect(
            others=(1,),
            letter_line=4,
            excerpt="In</b>ès Petit",
            fingerprint="5bdcc097cc309239",
            says="lettre.md, line 4: the letter text itself contains the full name of Inès Petit (line 2), which every recipient would see",
        ),
    ),
    "a name in a table of the letter": case(
        html("<table><tr><td>PETIT</td><td>Madame</td><td>Inès</td></tr></table>"),
        expect(
            others=(1,),
            letter_line=4,
            excerpt="PETIT</td><td>Madame</td><td>Inès",
            fingerprint="5bdcc097cc309239",
            says="lettre.md, line 4: the letter text itself contains the full name of Inès Petit (line 2), which every recipient would see",
        ),
    ),
    "an address in Cc": case(
        header("Cc: zoe.lefevre@mail.example"),
        expect(
            others=(3,),
            letter_line=1,
            excerpt="zoe.lefevre@mail.example",
            fingerprint="016e36b231f6f762",
            says="lettre.md, line 1: the header Cc contains the e-mail address of Zoé Lefèvre (line 4)",
        ),
    ),
    "addresses in Cc": case(
        header("Cc: " + ", ".join(row[3] for row in PEOPLE)),
        expect(
            others=(1, 2, 3, 4, 5, 6),
            letter_line=1,
            count=6,
            excerpt="ines.petit@mail.example",
            fingerprint="5ef9206ed7bbd926",
            says="lettre.md: the header Cc contains the e-mail addresses of 6 people, first on line 1",
        ),
    ),
    "somebody's number, behind the writer's own": case(
        lambda: inspection_of(
            changed(1, prenom="Claire", nom="Martin"), LETTER + "\nTél. 06 12 34 56 01\nPaul : 06 12 34 56 04\n"
        ),
        expect(
            others=(4,),
            letter_line=12,
            excerpt="06 12 34 56 04",
            fingerprint="878f84681dba5358",
            says="lettre.md, line 12: the letter text itself contains the telephone number of Paul Nguyen (line 5), which every recipient would see",
        ),
    ),
}
PASSES = {
    "an hour that most have": expected_at(("9h", "9h", "9h", "9h", "10h", "11h"), "Rendez-vous à 9h."),
    "two hours in all": expected_at(("9h", "10h", "10h", "10h", "", ""), "Rendez-vous à 9h."),
    "an hour that nobody has": expected_at(HOURS, "Rendez-vous à 17h."),
    "an hour of a column that is printed": expected_at(HOURS, "La journée finit à 16h ; vous venez à {{ heure }}."),
    "an hour of a column that decides": expected_at(
        HOURS, "{% if heure == '16h' %}À 16h.{% else %}Le matin.{% endif %}"
    ),
    "a column of more than hours": expected_at((*HOURS[:5], "11h15 ou 12h"), "Rendez-vous à 14h45."),
    "numbers": expected_at(("9", "10", "14", "9", "16", "11"), "Rendez-vous à 14h."),
    "the number of the one person of the table": lambda: inspection_of(PEOPLE[:1], LETTER + "\nTél. 06 12 34 56 01\n"),
    "the switchboard, which every row has": lambda: inspection_of(
        [(*row[:6], "05 34 00 11 22") for row in PEOPLE], LETTER + "\nTél. 05 34 00 11 22\n"
    ),
    **{
        f"an amount for everybody: {text}": paid(AMOUNTS, text)
        for text in (
            "La prime est de 1 200 €.",
            "Le 12.45 du 123,00.",
            "En 2027, rien ne change.",
            "Le plafond est de 9 999,99 €.",
        )
    },
    "an hour like an amount": paid(("12.45", *AMOUNTS[1:]), "Rendez-vous à 12.45, ou à 12,45 euroscepticismes."),
    "an amount of a column that is printed": paid(AMOUNTS, "Soit 2 345,67 €, ou {{ net_a_payer }} ?"),
    "an amount that two people have": paid(["2 345,67", *AMOUNTS[:5]], "Vous touchez 2 345,67 €."),
    "two amounts in all": paid(["2 345,67", "1 800,10"], "Vous touchez 2 345,67 €."),
    "the writer's own number": lambda: inspection_of(
        changed(1, prenom="Claire", nom="Martin"), LETTER + "\nTél. 06 12 34 56 01\n"
    ),
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
    "an allowed address": lambda: inspection_of(
        letter=LETTER + "\njean.dupont@mail.example\n",
        settings=LintSettings(allow_addresses=("Jean.Dupont@mail.example",)),
    ),
    "the address in From": header("From: Jean <jean.dupont@mail.example>"),
    "a name of short words, in small letters": lambda: inspection_of(
        changed(2, prenom="Bo", nom="Li", adresse_e_mail="j@x.example"), LETTER + "\nle bo li est.\n"
    ),
}

test_fails, test_passes = cases_of("TPL203", FAILS, PASSES)


@each_row("place", ("Écrivez à {}.", "[écrire](mailto:{})", "Contact : {}, ou {}", "{} (accueil)"))
def test_nobody_is_told_to_allow_the_address_of_somebody_in_the_table(place: str) -> None:
    for person in PEOPLE:
        findings = found(inspection_of(letter=f"{LETTER}\n{place.replace('{}', person[3])}\n"), "TPL203")
        assert [finding.fix for finding in findings] == ["Replace it with {{ adresse_e_mail }}, or delete it."]


@each_row(
    ("header", "cells", "text", "told"),
    [
        *(
            ("Rendez-vous", DAYS, text, "rendez_vous")
            for text in (
                "Venez le 13/01/2027.",
                "Le 19/01/2027 à 9h",
                "20. Januar 2027 oder später",
                "on 12 January 2027",
            )
        ),
        ("Rendez-vous", DAYS, "Venez le 14/01/2027.", ""),
        ("Rendez-vous", DAYS, "Loi du 15 janvier 1978.", ""),
        ("Rendez-vous", DAYS, "Toulouse, le 15 janvier 2027", ""),
        ("Rendez-vous", DAYS, "Merci à tous. Toulouse, le 15 janvier 2027", "rendez_vous"),
        ("Rendez-vous", DAYS, "Réponse avant le 15/01/2027 ; vous venez le {{ rendez_vous }}.", ""),
        ("Rendez-vous", ("12/01/2027", "13/01/2027") * 3, "Venez le 13/01/2027.", ""),
        ("Rendez-vous", (*DAYS[:5], "12 ou 13/01/2027"), "Venez le 13/01/2027.", ""),
        ("Rendez-vous", (*DAYS[:5], "jeudi matin 21/01/2027"), "Venez le 13/01/2027.", "rendez_vous"),
        ("Rendez-vous", (*DAYS[:5], "jeudi 21/01/2027 au matin"), "Venez le 13/01/2027.", ""),
        *(("Salle", ROOMS, text, "salle") for text in ("En salle B104.", "Salle : A7", "B 12 (salle du haut)")),
        ("Salle", ROOMS, "Salle du bâtiment gauche, B104", "salle"),
        ("Salle", ROOMS, "Salle du bâtiment de gauche, B104", ""),
        ("Salle", ROOMS, "Porte A7.", ""),
        ("Salle", ROOMS, "En salle B105.", ""),
        ("Salle", ROOMS, "Salle C2 gauche haut.", "salle"),
        ("Lot", ("A12 1", "A13", "A14", "A15", "A16", "A17"), "Le lot A13.", ""),
        ("Lots", ("A12 1", "A13", "A14", "A15", "A16", "A17"), "Les lots A13.", "lots"),
        ("Véhicule", PLATES, "Pour X9 AB.", ""),
        ("Véhicule", PLATES, "Pour EF56 GHI.", "vehicule"),
        ("Véhicule", (*PLATES[:5], "EF56 GHI"), "Pour AB12 CDE.", ""),
        ("Tuteur", TUTORS, "Votre tuteur sera Yves Le Goff.", "tuteur"),
        ("Tuteur", TUTORS, "Yves Le Goff vous salue.", ""),
        ("Tuteur", TUTORS, "Votre tuteur sera Odile Sirac.", ""),
        ("Service", ("Paie", "Accueil", "Achats", "Caisse", "Stock", "Quai"), "Venez au service Accueil.", ""),
    ],
)
def test_what_one_person_has_is_told_from_what_is_for_all(
    header: str, cells: Sequence[str], text: str, told: str
) -> None:
    findings = found(column(header, cells, f"\n{text}\n")(), "TPL203")
    assert [finding.field for finding in findings] == [told] * bool(told)


@each_row(
    "text", ("de 9h30 à 17h", "9h30–12h", "9:30 to 17:00", "ouvert 8h-9h30", "von 8:15 bis 9:30 Uhr", "9:30/17:30")
)
def test_an_hour_of_a_range_is_for_all(text: str) -> None:
    assert found(expected_at(HOURS, f"Accueil {text}.")(), "TPL203") == []
    assert found(expected_at(HOURS, f"Accueil {text} ; rendez-vous à 16h.")(), "TPL203")


def test_a_day_in_the_subject_is_told_where_the_letter_prints_the_column() -> None:
    inspection = column("Rendez-vous", DAYS, "\nVenez le {{ rendez_vous }}.\n")()
    subject = LETTER.partition("\n")[0]
    for added, told in (("le 15/01/2027", [1]), ("le {{ rendez_vous }}, et pas le 15/01/2027", [])):
        letter = f"{LETTER.replace(subject, f'{subject} {added}', 1)}\nVenez le {{{{ rendez_vous }}}}.\n"
        findings = found(inspection_of(inspection.table, letter), "TPL203")
        assert [finding.letter_line for finding in findings] == told


def test_a_tutor_who_signs_is_for_all() -> None:
    inspection = column("Tuteur", TUTORS, "")()
    letter = LETTER.replace("Subject:", "From: Yves Le Goff <y@exemple.test>\nSubject:", 1)
    assert found(inspection_of(inspection.table, f"{letter}\nVotre tuteur, Yves Le Goff\n"), "TPL203") == []


def test_an_hour_in_the_subject_is_told_at_its_line() -> None:
    inspection = expected_at(HOURS, "À bientôt.")()
    assert found(inspection, "TPL203") == []
    subject = LETTER.partition("\n")[0]
    told = inspection_of(inspection.table, LETTER.replace(subject, f"{subject} à 14h45", 1))
    assert [(finding.letter_line, finding.excerpt) for finding in found(told, "TPL203")] == [(1, "14h45")]
