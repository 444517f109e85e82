"""Texts of all kinds with a text planted at each place: pages, cards, messages, archives, old code pages."""

# ruff: noqa: E501  (one place a line)

from __future__ import annotations

import base64
import gzip
import html
import quopri
from collections.abc import Callable

from lint_files import archive, office, pdf, workbook
from planted_pictures import jpeg

Maker = Callable[[str], bytes]
Place = tuple[str, Maker]


def lines_of(octets: bytes) -> str:
    """Base64 over several lines."""
    return base64.encodebytes(octets + b" " * 90).decode()


def entities(text: str) -> str:
    return "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in text)


def page(body: str) -> Place:
    """A web page; {} is the text, and the others its parts or what it is written as."""

    def make(secret: str) -> bytes:
        first, _, last = secret.partition(" ")
        last = last or first
        values = {
            "{}": secret, "{first}": first, "{half}": last[:2], "{rest}": last[2:], "{entities}": entities(secret),
            "{named}": secret.encode("ascii", "xmlcharrefreplace").decode().replace("&#233;", "&eacute;"),
            "{base64}": lines_of(f"BEGIN:VCARD\nFN:{secret}\nEND:VCARD".encode()),
            "{picture}": base64.b64encode(jpeg(comment=secret)).decode(),
            "{percent}": "".join(f"%{octet:02X}" for octet in secret.encode()),
        }  # fmt: skip
        text = body
        for key, value in values.items():
            text = text.replace(key, value)
        return f"<!DOCTYPE html><html><body>{text}</body></html>".encode()

    return "a.html", make


def folded(line: str, at: int = 12) -> str:
    """A line of a calendar or card, folded in the middle of its words."""
    return "\r\n ".join(line[n : n + at] for n in range(0, len(line), at))


def calendar(make: Callable[[str], str]) -> Place:
    return (
        "a.ics",
        lambda secret: f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{make(secret)}\r\nEND:VEVENT\r\nEND:VCALENDAR".encode(),
    )


def card(make: Callable[[str], str], encoding: str = "utf-8") -> Place:
    return "a.vcf", lambda secret: f"BEGIN:VCARD\r\nVERSION:2.1\r\n{make(secret)}\r\nEND:VCARD\r\n".encode(encoding)


def quoted(secret: str) -> str:
    octets = quopri.encodestring(secret.encode(), quotetabs=True).decode().replace(" ", "=20")
    return f"{octets[:9]}=\r\n{octets[9:]}"


def pasted(secret: str) -> bytes:
    octets = quopri.encodestring(secret.encode())
    return b"Bonjour\n" + octets[:2] + b"=\n" + octets[2:] + b"\n"


def rtf(make: Callable[[str], str]) -> Place:
    return "a.rtf", lambda secret: ("{\\rtf1\\ansi\\ansicpg1252 " + make(secret) + "}").encode("latin-1")


def hexadecimal(secret: str) -> str:
    return "".join(f"\\'{c.encode('cp1252')[0]:02x}" if ord(c) > 127 else c for c in secret)


def unicode(secret: str) -> str:
    return "".join(f"\\u{ord(c)}?" if ord(c) > 127 else c for c in secret)


def split(secret: str) -> str:
    return f"{{\\b {hexadecimal(secret[:-4])}}}{hexadecimal(secret[-4:])}"


def message(head: str, body: bytes, name: str = "a.eml") -> bytes:
    return f"From: x@exemple.test\r\nMIME-Version: 1.0\r\n{head}\r\n\r\n".encode() + body


def of_parts(secret: str) -> bytes:
    attached = base64.encodebytes(pdf(secret))
    return message(
        'Content-Type: multipart/mixed; boundary="b"',
        b'--b\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n--b\r\nContent-Type: application/pdf; name="a.pdf"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + attached + b"\r\n--b--\r\n",
    )


