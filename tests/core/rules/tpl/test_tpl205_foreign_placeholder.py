"""TPL205: No placeholder of another program is left."""

from __future__ import annotations

import pytest
from each_row import each_row
from lint_cases import inspection_of, letter_of
from rule_cases import GREETING, case, cases_of, column, expect, found, html, letter

from mailmerge.errors import LetterError
from mailmerge.lint.finding import fingerprint
from mailmerge.model import Severity

FAILS = {
    "a name of two columns, which may be that of who signs": case(
        letter("Votre contact : [Prénom Nom]"),
        expect(
            letter_line=11,
            excerpt="[Prénom Nom]",
            fingerprint="5765ea2ba880ec1a",
            says="lettre.md, line 11: [Prénom Nom] would be printed literally",
            fix="Write {{ field }} with the name of a field, or the intended words.",
        ),
    ),
    "HTML in plain text": case(
        lambda: inspection_of(letter=letter_of("Subject: x\n\nBonjour {{ nom }},<br>\n\nMerci.\n", name="l.txt")),
        expect(
            letter_line=3,
            excerpt="<br>",
            severity=Severity.WARN,
            fingerprint="b5643e4e6c3ea6c8",
            says="l.txt, line 3: <br> is HTML, and would be printed literally, since this text is plain text",
        ),
    ),
    "what was to be filled in": case(
        letter("Rendez-vous le [date à préciser] à xx h 30."),
        expect(
            letter_line=11,
            excerpt="[date à préciser]",
            fingerprint="41493271d80754b8",
            says="lettre.md, line 11: [date à préciser] would be printed literally",
            fix="Write {{ field }} with the name of a field, or the intended words.",
        ),
        expect(
            letter_line=11,
            excerpt="xx h 30",
            fingerprint="6c026c2aff8bae79",
            says="lettre.md, line 11: xx h 30 was to be filled in, and would be printed literally",
            fix="Write the intended words, or {{ field }} with the name of a field.",
        ),
    ),
    "a note to a colleague": case(
        letter("Votre contrat prend fin (Jane: please check with legal)."),
        expect(
            letter_line=11,
            excerpt="(Jane: please check with legal)",
            severity=Severity.WARN,
            fingerprint="2a96fda61a4e61fe",
            says="lettre.md, line 11: (Jane: please check with legal) seems to be for whoever edits the letter; every recipient would read it",
            fix="Delete it, once what it says is done; if it is for the recipients, no action is needed.",
        ),
    ),
    "a comment of Word": case(
        letter("Commentaire [CM1] : à revoir"),
        expect(
            letter_line=11,
            excerpt="Commentaire [CM1]",
            fingerprint="cfc7467edf38263e",
            says="lettre.md, line 11: Commentaire [CM1] seems to be for whoever edits the letter; every recipient would read it",
        ),
    ),
    "braces": case(
        letter("Cher {prenom},"),
        expect(
            letter_line=11,
            excerpt="{prenom}",
            fingerprint="40b37c0f6299952f",
            says="lettre.md, line 11: {prenom} would be printed literally",
        ),
    ),
    "full-width braces": case(
        letter("Cher ｛ Prénom ｝,"),
        expect(
            letter_line=11,
            excerpt="｛ Prénom ｝",
            fingerprint="331c835a58606bad",
            says="lettre.md, line 11: ｛ Prénom ｝ would be printed literally",
        ),
    ),
    "angle brackets": case(
        letter("Cher <<Prénom>>,"),
        expect(
            letter_line=11,
            excerpt="<<Prénom>>",
            fingerprint="38b5db110f52bad5",
            says="lettre.md, line 11: <<Prénom>> would be printed literally",
        ),
    ),
    "guillemets": case(
        letter("Cher «Prénom»,"),
        expect(
            letter_line=11,
            excerpt="«Prénom»",
            fingerprint="6390d3ce6a2e8a12",
            says="lettre.md, line 11: «Prénom» would be printed literally",
        ),
    ),
    "square brackets": case(
        letter("Cher [Prénom],"),
        expect(
            letter_line=11,
            excerpt="[Prénom]",
            fingerprint="3760e584f5d05cac",
            says="lettre.md, line 11: [Prénom] would be printed literally",
        ),
    ),
    "percent signs": case(
        letter("Cher %PRENOM%,"),
        expect(
            letter_line=11,
            excerpt="%PRENOM%",
            fingerprint="f2063953f77d1304",
            says="lettre.md, line 11: %PRENOM% would be printed literally",
        ),
    ),
    "a dollar": case(
        letter("Cher ${prenom},"),
        expect(
            letter_line=11,
            excerpt="${prenom}",
            fingerprint="c4791cb202b57ed7",
            says="lettre.md, line 11: ${prenom} would be printed literally",
        ),
    ),
    "two square brackets": case(
        letter("Cher [[nom]],"),
        expect(
            letter_line=11,
            excerpt="[[nom]]",
            fingerprint="8501ac7f9d3e0fe7",
            says="lettre.md, line 11: [[nom]] would be printed literally",
        ),
    ),
    "stars and bars": case(
        letter("Cher *|FNAME|*,"),
        expect(
            letter_line=11,
            excerpt="*|FNAME|*",
            fingerprint="4e819fad1f0f6c4c",
            says="lettre.md, line 11: *|FNAME|* would be printed literally",
        ),
    ),
    "at signs": case(
        letter("Cher @nom@,"),
        expect(
            letter_line=11,
            excerpt="@nom@",
            fingerprint="b8121488261c7b41",
            says="lettre.md, line 11: @nom@ would be printed literally",
        ),
    ),
    "hashes": case(
        letter("Cher #NOM#,"),
        expect(
            letter_line=11,
            excerpt="#NOM#",
            fingerprint="d11226796d18d5e0",
            says="lettre.md, line 11: #NOM# would be printed literally",
        ),
    ),
    "guillemets with spaces, in a greeting": case(
        letter("Bonjour « Prénom »,"),
        expect(
            letter_line=11,
            excerpt="Bonjour « Prénom »",
            fingerprint="33d5d33f43a08b07",
            says="lettre.md, line 11: Bonjour « Prénom » would be printed literally",
        ),
    ),
    "XXXX": case(
        letter("au poste de XXXX"),
        expect(
            letter_line=11,
            excerpt="XXXX",
            fingerprint="e77874bb5b4d8b5d",
            says="lettre.md, line 11: XXXX would be printed literally",
        ),
    ),
    "TODO": case(
        letter("TODO relire"),
        expect(
            letter_line=11,
            excerpt="TODO",
            fingerprint="52da7036b47120d3",
            says="lettre.md, line 11: TODO would be printed literally",
        ),
    ),
    "capitals that are all of a subject": case(
        lambda: inspection_of(letter="Subject: [ASPTT]\n\n" + GREETING),
        expect(
            severity=Severity.WARN,
            letter_line=1,
            excerpt="[ASPTT]",
            fingerprint=fingerprint("TPL205", ("lettre.md", "[ASPTT]")),
            says="lettre.md, line 1: [ASPTT] would be printed literally",
        ),
    ),
    "capitals within a subject": case(
        lambda: inspection_of(letter="Subject: Réunion de [ASPTT] lundi\n\n" + GREETING),
        expect(
            severity=Severity.WARN,
            letter_line=1,
            excerpt="[ASPTT]",
            fingerprint=fingerprint("TPL205", ("lettre.md", "[ASPTT]")),
            says="lettre.md, line 1: [ASPTT] would be printed literally",
        ),
    ),
    "in the subject": case(
        lambda: inspection_of(letter="Subject: [Poste]\n\n" + GREETING),
        expect(
            letter_line=1,
            excerpt="[Poste]",
            fingerprint="7d695209050e6dbe",
            says="lettre.md, line 1: [Poste] would be printed literally",
        ),
    ),
    "the name of a column that is no usual word": case(
        column("Salle", "B12", "\nRendez-vous en [Salle].\n"),
        expect(
            letter_line=11,
            excerpt="[Salle]",
            fingerprint="bf4772b00e4feed2",
            says="lettre.md, line 11: [Salle] would be printed literally",
        ),
    ),
    "the same between guillemets": case(
        column("Salle", "B12", "\nRendez-vous en «Salle».\n"),
        expect(
            letter_line=11,
            excerpt="«Salle»",
            fingerprint="b7a253a3442577eb",
            says="lettre.md, line 11: «Salle» would be printed literally",
        ),
    ),
    "a usual word that is no column": case(
        letter("chez [Entreprise]"),
        expect(
            letter_line=11,
            excerpt="[Entreprise]",
            fingerprint="287d743cd607aa5c",
            says="lettre.md, line 11: [Entreprise] would be printed literally",
        ),
    ),
    "a usual word and another": case(
        letter("chez [Entreprise cliente]"),
        expect(
            letter_line=11,
            excerpt="[Entreprise cliente]",
            fingerprint="541c993b86200bcf",
            says="lettre.md, line 11: [Entreprise cliente] would be printed literally",
        ),
    ),
    "the same alone between guillemets": case(
        letter("chez «Entreprise»"),
        expect(
            letter_line=11,
            excerpt="«Entreprise»",
            fingerprint="ce2a78f123f3adbc",
            says="lettre.md, line 11: «Entreprise» would be printed literally",
        ),
    ),
    "capitals": case(
        letter("en [ABC]"),
        expect(
            letter_line=11,
            excerpt="[ABC]",
            severity=Severity.WARN,
            fingerprint="3b1d8b16ec712284",
            says="lettre.md, line 11: [ABC] would be printed literally",
        ),
    ),
    "what no field resembles": case(
        letter("Cher {zzz},"),
        expect(
            letter_line=11,
            excerpt="{zzz}",
            fingerprint="6ab76b61bab84be3",
            says="lettre.md, line 11: {zzz} would be printed literally",
        ),
    ),
    "two on one line, one after a field": case(
        letter("{{ nom }}\n[Nom] et [Poste]"),
        expect(
            letter_line=12,
            excerpt="[Nom]",
            fingerprint="bde6954572040657",
            says="lettre.md, line 12: [Nom] would be printed literally",
        ),
        expect(
            letter_line=12,
            excerpt="[Poste]",
            fingerprint="7d695209050e6dbe",
            says="lettre.md, line 12: [Poste] would be printed literally",
        ),
    ),
    "a long one": case(
        letter("[Nom " + "x" * 35 + "]"),
        expect(
            letter_line=11,
            excerpt="[Nom xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]",
            fingerprint="51bc1638829f6ec2",
            says="lettre.md, line 11: [Nom xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… would be printed literally",
        ),
        expect(
            letter_line=11,
            excerpt="xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            fingerprint="62ebc6dcdf34ef7b",
            says="lettre.md, line 11: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx would be printed literally",
        ),
    ),
    "a brace that belongs to nothing": case(
        letter("au revoir } de"),
        expect(
            letter_line=11,
            excerpt="}",
            fingerprint="35da26f3cddb0bac",
            says="lettre.md, line 11: } belongs to no field and would be printed literally",
            fix="Write a field with two braces on each side, {{ field }}, or delete the brace.",
        ),
    ),
    "a column in a comment": case(
        letter("Cher {#prenom#},"),
        expect(
            letter_line=11,
            excerpt="{#prenom#}",
            severity=Severity.WARN,
            fingerprint="0348e8ccb5d3daa5",
            says="lettre.md, line 11: {#prenom#} is a comment, and nothing is printed for it",
            fix="Write {{ prenom }}, or delete the comment.",
        ),
    ),
    "a tag that is a column": case(
        letter("Cher <prenom>,"),
        expect(
            letter_line=11,
            excerpt="<prenom>",
            fingerprint="a5670b4b3ef94ed3",
            says="lettre.md, line 11: <prenom> would not be shown: mail programs take it for an HTML tag",
            fix="Write {{ prenom }}, or the intended words.",
        ),
    ),
    "a tag that HTML does not have": case(
        letter("Cher <zzz>,"),
        expect(
            letter_line=11,
            excerpt="<zzz>",
            severity=Severity.WARN,
            fingerprint="f21a72c5d2e85b36",
            says="lettre.md, line 11: <zzz> would not be shown: mail programs take it for an HTML tag",
        ),
    ),
}
PASSES = {
    "a tag that begins the subject": lambda: inspection_of(letter="Subject: [ASPTT] Reprise\n\n" + GREETING),
    "two tags that begin the subject": lambda: inspection_of(letter="Subject: [RAPPEL] [ASPTT] Reprise\n\n" + GREETING),
    "a comment": letter("{# à relire par le service #}"),
    "a quoted title": letter("le «Poste de travail» de demain"),
    "a note": letter("Voir [1]."),
    "a link": letter("[Nom](https://exemple.test)"),
    "a quotation": letter("le titre « Nom » et «bonjour»"),
    "a style sheet": html("<style>p {color: red}</style>"),
    "per cent": letter("20 % de 30 % de nos offres"),
    "topics and people": letter("#RSE #Emploi, suivez @atelier et @garonne, ou @EMPLOI@ #RSE#"),
    "a heading closed by a hash": letter("# Poste #"),
    "a table": letter("| Poste | Lieu |\n|---|---|\n| *Paris* | *Toulouse* |\n*Lyon*|CDI|*Lille*"),
    "two capitals": letter("en [AB]"),
    "an unusual word": letter("en [Zone]"),
    "capitals between guillemets": letter("en «ZONE»"),
    "a quoted title of two words": letter("le «Poste vacant»"),
}

