"""The words by which the language of a text is known: greetings, closings and the little words of each language.

What two languages have in common shows neither, so that it is in no list.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.text.regex import regex

USUAL_WORDS: Mapping[str, str] = {
    "fr": "vous votre vos nous notre les des est une dans avec pour sur aux qui ce cette pas bonjour cher chère chers "
    "madame monsieur merci cordialement salutations distinguées veuillez agréer plaisir",
    "en": "the and you your our with dear this that from please of to are have has not by sincerely regards hello hi "
    "thanks yours",
    "de": "und ihr ihre ihren ihrem wir uns unser unsere der die dem das ein eine mit im zu von für ist auf nicht dass "
    "sehr geehrte geehrter geehrtes grüßen grüssen freundlichen freundliche herr herrn frau liebe lieber viele grüße "
    "grüsse zum zur",
    "es": "usted ustedes el los las su sus nosotros nuestra nuestro hemos estimado estimada estimados saludo saludos "
    "gracias atentamente señor señora hola",
    "it": "il gli dello della nella suo di gentile cordiali saluti distinti egregio lei noi nostra nostro sono siamo "
    "abbiamo che grazie alla buongiorno",
    "pt": "não você os ao uma em com seu nossa nosso temos pelo pela caro cara prezado prezada exmo exma cumprimentos "
    "obrigado obrigada atenciosamente melhores",
    "pl": "się jest nie od państwa nasz nasza szanowny szanowna szanowni poważaniem dziękujemy oraz dla przez w dnia "
    "pozdrawiam",
    "nl": "het een van uw wij ons onze voor op dat bij aan niet geachte groet groeten vriendelijke zijn wordt graag",
    "ro": "și şi vă dumneavoastră pentru sunt stimată stimate domnule doamnă stimă mulțumim bună",
    "tr": "bir için sayın saygılarımla olarak tarihinde tarihi sizin sizi teşekkür değil merhaba",
    "cs": "jsme jste nás vás vám vaše vaší vážená vážený nebo děkujeme pozdravem které bude dne rádi těšíme",
    "sk": "sme ďakujeme pozdravom ktoré ktorý",
    "sv": "och att är ett hälsningar från inte vänliga välkommen",
    "da": "af ikke kære venlig jeres deres vores blive mødet",
    "nb": "kjære vennlig våre dere velkommen",
    "fi": "että ystävällisin terveisin kiitos te teidän teille me olemme tämä joka tai hyvä sinulle",
    "hu": "és az hogy nem egy mint vagy kérjük számára részére tisztelt üdvözlettel köszönjük kedves önt ön önnek "
    "várjuk",
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
_SETS = {language: frozenset(words.split()) for language, words in USUAL_WORDS.items()}
_WORD = regex(r"[^\W\d_]+")
_MOST_TEXT = 100_000


def languages_in(text: str) -> list[tuple[str, int]]:
    """Each language with how many of its usual words a text has, the likeliest first."""
    words = _WORD.findall(text[:_MOST_TEXT].casefold())
    counts = [(language, sum(word in usual for word in words)) for language, usual in _SETS.items()]
    return sorted(counts, key=lambda each: each[1], reverse=True)
