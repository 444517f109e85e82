"""What other programs write, read for what it says: HTML, MIME, OLE, and text that says how it is encoded."""
