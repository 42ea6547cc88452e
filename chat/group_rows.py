"""The group's store by the ORM, in one thread of the pool: the embedded default's, on SQLite."""

from collections.abc import Callable

from chat import answers, installation
from chat.acts import Act
from chat.group import Pending
from chat.grouping import Locked, decide
from chat.log import insert, one_commit
from chat.models import Answer, Thread
from chat.offload import in_database


class RowStore:
    """See group.Store."""

    async def commit(self, batch: list[Pending], meanwhile: Callable[[], None]) -> dict[Pending, Act]:
        meanwhile()
        return await in_database(commit, batch)


def commit(batch: list[Pending]) -> dict[Pending, Act]:
    names = sorted({pending.command.thread for pending in batch})
    with one_commit():
        rows = Thread.objects.select_for_update(of=("self",), skip_locked=True).select_related("buyer", "seller")
        threads = {row.id: locked(row) for row in rows.filter(pk__in=names).order_by("pk")}
        done = decide(batch, threads, already(batch))
        insert(done.values())
        for pending, act in done.items():
            answers.keep(pending.actor, pending.command.id, pending.command.digest(), act.reply({}))
    return done


def locked(row: Thread) -> Locked:
    suspended = frozenset(each.id for each in (row.buyer, row.seller) if each.suspended_at is not None)
    return Locked(row, max(installation.now(), row.last_at), suspended)


def already(batch: list[Pending]) -> set[tuple[str, str]]:
    users = {pending.key[0] for pending in batch}
    keys = {pending.key[1] for pending in batch}
    rows = Answer.objects.filter(user__in=users, command__in=keys)
    return set(rows.values_list("user", "command"))