def in_message(secret: str) -> bytes:
    inner = message(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64",
        base64.encodebytes(secret.encode()),
    )
    return message(
        'Content-Type: multipart/mixed; boundary="b"',
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--b--\r\n",
    )


def word_encoded(secret: str) -> bytes:
    return message(f"Subject: =?utf-8?B?{base64.b64encode(secret.encode()).decode()}?=", b"Bonjour")


def in_archive(name: str, make: Maker) -> Place:
    return "a.zip", lambda secret: archive({name: make(secret)})


def misread(secret: str, code_page: str) -> bytes:
    """A text of an old program that a new one read as Windows-1252 and saved."""
    from mailmerge.lint.extract.readings import decode

    return decode(f"Liste : {secret}\n".encode(code_page)).encode()


def letters_on(sign: str) -> Maker:
    return lambda secret: f"Bonjour\n\n{sign.join(secret)}\n".encode()


def fields(written: str) -> Maker:
    """A name in parts, each under its label; {} is the first, {last} the last."""

    def make(secret: str) -> bytes:
        first, _, last = secret.partition(" ")
        return written.replace("{}", first).replace("{last}", last or "Roux").encode()

    return make


def flat(table: str) -> Maker:
    return fields(f"<office:document><office:body><table:table>{table}</table:table></office:body></office:document>")


