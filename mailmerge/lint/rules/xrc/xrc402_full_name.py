"""XRC402: no full name of somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.lint.identities.markup import readable
from mailmerge.lint.identities.masking import BARRIER
from mailmerge.lint.identities.what import Hit, What
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.xrc.exposure import by_place, exposure
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.initials import initials_of_others
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.vocabulary import CAPITAL
from mailmerge.model import Severity
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

DOC = RuleDoc(
    title=N_("No full name of somebody else."),
    what=N_(
        "The first and last name of another row in this message, in either order, whatever the case, accents, spacing "
        "or the endings that a language gives to names. In a column for colleagues (recruiter, contact, manager) it is "
        "only one warning: a recruiter may be in the table too. An initial with a surname that only one other person "
        "has, one name with something of that person's (\"Anna's contract\"), and five surnames of others in one text, "
        "are a warning."
    ),
    why=N_("A rejection that names another candidate reveals who got the job, or who did not."),
    bad=N_('"MARTIN Zoe" in the letter to Paul Small'),
    good=N_(
        "people of the same name; this person's own name; a street named after somebody; a column in [lint] "
        "names_of_others"
    ),
    fix=N_('Correct the cell that the letter prints, or declare who signs: [lint] signatories = ["Claire Martin"].'),
)


LISTED = Sentence(
    "xrc402.listed",
    one=N_('{person} would see {count_named} surnames of others in "{header}": {names}'),
    fix=N_('Check whether "{header}" lists other people; if so, remove them.'),
    many=N_('{count} people would see several surnames of others in "{header}", such as {names} ({lines})'),
)
_MANY = 5
"""Names of others that make a value a list."""
_LONG = 30
_CAPITALISED = regex(rf"[{CAPITAL}][^\W\d_]+(?:[-'’][^\W\d_]+)*")


@rule("XRC402", "full-name", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def full_name(view: MessageView) -> Iterator[RawFinding]:
    """No full name of somebody else."""
    hits = [hit for hit in view.others if hit.what is What.NAME]
    if any(hit.what is What.NAME and hit.key not in view.letter.hits for hit in view.shape.hits):
        hits += _unmasked(view)
    signatories = view.inspection.signatories
    named = [
        hit
        for hit in dict.fromkeys(view.of_others(iter(hits)))
        if hit.key not in signatories and not _names_colleague(view, hit)
    ]
    for hit, *further in by_place(view, named) if len(named) >= _MANY else ([each] for each in named):
        if len(further) + 1 >= _MANY:
            yield exposure(view, hit, further=further)
        else:
            yield from (exposure(view, each) for each in (hit, *further))


def _names_colleague(view: MessageView, hit: Hit) -> bool:
    """Whether a name comes only from columns that name colleagues on purpose."""
    allowed = view.inspection.settings.names_of_others
    if not allowed:
        return False
    expressions = view.message.shape.expressions
    values = [
        BARRIER if index < len(expressions) and frozenset() < expressions[index].fields <= allowed else value
        for index, value in enumerate(view.message.values)
    ]
    texts = [each.pattern.fill(values) for each in view.shape.variable]
    elsewhere = [*view.inspection.identities.found_in(BARRIER.join(texts), view.own), *_unmasked(view)]
    return hit not in elsewhere


def _unmasked(view: MessageView) -> Iterator[Hit]:
    """Names in the constant text of this message's shape, but not this person's own."""
    for constant in view.shape.constants:
        for hit in view.inspection.identities.found_in(readable(constant), view.own):
            if hit.what is What.NAME:
                yield hit


@also("XRC402", Scope.MESSAGE)
def initial_and_surname(view: MessageView) -> Iterator[RawFinding]:
    """An initial with the surname of one other person, where no column of colleagues is printed: it warns."""
    hits = list(initials_of_others(view))
    lists = [value for value, _others in _lists(view)] if hits else []
    for hit in hits:
        if not any(hit.text in value for value in lists):
            yield exposure(view, hit, Severity.WARN)


@also("XRC402", Scope.MESSAGE)
def listed_surnames(view: MessageView) -> Iterator[RawFinding]:
    """A value that lists surnames of others."""
    names = [hit.text for hit in view.others if hit.what is What.NAME]
    for value, others in _lists(view):
        if sum(name in value for name in names) >= _MANY:
            continue  # they are told as full names
        index = view.message.values.index(value)
        yield RawFinding(
            says=LISTED,
            values={
                "person": view.inspection.person(view.record),
                "count_named": len(others),
                "header": view.source_of(index),
                "names": Quoted(", ".join(others)),
            },
            evidence=(view.own_key, "listed", value),
            record=view.record,
            field=view.field_of(index),
            others=tuple(dict.fromkeys(number for owners in others.values() for number in owners))[:_MANY],
            excerpt=value,
            cause=f"listed\x1f{view.message.shape.expressions[index].source}",
            severity=Severity.WARN,
        )


def _lists(view: MessageView) -> Iterator[tuple[str, dict[str, tuple[int, ...]]]]:
    """The values that list surnames of others, and who has each."""
    identities = view.inspection.identities
    for value in dict.fromkeys(view.message.values):
        if len(value) < _LONG or len(capitals := _CAPITALISED.findall(value)) < _MANY:
            continue
        named = {word: fold(word) for word in dict.fromkeys(capitals)}
        others = {
            word: owners
            for word, surname in named.items()
            if surname not in ORDINARY and (owners := identities.surname_owners(surname))
        }
        others = {word: owners for word, owners in others.items() if view.record.number not in owners}
        if len(others) >= _MANY:
            yield value, others
