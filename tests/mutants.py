"""Would the tests notice? The code is changed in one place at a time, and the nearest tests must fail: `make mutants`.

A mutant that survives is a rule that no test holds. `LISTED` are rules of the method, each with the tests of its
behaviour; `--sample N` adds N changes drawn from the rooms that compute: a comparison that loses its edge, `and` for
`or`, plus for minus, a constant half as large again. Everything happens in a copy of the project. Some drawn mutants
change nothing that can be seen (a tolerance, a bound that is never met); a survivor is to be looked at, and a rule that
matters joins the list.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("series", "models", "scrutiny", "publish/findings")
COPIED = ("analysis", "tests", "data", "studies", "book", "pyproject.toml", "README.md", "CHANGELOG.md")
SWAPS: dict[type[ast.AST], str] = {
    **{ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "=="},
    **{ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.And: "or", ast.Or: "and"},
}


# By the test that must notice: file, what stands there, and what takes its place.
LISTED = {
    "series/test_printed_years": [
        ("series/printed_years.py", '-_places(whole["published"])', '_places(whole["published"])'),
        ("series/printed_years.py", "map(last_day) <= day", "map(last_day) < day"),
    ],
    "series/test_outliers": [
        ("series/outliers.py", "CUT = 3.5", "CUT = 5.0"),
        ("series/outliers.py", "AS_FAR = 0.9", "AS_FAR = 0.5"),
        ("series/outliers.py", "MOST = 1 / 3", "MOST = 1 / 2"),
        ("series/outliers.py", "found[rows] = apart**2", "found[rows] = abs(apart)"),
    ],
    "series/test_conflicts": [
        ("series/conflicts.py", "SEASON_DAYS = 183", "SEASON_DAYS = 365"),
        ("series/conflicts.py", "APART = 1.02", "APART = 1.10"),
    ],
    "series/test_shift_prior": [("series/shift_prior.py", "SHIFT_SD = 1.0", "SHIFT_SD = 0.3")],
    "models/test_few_clusters": [("models/few_clusters.py", "left = 1 - values", "left = 1 - 0 * values")],
    "models/test_lorenz": [
        ("models/tail_draws.py", "self.scale / (2 - self.shape)", "self.scale / (1 - self.shape)"),
        ("models/tail_draws.py", "s * s / 2 - self.a * s", "s * s - self.a * s"),
        (
            "models/tail_draws.py",
            "(self.scale + self.shape * over) / (1 - self.shape)",
            "self.scale + self.shape * over",
        ),
        ("models/tail_draws.py", "special.expit(-gap)", "special.expit(gap)"),
    ],
    "models/test_interruption": [("models/pooling.py", "(1 + 1 / draws) * ", "")],
    "scrutiny/test_ask": [
        ("series/thresholds.py", "LEAST_INFORMED = 0.5", "LEAST_INFORMED = 0.1"),
        ("scrutiny/question.py", ">= FEWEST_BEFORE + FEWEST_AFTER", ">= FEWEST_AFTER"),
        ("scrutiny/question.py", "return max(one.at, last)", "return one.at"),
        ("scrutiny/question.py", "return max(one.at, last)", "return last"),
        ("scrutiny/assessment.py", "table[usable_periods(table, one)]", "table"),
        ("scrutiny/leave_one_out.py", " * factor[kept]", ""),
        ("scrutiny/checks.py", 'impact = "step" if question.impact == "pulse" else', "impact ="),
    ],
    "scrutiny/test_evidence": [
        ("scrutiny/ledger.py", "placebos + extreme)", "placebos + extreme + 1)"),
        ("scrutiny/ledger.py", "(units + 1)) - 1", "units) - 1"),
        ("scrutiny/ledger.py", "scale=1) or above(0", "scale=1) and above(0"),
        ("scrutiny/ledger.py", "float), 1.0)", "float), 0.5)"),
    ],
    "scrutiny/test_identifiability": [
        ("series/thresholds.py", "= 4, 3", "= 3, 3"),
        ("series/thresholds.py", "= 4, 3", "= 4, 2"),
        ("scrutiny/identifiability.py", "(days > first)", "(days >= first)"),
        ("scrutiny/identifiability.py", "<= one.made + rule", "<= one.at + rule"),
    ],
    "scrutiny/test_verdicts": [("scrutiny/verdicts.py", 'in ("A", "B"):', 'in ("A", "B", "C"):')],
    "scrutiny/test_placebo": [("scrutiny/placebo.py", "(extreme + 1) / (n + 1)", "extreme / n")],
    "scrutiny/test_grades": [("scrutiny/grades.py", "FEWEST_PLACEBOS = 8", "FEWEST_PLACEBOS = 7")],
}


@dataclass(frozen=True)
class Mutant:
    """One change: `old` in a file, which stands there once or at `at`, becomes `new`; `tests` must then fail."""

    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    at: int | None = None

    def applied(self, text: str) -> str:
        """Return the changed text. Raises ValueError where `old` does not stand there as told."""
        if self.at is None and text.count(self.old) != 1:
            raise ValueError(f"{self.file} holds {self.old!r} {text.count(self.old)} times; mend the list.")
        at = text.index(self.old) if self.at is None else self.at
        return text[:at] + self.new + text[at + len(self.old) :]


def listed() -> list[Mutant]:
    """Return the mutants of the rules of the method."""
    return [
        Mutant(f"analysis/{file}", old, new, (f"tests/{test}.py",))
        for test, changes in LISTED.items()
        for file, old, new in changes
    ]


def drawn(count: int, seed: int) -> list[Mutant]:
    """Return so many changes drawn from the rooms that compute."""
    every = [
        one
        for room in ROOMS
        for path in sorted((ROOT / "analysis" / room).glob("*.py"))
        for one in possible(path)
    ]
    return random.Random(seed).sample(every, min(count, len(every)))


def possible(path: Path) -> Iterator[Mutant]:
    """Yield every change that a file allows: of operators, and of the numbers that it names at its head."""
    text, file, tests = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix(), nearest(path)
    lines = text.splitlines(keepends=True)

    def offset(line: int, column: int) -> int:
        before = lines[line - 1].encode()[:column]  # ast counts bytes
        return sum(map(len, lines[: line - 1])) + len(before.decode())

    tree = ast.parse(text)
    for left, sign, right in filter(None, map(_operation, ast.walk(tree))):
        start = offset(left.end_lineno or 0, left.end_col_offset or 0)
        between = text[start : offset(right.lineno, right.col_offset)]
        old = between.strip(" ()")
        if old and not {"\n", "#"} & {*between} and type(sign) in SWAPS:
            yield Mutant(file, old, SWAPS[type(sign)], tests, start + between.index(old))
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            value, at = node.value.value, offset(node.value.lineno, node.value.col_offset)
            if type(value) in (int, float):
                old = ast.get_source_segment(text, node.value) or ""
                yield Mutant(file, old, repr(type(value)(value * 1.5 + (value == 1))), tests, at)


def _operation(node: ast.AST) -> tuple[ast.expr, ast.AST, ast.expr] | None:
    """Return what stands left and right of an operator, and the operator; None for any other node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return node.left, node.ops[0], node.comparators[0]
    if isinstance(node, ast.BinOp):
        return node.left, node.op, node.right
    return (node.values[0], node.op, node.values[1]) if isinstance(node, ast.BoolOp) else None


