"""The house's commands: `python3 dev.py run`, `test`, `lint`, … (the Makefile only gives them short names).

Standard library only: this file is what builds the environment that everything else runs in.
"""

import os
import shutil
import subprocess
import sys

ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))"
# Not compared in place: linter and type checker take requires-python for granted; here it is made sure of.
HAVE = tuple(sys.version_info)[:2]


def right_python() -> None:
    """Continue in Python 3.11, which the server is proven on, or else in any newer one."""
    if HAVE == (3, 11):
        return
    newer = [] if HAVE >= (3, 11) else ["python3.12", "python3.13", "python3.14"]
    for name in ["python3.11", *newer]:
        found = shutil.which(name)
        # A version manager leaves names on the path that start nothing: only a run tells.
        if found and subprocess.call([found, "-c", ENOUGH], stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, *sys.argv])
    if HAVE < (3, 11):
        sys.exit("Order Threads needs Python 3.11 or newer; this is {}.{}.".format(*HAVE))


if __name__ == "__main__":
    right_python()
    from tools.commands import main

    sys.exit(main(sys.argv[1:]))
