"""LST116: no column about health, religion, union, origin or the like."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.text.folding import fold

_SPECIAL_HEADERS = words(
    "sante health maladie illness disease medical medicale medicaux handicap handicape disability disabled rqth "
    "grossesse enceinte pregnant pregnancy maternite syndicat syndical syndicale union religion religious confession "
    "culte ethnie ethnique ethnic ethnicity race racial raciale politique politiques political sexuelle sexual "
    "orientation biometrique biometric genetique genetic condamnation condamnations casier criminal addiction vih hiv "
    "pathologie pathologies religieuse invalidite "
    # German, Dutch
    "gesundheit gesundheitszustand krankheit krankheiten behinderung behinderungsgrad schwerbehinderung "
    "schwerbehindert gdb schwangerschaft schwanger mutterschutz konfession religionszugehorigkeit gewerkschaft "
    "gewerkschaftsmitglied gewerkschaftszugehorigkeit parteizugehorigkeit ethnische sexuelle vorstrafe vorstrafen "
    "gezondheid ziekte arbeidshandicap zwanger zwangerschap geloof geloofsovertuiging religie vakbond vakbondslid "
    "etniciteit seksuele "
    # Spanish, Portuguese, Italian
    "salud enfermedad enfermedades discapacidad minusvalia embarazo embarazada confesion sindicato sindical etnia "
    "ideologia saude doenca doencas deficiencia gravidez gravida religiao salute malattia malattie disabilita disabile "
    "invalidita gravidanza incinta religione sindacato sindacale sessuale "
    # Polish
    "zdrowie zdrowia choroba choroby niepelnosprawnosc niepelnosprawnosci ciaza wyznanie religia zwiazek zwiazkowa "
    "seksualna"
)
_JOBS = words(
    "poste job emploi fonction metier service departement secteur specialite position title intitule beruf stelle "
    "abteilung puesto profesion departamento area posto lavoro mansione reparto settore cargo profissao setor "
    "stanowisko zawod dzial branza functie beroep afdeling"
)
_SPECIAL_VALUES = words(
    "rqth enceinte grossesse syndique syndiquee handicape handicapee vih seropositif pregnant schwanger "
    "schwerbehindert zwanger gehandicapt embarazada discapacitado discapacitada seropositivo gravida incinta disabile "
    "sieropositivo niepelnosprawny niepelnosprawna"
)
_PAIRS = {
    "orientation": {"sexuelle", "sexual"},
    "union": {"trade", "member", "membership"},
    "casier": {"judiciaire", "extrait", "b2", "b3"},
    "race": {"ethnic", "ethnicity", "ethnie"},
    "politique": {"opinion", "appartenance", "parti", "affiliation"},
    "politiques": {"opinion", "opinions", "appartenance"},
    "political": {"opinion", "opinions", "party", "affiliation", "views"},
    "zwiazek": {"zawodowy"},
}
"""Words that mean it only together with another."""
_HARMLESS = words(
    "complementaire mutuelle assurance prevoyance insurance plan scheme fund cover securite safety referent referente "
    "contact mission charte policy confidentialite privacy confidentiality accessible accessibilite accessibility "
    "acces access centre center maison ecole cabinet pole domaine filiere formation training diplome "
    "versicherung sicherheit verzekering veiligheid seguro seguridad centro seguranca assicurazione sicurezza "
    "ubezpieczenie bezpieczenstwo laboral lavoro trabalho osrodek"
)
"""Words beside which it is about an insurance, a building or a trade, not about the person."""
_RECORD = words("vierge neant mention condamnation")
"""What is in a column "Casier" that is no column of lockers."""


DOC = RuleDoc(
    title=N_("No column about health, religion, union, origin or the like."),
    what=N_(
        "A column with data that GDPR article 9 protects. It blocks the send if a letter uses it; if none does, it is "
        "only listed."
    ),
    why=N_(
        "Such data needs a legal basis of its own. In a mailing list it is a risk without a purpose, and in a "
        "rejection it looks like the reason."
    ),
    bad=N_('a column "RQTH" in the table for rejections'),
    good=N_('a job title "occupational health nurse"'),
    fix=N_("Delete the column from the file before the mailing."),
)
USED = Sentence(
    "lst116.used",
    one=N_('the column "{header}" appears to contain sensitive data ({words}; GDPR article 9), and a letter uses it'),
    fix=N_('Remove {{{{ {field} }}}} from the letter, and delete the column "{header}" from the file.'),
)
UNUSED = Sentence(
    "lst116.unused",
    one=N_('the column "{header}" appears to contain sensitive data ({words}; GDPR article 9); no letter uses it'),
    fix=N_('Delete the column "{header}" from the file: the mailing does not need it.'),
)


@rule("LST116", "special-category", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def special_category(inspection: Inspection) -> Iterator[RawFinding]:
    """No column about health, religion, union, origin or the like."""
    for position, field in enumerate(inspection.table.fields):
        header = set(fold(field.header).split())
        if header & (_JOBS | _HARMLESS):
            continue
        special = {word for word in header & _SPECIAL_HEADERS if not _PAIRS.get(word) or _PAIRS[word] & header}
        values = set[str]() if special else {record.values[position] for record in inspection.records}
        if "casier" in header and any(_RECORD & set(fold(value).split()) for value in values):
            special = {"casier"}
        if not special:
            special = _special_in(values)
        if not special:
            continue
        used = field.name in inspection.used_fields
        yield RawFinding(
            says=USED if used else UNUSED,
            values={
                "header": Quoted(field.label),
                "words": ", ".join(sorted(special)),
                "field": field.name,
            },
            evidence=(field.name,),
            field=field.name,
            severity=Severity.BLOCK if used else Severity.INFO,
        )


_STEMS = (
    "rqth", "enceinte", "gross", "syndiq", "handicap", "vih", "séropo", "seropo", "pregnant", "schwanger", "schwerb",
    "zwanger", "embaraz", "discapac", "grávida", "gravida", "incinta", "disabile", "sieropo", "niepełnospr",
    "niepelnospr",
)  # fmt: skip
"""How such values may begin: the column is looked through once for each."""
_LONGEST = 40


def _special_in(values: set[str]) -> set[str]:
    short = [value for value in values if len(value) <= _LONGEST]
    text = "\n".join(short).casefold()
    if not any(stem in text for stem in _STEMS):
        return set()
    found = (set(fold(value).split()) & _SPECIAL_VALUES for value in sorted(short))
    return next(filter(None, found), set())
