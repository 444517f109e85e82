"""LST104: No character that nobody sees."""

from __future__ import annotations

from rule_cases import case, cases_of, cell, expect

from mailmerge.model import Severity

FAILS = {
    "a variation selector between letters": case(
        cell(prenom="Je\ufe0fan"),
        expect(
            record=2,
            line=3,
            field="prenom",
            severity=Severity.WARN,
            excerpt="Je️an",
            fingerprint="21789d6b5e7d45a9",
            says='Je‹U+FE0F›an Dupont (line 3) has invisible characters (U+FE0F) in "Prénom": Je‹U+FE0F›an',
        ),
    ),
    "tags that spell out of sight": case(
        cell(poste="Juriste\U000e0041\U000e0042"),
        expect(
            record=2,
            line=3,
            field="poste",
            severity=Severity.WARN,
            excerpt="Juriste\U000e0041\U000e0042",
            fingerprint="9ba2b93b29dc9f66",
            says='Jean Dupont (line 3) has invisible characters (U+E0041, U+E0042) in "Poste": Juriste‹U+E0041›‹U+E0042›',
        ),
    ),
    "a joiner after an emoji": case(
        cell(poste="Juriste 👩\u200d"),
        expect(
            record=2,
            line=3,
            field="poste",
            severity=Severity.WARN,
            excerpt="Juriste 👩\u200d",
            fingerprint="f42215e714d163b4",
            says='Jean Dupont (line 3) has invisible characters (U+200D) in "Poste": Juriste 👩‹U+200D›',
        ),
    ),
    "a zero-width space in an address": case(
        cell(adresse_e_mail="jean\u200b.dupont@mail.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean\u200b.dupont@mail.example",
            fingerprint="c1b8b42d9016121a",
            says='Jean Dupont (line 3) has invisible characters (U+200B) in "Adresse e-mail": jean‹U+200B›.dupont@mail.example',
        ),
    ),
    "a soft hyphen in a name": case(
        cell(nom="Du\u00adpont"),
        expect(
            record=2,
            line=3,
            field="nom",
            severity=Severity.WARN,
            excerpt="Du\xadpont",
            fingerprint="bc813e1694be508d",
            says='Jean Du‹U+00AD›pont (line 3) has invisible characters (U+00AD) in "Nom": Du‹U+00AD›pont',
        ),
    ),
    "a mark that turns the text": case(
        cell(nom="Dupont\u202e"),
        expect(
            record=2,
            line=3,
            field="nom",
            severity=Severity.WARN,
            excerpt="Dupont\u202e",
            fingerprint="bde8ea7715136d82",
            says='Jean Dupont‹U+202E› (line 3) has invisible characters (U+202E) in "Nom": Dupont‹U+202E›',
        ),
    ),
}
PASSES = {
    "a family": cell(poste="Juriste 👨\u200d👩\u200d👧\u200d👦"),
    "a flag, a keycap and a heart": cell(
        poste="🇫🇷 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 1\ufe0f\u20e3 ❤\ufe0f"
    ),
    "a job with its skin tone": cell(poste="👩🏽\u200d⚕\ufe0f Infirmière"),
    "a name with its own ideograph": cell(nom="葛\U000e0100城"),
    "a joiner in a Persian name": cell(nom="علی\u200cرضا"),
    "French typography": cell(poste="Juriste\u00a0: droit social"),
}

test_fails, test_passes = cases_of("LST104", FAILS, PASSES)
