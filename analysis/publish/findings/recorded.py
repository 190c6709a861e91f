"""Findings on enforcement itself: how recorded counts moved, each within one way of counting."""

from __future__ import annotations

from dataclasses import replace

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.publish import chinese
from analysis.publish.findings.finding import COMPUTED, Finding, Words
from analysis.publish.moves import moved, times
from analysis.publish.words import between, quote
from analysis.scrutiny import happened
from analysis.scrutiny.penalties import COMPARED, arrests_to_charges, beyond_control
from analysis.series import BetweenYears, between_years, printed_years
from analysis.series.lookup import by_id

CHARGED, ARRESTS, POLICE = "spp-persons-prosecuted", "spp-arrests-approved", "mps-cases-solved"
LEAST_P = 0.001
ZH_VERBS = {"rose": "上升", "fell": "下降", "stood": "持平"}
EU_ITEMS, EU_VALUE = "eu-border-items", "eu-border-value"
CIVIL, COPYRIGHT, TRADEMARKS = (f"spc-civil-{kind}accepted" for kind in ("", "copyright-", "trademark-"))
BATCHES, ITEMS, US_VALUE, US_SEIZURES = "gacc-batches", "gacc-items", "us-msrp", "us-seizures"


@checked
def recorded_findings(dataset: Dataset) -> list[Finding]:
    """Return what happened to recorded enforcement: charges, police cases, borders, arrests, the EU's border, suits."""
    return [
        charged(dataset),
        police_cases(dataset),
        borders(dataset),
        fewer_arrests(dataset),
        eu_border(dataset),
        civil_suits(dataset),
    ]


def _said(dataset: Dataset, found: BetweenYears, place: int, *, unit: bool = False) -> str:
    """Quote the first or the last print of a move."""
    name = found.reading_ids[place]
    return quote(by_id(dataset, [name])[name], unit=unit)


def _told(dataset: Dataset, found: BetweenYears, place: int, *, unit: bool = True) -> str:
    """Quote the first or the last print of a move in Chinese."""
    name = found.reading_ids[place]
    return chinese.quote(by_id(dataset, [name])[name], unit=unit)


def _p(value: float) -> str:
    """Write a probability with three decimals, none that reads as nothing."""
    return f"{value:.3f}" if value >= LEAST_P else f"below {LEAST_P}"


def _zh_p(value: float) -> str:
    """Write a probability behind its letter in Chinese, as `_p` does."""
    return f"={value:.3f}" if value >= LEAST_P else f"小于{LEAST_P}"


def _verb(found: BetweenYears) -> str:
    """Say in a word how a count moved."""
    return "rose" if found.low > 1 else "fell" if found.high < 1 else "stood"


def _finding(
    found: BetweenYears, others: tuple[BetweenYears, ...], *, name: str, headline: str, sentence: str, chapter: str,
    zh: tuple[str, str],
) -> Finding:  # fmt: skip
    """Return the finding whose figure is the first of its moves; `zh` are headline and sentence in Chinese."""
    every = (found, *others)
    return Finding(
        name=name, headline=headline, sentence=sentence, value=times(found) if found.high > 1 else moved(found),
        low=found.low, high=found.high, unit="times", standing=COMPUTED,
        readings=tuple(dict.fromkeys(r for one in every for r in one.reading_ids)), chapter=chapter,
        series=tuple(dict.fromkeys(one.series_id for one in every)),
        chinese=Words(*zh, value=chinese.times(found) if found.high > 1 else chinese.moved(found)),
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
            f"whole record the series moved {'more' if trend.exceeds else 'no more'} than its swings from "
            f"year to year explain (p {_p(trend.p)}). From {arrests.first} to {arrests.last} arrests approved "
            f"{moved(arrests)}, persons charged {moved(beside)}."
        ),
        chapter="justice",
        zh=(
            "检察机关以侵犯知识产权犯罪提起公诉的人数上升",
            f"检察机关{people.last}年提起公诉{_told(dataset, people, 1)}，而{int(table['year'].min())}年以来最低的"
            f"{people.first}年为{_told(dataset, people, 0)}，前者为后者的{chinese.times(people)}。"
            "就全部记录而言，该序列的"
            f"变动{'超出' if trend.exceeds else '未超出'}其逐年波动所能解释的范围（p{_zh_p(trend.p)}）。"
            f"{arrests.first}年至"
            f"{arrests.last}年，批准逮捕人数{chinese.moved(arrests)}，提起公诉人数{chinese.moved(beside)}。",
        ),
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
            f"Within one count, China's police published {_said(dataset, before, 0, unit=True)} solved in "
            f"{before.first} and {_said(dataset, before, 1)} in {before.last}. Within the next they published "
            f"{_said(dataset, now, 0)} in {now.first} and {_said(dataset, now, 1)} in {now.last}: {times(now)} as "
            "many. Later texts count cases investigated or filed, another stage: the count of solved cases ends in "
            f"{now.last}."
        ),
        chapter="police-campaigns",
        zh=(
            f"公安机关破案数在前一口径内{ZH_VERBS[_verb(before)]}，在后一口径内{ZH_VERBS[_verb(now)]}，两者不能相接",
            f"在同一口径内，公安机关公布{before.first}年破获{_told(dataset, before, 0)}，{before.last}年"
            f"{_told(dataset, before, 1)}。在其后的口径内，{now.first}年{_told(dataset, now, 0)}，{now.last}年"
            f"{_told(dataset, now, 1)}，后者为前者的{chinese.times(now)}。此后的文本公布的是侦办、立案等其他环节，"
            "不是同一序列的延续。",
        ),
    )  # fmt: skip


