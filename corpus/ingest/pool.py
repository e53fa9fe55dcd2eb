"""The processes that work is given to: spawned, and gone when their parent is.

    Pool      one function on many batches
    Beside    one call, while the caller goes on

Imports nothing of Django's at the top: a new process loads this module first, and only
then sets Django up.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import connection as pipes
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")

# Batches waiting beyond those being worked on: no worker waits for the reader, and memory
# holds no more than these.
AHEAD = 2
OBJECTS_BEFORE_COLLECTING = 50_000


class WorkerLostError(Exception):
    """A worker process ended without an answer, killed or out of memory."""


class Pool(Generic[Result]):
    """Runs one function on many arguments, in this process or in several others.

    With one worker it is this process, and nothing is spawned. Results come back in the
    order in which they are ready.
    """

    def __init__(self, workers: int, work: Callable[..., Result]) -> None:
        self._work = work
        self._workers = workers
        self._executor: ProcessPoolExecutor | None = None
        self._under_way: set[Future[Result]] = set()
        self._done: list[Result] = []

    def start(self) -> None:
        """Spawn the processes; without it everything runs in this one."""
        if self._workers < 2 or self._executor is not None:
            return
        self._executor = ProcessPoolExecutor(
            self._workers,
            mp_context=get_context("spawn"),
            initializer=_set_up,
            initargs=_surroundings(),
        )

    @property
    def started(self) -> bool:
        """Whether there are other processes."""
        return self._executor is not None

    def submit(self, *arguments: Any) -> None:
        """Hand work out; waits while as much as is good for memory is under way."""
        if self._executor is None:
            self._done.append(self._work(*arguments))
            return
        while len(self._under_way) >= self._workers + AHEAD:
            self._collect()
        try:
            self._under_way.add(self._executor.submit(self._work, *arguments))
        except RuntimeError as error:  # BrokenProcessPool is one
            raise WorkerLostError(str(error)) from error

    def ready(self) -> Iterator[Result]:
        """The results there are by now."""
        self._collect(timeout=0)
        while self._done:
            yield self._done.pop(0)

    def drain(self) -> Iterator[Result]:
        """All results of what was submitted, waiting for them."""
        while self._under_way or self._done:
            if not self._done:
                self._collect()
            yield from self.ready()

    def _collect(self, timeout: float | None = None) -> None:
        if not self._under_way:
            return
        done, self._under_way = wait(self._under_way, timeout, return_when=FIRST_COMPLETED)
        for future in done:
            try:
                self._done.append(future.result())
            except RuntimeError as error:
                if "process pool" in str(error) or "process in the" in str(error):
                    raise WorkerLostError(str(error)) from error
                raise

    def close(self) -> None:
        """End the processes. What is under way is finished, what waits is dropped."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None


class Beside:
    """One call in a process of its own; a thread would share this one's interpreter."""

    def __init__(self, work: Callable[[], None]) -> None:
        context = get_context("spawn")
        self._answer, answer = context.Pipe(duplex=False)
        # As bytes: its module imports models, for which Django has to be set up first.
        call = pickle.dumps(work)
        # A daemon: after Ctrl-C while waiting for it, Python's own end would wait for it too.
        self._process = context.Process(
            target=_call, args=(call, answer, *_surroundings()), daemon=True
        )
        self._process.start()
        answer.close()  # so that the other end hears of the process's death

    def wait(self) -> None:
        """Wait for its end. Raises what the call raised; WorkerLostError if it was killed."""
        try:
            error = self._answer.recv()
        except EOFError as lost:
            raise WorkerLostError("the process beside ended without an answer") from lost
        self._process.join()
        if error is not None:
            raise error

    def stop(self) -> None:
        """End it wherever it is."""
        self._process.terminate()
        self._process.join()


def _call(call: bytes, answer: Connection, *surroundings: Any) -> None:
    try:
        _set_up(*surroundings)
        pickle.loads(call)()
    except Exception as error:
        answer.send(error)
    else:
        answer.send(None)


def _surroundings() -> tuple[str, dict[str, Any]]:
    """What `_set_up` needs to know of this process."""
    from django.conf import settings
    from django.db import connection

    module = os.environ.get("DJANGO_SETTINGS_MODULE") or str(settings.SETTINGS_MODULE)
    return module, dict(connection.settings_dict)


def _set_up(settings_module: str, database: dict[str, Any]) -> None:
    """In a new process: leave Ctrl-C to the parent, set Django up on the same database."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # A batch makes objects by the hundred thousand and hardly a cycle among them.
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING, 20, 50)
    os.environ["DJANGO_SETTINGS_MODULE"] = settings_module
    import django
    from django.db import connections

    django.setup()
    gc.freeze()
    # The parent may be on another database than the settings say: the tests' own.
    connections["default"].settings_dict.update(database)


def _end_with_parent() -> None:
    """A killed parent sends no word; its end of a pipe closes."""
    parent = parent_process()
    if parent is not None:
        pipes.wait([parent.sentinel])
        os._exit(1)
