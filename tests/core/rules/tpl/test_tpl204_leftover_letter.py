"""TPL204: Nothing is left of the letter that this one was made from."""

from __future__ import annotations

import datetime
from typing import Self

import pytest
from each_row import each_row
from lint_cases import LETTER, inspection_of
from rule_cases import case, cases_of, expect, found, letter

from mailmerge.lint import LintSettings
from mailmerge.lint.rules.tpl import tpl204_leftover_letter

THIS_YEAR = datetime.date.today().year

FOR_ALL = (
    "Merci de le retourner sous huit jours à Mme Roussel-Garat.",
    "Le groupe est accompagné par Mme Sanchez-Roy et M. Le Bihan.",
    "Le conseil syndical (Mme Pujol, M. Tran-Duc, Mlle Abadie) est à votre disposition.",
    "Vos interlocuteurs : Mme Roussel, bureau 214, ou M. Kone.",
    "Prévenez Mme Lacaze (4512).",
    "Vous serez reçue par Mme Lacaze.",
    "Le dossier est suivi avec M. Kone, son adjoint.",
    "Please return the form to Mrs Whitlock by Friday.",
    "The visit is led by Mr Haldane.",
    "Dites-le à Mme Baylac, notre gestionnaire.",
)
FOR_ONE = (
    ("Le poste libéré par Mme Garnier", "Mme Garnier"),
    ("Mme Garnier, votre dossier", "Mme Garnier"),
    ("Comme convenu avec Mme Garnier", "Mme Garnier"),
    ("Chère Mme Garnier, cher M. Lacaze,", "Mme Garnier"),
    ("Merci de le retourner à Mme Lefèvre", "Mme Lefèvre"),
)

