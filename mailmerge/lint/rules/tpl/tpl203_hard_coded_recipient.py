"""TPL203: the letter text names nobody from the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.markup import readable
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.identities.what import Hit, What
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.tpl.typed_cells import typed_amounts, typed_days, typed_hours, typed_relatives, typed_values
from mailmerge.lint.sentence import Quoted, Sentence, Term, Value
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text.addresses import same_mailbox_key
from mailmerge.text.folding import fold

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("The letter text names nobody from the table."),
    what=N_(
        "The address, telephone number, reference or full name of a recipient in the author's own words. Declared "
        "signatories and the name in From are only listed. As a warning, an amount that one recipient alone has in a "
        "column that the letter does not print, and an hour, a day, a number or a name that some have in such a "
        "column, and others not."
    ),
    why=N_("A letter to one person that was turned into a template shows that person's name to every recipient."),
    bad=N_('"Dear John Small," in the template, and John Small in the table'),
    good=N_('"Dear {{ first_name }} {{ last_name }},"'),
    fix=N_('Replace the words with fields, or declare who signs: [lint] signatories = ["Claire Martin"].'),
)
_ADDRESS = Sentence(
    "tpl203.address",
    one=N_(
        "{letter}, line {line}: the letter text itself contains the e-mail address of {people}, "
        "which every recipient would see"
    ),
    fix=N_("Replace it with {{{{ {email} }}}}, or delete it."),
    many=N_(
        "{letter}: the letter text itself contains the e-mail addresses of {count} people, first on line {line}; "
        "every recipient would see them"
    ),
)
_ADDRESS_IN_HEADER = Sentence(
    "tpl203.header-address",
    one=N_("{letter}, line {line}: the header {header} contains the e-mail address of {people}"),
    fix=N_("Remove it from {header}: each person gets a message of their own, and sees nobody else's address."),
    many=N_("{letter}: the header {header} contains the e-mail addresses of {count} people, first on line {line}"),
)
_NAME = Sentence(
    "tpl203.name",
    one=N_(
        "{letter}, line {line}: the letter text itself contains the full name of {people}, "
        "which every recipient would see"
    ),
    fix=N_(
        "Replace it with fields; or, if this is who signs the letter, list them under signatories "
        "in [lint] of campaign.toml."
    ),
    many=N_(
        "{letter}: the letter text itself contains the full names of {count} people, first on line {line}; "
        "every recipient would see them"
    ),
)
_NUMBER = Sentence(
    "tpl203.number",
    one=N_(
        "{letter}, line {line}: the letter text itself contains {identity} of {people}, which every recipient would see"
    ),
    fix=N_("Replace it with the field that holds it."),
    many=N_(
        "{letter}: the letter text itself contains {identity} of {count} people, first on line {line}; "
        "every recipient would see it"
    ),
)
_PHONE = replace(
    _NUMBER,
    fix=N_(
        "Replace it with the field that holds it; or, if it is the number of a colleague who signs, add the "
        "colleague's name to signatories under [lint] in campaign.toml."
    ),
)
_SIGNS = Sentence(
    "tpl203.signs",
    one=N_("{letter}, line {line}: the letter text itself contains the full name of {people}, a declared signatory"),
    fix=N_("No action is needed."),
)
_AMOUNT = Sentence(
    "tpl203.amount",
    one=N_(
        '{letter}, line {line}: {text} in the letter text is what "{header}" has for {people}; every recipient would '
        "see it"
    ),
    fix=N_(
        'Print the column "{header}" in its place; or, if the amount is the same for everybody, no action is needed.'
    ),
)
_HOUR = Sentence(
    "tpl203.hour",
    one=N_(
        '{letter}, line {line}: {text} in the letter text is what "{header}" has for {people}, and others have another '
        "hour there; every recipient would read it"
    ),
    fix=N_('Print the column "{header}" in its place; or, if the hour is the same for everybody, no action is needed.'),
)
_DAY = Sentence(
    "tpl203.day",
    one=N_(
        '{letter}, line {line}: {text} in the letter text is what "{header}" has for {people}, and others have another '
        "day there; every recipient would read it"
    ),
    fix=N_('Print the column "{header}" in its place; or, if the day is the same for everybody, no action is needed.'),
)
_CELL = Sentence(
    "tpl203.cell",
    one=N_(
        '{letter}, line {line}: {text} in the letter text is what "{header}" has for {people}, and others have '
        "something else there; every recipient would read it"
    ),
    fix=N_('Print the column "{header}" in its place; or, if this is the same for everybody, no action is needed.'),
)
_RECIPIENTS = frozenset({"to", "cc", "bcc"})
_SENTENCES = {What.ADDRESS: _ADDRESS, What.NAME: _NAME, What.PHONE: _PHONE}
_NUMBERS = {
    What.PHONE: Term(N_("the telephone number")),
    What.NIR: Term(N_("the social security number")),
    What.IBAN: Term(N_("the bank account number")),
    What.REFERENCE: Term(N_("the reference")),
}


@rule("TPL203", "hard-coded-recipient", Severity.BLOCK, Suppression.ALLOW, Scope.LETTER, DOC)
def hard_coded_recipient(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """People of the table in the letter's own words."""
    signatories = inspection.signatories | {" ".join(sorted(fold(name).split())) for name in from_names(letter)}
    seen: set[tuple[str, str]] = set()
    for constant in letter.constants:
        if constant.part.casefold() == "attachment":
            continue  # ATT502 tells of the name of a file
        hits = list(identities_in(inspection.identities, readable(constant.text)))
        addresses = [(hit.at, hit.at + len(hit.text)) for hit in hits if hit.what is What.ADDRESS]
        for hit in hits:
            if hit.what is What.NAME and any(start <= hit.at < end for start, end in addresses):
                continue  # jean.petit (at) mail.example is an address
            place = (hit.key, constant.part)
            if place in seen or hit.key in inspection.allowed or _is_own_sender(letter, hit):
                continue
            seen.add(place)
            signs = hit.what is What.NAME and hit.key in signatories
            if hit.what is not What.NAME and not inspection.writers.isdisjoint(hit.owners):
                continue  # the writer's own number in the signature
            if hit.what is What.PHONE and len(inspection.table.records) <= len(hit.owners):
                continue  # the switchboard, which every row has
            line = constant.line_at(hit.at)
            values: dict[str, Value] = {
                "letter": Quoted(letter.name),
                "line": line,
                "people": inspection.people(hit.owners),
                "email": inspection.table.columns.email or "email",
            }
            if hit.what in _NUMBERS:
                values["identity"] = _NUMBERS[hit.what]
            elsewhere = [] if constant.part == "body" else [constant.part]
            in_header = hit.what is What.ADDRESS and constant.part.casefold() in _RECIPIENTS
            values["header"] = constant.part
            yield RawFinding(
                says=_SIGNS if signs else _ADDRESS_IN_HEADER if in_header else _SENTENCES.get(hit.what, _NUMBER),
                values=values,
                evidence=(letter.name, hit.key, *elsewhere),
                others=hit.owners,
                letter=letter.name,
                letter_line=line,
                excerpt=constant.text[hit.at : hit.at + len(hit.text)],
                severity=_severity(inspection, hit, signs=signs),
                cause="" if signs else "\x1f".join((letter.name, hit.what.name, *elsewhere)),
            )


