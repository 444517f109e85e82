"""Whatever HTML or Markdown the author writes, however broken: no value changes what a browser makes of it."""

from __future__ import annotations

import re
from pathlib import Path

import nh3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from letter_cases import body_letter, composed

PIECES = """\
< <b _title= " ' > </b> {{_nom_}} {{_nom_}} {{_nom_}} & <!-- --> <textarea> </textarea> <title> </title> <p> text = /
<script> </script> <svg> </svg> <style> </style> <xmp> </xmp> <noscript> <math> <![CDATA[ <![ <![if ]]> <! <? _ <a_href=
https://x.example/ javascript: <iframe> <plaintext> <select> <table> --!> <!--> lt; #60 <img_src= _alt= <body> </p </ `
<template> * _ `` ``` # | |---|---| [ ]( ) ![ \\ 1. ~~ &amp;
"""
HOSTILE = [
    "<i>X",
    '"><i>X',
    "'><i>X",
    "--><i>X",
    "</textarea><i>X",
    "</title></style></script><i>X",
    "]]><i>X",
    "lt;i>X",
]
TAGS = {
    *nh3.ALLOWED_TAGS, "title", "textarea", "svg", "math", "xmp", "noscript", "iframe", "select", "template", "img",
    "body", "html", "meta", "plaintext",
}  # fmt: skip

soups = st.lists(
    st.sampled_from([piece.replace("_", " ") for piece in PIECES.split()] + ["\n", "\n\n"]), max_size=14
).map("".join)


def elements(html: str | None) -> list[str]:
    """The tags that an HTML5 parser finds, in order."""
    cleaned = nh3.clean(html or "", tags=TAGS, clean_content_tags=set(), strip_comments=False, link_rel=None)
    return re.findall(r"</?[a-zA-Z]+", cleaned)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("soup")


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(soup=soups, name=st.sampled_from(["l.html", "l.md"]), value=st.sampled_from(HOSTILE))
def test_no_value_adds_or_ends_an_element(folder: Path, soup: str, name: str, value: str) -> None:
    letter = body_letter(folder, soup, name)
    if letter.forbidden:
        return
    assert elements(composed(letter, nom=value).html) == elements(composed(letter, nom="QZQ").html)