test_fails, test_passes = cases_of("TPL205", FAILS, PASSES)


# --- the whole kind: a name of the table in any marks, in each kind of letter and in its subject -------------------

MARKS = (
    "{¤}", "{ ¤ }", "{$¤}", "{!¤}", "#{¤}", "@{¤}", "%{¤}", "$(¤)", "%(¤)s", "$[¤]$", "((¤))", "[¤]", "[ ¤ ]", "[[¤]]",
    "<<¤>>", "<< ¤ >>", "‹¤›", "«¤»", "««¤»»", "&laquo;¤&raquo;", "&#91;¤&#93;", "&lbrace;¤&rbrace;", "｛¤｝", "［¤］",
    "⟨¤⟩", "<%= ¤ %>", "*|¤|*", "%%¤%%", "%%=v(@¤)=%%", "$¤$", "@¤@", "@@¤@@", "#¤#", "##¤##", "::¤::", ":: ¤ ::",
    "^¤^", ":¤:", "{ MERGEFIELD ¤ }", '{ MERGEFIELD "¤" \\* Upper }', "{!Contact.¤}", "{contact.¤}", "%recipient.¤%",
    "{¤|cher candidat}", "[¤,fallback=x]", '[[data:¤:"x"]]', "\\{\\{ ¤ \\}\\}", "[<b>¤</b>]", "{<b>{ ¤ }</b>}",
    "&#123;&#123; ¤ &#125;&#125;", "¤ }}", "{{ nom }} }} ¤", "¤ }", "&lt;¤&gt;", "<¤>", "vu ||¤||", "vu |¤| ici",
)  # fmt: skip
STRESSED = ("~¤~", "!¤!", "!!¤!!", "+¤+", "-¤-", "--¤--", "=¤=", "==¤==", "?¤?", "$¤", "%¤")
"""Signs that stress a word as well: between them only the very name of a field counts."""
WRITTEN = [
    *(mark.replace("¤", name) for mark in MARKS for name in ("prenom", "Prénom", "adresse_e_mail", "poste")),
    *(mark.replace("¤", name) for mark in STRESSED for name in ("prenom", "adresse_e_mail")),
]


