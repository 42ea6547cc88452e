"""The log against what was promised: nothing lost, doubled, invented, misplaced or missing (G1, G2, G3, G5, G8)."""

from collections import Counter
from collections.abc import Iterator

from tests.faults.checker.digest import Asked, Digest, Finding
from tests.faults.checker.history import Json

# Only a person's own command makes these; what follows from a command carries no id.
ONLY_BY_COMMAND = {
    "message": "message.send",
    "message.edited": "message.edit",
    "message.redacted": "message.redact",
    "offer.made": "offer.make",
    "offer.accepted": "offer.accept",
    "offer.declined": "offer.decline",
    "offer.withdrawn": "offer.withdraw",
    "offer.requested": "offer.request",
    "party.left": "thread.leave",
}
PARTIES = ("buyer", "seller")


def lost(digest: Digest) -> Iterator[Finding]:
    """`ok` means that the entry is in the log, at that place, and is what was asked for."""
    for asked in digest.asked.values():
        for place in asked.places:
            entry = digest.entries.get((asked.thread, place["seq"]))
            if entry is None or entry["entry"] != place["entry"]:
                yield Finding("lost", asked.thread, f"{asked.id} of {asked.user} was ok at {place['seq']}")
            elif not _is_of(asked, place, entry, digest):
                yield Finding("reply", asked.thread, f"{asked.id} was answered with the place of {entry}")


def _is_of(asked: Asked, place: Json, entry: Json, digest: Digest) -> bool:
    if asked.type == "thread.leave" and place["duplicate"]:
        return bool(entry["kind"] == "party.left")
    mine = [each for _, each in digest.own.get((asked.user, asked.id), ())]
    same_text = entry["kind"] != "message" or entry.get("erased") or entry["text"] == asked.frame.get("text")
    return any(each["seq"] == place["seq"] for each in mine) and bool(same_text) and place["at"] == entry["at"]


def duplicated(digest: Digest) -> Iterator[Finding]:
    """(user, id) has one effect and one answer."""
    for (user, command), found in digest.own.items():
        if len(found) > 1:
            where = [(thread, entry["seq"]) for thread, entry in found]
            yield Finding("duplicated", found[0][0], f"{command} of {user} is at {where}")
    names = Counter(entry["entry"] for _, log in digest.logs() for entry in log)
    for thread, log in digest.logs():
        for entry in log:
            if names[entry["entry"]] > 1:
                yield Finding("duplicated", thread, f"two entries are called {entry['entry']}")


def answered_once(digest: Digest) -> Iterator[Finding]:
    """The same answer every time, and new only the first."""
    for asked in digest.asked.values():
        if len({(place["seq"], place["entry"]) for place in asked.places}) > 1:
            yield Finding("duplicated", asked.thread, f"{asked.id} was answered with {asked.places}")
        fresh = [ok for ok in asked.oks if ok.frame.get("duplicate") is False]
        again = [ok for ok in asked.oks if ok.frame.get("duplicate") is True]
        if len(fresh) > 1:
            yield Finding("duplicated", asked.thread, f"{asked.id} was new {len(fresh)} times")
        elif again and len(asked.sends) == 1 and asked.type != "thread.leave":
            yield Finding("reply", asked.thread, f"{asked.id} was sent once and called a duplicate")


def phantom(digest: Digest) -> Iterator[Finding]:
    """Nothing is in the log that nobody asked for, or that was refused every time."""
    for thread, views in digest.final.views.items():
        for user, log in views.items():
            for entry in log:
                if entry["by"].get("user") == user and entry["by"]["role"] in PARTIES:
                    yield from _of_whom(digest, thread, user, entry)


def _of_whom(digest: Digest, thread: str, user: str, entry: Json) -> Iterator[Finding]:
    command = entry.get("command")
    if command is None:
        if entry["kind"] in ONLY_BY_COMMAND:
            yield Finding("phantom", thread, f"{entry['seq']} is a {entry['kind']} by no command")
        return
    asked = digest.asked.get((user, command))
    if asked is None or asked.thread != thread:
        yield Finding("phantom", thread, f"{entry['seq']} is by {command}, which {user} never sent here")
    elif ONLY_BY_COMMAND.get(entry["kind"], asked.type) != asked.type:
        yield Finding("phantom", thread, f"{entry['seq']} is a {entry['kind']} by a {asked.type}")
    elif asked.surely_not_done:
        codes = [error.frame["code"] for error in asked.errors]
        yield Finding("phantom", thread, f"{entry['seq']} is by {command}, which was refused: {codes}")


