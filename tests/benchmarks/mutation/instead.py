"""Import a mutant in place of its module, here and in the processes that are started from here."""

from __future__ import annotations

import importlib.abc
import importlib.util
import os
import sys
from pathlib import Path
from typing import Any

_MODULE, _PATH, _SOURCE = "MUTANT_MODULE", "MUTANT_PATH", "MUTANT_SOURCE"


class Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the mutant where its module is asked for."""

    def __init__(self, module: str, path: str, source: str):
        self.module = module
        self.path = path
        self.source = source

    def find_spec(self, name: str, path: object, target: object = None) -> Any:
        if name != self.module:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: Any) -> None:
        exec(compile(self.source, self.path, "exec", dont_inherit=True), module.__dict__)


def instead(module: str, path: str, source: str) -> None:
    """Import it from now on, where the module is not imported yet."""
    sys.meta_path.insert(0, Instead(module, path, source))
    elsewhere = str(Path(__file__).parent / "elsewhere")
    sys.path.append(elsewhere)
    os.environ |= {_MODULE: module, _PATH: path, _SOURCE: source}
    os.environ["PYTHONPATH"] = os.pathsep.join([elsewhere, str(Path(__file__).parents[1])])


def from_environment() -> None:
    """Do what the process did that started this one."""
    if _MODULE in os.environ:
        sys.meta_path.insert(0, Instead(os.environ[_MODULE], os.environ[_PATH], os.environ[_SOURCE]))