PLACES: dict[str, Place] = {
    "letters in lines of their own": ("a.txt", letters_on("\n")),
    "letters in cells of their own": ("a.txt", letters_on("\t")),
    "letters set apart": ("a.txt", letters_on(" ")),
    "letters in lines of their own, from the last to the first": ("a.txt", lambda secret: "\n".join(secret if "@" in secret else secret[::-1]).encode()),
    "fields of a form": ("a.txt", fields("Nom : {last}\nNé le : 3 mai 1990\nPrénom : {}\n")),
    "fields of data": ("a.txt", fields("lastName={last}\ncity=Albi\nfirstName={}\n")),
    "fields after rows of dots": ("a.txt", fields("Nom ........ {last}\nEmploi ........ Juriste\nPrénom ....... {}\n")),
    **{
        f"fields that say {last} and {first}": ("a.txt", fields(f"{last} : {{last}}\nEmploi : Juriste\n{first} : {{}}\n"))
        for last, first in (
            ("Nom de famille", "Prénom(s)"), ("Nom de naissance", "Prénoms"), ("Nom d'usage", "Prénom d'usage"),
            ("Nom de jeune fille", "Prénom"), ("Birth name", "Given name(s)"), ("Nom du salarié", "Prénom du salarié"),
        )
    },
    "fields in attributes": ("a.xml", fields('<?xml version="1.0"?><a><b nom="{last}" ville="Albi" prenom="{}"/></a>')),
    "fields in elements": ("a.xml", fields("<?xml version='1.0'?><a><nom>{last}</nom>\n<ville>Albi</ville>\n<prenom>{}</prenom></a>")),
    "fields of a form on a page": ("a.html", fields('<html><input name="nom" value="{last}"><input name="x" value="Albi"><input name="prenom" value="{}"></html>')),
    "a list of terms": ("a.html", fields("<html><dl><dt>Nom</dt><dd>{last}</dd><dt>Prénom</dt><dd>{}</dd></dl></html>")),
    "cells whose source breaks its lines": ("a.html", fields("<html><table><tr>\n<td>\n <p>{last}</p>\n</td>\n<td>\n <p>Albi</p>\n</td>\n<td>{}</td></tr></table></html>")),
    "a comment in a word": page("<p>{first} {half}<!-- vu -->{rest}</p>"),
    "a page in an attribute": page('<iframe srcdoc="&lt;p&gt;{first} &lt;b&gt;{half}&lt;/b&gt;{rest}&lt;/p&gt;"></iframe>'),
    "data in a script": ("a.html", fields('<html><script type="application/ld+json">{"familyName": "{last}", "a": "Albi", "givenName": "{}"}</script></html>')),
    "data in an attribute": ("a.html", fields("""<html><p data-a='{"b": "{last}", "a": "Albi", "c": "{}"}'>a</p></html>""")),
    "JSON, one object a line": ("a.json", fields('{"a": "b"}\n{"nom": "{last}", "ville": "Albi", "prenom": "{}"}\n')),
    "JSON in a text": ("a.txt", fields('Voir :\n{"nom": "{last}", "ville": "Albi", "prenom": "{}"}\n')),
    "columns set with blanks": ("a.txt", fields("NOM            VILLE     PRENOM\n{last}         Albi      {}\n")),
    "one blank in quoted-printable": ("a.txt", lambda secret: secret.replace(" ", "=20").encode()),
    "a flat OpenDocument text": ("a.fodt", flat("<table:table-row>\n<table:table-cell>\n <text:p>{last}</text:p>\n</table:table-cell>\n<table:table-cell>\n <text:p>Albi</text:p>\n</table:table-cell>\n<table:table-cell>\n <text:p>{}</text:p>\n</table:table-cell></table:table-row>")),
    "RTF, where a comment begins": rtf(lambda secret: f"{{\\*\\atrfstart 0}}{hexadecimal(secret)}{{\\*\\atrfend 0}}"),
    "RTF, a comment with a date": rtf(lambda secret: f"a{{\\*\\annotation{{\\*\\atndate 14777}}{hexadecimal(secret)}}}"),
    "RTF, what few readers know": rtf(lambda secret: f"Voir{{\\*\\machin {hexadecimal(secret)}}}ici"),
    "what follows an archive": ("a.zip", lambda secret: archive({"a.txt": "a"}) + secret.encode()),
    "an old workbook": ("a.xls", lambda secret: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + b"\x11\0\0" + secret.encode("cp1252") + b"\xff\0\x0a\0"),
    "a paragraph": page("<p>{}</p>"),
    "formatting in a word": page("<p>{} est {first} <b>{half}</b>{rest}</p>"),
    "two cells of a table": page("<table><tr><td>{first}</td><td>{half}{rest}</td></tr></table>"),
    "alt": page('<img src="x.png" alt="{entities}">'),
    "a title": page("<p title='{named}'>a</p>"),
    "data-*": page('<p data-dossier="{}">a</p>'),
    "an HTML comment": page("<!-- {} -->"),
    "a hidden element": page('<p style="display:none">{}</p>'),
    "a script": page("<script>var nom = '{}';</script>"),
    "a file in a link, over several lines": page('<a href="data:text/vcard;base64,{base64}">a</a>'),
    "a picture in the page": page('<img src="data:image/jpeg;base64,{picture}">'),
    "a link with percents": page('<a href="https://x.example/?q={percent}">a</a>'),
    "a description of an event": calendar(lambda secret: folded(f"DESCRIPTION:Entretien avec {secret}\\, salle 2")),
    "who takes part": calendar(lambda secret: folded(f'ATTENDEE;CN="{secret}":mailto:x@exemple.test', 17)),
    "a card": card(lambda secret: folded(f"FN:{secret}", 5)),
    "a card, in parts": card(lambda secret: "N:" + ";".join(reversed(secret.split(" ")))),
    "a card in quoted-printable": card(lambda secret: f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted(secret)}"),
    "a picture in a card": card(lambda secret: "PHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n " + base64.b64encode(jpeg(comment=secret)).decode()),
    "a card in an old code page": card(lambda secret: f"FN:{secret}", "cp1252"),
    "RTF, by octets": rtf(hexadecimal),
    "RTF, by characters": rtf(unicode),
    "RTF, half of it bold": rtf(split),
    "RTF, hidden": rtf(lambda secret: f"{{\\v {hexadecimal(secret)}}}"),
    "RTF, a note": rtf(lambda secret: f"a{{\\*\\annotation {hexadecimal(secret)}}}"),
    "RTF, a header": rtf(lambda secret: f"{{\\header {hexadecimal(secret)}\\par}}"),
    "RTF, a table": rtf(lambda secret: hexadecimal(secret).replace(" ", "\\cell ") + "\\cell\\row"),
    "RTF, the title": rtf(lambda secret: f"{{\\info{{\\title {hexadecimal(secret)}}}}}"),
    "RTF, a picture": rtf(lambda secret: f"{{\\pict\\jpegblip {jpeg(comment=secret).hex()}}}"),
    "RTF, an object": rtf(lambda secret: f"{{\\object{{\\*\\objdata {secret.encode('utf-16-le').hex()}}}}}"),
    "RTF, a soft hyphen": rtf(lambda secret: hexadecimal(secret[:-3]) + "\\-" + hexadecimal(secret[-3:])),
    "a message": ("a.eml", lambda secret: message("Content-Type: text/plain; charset=iso-8859-1", secret.encode("latin-1"))),
    "a message in Base64": (
        "a.eml",
        lambda secret: message("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64", base64.encodebytes(secret.encode())),
    ),
    "the subject of a message": ("a.eml", word_encoded),
    "a file in a message": ("a.eml", of_parts),
    "a message in a message": ("a.eml", in_message),
    "a web archive": (
        "a.mht",
        lambda secret: message(
            "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable",
            quopri.encodestring(f"<p>{html.escape(secret)}</p>".encode()),
        ),
    ),
    "a message of Outlook": ("a.msg", lambda secret: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + secret.encode("utf-16-le") + bytes(4)),
    "an old document": ("a.doc", lambda secret: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + secret.encode("cp1252") + bytes(4)),
    "a text in UTF-16": ("a.txt", lambda secret: f"voir {secret}\n".encode("utf-16")),
    "a text in UTF-16 that does not say so": ("a.txt", lambda secret: f"voir {secret} demain\n".encode("utf-16-le")),
    **{f"a text in {name}": ("a.txt", lambda secret, name=name: f"voir {secret}\n".encode(name)) for name in ("cp1252", "cp850", "cp437", "mac_roman")},
    **{f"a text misread from {name}": ("a.csv", lambda secret, name=name: misread(secret, name)) for name in ("cp850", "cp437", "mac_roman", "utf-8")},
    "a text with entities": ("a.csv", lambda secret: entities(secret).encode()),
    "a hyphenated text": ("a.txt", lambda secret: f"{secret[:-3]}-\n{secret[-3:]}".encode()),
    "JSON": ("a.json", lambda secret: __import__("json").dumps({"x": {"prenom": secret.split(" ")[0], "nom": secret.split(" ")[-1]}}).encode()),
    "XML": ("a.xml", lambda secret: f"<?xml version='1.0'?><a><prenom>{secret.replace(' ', '</prenom><nom>')}</nom></a>".encode()),
    "Markdown": ("a.md", lambda secret: f"# Liste\n\n{secret[:-3]}**{secret[-3:]}**".encode()),
    "a drawing": ("a.svg", lambda secret: f"<svg><text><tspan>{secret}</tspan></text></svg>".encode()),
    "a file in an archive": in_archive("a.txt", str.encode),
    "a Word file in an archive": in_archive("a.docx", lambda secret: office(text=secret)),
    "an archive in an archive": in_archive("b.zip", lambda secret: archive({"c.xlsx": workbook(rows=f"<row><c><v>{secret}</v></c></row>")})),
    "a file that is compressed": ("a.gz", lambda secret: gzip.compress(secret.encode())),
    "a message that was pasted": ("a.txt", pasted),
    "the name of a file in an archive": ("a.zip", lambda secret: archive({f"{secret}.txt": "a"})),
}  # fmt: skip
"""By place, the name of a file and the file with a text there."""
