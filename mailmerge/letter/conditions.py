"""Expressions of ``campaign.toml``: whom to write to (``where``), and what somebody is called (``[columns] name``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jinja2 import TemplateSyntaxError, nodes
from jinja2.parser import Parser

from mailmerge.errors import CampaignError
from mailmerge.letter.expressions import Unknown
from mailmerge.letter.letter import RUNTIME_ERRORS
from mailmerge.letter.mistakes import explain_expression
from mailmerge.letter.recorder import Recorder, capped
from mailmerge.letter.sandbox import RECORDER, environment
from mailmerge.letter.syntax import Part, check_expression, read_program


def compile_condition(source: str) -> Callable[[Mapping[str, str]], bool]:
    """A Jinja2 expression over one record, such as ``statut == 'refusé'``, as a predicate.

    Raises:
        CampaignError: it is no expression, or reaches beyond the record; calling the predicate raises it for a field
            that the table does not have.
    """
    try:
        parser = Parser(environment(), source, state="variable")
        parsed = parser.parse_expression()
        if not parser.stream.eos:
            said = explain_expression(source) or "this is more than one expression; join conditions by and / or"
            raise CampaignError(f'where = "{source}" cannot be read: {said}')
        expression, _fields = check_expression(parsed)
    except TemplateSyntaxError as error:
        raise CampaignError(
            f'where = "{source}" cannot be read: {explain_expression(source) or error.message}'
        ) from None
    except (Unknown, RecursionError) as error:
        raise CampaignError(f'where = "{source}" cannot be used: {error}') from None
    yes = nodes.Output([nodes.TemplateData("1")], lineno=1)
    tree = nodes.Template([nodes.If(expression, [yes], [], [], lineno=1)], lineno=1)
    tree.set_environment(environment())
    render = environment().from_string(tree)

    def condition(values: Mapping[str, str]) -> bool:
        context = render.new_context({**values, RECORDER: Recorder("", ())}, shared=True)
        try:
            return any(render.root_render_func(context))
        except RUNTIME_ERRORS as error:
            raise CampaignError(f'where = "{source}" fails: {error}') from None

    return condition


def compile_value(source: str) -> Callable[[Mapping[str, str]], str]:
    """A template over one record, such as ``{{ prenom }} {{ nom }}``, as a function that gives its text.

    Raises:
        CampaignError: it is no template, or reaches beyond the record; calling the function raises it for a field that
            the table does not have.
    """
    try:
        program = read_program([Part("name", source, 1)], marked=False)
    except (Unknown, RecursionError) as error:
        raise CampaignError(f'"{source}" cannot be used: {error}') from None
    if program.forbidden:
        raise CampaignError(f'"{source}" cannot be used: {program.forbidden[0].reason}')
    render = environment().from_string(program.tree)

    def value(values: Mapping[str, str]) -> str:
        context = render.new_context({**values, RECORDER: Recorder("", ())}, shared=True)
        try:
            return capped("".join(render.root_render_func(context)))
        except RUNTIME_ERRORS as error:
            raise CampaignError(f'"{source}" fails: {error}') from None

    return value
