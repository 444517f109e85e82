"""The fields of Word, and what only its own files have, as a letter: nothing that a preview showed is kept."""

from __future__ import annotations

from pathlib import Path

from draft_files import complex_field, docx, field, notes, run, simple_field
from each_row import each_row, whole_or

from mailmerge.drafts import Draft, Lost, read_draft

COLUMNS = ("Civilité", "Prénom", "Nom", "Date d'entretien", "Note", "Poste visé")
CIVILITY, NAME, GRADE = (field(f" MERGEFIELD {name} ", shown="Jean") for name in ("Civilité", "Nom", "Note"))


def of(folder: Path, *paragraphs: str, **parts: bytes) -> Draft:
    path = folder / "lettre.docx"
    path.write_bytes(docx(*paragraphs, **parts))
    return read_draft(path, COLUMNS)


FORMATTED = [
    ("MERGEFIELD Nom", "{{ nom }}"),
    ("mergefield  Nom \\* Upper", "{{ nom|upper }}"),
    ("MERGEFIELD Nom \\* Lower", "{{ nom|lower }}"),
    ("MERGEFIELD Nom \\* Caps \\* MERGEFORMAT", "{{ nom|proper }}"),
    ("MERGEFIELD Nom \\* MERGEFORMAT \\* FirstCap", "{{ nom|proper }}"),
    ('MERGEFIELD "Poste visé" \\* MERGEFORMAT', "{{ poste_vise }}"),
    ('MERGEFIELD "Date d’entretien" \\@ "d MMMM yyyy"', '{{ date_d_entretien|date("d MMMM yyyy") }}'),
    ('MERGEFIELD Date_dentretien \\@ "dddd d MMMM"', '{{ date_d_entretien|date("EEEE d MMMM") }}'),
    ('MERGEFIELD Date_dentretien \\@ "jj/MM/aaaa"', '{{ date_d_entretien|date("dd/MM/yyyy") }}'),
    ('MERGEFIELD Date_dentretien \\@ "TT.MM.JJJJ"', '{{ date_d_entretien|date("dd.MM.yyyy") }}'),
    ("MERGEFIELD Date_dentretien \\@ \"d 'de' MMMM\"", "{{ date_d_entretien|date(\"d 'de' MMMM\") }}"),
    ('MERGEFIELD Nom \\b "(" \\f ")"', "{% if nom %}({{ nom }}){% endif %}"),
]


@each_row(("code", "written"), FORMATTED)
def test_a_merge_field_is_a_field_with_its_format_and_not_what_its_preview_showed(
    tmp_path: Path, code: str, written: str
) -> None:
    for form in (simple_field, complex_field, field):
        draft = of(tmp_path, run("Bonjour ") + form(code, "Jean Dupont") + run(", merci."))
        assert draft.body == f"Bonjour {written}, merci."
        assert not draft.lost


@each_row("code", ['MERGEFIELD Note \\# "0,00 €"', 'MERGEFIELD Date_dentretien \\@ "d MMMM yyyy HH:mm"'])
def test_a_format_that_a_letter_cannot_have_is_reported(tmp_path: Path, code: str) -> None:
    assert of(tmp_path, field(code, "1")).lost == (Lost.FORMAT,)


CONDITIONS = [
    ((" IF ", CIVILITY, ' = "M." "Cher" "Chère" '), '{% if civilite == "M." %}Cher{% else %}Chère{% endif %}'),
    ((" IF ", CIVILITY, " = M. Cher Chère "), '{% if civilite == "M." %}Cher{% else %}Chère{% endif %}'),
    ((" IF ", CIVILITY, " = “M.” “Cher” “Chère” "), '{% if civilite == "M." %}Cher{% else %}Chère{% endif %}'),
    ((' IF "', CIVILITY, '"="M.""Cher""Chère" \\* MERGEFORMAT'),
     '{% if civilite == "M." %}Cher{% else %}Chère{% endif %}'),
    ((" IF ", CIVILITY, ' <> "M." "e" "" '), '{% if civilite != "M." %}e{% endif %}'),
    ((" IF ", CIVILITY, ' = "" "Madame, Monsieur" "', CIVILITY, '"'),
     "{% if not civilite %}Madame, Monsieur{% else %}{{ civilite }}{% endif %}"),
    ((" IF ", NAME, ' <> "" "de ', NAME, ' " "" '), "{% if nom %}de {{ nom }} {% endif %}"),
    ((" IF ", GRADE, ' >= 10,5 "reçu" "refusé" '), "{% if note|float >= 10.5 %}reçu{% else %}refusé{% endif %}"),
    ((" IF ", GRADE, ' > "9" "', run("reçu", "<w:b/>"), '"'), "{% if note|float > 9 %}**reçu**{% endif %}"),
    ((" IF ", CIVILITY, ' = "M." "Monsieur" "', field(" IF ", CIVILITY, ' = "Mme" "Madame" "Bonjour" '), '" '),
     '{% if civilite == "M." %}Monsieur{% else %}{% if civilite == "Mme" %}Madame{% else %}Bonjour{% endif %}'
     "{% endif %}"),
]  # fmt: skip


