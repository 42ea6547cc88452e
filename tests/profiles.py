"""Another marketplace's rules, in this process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from chat import policy as talk
from chat.catching.conduct import VARIABLE, Conduct, conduct
from chat.profiles import load
from orders import policy as trade


@contextmanager
def under(profile: str) -> Iterator[None]:
    """The numbers of this profile, everywhere: what holds them is one object for each kind."""
    with patch.dict(os.environ, {"PROFILE": profile}):
        fresh = {id(each.policy): vars(load(each.Policy)) for each in (talk, trade)}
    with patch.dict(vars(talk.policy), fresh[id(talk.policy)]), patch.dict(vars(trade.policy), fresh[id(trade.policy)]):
        yield


@contextmanager
def catching(said: str) -> Iterator[None]:
    """What the variable CATCHING says (`phone=hold,closed.email=mask`), everywhere in this process."""
    with patch.dict(os.environ, {VARIABLE: said}):
        fresh = vars(load(Conduct))
    with patch.dict(vars(conduct), fresh):
        yield
