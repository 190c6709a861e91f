"""How often the whole chain errs, and what it can see: registers of 40 simulated series with known effects.

Every series (analysis.scrutiny.registers) has 8 to 25 yearly figures, hedged as printed, AR(1) errors with rho 0 to
0.6 and a measure in its middle third that does nothing or raises the series by 10, 25, 50 or 100%. Its readings go
through the very code of the ledger: reconstruction with draws, the test of a departure over three years,
Benjamini-Hochberg over the register, the letter. Beside it stands naive ITS: least squares on the logs of the printed
years, with plain t and with Newey-West. Three kinds of register:

    no effect      no series has an effect
    half           every second series has one, of each size as often
    random walk    no effect, and errors with rho 0.9, beyond what the study asks for: kept apart from the rest

Run it with `make studies`, or `python -m studies.chain`; `--sample 6` repeats the first series and compares them with
those that are stored. The measures are told in `studies.chain_summary`.

Where it runs. All series go through one `joblib.Parallel` that names no backend: by default that is loky, two
processes on this machine. Another backend takes over from outside,

    with joblib.parallel_config(backend="dask"):
        chain.run(...)

with a `distributed.Client` open, or `python -m studies.chain --scheduler tcp://host:8786` for a Dask cluster whose
workers have this project on their path. The results are the same to the last bit on any number of workers
(tests/scrutiny/test_backend.py): every series has its own generator, seeded by its name and number, and is computed on
one thread, since sums of matrix products depend on how many threads share them. (joblib computes in the calling
process, which has all threads, where a cluster has a single one.)
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

import joblib
import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.errors import InputError
from analysis.models.interruption import interrupted
from analysis.publish.studies import TABLES
from analysis.scrutiny.primary import PRIMARY
from analysis.scrutiny.question import Question, Series
from analysis.scrutiny.registers import ask_simulated, departure_of, lettered, simulated
from studies.chain_summary import summary
from studies.common import compared, generator, made_by, on_both_cores, parser, write_meta, write_table

NAME = "chain"
SEED, SAMPLE = 0, 10
SIZE = 40
LENGTHS = (8, 12, 16, 20, 25)
RHOS = (0.0, 0.2, 0.4, 0.6)
EFFECTS = (0.10, 0.25, 0.50, 1.00)
NAIVE = {"ols": "model", "hac": "hac"}
TESTED = ("estimate", "lower", "upper", "p", "missing")  # of the ledger's test, ratios as logs


@dataclass(frozen=True)
class Kind:
    """A kind of register: how many are drawn, the errors' rho, and whether half of the series have an effect."""

    name: str
    registers: int
    rhos: tuple[float, ...] = RHOS
    effects: bool = False


