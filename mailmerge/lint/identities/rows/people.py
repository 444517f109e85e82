"""Columns that name people: colleagues of the people of the rows, or these people themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mailmerge.lint.identities.names import words_of
from mailmerge.lint.vocabulary import words
from mailmerge.model import RecordTable
from mailmerge.text.addresses import is_plain
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_SAMPLE = 400
_FEW = 0.5
"""The share of different names up to which they are few: one colleague has several people."""
_COLLEAGUE_WORDS = words(
    "manager recruteur recruteuse recruiter interviewer interlocuteur interlocutrice referent referente signataire "
    "superieur superieure superviseur supervisor chef cheffe tuteur tutrice tutor correspondant correspondante "
    "responsable contact charge chargee parrain marraine formateur formatrice trainer binome buddy mentor coach "
    "encadrant encadrante gestionnaire conseiller conseillere advisor adviser accompagnateur accompagnatrice collegue "
    "colleague directeur directrice director lead leader evaluateur evaluatrice assessor examiner consultant "
    "consultante vorgesetzter ansprechpartner betreuer jefe jefa responsabile referente capo "
    "interviewers recruteurs recruiters evaluateurs assessors formateurs trainers tuteurs mentors managers "
    "vorgesetzte ansprechpartnerin betreuerin pate patin leiter leiterin teamleiter teamleiterin ausbilder ausbilderin "
    "trainerin kollege kollegin fuhrungskraft entrevistador entrevistadora formador formadora tutora mentora gestora "
    "gestor coordinador coordinadora supervisora entrevistadores tutore formatore coordinatore collega intervistatore "
    "begeleider begeleidster leidinggevende contactpersoon opiekun opiekunka kierownik kierowniczka przelozony "
    "rekruter coordenador coordenadora orientador orientadora coordinateur coordinatrice coordinator animateur "
    "animatrice professeur teacher enseignant enseignante maitre maestra maestro lehrer lehrerin "
    "captain captains capitaine kapitan mannschaftsfuhrer mannschaftsfuhrerin capitan capitana capitano capitao "
    "aanvoerder kapitein moderator moderatorin moderateur moderatrice moderador moderadora moderatore facilitator "
    "facilitateur facilitatrice facilitador facilitadora facilitatore educateur educatrice educatore educatrice "
    "educador educadora moniteur monitrice monitor monitora instructor instructora instructeur instructrice "
    "istruttore istruttrice intervenant intervenante delegue deleguee steward host hote hotesse vendeur vendeuse "
    "verkaufer verkauferin vendedor vendedora"
)
_CHOSEN_WORDS = words(
    "retenu retenue retenus choisi choisie selected chosen laureat laureate gagnant gagnante winner successful hired "
    "embauche embauchee recrute recrutee candidat candidate candidats candidates applicant applicants prefere preferee "
    "remplacant remplacante"
)
"""Words in the headers of columns that name those who got what the others did not."""
_NAME = regex(r"[^\W\d_](?:[^\W\d_]|['’ʼ.\-\s])*(?:,\s?[^\W\d_](?:[^\W\d_]|['’ʼ.\- ])*)?(?:\s?\([^()]{1,40}\))?")
_THING_WORDS = words(
    "poste job position fonction metier emploi titre title intitule offre ville town city lieu site societe entreprise "
    "company employeur employer ecole school"
)
"""Words in the headers of columns that do not hold people, whatever is in them by mistake."""
_REMARK = regex(r"\s*\([^()]*\)\s*\Z")
_NUMBER = regex(r"\+?[\d\s().\-/]{8,24}")
_LONGEST_PARTICLE = 3
_LONGEST = 60
_LEAST = 10
"""Cells from which on what they hold says what a column is."""


def name_in(cell: str) -> list[str]:
    """The folded words of the name that a cell is, without titles and remarks; none if it is no name."""
    if len(cell) > _LONGEST or not _NAME.fullmatch(cell.strip()):
        return []
    cell = _REMARK.sub("", cell)
    found = words_of(cell)
    is_sentence = any(word[0].islower() and len(word) > _LONGEST_PARTICLE for word in cell.split()[1:])
    return found if 2 <= len(found) <= 6 and not is_sentence else []


class PeopleColumns:
    """The columns whose values are whole names of people."""

    def __init__(self, table: RecordTable, is_name_word: Callable[[str], bool]):
        self.people: frozenset[str]
        """All of them, but for the names of the rows' own people."""
        self.colleagues: frozenset[str]
        """Those that seem to name colleagues: by their header, or because few names fill the column."""
        self.hinted: frozenset[str]
        """Those whose header says that they name colleagues."""
        self.contacts: frozenset[str]
        """Columns of colleagues' addresses or telephone numbers."""
        contacts: set[str] = set()
        people: set[str] = set()
        colleagues: set[str] = set()
        hinted: set[str] = set()
        own = {*table.columns.names, *table.columns.emails}
        for position, field in enumerate(table.fields):
            said = set(fold(field.header).split())
            is_hinted = not said.isdisjoint(_COLLEAGUE_WORDS) or fold(field.header) == "n 1"
            cells = [value for value in _sampled(table, position) if value.strip()]
            if not is_hinted and (len(cells) < _LEAST or not said.isdisjoint(_THING_WORDS)):
                continue
            if is_hinted and field.name not in own and _are_contacts(cells):
                contacts.add(field.name)
            if field.name in own or not _are_people(cells, is_name_word, is_hinted=is_hinted):
                continue
            people.add(field.name)
            few = len({fold(cell) for cell in cells}) <= max(1, _FEW * len(cells))
            if (few or is_hinted) and said.isdisjoint(_CHOSEN_WORDS):
                colleagues.add(field.name)
                if is_hinted:
                    hinted.add(field.name)
        self.people, self.colleagues = frozenset(people), frozenset(colleagues)
        self.hinted, self.contacts = frozenset(hinted), frozenset(contacts)


