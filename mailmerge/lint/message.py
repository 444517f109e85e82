"""One rendered message: what is left of the machine in it, and every address that is not this person's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.lint.columns import CIVILITIES
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.registry import Scope, rule
from mailmerge.lint.scans import MessageView
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")
_NOTHING = re.compile(r"\s*(?:None|nan|NaN|NaT|<NA>|null|NULL|undefined|\(null\))\s*")
_NOTHING_WORD = re.compile(r"(?<![\w'’.@/-])(?:None|nan|NaN|NaT|undefined)(?![\w'’@/-]|\.\w)")
_GREETINGS = (
    "bonjour|bonsoir|salut|cher|chère|chers|chères|dear|hello|hi|good morning|madame|monsieur|mademoiselle|"
    "guten tag|sehr geehrte[r]?|hallo"
)
_EMPTY_GREETING = re.compile(
    rf"^[ \t>*_]*(?:{_GREETINGS})(?:[ \t\xa0]+(?:{_GREETINGS}|m\.|mme\.?|mr\.?|mrs\.?|ms\.?))?[ \t\xa0]+[*_]*[,!]",
    re.IGNORECASE | re.MULTILINE,
)


@rule("MSG301", "residue", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def residue(view: MessageView) -> Iterator[Found]:
    """Nothing of the machine is left in the message.

    What: {{ and }}, None, nan, and a greeting without anybody in it, in what was printed for this person.
    Why: "Bonjour None," is the sentence by which peers of this program are known.
    Bad: Bonjour ,
    Good: Bonjour Madame Petit,
    Fix: fill in the cell, or put a condition around the expression.
    """
    told: set[str] = set()
    for index, value in enumerate(view.message.values):
        left = _left_over(value)
        if left and value not in told:
            told.add(value)
            field = _field(view, index)
            yield Found(
                message=f"{view.inspection.person(view.record)}: the letter prints {left}"
                + (f" for {field}" if field else ""),
                fix="Fill in the cell, or correct what stands in it.",
                evidence=(view.own_key, field or "", value),
                record=view.record,
                field=field,
                excerpt=value,
                cause=f"{field}\x1f{left}",
            )
    greeting = _EMPTY_GREETING.search("".join(span.text for span in view.opening))
    known = set(view.inspection.table.names)
    if greeting and view.letter.letter.expressions and all(e.fields <= known for e in view.message.blanks):
        yield Found(
            message=f'{view.inspection.person(view.record)}: the greeting is "{shorten(greeting.group().strip())}", '
            "without a name",
            fix="Fill in the cell, or write a greeting for people without a name.",
            evidence=(view.own_key, "greeting"),
            record=view.record,
            excerpt=greeting.group().strip(),
            cause="greeting",
        )


def _left_over(value: str) -> str:
    if "{" in value or "}" in value:
        braces = _BRACES.search(value)
        if braces:
            return braces.group()
    if _NOTHING.fullmatch(value):
        return f'"{value.strip()}"'
    if len(value) < 80:
        word = _NOTHING_WORD.search(value)
        if word and len(value.split()) <= 4:
            return f'"{word.group()}"'
    return ""


def _field(view: MessageView, index: int) -> str | None:
    """The field that a value was printed from, where it is one."""
    expressions = view.message.shape.expressions
    fields = expressions[index].fields if index < len(expressions) else frozenset()
    return next(iter(fields)) if len(fields) == 1 else None


_UNSAFE_NAME = re.compile(r"[@<>\r\n]")


@rule("MSG303", "display-name", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def display_name(view: MessageView) -> Iterator[Found]:
    """The name in To is this person's.

    What: a display name that is not the record's, or that holds @, <, > or a line break.
    Why: mail programs show the display name instead of the address: "anne@y.example <jean@x.example>" looks like
    a second recipient, and a long quoted name can be folded into one.
    Bad: To: "jean@x.example, anne@y.example" <jean@x.example>
    Good: To: "Dupont, Jean" <jean@x.example>
    Fix: correct the name's cell, or the letter's To header.
    """
    names = [view.recipient.name]
    patterns = view.message.shape.mailboxes.get("To", ())
    names += [pattern.name.fill(view.message.values) for pattern in patterns]
    for name in dict.fromkeys(names):
        if not name:
            continue
        reason = ""
        if _UNSAFE_NAME.search(name):
            reason = "holds @, <, > or a line break"
        elif not _is_own_name(view, name):
            reason = "is not this person's"
        if reason:
            yield Found(
                message=f"{view.inspection.person(view.record)}: the name in To {reason}: {shorten(name)}",
                fix="Correct the name's cell, or write To: {{ name }} <{{ email }}> with this table's fields.",
                evidence=(view.own_key, name),
                record=view.record,
                field=view.inspection.table.columns.full_name or view.inspection.table.columns.last_name or None,
                excerpt=name,
                cause=f"{reason}\x1f{name}",
            )


def _is_own_name(view: MessageView, name: str) -> bool:
    own = view.words_of_own_name
    said = fold(name).split()
    words = set(said) - CIVILITIES
    if not own or words <= own:
        return True
    if words.isdisjoint(own) and not words <= set(fold(" ".join(view.record.values)).split()):
        return False
    return all(view.record.number in hit.owners for hit in view.inspection.identities.names_in(said))


@rule("MSG304", "foreign-address", Severity.BLOCK, Suppression.ALLOW, Scope.MESSAGE)
def foreign_address(view: MessageView) -> Iterator[Found]:
    """No address but this person's and the sender's.

    What: any e-mail address in any part, header or link of a message that is neither the recipient's, nor the
    sender's, nor allowed by name.
    Why: it needs no list to be right: whoever the address belongs to, this person was not meant to read it.
    Bad: "comme convenu avec paul.durand@client.example" in a comment that the letter prints
    Good: the recipient's own address; the sender's; [lint] allow_addresses = ["dpo@exemple.test"]
    Fix: take the address out of the cell or the letter, or allow it by name if everybody may have it.
    """
    for address in view.addresses:
        yield Found(
            message=f"{view.inspection.person(view.record)} would read the address {shorten(address.text)}, "
            "which is neither theirs nor allowed",
            fix="Take it out of the cell; or, for an address of your own, name it in [lint] allow_addresses.",
            evidence=(view.own_key, address.key),
            record=view.record,
            field=_field_with(view, address.text),
            excerpt=address.text,
            cause=address.key,
            together=f"{{count}} people would read the address {shorten(address.text)}, which is neither theirs "
            "nor allowed: {lines}",
        )
    letter = view.letter.letter.name
    if len(view.shape.addresses) > _FEW_ADDRESSES:
        count = len(view.shape.addresses)
        first = shorten(view.shape.addresses[0].text)
        yield Found(
            message=f"{letter} holds {count} addresses that are neither the recipient's nor allowed, such as {first}",
            fix="Take them out of the letter: everybody would read them.",
            evidence=(letter, *sorted(address.key for address in view.shape.addresses)),
            record=view.record,
            letter=letter,
            excerpt=view.shape.addresses[0].text,
            cause=f"letter\x1f{letter}",
            together=f"{letter} holds {count} addresses that are neither the recipient's nor allowed, such as {first}; "
            "{count} people would read them",
            general=True,
        )
        return
    for address in view.shape.addresses:
        if address.key not in view.own_keys:
            yield Found(
                message=f"the letter to {view.inspection.person(view.record)} holds the address "
                f"{shorten(address.text)}, which is neither theirs nor allowed",
                fix="Take it out of the letter; or, for an address of your own, name it in [lint] allow_addresses.",
                evidence=(view.own_key, address.key),
                record=view.record,
                letter=letter,
                excerpt=address.text,
                cause=f"letter\x1f{address.key}",
                general=True,
                together=f"the letter holds the address {shorten(address.text)}, which is neither the recipient's nor "
                "allowed; {count} people would read it: {lines}",
            )


_FEW_ADDRESSES = 3


def _field_with(view: MessageView, text: str) -> str | None:
    """The field whose printed value holds the text."""
    for index, value in enumerate(view.message.values):
        if text in value:
            return _field(view, index)
    return None


_LONG_VALUE = 20


@rule("MSG308", "own-internal-value", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE)
def own_internal_value(view: MessageView) -> Iterator[Found]:
    """What is written about a person for colleagues does not reach the person.

    What: the text of one of this person's internal fields, 20 characters or more, in what the letter prints from
    another field.
    Why: the recruiter's note "trop cher pour son âge" was pasted into the cell of the feedback.
    Bad: retour = "Merci. Trop cher, et difficile en entretien" where commentaire says "difficile en entretien"
    Good: two columns that hold the same job title
    Fix: take the internal text out of the cell that the letter prints.
    """
    table, record = view.inspection.table, view.record
    for position, field in view.shape.internal:
        value = record.values[position]
        if len(value) < _LONG_VALUE or " " not in value:
            continue
        needle = fold(value)
        for index, printed in enumerate(view.message.values):
            if len(printed) >= len(value) and needle in fold(printed):
                yield Found(
                    message=f'{view.inspection.person(record)} would read what "{table.header(field)}" says about '
                    f"them: {shorten(value, 60)}",
                    fix="Take the internal text out of the cell that the letter prints.",
                    evidence=(view.own_key, field, value),
                    record=record,
                    field=_field(view, index) or field,
                    excerpt=value,
                    cause=field,
                )
                break
