"""The keys of the editor, and what they are about."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from mailmerge.i18n import N_

HELP = N_("""\
Letter editor

Type at the left; the message of the person on screen is redrawn beside it. Nothing is written before Ctrl+S.

{{ field }}             what the table says about this person; type {{ or press Ctrl+Space for the fields
{{ name|proper }}       SMITH-JONES becomes Smith-Jones
{{ day|date("long") }}  3 September 2026
{% if title == "Ms" %} … {% else %} … {% endif %}
**strong**  *emphasis*  in a .md letter; an empty line begins a paragraph

What is underlined in red is not a field of the table.

Fields: at the top says what this letter may disclose. F5 enters the field that the letter uses and the header does
not name.

F9 attaches a file. Choose it in a tree: it goes to everybody, or, where its name holds a value of the table such as a
reference, each person gets their own. You see how many people have one, and for whom there is none.
""")

KEYS = (
    ("editor.save", N_("save")),
    ("editor.enter_field", N_("enter field")),
    ("editor.fields", N_("fields")),
    ("editor.attach", N_("attach")),
    ("editor.problem", N_("problem")),
    ("editor.next_person", N_("person")),
    ("editor.leave", N_("back")),
    ("editor.help", N_("help")),
)

BINDINGS: list[BindingType] = [
    Binding("ctrl+s", "do('saving.save')", N_("Save"), id="editor.save", tooltip=N_("Write the letter to its file")),
    Binding(
        "escape",
        "do('saving.leave')",
        N_("Back"),
        id="editor.leave",
        key_display="esc",
        tooltip=N_("Back to the campaign"),
    ),
    Binding(
        "f5",
        "do('additions.enter_field')",
        N_("Enter the field in Fields:"),
        id="editor.enter_field",
        tooltip=N_("The header that says what this letter may disclose"),
    ),
    Binding(
        "f9",
        "do('additions.attach')",
        N_("Attach a file"),
        id="editor.attach",
        tooltip=N_("A file or a picture: the same for everybody, or each person's own"),
    ),
    Binding("f8", "problem", N_("Go to the problem"), id="editor.problem", tooltip=N_("Put the caret where it is")),
    Binding(
        "f3,alt+down",
        "person(1)",
        N_("Next person"),
        id="editor.next_person",
        key_display="F2/F3",
        tooltip=N_("The message of the next person who gets this letter"),
    ),
    Binding("f2,alt+up", "person(-1)", N_("Previous person"), id="editor.person_before", tooltip=N_("The one before")),
    Binding("f4", "face", N_("Letter or HTML"), id="editor.face", tooltip=N_("The other part of the message")),
    Binding("f1", "help", N_("Help"), id="editor.help", key_display="F1", tooltip=N_("Keys and marks of this screen")),
]