@each_row("place", ["l.md", "l.html", "l.txt", "subject"])
@each_row("written", WRITTEN)
def test_a_name_of_the_table_in_any_marks_is_stopped(written: str, place: str) -> None:
    subject, body = (written, "x") if place == "subject" else ("x", written)
    name = "l.md" if place == "subject" else place
    try:
        inspection = inspection_of(
            letter=letter_of(f"Subject: {subject}\n\nBonjour {{{{ nom }}}},\n{body}\n", name=name)
        )
    except LetterError as error:
        assert f"line {1 if place == 'subject' else 4}: " in str(error)  # noqa: PT017
        return
    findings = found(inspection, "TPL205")
    assert [finding.severity for finding in findings if finding.severity is Severity.BLOCK], findings
    assert {finding.letter_line for finding in findings} == {1 if place == "subject" else 4}


CALM = (
    "30 000 € ou 40 000 $", "20$ et 30$", "Voir [1], [2] et [sic].", "contrat [CDI]", "#recrutement #RSE #poste",
    "rh@exemple.test", "« Comptable » et «bonjour»", "20 % des postes, 30 % des dates", "`if (x) { return y; }`",
    "`{ b }`", "[site](https://exemple.test)", "**Poste** : Comptable", "*Date* : 12 juin", "__Lieu__ : Toulouse",
    "Nom/Prénom/Date", "Nom : Prénom : Date", "(nom)", "le poste (titre)", "C# et F#", "a < b et c > d", "- Poste",
    "# Poste #", "## Date ##", "Nom|Poste|Lieu\n---|---|---\na|b|c", "== Poste ==", "--- Poste ---", "9:00 - 12:30",
    "un ensemble {1, 2, 3}", "à bientôt :-} ;-}", "https://exemple.test/?nom=1&poste=2&date=3", "10:30:00",
    "https://exemple.test/%C3%A9%20nom%20x", "Date !", "50 % prenom % 3", "[x] accepté [ ] refusé", "Réf. [RC-12]",
    "le titre « Nom »", "a_b_c", "2 * 3 * 4", "@atelier et @garonne", "Cher(e) candidat(e)",
    "=== fin ===", "~ 30 personnes ~", "«Poste vacant»", "'nom' \"nom\" “nom”", "100 $ (prix) $", "pré-nom-de-famille",
)  # fmt: skip
CALM_HTML = (
    "<style>p { color: red }</style>", "<script>var a={b:1};</script>", "<!-- {prenom} -->", "<o:p></o:p><br>", "<b>Nom</b>",
    "<table><tr><td>Poste</td></tr></table>", '<p class="{x}" style="a:b">x</p>', "<code>{ nom: 1 }</code>",
    "&laquo;&nbsp;Nom&nbsp;&raquo;", "<address>Toulouse</address>", "<time>10 h</time>",
)  # fmt: skip


