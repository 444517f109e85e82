"""MSG304: No address but this person's and the sender's."""

from __future__ import annotations

import pytest
from lint_cases import LETTER, PEOPLE, inspection_of
from rule_cases import case, cases_of, cell, column, expect, found, html, letter, only, second_address

from mailmerge.lint import LintSettings

FAILS = {
    "a stranger's in a cell": case(
        cell(poste="Juriste (paul.durand@client.example)"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="paul.durand@client.example",
            fingerprint="4bbd672188f56465",
            says="Jean Dupont (line 3) would see the address paul.durand@client.example, which is neither theirs nor allowed",
        ),
    ),
    "in the letter": case(
        letter("Écrivez à paul.durand@client.example."),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="paul.durand@client.example",
            fingerprint="a6558cbe1493f243",
            says="lettre.md contains the address paul.durand@client.example, which is neither the recipient's nor allowed (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a colleague's that nobody allowed": case(
        letter("Écrivez à dpo@exemple.test."),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dpo@exemple.test",
            fingerprint="416c453822cc24a0",
            says="lettre.md contains the address dpo@exemple.test, which is neither the recipient's nor allowed (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "in a link": case(
        html('<p><a href="mailto:paul.durand@client.example">ici</a></p>'),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="paul.durand@client.example",
            fingerprint="a6558cbe1493f243",
            says="lettre.md contains the address paul.durand@client.example, which is neither the recipient's nor allowed (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "the same in a column for everybody": case(
        column("Suivi", "paul.durand@client.example", "\n{{ suivi }}\n"),
        expect(
            record=1,
            line=2,
            field="suivi",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="paul.durand@client.example",
            fix='Remove it from "Suivi"; if it is one of your own addresses, add it to allow_addresses under [lint].',
            fingerprint="e3b4a0a07af6230d",
            says="6 people would see the address paul.durand@client.example, which is neither theirs nor allowed (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "those of others in a column of their own": case(
        column("E-mail du parrain", [f"parrain{n}@client.example" for n in range(6)], "\n{{ e_mail_du_parrain }}\n"),
        expect(
            record=1,
            line=2,
            field="e_mail_du_parrain",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="parrain0@client.example",
            fingerprint="a3a5fab77168ea9a",
            says='6 people would see an address in "E-mail du parrain" that is neither theirs nor allowed, such as parrain0@client.example (lines 2, 3, 4, 5, 6 and 1 more)',
            fix='Remove "E-mail du parrain" from the letter. If it holds addresses of colleagues on purpose, add e_mail_du_parrain to '
            "names_of_others under [lint].",
        ),
    ),
    "a few in a column of addresses": case(
        column("Mail manager", ["a@client.example", "b@client.example"], "\n{{ mail_manager|default('') }}\n"),
        expect(
            record=1,
            line=2,
            field="mail_manager",
            excerpt="a@client.example",
            fingerprint="174ebdc9eead2c5e",
            says="Inès Petit (line 2) would see the address a@client.example, which is neither theirs nor allowed",
            fix='Remove "Mail manager" from the letter. If it holds addresses of colleagues on purpose, add mail_manager to '
            "names_of_others under [lint].",
        ),
        expect(
            record=2,
            line=3,
            field="mail_manager",
            excerpt="b@client.example",
            fingerprint="5356fd05baec517a",
            says="Jean Dupont (line 3) would see the address b@client.example, which is neither theirs nor allowed",
            fix='Remove "Mail manager" from the letter. If it holds addresses of colleagues on purpose, add mail_manager to '
            "names_of_others under [lint].",
        ),
    ),
    "made of a value and the letter's words": case(
        only(letter("{{ reference }}@client.example"), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018@client.example",
            fix="Correct the cells, or the words beside them in lettre.md, that make up this address; if it is one of your own addresses, add it to allow_addresses under [lint].",
            fingerprint="e1fb3fd91fc04e9c",
            says="Jean Dupont (line 3) would see the address RC-0018@client.example, which is neither theirs nor allowed",
        ),
    ),
    "made of a value and the letter's words, for everybody": case(
        column("Service", "paie", "\nÉcrivez à {{ service }}@client.example.\n"),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="paie@client.example",
            fix="Correct the cells, or the words beside them in lettre.md, that make up this address; if it is one of your own addresses, add it to allow_addresses under [lint].",
            fingerprint="917edc8bc501da80",
            says="6 people would see the address paie@client.example, which is neither theirs nor allowed (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "made by an expression": case(
        only(letter('{{ reference ~ "@client.example" ~ poste[:0] }}'), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018@client.example",
            fix='Remove it from "{{ reference ~ "@client.example" ~ post…"; if it is one of your own addresses, add it to allow_addresses under [lint].',
            fingerprint="e1fb3fd91fc04e9c",
            says="Jean Dupont (line 3) would see the address RC-0018@client.example, which is neither theirs nor allowed",
        ),
    ),
    "three in the letter": case(
        letter("z@client.example, a@client.example, m@client.example"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="z@client.example",
            letter="lettre.md",
            fix="Remove it from lettre.md; if it is one of your own addresses, add it to allow_addresses under [lint].",
            fingerprint="732fc826fc8279fa",
            says="lettre.md contains the address z@client.example, which is neither the recipient's nor allowed (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a@client.example",
            letter="lettre.md",
            fix="Remove it from lettre.md; if it is one of your own addresses, add it to allow_addresses under [lint].",
            fingerprint="0402fe9d9ae4c10c",
            says="lettre.md contains the address a@client.example, which is neither the recipient's nor allowed (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="m@client.example",
            letter="lettre.md",
            fix="Remove it from lettre.md; if it is one of your own addresses, add it to allow_addresses under [lint].",
            fingerprint="b95c9c06d0d037c2",
            says="lettre.md contains the address m@client.example, which is neither the recipient's nor allowed (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "four in the letter": case(
        letter("z@client.example, a@client.example, m@client.example, b@client.example"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="z@client.example",
            letter="lettre.md",
            fix="Remove them from lettre.md, or everybody will see them.",
            fingerprint="ad80dc0bb3677753",
            says="lettre.md contains 4 addresses that are neither the recipient's nor allowed, such as z@client.example (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person's, in the letter": case(
        letter("Écrivez à jean.dupont@mail.example."),
        expect(
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="jean.dupont@mail.example",
            letter="lettre.md",
            fingerprint="0d762e08b816cc9c",
            says="lettre.md contains the address jean.dupont@mail.example, which is neither the recipient's nor allowed (people affected: 5; lines 2, 4, 5, 6, 7)",
        ),
    ),
}
PASSES = {
    **{
        f"a file {suffix} that is called by one's own address": column(
            "Fichier", [f"{folder}{row[3]}.{suffix}" for row in PEOPLE], "\n{{ fichier }}\n"
        )
        for folder, suffix in (("", "pdf"), ("bulletins/", "PDF"), ("rdv/2026/", "ics"))
    },
    "those of colleagues, on purpose": column(
        "Mail manager",
        [f"manager{n}@client.example" for n in range(6)],
        "\n{{ mail_manager }}\n",
        settings=LintSettings(names_of_others=frozenset({"mail_manager"})),
    ),
    "another recipient's, which XRC401 tells": cell(poste="voir ines.petit@mail.example"),
    "somebody else's second address, which XRC401 tells": second_address(2),
    "an encoded one in a cell, which MSG305 tells": cell(poste="voir ines%2Epetit@mail.example"),
    "an encoded one in the letter, which MSG305 tells": letter("Écrivez à ines%2Epetit@mail.example."),
    "one's own second address": second_address(1),
    "one's own at the firm that one joins": column(
        "Email entreprise",
        [row[3].replace("mail.", "exemple.") for row in PEOPLE],
        "\n{{ email_entreprise }}\n",
    ),
    "one's own": letter("Nous vous écrivons à {{ adresse_e_mail }}."),
    "the sender's": letter("Écrivez à rh@exemple.test."),
    "allowed": lambda: inspection_of(
        letter=LETTER + "\ncnil@autorite.example\n",
        settings=LintSettings(allow_addresses=("CNIL@autorite.example",)),
    ),
}

test_fails, test_passes = cases_of("MSG304", FAILS, PASSES)


PRINTED = "<p>Nous écrivons à {{ adresse_e_mail }}.</p>"
"""The whole address where no HTML can change it."""


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("<p>{{ reference }}@client.example</p>", True),
        ("<p>x@{{ poste }}.example</p>", True),
        ("<p>x@client.{{ poste }}</p>", True),
        ('<p><a href="mailto:{{ reference }}@client.example">x</a></p>', True),
        ('<p><a href="mailto:dpo.{{ adresse_e_mail }}">x</a></p>', True),
        ("<p>x{{ adresse_e_mail }}</p>", True),
        ("<p>{{ adresse_e_mail }}.example</p>", True),
        ("<p>{{ adresse_e_mail }}-x</p>", True),
        ("<p>{{ poste }}{{ adresse_e_mail }}</p>", True),
        ("<p>({{ adresse_e_mail }}), <b>{{ adresse_e_mail }}</b></p>", False),
        ('<p><a href="mailto:{{ adresse_e_mail }}?subject={{ reference }}">{{ adresse_e_mail }}</a></p>', False),
        ('<p><a href="mailto:rh@exemple.test?subject={{ reference }}">{{ poste }}</a> : {{ poste }}</p>', False),
    ],
)
def test_html_makes_an_address_of_a_value_and_what_is_beside_it(body: str, made: bool) -> None:
    assert bool(found(html(PRINTED + body)(), "MSG304")) is made
