"""An incident as somebody gathers it, step by step: kept between two sittings, and found again."""

from __future__ import annotations

import json
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict, replace

from mailmerge.environment import Environment
from mailmerge.errors import MailmergeError
from mailmerge.files.home import private_directory, write_atomically
from mailmerge.incident.opening import incidents, open_incident
from mailmerge.incident.record import RECORD_FILE, IncidentRecord, read_record

_FILE = "incident-draft.json"


class IncidentStep(StrEnum):
    """The steps, in their order."""

    COPIES = "copies"
    TABLE = "table"
    AWARE = "aware"
    COUNT = "count"
    FACTS = "facts"
    SHEETS = "sheets"
    APOLOGIES = "apologies"


class StepState(StrEnum):
    """How far a step is."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    OPTIONAL = "optional"


class IncidentDraft(Struct, frozen=True):
    """What was gathered so far."""

    copies: tuple[str, ...] = ()
    table: str = ""
    aware: str = ""
    folder: str = ""
    """Where the incident is, once it was opened."""

    @property
    def is_opened(self) -> bool:
        """Whether there is an incident, and not only what it will be made of."""
        return bool(self.folder) and (Path(self.folder) / RECORD_FILE).is_file()

    def record(self) -> IncidentRecord | None:
        """The incident; None before it was opened.

        Raises:
            InputError: it cannot be read.
        """
        return read_record(Path(self.folder)) if self.is_opened else None

    def state_of(self, step: IncidentStep, record: IncidentRecord | None) -> StepState:
        """How far a step is."""
        opened = record is not None
        match step:
            case IncidentStep.COPIES:
                return StepState.DONE if self.copies or opened else StepState.NOW
            case IncidentStep.TABLE:
                return StepState.DONE if self.table else StepState.OPTIONAL
            case IncidentStep.AWARE:
                return StepState.DONE if self.aware or opened else StepState.NOW if self.copies else StepState.LATER
            case IncidentStep.COUNT:
                return StepState.DONE if opened else StepState.NOW if self.copies and self.aware else StepState.LATER
            case IncidentStep.FACTS:
                return StepState.LATER if record is None else StepState.NOW if record.open else StepState.DONE
            case IncidentStep.SHEETS | IncidentStep.APOLOGIES:
                return StepState.NOW if opened else StepState.LATER


def load_draft(environment: Environment) -> IncidentDraft:
    """What was gathered last, or the last incident that was opened here."""
    with suppress(OSError, ValueError, TypeError):
        document = json.loads((environment.home.state / _FILE).read_text(encoding="utf-8"))
        draft = IncidentDraft(**{**document, "copies": tuple(map(str, document.get("copies", ())))})
        if not draft.folder or draft.is_opened:
            return draft
    return next((IncidentDraft(folder=str(folder)) for folder in incidents(environment)), IncidentDraft())


def keep_draft(environment: Environment, draft: IncidentDraft) -> IncidentDraft:
    """Keep it; where it cannot be kept, it is there until the program ends."""
    with suppress(OSError, MailmergeError):
        content = json.dumps(asdict(draft), ensure_ascii=False, indent=1).encode()
        write_atomically(private_directory(environment.home.state) / _FILE, content)
    return draft


def opened_from(
    draft: IncidentDraft, folder: str, language: str, environment: Environment, _progress: object = None
) -> IncidentDraft:
    """The draft, once its incident was opened in a folder; made to be run in a process of its own.

    Raises:
        MailmergeError: as :func:`mailmerge.incident.opening.open_incident`.
    """
    where = Path(folder).expanduser().absolute()
    open_incident(
        [Path(copy) for copy in draft.copies],
        aware=draft.aware,
        folder=where,
        table=Path(draft.table) if draft.table else None,
        language=language,
        environment=environment,
    )
    return replace(draft, folder=str(where))
