"""The command line: one face of mailmerge; scripts and the shell use it."""

from mailmerge.cli.app import main

__all__ = ["main"]
