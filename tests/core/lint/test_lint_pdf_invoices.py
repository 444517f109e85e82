"""An invoice that a PDF carries as data is no hidden file; whatever else is called so is."""

from __future__ import annotations

from each_row import each_row
from lint_files import pdf, with_file

from mailmerge.lint.extract.content import HiddenKind
from mailmerge.lint.extract.reader import read_content

INVOICE = b'<?xml version="1.0"?><rsm:CrossIndustryInvoice xmlns:rsm="urn:un"><ram:Name>Zoe Martin</ram:Name></rsm:CrossIndustryInvoice>'  # fmt: skip  # noqa: E501
FILES = {
    "Factur-X": ("factur-x.xml", INVOICE, False),
    "ZUGFeRD 1": ("ZUGFeRD-invoice.xml", INVOICE.replace(b"Invoice", b"Document"), False),
    "ZUGFeRD 2.0": ("zugferd-invoice.xml", INVOICE, False),
    "XRechnung": ("xrechnung.xml", b"<Invoice><Name>Zoe Martin</Name></Invoice>", False),
    "an order": ("order-x.xml", INVOICE.replace(b"CrossIndustryInvoice", b"SCRDMCCBDACIOMessageStructure"), False),
    "an invoice of another name": ("salaires.xml", INVOICE, True),
    "a list that is called an invoice": ("factur-x.xml", b"nom;salaire\nZoe Martin;1850\n", True),
    "an invoice far below": ("factur-x.xml", b"<a>Zoe Martin</a>" + b" " * 4_000 + INVOICE, True),
}


@each_row("name, octets, hides", FILES.values(), ids=FILES)
def test_the_data_of_an_invoice_is_read_and_is_not_hidden(name: str, octets: bytes, hides: bool) -> None:
    content = read_content(with_file(pdf(), name, octets), "facture.pdf")
    assert (HiddenKind.EMBEDDED_FILE in [hidden.kind for hidden in content.hidden]) is hides
    assert any("Zoe Martin" in piece.text for piece in content.pieces)
