"""What conditions of a letter decide wrongly in a table, over languages, positions and spellings; and what is right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import normalize

import pytest
from each_row import each_row
from lint_cases import HEADERS, PEOPLE, inspection_of, only_rule, table_of

from mailmerge.lint import Finding, check
from mailmerge.model import Severity

POSITIONS = (
    "{{% if {c} %}}A{{% endif %}}",
    "{{% if nom == 'Petit' %}}B{{% elif {c} %}}A{{% endif %}}",
    "{{% if nom and {c} %}}A{{% endif %}}",
    "{{% if {c} or nom == 'Petit' %}}A{{% endif %}}",
    "{{% if not ({c}) %}}B{{% else %}}A{{% endif %}}",
    "{{{{ 'A' if {c} else 'B' }}}}",
    "{{{{ 'B' if not {c} else 'A' }}}}",
    "{{{{ 'C' if nom == 'Petit' else 'A' if {c} else 'B' }}}}",
    "{{% for x in [nom] if {c} %}}A{{% endfor %}}",
    "{{% if nom %}}{{% if {c} %}}A{{% endif %}}{{% endif %}}",
)
"""Where a condition can be, with one in it."""


def rotated(several: Iterable[str], others: Sequence[str], times: int = 2) -> list[tuple[str, str]]:
    """Each of some with a few of the others, all of which come up."""
    return [
        (each, others[(index * times + turn) % len(others)])
        for index, each in enumerate(several)
        for turn in range(times)
    ]


def findings(header: str, values: Sequence[str], body: str, code: str) -> list[Finding]:
    """What a rule finds in a letter with this text, for people with these cells in one column more."""
    rows = [
        (*PEOPLE[n % len(PEOPLE)][:2], f"Nom{chr(97 + n)}ault", f"p{n}.nom{chr(97 + n)}ault@mail.example",
        "Comptable", f"R-{n:04}",
         f"06 00 00 00 {n:02}", value) for n, value in enumerate(values)
    ]  # fmt: skip
    letter = f"Subject: Votre candidature\n\nBonjour,\n\n{body}\n\nCordialement,\n\nClaire Durand\n"
    with only_rule(code):
        return list(check(inspection_of(table_of(rows, (*HEADERS, header)), letter)).findings)


def stopped(several: Iterable[Finding]) -> set[int]:
    return {number for each in several if each.severity is Severity.BLOCK for number in each.affected}


ANSWERS = {
    "fr": ("oui", "non"), "en": ("yes", "no"), "de": ("ja", "nein"), "es": ("sí", "no"), "it": ("sì", "no"),
    "pt": ("sim", "não"), "pl": ("tak", "nie"), "nl": ("ja", "nee"), "bool fr": ("VRAI", "FAUX"),
    "bool en": ("TRUE", "FALSE"), "bool de": ("WAHR", "FALSCH"), "bool es": ("VERDADERO", "FALSO"),
    "bool it": ("VERO", "FALSO"),
    "bool pl": ("PRAWDA", "FAŁSZ"), "bool nl": ("WAAR", "ONWAAR"), "digit": ("1", "0"), "letter fr": ("O", "N"),
    "letter en": ("Y", "N"), "letter de": ("J", "N"), "letter it": ("S", "N"), "letter pl": ("T", "N"),
    "switch": ("on", "off"),
    "none": ("12 jours", "aucun"), "none en": ("laptop", "none"), "none de": ("Auto", "kein"), "sign": ("x", "-"),
    "mark": ("✓", "✗"), "with a remark": ("oui", "Non (voir RH)"), "not that": ("cadre", "non cadre"),
    "below its header": ("oui", "non-cadre"), "not applicable": ("oui", "n/a"), "amount": ("100 €", "0 €"),
}  # fmt: skip
SPELLINGS = (str, str.upper, str.capitalize, lambda text: f" {text}", lambda text: f"{text}\u00a0")


@each_row(("language", "position"), [*rotated(ANSWERS, POSITIONS), *(("fr", each) for each in POSITIONS)])
def test_a_cell_as_a_condition_names_those_who_said_no(language: str, position: str) -> None:
    yes, no = ANSWERS[language]
    values = [yes, no, yes, "", no]
    (finding,) = findings("Cadre", values, position.format(c="cadre"), "TPL217")
    assert (finding.severity, set(finding.affected)) == (Severity.BLOCK, {2, 5})
    assert f"'{yes}'" in finding.fix or f"'{no}'" in finding.fix
    written = str(finding.values["write"])
    assert findings("Cadre", values, position.format(c=f"({written})"), "TPL217") == []


@each_row("filters", ["|trim", "|lower", "|upper", "|default('')", ".strip()", " is defined"])
@each_row("spelling", range(len(SPELLINGS)))
def test_neither_a_filter_nor_a_spelling_hides_it(spelling: int, filters: str) -> None:
    no = ("non", "nein", "false", "nee", "faux")[spelling]
    values = ["oui", SPELLINGS[spelling](no), "oui", ""]
    several = findings("Cadre", values, POSITIONS[0].format(c=f"cadre{filters}"), "TPL217")
    assert stopped(several) == {2}


@each_row("position", POSITIONS)
@each_row(
    "values",
    [("x", "", "x"), ("oui", "", "Oui"), ("yes", "", ""), ("1", "", "1"), ("Lyon", "", "Nice"), ("Noël", "Nora", ""),
    ("", "", ""),
     ("2 ans", "10 ans", ""), ("Nonette", "Falser", ""), ("A", "N", "C"), ("F", "H", "F"), ("Non binaire", "Femme",
     "Homme")],
)  # fmt: skip
def test_a_column_without_a_no_is_a_condition(values: tuple[str, ...], position: str) -> None:
    assert findings("Cadre", values, position.format(c="cadre"), "TPL217") == []


@pytest.mark.parametrize(
    "body",
    [
        "{% if cadre %}Vous avez répondu : {{ cadre }}.{% endif %}",
        "{{ 'Réponse : ' ~ cadre if cadre else 'Sans réponse' }}",
        "{% if cadre and nom %}Vous : {{ cadre|upper }}{% endif %}",
        "{% if not cadre %}Sans réponse{% else %}Vous : {{ cadre }}{% endif %}",
        "{{ cadre or 'sans réponse' }}",
        "{% if cadre != '' %}Merci de votre réponse.{% endif %}",
        "{% if cadre == 'oui' %}A{% elif cadre == 'non' %}B{% endif %}",
    ],
)
def test_a_cell_that_is_printed_or_compared_may_say_no(body: str) -> None:
    assert findings("Cadre", ["oui", "non", "", "oui"], body, "TPL217") == []


@each_row("literal", ["true", "True", "false", "none"])
@each_row(
    ("form", "position"),
    rotated(["cadre == {}", "{} == cadre", "cadre != {}", "cadre is {}", "cadre|lower == {}"], POSITIONS),
)
def test_a_cell_is_not_compared_with_a_literal(form: str, literal: str, position: str) -> None:
    if "is" in form.split() and literal == "True":
        literal = "true"
    condition = form.format(literal)
    several = findings("Cadre", ["oui", "non", "oui"], position.format(c=condition), "TPL217")
    assert [each.severity for each in several] == [Severity.BLOCK]
    assert "Write cadre" in several[0].fix


DATES = {
    "slashes": ("06/01/2027", ("25/12/2026", "02/03/2027", "31/01/2027")),
    "dots": ("06.01.2027", ("25.12.2026", "02.03.2027", "31.01.2027")),
    "short years": ("06/01/27", ("25/12/26", "02/03/27", "31/01/27")),
    "no zeros": ("6/1/2027", ("25/12/2026", "2/3/2027", "31/1/2027")),
    "month first": ("01/06/2027", ("12/25/2026", "03/02/2027", "01/31/2027")),
    "fr": ("6 janvier 2027", ("25 décembre 2026", "2 mars 2027", "1er février 2027")),
    "en": ("January 6, 2027", ("December 25, 2026", "March 2, 2027", "31 January 2027")),
    "de": ("6. Januar 2027", ("25. Dezember 2026", "2. März 2027", "31. Januar 2027")),
    "es": ("6 de enero de 2027", ("25 de diciembre de 2026", "2 de marzo de 2027", "31 de enero de 2027")),
    "it": ("6 gennaio 2027", ("25 dicembre 2026", "2 marzo 2027", "31 gennaio 2027")),
    "pt": ("6 de janeiro de 2027", ("25 de dezembro de 2026", "2 de março de 2027", "31 de janeiro de 2027")),
    "pl": ("6 stycznia 2027", ("25 grudnia 2026", "2 marca 2027", "31 stycznia 2027")),
    "nl": ("6 januari 2027", ("25 december 2026", "2 maart 2027", "31 januari 2027")),
}
LATER = (False, True, True)


@each_row("form", ["debut {} '{}'", "debut|trim {} '{}'"])
@each_row("operator", ["<", "<=", ">", ">="])
@each_row("kind", DATES)
def test_dates_are_not_compared_as_text_and_what_to_write_compares_days(kind: str, operator: str, form: str) -> None:
    wanted, values = DATES[kind]
    body = POSITIONS[0].format(c=form.format(operator, wanted))
    (finding,) = findings("Début", values, body, "TPL218")
    assert finding.severity is Severity.BLOCK
    written = str(finding.values["write"])
    rows = [(*PEOPLE[n], value) for n, value in enumerate(values)]
    inspection = inspection_of(table_of(rows, (*HEADERS, "Début")), f"Subject: x\n\n{POSITIONS[5].format(c=written)}\n")
    texts = [inspection.compose(each).text.strip() for each in inspection.recipients]
    assert texts == ["A" if later == (operator[0] == ">") else "B" for later in LATER]
    assert findings("Début", values, POSITIONS[0].format(c=written), "TPL218") == []


@each_row("position", POSITIONS)
@each_row("year", ["'2027'", "2027"])
@each_row("operator", ["<", "<=", ">", ">="])
def test_a_year_beside_dates_is_a_day(operator: str, year: str, position: str) -> None:
    values = ("25/12/2026", "02/03/2027", "31/01/2028")
    (finding,) = findings("Début", values, position.format(c=f"debut {operator} {year}"), "TPL218")
    assert finding.stops
    written = str(finding.values["write"])
    rows = [(*PEOPLE[n], value) for n, value in enumerate(values)]
    inspection = inspection_of(table_of(rows, (*HEADERS, "Début")), f"Subject: x\n\n{POSITIONS[5].format(c=written)}\n")
    texts = [inspection.compose(each).text.strip() == "A" for each in inspection.recipients]
    assert texts == [
        {"<": y < 2027, "<=": y <= 2027, ">": y > 2027, ">=": y >= 2027}[operator] for y in (2026, 2027, 2028)
    ]


@each_row(
    ("condition", "values"),
    [
        ("debut >= '2027-01-06'", ("2026-12-25", "2027-03-02", "2027-01-31")),
        ("debut > 'M'", ("Durand", "Petit", "Roux")),
        ("debut >= 'B1'", ("A1", "B2", "C1")),
        ("debut|float >= 10", ("9", "10", "11,5")),
        ("debut|day >= '2027-01-06'", ("25/12/2026", "02/03/2027", "31/01/2027")),
        ("debut < '12:00'", ("09:30", "10:00", "14:00")),
        ("debut == '06/01/2027'", ("06/01/2027", "02/03/2027", "31/01/2027")),
        ("debut[-4:] >= '2027'", ("25/12/2026", "02/03/2027", "31/01/2027")),
        ("debut|date('yyyy-MM-dd') >= '2027-01-06'", ("25/12/2026", "02/03/2027", "31/01/2027")),
    ],
)
@each_row("position", POSITIONS)
def test_what_text_orders_rightly_is_left_alone(position: str, condition: str, values: tuple[str, ...]) -> None:
    assert findings("Début", values, position.format(c=condition), "TPL218") == []


TESTED = {
    "fr": ("Refusé", "Retenu"), "en": ("Rejected", "Hired"), "de": ("Zurückgestellt", "Eingestellt"),
    "es": ("Rechazada aquí", "Sí"), "it": ("Non idoneo qualità", "Idoneo"), "pt": ("Não aprovação", "Aprovado"),
    "pl": ("Odrzucona próśba", "Przyjęty"), "nl": ("Afgewezen coördinatie", "Aangenomen"),
}  # fmt: skip
VARIANTS = {
    "capitals": str.upper, "small": str.lower, "a blank after": lambda text: text + " ",
    "a blank before": lambda text: " " + text,
    "a no-break space": lambda text: text + "\u00a0", "decomposed": lambda text: normalize("NFD", text) + "\u200b",
    "without accents": lambda text: normalize("NFD", text).encode("ascii", "ignore").decode() + ".",
    "a full stop": lambda text: text + ".", "a zero-width space": lambda text: text[:3] + "\u200b" + text[3:],
    "quotation marks": lambda text: f'"{text}"', "underscores": lambda text: text.replace(" ", "_") + " ",
}  # fmt: skip
FORMS = (
    "statut == '{}'", "'{}' == statut", "statut != '{}'", "statut in ['{}', 'x']", "statut not in ('{}',)",
    "'{}' in statut",
    "statut is eq '{}'", "statut|trim == '{}'", "statut|default('') == '{}'", "statut.startswith('{}')",
    "statut.endswith('{}')",
    "not statut == '{}'", "{{'{}': 'x'}}.get(statut, '') == 'x'", "statut in {{'{}': 1}}",
)  # fmt: skip


def finds_all_the_same(form: str, text: str, cell: str) -> bool:
    """Whether a condition of this form holds for the cell although it is spelt differently."""
    if "trim" in form:
        return cell.strip() == text
    if "with" in form:
        return cell.startswith(text) if "starts" in form else cell.endswith(text)
    return "in statut" in form and text in cell


@each_row(
    ("language", "variant", "form"),
    [
        *((language, variant, form) for language in TESTED for variant, form in rotated(VARIANTS, FORMS, 1)),
        *(("fr", variant, form) for variant in VARIANTS for form in FORMS),
    ],
)
def test_a_cell_in_another_spelling_is_named(language: str, variant: str, form: str) -> None:
    text, other = TESTED[language]
    spelt = VARIANTS[variant](text)
    if spelt == text or finds_all_the_same(form, text, spelt):
        spelt = text.swapcase() + " "
    body = POSITIONS[len(form) % len(POSITIONS)].format(c=form.format(text))
    (finding,) = findings("Statut", [text, spelt, other, text, ""], body, "TPL219")
    assert (finding.severity, set(finding.affected)) == (Severity.BLOCK, {2})
    assert f'"{text}"' in finding.message


@each_row(
    ("text", "other"),
    [
        ("A", "A+"), ("A", "A-"), ("C", "C++"), ("C", "C#"), ("Niveau 1", "Niveau 11"), ("Paris 1", "Paris 10"),
        ("10", "100"),
        ("Nord", "Nord-Est"), ("CDI", "CDD"), ("Lyon", "Lyonnais"), ("Retenu", "Non retenu"), ("5", "-5"), ("1.5",
        "15"), ("< 5", "> 5"),
        ("Accepté", "Excepté"), ("oui", "oui ?"), ("M", "L"), ("Groupe T", "Groupe S"), ("T", "B"), ("fr", "de"),
    ],
)  # fmt: skip
def test_another_value_is_not_another_spelling(text: str, other: str) -> None:
    for form in FORMS[:6:2]:
        body = POSITIONS[0].format(c=form.format(text))
        assert findings("Statut", [text, other, text, other, "zzz"], body, "TPL219") == []


WORDS = (
    ("oui", "Yes"), ("oui", "x"), ("yes", "TRUE"), ("ja", "wahr"), ("non", "FAUX"), ("no", "false"), ("Mme", "Madame"),
    ("M.", "Monsieur"), ("Mr", "M."), ("Frau", "Fr."), ("Herr", "Hr."), ("Sra.", "Señora"), ("Sr.", "Señor"),
    ("Sig.ra", "Signora"),
    ("Sig.", "Signor"), ("F", "Femme"), ("H", "Homme"), ("female", "F"), ("weiblich", "W"), ("fr", "Français"),
    ("en", "English"),
    ("de", "Deutsch"), ("fr", "fr-FR"), ("Refusé", "Refusée"), ("Retenu", "Retenue"), ("Refusés", "Refusé"),
    ("Admis", "Admise"),
    ("Sélectionné", "Sélectionnées"),
)  # fmt: skip


@each_row(("text", "cell"), WORDS)
def test_another_word_for_the_same_is_named(text: str, cell: str) -> None:
    position = POSITIONS[len(text + cell) % len(POSITIONS)]
    other = {"oui": "non", "yes": "no", "ja": "nein", "non": "oui", "no": "yes", "F": "H", "H": "F", "female": "male",
             "weiblich": "männlich"}.get(text, "Autre")  # fmt: skip
    body = position.format(c=f"statut == '{text}'")
    several = findings("Statut", [text, cell, other, text, other], body, "TPL219")
    assert stopped(several) == {2}


@each_row(
    "pair",
    [("Candidat", "Candidate"), ("Étudiant", "Étudiante"), ("Directeur", "Directrice"), ("Infirmier", "Infirmière")],
)
@each_row("position", POSITIONS)
def test_a_column_of_two_genders_may_be_decided_by_one(position: str, pair: tuple[str, str]) -> None:
    assert (
        findings("Titre", [pair[0], pair[1], pair[0], pair[1]], position.format(c=f"titre == '{pair[0]}'"), "TPL219")
        == []
    )


GREETINGS = {
    "fr": ("Mme", "Chère Madame", "M.", "Cher Monsieur"), "en": ("Ms", "Dear Ms", "Mr", "Dear Mr"),
    "de": ("Frau", "Sehr geehrte Frau", "Herr", "Sehr geehrter Herr"), "es": ("Sra.", "Estimada Sra.", "Sr.",
    "Estimado Sr."),
    "it": ("Sig.ra", "Gentile Signora", "Sig.", "Egregio Signor"), "pt": ("Senhora", "Prezada Senhora", "Senhor",
    "Prezado Senhor"),
    "pl": ("Pani", "Szanowna Pani", "Pan", "Szanowny Panie"), "nl": ("Mevrouw", "Geachte mevrouw", "Meneer",
    "Geachte heer"),
}  # fmt: skip
CHAINS = (
    "{{% if t == '{f}' %}}{af}{{% elif t == '{m}' %}}{am}{{% endif %}}{rest}",
    "{{% if t == '{f}' %}}{af}{{% endif %}}{{% if t == '{m}' %}}{am}{{% endif %}}{rest}",
    "{{{{ '{af}' if t == '{f}' else '{am}' if t == '{m}' else '' }}}}{rest}",
    "**{{% if t == '{f}' %}}{af}{{% elif t == '{m}' %}}{am}{{% endif %}}{rest}**",
    "{{% if t == '{f}' %}}{af}{{% else %}}{{% if t == '{m}' %}}{am}{{% endif %}}{{% endif %}}{rest}",
)


@each_row(("rest", "cell"), [(",", "Dr"), (",", ""), ("!", "?"), (" {{ nom }},", "Dr"), (" {{ nom }} :", "")])
@each_row("chain", range(len(CHAINS)))
@each_row("language", GREETINGS)
def test_a_line_that_no_alternative_gives_words_to_blocks(language: str, chain: int, rest: str, cell: str) -> None:
    f, af, m, am = GREETINGS[language]
    if "nom" in rest and chain == 2:
        return  # the author chose nothing, beside a name
    line = CHAINS[chain].format(f=f, af=af, m=m, am=am, rest=rest)
    several = findings("T", [f, m, cell, f], line, "MSG301")
    assert stopped(several) == {3}, [each.message for each in several]
    several = findings("T", [f, m, m, f], line, "MSG301")
    assert several == []


@each_row(
    "greeting",
    ["Bonjour", "Dear", "Hallo", "Guten Tag", "Hola", "Estimada", "Buongiorno", "Olá", "Szanowna", "Geachte"],
)
@each_row("cell", ["Dr", ""])
def test_a_greeting_of_which_only_the_comma_is_left_blocks(greeting: str, cell: str) -> None:
    line = f"{greeting} {{% if t == 'A' %}}Ana{{% elif t == 'B' %}}Bob{{% endif %}},"
    several = findings("T", ["A", "B", cell], line, "MSG301")
    assert stopped(several) == {3}


@each_row(
    "line",
    [
        "{% if t == 'A' %}Un paragraphe.{% elif t == 'B' %}Un autre.{% endif %}",
        "Bonjour{% if t == 'A' %} Ana{% elif t == 'B' %} Bob{% endif %},",
        "{% if t == 'A' %}Dr {% endif %}{{ nom }},",
        "{% if t == 'A' %}Chère Ana{% else %}Bonjour{% endif %},",
        "- un\n{% if t == 'A' %}- deux\n{% endif %}- trois",
        "{{ t|default('') }}\n\nSuite.",
        "Le poste{% if t == 'A' %}, à Lyon{% endif %}, est pourvu.",
        "Votre candidature {% if t == 'A' %}du mois dernier {% endif %}a été reçue.",
        "{% if t == 'A' %}\nUn paragraphe.\n{% endif %}\n\n---\n\nSuite.",
        "| a | b |\n|---|---|\n| x | {% if t == 'A' %}oui{% endif %} |",
    ],
)
@each_row("cell", ["Dr", "", "A"])
def test_a_line_that_reads_well_without_a_condition_is_left_alone(line: str, cell: str) -> None:
    assert [each.message for each in findings("T", ["A", "B", cell], line, "MSG301")] == []
