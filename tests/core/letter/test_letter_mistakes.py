"""What people write by mistake is said in their own words, with its line and with what to write instead."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from each_row import each_row
from letter_cases import body_letter, composed, letter_of, write_letter

from mailmerge.errors import CampaignError, LetterError
from mailmerge.letter import compile_condition, parse_letter, read_letter
from mailmerge.text.folding import identifier

JARGON = ("token", "unexpected", "Jinja", "print statement", "statement block", "Encountered", "template code")
HEADERS = (
    "Date de candidature", "First name", "Poste visé", "N° dossier", "L'intitulé du poste", "Date d’entretien",
    "Adresse e-mail", "1er choix", "Job title (short)", "Nom de famille", "Heure (début) prévue", "Nom d'usage",
    "Prénom(s) usuel(s)", "Дата рождения", "Ημερομηνία έναρξης",
)  # fmt: skip
SPACES = (" ", "\u00a0", "\u202f", "\t", "")


def refusal(text: str) -> str:
    with pytest.raises(LetterError) as caught:
        parse_letter(text, Path("letter.md"))
    message = str(caught.value)
    assert "\n" not in message
    assert not [word for word in JARGON if word in message], message
    return message


@each_row("header", HEADERS)
@each_row("space", SPACES)
def test_a_header_of_the_table_between_braces_is_answered_with_its_name(header: str, space: str) -> None:
    written = header.replace(" ", space) if space in ("\u00a0", "\u202f") else header
    message = refusal(f"Subject: x\n\nBonjour,\n{{{{{space}{written}{space}}}}}, merci\n")
    assert message.startswith("letter.md, line 4: ")
    assert message.endswith(f"write {{{{ {identifier(header)} }}}}")


@pytest.mark.parametrize("filters", ["|proper", " | upper", '|date("full")', "|default('x')|title"])
def test_the_filters_behind_a_header_stay(filters: str) -> None:
    message = refusal(f"Subject: {{{{ Date de candidature{filters} }}}}\n\nx\n")
    assert "line 1" in message
    assert f"write {{{{ date_de_candidature{filters.replace(' ', '')} }}}}" in message


@each_row(
    ("opening", "closing"),
    [("{{", "}"), ("{", "}}"), ("{{", "}}}"), ("{{{", "}}}"), ("{ {", "} }"), ("{ {", "}}"), ("{\u200b{", "}}"),
     ("{\u00a0{", "}\u00a0}"), ("｛｛", "｝｝"), ("{{", "｝｝"), ("｛{", "}｝")],
)  # fmt: skip
@each_row("field", ["prenom", " prenom ", "\u00a0prenom\u00a0", "Prénom"])
def test_braces_that_are_not_two_and_two_are_said(opening: str, closing: str, field: str) -> None:
    message = refusal(f"Subject: x\n\nBonjour {opening}{field}{closing}, merci.\n\n{{{{ nom }}}}\n")
    assert "line 3" in message
    assert message.endswith("write {{ prenom }}")
    assert "brace" in message


@each_row(
    ("code", "written"),
    [
        ("{{ prenom, merci", "write {{ prenom }}"),
        ("{{ prenom\n\nmerci", "write {{ prenom }}"),
        ("{{ prenom merci {{ nom }}", "write }} after it"),
        ("{{ }}", "write the name of a field"),
        ("{{ 'x }}", "a quotation mark is missing"),
        ("{{ if poste }}x", "write {% if poste %}"),
        ("{{ pre\u200bnom }}", "(U+200B) in it; write {{ prenom }}"),
        ("{{ pre\u00adnom|upper }}", "(U+00AD) in it; write {{ prenom|upper }}"),
        ("{{ e-mail }}", "write e_mail"),
        ("{{ nom/prenom }}", "write nom_prenom"),
        ("{{ Lieu / salle }}", "write lieu_salle"),
        ("{{ titre|default(“néant”) }}", 'write {{ titre|default("néant") }}'),
        ("{{ titre|default(« néant ») }}", 'write {{ titre|default("néant") }}'),
        ("{{ titre|default(‘l’an’) }}", "curly"),
        ("{% if poste == “x” %}{% endif %}", 'write {% if poste == "x" %}'),
        ("{% if Poste visé = « x » %}{% endif %}", 'write {% if poste_vise == "x" %}'),
        ("{% if poste = 'x' %}{% endif %}", "write {% if poste == 'x' %}"),
        ("{% if poste && nom %}{% endif %}", "write {% if poste and nom %}"),
        ("{% if not Poste visé %}{% endif %}", "write {% if not poste_vise %}"),
        ("{% if %}x{% endif %}", "write {% if field %}"),
        ("{% if poste %}x", "{% if poste %} is never closed; write {% endif %}"),
        ("{% for x in nom %}x", "{% for x in nom %} is never closed; write {% endfor %}"),
        ("{% if nom %}{% if poste %}x{% endif %}", "{% if nom %} is never closed"),
        ("x{% endif %}", "{% endif %} has no {% if ... %} before it"),
        ("x{% else %}", "{% else %} has no {% if ... %} before it"),
        ("{% if nom %}{% for x in nom %}{% endif %}{% endfor %}", "write {% endfor %} first"),
        ("{% si poste %}x{% finsi %}", "write {% if poste %}"),
        ("{% if poste %}x{% fin %}", "write {% endif %}"),
        ("{% if poste %}x{% end if %}", "write {% endif %}"),
        ("{% if poste %}x{% elseif nom %}y{% endif %}", "write {% elif nom %}"),
        ("{% if poste %}x{% else if nom %}y{% endif %}", "write {% elif nom %}"),
        ("{% if poste %}x{% sinon %}y{% endif %}", "write {% else %}"),
        ("{% prenom %}", "write {{ prenom }}"),
        ("{% poste visé %}", "write {{ poste_vise }}"),
        ("{% if poste }x{% endif %}", "write {% if poste %}"),
        ("{% if poste %x{% endif %}", "write {% if poste %}"),
        ("{# note", "write #}"),
        ('{% if "poste" == "x" %}{% endif %}', "write poste == 'x'"),
        ('{{ "a" if "Poste visé" != "x" else "b" }}', "write poste_vise != 'x'"),
        ('{{ civilite == "M." ? "Cher" : "Chère" }}', 'write {{ "Cher" if civilite == "M." else "Chère" }}'),
        ('{{ SI(civilite="M.";"Cher";"Chère") }}', 'write {{ "Cher" if civilite == "M." else "Chère" }}'),
        ('{{ WENN(nom="x"; "a") }}', 'write {{ "a" if nom == "x" }}'),
        ("{{ nom:proper }}", "write {{ nom|proper }}"),
        ("{{ nom;upper }}", "write {{ nom|upper }}"),
        ("{{ nom->lower }}", "write {{ nom|lower }}"),
        ("{{ Entretien : date }}", "write {{ entretien_date }}"),
        ('{% if poste is "x" %}{% endif %}', 'write {% if poste == "x" %}'),
        ('{% if poste equals "x" %}{% endif %}', 'write {% if poste == "x" %}'),
        ('{% if poste == "x" then %}{% endif %}', 'write {% if poste == "x" %}'),
        ("{{ nom|majuscules }}", "write |upper"),
        ("{{ nom|Grossbuchstaben }}", "write |upper"),
        ("{{ nom|minúsculas }}", "write |lower"),
        ("{{ debut|fecha }}", "write |date"),
    ],
)
def test_other_mistakes_are_said_with_what_to_write(code: str, written: str) -> None:
    message = refusal(f"Subject: x\n\nBonjour,\n{code}\n")
    assert message.startswith("letter.md, line 4: ")
    assert written in message


@pytest.mark.parametrize(("header", "name"), [("Réf. interne", "ref_interne"), ("Heure (début)", "heure_debut")])
def test_a_header_that_reads_as_code_is_answered_with_its_name(header: str, name: str) -> None:
    (forbidden,) = parse_letter(f"Subject: x\n\n{{{{ {header} }}}}", Path("letter.md")).forbidden
    assert f"write {name}" in str(forbidden.reason)


@pytest.mark.parametrize(
    "text",
    [
        "{{ prénom }} {{\u00a0prenom\u00a0}} {{ Prénom|upper }}",
        "{{ {'a': nom}['a'] }} {%- if nom -%} x {%- endif %}",
        "{# {{ a } #}{% raw %}{{ a b }}{% endraw %}",
        "{{ titre|default('l’an « x »') }}",
        "<style>@media (max-width: 9em){p{color:red}}</style>",
        "un { seul } et des accolades {a, b}",
        "{% if nom %}{% for x in nom.split(' ') %}{{ x }}{% else %}-{% endfor %}{% else %}y{% endif %}",
    ],
)
def test_what_is_right_is_left_alone(tmp_path: Path, text: str) -> None:
    assert composed(body_letter(tmp_path, text, "l.html"))


def test_the_first_mistake_of_the_letter_is_the_one_that_is_said() -> None:
    message = refusal("Subject: {{ Poste visé }}\n\n{{ Prénom usuel }}\n{% if %}\n")
    assert message.startswith("letter.md, line 1: ")


@pytest.mark.parametrize(
    ("where", "written"),
    [("statut = 'refusé'", "write statut == 'refusé'"), ("Poste visé == “x”", 'write poste_vise == "x"')],
)
def test_a_condition_of_the_campaign_is_explained_in_the_same_way(where: str, written: str) -> None:
    with pytest.raises(CampaignError, match="cannot be read") as caught:
        compile_condition(where)
    assert written in str(caught.value)


# --- headers -----------------------------------------------------------------------------------------------------

FRENCH = {
    "Objet": "Subject", "Sujet": "Subject", "De": "From", "Expéditeur": "From", "À": "To", "Destinataire": "To",
    "Pièce jointe": "Attachment", "PJ": "Attachment", "Répondre à": "Reply-To", "Langue": "Content-Language",
    "Champs": "Fields", "Attachments": "Attachment", "Reply to": "Reply-To", "Sender": "From",
}  # fmt: skip


@each_row(("word", "sign"), list(product(FRENCH, (":", " :", "\u00a0:", "\u202f: ", "：", " =", ";"))))
def test_a_header_in_other_words_or_with_another_sign_is_named(word: str, sign: str) -> None:
    message = refusal(f"{word}{sign} une valeur\n\nx")
    assert message.startswith("letter.md, line 1: ")
    assert f"write {FRENCH[word]}: une valeur" in message


@pytest.mark.parametrize("sign", [" =", ";", "：", " -", "\u00a0:", " "])
def test_a_header_with_another_sign_than_a_colon_is_named(sign: str) -> None:
    assert "write Subject: Votre candidature" in refusal(f"Subject{sign} Votre candidature\n\nx")


@pytest.mark.parametrize("word", ["CCI", "Copie"])
def test_a_copy_to_somebody_else_is_not_advised(word: str) -> None:
    assert "take the line out" in refusal(f"{word}: a@x.example\n\nx")


@each_row("name", ["Subject", "From", "To", "Reply-To", "Attachment", "Content-Type", "Content-Language", "X-Ref"])
@each_row("nothing", ["", "  ", "\u00a0", "\u200b", "{# later #}", "\n  "])
def test_a_header_with_nothing_after_it_is_refused(tmp_path: Path, name: str, nothing: str) -> None:
    path = write_letter(tmp_path, f"Fields: nom\n{name}:{nothing}\n\nx")
    with pytest.raises(LetterError, match=f"line 2: {name}: has nothing after it; write {name}: "):
        read_letter(path, extra_headers=["X-Ref"])


def test_no_field_at_all_can_be_declared(tmp_path: Path) -> None:
    assert letter_of(tmp_path, "Fields:\n\nx").declared == frozenset()
    assert letter_of(tmp_path, "Fields: nom; Prénom\n\nx").declared == {"nom", "prenom"}


SECTIONS = {
    "{{#if Prénom}}a{{/if}}": "{% if prenom %}",
    "{{# if prenom }}a": "{% if prenom %}",
    "{{#unless prenom}}a{{/unless}}": "{% if not prenom %}",
    "{{#prenom}}a{{/prenom}}": "{% if prenom %}",
    "{{^First Name}}a{{/First Name}}": "{% if not first_name %}",
    "a {{/if}}": "{% endif %}",
    "a {{/prenom}}": "{% endif %}",
}


@each_row(("code", "written"), SECTIONS.items())
def test_a_condition_of_handlebars_is_answered_with_that_of_a_letter(code: str, written: str) -> None:
    message = refusal(f"Subject: x\n\nBonjour,\n{code}, merci\n\n{{{{ nom }}}}\n")
    assert message.startswith("letter.md, line 4: ")
    assert message.endswith(f"write {written}")


@pytest.mark.parametrize("printed", [r"\{\{else}}", r"\{else}}", r"\{\% else %}", r"\{\% if x %}", r"\{\% endcase %}"])
def test_braces_behind_a_backslash_are_meant_to_be_printed(printed: str) -> None:
    parse_letter(f"Subject: x\n\nBonjour, {printed} merci.\n", Path("letter.md"))
    with pytest.raises(LetterError):
        parse_letter(f"Subject: x\n\nBonjour, {printed} {{nom}}}} merci.\n", Path("letter.md"))
