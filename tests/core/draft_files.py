"""Documents of Word as Word writes them, in as few parts as it reads again, and a real LibreOffice for all others."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    "</Types>"
)
_RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def docx(*paragraphs: str, **parts: bytes) -> bytes:
    """A document of paragraphs, each a sequence of runs as XML; further parts by their names, ``/`` as ``__``."""
    body = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONSHIPS)
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr/></w:body></w:document>'
        )
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return packed.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def simple_field(instruction: str, shown: str) -> str:
    """A field as one element."""
    return f'<w:fldSimple w:instr="{escape(instruction, {chr(34): "&quot;"})}">{run(shown)}</w:fldSimple>'


def complex_field(instruction: str, shown: str) -> str:
    """A field as Word writes most of them: in runs, its instruction cut in two."""
    half = len(instruction) // 2
    pieces = [
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        f'<w:r><w:instrText xml:space="preserve">{escape(instruction[:half])}</w:instrText></w:r>',
        f'<w:r><w:instrText xml:space="preserve">{escape(instruction[half:])}</w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        run(shown, "<w:b/>"),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ]
    return "".join(pieces)


def field(*code: str, shown: str = "") -> str:
    """A field of runs whose code is a sequence of texts and of runs, other fields among them."""
    if len(code) == 2 and not shown and "<w:" not in code[1]:
        code, shown = code[:1], code[1]
    inner = [
        piece
        if piece.startswith("<w:")
        else f'<w:r><w:instrText xml:space="preserve">{escape(piece)}</w:instrText></w:r>'
        for piece in code
    ]
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return "".join([begin, *inner, separate, run(shown), end])


def notes(*runs: str, comment: str) -> dict[str, bytes]:
    """The parts with the footnote 2, and with the comment 2."""
    said = "".join(each if each.startswith("<w:") else run(each) for each in runs)
    kinds = {"footnote": said, "comment": run(comment)}
    parts = {
        f"word__{kind}s_xml": f'<w:{kind}s xmlns:w="{_W}"><w:{kind} w:id="2"><w:p>{text}</w:p></w:{kind}></w:{kind}s>'
        for kind, text in kinds.items()
    }
    base = "http://schemas.openxmlformats.org"
    links = "".join(
        f'<Relationship Id="r{kind}" Type="{base}/officeDocument/2006/relationships/{kind}s" Target="{kind}s.xml"/>'
        for kind in kinds
    )
    parts["word___rels__document_xml.rels"] = (
        f'<Relationships xmlns="{base}/package/2006/relationships">{links}</Relationships>'
    )
    return {name: part.encode() for name, part in parts.items()}