FAILS = {
    "another person's name": case(
        letter("Chère Madame Garnier,"),
        expect(
            letter_line=11,
            excerpt="Madame Garnier",
            fingerprint="2ff80fbfe15e2023",
            says='lettre.md, line 11: "Madame Garnier" seems to be left over from another letter; every recipient would see it',
        ),
    ),
    "a date of another year": case(
        letter("Suite à notre entretien du 12 mars 2019,"),
        expect(
            letter_line=11,
            excerpt="12 mars 2019",
            fingerprint="129a24773b3563a1",
            says='lettre.md, line 11: "12 mars 2019" seems to be left over from another letter; every recipient would see it',
        ),
    ),
    "in English": case(
        letter("Dear Mr Smith, as agreed on 4 May 2018"),
        expect(
            letter_line=11,
            excerpt="Mr Smith",
            fingerprint="914c401710b348aa",
            says='lettre.md, line 11: "Mr Smith" seems to be left over from another letter; every recipient would see it',
        ),
        expect(
            letter_line=11,
            excerpt="4 May 2018",
            fingerprint="cf65d500ebba1b76",
            says='lettre.md, line 11: "4 May 2018" seems to be left over from another letter; every recipient would see it',
        ),
    ),
    "a name after a field": case(
        letter("{{ nom }}\nChère Madame Garnier,"),
        expect(
            letter_line=12,
            excerpt="Madame Garnier",
            fingerprint="2ff80fbfe15e2023",
            says='lettre.md, line 12: "Madame Garnier" seems to be left over from another letter; every recipient would see it',
        ),
    ),
    "a doctor in the middle of the letter": case(
        letter("Dr Castaing\n\nEn effet,\n\nles places\n\nsont\n\nprises."),
        expect(
            letter_line=11,
            excerpt="Dr Castaing",
            fingerprint="078db5d098202c9a",
            says='lettre.md, line 11: "Dr Castaing" seems to be left over from another letter; every recipient would see it',
        ),
    ),
    "a doctor who is written to": case(
        letter("Cher Dr Castaing,"),
        expect(
            letter_line=11,
            excerpt="Dr Castaing",
            fingerprint="078db5d098202c9a",
            says='lettre.md, line 11: "Dr Castaing" seems to be left over from another letter; every recipient would see it',
        ),
    ),
    "a long name": case(
        letter(f"Madame {'A' * 22} {'B' * 21}"),
        expect(
            letter_line=11,
            excerpt="Madame AAAAAAAAAAAAAAAAAAAAAA BBBBBBBBBBBBBBBBBBBBB",
            fingerprint="8506044c215a1bfb",
            says='lettre.md, line 11: "Madame AAAAAAAAAAAAAAAAAAAAAA BBBBBBBBBBBBBBBBBBB…" seems to be left over from another letter; every recipient would see it',
        ),
    ),
    "a law too far before": case(
        letter("loi " + "x" * 76 + " 12 mars 2019"),
        expect(
            letter_line=11,
            excerpt="12 mars 2019",
            fingerprint="129a24773b3563a1",
            says='lettre.md, line 11: "12 mars 2019" seems to be left over from another letter; every recipient would see it',
        ),
    ),
}
PASSES = {
    **{f"somebody there for all: {text}": letter(text) for text in FOR_ALL},
    "a square": letter("Venez place du Docteur Baylac."),
    "a date until which data are kept": letter("Vos données sont conservées jusqu'au 30 novembre 2098."),
    "both titles": letter("Madame, Monsieur,"),
    "a brand": letter("Un bon d'achat chez Mr. Bricolage, ou du pudding Dr. Oetker."),
    "a function": letter("Madame la Directrice,"),
    "who signs": lambda: inspection_of(
        letter=LETTER + "\nMme Claire Durand\n", settings=LintSettings(signatories=("Claire Durand",))
    ),
    "a doctor who signs": letter("Clinique du Parc\nDr Hélène Castaing"),
    "a professor who signs above an address": letter("Prof. Ute Brandt\nInstitut\n20095 Hamburg"),
    "a notary who signs in bold": letter("**Me Yann Kerbrat**"),
    "a notary who signs with the profession": letter("Maître Bertrand Lagarde, notaire associé"),
    "who signs below a formula": letter("Veuillez agréer, Madame, l'expression de nos sentiments.\n\nMme Odile Perrin"),
    "a surgeon to whom all may turn": letter("Vous pouvez joindre le Dr Castaing, chirurgien, le mardi."),
    "a firm": letter("Kanzlei Dr. Behrens & Partner, SCP Maître Lagarde et Associés, Dr. Kranz GmbH"),
    "whose part is said before": letter(
        "La présidente, Mme Solange Viguier, et la directrice du centre, Mme Colas, iront."
    ),
    "the date of a law": letter("règlement (UE) 2016/679 du 27 avril 2016"),
    "a law just near enough": letter("loi " + "x" * 75 + " 12 mars 2019"),
    "a law that begins the subject": lambda: inspection_of(letter="Subject: loi du 12 mars 2019\n\nBonjour,\n"),
    "a function without an article": letter("Madame Directrice, Monsieur Maire"),
    "this year and the next": letter(f"le 12 mars {THIS_YEAR} et le 13 mars {THIS_YEAR + 1}"),
}

test_fails, test_passes = cases_of("TPL204", FAILS, PASSES)
CLOSINGS = (
    "Bien à vous,", "À bientôt,", "Sportivement,", "Amicalement", "Bien sincèrement", "Fraternellement,",
    "In solidarity,", "With every blessing,", "All the best,", "Many thanks", "With kind regards",
    "Sportliche Grüße", "Mit kollegialen Grüssen", "Un saludo,", "Cari saluti", "Cordialmente", "Hartelijke groet,",
    "Groetjes", "Pozdrawiam", "Cumprimentos",
)  # fmt: skip


@each_row("closing", CLOSINGS)
def test_whoever_is_below_a_closing_signs(closing: str) -> None:
    signed = f"{closing}\n\nMme Kergoatec, directrice\nÉcole\nNantes\n44000\nFrance"
    assert found(letter(signed)(), "TPL204") == []


