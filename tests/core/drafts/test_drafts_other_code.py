"""Conditions, filters and marks of other programs become those of the letter, or stay text that the checks find."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from each_row import each_row
from test_drafts import of_html

from mailmerge.campaign import open_campaign
from mailmerge.text.folding import identifier

COLUMNS = ("First Name", "Amount", "Start Date", "Civilité", "E-mail")


def body(folder: Path, text: str) -> str:
    draft = of_html(folder, f"<p>{text}</p>", COLUMNS)
    return draft.body


HANDLEBARS = "{{{{#if {0}}}}}a{{{{else}}}}b{{{{/if}}}}"
CONDITIONS = {
    HANDLEBARS: "{{% if {0} %}}a{{% else %}}b{{% endif %}}",
    "{{{{#unless {0}}}}}a{{{{/unless}}}}": "{{% if not {0} %}}a{{% endif %}}",
    "{{{{#{0}}}}}a{{{{/{0}}}}}": "{{% if {0} %}}a{{% endif %}}",
    "{{{{^{0}}}}}a{{{{/{0}}}}}": "{{% if not {0} %}}a{{% endif %}}",
    "*|IF:{0}|*a*|ELSE:|*b*|END:IF|*": "{{% if {0} %}}a{{% else %}}b{{% endif %}}",
    "*|IFNOT:{0}|*a*|END:IF|*": "{{% if not {0} %}}a{{% endif %}}",
    "*|IF:{0}=Mme|*a*|ELSEIF:{0}!=M.|*b*|END:IF|*": '{{% if {0} == "Mme" %}}a{{% elif {0} != "M." %}}b{{% endif %}}',
    "{{% if {0} == blank %}}a{{% elsif {0} != nil %}}b{{% endif %}}": "{{% if not {0} %}}a{{% elif {0} %}}b{{% endif %}}",  # noqa: E501
    '{{% unless {0} == "x" %}}a{{% endunless %}}': '{{% if not ({0} == "x") %}}a{{% endif %}}',
    "&lt;% if @{0} %&gt;a&lt;% else %&gt;b&lt;% end %&gt;": "{{% if {0} %}}a{{% else %}}b{{% endif %}}",
    "<?php if (${0}): ?>a<?php else: ?>b<?php endif; ?>": "{{% if {0} %}}a{{% else %}}b{{% endif %}}",
}


@each_row("name", ["First_Name", "first_name", "civilite"])
@each_row("typed", list(CONDITIONS))
def test_a_condition_of_another_program_is_one_of_the_letter(tmp_path: Path, typed: str, name: str) -> None:
    assert body(tmp_path, typed.format(name)) == CONDITIONS[typed].format(name.lower())


PRINTED = {
    "&lt;%= @{0} %&gt;": "",
    "<?php echo ${0}; ?>": "",
    "<?= ${0} ?>": "",
    "<?= $row['{0}'] ?>": "",
    "<?php echo htmlspecialchars($row->{0}) ?>": "",
    "%%{0}%%": "",
    "{{${0}}}": "",
    "@{0}": "",
    "[%{0}%]": "",
    "{{{{ contact.{0} }}}}": "",
    "{{{{params.{0}}}}}": "",
    "{{{{ contact.{0} | upcase }}}}": "|upper",
    '{{{{ {0} | default: "there" }}}}': '|default("there")',
    "{{{{{0} | default : &quot;there&quot;}}}}": '|default("there")',
    '{{{{ {0} | date: "%d %B %Y" }}}}': '|date("dd MMMM yyyy")',
    '{{{{ {0} | date: "%A, %e de %B" }}}}': "|date(\"EEEE, d 'de' MMMM\")",
    "{{{0}|there}}": '|default("there")',
}


@each_row("name", ["First_Name", "amount", "START_DATE"])
@each_row("typed", list(PRINTED))
def test_what_prints_a_field_elsewhere_prints_it_here(tmp_path: Path, typed: str, name: str) -> None:
    printed = f"{{{{ {name.lower()}{PRINTED[typed]} }}}}"
    assert body(tmp_path, f"Hello {typed.format(name)}, and") == f"Hello {printed}, and"


@pytest.mark.parametrize(
    "typed",
    [
        "{{#each items}}a{{/each}}",
        "&lt;?php if ($amount &gt; 0): ?&gt;",
        "<?php include 'foot.php'; ?>",
        "%%=ProperCase(@f)=%%",
        "{{ amount | money: 2 }}",
        '{{ start_date | date: "%H:%M" }}',
    ],
)
def test_what_has_no_counterpart_stays_and_nothing_vanishes(tmp_path: Path, typed: str) -> None:
    words = [word for word in ("each", "php", "ProperCase", "money", "%H") if word in typed]
    assert words
    assert all(word in body(tmp_path, f"a {typed} b") for word in words)


LOOPS = {
    "{{#if_eq amount '1'}}": ("{{else}}", "{{/if_eq}}"),
    "{{#each items}}": ("{{else}}", "{{/each}}"),
    "&lt;?php if ($amount &gt; 0): ?&gt;": ("&lt;?php else: ?&gt;", "&lt;?php endif; ?&gt;"),
    "<?php if ($amount > 0) { ?>": ("<?php } else { ?>", "<?php } ?>"),
    "<?php foreach ($rows as $row): ?>": ("", "<?php endforeach; ?>"),
    "{% case amount %}": ("{% when 1 %}{% else %}", "{% endcase %}"),
    "{% for x in items %}": ("{% else %}", "{% endfor %}"),
    "&lt;% if amount &gt; 3 %&gt;": ("&lt;% else %&gt;", "&lt;% end %&gt;"),
    "&lt;% items.each do |x| %&gt;": ("", "&lt;% end %&gt;"),
    "*|IF:AMOUNT &gt; 3|*": ("*|ELSE:|*", "*|END:IF|*"),
}
"""What begins a condition or a loop that has no counterpart, with what is between, and what ends it."""
AROUND = {
    "alone": "{0}a{1}b{2}",
    "in paragraphs": "{0}</p><p>a</p><p>{1}</p><p>b</p><p>{2}",
    "around one that has": "{0}a{{{{#if amount}}}}q{{{{else}}}}r{{{{/if}}}}{1}b{2}",
    "within one that has": "{{{{#if amount}}}}q{0}a{1}b{2}{{{{else}}}}r{{{{/if}}}}",
    "before one that has": "{0}a{1}b{2}{{{{#if amount}}}}q{{{{else}}}}r{{{{/if}}}}",
}


@each_row("around", list(AROUND))
@each_row("begins", list(LOOPS))
def test_what_belongs_to_a_tag_without_counterpart_stays_text_too(tmp_path: Path, begins: str, around: str) -> None:
    text = AROUND[around].format(begins, *LOOPS[begins])
    tags = re.findall(r"(?<!\\)\{%.*?%\}", body(tmp_path, text))
    assert tags == ["{% if amount %}", "{% else %}", "{% endif %}"] * (around != "alone" and around != "in paragraphs")
    assert "\ue014" not in body(tmp_path, text)


@each_row("begins", list(LOOPS))
def test_each_tag_that_stays_text_is_found_once_by_the_checks(tmp_path: Path, begins: str) -> None:
    tags = [begins, *re.findall(r"(?:&lt;|<|\{|\*\|).*?(?:&gt;|>|\}\}|%\}|\|\*)", "".join(LOOPS[begins]))]
    text = "".join(f"<p>{html.escape(html.unescape(tag))} a</p>" for tag in tags)
    letter = tmp_path / "letter.md"
    draft = of_html(tmp_path, f"<p>Hello {{{{First Name}}}},</p>{text}", COLUMNS)
    letter.write_text(f"Subject: x\n{draft.text}", encoding="utf-8")
    table = tmp_path / "people.csv"
    table.write_text(f"{';'.join(COLUMNS)}\nJo;1;;;jo@mail.example\nAl;2;;;al@mail.example\n", encoding="utf-8")
    found = [each for each in open_campaign([table, letter]).check().report.findings if each.rule == "TPL205"]
    assert len({each.letter_line for each in found}) == len(found) == len(tags)


@pytest.mark.parametrize("name", ["First Name", "amount"])
def test_a_section_is_a_condition_where_its_end_repeats_its_name(tmp_path: Path, name: str) -> None:
    written = name.lower().replace(" ", "_")
    assert body(tmp_path, f"{{{{#{name}}}}}a{{{{/{name}}}}}") == f"{{% if {written} %}}a{{% endif %}}"
    assert "{%" not in body(tmp_path, f"{{{{#{name} other}}}}a{{{{/{name}}}}}")


ELSE_IF = (
    "{{#if amount}}a{{else if civilite}}b{{/if}}",
    "&lt;% if amount %&gt;a&lt;% elsif civilite %&gt;b&lt;% end %&gt;",
    "<?php if ($amount): ?>a<?php elseif ($civilite): ?>b<?php endif; ?>",
)


@pytest.mark.parametrize("typed", ELSE_IF)
def test_the_second_of_two_conditions_is_taken_over(tmp_path: Path, typed: str) -> None:
    assert body(tmp_path, typed) == "{% if amount %}a{% elif civilite %}b{% endif %}"


@pytest.mark.parametrize(
    "text", ["write to hr@amount.example", "50 % or 60 %", "@ 5 o'clock", "{yes|no}", "a %% b %% c", "@somebody"]
)
def test_marks_that_mean_no_column_stay_text(tmp_path: Path, text: str) -> None:
    assert of_html(tmp_path, f"<p>{text}</p>", COLUMNS).fields == ()


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        ("https://www.google.com/url?q=https://firm.example/a?b%3D1&amp;sa=D&amp;ust=1", "https://firm.example/a?b=1"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Ffirm.example%2Fa&amp;data=05",
            "https://firm.example/a",
        ),
        ("https://www.google.com/search?q=firm", "https://www.google.com/search?q=firm"),
        ("https://www.google.com/url?sa=D", "https://www.google.com/url?sa=D"),
        ("https://firm.example/url?q=https://x.example", "https://firm.example/url?q=https://x.example"),
    ],
)
def test_a_link_leads_where_its_writer_meant(tmp_path: Path, href: str, leads_to: str) -> None:
    assert of_html(tmp_path, f'<p><a href="{href}">here</a></p>').body == f"[here]({leads_to})"


@pytest.mark.parametrize("column", ["Nom", "Poste visé", "Title", "P", "Adresse"])
@pytest.mark.parametrize("place", ["<p>Bonjour <{0}>, merci</p>", "<p>Bonjour &lt;{0}&gt;, merci</p>"])
def test_a_field_that_a_browser_takes_for_a_tag_is_one(tmp_path: Path, column: str, place: str) -> None:
    name = column.lower().replace(" ", "_").replace("é", "e")
    draft = of_html(tmp_path, place.format(column), (column, "E-mail"))
    if column == "P" and "<{0}>" in place:
        assert draft.body == "Bonjour\n\n, merci"
    else:
        assert draft.body == f"Bonjour {{{{ {name} }}}}, merci"


@pytest.mark.parametrize("column", ["Title", "Address", "Code", "B"])
def test_an_element_of_the_page_stays_one(tmp_path: Path, column: str) -> None:
    draft = of_html(tmp_path, f"<p>a <{column.lower()}>b</{column}> c</p>", (column,))
    assert draft.fields == ()


@pytest.mark.parametrize("name", ["nom", "Prénom", "VORNAME", "apellido", "company"])
@pytest.mark.parametrize("place", ["<p>Bonjour <{0}>, merci</p>", "<p>Bonjour &lt;{0}&gt;, merci</p>"])
def test_the_usual_name_of_a_field_is_one_without_a_table(tmp_path: Path, name: str, place: str) -> None:
    draft = of_html(tmp_path, place.format(name), ())
    assert draft.body == f"Bonjour {{{{ {identifier(name)} }}}}, merci"


@pytest.mark.parametrize("element", ["address", "title", "time", "data"])
def test_without_a_table_an_element_of_html_is_no_field(tmp_path: Path, element: str) -> None:
    assert of_html(tmp_path, f"<p>a</p><{element}><p>b</p>", ()).fields == ()


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Votre candidature", "Votre candidature"),
        (" Votre\n candidature  &amp; vous ", "Votre candidature & vous"),
        ("Offre pour «Poste»", "Offre pour {{ poste }}"),
        ("Untitled Document", ""),
        ("*|MC:SUBJECT|*", ""),
        ("lettre-2026.docx", ""),
        ("", ""),
    ],
)
def test_what_a_page_is_called_is_its_subject(tmp_path: Path, title: str, subject: str) -> None:
    page = f"<html><head><title>{title}</title></head><body><p>Bonjour,</p></body></html>"
    assert of_html(tmp_path, page, ("Poste",)).subject == subject


def test_a_line_that_says_the_subject_stays_one_in_a_page_without_a_name(tmp_path: Path) -> None:
    assert of_html(tmp_path, "<title>Document</title><p>Objet : Entretien</p><p>Bonjour,</p>").subject == "Entretien"
