"""Links to what a house keeps for itself are told of, whoever keeps it; forms, shop windows and help pages are not."""

from __future__ import annotations

from each_row import each_row
from rule_cases import column, found, letter

SHARED = [
    "\\\\\\\\serveur\\\\rh\\\\liste.xlsx",
    "https://we.tl/t-Ab12Cd34",
    "https://wetransfer.com/downloads/5f1c2a/9b1c",
    "https://atelier.wetransfer.com/downloads/5f1c2a",
    "https://drive.google.com/file/d/1AbC/view?usp=sharing",
    "https://drive.google.com/drive/folders/1AbC",
    "https://drive.google.com/open?id=1AbC",
    "https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0",
    "https://docs.google.com/document/d/1AbC/edit",
    "https://docs.google.com/a/maison.example/presentation/d/1AbC/edit",
    "https://1drv.ms/x/s!AbCd",
    "https://onedrive.live.com/?id=AbC%21101",
    "https://maison.sharepoint.com/:w:/s/RH/EabC",
    "https://maison-my.sharepoint.com/personal/claire_maison/Documents/liste.xlsx",
    "https://www.dropbox.com/scl/fi/abc/liste.xlsx?dl=0",
    "https://www.dropbox.com/s/abc/liste.xlsx",
    "https://www.swisstransfer.com/d/5f1c-2a9b",
    "https://www.transfernow.net/dl/20261127abc",
    "https://fromsmash.com/Entretiens-RH",
    "https://www.grosfichiers.com/fr/AbCdEfGh",
    "https://filesender.renater.example/?s=download&token=5f1c",
    "https://u.pcloud.link/publink/show?code=XZabc",
    "https://kdrive.infomaniak.com/app/share/1234/5f1c",
    "https://mega.nz/file/AbC#dEf",
    "https://app.box.com/s/5f1c2a",
    "https://maison.box.com/s/5f1c2a",
    "https://www.icloud.com/iclouddrive/0AbC",
    "https://www.mediafire.com/file/5f1c/liste.xlsx",
    "https://1fichier.com/?5f1c2a9b",
    "https://workdrive.zohopublic.eu/external/5f1c",
    "https://nuage.maison.example/s/5f1c2a9bAbC",
    "https://maison.example/index.php/s/5f1c2a9bAbC",
    "https://airtable.com/shrAbC",
    "file:///C:/Users/claire/liste.xlsx",
    "file://serveur/rh/liste.xlsx",
    "smb://serveur/rh/liste.xlsx",
    "ftp://serveur.maison.example/rh/liste.xlsx",
    "\\\\serveur\\rh\\liste.xlsx",
    "C:\\Users\\claire\\Documents\\liste.xlsx",
]
OPEN = [
    "https://docs.google.com/forms/d/e/1AbC/viewform",
    "https://forms.gle/AbC",
    "https://forms.office.com/r/AbC",
    "https://www.google.com/drive/",
    "https://www.google.com/maps/place/Toulouse",
    "https://www.dropbox.com/help",
    "https://www.dropbox.com/request/5f1c",
    "https://wetransfer.com/",
    "https://wetransfer.com/help",
    "https://fromsmash.com/pricing",
    "https://www.swisstransfer.com/",
    "https://kdrive.infomaniak.com/",
    "https://www.infomaniak.com/fr/kdrive",
    "https://www.box.com/home",
    "https://www.toolbox.com/s/hiring",
    "https://www.mydropbox.example/s/abc",
    "https://www.icloud.com/",
    "https://mega.example/file/1",
    "https://www.maison.example/files/livret.pdf",
    "https://www.maison.example/d/offres",
    "https://cloud.maison.example/",
    "https://maison.example/s/contact",
    "https://www.ville.example/partage/velos",
    "https://calendly.com/maison/30min",
    "https://teams.microsoft.com/l/meetup-join/5f1c",
    "https://zoom.us/j/123",
    "https://www.linkedin.com/company/maison",
]


@each_row("link", SHARED)
def test_a_link_into_the_house_is_told_of_in_letters_and_cells(link: str) -> None:
    (in_letter,) = found(letter(f"Voir {link} pour la suite.")(), "TPL211")
    assert in_letter.excerpt == link
    (in_cells,) = found(column("Lien", link, "\n{{ lien }}\n")(), "TPL211")
    assert (in_cells.field, in_cells.excerpt) == ("lien", link)


@each_row("link", OPEN)
def test_a_page_for_everybody_is_not(link: str) -> None:
    assert found(letter(f"Voir {link} pour la suite.")(), "TPL211") == []
    assert found(column("Lien", link, "\n{{ lien }}\n")(), "TPL211") == []
