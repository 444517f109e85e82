"""LST109: One person reads what is sent to this address."""

from __future__ import annotations

from lint_cases import PEOPLE, changed, inspection_of
from rule_cases import case, cases_of, cell, expect

from mailmerge.addresses import Mailbox

FAILS = {
    "info": case(
        cell(adresse_e_mail="info@societe.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="info@societe.example",
            fingerprint="56e90b07dc88cb29",
            says="Jean Dupont (line 3): info@societe.example is a shared or role mailbox, which several people may read",
        ),
    ),
    "everybody": case(
        cell(adresse_e_mail="tous@societe.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="tous@societe.example",
            fingerprint="237d66de91aee0f7",
            says="Jean Dupont (line 3): tous@societe.example is a shared or role mailbox, which several people may read",
        ),
    ),
    "a list": case(
        cell(adresse_e_mail="candidats-list@societe.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="candidats-list@societe.example",
            fingerprint="e5e1a040f402e0c4",
            says="Jean Dupont (line 3): candidats-list@societe.example looks like a mailing list, which several people read",
        ),
    ),
    "a colleague": case(
        cell(adresse_e_mail="jean.dupont@exemple.test"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean.dupont@exemple.test",
            fingerprint="c1e727b353cfd4a7",
            says="Jean Dupont (line 3): jean.dupont@exemple.test is an address at the sender's own domain",
        ),
    ),
}
PASSES = {
    "colleagues written to as such": lambda: inspection_of(
        [(*row[:3], row[3].replace("mail.example", "exemple.test"), *row[4:]) for row in PEOPLE]
    ),
    "an initial at the end": cell(adresse_e_mail="dupont-l@mail.example"),
    "a person called Info": cell(adresse_e_mail="j.info@x.example"),
    "free mail": lambda: inspection_of(
        changed(2, adresse_e_mail="jean.dupont@gmail.com"), sender=Mailbox("C", "rh.exemple@gmail.com")
    ),
}

test_fails, test_passes = cases_of("LST109", FAILS, PASSES)
