"""The bugs that can be planted, each with the kind of finding that counts as having caught it."""

from enum import Enum, auto


class Bug(Enum):
    """What a programmer did."""

    ACKNOWLEDGE_BEFORE_COMMIT = auto()
    ID_SCOPED_TO_THE_SOCKET = auto()
    SEQ_FROM_A_SEQUENCE = auto()
    SWEEP_OFF = auto()
    DELIVERY_IN_HINT_ORDER = auto()
    SUBSCRIBE_AFTER_READING_HEAD = auto()
    REPLAY_OFF_BY_ONE = auto()
    NO_LOCK_ON_ACCEPT = auto()
    CLOSE_NOT_FINAL = auto()
    # Of our own.
    TOLD_BEFORE_COMMIT = auto()
    SNAPSHOT_IN_TWO_READS = auto()
    SAYS_NO_AFTER_COMMIT = auto()
    SOCKET_OVERTAKES_ITSELF = auto()
    NEIGHBOURS_ANSWER = auto()
    EXPECT_NOT_CHECKED = auto()
    PAYS_TWICE = auto()
    READS_A_REPLICA = auto()
    SHOWS_COMMANDS_TO_ALL = auto()
    WRITES_A_JOB_AGAIN = auto()
    COMMITS_OUT_OF_ORDER = auto()


CAUGHT_AS = {
    Bug.ACKNOWLEDGE_BEFORE_COMMIT: "lost",
    Bug.ID_SCOPED_TO_THE_SOCKET: "duplicated",
    Bug.SEQ_FROM_A_SEQUENCE: "gap",
    Bug.SWEEP_OFF: "missed",
    Bug.DELIVERY_IN_HINT_ORDER: "delivery",
    Bug.SUBSCRIBE_AFTER_READING_HEAD: "delivery",
    Bug.REPLAY_OFF_BY_ONE: "delivery",
    Bug.NO_LOCK_ON_ACCEPT: "two winners",
    Bug.CLOSE_NOT_FINAL: "not final",
    Bug.TOLD_BEFORE_COMMIT: "delivery",
    Bug.SNAPSHOT_IN_TWO_READS: "snapshot",
    Bug.SAYS_NO_AFTER_COMMIT: "phantom",
    Bug.SOCKET_OVERTAKES_ITSELF: "misordered",
    Bug.NEIGHBOURS_ANSWER: "reply",
    Bug.EXPECT_NOT_CHECKED: "two winners",
    Bug.PAYS_TWICE: "ledger",
    Bug.READS_A_REPLICA: "stale",
    Bug.SHOWS_COMMANDS_TO_ALL: "secret",
    Bug.WRITES_A_JOB_AGAIN: "phantom",
    Bug.COMMITS_OUT_OF_ORDER: "misordered",
}
