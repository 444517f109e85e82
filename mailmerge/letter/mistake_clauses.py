"""What is wrong with the template code of a letter: a token, and the clause for whoever wrote it."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.i18n import N_

MISTAKES: Mapping[str, str] = {
    # braces
    "spaced-braces": N_("there is something between the two braces; write {write}"),
    "brace-missing-first": N_("a brace is missing at the beginning; write {write}"),
    "brace-missing-last": N_("a brace is missing at the end; write {write}"),
    "brace-too-many": N_("there is a brace too many; write {write}"),
    "braces-too-many": N_("there are too many braces; write {write}"),
    "full-width-braces": N_("these are full-width braces; write {write}"),
    "full-width-braces-empty": N_(
        "these are full-width braces; write {{{{ field }}}} or {{% if field %}} with ordinary ones"
    ),
    "braces-unreadable": N_(
        "the braces here cannot be read; write a field as {{{{ field }}}} and a condition as"
        " {{% if field %}} ... {{% endif %}}"
    ),
    "braces-open": N_("the braces are not closed; write {write}"),
    "sign-missing": N_("the sign {sign} is missing; write {write}"),
    "never-closed": N_("{opening} is never closed here: {text}; write {closing} after it"),
    "comment-never-closed": N_("the comment {{# is never closed; write #}} where it ends"),
    # conditions and loops as they are nested
    "tag-never-closed": N_("{tag} is never closed; write {write} where its text ends"),
    "no-if-before": N_("{tag} has no {{% if ... %}} before it; write the condition, or take it out"),
    "no-opening-before": N_("{tag} has no {opening} before it; write it, or take this out"),
    "closed-too-early": N_("{tag} comes before the {opening} of line {line} is closed; write {write} first"),
    # one tag
    "nothing-in-tag": N_("there is nothing between {{% and %}}; write a condition, or take it out"),
    "condition-in-braces": N_("a condition goes between {{% and %}}; write {write}"),
    "no-condition": N_("{tag} has no condition; write {write}"),
    "condition-unreadable": N_("the condition {text} cannot be read; write it as {write}"),
    "tag-unreadable": N_("{tag} cannot be read; write it as {write}"),
    "tag-unreadable-at-all": N_("{tag} cannot be read; take it out"),
    "else-takes-none": N_("{{% else %}} takes no condition; write {{% else %}}"),
    "else-or-elif": N_("{{% else %}} takes no condition; write {write}, or {{% else %}}"),
    "tag-unknown": N_("{tag} is not known; write {write}"),
    "tag-unknown-form": N_("{tag} is not known; write it as {write}"),
    "tag-unknown-field": N_("{tag} is not known; to print a field write {write}"),
    "tag-unknown-at-all": N_(
        "{tag} is not known; a letter has if, elif, else, endif, for, endfor and set: write"
        " {{% if field %}} ... {{% endif %}}"
    ),
    # one expression
    "nothing-in-braces": N_("there is nothing between {{{{ and }}}}; write the name of a field"),
    "name-with-spaces": N_("a field's name has no spaces or signs; write {write}"),
    "curly-quotes-in": N_("the quotation marks are curly in {code}; write straight ones, \" or '"),
    "quote-missing-in": N_("a quotation mark is missing in {code}; write one at each end of the text"),
    "filter-unreadable": N_("what follows the bar in {code} cannot be read; write it as {write}"),
    "not-a-name": N_("{code} is not the name of a field; write it in letters, digits and _"),
    "not-a-condition": N_("this is not a condition; write it as {write}"),
    # a sender's mailbox
    "sender-quote": N_(
        "{header}: {text} has a quotation mark too few; write {write}, or the name between two quotation marks"
    ),
    "sender-angle": N_("{header}: {text} has an angle bracket too few or too many; write {write}"),
    "sender-comma": N_("{header}: {text} has a comma in the name, which would separate two mailboxes; write {write}"),
    "sender-semicolon": N_(
        "{header}: {text} has a semicolon in the name, which would separate two mailboxes; write {write}"
    ),
    "sender-several-from": N_("{header}: {text} names more than one mailbox; keep only the sender"),
    "sender-several": N_(
        "{header}: {text} names more than one mailbox; keep one: RFC 5322 allows several, but mail programs treat them"
        " differently"
    ),
    "sender-no-address": N_("{header}: {text} has no mail address; write {write}"),
    "sender-sign-in-name": N_(
        "{header}: {text} has @, < or > in the name, which reads as a second address; write {write}"
    ),
    "sender-brackets": N_("{header}: {text} needs angle brackets around the address; write {write}"),
    "sender-space": N_("{header}: {text} has a space inside the address; write {write}"),
    "sender-two-ats": N_("{header}: {text} has two @ signs; write {write}"),
    "sender-ats": N_("{header}: {text} has more than one @ sign; write one address, as in {write}"),
    "sender-invalid": N_("{header}: {text} has no valid mail address; write {write}"),
    "sender-accent": N_(
        "{header}: {text} has an accent before the @, which most servers refuse; write one without, as in {write}"
    ),
    # what can be repaired
    "repaired": N_("{problem}; write {write}"),
    "invisible": N_("there is an invisible character ({odd}) in it"),
    "html-tag": N_("there is an HTML tag between the braces; put it around them"),
    "html-entity": N_("there is a character written as HTML code between the braces"),
    "full-width": N_("these are full-width signs"),
    "curly": N_("the quotation marks are curly"),
    "emphasis": N_("there are signs of formatting between the braces; put them around"),
    "bars": N_("one of the bars | is not needed"),
    "comparison": N_("two values are compared with ==, !=, <, <=, > or >="),
    "choice": N_("one of two texts is chosen with if and else"),
    "bar-of-filter": N_("a filter comes after a bar |"),
    "joined": N_("conditions are joined with and, or, not"),
    "listed": N_("several values are compared with in"),
    "parentheses-of-filter": N_("what a filter needs goes into parentheses"),
    "parentheses": N_("the parentheses or brackets do not match"),
    "filter-misspelt": N_("the name of a filter is misspelt"),
    "quotes": N_("a quotation mark is missing, or one is too many"),
    "spaces": N_("a field's name has no spaces or signs"),
    "would-subtract": N_("{name} would subtract texts; for the field of that name write {write}"),
    "would-divide": N_("{name} would divide texts; for the field of that name write {write}"),
    "no-filter": N_('there is no filter "{name}"; there are {offered}'),
    "no-filter-but": N_('there is no filter "{name}"; write {write}'),
    "no-test": N_('there is no test "{name}"; there are {offered}'),
    "no-test-but": N_('there is no test "{name}"; write {write}'),
    "not-a-date-style": N_("{text} is not a way to write a date; write {write}"),
    "accord-arguments": N_('accord takes a word and a title; write accord("reçu", civilite)'),
}
"""The clause of each token, with its named places; a ``problem`` is a reason of its own."""