@each_row(("code", "written"), CONDITIONS)
def test_a_condition_of_word_is_one_of_the_letter(tmp_path: Path, code: tuple[str, ...], written: str) -> None:
    draft = of(tmp_path, field(*code, shown="Jean") + run(" fin"))
    assert draft.body == f"{written} fin"
    assert not draft.lost


def test_a_condition_over_several_paragraphs_keeps_them(tmp_path: Path) -> None:
    whole = field(" IF ", NAME, ' = "x" "Un.|Deux." "Trois." ', shown="Un.")
    draft = of(tmp_path, *whole.replace("|", "</w:instrText></w:r></w:p><w:p><w:r><w:instrText>").split("</w:p><w:p>"))
    assert draft.body == '{% if nom == "x" %}Un.\n\nDeux.{% else %}Trois.{% endif %}'


REPORTED = [
    ((" IF ", NAME, ' = "D*" "a" "b" '), Lost.CONDITION, "{{ condition }}"),
    ((" = ", GRADE, " * 2 "), Lost.CALCULATION, "{{ calculation }}"),
    ((" MERGEREC ",), Lost.CALCULATION, "{{ mergerec }}"),
    ((" ADDRESSBLOCK \\f x ",), Lost.ADDRESS_BLOCK, "{{ addressblock }}"),
    ((" GREETINGLINE ",), Lost.ADDRESS_BLOCK, "{{ greetingline }}"),
    ((" NEXT ",), Lost.STEPS, ""),
    ((" SKIPIF ", NAME, ' = "" '), Lost.STEPS, ""),
    ((" MACROBUTTON NoMacro [Tapez le nom] ",), Lost.FORM, r"\[Tapez le nom\]"),
]


@each_row(("code", "lost", "written"), REPORTED)
def test_a_field_that_differs_between_people_keeps_nothing_of_one_of_them(
    tmp_path: Path, code: tuple[str, ...], lost: Lost, written: str
) -> None:
    draft = of(tmp_path, run("a ") + field(*code, shown="Jean Petit") + run(" b"))
    assert draft.body.split() == ["a", *written.split(), "b"]
    assert draft.lost == (lost,)


def test_a_link_whose_address_has_a_field_keeps_both(tmp_path: Path) -> None:
    link = field(' HYPERLINK "https://rh.example/', NAME, '" ', shown="votre page")
    assert of(tmp_path, link).body == "[votre page](https://rh.example/{{ nom }})"
    assert of(tmp_path, simple_field(' HYPERLINK "https://rh.example/" ', "site")).body == "[site](https://rh.example/)"


def test_a_field_of_a_note_is_a_field_and_a_comment_stays_out(tmp_path: Path) -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="2"/></w:r>'
    draft = of(tmp_path, run("Texte") + reference + run("."), **notes("Pour ", NAME, comment="à ne pas dire"))
    assert draft.body == "Texte (Pour {{ nom }})."
    assert set(draft.lost) == {Lost.NOTES, Lost.COMMENTS}


