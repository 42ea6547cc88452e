"""A job of kind `notice`: one person is told one thing, by e-mail and on their devices.

Decides nothing about when or whether: that was planned. Who a person is, and what the thread is called, is read now:
somebody suspended (but of staff's decisions), erased or no longer a party is told nothing.
"""

import logging
import smtplib
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import httpx2

from chat import people
from chat.actors import Actor, Standing
from chat.people import Known
from chat.queries import thread_for
from chat.refusals import Refused
from chat.rules import Role
from moderation.links import link as statement_link
from notices import devices, mail, once, preferences
from notices.kinds import NOTICES, PERSONAL, SILENT, named
from notices.letters import About, Letter, Reader, Waiting, letter, waiting_letter
from notices.push.message import Push

logger = logging.getLogger(__name__)

# A job is lent to its worker for half a minute, and the slowest way takes ten seconds: what is not begun by then waits.
PATIENCE_S = 15

# What is about the person alone leads to no thread.
NOWHERE = About("", "", "", Role.BUYER)

FAULTS = (smtplib.SMTPException, httpx2.HTTPError, OSError)


class NotDelivered(Exception):
    """Some way failed for now: the job is to be run again. What left by the others is noted and not sent twice."""


def deliver(payload: dict[str, Any]) -> None:
    """{user, notice, thread, order, facts, key}. Raises NotDelivered where a further attempt may do better."""
    facts = payload.get("facts") or {}
    notice = named(payload["notice"], facts)
    person = people.find(payload["user"])
    if not notice or person is None or (person.suspended and notice not in PERSONAL):
        if not notice and payload["notice"] not in SILENT and payload["notice"] != "order.changed":
            logger.warning("there is no letter for %s", payload["notice"])
        return
    switch = NOTICES[notice]
    link = preferences.link(person.user, switch) if switch else ""
    written = compose(person, notice, payload.get("thread") or "", facts, link)
    if written is None:
        return
    key = once.key_of(payload)
    ways: dict[str, Callable[[], None]] = {}
    if person.email and not (switch and preferences.is_off(person.user, switch)):
        ways["mail"] = partial(mail.post, written, person.email, key, link)
    push = Push(key, notice, written.subject, written.thread)
    for device in devices.of(person.user):
        ways[device.id] = partial(devices.send, person.user, device.id, push)
    by_each(key, ways)


def by_each(key: str, ways: Mapping[str, Callable[[], None]]) -> None:
    """Send by every way that it has not left by yet. Raises NotDelivered at the end."""
    failed = []
    until = time.monotonic() + PATIENCE_S
    for way, send in ways.items():
        if once.has_left(key, way):
            continue
        if time.monotonic() > until:
            failed.append(f"{way}: no time left")
            continue
        try:
            send()
        except FAULTS as fault:
            logger.warning("notice %s by %s: %s", key, way, type(fault).__name__)
            failed.append(f"{way}: {type(fault).__name__}")
        except Exception as fault:
            # A bug or a broken key of one way must not keep the others.
            logger.exception("notice %s by %s", key, way)
            failed.append(f"{way}: {type(fault).__name__}")
        else:
            once.note(key, way)
    if failed:
        raise NotDelivered("; ".join(failed))


def compose(person: Known, notice: str, thread: str, facts: Mapping[str, Any], link: str) -> Letter | None:
    """The letter in the person's language; None where there is nothing to tell them (any more)."""
    reader = Reader(person.name, person.locale, link)
    if notice in PERSONAL:
        return letter(notice, NOWHERE, facts, reader, statement_link(person.user, str(facts.get("decision", ""))))
    if notice != "messages.waiting":
        about = about_of(person.user, thread)
        return letter(notice, about, facts, reader) if about else None
    waiting = [
        Waiting(about.thread, about.title, about.other, each["count"])
        for each in facts.get("threads") or ()
        if each["count"] > 0 and (about := about_of(person.user, each["thread"]))
    ]
    return waiting_letter(waiting, reader) if waiting else None


def about_of(user: str, thread: str) -> About | None:
    """The thread as it is now; None for somebody who is not a party."""
    try:
        row, role = thread_for(Actor(user, Standing.USER), thread)
    except Refused:
        return None
    other = row.seller if role is Role.BUYER else row.buyer
    return About(row.id, row.title, other.name or other.id, role)
