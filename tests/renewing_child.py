"""A program that renews the tokens of an account, and may die on the way: ``renewing_child.py ORDERS.json``."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from fake_keyring import use_keyring

from mailmerge.accounts import OAuthClient, account_from_preset
from mailmerge.accounts.oauth import Tokens, tokens, web
from mailmerge.errors import MailmergeError


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(point: str, keyring: Any, count: int = 1) -> None:
    """Arrange for SIGKILL at the ``count``-th renewal."""
    left = [count]

    def due() -> bool:
        left[0] -= 1
        return left[0] == 0

    if point == "before asking":
        real_post = web.post

        def post(*arguments: Any) -> Any:
            return die() if due() else real_post(*arguments)

        tokens.web.post = post  # type: ignore[assignment]
    elif point == "in the middle of the store":
        real_set = keyring.set_password

        def set_one_piece(_: object, *arguments: str) -> None:
            real_set(*arguments)
            if due():
                die()

        type(keyring).set_password = set_one_piece
    elif point:
        real_keep = tokens.keep

        def kept(*arguments: Any) -> None:
            mine = due()
            if mine and point == "between answer and store":
                die()
            real_keep(*arguments)
            if mine:
                die()

        tokens.keep = kept


async def main(orders: dict[str, Any]) -> None:
    keyring = use_keyring(Path(orders["keyring"]))
    die_at(orders.get("die", ""), keyring)
    if orders.get("slow"):
        real = web.post

        def slow(*arguments: Any) -> Any:
            import time

            answer = real(*arguments)
            time.sleep(orders["slow"])  # the window that a lock has to close
            return answer

        tokens.web.post = slow  # type: ignore[assignment]
    account = account_from_preset(
        "rh", "rh@atelier.example", host="mail.atelier.example", auth="oauth2",
        oauth=OAuthClient(issuer=orders["issuer"], client_id=orders["client"]),
    )  # fmt: skip
    mine = Tokens(account)
    for _ in range(orders.get("times", 1)):
        try:
            token = await mine.current()
            if orders.get("force"):
                await mine.renewed(token)
        except MailmergeError as error:
            print(json.dumps({"error": getattr(error, "kind", type(error).__name__)}))
            return
        mine.begin_again()
    print(json.dumps({"ok": True}))


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
