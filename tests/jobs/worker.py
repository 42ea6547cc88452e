"""A worker in a process of its own, to be killed: `python -m tests.jobs.worker KIND`. Ends when all is done."""

import sys
import time

import django


def main() -> None:
    django.setup()
    from chat import jobs
    from chat.models import Job
    from tests.jobs import effects

    kind = effects.count_on(sys.argv[1], effects.slowly)
    print("ready", flush=True)
    while Job.objects.filter(kind=kind, state="waiting").exists():
        if not jobs.run_batch():
            time.sleep(0.02)


main()