def misordered(digest: Digest) -> Iterator[Finding]:
    """ok(A) before B was sent ⇒ seq(A) < seq(B); one socket's commands of one thread in the order sent."""
    highest: dict[str, int] = {}
    floors: dict[tuple[str, str], int] = {}
    for event in digest.history.events:
        key = event.user, str(event.frame.get("id"))
        asked = digest.asked.get(key)
        if asked is None:
            continue
        if event.what == "sent":
            floors.setdefault(key, highest.get(asked.thread, 0))
        elif event.frame["type"] == "ok" and "entry" in event.frame:
            highest[asked.thread] = max(highest.get(asked.thread, 0), event.frame["seq"])
    last: dict[tuple[str, str], int] = {}
    for key, asked in digest.asked.items():
        for thread, entry in digest.own.get(key, ()):
            if entry["seq"] <= floors[key]:
                yield Finding("misordered", thread, f"{asked.id} is at {entry['seq']}, below {floors[key]}, ok before")
            # Sent again elsewhere, it may have overtaken or been overtaken.
            if len(asked.sends) == 1 and not asked.sends[0].line.startswith("http"):
                lane = asked.sends[0].line, thread
                if entry["seq"] <= last.get(lane, 0):
                    yield Finding("misordered", thread, f"{asked.id} at {entry['seq']} overtook on {lane[0]}")
                last[lane] = max(last.get(lane, 0), entry["seq"])


def gaps(digest: Digest) -> Iterator[Finding]:
    """1, 2, 3 … the same for all, and time never runs backwards."""
    for thread, views in digest.final.views.items():
        plain = []
        for user, log in views.items():
            seqs = [entry["seq"] for entry in log]
            if seqs != list(range(1, len(seqs) + 1)):
                yield Finding("gap", thread, f"{user} reads {_odd(seqs)}")
            times = [entry["at"] for entry in log]
            if times != sorted(times):
                yield Finding("gap", thread, "times run backwards")
            for entry in log:
                if "command" in entry and entry["by"].get("user") != user:
                    yield Finding("secret", thread, f"{user} sees the command id of {entry['by']}")
            plain.append([{key: entry[key] for key in entry if key != "command"} for entry in log])
        if any(each != plain[0] for each in plain):
            yield Finding("gap", thread, "readers see different logs")


def _odd(seqs: list[int]) -> str:
    wrong = [(n, seq) for n, seq in enumerate(seqs, 1) if n != seq]
    return f"place {wrong[0][0]} is {wrong[0][1]}, of {len(seqs)}"


def stale(digest: Digest) -> Iterator[Finding]:
    """What was acknowledged before a read or a resume was asked for is in it (G8)."""
    highest: dict[str, int] = {}
    floors: dict[tuple[str, str], int] = {}
    for event in digest.history.events:
        frame, thread = event.frame, str(event.frame.get("thread", ""))
        if event.what == "sent" and frame["type"] == "hello":
            for name in frame.get("resume", {}).get("threads", {}):
                floors[event.line, name] = highest.get(name, 0)
        elif event.what == "sent" and "id" in frame:
            floors[event.line, str(frame["id"])] = highest.get(thread, 0)
        elif event.what == "got" and frame.get("type") == "subscribed":
            yield from _too_old(thread, "resume", frame["head"], floors.get((event.line, thread), 0))
        elif event.what == "got" and frame.get("type") == "ok":
            asked = digest.asked.get((event.user, str(frame["id"])))
            if asked is None or frame.get("already"):
                continue
            if "entry" in frame:
                highest[asked.thread] = max(highest.get(asked.thread, 0), frame["seq"])
            shown = frame.get("as_of", frame.get("head"))
            if shown is not None:
                yield from _too_old(asked.thread, asked.type, shown, floors.get((event.line, asked.id), 0))


def _too_old(thread: str, what: str, shown: int, floor: int) -> Iterator[Finding]:
    if shown < floor:
        yield Finding("stale", thread, f"{what} told of {shown}, {floor} was ok before it was asked")
