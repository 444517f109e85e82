"""TPL205: what is a placeholder of another program, between which marks, and where it begins and ends."""

from __future__ import annotations

from each_row import each_row
from lint_cases import inspection_of, letter_of

from mailmerge.lint.rules.tpl.tpl205_foreign_placeholder import foreign_placeholder
from mailmerge.model import Severity

TOLD: dict[str, list[tuple[str, str]]] = {
    "Cher [[nom]], le { est resté": [("[[nom]]", "meant"), ("{", "lost")],
    "le } est resté, cher [[nom]]": [("}", "lost"), ("[[nom]]", "meant")],
    "Cher { prenom, merci": [("{ prenom", "meant")],
    "Cher prenom } merci": [("prenom }", "meant")],
    "[[nom]] et { prenom, merci": [("[[nom]]", "meant"), ("{ prenom", "meant")],
    "{ a\n\nb }": [("{", "lost"), ("}", "lost")],
    "un { deux { trois } quatre": [("{", "lost"), ("{ trois }", "literal")],
    "un } deux { trois": [("}", "lost"), ("{", "lost")],
    "fin %}} et [[nom]]": [("%}", "lost"), ("}", "lost"), ("[[nom]]", "meant")],
    "un {\n\ndeux }\n\ntrois { quatre }": [("{", "lost"), ("}", "lost"), ("{ quatre }", "literal")],
    "Cher [[nom]] et prenom } merci": [("[[nom]]", "meant"), ("prenom }", "meant")],
    "Cher { inconnu, merci": [("{", "lost")],
    "Cher inconnu } merci": [("}", "lost")],
    "Cher {prenom": [("{prenom", "meant")],
    "prix*[nom]": [("[nom]", "meant")],
    "*[nom]*": [("[nom]", "meant")],
    "%[nom]": [("%[nom]", "meant")],
    "a%[nom]": [("[nom]", "meant")],
    "|nom| ici": [("|nom|", "meant")],
    "x |nom|": [("|nom|", "meant")],
    "a |nom| b |prenom|": [],
    "x |nom|\n--|--": [],
    "::nom::": [("::nom::", "meant")],
    "^nom^": [("^nom^", "meant")],
    "^^nom^^": [("^^nom^^", "meant")],
    "~nom~": [("~nom~", "meant")],
    "~~nom~~": [("~~nom~~", "meant")],
    "=nom=": [("=nom=", "meant")],
    "a_nom_b": [],
    "&nom&": [("&nom&", "meant")],
    "/_nom_/": [],
    "%%nom%%": [("%%nom%%", "meant")],
    "% nom %": [],
    "%% nom %%": [("%% nom %%", "meant")],
    "@@ nom @@": [("@@ nom @@", "meant")],
    "## nom ##": [],
    "#nom#": [("#nom#", "meant")],
    "!nom!": [("!nom!", "meant")],
    "$nom$": [("$nom$", "meant")],
    "$nom": [("$nom", "meant")],
    "$ nom": [],
    "20 $nom": [],
    "$Nom": [("$Nom", "meant")],
    "$NOM et %Prenom": [("$NOM", "meant"), ("%Prenom", "meant")],
    "$Home": [],
    "@Nom": [("@Nom", "meant")],
    "Bonjour @prenom @Nom,": [("@prenom", "meant"), ("@Nom", "meant")],
    "rh@nom, rh@nom.example, @nom.example": [],
    "@nobody, @ nom": [],
    "20 $ NOM": [],
    "Bonjour NOM,": [("NOM", "meant")],
    "Cher Nom\n\nMerci": [("Nom", "meant")],
    "Dear First Name,": [("First Name", "literal")],
    "Bonjour Civilité Nom,": [("Civilité Nom", "literal")],
    "Bonjour Civilité,": [],
    "Bonjour Nom du poste": [],
    "Nom : Dupont": [],
    "Bonjour à tous,": [],
    '=SI(A1="F";1;2)': [("=SI(", "literal")],
    "a =IF(x)": [("=IF(", "literal")],
    "y=if(x)": [],
    "le #N/A et #REF!": [("#N/A", "literal"), ("#REF!", "literal")],
    "le #NA": [],
    "Poste : Cliquez ou appuyez ici pour entrer du texte.": [
        ("Cliquez ou appuyez ici pour entrer du texte.", "literal"),
    ],
    "Choose an item. Wählen Sie ein Element aus.": [
        ("Choose an item.", "literal"),
        ("Wählen Sie ein Element aus.", "literal"),
    ],
    "Cliquez ici pour plus de détails.": [],
    "Choisissez un élément du menu.": [],
    "%nom": [("%nom", "meant")],
    "$$nom$$": [("$$nom$$", "meant")],
    "-nom-": [("-nom-", "meant")],
    "--nom--": [("--nom--", "meant")],
    "+nom+": [("+nom+", "meant")],
    "?nom?": [("?nom?", "meant")],
    "*nom*": [],
    "**nom**": [("**nom**", "meant")],
    "_nom_": [],
    "__nom__": [("__nom__", "meant")],
    "[1]": [],
    "[nom 2]": [],
    "[[2]]": [],
    "[PDF]": [],
    "[RH]": [],
    "[RHX]": [("[RHX]", "literal?")],
    "[A1B]": [],
    "[SERVICE PAIE]": [("[SERVICE PAIE]", "literal?")],
    "[service]": [("[service]", "unfinished")],
    "(nom)": [],
    "((nom))": [("((nom))", "meant")],
    "(%nom%)": [("(%nom%)", "meant")],
    "<nom>": [("<nom>", "meant")],
    "<b>": [],
    "<title>": [],
    "‹nom›": [("‹nom›", "meant")],
    "« nom »": [],
    "«nom»": [("«nom»", "meant")],
    "«Microsoft»": [],
    "{a: b}": [],
    "{nom: x}": [("{nom", "meant")],
    "{a;b}": [],
    "{ unmot }": [("{ unmot }", "literal")],
    "{ deux mots }": [],
    "{ if x }": [],
    "{ IF X }": [("{ IF X }", "literal")],
    "｛mot｝": [],
    "{a.b}": [("{a.b}", "literal")],
    "[nom](x)": [],
    "[nom]: x": [],
    "[[nom]](x)": [("[[nom]]", "meant")],
    "{Contact.prenom}": [("{Contact.prenom}", "meant")],
    "{prenom,fallback=x}": [("{prenom,fallback=x}", "meant")],
    "[MERGEFIELD nom]": [("[MERGEFIELD nom]", "meant")],
    "XXXX et [[nom]]": [("XXXX", "literal"), ("[[nom]]", "meant")],
    "TODO": [("TODO", "literal")],
    "[TODO]": [("[TODO]", "unfinished")],
    "{TBD} x": [("{TBD}", "literal")],
    ":nom:": [(":nom:", "meant")],
    "a:nom:": [],
    "nom: :x:": [],
    ":-{ et ;}": [],
    "un [[nom]] et [[nom]]": [("[[nom]]", "meant"), ("[[nom]]", "meant")],
    "[[nom]] TODO {prenom} %nom% }": [
        ("[[nom]]", "meant"),
        ("TODO", "literal"),
        ("{prenom}", "meant"),
        ("%nom%", "meant"),
        ("}", "lost"),
    ],
    "cher prenom}, et { prenom": [("prenom}", "meant"), ("{ prenom", "meant")],
    "é{ prenom": [("{ prenom", "meant")],
    "x { prénom": [("{ prénom", "meant")],
    "[RHX] le [poste]": [("[RHX]", "literal?"), ("[poste]", "meant")],
    "[RHX] et {{ prenom }} [RHY]": [("[RHX]", "literal?"), ("[RHY]", "literal?")],
    "%a_b%": [],
    "%ab%": [],
    "%abc%": [("%abc%", "literal")],
    "%abc_d%": [("%abc_d%", "literal")],
    "%a1b%": [],
    "@mot@": [],
    "@contact.nom@": [("@contact.nom@", "literal")],
    "@@contact.nom@@": [("@@contact.nom@@", "literal")],
    "@@contact.firstname@@": [("@@contact.firstname@@", "literal")],
    "@contact.firstname@": [],
    "||nom||": [("||nom||", "meant")],
    "|| nom ||": [("|| nom ||", "meant")],
    "^firstname^": [],
    "^^firstname^^": [("^^firstname^^", "literal")],
    ":firstname:": [],
    "::firstname::": [("::firstname::", "literal")],
    "nom : x": [],
    "~nom~ : x": [],
    "/%abc%": [],
    "&%abc%": [],
    "~ nom ~": [],
    "[nom, x]": [("[nom, x]", "meant")],
    "<<Deux Mots>>": [("<<Deux Mots>>", "literal")],
    "<< Deux Mots >>": [("<< Deux Mots >>", "literal")],
    "<<2 mots>>": [],
    "＜＜nom＞＞": [("＜＜nom＞＞", "meant")],
    "[Contact|nom]": [("[Contact|nom]", "meant")],
    "«nom du poste»": [],
    "[[Mot]]": [("[[Mot]]", "literal")],
    "[[deux mots]]": [],
    "[Mot]": [],
    "［RHX］": [("［RHX］", "literal?")],
    "[ABC-D]": [("[ABC-D]", "literal?")],
    "[AB CD]": [("[AB CD]", "literal?")],
    "[2024]": [],
    "[réf 12]": [],
    "[%12%]": [],
    "[$nom]": [("[$nom]", "meant")],
    "**[nom]**": [("[nom]", "meant")],
    "!![nom]!": [("!![nom]", "meant")],
    "!nom": [],
    "![nom](x)": [],
    "#[nom]": [("#[nom]", "meant")],
    "@[nom]s": [("@[nom]s", "meant")],
    "${nom}s": [("${nom}s", "meant")],
    "{nom}s": [("{nom}", "meant")],
    "=[nom]": [("=[nom]", "meant")],
    "[nom]$": [("[nom]", "meant")],
    "[*nom*]": [("[*nom*]", "meant")],
    "[x|nom]": [("[x|nom]", "meant")],
}
"""What is told of each text, as it is written, and as what; with a question mark where it is a warning."""


