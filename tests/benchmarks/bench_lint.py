"""How the linter is judged (rules.md), by hand: `python tests/benchmarks/bench_lint.py [--seeds 6] [--sizes 5 20 340]`.

Seeded clean campaigns with traps, and every mutation operator on each size: recall, which rule saw it, blocks and
warnings per clean campaign, seconds and memory; then the same with the names of twelve languages. `--speed` measures
one large campaign against a plain loop that builds the same messages without any check.
"""

from __future__ import annotations

import argparse
import platform
import resource
import sys
import time
from collections import Counter
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))

from lint_locales import LOCALES, locale_world
from lint_mutations import OPERATORS, Operator, judge
from lint_mutations_further import FURTHER
from lint_world import World, clean_world

from mailmerge.lint import check
from mailmerge.lint.views.layout import Scans
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text.folding import fold


def clean(sizes: list[int], seeds: int) -> None:
    print(f"{'people':>8} {'campaigns':>10} {'blocks':>7} {'warnings':>9} {'s each':>8}")
    for size in sizes:
        count = seeds * (20 if size <= 20 else 2 if size <= 340 else 1)
        blocks = warnings = 0
        seconds = 0.0
        for seed in range(count):
            with TemporaryDirectory() as folder:
                report = check(clean_world(seed, size).inspect(Path(folder)))
            blocks += report.count(Severity.BLOCK)
            warnings += report.count(Severity.WARN)
            seconds += report.seconds
        print(f"{size:>8} {count:>10} {blocks:>7} {warnings:>9} {seconds / count:>8.3f}")


def languages(sizes: list[int], seeds: int) -> None:
    """Clean campaigns with the names of twelve languages: what is said of them, by rule."""
    print(f"\n{'people':>8} {'campaigns':>10} {'blocks':>7} {'warnings':>9} {'a campaign':>11}")
    for size in sizes:
        count = len(LOCALES) * max(1, seeds * (10 if size <= 20 else 1))
        said: Counter[tuple[str, str]] = Counter()
        for seed in range(count):
            with TemporaryDirectory() as folder:
                report = check(locale_world(seed, size).inspect(Path(folder)))
            said.update((each.rule, each.severity) for each in report.findings if each.severity is not Severity.INFO)
        blocks = sum(number for (_rule, severity), number in said.items() if severity == Severity.BLOCK)
        warnings = said.total() - blocks
        print(f"{size:>8} {count:>10} {blocks:>7} {warnings:>9} {warnings / count:>11.3f}   {dict(said) or ''}")


def further(sizes: list[int], seeds: int) -> None:
    """The operators over whole kinds, with the names of twelve languages; only what is missed is named."""

    def plain(seed: int, size: int) -> World:
        return locale_world(seed, size, traps=0)

    for size in sizes:
        totals: Counter[str] = Counter()
        caught: Counter[str] = Counter()
        for operator in FURTHER:
            if size < operator.least:
                continue
            for seed in range(max(1, seeds if size <= 20 else seeds // 3 if size <= 340 else 1)):
                verdict = judge(operator, seed, size, make=plain)
                is_seen = verdict.caught and bool(set(verdict.by) & {*operator.rules, "TableError", "LetterError"})
                totals[_kind(operator)] += 1
                caught[_kind(operator)] += is_seen
                if not is_seen:
                    print(
                        f"missed at {size}, seed {seed}: {operator.name} (told: {', '.join(verdict.by) or 'nothing'})"
                    )
        for kind, total in totals.items():
            print(f"{kind:>6} rules, {size:>5} people: {caught[kind] / total:8.2%} of {total}")


def _kind(operator: Operator) -> str:
    return "never" if operator.never else "block" if operator.blocks else "warn"


def damaged(sizes: list[int], seeds: int) -> None:
    totals: Counter[tuple[str, int]] = Counter()
    caught: Counter[tuple[str, int]] = Counter()
    print(f"\n{'operator':<52}" + "".join(f"{size:>8}" for size in sizes) + "   seen by")
    for operator in OPERATORS:
        kind = _kind(operator)
        shares = []
        by: Counter[str] = Counter()
        for size in sizes:
            runs = max(1, seeds if size <= 20 else seeds // 3 if size <= 340 else 1)
            if size < operator.least:
                shares.append("-")
                continue
            verdicts = [judge(operator, seed, size) for seed in range(runs)]
            seen = sum(verdict.caught for verdict in verdicts)
            by.update(rule for verdict in verdicts for rule in verdict.by)
            totals[kind, size] += runs
            caught[kind, size] += seen
            shares.append(f"{seen / runs:.0%}")
        first = [rule for rule in operator.rules if by[rule]] or [rule for rule, _count in by.most_common(2)]
        print(f"{operator.name:<52}" + "".join(f"{share:>8}" for share in shares) + f"   {', '.join(first)}")
    print()
    for kind in ("never", "block", "warn"):
        for size in sizes:
            if totals[kind, size]:
                share = caught[kind, size] / totals[kind, size]
                print(f"{kind:>6} rules, {size:>5} people: {share:8.2%} of {totals[kind, size]}")


def speed(size: int) -> None:
    """One large campaign: the check against a plain loop, and the identity scan against its own normalising."""
    from jinja2.sandbox import SandboxedEnvironment
    from markdown_it import MarkdownIt

    with TemporaryDirectory() as folder:
        world = clean_world(1, size)
        inspection = world.inspect(Path(folder))
        body = world.letter.partition("\n\n")[2].replace("|proper", "|title")
        template = SandboxedEnvironment().from_string(body)
        markdown = MarkdownIt()
        started = time.perf_counter()
        for recipient in inspection.recipients:
            text = template.render(inspection.table.values(recipient.record))
            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = "rh@exemple.test", recipient.address, "Candidature"
            message.set_content(text)
            message.add_alternative(markdown.render(text), subtype="html")
            message.as_bytes()
        loop = time.perf_counter() - started
        started = time.perf_counter()
        report = check(inspection)
        checked = time.perf_counter() - started
        scans = Scans(inspection)
        views = [
            MessageView(inspection, inspection.compose(inspection.recipients[i]), scans) for i in range(min(size, 2000))
        ]
        texts = [view.text for view in views]
        started = time.perf_counter()
        words = [fold(text).split() for text in texts]
        normalising = time.perf_counter() - started
        started = time.perf_counter()
        for each in words:
            inspection.identities.is_suspect(each)
        looking = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{size} people: plain loop {loop:.2f} s, check {checked:.2f} s ({checked / loop:.2f} of it), "
        f"{checked / size * 1e6:.0f} us a person, {len(report.blocks)} blocks, {memory:.0f} MB"
    )
    print(f"identity scan: {(normalising + looking) / normalising:.2f} times its own normalising pass")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 20, 340])
    parser.add_argument("--speed", type=int, default=0)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()}")
    if options.speed:
        speed(options.speed)
        return
    clean(options.sizes, options.seeds)
    damaged(options.sizes, options.seeds)
    languages(options.sizes, options.seeds)
    further(options.sizes, options.seeds)


if __name__ == "__main__":
    main()