def _are_contacts(cells: list[str]) -> bool:
    """Whether nearly all cells are an address, or a telephone number, and nothing else."""
    found = sum(1 for cell in cells if is_plain(cell.strip()) or _NUMBER.fullmatch(cell.strip()))
    return bool(cells) and found >= 0.8 * len(cells)


def own_name_columns(table: RecordTable) -> Iterator[str]:
    """The further columns of which most cells hold a word of the name of the row's own person."""
    names = table.columns.names
    rows = table.records[:: len(table.records) // _SAMPLE + 1]
    own = [{word for name in names for word in words_of(table.value(record, name)) if len(word) > 1} for record in rows]
    for position, field in enumerate(table.fields):
        if field.name in names or field.name in table.columns.emails:
            continue
        cells = [(record.values[position], mine) for record, mine in zip(rows, own, strict=True)]
        filled = [(cell, mine) for cell, mine in cells if cell]
        shared = sum(1 for cell, mine in filled if len(cell) <= _LONGEST and not mine.isdisjoint(words_of(cell)))
        if filled and shared * 2 > len(filled):
            yield field.name


def _sampled(table: RecordTable, position: int) -> list[str]:
    step = len(table.records) // _SAMPLE + 1
    return [record.values[position] for record in table.records[::step]]


def _are_people(cells: list[str], is_name_word: Callable[[str], bool], *, is_hinted: bool) -> bool:
    """Whether nearly all cells are whole names: by a header that says so, or by names that the table has."""
    if not cells:
        return False
    names = [name for cell in cells if cell[:1].isupper() and (name := name_in(cell))]
    if len(names) < 0.8 * len(cells):
        return False
    different = set(map(tuple, names))
    known = sum(1 for name in different if any(map(is_name_word, name)))
    return is_hinted or known * 2 >= len(different)
