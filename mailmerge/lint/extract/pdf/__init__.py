"""The text of PDF files: what their pages show, hide and carry (ISO 32000)."""
