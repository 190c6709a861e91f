"""The path of a criminal case through the prosecutors' hands, and what they set in motion themselves."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.pages.justice.looks import (
    MARK_NOTE,
    SMALL,
    Count,
    axes_of,
    draw_counts,
    in_alt,
    source_of,
)
from analysis.publish.words import number
from analysis.series.lookup import by_id

PERSONS = (
    Count(
        "spp-review-prosecution-persons", style.GREEN, "^", "sent by police\nfor charging", (2013.3, 26_500)
    ),
    Count("spp-persons-prosecuted", style.BLUE, "o", "charged", (2011.7, 10_600)),
    Count("spp-arrests-approved", style.ORANGE, "s", "arrest approved", (2014.2, 2_500)),
    Count("spc-persons-convicted", style.PURPLE, "D", "convicted\n(wider scope)", (1999.0, 7_600)),
)
CASES = (
    Count("spp-review-prosecution-cases", style.GREEN, "^", "sent by police\nfor charging", (2013.3, 11_600)),
    Count("spp-cases-prosecuted", style.BLUE, "o", "charged", (2012.4, 6_600)),
    Count("spp-review-arrest-cases", style.YELLOW, "v", "arrest\nrequested", (2017.6, 8_100)),
    Count("spp-arrests-approved-cases", style.ORANGE, "s", "arrest approved", (2013.9, 1_500)),
)
DISPUTED = "jus-0176"
OWN_CASES = (
    Count("spp-early-intervention", style.GREEN, "^", "investigations joined early", (2018.0, 1_700)),
    Count("spp-filed-on-supervision", style.BLUE, "o", "police told to file", (2020.6, 770)),
    Count("spp-transfers-advised", style.ORANGE, "s", "administrations told to transfer", (2016.75, 480)),
)
OWN_PERSONS = (
    Count("spp-missed-prosecutions", style.GREEN, "^", "added for charging", (2019.0, 1_200)),
    Count("spp-missed-arrests", style.PURPLE, "v", "added for arrest", (2019.2, 70)),
    Count("spp-transfers-advised-persons", style.ORANGE, "s", "in transferred cases", (2016.8, 620)),
)


def path_chart(dataset: Dataset) -> Chart:
    """Draw the stages of a criminal case by year, persons above and cases below (persons, cases a year)."""
    figure, (top, bottom) = style.subplots(2, 1, size=(5.8, 6.2), sharex=True)
    drawn = [*draw_counts(top, dataset, PERSONS), *draw_counts(bottom, dataset, CASES)]
    told = _disputed(bottom, dataset)
    axes_of(top, "persons a year", 37_000, (1998, 2025.5))
    axes_of(bottom, "cases a year", 15_000, (1998, 2025.5))
    figure.align_ylabels()
    return Chart(
        name="justice-path",
        figure=style.finish(figure),
        title="In every year with both prints, more persons are charged than have their arrest approved",
        alt=f"Two panels by year. Above, persons: {in_alt(drawn[: len(PERSONS)])}. Below, cases: "
        f"{in_alt(drawn[len(PERSONS) :])}. For 2012 one text prints {told} cases as arrests approved, another "
        "as arrests requested.",
        note="Above: persons a year. Below: cases a year. National counts of IPR crimes; those convicted are a "
        "wider class, which adds fake-goods and illegal-business cases that involve IPR. The large hollow "
        f"square of 2012 is the disputed print. {MARK_NOTE}",
        source=source_of(dataset, drawn, [dataset.current_id(DISPUTED)]),
    )


def _disputed(axes: Axes, dataset: Dataset) -> str:
    """Draw the print of 2012 that English calls approved, around the Chinese one; return its number."""
    row = by_id(dataset, [DISPUTED])[DISPUTED]
    year, value = row["window_start"].year, float(row["value"])
    axes.plot(year, value, "s", ms=11, mfc="none", mec=style.ORANGE, mew=1.3, ls="none")
    axes.text(year - 0.8, value, "requested,\nor approved?", ha="right", va="center", fontsize=SMALL)
    return number(value)


def own_acts_chart(dataset: Dataset) -> Chart:
    """Draw what prosecutors set in motion themselves, cases above and persons below, by year."""
    figure, (top, bottom) = style.subplots(2, 1, size=(5.8, 5.6), sharex=True)
    drawn = [*draw_counts(top, dataset, OWN_CASES), *draw_counts(bottom, dataset, OWN_PERSONS)]
    axes_of(top, "cases a year", 3_300, (2016.6, 2023.6))
    axes_of(bottom, "persons a year", 1_900, (2016.6, 2023.6))
    figure.align_ylabels()
    return Chart(
        name="justice-own-acts",
        figure=style.finish(figure),
        title="What prosecutors set in motion themselves is small beside what reaches them, and told for few years",
        alt=f"Two panels, 2017 to 2023. Above, cases: {in_alt(drawn[: len(OWN_CASES)])}. Below, persons: "
        f"{in_alt(drawn[len(OWN_CASES) :])}.",
        note="IPR crimes. Above: cases a year. Below: persons a year. These are acts of prosecutors. Cases "
        "joined early and persons added come from one mirrored text for all three years. "
        f"{MARK_NOTE}",
        source=source_of(dataset, drawn),
    )
