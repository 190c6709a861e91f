"""Warm processes: one imports what every chapter needs, and is forked for each of them, and for what Sphinx does.

A cold kernel spends seconds on imports before its first cell. The warm process runs nothing but imports, so a fork
of it is in the state in which a cold kernel would be after them, and no chapter sees another. It talks with its
owner by lines of JSON; when the owner is gone, however it ended, the kernels are ended too.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

POLL = 0.05  # seconds between two looks at a kernel that is to end


def can_fork() -> bool:
    """Tell whether a process with numerical libraries can be forked safely here."""
    return sys.platform == "linux"


class WarmProcess:
    """The process that is forked for each chapter. What is asked of it raises ConnectionError once it has ended."""

    def __init__(self, root: Path, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from analysis.building.warm import serve; serve()"],
            cwd=root,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # a Ctrl-C is the owner's to obey
        )
        self._has_answered = False
        self._one_asks = threading.Lock()  # the thread of the chapters, and that of what is made meanwhile

    def ask(self, **order: object) -> int | None:
        """Send an order and return the answer."""
        with self._one_asks:
            self._send(order)
            return self._answer()

    def _send(self, order: Mapping[str, object]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise ConnectionError("the warm process ended") from error

    def _answer(self) -> int | None:
        assert self._process.stdout is not None
        try:
            code: int | None = json.loads(self._process.stdout.readline())  # a blank line is no JSON
        except (OSError, ValueError) as error:
            raise ConnectionError("the warm process ended") from error
        self._has_answered = True
        return code

    @contextlib.contextmanager
    def child(
        self, code: str, arguments: Sequence[str], *, folder: Path, env: Mapping[str, str]
    ) -> Iterator[ForkedChild]:
        """Run Python code in a fork that is gone when the block is left; its output is one stream of text."""
        with tempfile.TemporaryDirectory() as place:
            output = Path(place, "output")
            os.mkfifo(output)
            end = os.open(output, os.O_RDONLY | os.O_NONBLOCK)  # else to open it waits for who writes
            os.set_blocking(end, True)
            with os.fdopen(end, encoding="utf-8", errors="replace") as stdout:
                pid = self.ask(
                    code=code,
                    arguments=list(arguments),
                    folder=str(folder),
                    env=dict(env),
                    output=str(output),
                )
                assert pid is not None
                forked = ForkedChild(self, pid, stdout)
                try:
                    yield forked
                finally:
                    forked.kill()
                    forked.wait()

    def is_up(self) -> bool:
        """Wait until it has imported everything, and tell whether it lives."""
        try:
            return self.ask(poll=os.getpid()) is not None
        except ConnectionError:
            return False

    async def grown(self) -> bool:
        """Do as `is_up`, and give way while it waits; who is stopped there has ended the process."""
        try:
            with self._one_asks:
                self._send({"poll": os.getpid()})
                while not select.select([self._process.stdout], (), (), 0)[0]:  # type: ignore[type-var]
                    await asyncio.sleep(POLL)
                return self._answer() is not None
        except ConnectionError:
            return False
        except asyncio.CancelledError:
            self._process.kill()  # its answer would be taken for another's
            raise

    def close(self) -> None:
        """End it, and every kernel forked from it."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        if not self._has_answered:  # it imports still, and has forked nothing that it should end
            self._process.kill()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class ForkedKernel:
    """A kernel's process as jupyter_client handles it: the part of subprocess.Popen that it uses."""

    stdin: Any = None
    stdout: Any = None
    stderr: Any = None

    def __init__(self, warm: WarmProcess, pid: int) -> None:
        self._warm, self.pid = warm, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, None while the kernel runs."""
        if self.returncode is None:
            try:
                self.returncode = self._warm.ask(poll=self.pid)
            except ConnectionError:
                self.returncode = -signal.SIGKILL
        return self.returncode

    def wait(self) -> int:
        """Wait for the end and return the exit code."""
        while (code := self.poll()) is None:
            time.sleep(POLL)
        return code

    def send_signal(self, signum: int) -> None:
        """Send a signal to a kernel that runs."""
        if self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class ForkedChild(ForkedKernel):
    """A fork that runs other code than a kernel's: with its output as a stream."""

    def __init__(self, warm: WarmProcess, pid: int, stdout: TextIO) -> None:
        super().__init__(warm, pid)
        self.stdout: TextIO = stdout

    def kill(self) -> None:
        """End it and what it started."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)


class WarmProvisioner(LocalProvisioner):
    """Has the warm process forked where jupyter_client would start a cold kernel."""

    warm: WarmProcess
    reads: Path

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel with the arguments that a cold one would be given."""
        arguments = cmd[cmd.index("-f") :]
        folder = str(kwargs.get("cwd") or Path.cwd())
        env = kwargs.get("env") or {}
        pid = self.warm.ask(arguments=arguments, folder=folder, env=env, reads=str(self.reads))
        assert pid is not None
        own: Any = self  # its class says that all of these are None
        own.process = ForkedKernel(self.warm, pid)
        own.pid = own.pgid = pid
        own.cwd = folder
        return self.connection_info


def use_warm(manager: KernelManager, warm: WarmProcess, reads: Path) -> None:
    """Let a manager's kernel be a fork of the warm process; `reads` is where it writes what it reads."""
    given: dict[str, Any] = {"kernel_id": "", "kernel_spec": manager.kernel_spec, "parent": manager}
    provisioner = WarmProvisioner(**given)
    provisioner.warm, provisioner.reads = warm, reads
    manager.provisioner = provisioner
