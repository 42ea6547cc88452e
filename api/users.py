"""The host's people: who they are, their tokens, wallets, suspension (protocol.md §10). Service key only."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router
from pydantic import Field, StringConstraints

from api.bodies import reply
from api.credentials import ServiceKey
from api.hosted import Person, Standing, Statistics, Token, Wallet
from chat import identity, people, tokens
from chat.commands import Name, Wire
from chat.offload import in_database
from chat.refusals import Refused
from chat.text import fit
from orders import ledger, statistics

EMAIL = r"^[^@\s\p{C}]+@[^@\s\p{C}]+$"
LOCALE = r"^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$"

router = Router(tags=["host"], auth=ServiceKey("users"))


class PutUser(Wire):
    """What the host tells of a person; a moderator is staff, a lead also rules on appeals and reads all records."""

    name: str
    email: Annotated[str, StringConstraints(pattern=EMAIL, max_length=320)]
    locale: Annotated[str, StringConstraints(pattern=LOCALE, max_length=35)] | None = None
    role: Literal["moderator", "lead"] | None = None


class AskToken(Wire):
    lifetime_s: int = Field(tokens.LIFETIME_S, ge=1, le=tokens.LIFETIME_S)


class Because(Wire):
    reason: str


@router.put("/users/{user}", response=Person, summary="Create or replace a person")
async def put_user(request: HttpRequest, user: Path[Name], body: PutUser) -> HttpResponse:
    name, locale, role = fit(body.name, "name", 200), body.locale or "", body.role or ""
    await in_database(people.put, user, name=name, email=body.email, locale=locale, role=role)
    return reply({"user": user} | body.model_dump(exclude_none=True))


@router.post("/users/{user}/tokens", response=Token, summary="Make an access token")
async def post_token(request: HttpRequest, user: Path[Name], body: Body[AskToken | None] = None) -> HttpResponse:
    lifetime_s = body.lifetime_s if body else tokens.LIFETIME_S
    token, expires_in = await in_database(identity.issue_token, user, lifetime_s)
    return reply({"token": token, "expires_in": expires_in})


@router.get("/users/{user}/wallet", response=Wallet, summary="What a seller earned")
async def get_wallet(request: HttpRequest, user: Path[Name]) -> HttpResponse:
    if await in_database(people.find, user) is None:
        raise Refused("not_found")
    return reply(await in_database(ledger.wallet, user))


@router.get("/users/{user}/statistics", response=Statistics, summary="How a seller deals with buyers")
async def get_statistics(request: HttpRequest, user: Path[Name]) -> HttpResponse:
    """Of the last months (`since`), from the log; reviews of all times. What of it people see is the host's choice."""
    return reply(await in_database(statistics.of_seller, user))


@router.post("/users/{user}/suspend", response=Standing, summary="Shut every door to a person")
async def suspend(request: HttpRequest, user: Path[Name], body: Because) -> HttpResponse:
    await in_database(people.suspend, user, fit(body.reason, "reason"))
    return reply({"user": user, "suspended": True})


@router.post("/users/{user}/reinstate", response=Standing, summary="Open the doors again")
async def reinstate(request: HttpRequest, user: Path[Name], body: Because) -> HttpResponse:
    await in_database(people.reinstate, user, fit(body.reason, "reason"))
    return reply({"user": user, "suspended": False})
