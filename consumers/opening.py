"""Opening a thread for a socket: `thread.subscribe`, and each thread that `hello` resumes (protocol.md §4, §6).

Must never look before it follows: what is committed between the two would fall through.
"""

from datetime import datetime
from typing import Any

from chat.commands import ThreadSubscribe
from chat.refusals import Refused
from chat.rules import PARTIES
from consumers import dispatch, house, rights, wire
from consumers.caller import Caller
from consumers.following import Following
from consumers.requests import Start
from consumers.topic import Rights, Topic
from consumers.turns import Job


async def follow(connection: Caller, job: Job, following: Following) -> None:
    command, actor = job.command, connection.actor
    assert isinstance(command, ThreadSubscribe)
    topic = connection.follow(command.thread)
    try:
        look = house.openings.look(actor, command.thread, command.after)
        found = await dispatch.counted(command.type, look)
    except Refused as refusal:
        connection.refused(job, refusal)
        return
    house.hub.opened(topic, found.head, found.parties)
    told = ""
    if found.snapshot is not None:
        told = rights.compared(found.snapshot["capabilities"])
        house.hub.presence.fill(found.snapshot["parties"])
    start = Start(
        head=found.head,
        mode=found.mode,
        cursor=found.start,
        is_party=found.role in PARTIES,
        snapshot=found.snapshot,
        rights=told,
    )
    connection.session.requests.subscribed(job, following, start, connection.now)
    if found.snapshot is None:
        _show_presence(connection, topic)
    _keep_rights(connection, topic, found.can, found.until)


def _keep_rights(connection: Caller, topic: Topic, can: dict[str, Any], until: datetime | None) -> None:
    kept = topic.rights.setdefault(connection.actor, Rights(connection.actor))
    if can["as_of"] >= kept.as_of:
        rights.set_rights(kept, topic.thread, can, until)
        connection.show(topic.thread, kept)
        kept.frame = ""
    if can["as_of"] < max(kept.as_of, topic.known):
        # Something was committed after the look: another socket was told already, or nobody was here to be asked for.
        house.keeper.ask(topic, kept)


def _show_presence(connection: Caller, topic: Topic) -> None:
    """A client that resumes gets no snapshot, and cannot know who came and went meanwhile."""
    for user in topic.parties:
        if user != connection.actor.user:
            frame = {"type": "presence", "user": user, "online": house.hub.presence.online(user)}
            connection.whisper(topic.thread, wire.encode(frame))
