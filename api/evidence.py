"""The evidence pack as a file, and the public key that seals it (docs/evidence.md).

Must never hold a whole pack in memory: it is written to a file, and read from there a piece at a time.
"""

from collections.abc import AsyncIterator
from typing import IO, Annotated, Any, Literal, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import Path, Query, Router
from pydantic import BaseModel, Field, StringConstraints

from api.bodies import reply
from api.credentials import StaffOrHost
from chat.actors import Actor
from chat.commands import Name
from chat.offload import in_database
from moderation.evidence import export
from moderation.sealing import public_key

PIECE = 64 * 1024
Why = Annotated[str, StringConstraints(max_length=500)]


class Key(BaseModel):
    """A JWK (RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str
    kid: str = Field(description="its thumbprint (RFC 7638): the fingerprint to publish")


class Seal(BaseModel):
    format: str
    chain: str = Field(description="the last entry's hash")
    digests: dict[str, str] = Field(description="SHA-256 of each section's canonical form")
    key: Key
    signature: str = Field(description="Ed25519, over the canonical form of the rest of the seal")


class Pack(BaseModel):
    content: dict[str, Any] = Field(description="by section; docs/evidence.md says what is in each")
    seal: Seal


router = Router(tags=["host"])


@router.get(
    "/threads/{thread}/evidence", auth=StaffOrHost("threads"), response=Pack, summary="A thread's evidence as one file"
)
async def get_evidence(
    request: HttpRequest, thread: Path[Name], why: Annotated[Why | None, Query(description="the host's")] = None
) -> StreamingHttpResponse:
    """For the host, or a moderator who watches the thread: the watch's reason stands in it, and it is recorded."""
    file = await in_database(export, cast(Actor, request.auth), thread, why or "")  # type: ignore[attr-defined]
    response = StreamingHttpResponse(_pieces(file), content_type="application/json")
    response["Content-Disposition"] = content_disposition_header(True, f"evidence-{thread}.json") or "attachment"
    return response


@router.get("/evidence-key", auth=None, response=Key, summary="The public key that seals evidence")
async def get_evidence_key(request: HttpRequest) -> HttpResponse:
    return reply(public_key())


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
