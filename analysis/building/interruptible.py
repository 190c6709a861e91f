"""Asynchronous work in a thread of its own that the first Ctrl-C ends, with everything that it started."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


def run_interruptible(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread, since the caller (a notebook, a browser test) may have an event loop already.

    An interrupt reaches the calling thread only: it cancels the work there, waits until that has cleaned up
    (ended its kernels), and goes on.
    """
    runner = asyncio.Runner()
    loop = runner.get_loop()
    task = loop.create_task(work)
    done: Future[T] = Future()

    async def finish() -> T:
        return await task

    def run() -> None:
        with runner:  # which also ends what the work left pending
            try:
                done.set_result(runner.run(finish()))
            except BaseException as error:  # handed to whoever waits, whatever it is
                done.set_exception(error)

    thread = Thread(target=run)
    thread.start()
    try:
        return done.result()
    except KeyboardInterrupt:
        with suppress(RuntimeError):  # the work was done at this moment
            loop.call_soon_threadsafe(task.cancel)
        raise
    finally:
        thread.join()
