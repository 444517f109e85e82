"""``mailmerge rules``: what each rule of the linter finds, why it matters, and how to fix it."""

from __future__ import annotations

import click

from mailmerge.cli.output import put
from mailmerge.i18n import _, pgettext
from mailmerge.lint import HEADINGS, all_rules, rule_named
from mailmerge.lint.finding import Suppression
from mailmerge.model.words import severity_column, severity_word


@click.command()
@click.argument("code", required=False)
def rules(code: str | None) -> None:
    """List the linter's rules, or explain the one called CODE.

    \b
    Example: mailmerge rules LST105
    """
    if code is None:
        for rule in all_rules():
            severity, suppression = severity_column(rule.severity), suppression_column(rule.suppression)
            put(f"{rule.code}  {severity}  {suppression}  {rule.name:24}  {_(rule.doc.title)}")
        return
    rule = rule_named(code.upper())
    head = _("{code} {name} ({severity}; suppression: {suppression})").format(
        code=rule.code,
        name=rule.name,
        severity=severity_word(rule.severity),
        suppression=suppression_word(rule.suppression),
    )
    put(f"{head}\n\n{_(rule.doc.title)}\n")
    for part, heading in HEADINGS.items():
        told = _("{heading}: {text}").format(heading=_(heading), text=_(getattr(rule.doc, part)))
        put(click.wrap_text(told, 100, preserve_paragraphs=part in ("bad", "good")))


def suppression_word(suppression: Suppression) -> str:
    """How a finding can be set aside, in a word."""
    words = {
        Suppression.NEVER: pgettext("suppression", "never"),
        Suppression.WAIVER: pgettext("suppression", "waiver"),
        Suppression.ALLOW: pgettext("suppression", "allow"),
    }
    return words[suppression]


def suppression_column(suppression: Suppression) -> str:
    """The same, as wide as the widest of them."""
    return suppression_word(suppression).ljust(max(len(suppression_word(each)) for each in Suppression))