KINDS = (
    Kind("no effect", 5),
    Kind("half", 10, effects=True),
    Kind("random walk", 1, rhos=(0.9,)),
)
# What is stored for a rerun: of one register, series of every length, without an effect and with one in turn.
SAMPLED = KINDS[1]
NUMBERS = tuple(place if place % 2 == 0 else SIZE // 2 + place for place in range(SAMPLE))


@dataclass(frozen=True)
class Checked:
    """A series that went through the chain: its design and numbers, and the question that its register grades."""

    row: dict[str, object]
    question: Question


def design(kind: Kind, register: int, number: int) -> tuple[int, float, float]:
    """Return years, effect and rho of a register's series: every length eight times, every rho as often."""
    length, place = number % len(LENGTHS), number // len(LENGTHS)
    effect = EFFECTS[place - 4] if kind.effects and place >= 4 else 0.0
    return LENGTHS[length], effect, kind.rhos[(register + length + place) % len(kind.rhos)]


def run_series(kind: Kind, register: int, number: int, seed: int = SEED) -> Checked:
    """Put one series of a register through the chain, and through naive ITS, on one thread."""
    with threadpool_limits(1):
        return _run_series(kind, register, number, seed)


def _run_series(kind: Kind, register: int, number: int, seed: int) -> Checked:
    """Draw a series and put it through the chain, and through naive ITS."""
    years, effect, rho = design(kind, register, number)
    one = simulated(generator(seed, kind.name, register, number), years, effect=effect, rho=rho)
    question = ask_simulated(one, f"{kind.name} {register} {number}")
    about: dict[str, object] = {
        "kind": kind.name,
        "register": register,
        "number": number,
        "years": years,
        "rho": rho,
        "effect": effect,
        "sd": one.sd,
        "periods": len(question.main.time),
    }
    naive = {
        f"{name}_{key}": value
        for name, errors in NAIVE.items()
        for key, value in naive_its(one.printed, one.at, errors).items()
    }
    try:
        found = departure_of(question)
    except InputError:  # told in the table: such a series has no numbers
        return Checked(about | naive, question)
    return Checked(about | naive | dict(zip(TESTED, found, strict=True)), question)


def naive_its(printed: Series, at: int, errors: str) -> dict[str, float]:
    """Return estimate, interval (log) and p of least squares on the logs of the printed years."""
    found = interrupted(printed.y, printed.time, at, impact="step", errors=errors, inference="t", gaps=True)
    row = found.ratios.loc[PRIMARY]
    logs = {name: float(np.log(row[name])) for name in ("estimate", "lower", "upper")}
    return logs | {"p": float(row["p"])}


def run(kinds: tuple[Kind, ...] = KINDS, *, size: int = SIZE, seed: int = SEED) -> pd.DataFrame:
    """Return one row a series of every register, graded; `size` series a register."""
    jobs = [
        (kind, register, number, seed)
        for kind in kinds
        for register in range(kind.registers)
        for number in range(size)
    ]
    checked = on_both_cores(run_series, jobs, NAME)
    registers = [checked[first : first + size] for first in range(0, len(checked), size)]
    return pd.concat([_graded(register) for register in registers], ignore_index=True)


def _graded(register: list[Checked]) -> pd.DataFrame:
    """Return a register's rows with p after Benjamini-Hochberg, grade and reasons."""
    p_bh, grades = lettered([one.question for one in register])
    table = pd.DataFrame([one.row for one in register])
    reasons = ["; ".join(one.reasons) for one in grades]
    return table.assign(p_bh=p_bh, grade=[one.letter for one in grades], reasons=reasons)


def sample(n: int = SAMPLE) -> pd.DataFrame:
    """Return n series of the first register with effects, by themselves (so without grades)."""
    jobs = [(SAMPLED, 0, number) for number in NUMBERS[:n]]
    checked = on_both_cores(run_series, jobs, f"{NAME}, sample")
    return pd.DataFrame([one.row for one in checked])


def _of_sample(results: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the sampled series, as `sample` gives them."""
    rows = results[(results["kind"] == SAMPLED.name) & (results["register"] == 0)].set_index("number")
    kept = rows.loc[list(NUMBERS)].reset_index()[results.columns]
    return kept.drop(columns=["p_bh", "grade", "reasons"])


def compare(n: int, tolerance: float = 1e-6) -> list[str]:
    """Return what differs between n series and those that are stored."""
    stored = pd.read_csv(TABLES / f"{NAME}_sample.csv").head(n)
    fresh = sample(min(n, SAMPLE))
    if len(stored) != len(fresh) or list(stored.columns) != list(fresh.columns):
        return ["the stored sample has other series or columns; run `make studies`"]
    differences = []
    for column in stored.columns:
        a, b = fresh[column], stored[column]
        same = a == b if column == "kind" else np.isclose(a, b, rtol=tolerance, atol=1e-12, equal_nan=True)
        differences += [
            f"register 0, series {fresh['number'][i]}: {column} is {a[i]}, stored is {b[i]}"
            for i in np.flatnonzero(~np.asarray(same))
        ]
    return differences


@contextlib.contextmanager
def _on(scheduler: str | None) -> Iterator[None]:
    """Run what is inside on a Dask cluster, or on this machine where none is named."""
    if scheduler is None:
        yield
        return
    from distributed import Client

    with Client(scheduler), joblib.parallel_config(backend="dask"):
        yield


def main() -> int:
    """Run the whole study and write its tables, or a sample and compare it."""
    asked = parser("Study of the whole chain on simulated registers.", "series", SAMPLE)
    asked.add_argument("--share", type=float, default=1.0, help="share of the registers (default 1)")
    asked.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster to run on")
    asked.add_argument("--keep", metavar="FILE", help="write the rows of all series to a CSV file as well")
    asked.add_argument("--dry", action="store_true", help="print the summary, write no tables")
    options = asked.parse_args()
    with _on(options.scheduler):
        if options.sample:
            stamped = options.stamp and options.sample >= SAMPLE
            return compared(NAME, compare(options.sample), stamped=stamped, file=__file__)
        code = made_by(__file__)
        kinds = tuple(
            replace(kind, registers=max(1, round(options.share * kind.registers))) for kind in KINDS
        )
        results = run(kinds)
    table = summary(results)
    print(table.to_string())
    if options.keep:
        results.to_csv(options.keep, index=False)
    if not options.dry:
        write_table(NAME, table)
        write_table(f"{NAME}_sample", _of_sample(results), digits=12)
        about = [asdict(kind) for kind in kinds]
        write_meta(NAME, code=code, seed=SEED, n=len(results), size=SIZE, registers=about)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