@pytest.mark.parametrize(
    ("today", "usual"),
    [((2026, 3, 31), {2025, 2026, 2027}), ((2026, 4, 1), {2026, 2027}), ((2026, 12, 1), {2026, 2027})],
)
def test_the_last_year_is_usual_until_march(
    today: tuple[int, int, int], usual: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Today(datetime.date):
        @classmethod
        def today(cls) -> Self:
            return cls(*today)

    monkeypatch.setattr(tpl204_leftover_letter.datetime, "date", Today)
    assert tpl204_leftover_letter._usual_years() == usual


DATED = (
    "Bitte antworten Sie bis zum 12. März 2019.",
    "Merci de répondre avant le 12 mars 2019.",
    "Please reply by 12 March 2019.",
    "Prosimy o odpowiedź do 12 marca 2019.",
    "Le rogamos responda antes del 12 de marzo de 2019.",
    "Si prega di rispondere entro il 12 marzo 2019.",
    "Responda até 12 de março de 2019.",
    "Graag uw antwoord vóór 12 maart 2019.",
)


@each_row("text", DATED)
def test_a_date_of_another_year_is_told_in_each_language(text: str) -> None:
    assert len(found(letter(text)(), "TPL204")) == 1
    assert found(letter(text.replace("2019", str(THIS_YEAR + 1)))(), "TPL204") == []


@each_row(
    "text",
    [
        "Satzung vom 12. März 2019",
        "Ley de 12 de marzo de 2019",
        "decreto del 12 marzo 2019",
        "Lei de 12 de março de 2019",
        "ustawa z 12 marca 2019",
        "Zgodnie z ustawą z dnia 12 marca 2019",
        "na podstawie umowy z 12 marca 2019",
        "rozporządzeniem z 12 marca 2019",
        "uchwałą z 12 marca 2019",
        "ai sensi del d.lgs. 12 marzo 2019",
        "D. Lgs. 12 marzo 2019",
        "il d.P.R. 12 marzo 2019",
        "gemäß Gesetzes vom 12. März 2019",
        "nach dem Beschluss des Vorstands vom 12. März 2019",
        "la portaria de 12 de março de 2019",
        "la orden de 12 de marzo de 2019",
        "la circulaire du 12 mars 2019",
        "wet van 12 maart 2019",
        "Seit dem 12. März 2019",
        "la Ordenanza fiscal n.º 14 de 12 de marzo de 2019",
        "a termini dell'ordinanza del 12 marzo 2019",
        "der Erlass vom 12. März 2019",
        "zarządzenie z dnia 12 marca 2019",
        "paru au Journal officiel du 12 mars 2019",
        "Staatsblad van 12 maart 2019",
    ],
)
def test_the_date_of_a_law_is_one_in_each_language(text: str) -> None:
    assert found(letter(text)(), "TPL204") == []


@each_row("text, name", FOR_ONE)
def test_who_has_no_part_for_all_or_a_namesake_in_the_table_is_told_of(text: str, name: str) -> None:
    assert name in [finding.excerpt for finding in found(letter(text)(), "TPL204")]


def test_two_who_are_greeted_are_no_list() -> None:
    assert len(found(letter("Bonjour Mme Garnier, M. Lacaze,")(), "TPL204")) == 2


@each_row(
    "title", ("Frau", "Herrn", "Sig.ra", "Sig.", "Señora", "Sr.", "Pani", "Pana", "mevrouw", "de heer", "Senhora")
)
def test_a_surname_of_the_table_behind_any_title_is_left_over(title: str) -> None:
    for name, told in (("Dupont", 1), ("Lefèvre", 1), ("Garrigue", 0)):
        findings = found(inspection_of(letter=f"{LETTER}\nWir danken {title} {name} sehr.\n"), "TPL204")
        assert len(findings) == told, name
