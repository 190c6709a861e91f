"""The words of the chapter on what happens to offenders."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.pages.offenders.outcomes import outcomes
from analysis.publish.tables import keyed
from analysis.publish.words import between
from analysis.scrutiny.penalties import (
    COMPARED,
    THRESHOLDS,
    arrests_to_charges,
    beyond_control,
    crossed,
    fine_by_year,
    fine_in,
    prison_months,
)

BEFORE, AFTER = COMPARED
GAIN = 0.2  # yuan of profit a yuan of turnover, an example


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's prose."""
    shares = {label: row["value"] for label, row in keyed(outcomes(dataset), "label").items()}
    last = fine_by_year(dataset).iloc[-1]
    even = fine_in(dataset, int(last["year"]), (GAIN, GAIN)).break_even
    assert even is not None
    beyond = beyond_control(dataset, BEFORE, AFTER)["estimate"]
    rates = arrests_to_charges(dataset).set_index(["group", "year"])["value"]
    found = crossed(dataset).to_dict("index")
    entry, serious = (found[THRESHOLDS[place].name] for place in (1, 3))
    prison = prison_months(dataset)
    return {
        "months": f"{between(prison.lower, prison.upper, 2)} months",
        "months_most": f"{100 * prison.reached[0]:.0f} to {100 * prison.reached[1]:.0f} percent",
        "dropped_2021": f"{shares['Not charged, first half of 2021']:.1f} percent",
        "dropped_2024": f"{shares['Not charged, 2024']:.1f} percent",
        "dropped_all": f"{shares['Not charged, 2022']:.1f} percent",
        "prison_zj": f"{shares['Prison not suspended, Zhejiang 2024']:.0f} percent",
        "three_qz": f"{shares['Three years or more, Quanzhou 2020-21']:.0f} percent",
        "three_tj": f"{shares['Three years or more, Tianjin 2024']:.0f} percent",
        "fined_qz": f"{shares['Fined as well, Quanzhou 2020-21']:.0f} percent",
        "fine_year": f"{last['year']:.0f}",
        "fine": f"{last['low']:.2f} to {last['high']:.2f} yuan",
        "fine_alone": f"{last['own_low']:.0f} to {last['own_high']:.2f} yuan",
        "even": f"{100 * even[0]:.0f} percent",
        "gain": f"{GAIN:g} yuan",
        "n_cases": f"{int(entry['n'])}",
        "entry": f"{between(100 * entry['certain'], 100 * entry['possible'], 3)} percent",
        "serious": f"{between(100 * serious['certain'], 100 * serious['possible'], 3)} percent",
        "ipr_before": f"{rates['ipr', BEFORE]:.0f}",
        "ipr_after": f"{rates['ipr', AFTER]:.0f}",
        "all_before": f"{rates['all', BEFORE]:.0f}",
        "all_after": f"{rates['all', AFTER]:.0f}",
        "before": f"{BEFORE}",
        "after": f"{AFTER}",
        "beyond_arrests": f"{beyond['arrests']:.2f}",
        "beyond_charges": f"{beyond['charges']:.2f}",
        "beyond_ratio": f"{beyond['arrests to charges']:.2f}",
    }
