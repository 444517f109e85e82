"""The access token of an account that is signed in: in memory only, renewed by the refresh token in the keyring.

Identity providers exchange the refresh token at each use and void all of them where an old one comes back. So one
process renews at a time; the keyring is read inside the lock; and a new refresh token is stored before the access
token that came with it is used. What dies between the two costs a new sign-in, never a message sent twice.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import filelock

from mailmerge.accounts.account import Account, OAuthClient
from mailmerge.accounts.credentials import Kept, drop, keep, recall
from mailmerge.accounts.oauth import web
from mailmerge.accounts.oauth.access_token import AccessToken
from mailmerge.accounts.oauth.issuers import Issuer, find_issuer, label
from mailmerge.accounts.oauth.record import SignInRecord, forget_record, read_record, write_record
from mailmerge.accounts.oauth.trouble import Remedy, SignInTrouble, Trouble, TroubleKind, from_answer
from mailmerge.accounts.secret import Secret
from mailmerge.errors import AccountError, os_reason
from mailmerge.files.home import find_home, private_directory
from mailmerge.i18n import N_, _

MARGIN = 300.0
"""Seconds that a token must still have where a connection is opened with it."""
_LOCK_SECONDS = 120.0


class Tokens:
    """What stands for the password of an account that is signed in; one for each account and process."""

    def __init__(self, account: Account, state: Path | None = None):
        """``state`` is the folder of what may be lost, the user's own where it is None.

        Raises:
            ValueError: the account has no registration to sign in with.
        """
        if account.oauth is None:
            raise ValueError("the account has no registration to sign in with")
        self.account = account
        self._client: OAuthClient = account.oauth
        self._state = find_home().state if state is None else state
        self._held: AccessToken | None = None
        self._forced = False
        self._dead: tuple[Secret, Trouble] | None = None
        self._issuer: Issuer | None = None

    def __repr__(self) -> str:
        return f"<Tokens of {self.account.name}>"

    @property
    def record(self) -> SignInRecord | None:
        """Who signed in, when and for what; None where nobody did."""
        return read_record(self._record_path)

    @property
    def expires_in(self) -> int | None:
        """Whole seconds that the access token in memory is still good for; None where there is none."""
        return None if self._held is None else max(0, int(self._held.left))

    def require_signed_in(self) -> None:
        """See that somebody signed in, without asking the identity provider; blocks while the keyring is asked.

        Raises:
            SignInNeeded: nobody did, or what was stored is gone.
            KeyringUnusable: the keyring does not answer.
        """
        if self.is_stored():
            return
        raise self._not_stored().error()

    def is_stored(self) -> bool:
        """Whether a whole refresh token is in the keyring.

        Raises:
            KeyringUnusable: the keyring does not answer.
        """
        return recall(self.account, Kept.REFRESH_TOKEN) is not None

    async def current(self) -> Secret:
        """An access token that is good for a while; renewed first where it has less than :data:`MARGIN` left.

        Raises:
            SignInNeeded: somebody has to sign in (again).
            SignInFailed: the identity provider cannot be asked now; ``temporary`` where waiting may help.
            AccountError: it refuses the registration, or the keyring does not answer.
        """
        held = self._held
        if held is not None and (held.left >= MARGIN or not held.rested):
            return held.secret
        try:
            return await self._in_thread(held, forced=False)
        except SignInTrouble as caught:
            if held is not None and held.left > 0 and caught.trouble.remedy is Remedy.WAIT:
                return held.secret
            trouble = caught.trouble
        raise trouble.error()

    async def renewed(self, refused: Secret) -> Secret | None:
        """Another access token than one that the mail server refused although the clock called it good.

        None where there is none to be had: the last one was forced as well, a moment ago.

        Raises:
            SignInNeeded, SignInFailed, AccountError: as :meth:`current`.
        """
        held = self._held
        if held is not None and held.secret != refused:
            return held.secret
        if held is not None and self._forced and not held.rested:
            return None
        try:
            return await self._in_thread(held, forced=True)
        except SignInTrouble as caught:
            trouble = caught.trouble
        raise trouble.error()

    def begin_again(self) -> None:
        """Forget the access token in memory: somebody may have signed in. What was refused is still remembered."""
        self._held = None
        self._forced = False

    def establish(self, answer: web.Answer, user: str, scopes: tuple[str, ...], issuer: Issuer) -> None:
        """Store what a sign-in brought: the refresh token first, then who it is. Blocks.

        Raises:
            SignInTrouble: there is no refresh token in the answer, or one that no keyring takes.
            KeyringUnusable: the keyring did not keep it.
        """
        with self._lock():
            self._store(answer)
            write_record(self._record_path, SignInRecord.now(user, scopes))
        self.begin_again()
        self._issuer = issuer
        self._held = AccessToken.of(answer)

    def sign_out(self) -> bool:
        """Forget the sign-in, and have the provider void it where it can. Blocks. Returns whether it did.

        Raises:
            SignInFailed: another process is renewing the sign-in, and does not end.
            KeyringUnusable: the keyring does not answer.
        """
        try:
            with self._lock():
                refresh = recall(self.account, Kept.REFRESH_TOKEN)
                revoked = refresh is not None and self._revoked(refresh)
                drop(self.account, Kept.REFRESH_TOKEN)
                forget_record(self._record_path)
        except SignInTrouble as caught:
            trouble = caught.trouble
        else:
            self.begin_again()
            return revoked
        raise trouble.error()

    def forget(self) -> None:
        """Forget the sign-in here, and ask nobody. Blocks.

        Raises:
            KeyringUnusable: the keyring does not answer.
        """
        drop(self.account, Kept.REFRESH_TOKEN)
        forget_record(self._record_path)
        self.begin_again()

    def client_fields(self) -> dict[str, str | Secret]:
        """What tells the identity provider which program asks (RFC 6749 2.3.1)."""
        secret = recall(self.account, Kept.CLIENT_SECRET)
        fields: dict[str, str | Secret] = {"client_id": self._client.client_id}
        return fields | ({"client_secret": secret} if secret is not None else {})

    # --- in a thread -----------------------------------------------------------------------------------------------

    async def _in_thread(self, seen: AccessToken | None, *, forced: bool) -> Secret:
        return await web.detached(lambda: self._renew(seen, forced=forced), to_the_end=True)

    def _renew(self, seen: AccessToken | None, *, forced: bool) -> Secret:
        with self._lock():
            if self._held is not None and self._held is not seen:  # another connection was quicker
                return self._held.secret
            refresh = recall(self.account, Kept.REFRESH_TOKEN)
            if refresh is None:
                raise SignInTrouble(self._not_stored())
            if self._dead is not None and self._dead[0] == refresh:  # never a second try with the same secret
                raise SignInTrouble(self._dead[1])
            answer = self._exchange(refresh)
            if answer.get("refresh_token", refresh) != refresh:
                self._store(answer)
            self._held, self._forced = AccessToken.of(answer), forced
            return self._held.secret

    def _exchange(self, refresh: Secret) -> web.Answer:
        try:
            issuer = self._issuer = self._issuer or find_issuer(self._client)
            fields = self.client_fields() | {"grant_type": "refresh_token", "refresh_token": refresh}
            status, answer = web.post(issuer.token, fields)
            if status != 200 or "error" in answer:
                raise SignInTrouble(from_answer(str(answer.get("error", "")), str(answer.get("error_description", ""))))
            AccessToken.of(answer)
        except SignInTrouble as caught:
            trouble = self._with_date(self.told(caught.trouble))
        except (KeyError, TypeError):
            trouble = self.told(Trouble(TroubleKind.NO_ANSWER, {"host": issuer.label}))
        else:
            return answer
        if trouble.remedy is Remedy.SIGN_IN:
            self._dead = (refresh, trouble)
        raise SignInTrouble(trouble)

    def _store(self, answer: web.Answer) -> None:
        refresh = answer.get("refresh_token")
        if not isinstance(refresh, Secret) or not refresh:
            raise SignInTrouble(self.told(Trouble(TroubleKind.NO_REFRESH_TOKEN)))
        keep(self.account, Kept.REFRESH_TOKEN, refresh)

    def _revoked(self, refresh: Secret) -> bool:
        try:
            issuer = find_issuer(self._client)
            fields = self.client_fields() | {"token": refresh, "token_type_hint": "refresh_token"}
            return bool(issuer.revoke) and web.post(issuer.revoke, fields)[0] == 200
        except SignInTrouble:
            return False

    # --- words and places ------------------------------------------------------------------------------------------

    def told(self, trouble: Trouble) -> Trouble:
        """The trouble with the values that every sentence about this account may name."""
        return trouble.also(
            account=self.account.name,
            provider=label(self._client),
            issuer=self._client.issuer,
            username=self.account.username,
        )

    def _with_date(self, trouble: Trouble) -> Trouble:
        record = self.record
        if trouble.kind is not TroubleKind.SIGN_IN_AGAIN or record is None:
            return trouble
        return Trouble(TroubleKind.NO_LONGER_VALID, dict(trouble.values), trouble.by_error).also(since=record.day)

    def _not_stored(self) -> Trouble:
        record = self.record
        if record is None:
            return self.told(Trouble(TroubleKind.SIGN_IN_NEEDED))
        return self.told(Trouble(TroubleKind.STORE_DAMAGED, {"since": record.day}))

    @property
    def _record_path(self) -> Path:
        client, account = self._client, self.account
        key = "\0".join((account.name, account.username, client.issuer, client.tenant, client.client_id))
        return self._state / "sign-in" / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"

    def _lock(self) -> _Locked:
        private_directory(self._record_path.parent)
        return _Locked(self._record_path.with_suffix(".lock"))


class _Locked:
    """One process and one thread at a time."""

    def __init__(self, path: Path):
        self._lock = filelock.FileLock(path, timeout=_LOCK_SECONDS, mode=0o600, thread_local=False)

    def __enter__(self) -> None:
        try:
            self._lock.acquire()
        except filelock.Timeout:
            values = {"provider": _("another mailmerge"), "detail": _("it is renewing the sign-in of this account")}
        except OSError as error:
            raise AccountError(
                N_("cannot lock the sign-in at {path}: {why}"), path=self._lock.lock_file, why=os_reason(error)
            ) from None
        else:
            return
        raise SignInTrouble(Trouble(TroubleKind.BUSY, values))

    def __exit__(self, *_: object) -> None:
        self._lock.release()
