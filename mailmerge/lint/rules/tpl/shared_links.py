"""Links to what a house keeps for itself: shared files, servers, folders of a computer. One table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.text.regex import regex

_SERVICES = r"""
    docs\.google\.com/(?:a/[\w.-]+/)?(?:spreadsheets|document|presentation|file|drawings)(?!/d/e/|/u/\d/d/e/)
    sheets\.google\.com/
    drive\.google\.com/(?:a/[\w.-]+/)?(?:drive|file|open|folderview|uc|u/)
    photos\.app\.goo\.gl/
    1drv\.ms/
    onedrive\.live\.com/(?:\?|:|redir|view|edit|embed|download|personal)
    [\w-]+\.sharepoint\.com/(?::[a-z]:|personal/)
    (?:www\.)?dropbox\.com/(?:s|scl|sh|t|l|transfer)/
    db\.tt/
    (?:[\w-]+\.)?we\.tl/
    (?:[\w-]+\.)?wetransfer\.com/(?:downloads|d|s|t|transfers)/
    (?:[\w-]+\.)?swisstransfer\.com/d/
    (?:www\.)?transfernow\.net/(?:[a-z]{2}/)?(?:dl|bld)
    (?:www\.)?fromsmash\.com/(?!pricing|about|help|legal|blog|fr\b|en\b)[\w-]{3}
    (?:www\.)?grosfichiers\.com/(?:[a-z]{2}/)?[\w-]{6}
    filesender\.[\w.-]+/\?s=
    (?:[\w-]+\.)?sendgb\.com/
    (?:[\w-]+\.)?send-anywhere\.com/
    (?:[a-z]\.)?pcloud\.(?:link|com)/(?:publink|\#page=publink)
    my\.pcloud\.com/
    kdrive\.infomaniak\.com/app/
    mega\.(?:nz|co\.nz|io)/(?:file|folder|\#)
    (?:[\w-]+\.)?box\.com/(?:s|file|folder|v)/
    (?:www\.)?icloud\.com/(?:iclouddrive|numbers|pages|keynote|photos)/
    share\.icloud\.com/
    (?:www\.)?terabox\.com/s/
    (?:www\.)?mediafire\.com/(?:file|folder|view)/
    (?:[\w-]+\.)?1fichier\.com/(?:\?|dir/)
    workdrive\.zoho(?:public)?\.(?:com|eu)/
    (?:[\w-]+\.)?tresorit\.com/l/
    (?:www\.)?sync\.com/dl/
    (?:[\w-]+\.)?proton\.me/urls/
    airtable\.com/(?:app|shr|tbl)
    [\w-]+\.smartsheet\.com
    [\w.-]+/index\.php/(?:s|f|apps/files)/
    [\w.-]+/s/[A-Za-z\d]{15}\b
    (?:cloud|nextcloud|owncloud|drive|partage|share|fichiers|files|nuage)\.[\w.-]+/(?:s|f|d)/[\w-]{6}
"""
"""Where services keep what somebody shared; their forms, help pages and shop windows are left out."""
_SHARED = regex(
    r"file:/{1,3}\S{3,80}|(?<![\w\\])\\{2,4}[\w.$-]+\\{1,2}[^\s<>\"|]{1,80}|(?:smb|afp|nfs|ftps?|sftp)://\S{3,80}|"
    r"\b[A-Z]:\\(?:Users|Documents|RH|HR|Partage)[^\s<>\"|]{1,80}|"
    rf"(?<![\w.@/-])(?:https?://)?(?:{'|'.join(_SERVICES.split())})[^\s<>\"')\]]{{0,120}}|"
    r"(?<![\w/])/(?:home|Users|mnt|srv)/[\w.-]+/[^\s<>\"|]{1,80}",
    re.IGNORECASE,
)
_OF_THE_HOUSE = regex(
    r"https?://(?:(?:localhost|[a-z0-9-]+)(?=[:/\s]|\Z)|127\.\d|10\.\d|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|"
    r"(?:intranet|intra|sharepoint|wiki|jira|confluence|sirh|ats|nas)\.[\w.-]+|[\w-]+\.(?:atlassian\.net|sharepoint\.com)|"
    r"trello\.com/[bc]/|(?:www\.)?notion\.so/|[\w-]+\.monday\.com/boards|app\.asana\.com/|"
    r"app\.greenhouse\.io/people|[\w-]+\.(?:workable|recruitee|teamtailor)\.com/(?:backend|app|admin))"
    r"[^\s<>\"')\]]{0,120}",
    re.IGNORECASE,
)
"""Pages that only colleagues can open: they are no news to colleagues."""


_OF_THE_SENTENCE = ".,;:!?…'’»”)"
"""Signs behind a link that end its sentence, and are no part of it."""


def links_into_house(text: str, *, within: bool) -> Iterator[tuple[str, int]]:
    """Links that open the house to a stranger, and where each begins; ``within`` is a mailing to colleagues."""
    found = {match.start(): match.group() for match in _SHARED.finditer(text)}
    if not within:
        found = {match.start(): match.group() for match in _OF_THE_HOUSE.finditer(text)} | found
    for at in sorted(found):
        yield found[at].rstrip(_OF_THE_SENTENCE), at
