"""What people write where a header of the letter is meant: in French, with another sign, or spelt otherwise."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection

from mailmerge.text.folding import fold
from mailmerge.text.regex import regex
from mailmerge.text.shown import INVISIBLE

_MEANT = {
    "Subject": "objet, sujet, titre, intitule, objet du message, title, topic, re, concerne",
    "From": "de, expediteur, emetteur, envoyeur, sender, expediteur du message, de la part de",
    "To": "a, destinataire, destinataires, pour, recipient, recipients, adresse a",
    "Reply-To": "repondre a, repondre, reponse, reponse a, reponses a, adresse de reponse, reply, reply to, replyto, "
    "answer to",
    "Cc": "copie, copie a, copies, copie conforme, copy",
    "Bcc": "cci, copie cachee, copie cachee a, blind copy, blind carbon copy",
    "Attachment": "piece jointe, pieces jointes, pj, p j, fichier joint, fichiers joints, fichier, joindre, annexe, "
    "document joint, documents joints, attachments, attach, attached, attached file, enclosure, file",
    "Fields": "champs, champ, field, colonnes",
    "Content-Language": "langue, language, lang, langue du message",
    "Content-Type": "type, type de contenu, format",
}
"""For each header the words that mean it, folded."""
_BY_WORD = {word.strip(): name for name, words in _MEANT.items() for word in words.split(",")}
_SIGN = regex(
    r"\s*([^\W\d_][\w .'’()/\u00a0\u202f-]{0,30}?)[\s\u00a0\u202f]*([:=;：﹕∶>|]|[-–—](?=\s))(.*)\Z", re.DOTALL
)
_BARE = regex(r"\s*([^\W\d_][\w-]{0,30})[ \t\u00a0]+(\S.*)\Z", re.DOTALL)


def meant_header(name: str, known: Collection[str]) -> str:
    """The header of a letter that a word means, ``""`` where it means none: ``Objet`` is ``Subject``."""
    folded = fold(name)
    by_name = {fold(each): each for each in known}
    if folded in by_name:
        return by_name[folded]
    if folded in _BY_WORD:
        return _BY_WORD[folded]
    near = difflib.get_close_matches(folded, by_name, 1, 0.75) if len(folded) > 3 else []
    return by_name[near[0]] if near else ""


def meant_line(line: str, known: Collection[str]) -> tuple[str, str]:
    """The header and the value that a line means which is not a header field; blank where it means none."""
    line = "".join(each for each in line if each not in INVISIBLE)
    if found := _SIGN.match(line):
        name, value = meant_header(found[1], known), found[3].strip()
        if name and (found[2] in ":：﹕∶=" or value):
            return name, value
    if (found := _BARE.match(line)) and fold(found[1]) in {fold(each) for each in known}:
        return meant_header(found[1], known), found[2].strip()
    return "", ""
