"""MSG304: No address but this person's and the sender's."""

from __future__ import annotations

from lint_cases import LETTER, inspection_of
from rule_cases import case, cases_of, cell, expect, html, letter, second_address

from mailmerge.lint import LintSettings

FAILS = {
    "somebody else's second address": case(
        second_address(2),
        expect(
            record=1,
            line=2,
            field="poste",
            excerpt="perso2@y.example",
            fingerprint="ad9976120bef88b3",
            says="Inès Petit (line 2) would see the address perso2@y.example, which is neither theirs nor allowed",
        ),
    ),
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
    "another recipient's": case(
        cell(poste="voir ines.petit@mail.example"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="ines.petit@mail.example",
            fingerprint="c98d7295adbbc2ec",
            says="Jean Dupont (line 3) would see the address ines.petit@mail.example, which is neither theirs nor allowed",
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
}
PASSES = {
    "one's own second address": second_address(1),
    "one's own": letter("Nous vous écrivons à {{ adresse_e_mail }}."),
    "the sender's": letter("Écrivez à rh@exemple.test."),
    "allowed": lambda: inspection_of(
        letter=LETTER + "\ncnil@autorite.example\n",
        settings=LintSettings(allow_addresses=("CNIL@autorite.example",)),
    ),
}

test_fails, test_passes = cases_of("MSG304", FAILS, PASSES)
