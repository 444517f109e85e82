"""The days of the week and the months by their names, in the languages of the project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mailmerge.text.folding import fold

WEEKDAYS: Mapping[str, str] = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "de, north": "montag dienstag mittwoch donnerstag freitag sonnabend sonntag",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "pt, short": "segunda terça quarta quinta sexta sábado domingo",
    "pl": "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "pl, on": "poniedziałek wtorek środę czwartek piątek sobotę niedzielę",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "ro": "luni marți miercuri joi vineri sâmbătă duminică",
    "tr": "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
}
SHORT_WEEKDAYS: Mapping[str, str] = {"fr": "lun mar mer jeu ven sam dim", "en": "mon tue wed thu fri sat sun"}
MONTHS: Mapping[str, str] = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
}
SHORT_MONTHS: Mapping[str, str] = {
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
}


def numbered(names: Iterable[str], first: int) -> dict[str, int]:
    """The numbers of days or months by their folded names; ``first`` is that of the first."""
    return {fold(name): number for each in names for number, name in enumerate(each.split(), first)}
