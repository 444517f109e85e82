"""MSG302: the greeting names this person, or nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailmerge.i18n import N_
from mailmerge.letter.decisions.answers import gender_of
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.what import What
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.greeting import up_to_comma
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.vocabulary import CAPITAL, FAMILY, words
from mailmerge.model import Severity
from mailmerge.model.patterns import Span
from mailmerge.records.lines.line_words import PARTICLES
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex
from mailmerge.text.titles import FEMININE_TITLES, GREETINGS, MASCULINE_TITLES, SURNAMES_TOO, TITLES

_GREETING_WORDS = (
    TITLES
    | words(fold(" ".join(GREETINGS)))
    | words(
        "geehrtes heer senhor senhora panie"
        " beste buongiorno hola estimado estimada a tous toutes et and to all candidat candidate candidats "
        "candidates collegue collegues ami amie amis futur future ancien ancienne vous you toi"
    )
)
_OF_NAMES = PARTICLES - words("al ben")
"""Words of names that are nobody's on their own, as in a column of what is before a surname."""
_CAPITALISED = regex(rf"\b[{CAPITAL}][\w'’-]+")


DOC = RuleDoc(
    title=N_("The greeting names this person, or nobody."),
    what=N_(
        "A greeting with another person's name, with a value that is not a name of this person, with a title before "
        "a title, or (as a warning) with a name twice."
    ),
    why=N_('The first line is the one everybody reads, and "Dear John" shows Agnes that the list is wrong.'),
    bad=N_("Dear {{ recruiter }},"),
    good=N_("Dear {{ title }} {{ last_name }}, or Dear Sir or Madam,"),
    fix=N_("In the greeting, use the fields that hold the person's own name."),
)
_FIX = N_("In the greeting of {letter}, use the fields that hold the person's own name.")
GREETED = Sentence(
    "msg302.greeted",
    one=N_('{person} would be greeted as "{greeted}"'),
    fix=_FIX,
    many=N_('{count} people would be greeted by something other than their name, such as "{greeted}" ({lines})'),
)
SOMEBODY = Sentence(
    "msg302.somebody",
    one=N_('{person} would be greeted as "{greeted}", which is the name of {owners}'),
    fix=_FIX,
    many=N_('{count} people would be greeted by a name that is not theirs, such as "{greeted}" ({lines})'),
)
TYPED = Sentence(
    "msg302.typed",
    one=N_('{person} would be greeted as "{greeted}": the name is typed into {letter}'),
    fix=N_('In {letter}, replace "{greeted}" with the field that holds the person\'s own name.'),
    many=N_('{count} people would be greeted as "{greeted}": the name is typed into {letter} ({lines})'),
)
TITLED_TWICE = Sentence(
    "msg302.titled-twice",
    one=N_('{person} would be greeted as "{greeted}", with a title before a title'),
    fix=N_('Delete the title from the cells of "{header}", or print only one of the two titles in {letter}.'),
    many=N_('{count} people would be greeted with a title before a title, such as "{greeted}" ({lines})'),
)
NAMED_TWICE = Sentence(
    "msg302.named-twice",
    one=N_('{person} would be greeted as "{greeted}", with a name twice'),
    fix=N_('Delete the name that is repeated from the cells of "{header}", or print only one of the two in {letter}.'),
    many=N_('{count} people would be greeted with a name twice, such as "{greeted}" ({lines})'),
)


