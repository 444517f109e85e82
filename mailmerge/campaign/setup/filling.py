"""What fills the fields of a letter that the table lacks: a column, one text for everybody, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct, field

from mailmerge.campaign.campaign import Campaign
from mailmerge.campaign.file import CAMPAIGN_FILE, require_new, save_campaign_file
from mailmerge.errors import CampaignError
from mailmerge.letter import Letter, compile_value, open_letter_file, save_letter_file
from mailmerge.model import Expression
from mailmerge.text.folding import identifier
from mailmerge.text.regex import regex

SIGNATORY = frozenset({"signataire", "signatory", "signer", "signed_by"})
"""How letters call whoever signs them."""
_CODE = regex(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_TOKEN = regex(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\W\d]\w*|\d+|.", re.DOTALL)
_FIELDS = regex(r"^(Fields[ \t]*:)(.*(?:\n[ \t]+.*)*)$", re.MULTILINE | re.IGNORECASE)
_STEERED = regex(r"(?:set [^=]*=|for .* in )\s*")


class Filled(Struct, frozen=True):
    """What was decided about fields that the table lacks; those in neither stay as they are."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Headers of columns, by field."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Texts, the same for everybody; ``""`` where the letter does without."""


def can_be_left_out(letters: Iterable[Letter], name: str) -> bool:
    """Whether the letters do without a field: they ask whether it is there, or say what is printed otherwise."""
    return all(name not in letter.needed for letter in letters)


def text_problem(letters: Iterable[Letter], name: str, text: str) -> str:
    """Why a text cannot stand for a field, by how the letters use it: a date must be one; ``""`` where it can."""
    for letter in letters:
        fields = {each for expression in letter.expressions for each in expression.fields}
        for expression in letter.expressions:
            if name in expression.fields and (problem := _fails(expression, letter.language, fields, {name: text})):
                return "" if _fails(expression, letter.language, fields, {}) else problem
    return ""


def _fails(expression: Expression, language: str, fields: Iterable[str], values: Mapping[str, str]) -> str:
    """Why an expression cannot be computed with these values, and all others blank."""
    source = expression.source if expression.printed else f"{{{{ ({_STEERED.sub('', expression.source)}) }}}}"
    try:
        compile_value(source, language=language or "en")(dict.fromkeys(fields, "") | dict(values))
    except CampaignError as error:
        return error.reason
    return ""


def with_texts(letter: str, texts: Mapping[str, str]) -> str:
    """The text of a letter file with texts in the place of some fields, which it then no longer declares."""
    if not texts:
        return letter
    literals = {name: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for name, text in texts.items()}
    written = _CODE.sub(lambda code: _with_literals(code[0], literals), letter)
    head, blank, body = written.partition("\n\n")
    head = _FIELDS.sub(lambda found: f"{found[1]} {', '.join(_undecided(found[2], texts))}".rstrip(), head, count=1)
    return f"{head}{blank}{body}"


def _with_literals(code: str, literals: Mapping[str, str]) -> str:
    tokens = _TOKEN.findall(code)
    for index, token in enumerate(tokens):
        name = identifier(token) if token[:1].isalpha() or token[:1] == "_" else ""
        if name not in literals:
            continue
        before = "".join(tokens[:index]).rstrip()[-1:]
        after = "".join(tokens[index + 1 :]).lstrip()
        named = after.startswith("=") and not after.startswith("==")
        if before not in ("|", ".") and not after.startswith("(") and not named:
            tokens[index] = literals[name]
    return "".join(tokens)


def _undecided(fields: str, texts: Mapping[str, str]) -> list[str]:
    return [name for name in map(str.strip, re.split("[,;]", fields)) if name and identifier(name) not in texts]


def fill_fields(campaign: Campaign, filled: Filled) -> None:
    """Write decisions down: columns into ``campaign.toml``, texts into the letters that use the fields.

    A campaign without a file gets one, beside its letter. What was written has to be opened again.

    Raises:
        UsageError: a ``campaign.toml`` is there already, and is not this campaign's.
        LetterError, CampaignError: a file cannot be written.
    """
    path = campaign.path or campaign.folder / CAMPAIGN_FILE
    if campaign.path is None:
        require_new(path)
    for letter in campaign.letters:
        used = {name for expression in letter.expressions for name in expression.fields}
        texts = {name: text for name, text in filled.texts.items() if name in used}
        if texts:
            draft = open_letter_file(letter.path)
            save_letter_file(draft, with_texts(draft.text, texts))
    if filled.columns or campaign.path is None:
        fields = {**campaign.file.fields, **filled.columns}
        save_campaign_file(path, msgspec.structs.replace(campaign.file, fields=fields))
