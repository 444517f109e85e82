"""Addresses that are well formed and still not this person's: look-alikes, slips of the pen, lists and colleagues."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

import idna

from mailmerge.addresses import domain_key
from mailmerge.lint.domains import ending_exists, meant_provider
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.registry import Scope, rule
from mailmerge.lint.vocabulary import FREE_MAIL, words
from mailmerge.model import Severity
from mailmerge.text import shorten

_TOGETHER = words("CJK HIRAGANA KATAKANA HANGUL BOPOMOFO LATIN IDEOGRAPHIC")
"""Scripts that are written together (UTS 39, highly restrictive)."""


@rule("LST106", "confusable", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE)
def confusable(inspection: Inspection) -> Iterator[Found]:
    """No address with letters of two alphabets.

    What: an address in which one label mixes scripts, such as a Cyrillic j among Latin letters.
    Why: it looks like the person's address and is a stranger's; nobody sees the difference on a screen.
    Bad: јean@x.example, whose first letter is Cyrillic
    Good: jean@x.example; an address that is all Greek, or a domain with accents
    Fix: type the address again by hand.
    """
    email = inspection.table.columns.email
    for record in inspection.records:
        cell = inspection.table.value(record, email)
        if cell.isascii() and "xn--" not in cell.casefold():
            continue
        for label in _labels(cell):
            scripts = _scripts(label)
            if len(scripts) > 1 and not scripts <= _TOGETHER:
                mixed = " and ".join(sorted(script.capitalize() for script in scripts))
                yield Found(
                    message=f'{inspection.person(record)}: "{shorten(label)}" in the address {shorten(cell)} mixes '
                    f"{mixed} letters; the server would read {shorten(_ascii(cell))}",
                    fix="Type the address again by hand: it was pasted with letters that only look right.",
                    evidence=(cell,),
                    record=record,
                    field=email,
                    excerpt=cell,
                )
                break


def _labels(cell: str) -> Iterator[str]:
    local, _, domain = cell.strip().rpartition("@")
    yield local
    for label in domain.split("."):
        if label.casefold().startswith("xn--"):
            try:
                label = idna.decode(label)
            except (idna.IDNAError, UnicodeError):
                continue
        yield label


def _scripts(label: str) -> frozenset[str]:
    return frozenset(_script(character) for character in label if character.isalpha())


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    return unicodedata.name(character, "UNKNOWN").partition(" ")[0]


def _ascii(cell: str) -> str:
    local, _, domain = cell.strip().rpartition("@")
    shown = "".join(c if c.isascii() else f"\\u{ord(c):04x}" for c in local)
    return f"{shown}@{domain_key(domain.casefold())}"


@rule("LST107", "domain-typo", Severity.WARN, Suppression.WAIVER, Scope.TABLE)
def domain_typo(inspection: Inspection) -> Iterator[Found]:
    """No slip of the pen in a domain.

    What: a domain one or two letters away from a common provider's and rare in this table, and an ending that does not
    exist, by IANA's list of top-level domains.
    Why: gmial.com exists, and belongs to somebody who collects other people's mail.
    Bad: jean.petit@gmial.com, jean.petit@gmaill.con, jean.petit@atelier.ft
    Good: ymail.com, gmx.fr and other providers that exist; a company's domain that many rows have
    Fix: ask the person, or correct the address.
    """
    email = inspection.table.columns.email
    domains = Counter(_domain(recipient.address) for recipient in inspection.recipients)
    usual = max(2, len(inspection.recipients) // 50)
    doubted = {domain for domain, count in domains.items() if count <= usual and _is_doubtful(domain)}
    if not doubted:
        return
    for recipient in inspection.recipients:
        domain = _domain(recipient.address)
        if domain not in doubted:
            continue
        provider = meant_provider(domain)
        ending = domain.rpartition(".")[2]
        yield Found(
            message=f"{inspection.person(recipient.record)}: {shorten(recipient.address)}: "
            + (f"did they mean {provider}?" if provider else f'no domain ends in ".{shorten(ending, 20)}"'),
            fix=f"If {shorten(domain)} is a typo, correct it; otherwise no action is needed."
            if ending_exists(domain)
            else "Ask the person for the right address: this one cannot be reached.",
            evidence=(recipient.address.casefold(),),
            record=recipient.record,
            field=email,
            excerpt=domain,
            cause=domain,
        )


def _domain(address: str) -> str:
    return domain_key(address.rpartition("@")[2].casefold())


def _is_doubtful(domain: str) -> bool:
    return "." in domain and (bool(meant_provider(domain)) or not ending_exists(domain))


_ROLES = words(
    "info infos contact rh drh hr jobs job recrutement recrutements recruitment careers carriere carrieres emploi "
    "candidat candidats candidature candidatures candidates applicants tous toutes all everyone everybody team equipe "
    "staff personnel salaries employees collaborateurs admin administration administrateur postmaster webmaster "
    "abuse noreply no-reply ne-pas-repondre nepasrepondre accueil reception direction secretariat office hello "
    "bonjour support service services compta comptabilite commercial ventes sales marketing communication presse press "
    "mail email courrier bureau association mairie list liste lists listes newsletter members membres groupe group"
)
_LIST_SUFFIXES = ("-list", "-liste", "-request", "-owner", "-bounces", "-announce", "-all", "-tous", "-members")
_LIST_DOMAINS = ("listes.", "lists.", "liste.", "list.", "groups.", "groupes.")


@rule("LST109", "role-or-list", Severity.WARN, Suppression.WAIVER, Scope.TABLE)
def role_or_list(inspection: Inspection) -> Iterator[Found]:
    """One person reads what is sent to this address.

    What: addresses that stand for a function or a list (info@, rh@, candidats@, tous@, -list@), and addresses of the
    sender's own domain.
    Why: a rejection to candidats@ reaches all candidates, one to info@ the whole office.
    Bad: tous@exemple.test
    Good: j.info@x.example, which is a person called Info; the sender's own domain, where half of the list has it
    Fix: ask the person for an address of their own; waive it where one person really reads it.
    """
    email = inspection.table.columns.email
    house = _house_domains(inspection)
    domains = Counter(recipient.address.rpartition("@")[2].casefold() for recipient in inspection.recipients)
    house = frozenset(domain for domain in house if domains[domain] < max(2, len(inspection.recipients) / 2))
    for recipient in inspection.recipients:
        local, at, domain = recipient.address.casefold().rpartition("@")
        if not at:
            continue
        reason = _why_shared(local.partition("+")[0], domain)
        if not reason and domain in house:
            reason = "is an address of the sender's own domain"
        if reason:
            yield Found(
                message=f"{inspection.person(recipient.record)}: {shorten(recipient.address)} {reason}",
                fix="Make sure that one person reads it, and that it is this one.",
                evidence=(recipient.address.casefold(),),
                record=recipient.record,
                field=email,
                excerpt=recipient.address,
                cause=f"{reason}\x1f{domain}",
            )


def _why_shared(local: str, domain: str) -> str:
    if local in _ROLES:
        return "stands for a function or a list, which several people may read"
    if local.endswith(_LIST_SUFFIXES) or domain.startswith(_LIST_DOMAINS) or domain == "googlegroups.com":
        return "looks like a mailing list, which several people read"
    return ""


def _house_domains(inspection: Inspection) -> frozenset[str]:
    """Domains of the sender that are nobody else's."""
    addresses: Iterable[str] = [a for letter in inspection.letters for a in letter.declared_senders]
    if inspection.sender is not None:
        addresses = [*addresses, inspection.sender.address]
    return frozenset(address.rpartition("@")[2].casefold() for address in addresses) - FREE_MAIL