@rule("MSG302", "salutation", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def salutation(view: MessageView) -> Iterator[RawFinding]:
    """The greeting names this person, or nobody."""
    greeting = up_to_comma(view.greeting)
    named = not view.words_of_own_name.isdisjoint(fold("".join(span.text for span in greeting)).split())
    before = all_before = ""
    for span in greeting:
        if span.value is None:
            before = span.text
            all_before += span.text
            yield from _written_name(view, span.text)
            continue
        if _begins_with_title(span.text) and _ends_with_title(all_before):
            yield _twice(view, greeting, span, TITLED_TWICE)
        elif _repeats_name(greeting, span):
            longer = max(span, greeting[greeting.index(span) - 2], key=lambda each: len(each.text))
            yield _twice(view, greeting, longer, NAMED_TWICE, Severity.WARN)
        all_before += span.text
        if _is_title(view, span):
            continue  # "Geachte {{ aanhef }} {{ achternaam }}", for "de heer"
        is_name = not named and _is_addressed(before)
        stray = [word for word in fold(span.text).split() if word not in _GREETING_WORDS and not word.isdigit()]
        if _OF_NAMES.issuperset(stray) or not view.words_of_own_name.isdisjoint(stray):
            continue
        if not is_name and view.inspection.name_words.isdisjoint(stray):
            continue  # "Bonjour {{ prenom }} de {{ ville }}", "Bonjour à toute l'équipe {{ societe }}"
        if (named and _is_family(view, span.value)) or (
            _is_of_something(before) and not _is_full_name(view, span.text)
        ):
            continue  # "Bonjour {{ prenom }} et {{ conjoint }}", "Bonjour {{ prenom }} de {{ ville }}"
        own = _own_words(view)
        if not own or any(word in own for word in stray):
            continue
        expression = view.message.shape.expressions[span.value]
        hits = view.inspection.identities.found_in(span.text, view.own)
        owners = next((hit.owners for hit in hits if hit.what is What.NAME), ())
        if not owners and not view.inspection.table.columns.names:
            continue  # the parents of the pupils that the table names
        values: dict[str, Value] = {
            "person": view.inspection.person(view.record),
            "greeted": Quoted(span.text, 40),
            "letter": Quoted(view.letter.letter.name),
        }
        if owners:
            values["owners"] = view.inspection.people(owners)
        yield RawFinding(
            says=SOMEBODY if owners else GREETED,
            values=values,
            evidence=(view.own_key, span.text),
            record=view.record,
            field=view.field_of(span.value),
            others=owners,
            letter=view.letter.letter.name,
            letter_line=expression.line,
            excerpt=span.text,
            cause=expression.source,
        )


def _is_title(view: MessageView, span: Span) -> bool:
    """Whether a value is a title, in whatever words, from the column of titles: MSG311 says whether it is right."""
    titles = view.inspection.titles
    return bool(titles and gender_of(span.text)) and span.value is not None and view.field_of(span.value) == titles


def _is_family(view: MessageView, value: int) -> bool:
    """Whether a value is from a column that names the family of the person, who is greeted as well."""
    field = view.field_of(value)
    return field is not None and not FAMILY.isdisjoint(field.split("_"))


def _is_of_something(before: str) -> bool:
    """Whether the word before a value makes it where somebody is from, or a team."""
    return fold(before).split()[-1:] != [] and fold(before).split()[-1] in _OF


def _is_full_name(view: MessageView, value: str) -> bool:
    return any(hit.what is What.NAME for hit in view.inspection.identities.found_in(value, view.own))


_OF = words(
    "de du des d of from at chez von vom aus bei del della di da dal van uit z ze do dos equipe team famille family "
    "parents eltern service societe agence site club association company firma equipo equipa squadra zespole"
)
"""Words before a town, a team or a firm."""
_GENDERED = (FEMININE_TITLES | MASCULINE_TITLES) - SURNAMES_TOO


def _begins_with_title(value: str) -> bool:
    """Whether a value is a name with a title before it: not the title itself, and not somebody called Herr."""
    said = value.split()
    return len(said) > 1 and fold(said[0]) in _GENDERED


def _ends_with_title(before: str) -> bool:
    said = fold(before).split()
    return bool(said) and said[-1] in _GENDERED


def _repeats_name(greeting: Sequence[Span], span: Span) -> bool:
    """Whether the value before has all words of a value, and more, beside it: "Zoé Martin" and then "Martin".

    Two cells that say the same are left alone: there are people called Ali Ali, and Thomas Thomas.
    """
    at = next(number for number, each in enumerate(greeting) if each is span)
    if at < 2 or greeting[at - 2].value is None or greeting[at - 1].text.strip(" \xa0"):
        return False
    before, said = fold(greeting[at - 2].text).split(), fold(span.text).split()
    if not before or not said or before == said:
        return False
    return before[-len(said) :] == said or said[: len(before)] == before


def _twice(
    view: MessageView, greeting: Sequence[Span], span: Span, says: Sentence, severity: Severity | None = None
) -> RawFinding:
    """A title or a name from a cell, behind the same that is printed before it."""
    field = view.field_of(span.value) if span.value is not None else None
    letter = view.letter.letter.name
    text = "".join(each.text for each in greeting)
    kind = says.id.partition(".")[2].replace("-", " ")  # part of fingerprints
    return RawFinding(
        says=says,
        severity=severity,
        values={
            "person": view.inspection.person(view.record),
            "greeted": Quoted(" ".join(text.split())),
            "header": Quoted(view.inspection.table.header(field) if field else "", 40),
            "letter": Quoted(letter),
        },
        evidence=(view.own_key, kind, span.text),
        record=view.record,
        field=field,
        letter=letter,
        excerpt=span.text,
        cause=f"{kind}\x1f{field}",
    )


def _written_name(view: MessageView, text: str) -> Iterator[RawFinding]:
    """Another person's name, as the table has it, that the author typed into the greeting."""
    start, end = 0, -1
    names: list[tuple[int, int]] = []
    for at, stop, said in view.inspection.printed(text).once(_names_in):
        if said.issubset(_own_words(view)):
            continue
        if names and not text[end:at].strip(" \xa0-"):
            names[-1] = (start, stop)  # Jean-Luc, Anna Maria
        else:
            start = at
            names.append((at, stop))
        end = stop
    name = view.letter.letter.name
    for greeted in (text[first:last] for first, last in names):
        yield RawFinding(
            says=TYPED,
            values={
                "person": view.inspection.person(view.record),
                "greeted": Quoted(greeted, 40),
                "letter": Quoted(name),
            },
            evidence=(name, greeted),
            record=view.record,
            letter=name,
            excerpt=greeted,
            cause=f"{name}\x1f{greeted}",
        )


def _names_in(inspection: Inspection, text: str) -> list[tuple[int, int, frozenset[str]]]:
    """Where words with a capital are of names of the table, and those names."""
    found = (
        (*match.span(), inspection.name_words.intersection(fold(match.group()).split()) - _GREETING_WORDS)
        for match in _CAPITALISED.finditer(text)
    )
    return [each for each in found if each[2]]


def _is_addressed(before: str) -> bool:
    """Whether what is before a value in a greeting makes it the name of who is greeted."""
    said = fold(before).split()
    return not said or said[-1] in _GREETING_WORDS


def _own_words(view: MessageView) -> set[str]:
    """The folded words of every field that may hold this person's own name or title; empty if none does."""
    table, record = view.inspection.table, view.record
    own = {*view.words_of_own_name, *fold(view.recipient.name).split()}
    if not own:
        return own
    for name in (*view.inspection.own_names, table.columns.title):
        own.update(fold(table.value(record, name)).split())
    return own
