"""`python -m tests.soak --minutes 5`: faults at random under mixed load, and one table. Ends with 1 if anything is wrong.

A round lasts a minute and has a seed of its own, which is printed; `--seed` begins with another.
"""

import argparse
import asyncio
import signal
import sys
import time
from contextlib import suppress

from tests.faults import proof
from tests.soak import rounds
from tests.soak.memory import Memory
from tests.soak.stage import Stage, stage
from tests.soak.tally import Tally

SHOWN = 20


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5, help="of load (5)")
    parser.add_argument("--seed", type=int, default=1, help="of the first round; the next has one more (1)")
    return parser.parse_args()


async def soak(stage: Stage, tally: Tally, memory: Memory, minutes: float, seed: int) -> None:
    """Round after round, until the time is over or a round could not be ended."""
    watching = asyncio.create_task(memory.watch())
    end = time.monotonic() + minutes * 60
    try:
        while (left := end - time.monotonic()) > 0:
            print(f"==> round {tally.rounds + 1}, seed {seed}", flush=True)
            await rounds.one(stage, tally, seed, min(left, rounds.ROUND_S))
            seed += 1
    except (AssertionError, TimeoutError) as fault:
        tally.wrong.append(f"seed {seed}: {fault!r}")
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


def main() -> int:
    asked = arguments()
    # Ended by a signal, it still takes its services down.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if unseen := proof.unseen():
        print(f"void: the checker does not see what was planted: {unseen}")
        return 1
    tally = Tally()
    with stage() as services:
        memory = Memory(services.witness)
        asyncio.run(soak(services, tally, memory, asked.minutes, asked.seed))
    sound = tally.sound(memory, asked.minutes * 60)
    print(tally.table(memory))
    for wrong in [*map(str, tally.findings), *tally.wrong][:SHOWN]:
        print(f"WRONG: {wrong}")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
