"""The words by which people and programs write that a cell has no value, folded."""

from __future__ import annotations

from mailmerge.records.columns.header_synonyms import each_word, phrases

SHORT = each_word("na nd nc nr ns np so ka nb tbd tbc tba nvt nn nan")
"""Abbreviations that say so where their letters are apart: "N/A", "n.d.", "k. A."; together, the column tells."""
ALWAYS_SHORT = each_word("tbd tbc tba nvt")
"""Those that say so even together."""
RARELY_SHORT = each_word("so ns np ka nb nn nr")
"""Those that, together, are as likely something else."""
SURNAMES = each_word("null nil nul none vide leer blank empty brak vacio vuoto leeg pusty vazio undefined todo")
"""Words that are somebody's name as well."""
STATES = frozenset(
    phrases(
        "pending, awaited, outstanding, en attente, en cours d attribution, offen, ausstehend, in klarung, pendiente, "
        "en tramite, in attesa, in sospeso, pendente, em curso, oczekuje, w toku, openstaand, in behandeling, "
        "in afwachting"
    )
)
"""Words for what is not there yet, where the other cells have a code, a day or an hour; else a state of something."""
WORDS = STATES | frozenset(
    phrases(
        """neant, inconnu, inconnue, inconnus, indefini, indefinie, indetermine, indeterminee, non renseigne, non
        renseignee, non renseignes, non communique, non communiquee, non precise, non precisee, non defini, non definie,
        non disponible, non applicable, non connu, non connue, non attribue, non attribuee, pas renseigne, pas de
        donnees, pas de donnee, sans objet, sans valeur, aucune valeur, aucune donnee, aucune information, donnee
        manquante, manquant, valeur manquante, cellule vide,
        unknown, not known, not available, not applicable, not provided, not specified, not set, not given, not defined,
        not stated, not yet known, no data, no value, no information, missing, missing value, unspecified, unassigned,
        undetermined, empty cell,
        unbekannt, nicht bekannt, nicht angegeben, nicht vorhanden, nicht verfugbar, nicht zutreffend, nicht
        anwendbar, nicht definiert, keine angabe, keine angaben, keine daten, ohne angabe, fehlt, entfallt,
        nicht zugewiesen, unbestimmt,
        desconocido, desconocida, sin datos, sin dato, sin informacion, sin especificar, sin definir, no disponible,
        no aplica, no procede, no consta, no especificado, no especificada, no definido, no definida,
        sconosciuto, sconosciuta, ignoto, non disponibile, non applicabile, non specificato, non specificata, non
        definito, non definita, non pervenuto, nessun dato, nessun valore, dato mancante, mancante, non indicato,
        desconhecido, desconhecida, nao disponivel, nao aplicavel, nao se aplica, nao informado, nao informada, nao
        definido, nao definida, nao especificado, sem dados, sem informacao, nao consta, sem valor,
        onbekend, niet bekend, niet beschikbaar, niet van toepassing, niet opgegeven, niet ingevuld, geen gegevens,
        geen opgave, ontbreekt,
        nieznany, nieznana, nieznane, nie dotyczy, brak danych, brak informacji, niedostepne, niedostepny,
        nie podano, nieokreslony, nieokreslone,
        folgt, volgt, placeholder, lorem ipsum, dummy, xxx, xxxx, xxxxx, xxxxxx, yyy, zzz"""
    )
)
"""Words that say so wherever they are a whole cell."""
MAYBE = frozenset(
    phrases("manquant, missing, fehlt, ontbreekt, mancante, a venir, to follow, folgt, volgt, a anunciar, a indicar")
)
"""Those of them, and of :data:`OPEN`, that are a state of something as well."""
OPEN = tuple(
    phrases(
        """a completer, a definir, a preciser, a renseigner, a remplir, a determiner, a confirmer, a saisir, a fixer, a
        inserer, a venir,
        to be defined, to be confirmed, to be determined, to be announced, to be completed, to be advised, to be filled
        in, to be agreed, to be decided, to follow, to complete, to fill in,
        zu erganzen, zu bestimmen, zu definieren, zu klaren, noch offen, noch festzulegen, wird nachgereicht, noch nicht
        bekannt, noch nicht festgelegt, auszufullen, wird noch bekannt gegeben, noch zu klaren, noch zu erganzen,
        por definir, por confirmar, por completar, por determinar, por rellenar, a confirmar, a determinar, a completar,
        da definire, da confermare, da completare, da stabilire, da compilare, da determinare, da inserire, da decidere,
        a preencher, a definir, por preencher, a indicar, a anunciar,
        nog te bepalen, nog onbekend, nog te bevestigen, in te vullen, nog in te vullen, te bepalen, nog niet
        bekend, aan te vullen,
        do uzupelnienia, do ustalenia, do potwierdzenia, do okreslenia, do wypelnienia"""
    )
)
"""Instructions to whoever was to fill in the cell."""
NEEDS = each_word(
    """diet diets dietary dietaries food foods meal meals allergy allergies allergen allergens intolerance intolerances
    requirement requirements need needs restriction restrictions adjustment adjustments accessibility regime alimentaire
    alimentation allergie allergenes besoin besoins repas contrainte contraintes amenagement amenagements
    accompagnant accompagnants accompagnateur option options extra extras supplement supplements
    essen ernahrung allergien unvertraglichkeit unvertraglichkeiten essgewohnheiten diat besonderheiten wunsche bedarf
    begleitperson begleitpersonen dieta alergia alergias intolerancia intolerancias restricciones necesidades
    acompanante acompanantes allergia intolleranza intolleranze esigenze accompagnatori dieet dieetwensen allergieen
    dieetwens wensen alergie alergia wymagania potrzeby restricoes necessidades acompanhante acompanhantes"""
)
"""Words in the headers of columns where people answer that they need nothing."""
NOTHING_NEEDED = frozenset(
    phrases(
        "none, nil, no, na, n a, neant, aucun, aucune, sans objet, rien, non, keine, kein, keins, keines, nein, "
        "nichts, "
        "ninguno, ninguna, nada, nessuna, nessuno, nessun, geen, brak, zadne, nenhum, nenhuma, nothing, not applicable"
    )
)
"""Those answers."""
