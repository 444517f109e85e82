"""LST103: Accented letters are intact, not garbled by a wrong encoding."""

from __future__ import annotations

import json
import quopri
import re
from html.entities import codepoint2name
from urllib.parse import quote

import ftfy
from each_row import each_row
from lint_cases import changed, inspection_of
from rule_cases import HEADER_LENGTHS, case, cases_of, cell, column, expect, headed, who
from rule_cases import found as found_in

from mailmerge.lint.finding import fingerprint
from mailmerge.lint.rules.lst.garbled import repaired
from mailmerge.text.shown import visible


def write(text: str, header: str) -> str:
    """What to do about a text that can be repaired."""
    return (
        f'Write {text} in "{header}". If many cells look like this, save the table once more in your spreadsheet as '
        '"CSV UTF-8".'
    )


FIX = 'Type the text again in "Nom", or save the table once more in your spreadsheet as "CSV UTF-8".'

FAILS = {
    "decoded twice": case(
        cell(prenom="HÃ©lÃ¨ne"),
        expect(
            record=2,
            line=3,
            field="prenom",
            excerpt="HÃ©lÃ¨ne",
            fingerprint="7dd826324eeb4e6c",
            says='HÃ©lÃ¨ne Dupont (line 3) has garbled characters in "Prénom": HÃ©lÃ¨ne; it should probably read Hélène',
        ),
    ),
    "replacement characters": case(
        cell(nom="Lef\ufffdvre"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Lef�vre",
            fingerprint="a97b5255f2a6e8ac",
            says='Jean Lef�vre (line 3) has garbled characters in "Nom": Lef�vre',
        ),
    ),
    "a control character": case(
        cell(nom="Lef\x92vre"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Lef\x92vre",
            fingerprint="b335175eb20bdafa",
            says='Jean Lef‹U+0092›vre (line 3) has garbled characters in "Nom": Lef‹U+0092›vre',
        ),
    ),
    "lost accents": case(
        cell(prenom="H?l?ne"),
        expect(
            record=2,
            line=3,
            field="prenom",
            excerpt="H?l?ne",
            fingerprint="1d61485c59b39f11",
            says='H?l?ne Dupont (line 3) has garbled characters in "Prénom": H?l?ne',
        ),
    ),
    "Mac Roman": case(
        cell(prenom="HÈlËne"),
        expect(
            record=2,
            line=3,
            field="prenom",
            excerpt="HÈlËne",
            fingerprint="cf352f6d65b47477",
            says='HÈlËne Dupont (line 3) has garbled characters in "Prénom": HÈlËne',
        ),
    ),
    "four people, one of whom can be repaired": case(
        lambda: inspection_of(
            changed(1, changed(2, changed(3, changed(5, nom="a\ufffd"), nom="b\ufffd"), nom="HÃ©on"), nom="c\ufffd")
        ),
        expect(
            record=1,
            line=2,
            field="nom",
            excerpt="c\ufffd",
            affected=(1, 2, 3, 5),
            others=(2, 3, 5),
            count=4,
            fingerprint="4dd2abe35b07e9c8",
            says='4 people have garbled characters in "Nom", such as c\ufffd (lines 2, 3, 4, 6)',
            fix=FIX,
        ),
    ),
    "four people whose text can be repaired": case(
        lambda: inspection_of(
            changed(1, changed(2, changed(3, changed(5, nom="HÃ©a"), nom="HÃ©b"), nom="HÃ©c"), nom="HÃ©d")
        ),
        expect(
            record=1,
            line=2,
            field="nom",
            excerpt="HÃ©d",
            affected=(1, 2, 3, 5),
            count=4,
            fingerprint="4dd2abe35b07e9c8",
            says='4 people have garbled characters in "Nom", such as HÃ©d (lines 2, 3, 4, 6)',
            fix=write("Héd", "Nom"),
        ),
    ),
    "in the job title, which the letter prints": case(
        cell(poste="DÃ©veloppeur {cell} Ã©"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="DÃ©veloppeur {cell} Ã©",
            fingerprint="43b03652b5578418",
            says='Jean Dupont (line 3) has garbled characters in "Poste": DÃ©veloppeur {cell} Ã©; it should probably '
            "read Développeur {cell} é",
            fix=write("Développeur {cell} é", "Poste"),
        ),
    ),
    **{
        f"a header and a word of {length} letters": case(
            headed(length, "Ã©" * length),
            expect(
                record=2,
                line=3,
                field="h" * length,
                excerpt="Ã©" * length,
                fingerprint=fingerprint("LST103", ("h" * length, "Ã©" * length, who(2))),
                says=f'Jean Dupont (line 3) has garbled characters in "{shown}": {"Ã©" * 29}Ã…; it should probably read '
                + shown.replace("H", "é"),
            ),
        )
        for length, shown in HEADER_LENGTHS.items()
    },
    "an apostrophe beside a lost accent": case(
        cell(nom="L'?toile"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="L'?toile",
            fingerprint="302a2ed14efea0bc",
            says="Jean L'?toile (line 3) has garbled characters in \"Nom\": L'?toile",
        ),
    ),
    **{
        f"U+{ord(character):04X}": case(
            cell(poste=f"Juriste{character}"),
            expect(
                record=2,
                line=3,
                field="poste",
                excerpt=f"Juriste{character}",
                fingerprint=fingerprint("LST103", ("poste", f"Juriste{character}", who(2))),
                says=f'Jean Dupont (line 3) has garbled characters in "Poste": Juriste{visible(character)}',
            ),
        )
        for character in "\x00\x08\x0b\x0c\x0e\x1f\x80\x9f"
    },
}
PASSES = {
    **{f"{character!a}": cell(poste=f"Juriste{character}b") for character in "\t\n\r\xa0"},
    "a question in what is not a name": cell(poste="Juriste?ou"),
    "two lines in ASCII": cell(poste="Juriste\nb"),
    "Mac Roman letters in what is not a name": cell(poste="caÈe"),
    "JOÃO": cell(prenom="JOÃO"),
    "many accents": cell(prenom="Zoë", nom="Ñúñez-Ibáñez de l’Être"),
    "Âge": cell(poste="Œnologue à Âmes"),
    "a question": cell(poste="Juriste ?"),
    "a field that nobody uses": column("Vieux", "HÃ©"),
}