def told_of(text: str) -> list[tuple[str, str]]:
    letter = letter_of(f"Subject: x\n\n{text}\n", name="lettre.txt")
    findings = foreign_placeholder(inspection_of(letter=letter), letter)
    return [
        (each.excerpt, each.says.id.removeprefix("tpl205.") + "?" * (each.severity is Severity.WARN))
        for each in findings
    ]


@each_row(("text", "told"), TOLD.items())
def test_a_placeholder_is_told_of_from_its_first_mark_to_its_last(text: str, told: list[tuple[str, str]]) -> None:
    assert told_of(text) == told


@each_row("calm", [text for text, told in TOLD.items() if not told])
@each_row("text", ["%abc_d%", "@contact.nom@", "||nom||", "[nom, x]", "<<Deux Mots>>", "{nom}s"])
def test_a_placeholder_is_told_of_behind_what_is_none(calm: str, text: str) -> None:
    assert told_of(f"{calm}\n\n{text}") == TOLD[text]


@each_row("text", ("La somme de {} euros", "{}", "le {} décembre", "soit {},", "({})"))
@each_row("sign", ("[●]", "[ • ]", "[■■]", "[___]", "£[ ]", "€[]"))
def test_a_sign_in_brackets_is_in_the_place_of_a_value(text: str, sign: str) -> None:
    assert [excerpt for excerpt, _says in told_of(text.replace("{}", sign))] == [sign]


@each_row("text", ("[…] écrit-il", "un ● deux", "[ ] oui  [x] non", "[•](https://x.example)", "voir [1]"))
def test_other_signs_are_left_alone(text: str) -> None:
    assert told_of(text) == []


@each_row(
    ("text", "told"),
    [
        ("Montant : ___ €", "___"),
        ("Reste dû : ....... EUR", "......."),
        ("Montant : ___ €\n\nNom : ______", ""),
        ("Je soussigné verse :\nDon : ___ €", ""),
        ("Signature : ______", ""),
    ],
)
def test_an_amount_is_the_one_run_of_signs_that_nobody_fills_in_by_hand(text: str, told: str) -> None:
    assert [(excerpt, says[-1]) for excerpt, says in told_of(text)] == [(told, "?")] * bool(told)