def nearest(path: Path) -> tuple[str, ...]:
    """Return the tests of a file: the one of its name, else those of its room."""
    room = path.parent.name
    own = ROOT / "tests" / room / f"test_{path.stem}.py"
    folder = "tests/publish/test_findings.py" if room == "findings" else f"tests/{room}"
    return (own.relative_to(ROOT).as_posix(),) if own.is_file() else (folder,)


def passes(tests: tuple[str, ...], copy: Path) -> bool:
    """Tell whether tests pass in the copy as it stands. Raises RuntimeError where pytest cannot run them."""
    # The stamps of the studies tell that code changed, not that it is wrong.
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-m", "not slow", "-k", "not stored_table"]
    try:
        done = subprocess.run(
            [*command, "-p", "no:cacheprovider", *tests],
            cwd=copy,
            env={
                **os.environ,
                "PYTHONPATH": str(copy),
                "PYTHONDONTWRITEBYTECODE": "1",
                "OMP_NUM_THREADS": "1",
            },
            capture_output=True,
            text=True,
            timeout=900,
        )
    except subprocess.TimeoutExpired:  # an endless loop is noticed
        return False
    if done.returncode not in (0, 1, 2):  # 2: a file of tests could not be read, since its imports fail
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return done.returncode == 0


def survives(mutant: Mutant, copy: Path) -> bool:
    """Tell whether the nearest tests pass with a mutant."""
    path = copy / mutant.file
    text = path.read_text(encoding="utf-8")
    path.write_text(mutant.applied(text), encoding="utf-8")
    try:
        return passes(mutant.tests, copy)
    finally:
        path.write_text(text, encoding="utf-8")


def main() -> int:
    """Run the list and a sample; return 1 where a mutant survives."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=0, help="how many drawn mutants to add")
    parser.add_argument(
        "--seed", type=int, default=int(time.strftime("%Y%j")), help="of the draw; by default the day"
    )
    parser.add_argument("--only", default="", help="part of a file's name")
    options = parser.parse_args()
    every = [one for one in [*listed(), *drawn(options.sample, options.seed)] if options.only in one.file]
    alive = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy / name)
        for tests in dict.fromkeys(one.tests for one in every):
            if not passes(tests, copy):
                raise RuntimeError(f"{', '.join(tests)} fails without any mutant; mend that first.")
        for mutant in every:
            began = time.monotonic()
            lives = survives(mutant, copy)
            alive += [mutant] if lives else []
            said = f"{'SURVIVES' if lives else 'killed':8} {time.monotonic() - began:4.0f} s  {mutant.file}"
            print(f"{said}: {mutant.old!r} -> {mutant.new!r}", flush=True)
    print(f"{len(alive)} of {len(every)} mutants survive (seed {options.seed})")
    return int(bool(alive))


if __name__ == "__main__":
    sys.exit(main())
