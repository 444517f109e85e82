"""Which language tags there are (BCP 47), as far as a letter needs them: ``fr``, ``en-GB``."""

from __future__ import annotations

import re

from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_LANGUAGES = frozenset(
    re.findall(
        r"\w+",
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz "
        "ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik "
        "io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml "
        "mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd "
        "se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve "
        "vi vo wa wo xh yi yo za zh zu",
    )
)
"""ISO 639-1."""
_REGIONS = frozenset(
    re.findall(
        r"\w+",
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW "
        "BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET EU "
        "FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM "
        "IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD "
        "ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE "
        "PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST "
        "SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS "
        "XK YE YT ZA ZM ZW",
    )
)
"""ISO 3166-1, and what the Unicode CLDR adds to it."""
_NAMES = {
    "fran": "fr", "fre": "fr", "fra": "fr", "eng": "en", "ang": "en", "deu": "de", "ger": "de", "all": "de",
    "esp": "es", "spa": "es", "ita": "it", "nee": "nl", "dut": "nl", "nld": "nl", "por": "pt",
    "gb": "en-GB", "us": "en-US",
}  # fmt: skip
"""What people write who mean a language."""
_TAG = regex(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-[A-Za-z0-9]{4,8})*\Z")


def is_language(tag: str) -> bool:
    """Whether there is such a language, and such a region of it."""
    if not _TAG.match(tag):
        return False
    language, *others = tag.split("-")
    region = next((part for part in others if len(part) == 2), "")
    if region and region.upper() not in _REGIONS:
        return False
    return language.lower() in _LANGUAGES or (len(language) == 3 and _is_rare(language))


def _is_rare(language: str) -> bool:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(language.lower())
    except (UnknownLocaleError, ValueError):
        return False
    return True


def meant_language(written: str) -> str:
    """The tag that was meant by what is none: ``fr-FR`` for ``fr_FR``, ``fr`` for ``français``; an example else."""
    tag = re.sub(r"[_\s]+", "-", written.strip()).strip("-")
    if is_language(tag):
        return tag
    language = re.split("[-(,;]", tag)[0].lower()
    if language in _LANGUAGES:
        return language
    return next((meant for begins, meant in _NAMES.items() if language.startswith(begins)), "fr")


_COMMON = frozenset(
    re.findall(
        r"\w+",
        "fr en de es it nl pt francais french anglais english allemand german deutsch espagnol spanish espanol italien "
        "italian italiano neerlandais dutch nederlands portugais portuguese",
    )
)


def is_language_name(text: str) -> bool:
    """Whether a text names a language of letters, by its code or its name."""
    return fold(text) in _COMMON or (len(text) == 5 and text[2] in "-_" and is_language(text.replace("_", "-")))
