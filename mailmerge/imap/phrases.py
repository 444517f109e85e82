"""What servers and programs write in returned mail, in the languages that reach a European mailbox: data, no code.

Only where a mail has no machine-readable status (RFC 3464) does a phrase decide.
"""

from __future__ import annotations

import re

from mailmerge.text.regex import regex


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE | re.MULTILINE)


SENDERS = _any_of(
    r"mailer[-_.]?daemon",
    r"\bpostmaster\b",
    r"microsoft outlook",
    r"mail delivery (?:sub)?system",
    r"microsoftexchange",
    r"mail administrator",
    r"post_master",
    r"\bmdaemon\b",
    r"mail\.?er@",
    r"\bno-?reply@.*bounce",
    r"\bbounces?@",
    r"\bmaildaemon\b",
    r"syst[eè]me de (?:messagerie|distribution)",
)
"""Who sends returned mail, in From."""
DELAYED = _any_of(
    r"delayed",
    r"\bdelay\b",
    r"^warning:",
    r"could not send message for (?:the )?past",
    r"warning message only",
    r"do(?:es)? not need to resend",
    r"will (?:be retried|keep trying)",
    r"will (?:continue|retry)",
    r"still (?:being tried|trying)",
    r"not yet (?:been )?delivered",
    r"temporar(?:y|ily) (?:problem|failure)",
    r"retard[ée]",
    r"pas encore (?:[ée]t[ée]|pu)",
    r"continuer(?:a|ons)? (?:d['’]essayer|[àa] essayer)",
    r"nouvelles? tentatives?",
    r"verz[öo]gert",
    r"weiterhin versucht",
    r"noch nicht zugestellt",
    r"retrasad",
    r"in ritardo",
    r"vertraagd",
    r"ritardat",
    r"atrasad|adiad[ao]",
    r"op[óo][źz]nion",
    r"f[öo]rsena[dt]|forsinket",
    r"viiv[äa]styn",
    r"zpo[žz]d[ěe]n",
    r"задерж|отложен",
    r"延[迟遲]",
    r"지연",
    r"遅延",
    r"遅れ",
    r"再送(?:を|信)",
    r"配信待ち",
)
"""A server that is still trying."""
EXPIRED = _any_of(
    r"retry time(?:out)? (?:exceeded|not reached)",
    r"expired",
    r"could not be delivered for (?:more|over|the last)",
    r"giving up",
    r"gave up",
    r"too (?:long|old)",
    r"for \d+ (?:hours|days)",
    r"not been (?:able to )?deliver(?:ed)? (?:it )?(?:for|in|within)",
    r"in the queue too long",
    r"d[ée]lai (?:\w+ ){0,4}(?:d[ée]pass[ée]|expir[ée])",
    r"abandon",
    r"abgelaufen",
    r"caducado",
    r"scaduto",
    r"verlopen",
    r"期限",
    r"timed? ?out",
)
"""A server that has stopped trying."""
NO_DOMAIN = _any_of(r"NXDOMAIN", r"no such domain", r"domain (?:name )?does(?: not|n['’]t) exist")
"""What no waiting mends, whatever the status."""
GAVE_UP = _any_of(
    r"retry time(?:out)? exceeded",
    r"giving up on",
    r"(?:have|has) given up",
    r"i['’]ve given up",
    r"gave up",
    r"(?:was|were|have been|has been) trying .{0,40}(?:days|hours)",
    r"will not be retried",
    r"no longer (?:be )?(?:tr|retr)",
    r"(?:message|delivery|queue|it)(?: has| was| is| time)? expired",
    r"stopped trying",
    r"(?:a [ée]t[ée] |tentatives? )abandonn",
    r"in the queue too long",
    r"d[ée]lai (?:\w+ ){0,4}(?:d[ée]pass[ée]|expir[ée])",
    r"abgelaufen",
    r"期限",
)
"""A server that says so beyond doubt."""
FAILED = _any_of(
    r"did not reach",
    r"error has occurred",
    r"delivery (?:errors|problems)",
    r"could not send",
    r"aborted",
    r"undeliver",
    r"not (?:be(?:en)? )?deliver",
    r"could ?n[o']t be",
    r"wasn['’]t delivered",
    r"permanent",
    r"fail(?:ed|ure)",
    r"returned mail",
    r"returned to sender",
    r"rejected",
    r"user unknown",
    r"unknown user",
    r"no such (?:user|mailbox|address|recipient)",
    r"does(?: not|n['’]t) exist",
    r"mailbox (?:full|unavailable|not found)",
    r"address (?:not found|rejected)",
    r"non remis",
    r"non[- ]distribu",
    r"pas pu [êe]tre (?:remis|distribu|livr|d[ée]livr)",
    r"[ée]chec",
    r"impossible de",
    r"rejet[ée]",
    r"inexistant",
    r"inconnu",
    r"n['’]existe pas",
    r"pleine?\b",
    r"unzustellbar",
    r"nicht zugestellt",
    r"fehlgeschlagen",
    r"no se (?:ha )?pud?o",
    r"no entregado",
    r"non recapit",
    r"mancata consegna",
    r"non (?:[eè] stat[oa] )?(?:recapitat|consegnat)",
    r"impossibile (?:recapitar|consegnar)",
    r"onbestelbaar",
    r"niet (?:worden )?bezorgd",
    r"n[ãa]o (?:p[ôo]de|foi|pode|foi poss[íi]vel) (?:ser )?entreg",
    r"n[ãa]o entregue",
    r"falha (?:na|de) entrega",
    r"nie (?:uda[łl]o si[ęe]|mo[żz]na|zosta[łl]a?|mog[łl]a? zosta[ćc]) (?:\w+ ){0,2}dor[ęe]cz|nie dor[ęe]czono",
    r"nie (?:uda[łl]o si[ęe]|mo[żz]na|zosta[łl]a?) (?:\w+ ){0,2}dostarcz|nie ?dostarczon",
    r"(?:kunde|kan) inte levereras|olevererat|obest[äa]llbar",
    r"(?:kunne|kan) ikke (?:leveres|bli levert)|ikke leveret|ikke levert",
    r"ei voitu toimittaa|toimitus ep[äa]onnistui",
    r"nedoru[čc]iteln|nelze doru[čc]it|nebyla? (?:mo[žz]n[éeá] )?doru[čc]en",
    r"k[ée]zbes[íi]thetetlen|nem siker[üu]lt k[ée]zbes[íi]teni",
    r"nu a putut fi livrat|nelivrat",
    r"teslim edilemedi",
    r"не ?доставлен|не удалось доставить|невозможно доставить",
    r"αποτυχία παράδοσης|δεν (?:ήταν δυνατή|παραδόθηκε)",
    r"退信|无法(?:送达|投递)|未能送达|傳送失敗|無法(?:傳送|送達)",
    r"반송|배달되지 않|전송 ?실패",
    r"配信できません",
    r"配信不能",
    r"届けられません",
    r"送信できません",
    r"エラー",
    r"存在しません",
    r"見つかりません",
    r"宛先不明",
)
"""A server that could not."""
AWAY = _any_of(
    r"^(?:re:\s*)?(?:auto[- ]?reply|absen(?:ce|t)|abwesen|vacation|en (?:vacances|cong[ée])|不在)",
    r"fuera de (?:la )?oficina",
    r"\bout of (?:the )?office\b",
    r"r[ée]ponse automatique",
    r"automatic reply",
    r"message d['’]absence",
    r"automatische antwort",
    r"automatisch antwoord",
    r"respuesta autom[aá]tica",
    r"risposta automatica",
    r"resposta autom[áa]tica",
    r"automatyczna odpowied[źz]|odpowied[źz] automatyczna|autoodpowied[źz]",
    r"\bautosvar\b|automatiskt? svar",
    r"automaattinen vastaus",
    r"automatick[áa] odpove[ďd]|automatick[áa] odpov[ěe][ďd]",
    r"automatikus v[áa]lasz",
    r"r[ăa]spuns automat",
    r"otomatik yan[ıi]t",
    r"автоответ|автоматический ответ",
    r"αυτόματη απάντηση",
    r"自動応答|自動返信",
    r"自动回复|自動回覆",
    r"자동 ?(?:회신|응답)|부재중",
)
"""Subjects of programs that answer for somebody."""
RETURNED_BELOW = regex(
    r"^[ \t>]*(?:"
    r"-{2,}.{0,80}(?:copy|original|returned|unsent|follows?|nachricht|en-t[êe]te|copie|原文|元の|メッセージ).{0,80}"
    r"|.{0,40}(?:original message headers?|headers? of the original|en-t[êe]tes? (?:du|d['’])).{0,80}"
    r"|.{0,40}(?:this is a copy of (?:the|your) message|original message follows|is a copy of the message).{0,80}"
    r"|.{0,40}(?:message d['’]origine|元のメッセージ).{0,80}"
    r"|received:[ \t]+(?:from|by)[ \t].*|(?:return-path|dkim-signature|mime-version):[ \t].*"
    r")$",
    re.IGNORECASE | re.MULTILINE,
)
"""Where a bounce of one part begins to return the letter: nothing below is a reason."""