def borders(dataset: Dataset) -> Finding:
    """Tell value beside seizures in the United States, and batches beside items in China."""
    value, seizures, batches, items = (
        between_years(dataset, one) for one in (US_VALUE, US_SEIZURES, BATCHES, ITEMS)
    )
    return _finding(
        value, (seizures, batches, items), name="borders",
        headline="At the borders the answer depends on what is counted",
        sentence=(
            f"The retail value of what the United States seized {moved(value)} from {value.labels[0]} to "
            f"{value.labels[1]}; the number of seizures {moved(seizures)} from {seizures.labels[0]} to "
            f"{seizures.labels[1]}. At China's customs batches {moved(batches)} from {batches.first} to "
            f"{batches.last}, items {moved(items)} from {items.first} to {items.last}."
        ),
        chapter="borders",
        zh=(
            "边境执法的走势取决于用什么来量",
            f"{chinese.year(value.labels[0])}至{chinese.year(value.labels[1])}，美国查扣货物按正品零售价计的价值"
            f"{chinese.moved(value)}；{chinese.year(seizures.labels[0])}至{chinese.year(seizures.labels[1])}，"
            "查扣次数"
            f"{chinese.moved(seizures)}。"
            f"中国海关扣留批次{batches.first}年至{batches.last}年{chinese.moved(batches)}，"
            f"扣留件数{items.first}年至{items.last}年{chinese.moved(items)}。",
        ),
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
            f"in {before} and {own_after} in {after}; for all crimes {all_before} and {all_after}. Set against all "
            f"crimes, arrests to charges came to {beyond['estimate']:.2f} times what they had been. An arrest and its "
            "charge may lie in different years."
        ),
        value=f"{beyond['estimate']:.2f} times", low=float(beyond["lower"]), high=float(beyond["upper"]),
        unit="times", standing=COMPUTED, readings=tuple(dict.fromkeys(ids)), chapter="offenders",
        series=(ARRESTS, CHARGED),
        chinese=Words(
            headline="侵犯知识产权犯罪中，未经逮捕而被提起公诉的人增多",
            sentence=(
                f"每有百人因侵犯知识产权犯罪被提起公诉，检察机关{before}年批准逮捕{own_before}人，{after}年{own_after}人；"
                f"就全部犯罪而言，分别为{all_before}人和{all_after}人。与全部犯罪相比，前者为原来的"
                f"{beyond['estimate']:.2f}倍。逮捕与起诉可能不在同一年。"
            ),
            value=f"{beyond['estimate']:.2f}倍",
        ),
    )  # fmt: skip


