"""A small campaign of invented people, what is on the screen, and waiting for what happens behind it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from textual.pilot import Pilot

from mailmerge.tui.page import Page
from mailmerge.tui.screens.campaign.screen import CampaignScreen

TABLE = """\
Civilité;Prénom;Nom;Adresse e-mail;Poste;Ville
Madame;Maëlys;Roux;maelys.roux@orange.example;Chargée de communication;Toulouse
Monsieur;Hugo;Petit;hugo.petit@free.example;Graphiste;Albi
Madame;Léa;Durand;lea.durand@outlook.example;Graphiste;Castres
Monsieur;José;Oliveira;jose.oliveira@gmail.example;Acheteur bois et panneaux;Toulouse
Madame;Zoé;Lecœur;zoe.lecoeur@proton.example;Graphiste;Toulouse
"""
LETTER = """\
Subject: Votre candidature au poste de {{ poste }}

Bonjour {{ civilite }} {{ nom }},

Nous avons lu votre candidature au poste de **{{ poste }}** avec attention, et nous avons choisi une autre personne.

Nous vous souhaitons une belle suite.

Hélène Castéra
"""


@dataclass
class Drawings:
    """How often there was something to draw, and what was read of it last."""

    count: int = 0
    changes: int = 0
    """How often a widget asked to be drawn, or the screen was laid out or drawn: in between it reads the same."""
    read: tuple[object, ...] = ()
    text: str = ""


DRAWINGS = Drawings()
OpenApp = Callable[..., AbstractAsyncContextManager[Pilot[int]]]
OpenEditor = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


async def until(pilot: Pilot[int], holds: Callable[[], object], seconds: float = 60.0) -> None:
    """Let the program work until something holds."""
    deadline = time.monotonic() + seconds
    if holds():
        return
    while not holds() and not pilot.app._exception:
        assert time.monotonic() < deadline, f"what was waited for did not come; there is:\n{screen_text(pilot)}"
        await asyncio.sleep(0.01)
    await pilot.pause(0)  # once, and not at every look: each widget of the screen is asked whether it is done


async def settled(pilot: Pilot[int]) -> None:
    """Let the program work until nothing runs behind the screen, and the screen has stayed as it is for a while.

    What waits for a person's answer is no work: only threads are.
    """
    await pilot.pause(0)
    last, text, quiet, drawn = DRAWINGS.count, "", 0, False
    deadline = time.monotonic() + 60
    while quiet < 4:
        assert time.monotonic() < deadline, f"the program does not settle; there is:\n{screen_text(pilot)}"
        await asyncio.sleep(0.05)
        idle = all(worker.is_finished or not worker._thread_worker for worker in pilot.app.workers)
        if DRAWINGS.count != last:
            before, text, drawn = text, screen_text(pilot) if drawn else "", True
            idle = idle and text == before != ""  # what is drawn again and again may be what was there
        quiet = quiet + 1 if idle else 0
        last = DRAWINGS.count
    await pilot.pause(0)
    screen_text(pilot)
    assert_the_pane_is_marked(pilot)


def assert_the_pane_is_marked(pilot: Pilot[int]) -> None:
    """The title of the pane that one is in is marked, and no other: each change of focus was drawn."""
    focused = pilot.app.screen.focused
    within = focused.ancestors_with_self if focused else []
    for title in pilot.app.screen.query(".title"):
        assert (title.styles.border_left[0] == "outer") == (title.parent in within), f"{title}, with {focused} in focus"


def screen_text(pilot: Pilot[int]) -> str:
    """What is on the screen, as a terminal would show it."""
    width, height = pilot.app.size
    compositor = pilot.app.screen._compositor
    if DRAWINGS.read != (compositor, width, height, DRAWINGS.changes):
        lines = compositor.render_strips()
        DRAWINGS.text = "\n".join(strip.text[:width].rstrip() for strip in lines[:height])
        DRAWINGS.read = compositor, width, height, DRAWINGS.changes
    return DRAWINGS.text


def words_on(pilot: Pilot[int]) -> str:
    """What is on screen, wherever its lines end, and without the edges of panes."""
    return " ".join(screen_text(pilot).replace("▌", " ").split())


def campaign_screen(pilot: Pilot[int]) -> CampaignScreen:
    """The campaign screen, wherever it stands in the stack."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, CampaignScreen))


@asynccontextmanager
async def without_widgets(page: Page) -> AsyncIterator[None]:
    """The moment between the widgets in one language and those in another, made long."""
    async with page.lock:
        await page.query_children("*").exclude(".-textual-system, .lasting").remove()
        yield
        await page.recompose()
    page.fill()
