"""Expressions of ``campaign.toml``: whom to write to (``where``), and what somebody is called (``[columns] name``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from unicodedata import normalize

from jinja2 import TemplateSyntaxError, UndefinedError, nodes
from jinja2.parser import Parser
from msgspec import Struct

from mailmerge.errors import CampaignError
from mailmerge.i18n import N_
from mailmerge.letter.budget import joined
from mailmerge.letter.decisions.comparisons import Meaningless
from mailmerge.letter.decisions.deciding import Comparison, Decision
from mailmerge.letter.jinja.mistakes import explain_expression
from mailmerge.letter.jinja.sandbox import environment
from mailmerge.letter.jinja.syntax import NO_COLUMNS, check_expression, read_program
from mailmerge.letter.letter import RUNTIME_ERRORS
from mailmerge.letter.program import LetterPart, Unknown
from mailmerge.letter.reasons import Impossible, library_reason, reason
from mailmerge.letter.recorder import RECORDER, Recorder
from mailmerge.text.shown import shorten


class Condition(Struct, frozen=True):
    """A ``where`` that can be asked of records, by their values.

    Raises:
        CampaignError: when it is asked: it cannot be computed, or (with its ``field``) the table lacks a field of it.
    """

    source: str
    decisions: tuple[Decision, ...]
    """What it looks for in the cells of a column."""
    _holds: Callable[[Mapping[str, str]], bool]

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The texts that it looks for."""
        return tuple(each for each in self.decisions if isinstance(each, Comparison))

    def __call__(self, values: Mapping[str, str]) -> bool:
        """Whether it is true of a record."""
        return self._holds(values)


def compile_condition(source: str, columns: Mapping[str, str] = NO_COLUMNS) -> Condition:
    """A Jinja2 expression over one record, such as ``statut == 'refusé'``, as a predicate.

    ``columns`` are fields that the table calls otherwise, both by identifier.

    Raises:
        CampaignError: it is not an expression, or reaches beyond the record.
    """
    source = normalize("NFC", source)
    try:
        parser = Parser(environment(), source, state="variable")
        parsed = parser.parse_expression()
        if not parser.stream.eos:
            raise TemplateSyntaxError("more than one expression", 1)
        expression, fields, decisions = check_expression(parsed, columns)
    except TemplateSyntaxError:
        said = explain_expression(source)
        raise CampaignError(
            N_('where = "{source}" cannot be read: {said}'), source=shorten(source, 120), said=said
        ) from None
    except (Unknown, Meaningless) as error:
        raise CampaignError(
            N_('where = "{source}" cannot be used: {said}'), source=shorten(source, 120), said=error.reason
        ) from None
    except RecursionError:
        raise CampaignError(
            N_('where = "{source}" cannot be used: {said}'),
            source=shorten(source, 120),
            said=reason("nested-too-deep"),
        ) from None
    yes = nodes.Output([nodes.TemplateData("1")], lineno=1)
    tree = nodes.Template([nodes.If(expression, [yes], [], [], lineno=1)], lineno=1)
    tree.set_environment(environment())
    render = environment().from_string(tree)

    def holds(values: Mapping[str, str]) -> bool:
        context = render.new_context({**values, RECORDER: Recorder("", ())}, shared=True)
        try:
            return any(render.root_render_func(context))
        except RUNTIME_ERRORS as error:
            raise _failed(f'where = "{source}"', error, fields, values) from None

    return Condition(source, decisions, holds)


def compile_value(
    source: str, columns: Mapping[str, str] = NO_COLUMNS, *, language: str = ""
) -> Callable[[Mapping[str, str]], str]:
    """A template over one record, such as ``{{ prenom }} {{ nom }}``, as a function that gives its text.

    ``columns`` are fields that the table calls otherwise, both by identifier; ``language`` is that of dates.

    Raises:
        CampaignError: it is no template, or reaches beyond the record; calling the function raises it, with its
            ``field``, for a field that the table does not have.
    """
    source = normalize("NFC", source)
    try:
        program = read_program([LetterPart("name", source, 1)], marked=False, columns=columns)
    except (Unknown, RecursionError) as error:
        raise _unusable(source, error) from None
    if program.forbidden:
        raise CampaignError(
            N_('"{source}" cannot be used: {problem}'), source=source, problem=program.forbidden[0].reason
        )
    render = environment().from_string(program.tree)
    fields = frozenset[str]().union(*(expression.fields for expression in program.expressions))

    def value(values: Mapping[str, str]) -> str:
        context = render.new_context({**values, RECORDER: Recorder(language, ())}, shared=True)
        try:
            return joined(render.root_render_func(context))
        except RUNTIME_ERRORS as error:
            raise _failed(f'"{source}"', error, fields, values) from None

    return value


def fields_of_value(source: str, columns: Mapping[str, str] = NO_COLUMNS) -> frozenset[str]:
    """The columns that a template over one record prints, by identifier.

    Raises:
        CampaignError: it is no template.
    """
    try:
        program = read_program([LetterPart("name", normalize("NFC", source), 1)], marked=False, columns=columns)
    except (Unknown, RecursionError) as error:
        raise _unusable(source, error) from None
    return frozenset[str]().union(*(each.fields for each in program.expressions if each.printed))


def _unusable(source: str, error: Unknown | RecursionError) -> CampaignError:
    problem = error.reason if isinstance(error, Unknown) else reason("nested-too-deep")
    return CampaignError(N_('"{source}" cannot be used: {problem}'), source=source, problem=problem)


def _failed(what: str, error: Exception, fields: frozenset[str], values: Mapping[str, str]) -> CampaignError:
    lacking = sorted(fields - values.keys()) if isinstance(error, UndefinedError) else []
    if lacking:
        return CampaignError(
            N_('{what} fails: the table has no column "{column}"'), what=what, column=lacking[0], field=lacking[0]
        )
    why = error.reason if isinstance(error, Impossible) else library_reason(error)
    return CampaignError(N_("{what} fails: {why}"), what=what, why=why, reason=str(why))
