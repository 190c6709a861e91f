"""Findings on enforcement itself: how recorded counts moved, each within one way of counting."""

from __future__ import annotations

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.publish.findings.finding import COMPUTED, Finding
from analysis.publish.moves import moved, times
from analysis.publish.words import quote
from analysis.scrutiny import happened
from analysis.scrutiny.penalties import COMPARED, arrests_to_charges, beyond_control
from analysis.series import BetweenYears, between_years, printed_years
from analysis.series.lookup import by_id

CHARGED, ARRESTS, POLICE = "spp-persons-prosecuted", "spp-arrests-approved", "mps-cases-solved"
BATCHES, ITEMS, US_VALUE, US_SEIZURES = "gacc-batches", "gacc-items", "us-msrp", "us-seizures"


@checked
def recorded_findings(dataset: Dataset) -> list[Finding]:
    """Return what happened to recorded enforcement: charges, police cases, the borders, and arrests."""
    return [
        charged(dataset),
        police_cases(dataset),
        borders(dataset),
        fewer_arrests(dataset),
    ]


def _said(dataset: Dataset, found: BetweenYears, place: int, *, unit: bool = False) -> str:
    """Quote the first or the last print of a move."""
    name = found.reading_ids[place]
    return quote(by_id(dataset, [name])[name], unit=unit)


def _verb(found: BetweenYears) -> str:
    """Say in a word how a count moved."""
    return "rose" if found.low > 1 else "fell" if found.high < 1 else "stood"


def _finding(
    found: BetweenYears, others: tuple[BetweenYears, ...], *, name: str, headline: str, sentence: str, chapter: str
) -> Finding:  # fmt: skip
    """Return the finding whose figure is the first of its moves."""
    every = (found, *others)
    return Finding(
        name=name, headline=headline, sentence=sentence, value=times(found), low=found.low, high=found.high,
        unit="times", standing=COMPUTED, readings=tuple(dict.fromkeys(r for one in every for r in one.reading_ids)),
        chapter=chapter, series=tuple(dict.fromkeys(one.series_id for one in every)),
    )  # fmt: skip


def charged(dataset: Dataset) -> Finding:
    """Tell persons charged from their lowest year on, arrests beside them, and whether that is more than noise."""
    table = printed_years(dataset, CHARGED).table
    table = table[table["year"] >= between_years(dataset, CHARGED).first]
    people = between_years(dataset, CHARGED, int(table["year"].iloc[int(table["value"].argmin())]))
    arrests = between_years(dataset, ARRESTS)
    beside = between_years(dataset, CHARGED, arrests.first, arrests.last)
    trend = happened(dataset, CHARGED)
    return _finding(
        people, (arrests, beside), name="charged",
        headline="China's prosecutors charge more people with intellectual property crimes",
        sentence=(
            f"They charged {_said(dataset, people, 1)} people in {people.last} and {_said(dataset, people, 0)} in "
            f"{people.first}, the lowest year since {int(table['year'].min())}: {times(people)} as many. Over its "
            f"whole record the series moved {'more' if trend.exceeds else 'no more'} than its yearly swings "
            f"explain (p {trend.p:.3f}). From {arrests.first} to {arrests.last} arrests approved {moved(arrests)}, "
            f"persons charged {moved(beside)}."
        ),
        chapter="justice",
    )  # fmt: skip


def police_cases(dataset: Dataset) -> Finding:
    """Tell the police's solved cases within the present count and within the one before it."""
    now = between_years(dataset, POLICE)
    years = printed_years(dataset, POLICE).table["year"]
    before = between_years(dataset, POLICE, last=int(years[years < now.first].max()))
    return _finding(
        now, (before,), name="police-cases",
        headline=f"Police cases {_verb(before)} in one count and {_verb(now)} in the next, and the two do not join",
        sentence=(
            f"Within one count, China's police printed {_said(dataset, before, 0, unit=True)} solved in {before.first} "
            f"and {_said(dataset, before, 1)} in {before.last}. Within the next they printed "
            f"{_said(dataset, now, 0)} in {now.first} and {_said(dataset, now, 1)} in {now.last}: {times(now)} as "
            "many. Later texts print other stages, cases investigated or filed, which are no continuation."
        ),
        chapter="police-campaigns",
    )  # fmt: skip


def borders(dataset: Dataset) -> Finding:
    """Tell value beside seizures in the United States, and batches beside items in China."""
    value, seizures, batches, items = (
        between_years(dataset, one) for one in (US_VALUE, US_SEIZURES, BATCHES, ITEMS)
    )
    return _finding(
        value, (seizures, batches, items), name="borders",
        headline="At the borders the answer depends on the measure",
        sentence=(
            f"The retail value of what the United States seized {moved(value)} from {value.labels[0]} to "
            f"{value.labels[1]}; the number of seizures {moved(seizures)} from {seizures.labels[0]} to "
            f"{seizures.labels[1]}. At China's customs batches {moved(batches)} from {batches.first} to "
            f"{batches.last}, items {moved(items)} from {items.first} to {items.last}."
        ),
        chapter="borders",
    )  # fmt: skip


def fewer_arrests(dataset: Dataset) -> Finding:
    """Tell arrests beside persons charged, for these crimes and for all, between two years."""
    found = {(row["group"], row["year"]): row for row in arrests_to_charges(dataset).to_dict("records")}
    beyond = beyond_control(dataset, *COMPARED).to_dict("index")["arrests to charges"]
    before, after = COMPARED
    rows = [found[group, year] for group in ("ipr", "all") for year in COMPARED]
    own_before, own_after, all_before, all_after = (f"{row['value']:.0f}" for row in rows)
    ids = (str(row[name]) for row in rows for name in ("above_id", "below_id"))
    return Finding(
        name="fewer-arrests", headline="More are charged with these crimes without having been arrested",
        sentence=(
            f"To a hundred persons charged with intellectual property crimes prosecutors approved {own_before} arrests "
            f"in {before} and {own_after} in {after}; for all crimes {all_before} and {all_after}. Against all crimes "
            f"that is {beyond['estimate']:.2f} times as many. An arrest and its charge may fall in two years."
        ),
        value=f"{beyond['estimate']:.2f} times", low=float(beyond["lower"]), high=float(beyond["upper"]),
        unit="times", standing=COMPUTED, readings=tuple(dict.fromkeys(ids)), chapter="offenders",
        series=(ARRESTS, CHARGED),
    )  # fmt: skip
