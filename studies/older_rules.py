"""Grades by the older rules: a stored table, so that a clean build need not run every placebo and specification again.

    python -m studies.older_rules                makes the table (four minutes on two cores)
    python -m studies.older_rules --sample 6     does the first six hypotheses of each grade again, and compares
    python -m studies.older_rules --sample 6 --stamp     and notes today's code if they agree

One row a hypothesis: letter, what stood in the way of identifying it, and p as adjusted over all (`p_bh`, `p_by`). The
ledger's chapter reads it where it was made of the same data, and makes it anew where not.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis import load
from analysis.dataset import Dataset
from analysis.publish.studies import study
from analysis.scrutiny.ledger import Entry, assessed, graded, ledger
from analysis.scrutiny.moves import older_of
from studies.common import compared, made_by, parser, write_meta, write_table

NAME, DIGITS, SAMPLE = "older_rules", 9, 6


def row(entry: Entry) -> dict[str, object]:
    """Return what is stored of a hypothesis."""
    found = older_of(entry)
    told = {
        "hypothesis_id": entry.hypothesis.hypothesis_id,
        "letter": found.letter,
        "faults": "|".join(found.faults),
    }
    return {**told, "p": entry.primary.p if entry.primary else np.nan, "p_bh": entry.p_bh, "p_by": entry.p_by}


def compare(dataset: Dataset, n: int) -> list[str]:
    """Grade the first n hypotheses of each letter again; return a sentence for each that differs."""
    rows = study(NAME).table.fillna({"faults": ""}).groupby("letter").head(n).set_index("hypothesis_id")
    found = assessed(dataset, [str(name) for name in rows.index], progress=False)
    differences = []
    for name, before in rows.iterrows():
        after = row(graded(found[str(name)], float(before["p_bh"]), float(before["p_by"])))
        same = all(after[one] == before[one] for one in ("letter", "faults"))
        if not same or not np.isclose(float(str(after["p"])), before["p"], rtol=1e-6, equal_nan=True):
            differences.append(
                f"{name}: {after['letter']}, {after['faults']}, p {after['p']}; stored {dict(before)}"
            )
    return differences


def main() -> int:
    """Run the study, or a sample of it."""
    options = parser("Grades by the older rules.", "hypotheses of each grade", SAMPLE).parse_args()
    dataset = load()
    if options.sample:
        stamped = options.stamp and options.sample >= SAMPLE
        return compared(NAME, compare(dataset, options.sample), stamped=stamped, file=__file__)
    code = made_by(__file__)
    table = pd.DataFrame([row(one) for one in ledger(dataset).values()])
    write_table(NAME, table, digits=DIGITS)
    write_meta(NAME, code=code, seed=0, n=len(table), of_data=dataset.fingerprint)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
