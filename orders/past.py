"""An order and its thread as they stood at an earlier seq: their rows, made again from the log and never saved.

Must never decide and never write. Who asks the past asks the functions that answer now (snapshot.py, capabilities.py),
so that there is one set of rules. Cursors, presence, mute and archive are in no log: the past has none.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from chat.actors import Actor, Standing
from chat.acts import Act
from chat.announce import Record
from chat.models import Held, Person, Thread
from chat.refusals import Refused
from chat.rules import Mode, Role
from chat.services import count_follow_up
from orders import disputes, support
from orders.facts import Facts
from orders.models import Claim, Offer, Order, Proposal, Review, SupportItem
from orders.process import (
    CLAIM_LIVE,
    ENDED,
    MODE,
    OFFER_LIVE,
    ClaimState,
    OfferState,
    ProposalState,
    State,
)
from orders.rows import Rows

Tells = Callable[["Past", Record], None]


class Past:
    """What the log has told so far. `thread` and `order` are of now: only what never changes is taken from them.

    `start_by` is the first one, which no entry tells; `claims` are the rows with the reasons, which no entry may tell.
    """

    def __init__(self, thread: Thread, order: Order, start_by: datetime | None, claims: Iterable[Claim]) -> None:
        self.reasons = {claim.id: claim for claim in claims}
        buyer, seller = Person(id=thread.buyer_id), Person(id=thread.seller_id)
        self.thread = Thread(id=thread.id, order=thread.order, buyer=buyer, seller=seller, head=0)
        self.order = Order(id=order.id, thread=self.thread, buyer=buyer, seller=seller, price=0)
        self.order.placed_at, self.order.start_by, self.order.expires_at = order.placed_at, start_by, order.expires_at
        self.offers: dict[str, Offer] = {}
        self.proposals: dict[str, Proposal] = {}
        self.claims: dict[str, Claim] = {}
        self.items: dict[str, SupportItem] = {}
        self.review: Review | None = None
        # Messages that were not taken back: who wrote them and when.
        self.standing: dict[int, tuple[str, datetime]] = {}
        self.messages = 0
        self.frozen_at: datetime | None = None
        # No entry tells of a message before it is released: whoever knows what was held then, says so.
        self.held: list[Held] = []

    def rows(self) -> Rows:
        """What a snapshot shows. Statements, places and what is held are no matter of the log."""
        offers, proposals = list(self.offers.values()), list(self.proposals.values())
        claims, items = list(self.claims.values()), list(self.items.values())
        return Rows([], offers, proposals, claims, items, self.review, [], [], [])

    def facts(self, act: Act) -> Facts:
        """What a verdict on somebody looks at; facts.read_facts reads the same now."""
        live = [claim for claim in self.claims.values() if claim.state in CLAIM_LIVE]
        own = [at for user, at in self.standing.values() if user == act.actor.user]
        return Facts(
            act=act,
            order=self.order,
            open_offer=any(offer.state == OfferState.OPEN for offer in self.offers.values()),
            any_message=self.messages > 0,
            any_standing=bool(self.standing),
            last_own=max(own, default=None),
            proposals=[each for each in self.proposals.values() if each.state == ProposalState.OPEN],
            claim=next((claim for claim in live if claim.by == act.actor.user), None),
            any_claim=bool(live),
            open_item=any(item.state == support.OPEN for item in self.items.values()),
            review=self.review,
            held=self.held if act.role is Role.MODERATOR else [],
        )

    def said(self, record: Record) -> None:
        """A message, which may count as the seller's follow-up (chat.services)."""
        self.messages += 1
        self.standing[record.seq] = record.by_user, record.at
        # A budget that was larger then is spent by now's numbers.
        with suppress(Refused):
            count_follow_up(Act(self.thread, record.at, Actor(record.by_user, Standing.USER), Role(record.by_role)))

    def moved(self, record: Record) -> None:
        """A change of state, version, price or deadlines; and what it brings that no entry tells."""
        order, thread, body = self.order, self.thread, record.body
        if order.state == State.FROZEN and self.frozen_at is not None:
            self._put_off(record.at - self.frozen_at)
        to = State(body["to"])
        self.frozen_at = record.at if to is State.FROZEN else None
        order.state, order.version = to, body["order_version"]
        for name, at in body["deadlines"].items():
            setattr(order, name, datetime.fromisoformat(at))
        thread.state = to
        if thread.mode != Mode.LEFT:
            thread.mode = MODE[to]
        if to in ENDED:
            for claim in self.claims.values():
                claim.state = ClaimState.VOID if claim.state in CLAIM_LIVE else claim.state

    def _put_off(self, stood: timedelta) -> None:
        for offer in self.offers.values():
            if offer.state in OFFER_LIVE:
                disputes.put_off(offer, stood)
        for proposal in self.proposals.values():
            if proposal.state == ProposalState.OPEN:
                disputes.put_off(proposal, stood)

    def closed(self, record: Record) -> None:
        self.thread.mode, self.thread.left_by, self.thread.left_at = Mode.LEFT, record.body["role"], record.at


def exactly(told: str, at: datetime) -> datetime:
    """An instant a whole span after `at`: entries tell milliseconds, rows know what is beyond."""
    return datetime.fromisoformat(told) + timedelta(microseconds=at.microsecond % 1000)
