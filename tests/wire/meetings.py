"""Everything about a socket itself: greetings, subscriptions, what people see of each other, farewells."""

from tests.consumers.person import knock
from tests.services.server import Server
from tests.wire.scribe import Scribe

CLIENT = {"name": "tests", "version": "1"}


async def follow(run: Scribe, thread: str) -> None:
    """Kim follows a thread; sam is seen there."""
    await run.ok(run.kim, "thread.subscribe", thread=thread, after=0)
    run.told(await run.kim.see("entries", thread=thread))
    run.told(await run.kim.see("caught_up", thread=thread))
    await run.sam.done("thread.subscribe", thread=thread, after=0)
    typing = {"type": "thread.typing", "thread": thread, "on": True}
    run.commands["thread.typing"] = typing
    await run.sam.say(**typing)
    run.told(await run.kim.see("typing", thread=thread, on=True))
    for name in ("read", "delivered"):
        await run.sam.done(f"thread.{name}", thread=thread, seq=1)
        run.told(await run.kim.see(name, thread=thread, user=run.market.sam))
    since = len(run.kim.seen)
    version = await run.version(thread)
    await run.sam.done("order.start", thread=thread, expect=version)
    run.told(await run.kim.see("capabilities", since=since, thread=thread))
    await run.ok(run.kim, "thread.unsubscribe", thread=thread)


async def come_and_go(run: Scribe, server: Server, thread: str) -> None:
    """Kim on new sockets: one resumes, one comes with a credential that soon ends, one says hello twice."""
    token = run.market.tokens[run.market.kim]
    first = await knock(server)
    hello = {"type": "hello", "token": token, "client": CLIENT, "resume": {"epoch": "another", "threads": {thread: 2}}}
    await first.say(**hello)
    welcome = await first.see("welcome")
    run.told(welcome)
    run.told(await first.see("reset"))
    await first.leave()

    second = await knock(server)
    hello["resume"] = {"epoch": welcome["epoch"], "threads": {thread: 2}}
    run.commands["hello"] = hello
    await second.say(**hello)
    run.told(await second.see("subscribed"))
    await second.see("caught_up", thread=thread)
    for _ in range(3):
        await run.kim.done("message.send", thread=thread, text="Hello?")
    ping = await second.see("ping")
    run.told(ping)
    run.commands["pong"] = {"type": "pong", "n": ping["n"]}
    await second.say(**hello)
    _, bye = await second.end()
    run.told(bye)

    url = f"/api/v1/users/{run.market.kim}/tokens"
    short = run.market.http.post(url, headers=run.market.host, json={"lifetime_s": 20}).json()["token"]
    third = await knock(server)
    await third.say(type="hello", token=short, client=CLIENT)
    run.told(await third.see("auth.expiring"))
    await third.leave()


async def come_home(run: Scribe, server: Server, thread: str) -> None:
    """Sam's first socket while kim follows: she sees that he is there."""
    await run.kim.done("thread.subscribe", thread=thread, after=0)
    sam = await knock(server)
    since = len(run.kim.seen)
    await sam.hello(run.market.tokens[run.market.sam])
    await sam.done("thread.subscribe", thread=thread, after=0)
    run.told(await run.kim.see("presence", since=since))
    await sam.leave()
