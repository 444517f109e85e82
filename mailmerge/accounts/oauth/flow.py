"""Sign an account in: by the browser of this computer, or by a code that is typed in elsewhere.

For a face (``mailmerge.delivery.sign_in`` makes the object, with the mail server that is tried):

    signing_in = sign_in(account, device=False)
    async for event in signing_in.events():
        match event:
            case OpenBrowser(url): ...            show the address, to copy; open_browser(url) opens it
            case Code(user_code, uri, ...): ...   show the code, large, and where it is typed in
            case Waiting(step): ...               say what is awaited: Step.PROVIDER, BROWSER, CODE, SERVER, BUSY
            case CodePossible(): ...              the browser takes long: offer a code (a new SignIn with device=True)
            case SignedIn(user, scopes): ...      the last event: it is stored, and the mail server took it
            case Failed(error, trouble): ...      the last event: str(error) says why, error's class the exit code

Exactly one of the last two ends the events, and nothing is stored before ``SignedIn``. :meth:`SignIn.cancel` may be
called at every moment, and so may the iteration be broken off (``aclose()``, or a cancelled task): the port is closed
and nothing was changed. While a run waits for a sign-in (``delivery.Waiting.kind == "sign-in-needed"``) a face signs
in like this and then calls ``control.resume()``; a sign-in by another process is seen by the run itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from urllib.parse import urlencode

from mailmerge.accounts.account import Account
from mailmerge.accounts.oauth import web
from mailmerge.accounts.oauth.access_token import AccessToken
from mailmerge.accounts.oauth.events import (
    Code,
    CodePossible,
    Event,
    Failed,
    OpenBrowser,
    SignedIn,
    SignInStep,
    SignInWaiting,
)
from mailmerge.accounts.oauth.issuers import Issuer, find_issuer
from mailmerge.accounts.oauth.listener import Listener
from mailmerge.accounts.oauth.person import granted, is_same_person, who_signed_in
from mailmerge.accounts.oauth.tokens import Tokens
from mailmerge.accounts.oauth.trouble import SignInTrouble, Trouble, TroubleKind, from_answer
from mailmerge.accounts.secret import Secret
from mailmerge.errors import AccountError, DeliveryError, LoginRefused, MailmergeError
from mailmerge.i18n import N_

SIGN_IN_SECONDS = 600.0
"""How long the browser is waited for: somebody may have to find a telephone first."""
OFFER_CODE_AFTER = 20.0
"""Seconds after which a code is offered: a browser that "was opened" from WSL or over SSH shows nothing."""
_INTERVAL = 5.0
_SLOWER = 5.0
_LONGEST_INTERVAL = 60.0


class SignIn:
    """One attempt to sign an account in."""

    def __init__(
        self,
        account: Account,
        prove: Callable[[Secret], Awaitable[object]],
        *,
        device: bool = False,
        state: Path | None = None,
        seconds: float = SIGN_IN_SECONDS,
    ):
        """``prove`` logs in at the mail server with an access token, and raises where it is not taken.

        Raises:
            AccountError: the account has no registration to sign in with.
        """
        if account.oauth is None:
            raise AccountError(_no_client(account), account=account.name, auth=account.auth)
        self._account = account
        self._client = account.oauth
        self._prove = prove
        self._device = device
        self._seconds = seconds
        self._tokens = Tokens(account, state)
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._task: asyncio.Task[Event] | None = None
        self._storing = False

    def cancel(self) -> None:
        """Give up; the events end with ``Failed``. Call it from the loop that reads the events."""
        if self._task is not None and not self._storing:
            self._task.cancel()

    async def events(self) -> AsyncIterator[Event]:
        """What happens, until it is done or has failed; once for each object."""
        task = self._task = asyncio.create_task(self._ended(), name=f"sign-in {self._account.name}")
        task.add_done_callback(lambda _: self._events.put_nowait(None))
        try:
            while (event := await self._events.get()) is not None:
                yield event
        finally:
            if not task.done():
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        yield Failed(*self._said(Trouble(TroubleKind.CANCELLED))) if task.cancelled() else task.result()

    async def _ended(self) -> Event:
        try:
            return await self._signed_in()
        except SignInTrouble as caught:
            return Failed(*self._said(caught.trouble))
        except MailmergeError as error:
            return Failed(error)

    def _said(self, trouble: Trouble) -> tuple[MailmergeError, Trouble]:
        told = self._tokens.told(trouble)
        return told.error(), told

    async def _signed_in(self) -> Event:
        self._tell(SignInWaiting(SignInStep.PROVIDER))
        await web.detached(self._tokens.is_stored)  # a keyring that does not answer, before anybody takes the trouble
        issuer = await web.detached(lambda: find_issuer(self._client, mailbox=self._account.imap is not None))
        answer = await (self._by_code(issuer) if self._device else self._by_browser(issuer))
        token = self._token_of(answer, issuer)
        people = await web.detached(lambda: who_signed_in(answer, issuer))
        if people and not any(is_same_person(each, self._account.username) for each in people):
            raise SignInTrouble(Trouble(TroubleKind.WRONG_PERSON, {"user": people[0]}))
        user = people[0] if people else self._account.username
        scopes = granted(answer, issuer)
        self._tell(SignInWaiting(SignInStep.SERVER))
        try:
            await self._prove(token)
        except DeliveryError as error:
            raise SignInTrouble(_refusal(error)) from None
        self._storing = True
        await web.detached(lambda: self._tokens.establish(answer, user, scopes, issuer), to_the_end=True)
        return SignedIn(user, scopes)

    def _token_of(self, answer: web.Answer, issuer: Issuer) -> Secret:
        try:
            token = AccessToken.of(answer).secret
        except (KeyError, TypeError):
            raise SignInTrouble(Trouble(TroubleKind.NO_ANSWER, {"host": issuer.label})) from None
        if not answer.get("refresh_token"):
            raise SignInTrouble(Trouble(TroubleKind.NO_REFRESH_TOKEN))
        return token

    def _tell(self, event: Event) -> None:
        self._events.put_nowait(event)

    # --- the browser -------------------------------------------------------------------------------------------------

    async def _by_browser(self, issuer: Issuer) -> web.Answer:
        """RFC 6749 4.1 with PKCE (RFC 7636) and a loopback redirect (RFC 8252)."""
        state, verifier = Secret(secrets.token_urlsafe(32)), Secret(secrets.token_urlsafe(64))
        async with Listener(issuer.redirect_host, state) as listener:
            redirect = listener.redirect_uri
            self._tell(OpenBrowser(self._address(issuer, redirect, state, verifier)))
            self._tell(SignInWaiting(SignInStep.BROWSER))
            offer = self._offer_code_later() if issuer.device else None
            try:
                brought = await listener.answer(self._seconds)
            finally:
                if offer is not None:
                    offer.cancel()
        self._tell(SignInWaiting(SignInStep.PROVIDER))
        named = brought.issuer or issuer.says_issuer
        if named and issuer.identifier and brought.issuer != issuer.identifier:  # RFC 9207 2.4
            raise SignInTrouble(Trouble(TroubleKind.WRONG_ISSUER, {"detail": brought.issuer}))
        if brought.error or not brought.code:
            raise SignInTrouble(from_answer(brought.error, brought.description))
        fields: dict[str, str | Secret] = {
            "grant_type": "authorization_code",
            "code": brought.code,
            "redirect_uri": redirect,
            "code_verifier": verifier,
        }
        status, answer = await self._asked(issuer.token, fields)
        if status != 200 or "error" in answer:
            raise SignInTrouble(from_answer(*_error_in(answer), exchange=True))
        return answer

    def _address(self, issuer: Issuer, redirect: str, state: Secret, verifier: Secret) -> str:
        challenge = urlsafe_b64encode(hashlib.sha256(verifier.reveal().encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": self._client.client_id,
            "redirect_uri": redirect,
            "scope": " ".join(issuer.scopes),
            "state": state.reveal(),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "login_hint": self._account.username,
            **issuer.parameters,
        }
        return f"{issuer.authorize}{'&' if '?' in issuer.authorize else '?'}{urlencode(query)}"

    def _offer_code_later(self) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(OFFER_CODE_AFTER, self._tell, CodePossible())

    async def _asked(self, url: str, fields: dict[str, str | Secret]) -> tuple[int, web.Answer]:
        return await web.detached(lambda: web.post(url, self._tokens.client_fields() | fields))

    # --- a code ------------------------------------------------------------------------------------------------------

    async def _by_code(self, issuer: Issuer) -> web.Answer:
        """RFC 8628."""
        if not issuer.device:
            raise SignInTrouble(Trouble(TroubleKind.NO_DEVICE_CODES))
        status, answer = await self._asked(issuer.device, {"scope": " ".join(issuer.scopes)})
        if status != 200 or "error" in answer:
            raise SignInTrouble(from_answer(*_error_in(answer), device=True))
        device_code, code = answer.get("device_code"), _code(answer)
        if not isinstance(device_code, Secret) or not code.user_code or not code.verification_uri:
            raise SignInTrouble(Trouble(TroubleKind.NO_ANSWER, {"host": issuer.label}))
        self._tell(code)
        self._tell(SignInWaiting(SignInStep.CODE))
        try:
            async with asyncio.timeout(code.seconds):
                return await self._polled(issuer, device_code, _number(answer.get("interval"), _INTERVAL))
        except TimeoutError:
            raise SignInTrouble(Trouble(TroubleKind.CODE_EXPIRED)) from None

    async def _polled(self, issuer: Issuer, device_code: Secret, interval: float) -> web.Answer:
        grant: dict[str, str | Secret] = {
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
            "device_code": device_code,
        }
        busy = False
        while True:
            await asyncio.sleep(interval)
            try:
                status, answer = await self._asked(issuer.token, grant)
            except SignInTrouble as caught:
                if caught.trouble.kind not in (TroubleKind.UNREACHABLE, TroubleKind.BUSY):
                    raise
                interval = min(2 * interval, _LONGEST_INTERVAL)  # RFC 8628 3.5
                self._tell(SignInWaiting(SignInStep.BUSY))
                busy = True
                continue
            if busy:
                self._tell(SignInWaiting(SignInStep.CODE))
                busy = False
            error, description = _error_in(answer)
            if status == 200 and not error:
                return answer
            if error == "slow_down":
                interval += _SLOWER
            elif error != "authorization_pending":
                raise SignInTrouble(from_answer(error, description, device=True))


def _refusal(error: DeliveryError) -> Trouble:
    """Why the mail server did not take the token."""
    if isinstance(error, LoginRefused) and error.kind:
        return Trouble(TroubleKind(error.kind), {name: str(value) for name, value in error.values.items()})
    return Trouble(TroubleKind.SERVER, {"detail": str(error)})


def _code(answer: web.Answer) -> Code:
    address = answer.get("verification_uri") or answer.get("verification_url") or ""  # the second is Google's
    complete = answer.get("verification_uri_complete") or ""
    return Code(str(answer.get("user_code", "")), str(address), str(complete), _number(answer.get("expires_in"), 900.0))


def _number(value: object, usual: float) -> float:
    return float(value) if isinstance(value, int | float) and 0 < value < 86_400 else usual


def _error_in(answer: web.Answer) -> tuple[str, str]:
    return str(answer.get("error", "")), str(answer.get("error_description", ""))


def _no_client(account: Account) -> str:
    if account.auth != "oauth2":
        return N_('account "{account}" logs in by {auth}; set its auth to oauth2 to sign in')
    if account.token_command:
        return N_('account "{account}" takes its token from token_command; there is nothing to sign in to')
    return N_(
        'account "{account}" has no client_id to sign in with: ask your administrator for one'
        " (`mailmerge account admin-note {account}` writes the note for them)"
    )
