"""What single choices move in every series: a stored table, so that a clean build need not fit thousands of variants.

    python -m studies.sensitivity                makes the table (two minutes on two cores)
    python -m studies.sensitivity --sample 6     does the six series with the fewest rows again, and compares
    python -m studies.sensitivity --sample 6 --stamp     and notes today's code if they agree

One row a choice (see `analysis.series.sensitivity.choices`), and `material`, the first digits of a hash over the
readings that the series is made of: a chapter takes the rows of the series whose readings are still these, and makes
the others anew. A series without any choice has one row with a blank variant.
"""

from __future__ import annotations

import pandas as pd

from analysis import load
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.studies import study
from analysis.series import single_series
from analysis.series.material import material_digest
from analysis.series.sensitivity import NUMBERS, choices, sensitivity, sensitivity_of
from studies.common import compared, made_by, parser, write_meta, write_table

NAME, DIGITS, SAMPLE = "sensitivity", 9, 6


def run(dataset: Dataset) -> pd.DataFrame:
    """Return the choices of every series, with its material."""
    found = choices(sensitivity(dataset))
    told = [name for name in single_series(dataset) if material_digest(dataset, name)]
    bare = pd.DataFrame({"series_id": [name for name in told if name not in set(found["series_id"])]})
    rows = pd.concat([found, bare], ignore_index=True)
    digests = {name: material_digest(dataset, name) for name in told}
    return rows.assign(material=rows["series_id"].map(digests))


def compare(dataset: Dataset, n: int) -> list[str]:
    """Make the n series with the fewest rows again; return a sentence for each that differs from the stored one."""
    stored = study(NAME).table
    digests = {name: material_digest(dataset, str(name)) for name in stored["series_id"].unique()}
    current = stored[stored["material"] == stored["series_id"].map(digests)]
    current = current[current["variant"].notna()]
    names = (
        current["series_id"].value_counts(ascending=True).sort_index(kind="stable").sort_values(kind="stable")
    )
    differences = []
    for name in names.index[:n]:
        before = current[current["series_id"] == name].reset_index(drop=True)
        try:
            after = choices(sensitivity_of(dataset, name))
            pd.testing.assert_frame_equal(before[NUMBERS], after[NUMBERS], rtol=1e-6, check_dtype=False)
        except (AssertionError, InputError) as error:
            differences.append(f"{name}: {' '.join(str(error).split())}")
    return differences


def main() -> int:
    """Run the study, or a sample of it."""
    options = parser("What single choices move in every series.", "series", SAMPLE).parse_args()
    dataset = load()
    if options.sample:
        stamped = options.stamp and options.sample >= SAMPLE
        return compared(NAME, compare(dataset, options.sample), stamped=stamped, file=__file__)
    code = made_by(__file__)
    table = run(dataset)
    write_table(NAME, table, digits=DIGITS)
    write_meta(NAME, code=code, seed=0, n=int(table["series_id"].nunique()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