def eu_border(dataset: Dataset) -> Finding:
    """Tell articles beside their value at the EU's border within the present count, and articles in the one before."""
    now, value = (between_years(dataset, one) for one in (EU_ITEMS, EU_VALUE))
    years = printed_years(dataset, EU_ITEMS).table["year"]
    before = between_years(dataset, EU_ITEMS, last=int(years[years < now.first].max()))
    trend = happened(dataset, EU_ITEMS)
    return _finding(
        now, (before, value), name="eu-border",
        headline=f"At the EU's border articles {_verb(now)}, and their value {_verb(value)}",
        sentence=(
            f"Customs of the European Union stopped {_said(dataset, now, 0, unit=True)} in {now.first} and "
            f"{_said(dataset, now, 1)} in {now.last}: the number {moved(now)}. Their value at the price of the genuine "
            f"goods {moved(value)} from {value.first} to {value.last}. In the count before, articles {moved(before)} "
            f"from {before.first} to {before.last}. Over its whole record the number of articles moved "
            f"{'more' if trend.exceeds else 'no more'} than its swings from year to year explain (p {_p(trend.p)})."
        ),
        chapter="borders",
        zh=(
            f"欧盟边境查扣件数{ZH_VERBS[_verb(now)]}，货值{ZH_VERBS[_verb(value)]}",
            f"欧盟海关{now.first}年查扣{_told(dataset, now, 0)}，{now.last}年{_told(dataset, now, 1)}，"
            f"{chinese.moved(now)}。按正品零售价计的货值{value.first}年至{value.last}年{chinese.moved(value)}。"
            f"在前一口径内，{before.first}年至{before.last}年查扣件数{chinese.moved(before)}。就全部记录而言，件数的变动"
            f"{'超出' if trend.exceeds else '未超出'}其逐年波动所能解释的范围（p{_zh_p(trend.p)}）。",
        ),
    )  # fmt: skip


def civil_suits(dataset: Dataset) -> Finding:
    """Tell civil suits that courts accepted, whether that is more than noise, and which rights they are on."""
    suits, trend = between_years(dataset, CIVIL), happened(dataset, CIVIL)
    tables = [printed_years(dataset, one).table.set_index("year") for one in (CIVIL, COPYRIGHT, TRADEMARKS)]
    year = max(set.intersection(*(set(one.index) for one in tables)))
    whole, copyright_, trademarks = (one.loc[year] for one in tables)
    ends = [
        (100 * one["low"] / whole["high"], 100 * one["high"] / whole["low"])
        for one in (copyright_, trademarks)
    ]
    on_copyright, on_trademarks = (between(*one, digits=2) for one in ends)
    zh_copyright, zh_trademarks = (chinese.between(*one, digits=2) for one in ends)
    found = _finding(
        suits, (), name="civil-suits",
        headline=f"Civil suits on intellectual property {_verb(suits)}",
        sentence=(
            f"China's courts accepted {_said(dataset, suits, 1)} civil suits on intellectual property in {suits.last} "
            f"and {_said(dataset, suits, 0)} in {suits.first}: {times(suits)} as many. Over its whole record the "
            f"series moved {'more' if trend.exceeds else 'no more'} than its swings from year to year explain (p "
            f"{_p(trend.p)}). In {year}, {on_copyright} percent of them were on copyright and {on_trademarks} percent "
            "on trademarks. A suit is brought by an owner of rights: its number says nothing of what the state does."
        ),
        chapter="justice",
        zh=(
            f"知识产权民事案件{ZH_VERBS[_verb(suits)]}",
            f"人民法院{suits.last}年新收知识产权民事一审案件{_told(dataset, suits, 1)}，{suits.first}年"
            f"{_told(dataset, suits, 0)}，前者为后者的{chinese.times(suits)}。就全部记录而言，该序列的变动"
            f"{'超出' if trend.exceeds else '未超出'}其逐年波动所能解释的范围（p{_zh_p(trend.p)}）。{year}年的案件中，"
            f"著作权占{zh_copyright}%，商标占{zh_trademarks}%。民事案件由权利人提起，其数量并不说明公权力做了什么。",
        ),
    )  # fmt: skip
    rests_on = (*found.readings, *(str(one["reading_id"]) for one in (whole, copyright_, trademarks)))
    return replace(found, readings=tuple(dict.fromkeys(rests_on)), series=(CIVIL, COPYRIGHT, TRADEMARKS))
