"""The catalogues that are there: whole, up to date, and written as a typesetter of the language would."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from catalogue_faults import NARROW, NBSP, faults
from each_row import each_row
from house_source import translatable

from mailmerge.i18n import DOMAIN, LOCALE


def wrong(catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, text by text."""
    french = str(catalogue.locale) == "fr"
    if french and "n > 1" not in catalogue.plural_expr:
        yield "0 is singular in French"
    for message in catalogue:
        if message.id:
            yield from (f"{message.id!r}: {fault}" for fault in _wrong(message, catalogue.num_plurals, french=french))


def _wrong(message: Message, plurals: int, *, french: bool) -> Iterator[str]:
    if message.fuzzy:
        yield "it is fuzzy"
    if isinstance(message.id, str):
        yield from faults(message.id, str(message.string or ""), french=french)
        return
    one, many = message.id
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if len(forms) != plurals:
        yield f"it has {len(forms)} plural forms, not {plurals}"
    for number, form in enumerate(forms):
        found = list(faults(many, str(form or ""), french=french))
        if number == 0 and "its places are others" in found:  # "one message": the number may go without saying
            found = list(faults(one, str(form or ""), french=french))
        yield from found


def missing(catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """Texts that only one of the two has."""
    here, there = ({(message.id, message.context) for message in each if message.id} for each in (catalogue, template))
    yield from (f"{text!r} is not in the catalogue" for text, _ in there - here)
    yield from (f"{text!r} is not in the program" for text, _ in here - there)


def read(path: Path) -> Catalog:
    """A catalogue as it is committed."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, domain=DOMAIN)


def test_each_catalogue_is_whole_up_to_date_and_well_set() -> None:
    template = translatable()
    catalogues = {path: read(path) for path in LOCALE.glob("*/LC_MESSAGES/*.po")}
    found = {path: [*missing(each, template), *wrong(each)] for path, each in catalogues.items()}
    assert {path: faults for path, faults in found.items() if faults} == {}


def catalogue(
    text: str | tuple[str, str],
    translation: str | tuple[str, ...],
    *,
    flags: tuple[str, ...] = (),
    context: str | None = None,
) -> Catalog:
    """A French catalogue of one text, as it is read again."""
    made = Catalog(locale="fr", domain=DOMAIN)
    made.mime_headers = [("Plural-Forms", "nplurals=2; plural=(n > 1);")]
    made.add(text, translation, flags=flags, context=context)
    file = BytesIO()
    write_po(file, made)
    file.seek(0)
    return read_po(file, locale="fr", domain=DOMAIN)


@each_row(
    ("text", "translation"),
    [
        ("{who} is late", "c’est en retard"),
        ("{who} is late", "{qui} arrive trop tard"),
        ("{count:,} rows", "{count} lignes"),
        ("write {{{{ {name} }}}}", "écrivez {{{{ {name} }}}"),
        ("{who} is late", "{who} }trop tard"),
        ("{who} is late", "{who} {{trop} tard"),
        ("send it", ""),
        ("send it", " "),
        ("note: {note}", "note : {note}"),
        ("note: {note}", "note: {note}"),
        ("note: {note}", f"note{NARROW}: {{note}}"),
        ("Name:", "Nom"),
        ("Name", f"Nom{NBSP}:"),
        ("Stop?", "Arrêter ?"),
        ("Stop?", "Arrêter?"),
        ("it is; wait", "c’est fait ; attendez"),
        ("it is; wait", "c’est fait; attendez"),
        ("{n} %", "{n} %"),
        ('the column "{name}"', "la colonne « {name} »"),
        ('the column "{name}"', "la colonne «{name}»"),
        ('the column "{name}"', f"la colonne «{NBSP}{{name}} »"),
        ("it's over", "c’est fini,\nl'envoi"),
        ("Still checking …", "Contrôle en cours..."),
        ("Still checking …", "Contrôle en cours …"),
        ("Reading {names} …", "Lecture de {names} …"),
        ("with --resume, go on", "avec --reprendre, continuez"),
        ("see LST105", "voyez LST106"),
        ("press F1", "appuyez sur F2"),
        ("press Ctrl+R", "appuyez sur Ctrl+S"),
        ("`mailmerge check`", "`mailmerge contrôler`"),
        ("set MAILMERGE_HOME", "réglez MAILMERGE_MAISON"),
        ("see config.toml", "voyez reglages.toml"),
        ("read https://x.example/a", "lisez https://y.example/a"),
        ("one\n\ntwo", "un\ndeux"),
        ("one\n", "un"),
        (" one", "un"),
        ("\b\nExample: a", f"Exemple{NBSP}: a"),
        (("{count} message", "{count} messages"), ("{count} message", "messages")),
        (("{count} message", "{count} messages"), ("{count} message", "")),
    ],
)
def test_a_fault_of_a_translation_is_seen(text: str | tuple[str, str], translation: str | tuple[str, ...]) -> None:
    assert list(wrong(catalogue(text, translation)))


@each_row(
    ("text", "translation"),
    [
        ("{who}: {value}", f"{{who}}{NBSP}: {{value}}"),
        ("a letter uses {field}, not listed in Fields:", "la lettre utilise {field}, absent de Fields:"),
        ("at 14:05", "à 14:05"),
        ("{hour}:{minute:02}", "{hour} h {minute:02}"),
        ("see https://x.example/?a=1", "voyez https://x.example/?a=1"),
        ("the delimiter ;", f"le séparateur «{NBSP};{NBSP}»"),
        ("Stop?", f"Arrêter{NBSP}?"),
        ("Still checking …", "Contrôle en cours…"),
        ("{{% if x %}} … {{% endif %}}", "{{% if x %}} … {{% endif %}}"),
        ("{n} %", f"{{n}}{NBSP}%"),
        ("write `name = 'x'`", "écrivez `name = 'x'`"),
        ('say "{x}"', f"dites «{NBSP}{{x}}{NBSP}»"),
        ("such as a;b, or #NOM?, or {% x %}", "comme a;b, ou #NOM?, ou {% x %}"),
        ("{{ fields }} in it", "des {{ champs }}"),
        ("No option {name!r}.", "Pas d’option {name!r}."),
        (("one message", "{count} messages"), ("un message", "{count} messages")),
        (("{count} message", "{count} messages"), ("{count} message", "{count} messages")),
        ("\b\nExample: {{ a }}", f"\b\nExemple{NBSP}: {{{{ a }}}}"),
    ],
)
def test_a_good_translation_is_left_alone(text: str | tuple[str, str], translation: str | tuple[str, ...]) -> None:
    assert list(wrong(catalogue(text, translation))) == []


def test_a_fuzzy_text_a_missing_one_and_an_old_one_are_seen() -> None:
    made = catalogue("Stop", "Arrêter", flags=("fuzzy",))
    assert list(wrong(made)) == ["'Stop': it is fuzzy"]
    assert list(missing(made, catalogue("Go", "Partir"))) == [
        "'Go' is not in the catalogue",
        "'Stop' is not in the program",
    ]
    assert list(missing(made, catalogue("Stop", "Arrêter", context="message")))
    assert list(missing(made, made)) == []