@also("TPL203", Scope.LETTER)
def typed_cell(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """What some have in a column that a letter does not use: an amount, an hour, a day, a number, a name."""
    signing = {" ".join(sorted(fold(name).split())) for name in from_names(letter)} | inspection.signatories
    told: set[str] = set()
    kinds = (
        (_AMOUNT, typed_amounts),
        (_HOUR, typed_hours),
        (_DAY, typed_days),
        (_CELL, typed_relatives),
        (_CELL, typed_values),
    )
    for says, typed in ((says, typed) for says, find in kinds for typed in find(inspection, letter)):
        if typed.field in told or " ".join(sorted(fold(typed.text).split())) in signing:
            continue
        told.add(typed.field)
        line = typed.constant.line_at(typed.at)
        yield RawFinding(
            says=says,
            values={
                "letter": Quoted(letter.name),
                "line": line,
                "text": Quoted(typed.text),
                "header": Quoted(inspection.table.label(typed.field), 40),
                "people": inspection.people(typed.numbers),
            },
            evidence=(letter.name, typed.field, typed.text),
            others=typed.numbers,
            field=typed.field,
            letter=letter.name,
            letter_line=line,
            excerpt=typed.text,
            severity=Severity.WARN,
        )


def _severity(inspection: Inspection, hit: Hit, *, signs: bool) -> Severity:
    if signs:
        return Severity.INFO
    return Severity.WARN if inspection.may_be_anybody([(hit.what, hit.owners)]) else Severity.BLOCK


def from_names(letter: Letter) -> Iterator[str]:
    """The display name in From, as the author wrote it."""
    for constant in letter.constants:
        if constant.part.casefold() == "from":
            yield re.sub(r"<[^>]*>?", " ", constant.text)


def _is_own_sender(letter: Letter, hit: Hit) -> bool:
    return hit.key in {same_mailbox_key(address) for address in letter.declared_senders}
