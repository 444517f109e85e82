"""MSG305: No identity of somebody else in disguise."""

from __future__ import annotations

from rule_cases import base64_of, case, cases_of, cell, column, expect

FAILS = {
    "spelt out": case(
        column("Lien", ["", "zoe.lefevre (at) mail.example"], "\n{{ lien|default('') }}\n"),
        expect(
            record=2,
            line=3,
            excerpt="zoe.lefevre (at) mail.example",
            fingerprint="f132f8d59ae87642",
            says="Jean Dupont (line 3) would get the e-mail address of Zoé Lefèvre (line 4) in an encoded form: zoe.lefevre@mail.example in zoe.lefevre (at) mail.example",
        ),
    ),
    "base64": case(
        column(
            "Lien", ["", "https://rdv.example/?u=" + base64_of("ines.petit@mail.example")], "\n{{ lien|default('') }}\n"
        ),
        expect(
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
            record=2,
            line=3,
            excerpt="Juriste, avec Z O É  L E F È V R E",
            fingerprint="d09c55ae866a9d7c",
            says="Jean Dupont (line 3) would get the full name of Zoé Lefèvre (line 4) in an encoded form: lefevre zoe in Juriste, avec Z O É  L E F È V R E",
        ),
    ),
    "initials in a row": case(
        cell(poste="Juriste, avec Z.O.É. Lefèvre"),
        expect(
            record=2,
            line=3,
            excerpt="Juriste, avec Z.O.É. Lefèvre",
            fingerprint="d09c55ae866a9d7c",
            says="Jean Dupont (line 3) would get the full name of Zoé Lefèvre (line 4) in an encoded form: lefevre zoe in Juriste, avec Z.O.É. Lefèvre",
        ),
    ),
    "percent": case(
        column("Lien", ["", "https://rdv.example/?u=ines.petit%40mail.example"], "\n{{ lien|default('') }}\n"),
        expect(
            record=2,
            line=3,
            excerpt="https://rdv.example/?u=ines.petit%40mail.example",
            fingerprint="20de18b65b391d22",
            says="Jean Dupont (line 3) would get an address that is neither theirs nor allowed in an encoded form: //rdv.example/?u=ines.petit@mail.example in https://rdv.example/?u=ines.petit%40mail.example",
        ),
    ),
    "entities": case(
        column("Lien", ["", "ines.petit&#64;mail.example"], "\n{{ lien|default('') }}\n"),
        expect(
            record=2,
            line=3,
            excerpt="ines.petit&#64;mail.example",
            fingerprint="fbe141c648f417f2",
            says="Jean Dupont (line 3) would get the e-mail address of Inès Petit (line 2) in an encoded form: ines.petit@mail.example in ines.petit&#64;mail.example",
        ),
    ),
    "hexadecimal": case(
        column("Lien", ["", b"Zoe Lefevre".hex()], "\n{{ lien|default('') }}\n"),
        expect(
            record=2,
            line=3,
            excerpt="5a6f65204c656665767265",
            fingerprint="d09c55ae866a9d7c",
            says="Jean Dupont (line 3) would get the full name of Zoé Lefèvre (line 4) in an encoded form: lefevre zoe in 5a6f65204c656665767265",
        ),
    ),
    "twice": case(
        column("Lien", ["", base64_of(base64_of("dossier RC-0017"))], "\n{{ lien|default('') }}\n"),
        expect(
            record=2,
            line=3,
            excerpt="Wkc5emMybGxjaUJTUXkwd01ERTM=",
            fingerprint="62ab1ac2a1a1f04a",
            says="Jean Dupont (line 3) would get the reference of Inès Petit (line 2) in an encoded form: rc 0017 in Wkc5emMybGxjaUJTUXkwd01ERTM=",
        ),
    ),
}
PASSES = {
    "one's own": column(
        "Lien",
        ["", "https://rdv.example/?u=" + base64_of("jean.dupont@mail.example")],
        "\n{{ lien|default('') }}\n",
    ),
    "an abbreviation": cell(poste="Juriste à la S.N.C.F. d'Île-de-France"),
    "a long word": cell(poste="Responsable d'anticonstitutionnellement/recommandations"),
}

test_fails, test_passes = cases_of("MSG305", FAILS, PASSES)
