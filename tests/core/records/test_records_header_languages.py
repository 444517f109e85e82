"""Headers are known in the languages of Europe, however their letters are written: capitals, dots, final letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.errors import EmailColumnUnclear
from mailmerge.records import read_table
from mailmerge.records.columns import name_words
from mailmerge.records.columns.header_synonyms import EMAIL_STEMS
from mailmerge.records.columns.headers import header_is_email, header_words, name_header

LANGUAGES: dict[str, tuple[str, str, str, str, str]] = {
    "bg": ("Име", "Фамилия", "Име и фамилия", "Имейл адрес", "Имейл на ръководител"),
    "cs": ("Jméno", "Příjmení", "Jméno a příjmení", "E-mailová adresa", "E-mail nadřízeného"),
    "cy": ("Enw cyntaf", "Cyfenw", "Enw llawn", "E-bost", "Manager e-mail"),
    "da": ("Fornavn", "Efternavn", "Fornavn og efternavn", "E-mailadresse", "Leders e-mail"),
    "de": ("Vorname", "Nachname", "Vor- und Nachname", "E-Mail-Adresse", "E-Mail Führungskraft"),
    "el": ("Όνομα", "Επώνυμο", "Ονοματεπώνυμο", "Διεύθυνση email", "Email προϊσταμένου"),
    "en": ("First name", "Surname", "Full name", "E-mail address", "Manager e-mail"),
    "es": ("Nombre", "Apellidos", "Nombre y apellidos", "Correo electrónico", "Correo del jefe"),
    "et": ("Eesnimi", "Perekonnanimi", "Ees- ja perekonnanimi", "E-posti aadress", "Juht e-post"),
    "fi": ("Etunimi", "Sukunimi", "Koko nimi", "Sähköpostiosoite", "Esimiehen sähköposti"),
    "fr": ("Prénom", "Nom", "Nom et prénom", "Adresse électronique", "Courriel du responsable"),
    "ga": ("Ainm", "Sloinne", "Ainm agus sloinne", "Ríomhphost", "Manager e-mail"),
    "hr": ("Ime", "Prezime", "Ime i prezime", "E-pošta", "E-pošta voditelj"),
    "hu": ("Keresztnév", "Vezetéknév", "Teljes név", "E-mail cím", "Vezető e-mail"),
    "hu, the other words": ("Utónév", "Családi név", "Dolgozó neve", "E-mail cím", "Vezető e-mail"),
    "is": ("Fornafn", "Eftirnafn", "Fullt nafn", "Netfang", "Manager e-mail"),
    "it": ("Nome", "Cognome", "Nome e cognome", "Indirizzo e-mail", "E-mail del responsabile"),
    "lt": ("Vardas", "Pavardė", "Vardas, pavardė", "El. pašto adresas", "Vadovo el. paštas"),
    "lv": ("Vārds", "Uzvārds", "Vārds un uzvārds", "E-pasta adrese", "Vadītāja e-pasts"),
    "mt": ("Isem", "Kunjom", "Isem u kunjom", "Posta elettronika", "Manager e-mail"),
    "nl": ("Voornaam", "Achternaam", "Volledige naam", "E-mailadres", "E-mail leidinggevende"),
    "no": ("Fornavn", "Etternavn", "For- og etternavn", "E-postadresse", "Leders e-post"),
    "pl": ("Imię", "Nazwisko", "Imię i nazwisko", "Adres e-mail", "E-mail przełożonego"),
    "pt": ("Nome", "Apelido", "Nome completo", "Correio eletrónico", "E-mail da chefia"),
    "ro": ("Prenume", "Nume", "Nume și prenume", "Adresă de e-mail", "E-mail șef"),
    "sk": ("Meno", "Priezvisko", "Meno a priezvisko", "E-mailová adresa", "E-mail nadriadeného"),
    "sl": ("Ime", "Priimek", "Ime in priimek", "E-poštni naslov", "E-pošta vodja"),
    "sv": ("Förnamn", "Efternamn", "För- och efternamn", "E-postadress", "E-post chef"),
    "tr": ("İsim", "Soyisim", "İsim - Soyisim", "E-posta adresi", "Yönetici e-posta"),
    "tr, the other word": ("Ad", "Soyadı", "Adı Soyadı", "EPOSTA", "Müdür e-posta"),
    "uk": ("Ім'я", "Прізвище", "Ім'я та прізвище", "Електронна пошта", "Керівник e-mail"),
    "vi": ("Tên", "Họ", "Họ và tên", "Thư điện tử", "Manager e-mail"),
    "vi, the other words": ("Tên", "Họ và tên đệm", "Họ tên", "Địa chỉ email", "Manager e-mail"),
}


def turkish_capitals(text: str) -> str:
    return text.replace("i", "İ").replace("ı", "I").upper()


FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "small letters": str.lower,
    "folded": str.casefold,
    "combining marks": lambda text: unicodedata.normalize("NFD", text),
    "small with combining marks": lambda text: unicodedata.normalize("NFD", text.lower()),
    "Turkish capitals": turkish_capitals,
    "Turkish capitals, combined": lambda text: unicodedata.normalize("NFD", turkish_capitals(text)),
    "wide": lambda text: text.translate({code: code + 0xFEE0 for code in range(0x41, 0x7B) if chr(code).isalpha()}),
    "no-break": lambda text: text.replace(" ", "\u00a0"),
    "soft hyphen": lambda text: f"{text[:2]}\u00ad{text[2:]}",
}
PEOPLE = [("Zoé", "Arslan"), ("Paul", "Petit"), ("Ana", "Gil"), ("Luc", "Yıldız"), ("Inès", "Öz")]


@each_row("form", FORMS)
@each_row("language", LANGUAGES)
def test_names_and_addresses_are_found_in_every_language(tmp_path: Path, language: str, form: str) -> None:
    first, last, full, email, manager = map(FORMS[form], LANGUAGES[language])
    path = tmp_path / "table.csv"
    rows = [
        [manager, first, last, email],
        *([f"m{n % 2}@x.example", one, other, f"u{n}@x.example"] for n, (one, other) in enumerate(PEOPLE)),
    ]
    path.write_text("\n".join(";".join(row) for row in rows), "utf-8-sig")
    table = read_table(path)
    records = [[table.value(each, name) for name in (table.columns.first_name, table.columns.last_name)]
               for each in table.records]  # fmt: skip
    assert records == [list(person) for person in PEOPLE]
    assert table.value(table.records[0], table.columns.email) == "u0@x.example"
    rows = [[full, manager, email], *([f"{' '.join(PEOPLE[n])}", row[0], row[3]] for n, row in enumerate(rows[1:]))]
    path.write_text("\n".join(";".join(row) for row in rows), "utf-8-sig")
    table = read_table(path)
    assert table.value(table.records[3], table.columns.full_name) == "Luc Yıldız"
    assert table.value(table.records[3], table.columns.email) == "u3@x.example"


WORDS = [
    word
    for several in (
        name_words.FIRST_NAME, name_words.LAST_NAME, name_words.FULL_NAME, name_words.NAME, sorted(EMAIL_STEMS),
    )
    for word in several
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_word_that_is_known_is_known_in_every_form_of_its_letters(form: str) -> None:
    for word in WORDS:
        written = FORMS[form](word)
        assert header_words(written) == header_words(word), written
        assert name_header(written) == name_header(word), written
        assert header_is_email(written) == header_is_email(word), written


@pytest.mark.parametrize(
    ("one", "other"),
    [("Straße", "STRASSE"), ("Straße", "STRAẞE"), ("Επώνυμος", "ΕΠΏΝΥΜΟΣ"), ("İsim", "i̇sim"), ("ısı", "ISI")],
)
def test_letters_that_differ_only_in_case_are_the_same(one: str, other: str) -> None:
    assert header_words(one) == header_words(other)


FIRST_AND_SECOND = {
    "cs": ("Primární e-mail", "Alternativní e-mail"),
    "da": ("Primær mail", "Sekundær mail"),
    "de": ("Primäre E-Mail-Adresse", "Sekundäre E-Mail-Adresse"),
    "fi": ("Ensisijainen sähköposti", "Toissijainen sähköposti"),
    "fr": ("Adresse électronique principale", "Adresse électronique secondaire"),
    "hr": ("Glavna e-pošta", "Druga e-pošta"),
    "hu": ("Elsődleges e-mail", "Másodlagos e-mail"),
    "nl": ("Eerste e-mail", "Tweede e-mail"),
    "pl": ("Podstawowy e-mail", "Dodatkowy e-mail"),
    "ro": ("E-mail principal", "E-mail secundar"),
    "ru": ("Адрес электронной почты", "Альтернативный адрес электронной почты"),
    "ru, Outlook": ("Адрес эл. почты", "Адрес 2 эл. почты"),
    "sk": ("Primárna e-mailová adresa", "Sekundárna e-mailová adresa"),
    "sv": ("Primär e-post", "Sekundär e-post"),
    "tr": ("Birincil e-posta", "İkincil e-posta"),
    "tr, Outlook": ("Elektronik Posta Adresi", "Elektronik Posta 2 Adres"),
}


WORK_AND_HOME = {
    "bg": ("Служебен имейл", "Личен имейл"),
    "cs": ("Pracovní e-mail", "Soukromý e-mail"),
    "da": ("Arbejdsmail", "Privat mail"),
    "de": ("Firmenmail", "Privatmail"),
    "de, the other words": ("Betriebliche E-Mail-Adresse", "Private E-Mail-Adresse"),
    "en": ("Corporate email", "Personal email"),
    "es": ("Correo corporativo", "Correo personal"),
    "fi": ("Työ sähköposti", "Henkilökohtainen sähköposti"),
    "fr": ("Courriel professionnel", "Courriel personnel"),
    "hr": ("Službeni e-mail", "Privatni e-mail"),
    "hu": ("Munkahelyi e-mail", "Személyes e-mail"),
    "it": ("E-mail aziendale", "E-mail personale"),
    "lt": ("Darbo el. paštas", "Asmeninis el. paštas"),
    "nl": ("Zakelijk e-mailadres", "Privé e-mailadres"),
    "no": ("Jobb e-post", "Privat e-post"),
    "pl": ("E-mail służbowy", "E-mail prywatny"),
    "pl, the other words": ("Firmowy adres e-mail", "Osobisty adres e-mail"),
    "pt": ("E-mail de serviço", "E-mail pessoal"),
    "ro": ("E-mail de serviciu", "E-mail personal"),
    "ru": ("Рабочая электронная почта", "Личная электронная почта"),
    "sk": ("Pracovný e-mail", "Súkromný e-mail"),
    "sl": ("Poslovna e-pošta", "Zasebni e-poštni naslov"),
    "tr": ("Kurumsal e-posta", "Kişisel e-posta"),
    "uk": ("Робоча електронна пошта", "Особиста електронна пошта"),
}


@each_row("language", WORK_AND_HOME)
def test_an_address_of_work_or_home_is_ones_own_in_every_language(tmp_path: Path, language: str) -> None:
    path = tmp_path / "table.csv"
    for header in WORK_AND_HOME[language]:
        path.write_text(f"Name;Surname;{header}\nZoé;Faure;k7@x.example\nPaul;Petit;q2@y.example\n", "utf-8")
        table = read_table(path)
        assert table.header(table.columns.email) == header
    headers = ";".join(WORK_AND_HOME[language])
    path.write_text(f"Name;Surname;{headers}\nZoé;Faure;z.faure@x.example;k7@y.example\n", "utf-8")
    with pytest.raises(EmailColumnUnclear):
        read_table(path)


@each_row("language", FIRST_AND_SECOND)
def test_the_first_address_is_taken_beside_a_second_in_every_language(tmp_path: Path, language: str) -> None:
    first, second = FIRST_AND_SECOND[language]
    for filled, is_first in [(f, w) for f in (0, 2, 5) for w in (True, False)]:
        path = tmp_path / "table.csv"
        rows = [[f"u{n}@x.example", f"p{n}@y.example" if n < filled else ""] for n in range(5)]
        lines = [[first, second], *rows] if is_first else [[second, first], *(row[::-1] for row in rows)]
        path.write_text("\n".join(";".join([f"N{n}", *line]) for n, line in enumerate(lines)), "utf-8-sig")
        table = read_table(path)
        assert table.header(table.columns.email) == first, (filled, is_first)


BESIDE_SURNAME = [("Name", "Surname"), ("Name", "Last name"), ("Naam", "Achternaam"), ("Navn", "Efternavn"),
                  ("Namn", "Efternamn"), ("Név", "Vezetéknév"), ("Name", "Nachname"),
                  ("İlk Adı", "Soyadı")]  # fmt: skip


@each_row(("name", "surname"), BESIDE_SURNAME)
def test_a_single_name_beside_a_surname_is_the_first_name(tmp_path: Path, name: str, surname: str) -> None:
    path = tmp_path / "table.csv"
    rows = [[name, surname, "Login", "E-mail"], *([one, two, one, f"{one}@x.example".lower()] for one, two in PEOPLE)]
    path.write_text("\n".join(";".join(row) for row in rows), "utf-8-sig")
    table = read_table(path)
    columns = table.columns
    assert (table.header(columns.first_name), table.header(columns.last_name)) == (name, surname)


@each_row("name", ["Name", "Ad", "Naam"])
def test_a_name_that_repeats_the_surname_beside_it_is_the_whole_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "table.csv"
    rows = [
        [name, "Soyad", "E-mail"],
        *([f"{one} {two}", two, f"u{n}@x.example"] for n, (one, two) in enumerate(PEOPLE)),
    ]
    path.write_text("\n".join(";".join(row) for row in rows), "utf-8-sig")
    table = read_table(path)
    assert (table.header(table.columns.full_name), table.columns.first_name) == (name, "")


@each_row("header", ["Login", "Username", "Pseudo", "Benutzername", "Nickname"])
def test_what_somebody_signs_in_with_is_no_first_name(tmp_path: Path, header: str) -> None:
    path = tmp_path / "table.csv"
    rows = [["Surname", header, "E-mail"], *([two, one, f"{one}@x.example".lower()] for one, two in PEOPLE)]
    path.write_text("\n".join(";".join(row) for row in rows), "utf-8-sig")
    assert read_table(path).columns.first_name == ""


def test_an_advertisement_is_nobodys_first_name(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Ad;Surname;Email\n" + "\n".join(f"A-10{n};Petit{n};u{n}@x.example" for n in range(5)), "utf-8")
    table = read_table(path)
    assert (table.columns.first_name, table.columns.last_name) == ("", "surname")
