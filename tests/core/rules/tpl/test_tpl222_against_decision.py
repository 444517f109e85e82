"""TPL222: a letter says what the table says was decided."""

from __future__ import annotations

from pathlib import Path

from each_row import each_row
from lint_cases import HEADERS, PEOPLE, inspection_of, table_of
from rule_cases import Case, case, cases_of, expect, found

from mailmerge.lint.rules.tpl.verdicts import LetterVerdict, verdict_of_letter

TEMPLATES = Path(__file__).parents[4] / "templates"

NO = "Nous ne pouvons pas donner suite à votre candidature."
YES = "Nous avons le plaisir de vous annoncer que votre candidature est retenue."
DECIDED = ("Oui", "Non", "Non", "En attente", "Non", "")


def decided(header: str, values: tuple[str, ...] = DECIDED, text: str = NO) -> Case:
    """A column of decisions, about as many of the people as there are values, and what all of them read."""
    return columns((header,), tuple((value,) for value in values), text)


def columns(headers: tuple[str, ...], values: tuple[tuple[str, ...], ...], text: str = NO) -> Case:
    rows = [(*row, *several) for row, several in zip(PEOPLE, values, strict=False)]
    letter = f"Subject: x\n\nBonjour {{{{ civilite }}}} {{{{ nom }}}},\n\n{text}\n"
    return lambda: inspection_of(table_of(rows, (*HEADERS, *headers)), letter)


def chosen(one: str, other: str) -> str:
    """A letter that chooses between two texts by the decision."""
    return f"{{% if decision == 'Oui' %}}{one}{{% else %}}{other}{{% endif %}}"


FAILS = {
    "a refusal for somebody who was chosen": case(
        decided("Décision"),
        expect(
            record=1,
            line=2,
            field="decision",
            excerpt="Oui",
            fingerprint="3b87331776fb41b8",
            says='lettre.md reads as a refusal, but "Décision" says "Oui" for Inès Petit (line 2)',
            fix="Choose who gets this letter, such as where = \"decision == 'Non'\" in campaign.toml; if the column "
            "means something else, no action is needed.",
        ),
    ),
    "good news for those who were refused": case(
        decided("Statut final", ("Retenue", "Refusé", "Non retenue", "Retenu", "", ""), YES),
        expect(
            record=2,
            line=3,
            field="statut_final",
            affected=(2, 3),
            excerpt="Refusé",
            fingerprint="a059bdac9342dba8",
            says='lettre.md reads as good news, but "Statut final" says "Refusé", "Non retenue" for Jean Dupont (line 3) '
            "and Zoé Lefèvre (line 4)",
            fix="Choose who gets this letter, such as where = \"statut_final in ['Retenue', 'Retenu']\" in campaign.toml; "
            "if the column means something else, no action is needed.",
        ),
    ),
    "a refusal in the branch of those who were chosen": case(
        decided("Décision", ("Oui", "Non", "Non", "En attente", "Non", ""), chosen(NO, YES)),
        expect(
            record=1,
            line=2,
            field="decision",
            excerpt="Oui",
            fingerprint="b7514485c79b4376",
            says='where "Décision" says "Oui", lettre.md reads as a refusal: Inès Petit (line 2) would get it',
            fix='Check the conditions on "Décision" in lettre.md: their texts may have been swapped.',
        ),
        expect(
            record=2,
            line=3,
            field="decision",
            affected=(2, 3, 5),
            excerpt="Non",
            fingerprint="2dfff4e8023a754f",
            says='where "Décision" says "Non", lettre.md reads as good news: Jean Dupont (line 3), Zoé Lefèvre (line 4) '
            "and 1 more would get it",
            fix='Check the conditions on "Décision" in lettre.md: their texts may have been swapped.',
        ),
    ),
}
PASSES = {
    "the branches of both": decided("Décision", text=chosen(YES, NO)),
    "another column says what the branch says": columns(
        ("Résultat du test", "Décision"),
        (("Défavorable", "Retenu"), ("Favorable", "Refusé"), ("Défavorable", "Refusé")),
        "{% if decision == 'Retenu' %}" + YES + "{% elif resultat_du_test == 'Favorable' %}" + NO + "{% endif %}",
    ),
    "everybody reads what was decided": decided("Décision", ("Non", "Non", "Non", "En attente", "Non", "")),
    "a column that says the same of everybody": decided("Statut", ("Accepté",) * 6),
    "a letter that says neither": decided("Décision", text="Voici le programme de la journée."),
    "a letter that says both": decided("Décision", text=f"{NO}\n{YES}"),
    "a letter that chooses its words by the column": decided(
        "Décision", text="{% if decision == 'Oui' %}Bravo.{% else %}Nous ne pouvons pas donner suite.{% endif %}"
    ),
    "answers to another question": decided("Permis B", ("Oui", "Non", "Oui", "Non", "Oui", "Non")),
    "what was decided of something else": decided(
        "Candidature de 2024", ("Retenue", "Refusée", "Refusée", "Refusée", "", "")
    ),
    "a column mostly of remarks": decided("Résultat", ("Retenu", "Refusé", "à revoir", "moyen", "bien", "hésite")),
}

