"""One build at a time; a child that ends with its parent; an interrupt that reaches what runs."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import psutil
import pytest

from analysis.building.execution import environment, warm_process
from analysis.building.processes import only_build, run_interruptible, running_child
from analysis.errors import InputError

ROOT = Path(__file__).parents[2]
HOLD = """
import time
from pathlib import Path
from analysis.building.processes import only_build
with only_build(Path.cwd(), "the stored notebooks"):
    print("held", flush=True)
    time.sleep(60)
"""
PARENT = """
import os, time
from pathlib import Path
from analysis.building.processes import running_child
code = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
with running_child(code, [], folder=Path.cwd(), env=os.environ) as child:
    print(child.stdout.readline(), end="", flush=True)
    child.wait()
"""


def start(code: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=folder, env=environment(ROOT), stdout=subprocess.PIPE, text=True
    )


def test_the_second_waits_says_for_whom_and_goes_on_when_the_first_is_killed(tmp_path: Path):
    holder = start(HOLD, tmp_path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    told: list[str] = []

    def kill_when_told(line: str) -> None:
        told.append(line)
        os.kill(holder.pid, signal.SIGKILL)

    with only_build(tmp_path, "the report", echo=kill_when_told), only_build(tmp_path, "the site"):
        pass  # and whoever holds it may take it again
    holder.wait()
    assert len(told) == 1
    assert f"process {holder.pid}, making the stored notebooks since 20" in told[0]
    assert str(tmp_path / "_build") in told[0]


def gone(pid: int, seconds: float = 10) -> bool:
    """Tell whether a process ends in a given time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_child_ends_with_its_parent_however_that_ends(tmp_path: Path, how: signal.Signals):
    parent = start(PARENT, tmp_path)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert psutil.pid_exists(child)
    os.kill(parent.pid, how)
    parent.wait()
    assert gone(child)


def test_a_child_is_gone_when_its_block_is_left(tmp_path: Path):
    code = "import time; time.sleep(60)"
    with (
        pytest.raises(ZeroDivisionError),
        running_child(code, [], folder=tmp_path, env=environment(ROOT)) as child,
    ):
        raise ZeroDivisionError
    assert child.returncode is not None


@pytest.mark.slow
def test_a_fork_of_the_warm_process_says_what_a_child_says_and_is_gone_with_what_it_started(tmp_path: Path):
    code = (
        "import os, subprocess, sys\n"
        "print(sys.argv[1:], os.environ['TOLD'], os.getcwd(), 'analysis.series' in sys.modules, flush=True)\n"
        "print('to the other stream', file=sys.stderr, flush=True)\n"
    )
    env = environment(ROOT) | {"TOLD": "told"}
    lines = f"['a b'] told {tmp_path} {{}}\nto the other stream\n"
    with warm_process(ROOT) as warm:
        for one, known in ((None, False), (warm, True)):
            with running_child(code, ["a b"], folder=tmp_path, env=env, warm=one) as child:
                assert child.stdout.read() == lines.format(known)
                assert child.wait() == 0
        with running_child("raise SystemExit(3)", [], folder=tmp_path, env=env, warm=warm) as child:
            assert child.stdout.read() == ""
            assert child.wait() == 3
        with running_child("1 / 0", [], folder=tmp_path, env=env, warm=warm) as child:
            assert "ZeroDivisionError" in child.stdout.read()
            assert child.wait() == 1
        code = (
            "import subprocess\nother = subprocess.Popen(['sleep', '60'])\n"
            "print(other.pid, flush=True)\nother.wait()"
        )
        with running_child(code, [], folder=tmp_path, env=env, warm=warm) as child:
            other = int(child.stdout.readline())
            assert psutil.pid_exists(other)
        assert gone(other)
        with running_child(code, [], folder=tmp_path, env=env, warm=warm) as child:
            other = int(child.stdout.readline())
            assert warm is not None
            warm.close()
            assert gone(other)


def test_an_interrupt_ends_asynchronous_work_and_lets_it_clean_up():
    cleaned: list[str] = []

    async def work() -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.sleep(60)
        finally:
            cleaned.append("ended the kernels")

    before = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_interruptible(work())
    assert cleaned == ["ended the kernels"]
    assert time.monotonic() - before < 30


def test_an_interrupt_while_the_thread_starts_ends_the_work_as_well(monkeypatch):
    """On a busy machine the thread may be at work before whoever started it hears of that."""
    began, cleaned, start = threading.Event(), [], threading.Thread.start

    async def work() -> None:
        try:
            began.set()
            await asyncio.sleep(60)
        finally:
            cleaned.append("ended the kernels")

    def interrupted(thread: threading.Thread) -> None:
        start(thread)
        assert began.wait(30)
        raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "start", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_interruptible(work())
    assert cleaned == ["ended the kernels"]


def test_asynchronous_work_gives_its_result_and_its_error():
    async def double(number: int) -> int:
        await asyncio.sleep(0)
        return 2 * number

    async def fail() -> None:
        raise ZeroDivisionError

    assert run_interruptible(double(4)) == 8
    with pytest.raises(ZeroDivisionError):
        run_interruptible(fail())


def test_what_is_done_meanwhile_is_done_beside_the_work_and_its_error_ends_that():
    cleaned: list[str] = []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            cleaned.append("ended the kernels")

    def fail() -> None:
        raise InputError("The briefing cannot be set.")

    before = time.monotonic()
    with pytest.raises(InputError, match="The briefing"):
        run_interruptible(work(), fail)
    assert cleaned == ["ended the kernels"]
    assert time.monotonic() - before < 30

    met = threading.Event()

    async def wait() -> bool:
        return await asyncio.to_thread(met.wait, 30)

    assert run_interruptible(wait(), met.set)


def test_what_chapters_need_is_imported_before_anything_is_drawn_beside_them(tmp_path: Path):
    """Half an IPython, imported in the thread of the chapters, broke the drawings of the briefing."""
    code = """
        import sys
        from pathlib import Path
        import nbformat
        from analysis.building import execution
        chapter = Path(sys.argv[1])
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")]), chapter)
        def begin(work, meanwhile):
            before = set(sys.modules)
            work.close()
            import nbclient.client, nbclient.exceptions, analysis.building.kernels, IPython
            print(sorted(set(sys.modules) - before))
            return []
        execution.run_interruptible = begin
        execution.execute([chapter], chapter.parent, warm=False)
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path / "one.ipynb")]
    ran = subprocess.run(command, cwd=ROOT, env=environment(ROOT), capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
