"""How well `reconstruct` recovers a truth that is known, and what other methods make of the same readings.

Each scenario, a way for readings to err, draws series of 20 years (analysis.series.simulate: four shapes by four
regimes of windows, equally often) and 5 to 60 readings of each (log-uniform, up to a fifth of them growth
readings), reconstructs them, and compares every year with its true total, but for those that an exact print gives
(see analysis.series.exact_years): nothing is estimated there. Run it with `make studies`;
`python -m studies.reconstruction --sample 6` repeats the first six series of every scenario and compares them
with those that are stored.

Measures, by scenario and method, over the years that have a value and that no exact print gives:
    coverage       share of 90% bands that hold the truth, with its Monte Carlo error (series are the clusters)
    bias, error    median of estimate / truth - 1; median of |log(estimate / truth)|; its root mean square
    score          interval score of Gneiting, Raftery (2007, doi 10.1198/016214506000001437) of the log bands
    model_...      the same of `reconstruct` on the years where both methods have a value
    span_...       over all such years, a year without a value taking that of the nearest year that has one; a
                   series for which the rival has no value at all is left out of both methods' figure
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.publish.studies import TABLES
from analysis.series.reconstruction import reconstruct
from analysis.series.rivals import rivals
from analysis.series.simulate import FIRST_YEAR, SHAPES, truth
from analysis.series.simulated_readings import WINDOWS, printed_readings
from studies.common import compared, generator, made_by, on_both_cores, parser, write_meta, write_table
from studies.measures import summary

NAME = "reconstruction"
YEARS = list(range(FIRST_YEAR, FIRST_YEAR + 20))
SERIES, SAMPLE, SEED = 400, 6, 0
FEWEST, MOST = 5, 60
GROWTH = 0.2


@dataclass(frozen=True)
class Scenario:
    """How readings err: `error`, `shared` and `outliers` as in `printed_readings`."""

    name: str
    error: float = 0.0
    shared: bool = False
    outliers: float = 0.0


SCENARIOS = (
    Scenario("no error"),
    Scenario("3% error", error=0.03),
    Scenario("3% shared by a release", error=0.03, shared=True),
    Scenario("5% gross errors", outliers=0.05),
)


def design(number: int) -> tuple[str, str]:
    """Return shape and windows of a scenario's series: every pair comes once in 16 series."""
    shape, windows = number % 4, (number // 4 + number) % 4
    return list(SHAPES)[shape], WINDOWS[windows]


def run_series(scenario: Scenario, number: int, seed: int = SEED) -> pd.DataFrame:
    """Return one simulated series' years by every method: truth, estimate, lower, upper, informed."""
    rng = generator(seed, scenario.name, number)
    shape, windows = design(number)
    true = truth(rng, len(YEARS), shape)
    n = int(np.exp(rng.uniform(np.log(FEWEST), np.log(MOST + 1))))
    errs = {"error": scenario.error, "shared": scenario.shared, "outliers": scenario.outliers}
    readings = printed_readings(rng, true, n, windows=windows, growth=GROWTH, **errs).drop(
        columns="true_value"
    )
    tables = rivals(readings, YEARS)
    try:
        tables["model"] = reconstruct(readings).yearly
    except InputError:  # told in the table: such a series has no years
        tables["model"] = pd.DataFrame(columns=["period", "estimate", "lower", "upper", "informed"])
    years = true.periods("Y").rename("truth").rename_axis("period").reset_index()
    exact = readings.loc[readings["tier"] == "primary", "window_end"].dt.year.astype(str)
    years["given"] = years["period"].isin(exact)
    whole = [years.merge(table, how="left").assign(method=name) for name, table in tables.items()]
    about = {"scenario": scenario.name, "shape": shape, "windows": windows, "series": number, "readings": n}
    return pd.concat(whole, ignore_index=True).assign(**about)


def run(n: int, seed: int = SEED) -> pd.DataFrame:
    """Return the years of n series of every scenario."""
    jobs = [(scenario, number, seed) for scenario in SCENARIOS for number in range(n)]
    return pd.concat(on_both_cores(run_series, jobs, NAME), ignore_index=True)


def digests(results: pd.DataFrame) -> pd.DataFrame:
    """Return one row a series: how many years the model estimates, and the mean logs of estimate and band."""
    model = results[results["method"] == "model"]
    logs = np.log(model[["truth", "estimate", "lower", "upper"]].astype(float))
    keys = model[["scenario", "series", "readings"]]
    groups = pd.concat([keys, logs.assign(years=model["estimate"].notna())], axis=1)
    by = groups.groupby(["scenario", "series", "readings"], sort=False)
    return by[["truth", "estimate", "lower", "upper"]].mean().assign(years=by["years"].sum()).reset_index()


def compare(n: int, tolerance: float = 1e-6) -> list[str]:
    """Return what differs between the first n series of every scenario and those that are stored."""
    stored = pd.read_csv(TABLES / f"{NAME}_sample.csv")
    stored = stored[stored["series"] < n].reset_index(drop=True)
    fresh = digests(run(min(n, SAMPLE)))
    if len(stored) != len(fresh):
        return [f"{len(stored)} series are stored, {len(fresh)} were drawn; run `make studies`"]
    differences = []
    for column in stored.columns:
        a, b = fresh[column], stored[column]
        same = a == b if column == "scenario" else np.isclose(a, b, rtol=tolerance, atol=0, equal_nan=True)
        differences += [
            f"{fresh['scenario'][i]}, series {fresh['series'][i]}: {column} is {a[i]}, stored is {b[i]}"
            for i in np.flatnonzero(~np.asarray(same))
        ]
    return differences


def main() -> int:
    """Run the whole study and write its tables, or a sample and compare it."""
    asked = parser("Simulation study of analysis.series.reconstruct.", "series a scenario", SAMPLE)
    asked.add_argument("--series", type=int, default=SERIES, help="series a scenario (default 400)")
    asked.add_argument("--dry", action="store_true", help="print the summary, write nothing")
    options = asked.parse_args()
    if options.sample:
        stamped = options.stamp and options.sample >= SAMPLE
        return compared(NAME, compare(options.sample), stamped=stamped, file=__file__)
    code = made_by(__file__)
    results = run(options.series)
    table = summary(results)
    print(table.to_string())
    if not options.dry:
        write_table(NAME, table)
        sample = results[results["series"] < SAMPLE]
        write_table(f"{NAME}_sample", digests(sample), digits=12)
        scenarios = [asdict(scenario) for scenario in SCENARIOS]
        write_meta(NAME, code=code, seed=SEED, n=options.series, scenarios=scenarios)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
