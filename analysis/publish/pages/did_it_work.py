"""The words of "Did it work?": what was claimed, what a test could have seen, what is known, what would settle it."""

from __future__ import annotations

from typing import Literal

from analysis.dataset import Dataset
from analysis.publish.findings.measures import percent, span
from analysis.publish.words import counted, listed, number
from analysis.scrutiny import could_see, four_answers, random_dates

KINDS: dict[str, Literal["campaign", "law", "border law", "platform rule"]] = {
    "campaigns": "campaign", "laws": "law", "borders": "border law", "rules": "platform rule",
}  # fmt: skip


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the page's prose."""
    seen = could_see(four_answers(dataset))
    found = {name: random_dates(dataset, kind) for name, kind in KINDS.items()}
    rows = dataset.hypotheses
    campaign = found["campaigns"]
    apart = campaign.left_out
    claims = rows["claim"].astype(str).str.strip() != ""
    said = {
        "hypotheses": f"{len(rows):,}",
        "claims": f"{int(claims.sum()):,}",
        "increase": f"{int((rows['direction'] == 'increase').sum()):,}",
        "decrease": f"{int((rows['direction'] == 'decrease').sum()):,}",
        "bundles": f"{seen.bundles}",
        "tested": f"{seen.tested}",
        "standing": counted(seen.standing, "stands", "stand"),
        "middle": f"{number(seen.middle, 2)} times",
        "finest": f"{number(seen.finest, 2)} times",
        "equal": f"{percent(campaign.unweighted.estimate)} ({percent(campaign.unweighted.lower)} to "
        f"{percent(campaign.unweighted.upper)})",
        "beyond": listed([name for name, one in found.items() if one.lower > 0 or one.upper < 0])
        or "none of them",
        "hold": f"{counted(int((apart['lower'] > 0).sum()))} of {counted(len(apart))}",
    }
    return said | {f"{name}_span": span(one) for name, one in found.items()}
