"""Warm processes: one imports what every chapter needs, and is forked for each of them, and for what Sphinx does.

A cold kernel spends seconds on imports before its first cell. The warm process runs nothing but imports, so a fork
of it is in the state in which a cold kernel would be after them, and no chapter sees another. It talks with its
owner by lines of JSON; when the owner is gone, however it ended, the kernels are ended too.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.collector import look_seldom

# What chapters import: libraries, the rooms that make numbers, and every page.
MODULES = (
    *("numpy", "pandas", "scipy.stats", "scipy.optimize", "statsmodels.api", "matplotlib.pyplot", "joblib"),
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "myst_nb"),
    # What a kernel imports when it starts, and at its first cell.
    *("ipykernel.debugger", "sqlite3", "tornado.platform.asyncio", "tornado.queues"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect"),
    *("IPython.extensions.storemagic", "IPython.utils.wildcard"),
    *("analysis.dataset.reads", "analysis.scrutiny.ledger", "analysis.publish.chart"),
)
PAGES = "analysis.publish.pages"
INLINE = "module://matplotlib_inline.backend_inline"
POLL = 0.05  # seconds between two looks at a kernel that is to end


def can_fork() -> bool:
    """Tell whether a process with numerical libraries can be forked safely here."""
    return sys.platform == "linux"


class WarmProcess:
    """The process that is forked for each chapter. What is asked of it raises ConnectionError once it has ended."""

    def __init__(self, root: Path, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import serve; serve()"],
            cwd=root,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # a Ctrl-C is the owner's to obey
        )

    def ask(self, **order: object) -> int | None:
        """Send an order and return the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            code: int | None = json.loads(self._process.stdout.readline())  # a blank line is no JSON
            return code
        except (OSError, ValueError) as error:
            raise ConnectionError("the warm process ended") from error

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

    def close(self) -> None:
        """End it, and every kernel forked from it."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
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


def serve() -> None:
    """Be the warm process: import, then obey orders until the owner is gone."""
    if sys.path[0] == "":
        del sys.path[0]  # as a cold kernel does; IPython puts it back
    root = Path.cwd()
    # As ipykernel does; matplotlib reads it once, when it is imported.
    os.environ["MPLBACKEND"] = os.environ.get("MPLBACKEND") or INLINE
    for name in (*MODULES, *_pages()):
        # What is wrong with a module is told by the chapter that imports it.
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    with contextlib.suppress(Exception):  # what is wrong with the data is told by the chapter that loads them
        _read_ahead(root / "data")
    look_seldom()  # what is imported stays: no kernel need look through it
    running: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "poll" in order:
            print(json.dumps(_code(order["poll"], running)), flush=True)
            continue
        # Opened before the fork: whoever reads is there already, and it ends when the fork does.
        end = os.open(order["output"], os.O_WRONLY) if "output" in order else -1
        pid = os.fork()
        if pid == 0:
            return _be_child(order, end) if "output" in order else _be_kernel(order, root)
        if "output" in order:
            os.close(end)
        running.add(pid)
        print(pid, flush=True)
    for pid in running:
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
    return None


def _read_ahead(data: Path) -> None:
    """Do once what every chapter begins with: parse the code, load the tables, tell them, read every figure."""
    from analysis.dataset.code import parse_all
    from analysis.dataset.load import load_ahead
    from analysis.readings import intervals
    from analysis.series.definition import with_sources
    from analysis.series.store import digest

    parse_all()  # whoever looks for a kept result asks for the code that it runs through
    dataset = load_ahead(data)
    digest(dataset)
    intervals(with_sources(dataset, dataset.readings))


def _pages() -> list[str]:
    """Return the modules of the pages."""
    try:
        folder = importlib.import_module(PAGES)
    except Exception:  # told by the chapter that imports it
        return []
    return [one.name for one in pkgutil.walk_packages(folder.__path__, f"{PAGES}.", onerror=lambda _: None)]


def _code(pid: int, running: set[int]) -> int | None:
    """Return the exit code of a kernel that has ended."""
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    if not ended:
        return None
    running.discard(pid)
    return os.waitstatus_to_exitcode(status)


def _be_child(order: dict[str, Any], end: int) -> None:
    """Run what was ordered, in the state in which a cold process would be after its imports."""
    os.setsid()  # a group of its own, so that it is ended with what it started
    nothing = os.open(os.devnull, os.O_RDONLY)
    for stream, target in ((0, nothing), (1, end), (2, end)):
        os.dup2(target, stream)
    os.close(end)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["env"])
    sys.argv = ["-c", *order["arguments"]]
    exec(compile(order["code"], "<ordered>", "exec"), {"__name__": "__main__"})


def _be_kernel(order: dict[str, Any], root: Path) -> None:
    """Become the kernel of one chapter, in the state in which a cold one would be."""
    os.setsid()  # a group of its own, so that a kernel is ended with the workers it started
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.chdir(order["folder"])
    os.environ.update({name: value for name, value in order["env"].items() if value})
    from analysis.dataset import reads

    reads.record(Path(order["reads"]), root)
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(order["arguments"])  # type: ignore[no-untyped-call]
    app.start()  # type: ignore[no-untyped-call]