@each_row("name", ["l.md", "l.html", "l.txt"])
@each_row("text", [*CALM, *CALM_HTML])
def test_ordinary_words_and_signs_are_left_alone(text: str, name: str) -> None:
    if text in CALM_HTML and name == "l.txt":
        name = "l.html"
    letter = letter_of(f"Subject: x\n\nBonjour {{{{ nom }}}},\n\n{text}\n", name=name)
    assert [finding.message for finding in found(inspection_of(letter=letter), "TPL205")] == []


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("Cher [Prénom],", "Write {{ prenom }}, or the intended words."),
        ("Cher {zzz},", "Write {{ field }} with the name of a field, or the intended words."),
    ],
)
def test_the_field_that_is_meant_is_named(text: str, fix: str) -> None:
    assert [finding.fix for finding in found(letter(text)(), "TPL205")] == [fix]


def test_the_line_is_that_of_the_words(tmp_path: object) -> None:
    text = "Subject: x\n\n<p>Bonjour {{ nom }},</p>\n<p>\n<b>au</b> poste\nde [Poste] <i>x</i></p>\n<prenom>\n"
    findings = found(inspection_of(letter=letter_of(text, name="l.html")), "TPL205")
    assert [(finding.excerpt, finding.letter_line) for finding in findings] == [("[Poste]", 6), ("<prenom>", 7)]


