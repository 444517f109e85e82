"""Other programs of this computer: the browser, a viewer for files, the person's own editor."""
