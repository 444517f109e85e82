"""In which language a letter is written: its words say so, and the document adds the country."""

from __future__ import annotations

from collections.abc import Iterable

from mailmerge.regex import regex

_WORDS = {
    "fr": "vous votre vos nous notre les est dans avec pour sur aux bonjour cher chère chers madame monsieur merci "
    "cordialement salutations distinguées veuillez agréer plaisir",
    "en": "the and you your our with dear this from please of to sincerely regards hello hi thanks yours",
    "de": "und ihr ihre ihren ihrem wir uns dem das für ist auf nicht sehr geehrte geehrter geehrtes grüßen grüssen "
    "freundlichen freundliche herr herrn frau sie liebe lieber viele grüße grüsse zum zur",
    "es": "usted ustedes el los las sus estimado estimada estimados saludo saludos y nuestra nuestro gracias "
    "atentamente señor señora hola",
    "it": "il gli dello nella suo di gentile cordiali saluti distinti egregio sono siamo nostro grazie alla buongiorno",
    "pt": "não você os ao uma em seu nossa pelo pela caro cara prezado prezada exmo exma cumprimentos obrigado "
    "obrigada atenciosamente melhores",
    "pl": "się jest państwa szanowny szanowna szanowni poważaniem dziękujemy oraz dla przez w dnia pozdrawiam",
    "nl": "het een van uw wij ons onze voor geachte groet groeten vriendelijke zijn wordt graag",
    "ro": "și şi vă dumneavoastră pentru sunt stimată stimate domnule doamnă stimă mulțumim bună",
    "tr": "bir için sayın saygılarımla olarak tarihinde tarihi sizin sizi teşekkür değil merhaba",
    "cs": "jsme jste děkujeme pozdravem které bude dne rádi těšíme",
    "sk": "sme ďakujeme pozdravom ktoré ktorý",
    "sv": "och att är ett hälsningar från inte vänliga välkommen",
    "da": "af kære venlig jeres vores blive mødet",
    "nb": "kjære vennlig våre dere velkommen",
    "fi": "että ystävällisin terveisin kiitos teidän olemme hyvä sinulle teille",
    "hu": "és az hogy tisztelt üdvözlettel köszönjük kedves önt ön várjuk",
    "hr": "poštovani poštovana poštovanjem koji",
    "sl": "spoštovani spoštovana pozdravi lepim spoštovanjem",
    "et": "lugupeetud lugupidamisega teie meie tere tänan palun",
    "lv": "cien labdien cieņu jūsu mūsu paldies",
    "lt": "gerbiamas gerbiama pagarba jūsų mūsų ačiū",
    "el": "και της του για στην στις με σας εκτίμηση αγαπητέ αγαπητή",
    "bg": "уважаеми уважаема уважение вашата нашата са сме благодарим",
    "ru": "уважаемый уважаемая уважением мы не что спасибо",
    "uk": "шановний шановна повагою ми що дякуємо",
}
"""Greetings, closings and little words; what two languages have in common shows neither."""
_LANGUAGES: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_WORD = regex(r"[^\W\d_]+")
_CODE = regex(r"\{\{.*?\}\}|\{%.*?%\}|\]\([^)]*\)")
_MOST_TEXT = 20_000
_SURE, _LEAST = 3, 1
"""How many of its words show a language by themselves, and where the document says the same."""


def language_of(markdown: str, told: Iterable[str]) -> str:
    """The language of a letter (BCP 47); ``""`` where its words do not show it, as in a letter of two languages.

    ``told`` are the tags that the document has, the surest first: a document made with the settings of another language
    is usual, so that they count only where the words agree.
    """
    words = _WORD.findall(_CODE.sub(" ", markdown[:_MOST_TEXT]).casefold())
    counts = {language: sum(word in common for word in words) for language, common in _LANGUAGES.items()}
    first, second = sorted(counts, key=counts.__getitem__, reverse=True)[:2]
    if counts[first] < _LEAST or 2 * counts[second] >= counts[first]:
        return ""
    tag = next((_known(tag) for tag in told if tag.partition("-")[0].lower() == first), "")
    if tag:
        return tag
    return first if counts[first] >= _SURE else ""


def _known(tag: str) -> str:
    """A tag as it is usually written (RFC 5646 2.1.1): ``fr-FR`` for ``FR-fr``; ``""`` where there is no such one."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(tag, sep="-")).replace("_", "-")
    except (UnknownLocaleError, ValueError):
        return ""
