"""MSG305: No identity of somebody else in disguise."""

from __future__ import annotations

import textwrap

from rule_cases import base64_of, case, cases_of, cell, column, expect, letter, only

LINES = "\n".join(textwrap.wrap(base64_of("BEGIN:VCARD\nVERSION:3.0\nN:Petit;Inès;;;\nEND:VCARD\n"), 40))


FAILS = {
    "spelt out": case(
        column("Lien", ["", "zoe.lefevre (at) mail.example"], "\n{{ lien|default('') }}\n"),
        expect(
            others=(3,),
            record=2,
            line=3,
            excerpt="zoe.lefevre (at) mail.example",
            fingerprint="f132f8d59ae87642",
            says="Jean Dupont (line 3) would get the e-mail address of Zoé Lefèvre (line 4) in an encoded form: zoe.lefevre@mail.example in zoe.lefevre (at) mail.example",
        ),
    ),
    "entities": case(
        column("Lien", ["", "ines.petit&#64;mail.example"], "\n{{ lien|default('') }}\n"),
        expect(
            others=(1,),
            record=2,
            line=3,
            excerpt="ines.petit&#64;mail.example",
            fingerprint="fbe141c648f417f2",
            says="Jean Dupont (line 3) would get the e-mail address of Inès Petit (line 2) in an encoded form: ines.petit@mail.example in ines.petit&#64;mail.example",
        ),
    ),
    "base64": case(
        column(
            "Lien", ["", "https://rdv.example/?u=" + base64_of("ines.petit@mail.example")], "\n{{ lien|default('') }}\n"
        ),
        expect(
            others=(1,),
            record=2,
            line=3,
            excerpt="https://rdv.example/?u=aW5lcy5wZXRpdEBtYWlsLmV4YW1wbGU=",
            fingerprint="fbe141c648f417f2",
            says="Jean Dupont (line 3) would get the e-mail address of Inès Petit (line 2) in an encoded form: ines.petit@mail.example in https://rdv.example/?u=aW5lcy5wZXRpdEBtYWlsLmV4YW1wbGU=",
        ),
    ),
    "letter by letter": case(
        cell(poste="Juriste, avec Z O É  L E F È V R E"),
        expect(
            others=(3,),
            record=2,
            line=3,
            excerpt="Juriste, avec Z O É  L E F È V R E",
            fingerprint="d09c55ae866a9d7c",
            says="Jean Dupont (line 3) would get the full name of Zoé Lefèvre (line 4) in an encoded form: ZOÉ  LEFÈVRE in Juriste, avec Z O É  L E F È V R E",
        ),
    ),
    "initials in a row": case(
        cell(poste="Juriste, avec Z.O.É. Lefèvre"),
        expect(
            others=(3,),
            record=2,
            line=3,
            excerpt="Juriste, avec Z.O.É. Lefèvre",
            fingerprint="d09c55ae866a9d7c",
            says="Jean Dupont (line 3) would get the full name of Zoé Lefèvre (line 4) in an encoded form: ZOÉ Lefèvre in Juriste, avec Z.O.É. Lefèvre",
        ),
    ),
    "percent": case(
        column("Lien", ["", "https://rdv.example/?u=ines.petit%40mail.example"], "\n{{ lien|default('') }}\n"),
        expect(
            others=(1,),
            record=2,
            line=3,
            excerpt="https://rdv.example/?u=ines.petit%40mail.example",
            fingerprint="fbe141c648f417f2",
            says="Jean Dupont (line 3) would get the e-mail address of Inès Petit (line 2) in an encoded form: ines.petit@mail.example in https://rdv.example/?u=ines.petit%40mail.example",
        ),
    ),
    "hexadecimal": case(
        column("Lien", ["", b"Zoe Lefevre".hex()], "\n{{ lien|default('') }}\n"),
        expect(
            others=(3,),
            record=2,
            line=3,
            excerpt="5a6f65204c656665767265",
            fingerprint="d09c55ae866a9d7c",
            says="Jean Dupont (line 3) would get the full name of Zoé Lefèvre (line 4) in an encoded form: Zoe Lefevre in 5a6f65204c656665767265",
        ),
    ),
    "twice": case(
        column("Lien", ["", base64_of(base64_of("dossier RC-0017"))], "\n{{ lien|default('') }}\n"),
        expect(
            others=(1,),
            record=2,
            line=3,
            excerpt="Wkc5emMybGxjaUJTUXkwd01ERTM=",
            fingerprint="62ab1ac2a1a1f04a",
            says="Jean Dupont (line 3) would get the reference of Inès Petit (line 2) in an encoded form: RC-0017 in Wkc5emMybGxjaUJTUXkwd01ERTM=",
        ),
    ),
    "in the letter": case(
        letter("https://rdv.example/?u=" + base64_of("dossier RC-0018")),
        expect(
            record=1,
            line=2,
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="https://rdv.example/?u=ZG9zc2llciBSQy0wMDE4",
            others=(3, 4, 5, 6, 2),
            fix='Correct "lettre.md": it contains another person\'s data.',
            fingerprint="39753c9c2aa71f66",
            says="5 people would get the reference of Jean Dupont (line 3) in an encoded form: RC-0018 (lines 2, 4, 5, 6, 7)",
        ),
    ),
    "in the letter, once": case(
        only(letter("https://rdv.example/?u=" + base64_of("dossier RC-0018")), 1),
        expect(
            record=1,
            line=2,
            excerpt="https://rdv.example/?u=ZG9zc2llciBSQy0wMDE4",
            others=(2,),
            fix='Correct "lettre.md": it contains another person\'s data.',
            fingerprint="bf1a93880afebd5c",
            says="Inès Petit (line 2) would get the reference of Jean Dupont (line 3) in an encoded form: RC-0018 in https://rdv.example/?u=ZG9zc2llciBSQy0wMDE4",
        ),
    ),
    "the same cell for everybody": case(
        column("Lien", base64_of("dossier RC-0018"), "\n{{ lien }}\n"),
        expect(
            record=1,
            line=2,
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="ZG9zc2llciBSQy0wMDE4",
            others=(3, 4, 5, 6, 2),
            fix='Correct "Lien": it contains another person\'s data.',
            fingerprint="39753c9c2aa71f66",
            says="5 people would get the reference of Jean Dupont (line 3) in an encoded form: RC-0018 (lines 2, 4, 5, 6, 7)",
        ),
    ),
    "a stranger's address for everybody": case(
        column("Lien", base64_of("p@client.example"), "\n{{ lien }}\n"),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="cEBjbGllbnQuZXhhbXBsZQ==",
            others=(2, 3, 4, 5, 6),
            fix='Remove it from "Lien"; if it is one of your own addresses, add it to allow_addresses under [lint].',
            fingerprint="6c05392394fbf4f5",
            says="6 people would get an encoded address that is neither theirs nor allowed: p@client.example (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a long address of a stranger": case(
        only(column("Lien", base64_of("paul" + 10 * ".durand" + "@client.example"), "\n{{ lien }}\n"), 2),
        expect(
            record=2,
            line=3,
            excerpt="cGF1bC5kdXJhbmQuZHVyYW5kLmR1cmFuZC5kdXJhbmQuZHVyYW5kLmR1cmFuZC5kdXJhbmQuZHVyYW5kLmR1cmFuZC5kdXJhbmRAY2xpZW50LmV4YW1wbGU=",
            fix='Remove it from "Lien"; if it is one of your own addresses, add it to allow_addresses under [lint].',
            fingerprint="7f194855e19e7282",
            says="Jean Dupont (line 3) would get an encoded address that is neither theirs nor allowed: d.durand.durand.durand.durand.durand.durand.duran… in cGF1bC5kdXJhbmQuZHVyYW5kLmR1cmFuZC5kdXJhbmQuZHVyYW5kLmR1cmF…",
        ),
    ),
    "a card of several lines": case(
        column("Carte", ["", "data:text/vcard;base64," + LINES], "\n{{ carte|default('') }}\n"),
        expect(
            others=(1,),
            record=2,
            line=3,
            excerpt="data:text/vcard;base64,QkVHSU46VkNBUkQKVkVSU0lPTjozLjAKTjpQZXRp\ndDtJbsOoczs7OwpFTkQ6VkNBUkQK",
            fingerprint="906e3ad98697c496",
            says="Jean Dupont (line 3) would get the full name of Inès Petit (line 2) in an encoded form: Petit;Inès in data:text/vcard;base64,QkVHSU46VkNBUkQKVkVSU0lPTjozLjAKTjpQ…",
        ),
    ),
}
PASSES = {
    "an address in words that XRC401 tells": cell(poste="zoe point lefevre chez mail point example"),
    "one's own": column(
        "Lien",
        ["", "https://rdv.example/?u=" + base64_of("jean.dupont@mail.example")],
        "\n{{ lien|default('') }}\n",
    ),
    "an abbreviation": cell(poste="Juriste à la S.N.C.F. d'Île-de-France"),
    "a long word": cell(poste="Responsable d'anticonstitutionnellement/recommandations"),
}

test_fails, test_passes = cases_of("MSG305", FAILS, PASSES)
