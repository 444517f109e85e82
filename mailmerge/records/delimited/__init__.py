"""Tables as text: CSV and TSV, in whatever encoding and with whatever delimiter."""