_WORDS = (
    "chargé d’études", "développeur", "ingénieur qualité", "hôtesse d’accueil", "Élodie Lefèvre", "maçon", "bûcheron",
    "Noël", "naïf", "décision reçue l’été", "Müller", "Ñoño", "l’Oréal", "L’Étoile", "garçon", "sous-préfet",
    "Assistante de direction générale",
)  # fmt: skip
_AS_OTHERS_WRITE = {
    "question marks": lambda text: _marked(text, "?"),
    "two question marks": lambda text: _marked(text, "??"),
    "replacement characters": lambda text: _marked(text, "\ufffd"),
    **{
        f"{written} read as {read}": lambda text, written=written, read=read: text.encode(written, "ignore").decode(
            read, "replace"
        )
        for written, read in (
            ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "mac-roman"), ("utf-8", "cp850"), ("utf-8", "cp437"),
        )
    },
    "HTML": lambda text: text.encode("ascii", "xmlcharrefreplace").decode(),
    "named entities": lambda text: "".join(f"&{codepoint2name[ord(c)]};" if ord(c) > 127 else c for c in text),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "quoted-printable": lambda text: quopri.encodestring(text.encode()).decode(),
    "a URL": lambda text: quote(text, safe=" -"),
    "OOXML": lambda text: "".join(f"_x{ord(c):04X}_" if ord(c) > 127 else c for c in text),
}  # fmt: skip


def _marked(text: str, mark: str) -> str:
    return "".join(character if character.isascii() else mark for character in text)


@each_row("way", _AS_OTHERS_WRITE)
@each_row("text", _WORDS)
def test_what_a_broken_export_makes_of_a_word_is_found(text: str, way: str) -> None:
    garbled = _AS_OTHERS_WRITE[way](text)
    assert garbled != text
    (finding,) = found_in(cell(poste=garbled)(), "LST103")
    assert finding.excerpt == garbled


@each_row(
    "text",
    [
        "32 000 ¤", "¤ 30", "c½ur", "½uvre sociale", "main d'½uvre", "H‚lŠne", "fran‡ais", "d¿études", "d□veloppeur",
        "?tudiant", "d'?tudes", "aide de ?uvre", "?? ??????", "D?VELOPPEUR", "H?L?NE", "CHARG?E", "R&amp;D", "&#233;t&#xE9;",
        "Zo\\xe9", "=?utf-8?Q?Zo=C3=A9?=", "a_x000D_b",
    ],
)  # fmt: skip
def test_a_mark_that_proves_it_alone_is_found(text: str) -> None:
    assert found_in(cell(poste=text)(), "LST103")