test_what_it_finds, test_what_it_leaves_alone = cases_of("TPL222", FAILS, PASSES)


TESTED = (("Favorable", "Retenu"), ("Favorable", "Refusé"), ("Défavorable", "Refusé"))


def told(campaign: Case) -> list[tuple[int, ...]]:
    return [each.affected for each in found(campaign(), "TPL222")]


LAST = {
    ("Résultat du test", "Décision finale"): "decision_finale",
    ("Décision", "Résultat du test"): "decision",
    ("Décision finale", "Décision"): "decision_finale",
    ("Statut final", "Décision"): "statut_final",
    ("Décision", "Verdict"): "verdict",
    ("Statut", "Résultat du test"): "resultat_du_test",
}


@each_row(("headers", "last"), LAST.items())
def test_what_was_decided_last_counts(headers: tuple[str, str], last: str) -> None:
    for values in (TESTED, tuple((second, first) for first, second in TESTED)):
        (finding,) = found(columns(headers, values)(), "TPL222")
        assert (finding.field, finding.affected) == (last, (1,))


def test_where_another_column_says_what_the_letter_says_nothing_is_told() -> None:
    in_doubt = (("Défavorable", "Retenu"), ("Favorable", "Refusé"), ("Défavorable", "Refusé"))
    assert told(columns(("Résultat du test", "Décision"), in_doubt)) == []


REFUSALS = {
    "fr": "Votre candidature n'a malheureusement pas été retenue.",
    "fr, other words": "Nous ne pourrons donc pas vous proposer de rencontre.",
    "en": "Unfortunately you have not been selected this time.",
    "en, other words": "We regret to inform you that we will not be progressing your application.",
    "de": "Wir haben uns leider nicht für Sie entschieden.",
    "es": "Le informamos de que no ha sido seleccionada.",
    "it": "La sua candidatura non è stata selezionata.",
    "pt": "A sua candidatura não foi selecionada.",
    "pl": "Pana kandydatura nie została przyjęta.",
    "nl": "U bent niet geselecteerd.",
}
GOOD_NEWS = {
    "fr": "Félicitations, votre dossier est accepté !",
    "fr, other words": "Vous êtes admise en première année.",
    "en": "We are delighted to offer you the post.",
    "en, other words": "You have been selected.",
    "de": "Wir freuen uns, Ihnen die Stelle anbieten zu können, und möchten sie Ihnen anbieten.",
    "es": "Nos complace comunicarle que ha sido seleccionada.",
    "it": "Siamo lieti di accoglierla.",
    "pt": "Parabéns!",
    "pl": "Gratulujemy!",
    "nl": "Gefeliciteerd met uw nieuwe baan.",
}
CELLS = {
    "fr": ("Retenue", "Non retenue"),
    "en": ("Hired", "Rejected"),
    "de": ("Zusage", "Absage"),
    "es": ("Admitido", "No admitido"),
    "it": ("Ammessa", "Respinta"),
    "pt": ("Aprovado", "Reprovado"),
    "pl": ("Przyjęta", "Odrzucona"),
    "nl": ("Aangenomen", "Afgewezen"),
}


@each_row("language", REFUSALS)
def test_a_refusal_is_read_in_every_language(language: str) -> None:
    yes, no = CELLS[language[:2]]
    assert told(decided("Status", (no, yes, no), REFUSALS[language])) == [(2,)]


@each_row("language", GOOD_NEWS)
def test_good_news_is_read_in_every_language(language: str) -> None:
    yes, no = CELLS[language[:2]]
    assert told(decided("Status", (no, yes, yes), GOOD_NEWS[language])) == [(1,)]


