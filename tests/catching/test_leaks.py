"""What is masked or held reaches the other party by no way: frames, reads, lists, transcripts, letters and push."""

from collections.abc import Iterator

import httpx2
import pytest

from chat import flags
from tests.api.market import Market
from tests.consumers.person import online
from tests.letters import delivered, letters
from tests.market import Deal, passes
from tests.profiles import catching
from tests.services.server import Server
from tests.stack import Stack

POLICY = "phone=hold,email=mask"
HELD, MASKED = "0151 23456789", "kim.secret@example.com"
SECRETS = ("23456789", "kim.secret")


@pytest.fixture(scope="module")
def strict(stack: Stack) -> Iterator[Server]:
    env = {"DATABASE_URL": stack.new_database(), "CATCHING": POLICY}
    server = Server(stack.log("leaks"), workers=stack.workers, env=env)
    server.start()
    yield server
    assert server.terminate() == 0


async def test_sam_s_sockets_and_reads_never_hold_it(strict: Server) -> None:
    with httpx2.Client(base_url=strict.url, timeout=30) as http:
        market = Market(http)
        thread = str(market.place()["thread"])
        async with online(strict, market, market.kim, market.sam, market.mia) as (kim, sam, mia):
            for person in (kim, sam):
                await person.done("thread.subscribe", thread=thread)
            masked = await kim.done("message.send", thread=thread, text=f"Mail {MASKED}, please")
            held = await kim.done("message.send", thread=thread, text=f"Call {HELD}")
            first = await kim.done("message.send", thread=thread, text="Hello")
            await kim.done("message.edit", thread=thread, target=first["seq"], text=f"Hello, call {HELD}")
            await sam.sees_entry(thread, first["seq"] + 1)
            preview = market.get(market.sam, "threads").text
            await mia.done("moderation.watch", thread=thread, reason="a message is held")
            await mia.done("moderation.reject_message", thread=thread, target=held["held"], reason="no numbers here")
            last = await kim.done("message.send", thread=thread, text=f"Or to {MASKED}")
            await sam.sees_entry(thread, last["seq"])
            # Sam did hear what may be heard of it.
            assert (await sam.sees_entry(thread, masked["seq"]))["text"] == "Mail ••••, please"
            for name in ("thread.history", "thread.snapshot"):
                await sam.done(name, thread=thread)
                await mia.done(name, thread=thread)
            await sam.done("thread.list")
            reads = [
                market.get(market.sam, path).text
                for path in (f"threads/{thread}/entries", f"threads/{thread}/snapshot")
            ]
            transcript = http.get(f"/api/v1/threads/{thread}/transcript", headers=market.host).text
            everything = "".join((*sam.frames, *reads, preview, transcript))
            assert "••••" in transcript
            for secret in SECRETS:
                assert secret not in everything
            # Kim herself reads what is read by all.
            assert MASKED not in "".join(kim.frames)


def test_letters_and_push_know_nothing_of_it_and_staff_do(deal: Deal) -> None:
    with catching(POLICY), delivered():
        deal.kim.does("message.send", text=f"Mail {MASKED}")
        deal.kim.does("message.send", text=f"Call {HELD}")
        deal.sam.does("offer.make", title=f"Call {HELD}", description=f"Mail {MASKED}")
        passes(minutes=20)
        sent = [f"{letter.who} {letter.notice}" for letter in letters(deal)]
        assert "sam messages.waiting" in sent
        assert "kim offer.made" in sent
        told = str([letter.payload for letter in letters(deal)])
        for secret in SECRETS:
            assert secret not in told
        kept = str((flags.originals(deal.thread), flags.waiting(deal.thread)))
        for secret in SECRETS:
            assert secret in kept


def test_a_held_message_alone_brings_nobody_a_letter(deal: Deal) -> None:
    with catching(POLICY), delivered():
        deal.kim.does("message.send", text=f"Call {HELD}")
        passes(minutes=20)
        assert [letter.notice for letter in letters(deal) if letter.who == "sam"] == []
        deal.mia.does("moderation.watch")
        deal.mia.does("moderation.release_message", target=flags.waiting(deal.thread)[0]["held"])
        passes(minutes=20)
        assert "messages.waiting" in [letter.notice for letter in letters(deal) if letter.who == "sam"]