@each_row(
    "text",
    [
        "Qui ?", "why?", "C?", "Qui ? Moi.", "Pourquoi? Parce que", "Disponible ? oui", "Juriste ?", "??", "?", "12?",
        "Mme?M.", "M?Mme", "A?B", "C'est quoi?Rien", "Sûr ?Oui", "vrai?faux", "QUI?MOI", "où ?quand", "Oui/Non ?",
        "https://x.example/?q=a&b=c", "https://x.example/page?id", "www.x.example/a?b", "x.example/a?b", "index.php?id=3",
        "https://x.example/?a=1&amp;b=2", "http://x.example/%C3%A9t%C3%A9", "a@x.example?subject=Bonjour",
        "R&D", "R&D; suite", "AT&T", "a&b;c", "candidat·e", "candidat•e", "l´école", "m²", "CO²", "n°12", "N°A", "2½ ans",
        "½ journée", "C:\\x86\\bin", "C:\\users", "50 % C2", "a=C3", "JOÃO", "SÃO PAULO", "Þór", "Žofie", "Ångström",
        "naïve", "10 £", "10 €", "«oui»", "Oui…mais", "a–b", "O’Brien", "Word™ et Excel®", "3×4", "¿Qué?", "¡Hola!",
        "Chargée d'études", "d’Évry", "snake_x_case", "√2", "Â", "Ô Canada", "Étienne ÀÉÈ",
    ],
)  # fmt: skip
def test_a_question_an_address_or_a_sign_in_its_place_is_left_alone(text: str) -> None:
    assert not found_in(cell(poste=text)(), "LST103")


@each_row("name", ["K³hne", "Ma³gorzata", "W¹sik", "Bj”rn", "Hos“kova"])
def test_a_sign_inside_a_name_is_a_letter_of_another_code_page(name: str) -> None:
    assert [finding.excerpt for finding in found_in(cell(nom=name)(), "LST103")] == [name]
    assert not found_in(cell(poste=name)(), "LST103")


@each_row("name", ["Mª José", "MªCarmen", "Dupont “Jo”", "“Jo” Dupont", "Martin (2)", "Dupont ³"])
def test_a_sign_beside_a_name_is_left_alone(name: str) -> None:
    assert not found_in(cell(nom=name)(), "LST103")


def test_where_one_cell_has_lost_its_letters_the_other_question_marks_of_the_column_are_no_questions() -> None:
    values = ["charg? de mission", "aide ?lectricien", "Comptable", "chef qualifi?", "d?veloppeur", "Juriste"]
    found = found_in(column("Fonction", values, "\n{{ fonction }}\n")(), "LST103")
    assert [finding.record for finding in found] == [1]
    assert found[0].affected == (1, 2, 4, 5)
    calm = [value.replace("d?veloppeur", "dev") for value in values]
    assert not found_in(column("Fonction", calm, "\n{{ fonction }}\n")(), "LST103")


def test_capitals_inside_words_are_letters_of_another_code_page_where_they_repeat() -> None:
    values = ["dÈveloppeur", "ingÈnieur qualitÈ", "Comptable", "a", "b", "c"]
    assert len(found_in(column("Fonction", values, "\n{{ fonction }}\n")(), "LST103")) == 2
    assert not found_in(column("Fonction", [*values[:1], *"abcde"], "\n{{ fonction }}\n")(), "LST103")


def test_a_repair_is_proposed_where_it_is_known() -> None:
    (finding,) = found_in(cell(poste="D&eacute;veloppeur &amp; chef")(), "LST103")
    assert finding.message.endswith("it should probably read Développeur & chef")


LETTERS = [chr(code) for code in (*range(0xA0, 0x180), *range(0x2010, 0x2027), 0x20AC, 0x2122)]
PAGES = ["latin-1", "cp1250", "cp1252", "cp1254", "cp1257", "iso8859-15", "mac-roman"]


@each_row("page", PAGES)
def test_octets_read_as_letters_are_repaired_as_ftfy_repairs_them(page: str) -> None:
    for letter in LETTERS:
        for text in (f"Mart{letter}n", f"{letter}mile", f"caf{letter}", f"h{letter}{letter}te"):
            garbled = text.encode().decode(page, "ignore")
            better = ftfy.fix_encoding(garbled)
            if better != garbled and _LEAD.search(garbled):
                assert repaired(garbled, is_name=True) == better, f"{text} as {garbled}"


_LEAD = re.compile("[\u00c2-\u00f4√¬‚≈ƒ][^\x00-\x7f]")
"""The first of several octets, as a letter, and another that is not ASCII."""

test_fails, test_passes = cases_of("LST103", FAILS, PASSES)
