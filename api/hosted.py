"""What the host's routes and the tickets answer, as models (protocol.md §10). For the documents only."""

from typing import Literal

from pydantic import BaseModel, Field

from api.replies import Order, Time
from chat.commands import Name


class Person(BaseModel):
    user: Name
    name: str
    email: str
    locale: str | None = None
    role: Literal["moderator"] | None = None


class Standing(BaseModel):
    user: Name
    suspended: bool


class Token(BaseModel):
    token: str
    expires_in: int = Field(description="seconds")


class Ticket(BaseModel):
    ticket: str
    expires_in: int = Field(description="seconds")


class OrderPlaced(BaseModel):
    order: Name
    thread: Name
    state: str
    version: int
    duplicate: bool = False


class OrderSeen(BaseModel):
    order: Order
    thread: Name


class Sum(BaseModel):
    """Minor units; below zero where money left the wallet."""

    amount: int
    currency: str


class Posting(BaseModel):
    order: Name
    kind: str
    amount: Sum
    at: Time


class Wallet(BaseModel):
    balances: list[Sum] = Field(description="one per currency")
    postings: list[Posting] = Field(description="the oldest first")


class Now(BaseModel):
    now: Time
