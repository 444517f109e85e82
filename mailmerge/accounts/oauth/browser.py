"""Have the system's browser show an address."""

from __future__ import annotations

import os
import sys
import threading


def open_browser(url: str) -> bool:
    """Have the system open the address; False where there is surely no browser to see it in.

    True promises little: over SSH and from WSL it is often said and nothing happens, so the address is shown as well.
    """
    import webbrowser

    if sys.platform not in ("win32", "darwin") and not any(
        map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    ):
        return False  # only a browser in this very terminal could answer
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    threading.Thread(target=lambda: browser.open(url), name="browser", daemon=True).start()  # some wait for its end
    return True