READ = {
    "Vous n'êtes pas admis.": LetterVerdict.REFUSED,
    "Nous sommes au regret de ne pouvoir retenir votre candidature.": LetterVerdict.REFUSED,
    "Votre candidature n'a pu être retenue.": LetterVerdict.REFUSED,
    "Votre candidature a retenu toute notre attention, mais nous ne pouvons y donner suite.": LetterVerdict.REFUSED,
    "Nous avons décidé de ne pas poursuivre.": LetterVerdict.REFUSED,
    "Il ne nous est pas possible d'y donner une suite favorable.": LetterVerdict.REFUSED,
    "Il nous est impossible de donner suite.": LetterVerdict.REFUSED,
    "Le poste a finalement été pourvu.": LetterVerdict.REFUSED,
    "Nous ne l'avons pas retenue.": LetterVerdict.REFUSED,
    "We won't be moving forward.": LetterVerdict.REFUSED,
    "We have chosen someone else.": LetterVerdict.REFUSED,
    "Leider müssen wir Ihnen absagen.": LetterVerdict.REFUSED,
    "Vous êtes retenue pour un entretien.": LetterVerdict.ACCEPTED,
    "Votre candidature a retenu notre attention.": None,
    "Votre candidature a bien été reçue, et votre dossier est complet.": None,
    "Nous vous confirmons votre rendez-vous.": None,
    "Vous avez été nombreux à nous écrire.": None,
    "Your application makes us want to know you better.": None,
}


@each_row("text", READ)
def test_only_words_that_leave_no_doubt_are_read(text: str) -> None:
    assert verdict_of_letter(text) == READ[text]


INVITED = {
    "fr": ("Entretien", "Refus", "Nous vous proposons un premier entretien."),
    "fr, in several words": ("Convoquée en entretien", "Refus après entretien", "Nous vous invitons à un entretien."),
    "fr, in the conditional": ("À rencontrer", "KO", "Nous souhaiterions vous rencontrer."),
    "en": ("Interview", "Declined", "We would like to invite you to an interview."),
    "en, in several words": ("Invite to interview", "Not selected", "We invite you to a first interview."),
    "de": ("Zum Gespräch eingeladen", "Absage", "Wir laden Sie herzlich zu einem Gespräch ein."),
    "es": ("Entrevista", "Descartada", "Le invitamos a una entrevista."),
    "it": ("Colloquio", "Respinta", "La invitiamo a un colloquio."),
    "pt": ("Entrevista", "Recusada", "Convidamos a senhora para uma entrevista."),
    "pl": ("Zaproszona", "Odmowa", "Zapraszamy Panią na rozmowę."),
    "nl": ("Gesprek", "Afgewezen", "Wij nodigen u graag uit voor een gesprek."),
}


@each_row("language", INVITED)
def test_who_is_invited_is_not_refused(language: str) -> None:
    invited, refused, letter = INVITED[language]
    assert told(decided("Décision", (refused, invited, refused), REFUSALS[language[:2]])) == [(2,)]
    assert told(decided("Décision", (refused, invited, refused), letter)) == [(1, 3)]


@each_row("header", ["Avis", "Avis final", "Avis du manager", "Décision RH", "Verdict", "Outcome", "Final decision"])
@each_row("cells", [("Oui", "Non"), ("Favorable", "Défavorable"), ("OK", "KO"), ("Entretien", "Refus")])
def test_a_column_of_decisions_has_many_names(header: str, cells: tuple[str, str]) -> None:
    yes, no = cells
    assert told(decided(header, (no, yes, no))) == [(2,)]


@each_row("cell", ["Entretien effectué", "Après entretien", "Entretien annulé", "Rencontré", "Interviewed", ""])
def test_an_interview_that_is_over_says_nothing(cell: str) -> None:
    assert told(decided("Décision", ("Refus", cell, "Retenue", "Refus"))) == [(3,)]


@each_row("header", ["Statut", "Étape", "Résultat"])
def test_an_interview_is_a_decision_below_a_header_of_decisions_only(header: str) -> None:
    assert told(decided(header, ("Refus", "Entretien", "Refus"))) == []


@each_row("name", [path.name for path in TEMPLATES.glob("*.md")])
def test_the_starter_letters_are_read_as_what_they_are(name: str) -> None:
    said = verdict_of_letter((TEMPLATES / name).read_text(encoding="utf-8"))
    kind, _, _ = name.partition("-")
    assert said == {"rejection": LetterVerdict.REFUSED, "interview": LetterVerdict.ACCEPTED}.get(kind)
