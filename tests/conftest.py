"""What every test can ask for: a stack, a server that runs on it, a browser.

`TEST_STACK=sqlite` (the default) or `postgres` chooses the stack of the whole run. Nothing is started before
the first test that asks, so the tests of pure rules stay instant.
"""

import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import django
import hypothesis
import pytest
from playwright.async_api import Browser, async_playwright

from tests.services.chromium import launch_options, use_own_node
from tests.services.server import Server
from tests.stack import Stack, prepare

if TYPE_CHECKING:
    from tests.market import Deal

STACK = pytest.StashKey[Stack]()

# How fast one example runs on a busy machine says nothing about the code.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Settle the environment before any module of ours is imported: settings are read once."""
    # Ended by a signal, the run still takes its services down.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    name = os.environ.get("TEST_STACK") or "sqlite"
    if name not in ("sqlite", "postgres"):
        raise pytest.UsageError(f"TEST_STACK is sqlite or postgres, not {name}")
    laid_out = ExitStack()
    config.add_cleanup(laid_out.close)
    stack = laid_out.enter_context(prepare(name))
    config.stash[STACK] = stack
    os.environ.update(stack.environment())
    use_own_node()
    django.setup()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs services that the embedded stack has not."""
    if item.get_closest_marker("postgres") and item.config.stash[STACK].name != "postgres":
        pytest.skip("needs PostgreSQL and Redis")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run in which everything was skipped has shown nothing: it must not count as passed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    shown = session.config.option.collectonly or (reporter and reporter.stats.get("passed"))
    if exitstatus == pytest.ExitCode.OK and not shown:
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.fixture(scope="session")
def stack(pytestconfig: pytest.Config) -> Iterator[Stack]:
    """The running stack with a migrated database, which code called in this process uses too."""
    stack = pytestconfig.stash[STACK]
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


@pytest.fixture(scope="session")
def server(stack: Stack) -> Iterator[Server]:
    """The server that all tests share, with as many workers as the stack allows."""
    server = Server(stack.log("server"), workers=stack.workers)
    server.start()
    yield server
    assert server.terminate() == 0, f"the server did not end well:\n{server.log()}"


@pytest.fixture
def start_server(stack: Stack) -> Iterator[Callable[..., Server]]:
    """Start servers for this test alone: `start_server(workers=1, fresh=True, MAX_SUBSCRIPTIONS="3")`.

    `fresh` gives it a database of its own. Capitals are its environment. They may be killed at will.
    """
    with ExitStack() as started:

        def start(*, workers: int = 1, fresh: bool = False, **env: str) -> Server:
            if fresh:
                env["DATABASE_URL"] = stack.new_database()
            server = Server(stack.log("server"), workers=workers, env=env)
            started.callback(server.terminate)
            server.start()
            return server

        yield start


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of this test's own event loop. People are contexts in it: `await browser.new_context()`."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**launch_options())
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def trading_place(stack: Stack) -> str:
    """The address of the database in which tests of the services turn the clock."""
    return stack.new_database()


@pytest.fixture(scope="module")
def trade(trading_place: str) -> Iterator[None]:
    """This module's services work there, where no server runs and trade time is the tests'."""
    from tests.letters import nobody_delivers
    from tests.market import elsewhere, strikes

    with elsewhere(trading_place), nobody_delivers():
        # What other modules left open ends now, in one go: its warnings would be sent one by one in this one's time.
        for _ in range(2):
            strikes(days=400)
        yield


@pytest.fixture
def deal(trade: None) -> "Iterator[Deal]":
    """Kim has just bought a logo from sam. Whatever a test makes of it, in the end all the invariants hold."""
    from tests.market import meet
    from tests.truths import hold

    deal = meet()
    yield deal
    hold(deal)