@each_row(
    ("source", "printed"),
    [
        ("\\<poste visé\\>", "<poste visé>"), ("\\[date à préciser\\]", "[date à préciser]"),
        ("\\*\\|LIST:ADDRESS\\|\\*", "*|LIST:ADDRESS|*"), ("\\[Nom\\_de\\_famille\\]", "[Nom_de_famille]"),
        ("\\{prenom\\}", "{prenom}"),
    ],
)  # fmt: skip
def test_what_is_shown_is_what_would_be_printed_and_not_its_source(source: str, printed: str) -> None:
    letter = letter_of(f"Subject: x\n\nBonjour {{{{ nom }}}},\n\nVoici {source}.\n")
    findings = found(inspection_of(letter=letter), "TPL205")
    assert [finding.excerpt for finding in findings] == [printed]
    assert printed in findings[0].message


@each_row(("name", "subject"), [("l.txt", "x"), ("l.md", "Voici \\[date\\_à préciser\\]")])
def test_a_backslash_stays_where_it_is_printed(name: str, subject: str) -> None:
    letter = letter_of(f"Subject: {subject}\n\nVoici \\[date\\_à préciser].\n", name=name)
    first = found(inspection_of(letter=letter), "TPL205")[0]
    assert "\\_" in first.excerpt


SERVED = {
    "<?php echo $nom ?>": "Write {{ nom }}, or the intended words.",
    "<?= $prenom ?>": "Write {{ prenom }}, or the intended words.",
    "<?PHP print htmlspecialchars($row['nom']);\n?>": "Write {{ nom }}, or the intended words.",
    "<?= $row->nom; ?>": "Write {{ nom }}, or the intended words.",
    "<?php include 'x.php'; ?>": "Write the words without the angle brackets, or {{ field }} with the name of a field.",
}


@each_row("name", ["l.md", "l.html"])
@each_row(("code", "fix"), SERVED.items())
def test_code_of_a_server_that_nobody_would_see_is_told(code: str, fix: str, name: str) -> None:
    letter = letter_of(f"Subject: x\n\nBonjour {{{{ nom }}}},\n\n<p>a {code} b</p>\n", name=name)
    findings = found(inspection_of(letter=letter), "TPL205")
    assert [(finding.fix, finding.letter_line, finding.severity) for finding in findings] == [(fix, 5, Severity.BLOCK)]


@each_row("text", ['<?xml version="1.0"?>', "<?xml:namespace prefix = o ?>", "<? ?>", "a <?> b"])
def test_what_is_no_code_of_a_server_is_left_alone(text: str) -> None:
    letter = letter_of(f"Subject: x\n\nBonjour {{{{ nom }}}},\n\n{text} b\n", name="l.html")
    assert found(inspection_of(letter=letter), "TPL205") == []