ALL_IN_ONE = "".join((
    '<w:r><w:t xml:space="preserve">a </w:t><w:fldChar w:fldCharType="begin"/>',
    "<w:instrText>MERGEFIELD Nom</w:instrText>",
    '<w:fldChar w:fldCharType="separate"/><w:t>Jean</w:t><w:fldChar w:fldCharType="end"/>',
    '<w:t xml:space="preserve"> et </w:t><w:fldChar w:fldCharType="begin"/><w:instrText>MERGEFIELD Note</w:instrText>',
    '<w:fldChar w:fldCharType="end"/><w:t>.</w:t></w:r>',
))  # fmt: skip
WORDS = [
    (ALL_IN_ONE, "a {{ nom }} et {{ note }}."),
    (f'<w:dir w:val="rtl">{run("a ")}</w:dir><w:bdo w:val="ltr">{run("b")}</w:bdo>', "a b"),
    (run("a ") + run("b", '<w:vanish w:val="0"/>') + run(" c", '<w:vanish w:val="false"/>'), "a b c"),
    (run("claire martin", "<w:caps/>"), "CLAIRE MARTIN"),
    (field("MERGEFIELD Nom", "Jean").replace("<w:rPr></w:rPr>", "<w:rPr><w:caps/></w:rPr>"), "{{ nom|upper }}"),
    ("<w:r><w:t>a</w:t><w:cr/><w:t>b</w:t></w:r>", "a\nb"),
    ('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>', "a\nb"),
    ("<w:r><w:t>a</w:t><w:ptab/><w:t>b</w:t></w:r>", "a b"),
]


CONTROL = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
SHOWN, TITLE = "<w:showingPlcHdr/>", '<w:alias w:val="{}"/>'
BOX = '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"/>'
WORDS += [
    (CONTROL.format(SHOWN + TITLE.format("Poste visé"), run("Cliquez ici.") + run(" Ou là.")), "{{ poste_vise }}"),
    (CONTROL.format(SHOWN + '<w:tag w:val="note"/>', run("Choose an item.")), "{{ note }}"),
    (CONTROL.format(SHOWN, run("Choose an item.")), "{{ placeholder }}"),
    (CONTROL.format(TITLE.format("Nom"), run("rempli")), "rempli"),
    (CONTROL.format(BOX, run("☒")) + run(" oui"), "☒ oui"),
]


@each_row(("runs", "body"), WORDS)
def test_no_word_of_a_paragraph_is_lost_or_joined_to_another(tmp_path: Path, runs: str, body: str) -> None:
    draft = of(tmp_path, runs)
    assert draft.body == body
    assert not draft.lost


BEGIN, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
MANY = whole_or(8_000, 20_000)


@each_row("runs", [
    BEGIN * MANY + run("x") + END * MANY + run("fin"),
    "<w:dir>" * 900 + run("fin") + "</w:dir>" * 900,
    "<w:r><w:br/><w:instrText>x</w:instrText></w:r>" * MANY + run("fin"),
    run("x", "<w:vanish/>") * MANY + run("fin"),
])  # fmt: skip
def test_a_paragraph_of_very_many_parts_is_read_at_once(tmp_path: Path, runs: str) -> None:
    assert of(tmp_path, runs).body == "fin"


TYPED = [
    ("{{ nom|proper }}", "{{ nom|proper }}"),
    ("{{ date d'entretien }}", "{{ date_d_entretien }}"),
    ("{{ accord(“reçu”, civilité) }}", '{{ accord("reçu", civilite) }}'),
    (
        "{% if civilité == “M.” %}Cher{% else %}Chère{% endif %}",
        '{% if civilite == "M." %}Cher{% else %}Chère{% endif %}',
    ),
    ("{%p if note %}", "{% if note %}"),
    ("{{\u00a0nom\u00a0|\u00a0upper\u00a0}}", "{{ nom | upper }}"),
]


@each_row(("typed", "written"), TYPED)
def test_template_code_that_was_typed_in_a_document_is_that_of_the_letter(
    tmp_path: Path, typed: str, written: str
) -> None:
    assert of(tmp_path, run(f"a {typed} b")).body == f"a {written} b"
    page = tmp_path / "page.html"
    page.write_text(f"<p>a {typed} b</p>", encoding="utf-8")
    assert read_draft(page, COLUMNS).body == f"a {written} b"


SPREAD = [
    "{{ <b>Nom</b> }}", "{<i>{</i> Nom }}", "{{ Nom }<u>}</u>", "«<b>Nom</b>»", "<b>«</b>Nom»",
    "&lt;&lt;<i>Nom</i>&gt;&gt;",
    "{{ N<span style='x'>o</span>m }}",
]  # fmt: skip


@each_row("typed", SPREAD)
def test_a_field_spread_over_elements_is_one_field(tmp_path: Path, typed: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<p>a {typed} b</p>", encoding="utf-8")
    draft = read_draft(page, COLUMNS)
    assert draft.names == ("nom",)
    assert draft.body.replace("*", "").split() == ["a", "{{", "nom", "}}", "b"]
