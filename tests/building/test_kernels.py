"""Kernels forked from a warm process: the outputs of cold ones, each by itself, and none that is left behind."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.building import execution
from analysis.building.execution import environment, execute
from analysis.building.kernels import WarmProcess
from analysis.errors import InputError

ROOT = Path(__file__).parents[2]
CELLS = (
    "import sys, os\nimport analysis\ndata = analysis.load()\nlen(data.glossary), hash('x'), sys.path[:3], __name__",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",  # shown by the inline backend when the cell ends
    "os.environ['LEFT'] = os.environ.get('LEFT', '') + 'x'; analysis.left = getattr(analysis, 'left', 0) + 1",
    "print(open('../note.txt').read(), os.environ['LEFT'], analysis.left, os.environ['OMP_NUM_THREADS'])",
    "import warnings\nwarnings.warn('old')",
    "from myst_nb import glue\nglue('n', 7)",
    "from joblib import Parallel, delayed\nParallel(n_jobs=2)(delayed(abs)(n) for n in (-1, -2))",
)


def silent(_: str) -> None:
    """Swallow progress."""


def chapter(root: Path, name: str, *cells: str) -> Path:
    path = root / "book" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    made = [new_code_cell(cell, id=f"{name}-{number}") for number, cell in enumerate(cells)]
    nbformat.write(new_notebook(cells=made), path)
    return path


@pytest.mark.slow
def test_a_fork_gives_the_outputs_of_a_cold_kernel_and_tells_what_it_read(tmp_path: Path):
    (tmp_path / "note.txt").write_text("noted")
    paths = [chapter(tmp_path, name, *CELLS) for name in ("a", "b")]
    warm = execute(paths, tmp_path, echo=silent)
    cold = execute(paths, tmp_path, warm=False, echo=silent)

    def told(run: execution.Run) -> str:
        # A warning names the file of its cell, which holds the number of the process.
        return re.sub(r"ipykernel_\d+", "ipykernel_", nbformat.writes(run.notebook))

    assert [told(run) for run in warm] == [told(run) for run in cold]
    assert "image/png" in told(warm[0])
    assert [run.reads for run in cold] == [None, None]
    assert [sorted(run.reads or ()) for run in warm] == [["data/glossary.csv", "note.txt"]] * 2


@pytest.mark.faults
@pytest.mark.slow
def test_a_chapter_that_does_not_end_and_one_whose_kernel_dies_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(execution, "CELL_TIMEOUT", 2)
    paths = [
        chapter(tmp_path, "endless", "1", "import time\ntime.sleep(600)"),
        chapter(tmp_path, "dead", "import os\nos.kill(os.getpid(), 9)"),
        chapter(tmp_path, "wrong", "1 / 0"),
    ]
    for warm in (True, False):
        with pytest.raises(InputError) as caught:
            execute(paths, tmp_path, warm=warm, echo=silent)
        assert str(caught.value).splitlines() == [
            "book/endless.ipynb, cell 2: it did not end within 2 seconds",
            "book/dead.ipynb, cell 1: the kernel died (out of memory?)",
            "book/wrong.ipynb, cell 1: ZeroDivisionError: division by zero",
        ]


def test_a_process_that_still_grows_warm_is_not_waited_for():
    with execution.warm_process(ROOT) as warm:
        pass
    assert warm is None or warm._process.returncode == -signal.SIGKILL


def test_a_fork_can_be_ended_with_all_it_started_as_soon_as_it_is_told_of(warm: WarmProcess | None):
    for _ in range(20 if warm else 0):
        with warm.child("import time; time.sleep(60)", [], folder=ROOT, env=environment(ROOT)) as forked:
            assert os.getpgid(forked.pid) == forked.pid
        assert forked.returncode == -signal.SIGKILL


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status")
    return not (status.exists() and "State:\tZ" in status.read_text())


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGKILL])
def test_no_kernel_outlives_a_build_that_is_stopped(tmp_path: Path, warm: bool, signum: int):
    busy = "import os, time\nopen('{0}', 'w').write(str(os.getpid()))\nwhile True: time.sleep(0.1)"
    for name in ("a", "b"):
        chapter(tmp_path, name, busy.format(name))
    code = (
        "from pathlib import Path\nfrom analysis.building.execution import execute\n"
        f"execute(sorted(Path('book').resolve().glob('*.ipynb')), Path.cwd(), jobs=2, warm={warm})"
    )
    command = [sys.executable, "-c", code]
    build = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment(ROOT),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    notes = [tmp_path / "book" / name for name in ("a", "b")]
    until = time.monotonic() + 90
    while not all(note.exists() and note.read_text() for note in notes):
        assert build.poll() is None
        assert time.monotonic() < until
        time.sleep(0.1)
    kernels = [int(note.read_text()) for note in notes]
    assert all(is_alive(pid) for pid in kernels)
    build.send_signal(signum)
    _, said = build.communicate(timeout=30)
    assert build.returncode == -signum
    assert said.count("KeyboardInterrupt") == (1 if signum == signal.SIGINT else 0)
    until = time.monotonic() + 10
    while any(is_alive(pid) for pid in kernels):
        assert time.monotonic() < until
        time.sleep(0.1)
