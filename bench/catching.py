"""`python -m bench.catching`: what it costs to look at a text for what staff should know of. No server, no database."""

import statistics
import time
import tomllib
from pathlib import Path

from bench.load.speech import FILLER
from chat.catching.look import look
from tests.catching.evil import texts

CORPUS = Path(__file__).parent.parent / "tests" / "catching" / "corpus.toml"
TURNS = 200
ROUNDS = 5


def microseconds(text: str, turns: int = TURNS) -> float:
    """CPU time, the best of some rounds: what disturbs a round only ever makes it longer."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(turns):
            look(text)
        best = min(best, (time.process_time() - began) / turns)
    return best * 1e6


def show(name: str, text: str) -> None:
    print(f"{name:<44} {len(text):>5} characters {microseconds(text):>9.1f} µs")


def main() -> None:
    show("plain", "Could you make the logo a bit bigger?")
    show("plain, as long as the other measures' texts", FILLER)
    show("plain, with accents", "C'est parfait, je valide dès ce soir, à bientôt")
    show("plain, with figures", "I need 2500 pieces of it, thank you very much")
    show("a phone number", "call me on 0151 23456789")
    show("a phrase", "what's your phone number?")
    corpus = [text for kind in tomllib.loads(CORPUS.read_text("utf-8")).values() for text in kind]
    taken = sorted(microseconds(text, 20) for text in corpus)
    print(f"the corpus, {len(taken)} texts: median {statistics.median(taken):.1f} µs, ", end="")
    print(f"95 % below {taken[len(taken) * 95 // 100]:.1f} µs, the slowest {taken[-1]:.1f} µs")
    evil = sorted(((microseconds(text, 1), name) for name, text in texts().items()), reverse=True)
    print("made to be slow, 4000 characters:", ", ".join(f"{name} {taken / 1000:.1f} ms" for taken, name in evil[:5]))


if __name__ == "__main__":
    main()
