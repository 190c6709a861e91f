"""Findings on how sure the figures are: a year that nobody printed, and what "more than" has meant."""

from __future__ import annotations

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import chinese
from analysis.publish.bands import band
from analysis.publish.findings.finding import COMPUTED, ESTIMATED, Finding, Words
from analysis.publish.words import UNIT_WORDS, between, number
from analysis.rounding import written
from analysis.series import calibration, definition, reconstructed
from analysis.series.hedged_pairs import chosen_pairs

SERIES = "mps-cases-solved"
HEDGE = "more_than"


@checked
def estimated_findings(dataset: Dataset) -> list[Finding]:
    """Return the findings on reconstruction and on hedges."""
    return [_unprinted(dataset), _more_than(dataset)]


def _unprinted(dataset: Dataset) -> Finding:
    """Tell the best and the worst known year of the police's cases that nobody prints as a whole."""
    years = band(dataset, SERIES)
    alone = years[~years["printed"].astype(bool)]
    if len(alone) < 2:
        raise InputError(
            f"Series {SERIES!r} has {len(alone)} unprinted years with an estimate; two are needed."
        )
    spread = alone["upper"] / alone["lower"]
    best, worst = alone.iloc[int(spread.argmin())], alone.iloc[int(spread.argmax())]
    unit = UNIT_WORDS[definition(dataset, SERIES).unit]
    return Finding(
        name="unprinted-years", headline="What nobody published can be estimated, within limits",
        sentence=(
            "No text that we read says how many counterfeiting cases China's police solved in the whole of "
            f"{int(best['year'])} or {int(worst['year'])}. Taken together, the windows that reach into them put the "
            f"first at {_told(best)} and the second at {_told(worst)}. The one is an estimate; the "
            "other is hardly more than an order of size, and is drawn hatched."
        ),
        value=f"about {_rough(best['estimate'])} {unit}", low=float(best["lower"]), high=float(best["upper"]),
        unit="case", standing=ESTIMATED, readings=_reaching(dataset, [int(best["year"]), int(worst["year"])]),
        chapter="police-campaigns", series=(SERIES,),
        chinese=Words(
            headline="无人公布的数字可以估计，但有限度",
            sentence=(
                "我们读到的文本中，"
                f"没有一份公布全国公安机关{int(best['year'])}年或{int(worst['year'])}年全年破获的制假售假案件数。"
                f"综合涉及这两年的各统计期，前者{_zh_told(best)}，后者{_zh_told(worst)}。前者可作估计；"
                "后者几乎只说明数量级，"
                "图中以斜线表示。"
            ),
            value=f"约{_zh_rough(best['estimate'])}{chinese.UNIT_WORDS['case']}",
        ),
    )  # fmt: skip


def _told(row: pd.Series[float]) -> str:
    """Write an estimated year in two digits with its band."""
    return f"about {_rough(row['estimate'])} (90 percent band {between(float(row['lower']), float(row['upper']), 2)})"


def _rough(value: float) -> str:
    """Write an estimate in two digits: 28,000."""
    return number(float(written(value, ".2g")))


def _zh_told(row: pd.Series[float]) -> str:
    """Write an estimated year with its band in Chinese."""
    band90 = chinese.between(float(row["lower"]), float(row["upper"]), 2)
    return f"约{_zh_rough(row['estimate'])}起（90%区间为{band90}）"


def _zh_rough(value: float) -> str:
    """Write an estimate in two digits in Chinese: 2.8万."""
    return chinese.number(float(written(value, ".2g")))


def _reaching(dataset: Dataset, years: list[int]) -> tuple[str, ...]:
    """Return the readings of the series whose windows meet any of the years, narrow windows first."""
    frame = reconstructed(dataset, SERIES).observations.frame
    start = frame["window_start"].fillna(frame["window_end"])
    meets = pd.Series(False, index=frame.index)
    for year in years:
        meets |= (start <= pd.Timestamp(year, 12, 31)) & (frame["window_end"] >= pd.Timestamp(year, 1, 1))
    rows = frame.assign(days=(frame["window_end"] - start).dt.days)[meets]
    return tuple(dict.fromkeys(rows.sort_values(["days", "reading_id"])["reading_id"].astype(str)))


def _more_than(dataset: Dataset) -> Finding:
    """Tell how often a finer print fell where "more than" puts it."""
    pairs = chosen_pairs(dataset)
    pairs = pairs[pairs["hedge"] == HEDGE]
    table = calibration.coverage(pairs)
    row = table[table["model"].astype(str) == "default"].iloc[0]
    above = pairs["above"].median()
    china = int(pairs["jurisdiction"].str.startswith("CN").sum())
    police = int((pairs["reporter"] == "MPS").sum())
    return Finding(
        name="more-than",
        headline=f'"More than" held in {int(row["inside"])} of {int(row["n"])} pairs that could be checked',
        sentence=(
            f'For {int(row["n"])} figures published as "more than" a number, another text gives the same quantity '
            f"more finely. {int(row['inside'])} of the finer figures lie within one step of the last published digit, "
            f"as this book assumes (95 percent interval of the share: {row['lower']:.0%} to {row['upper']:.0%}), and "
            f"half of them within {above:.1f} percent of the hedged figure. Such pairs are the quantities that "
            f"somebody published twice, no random sample: {china} of them are of counts in China, {police} of its "
            "police's."
        ),
        value=f"{int(row['inside'])} of {int(row['n'])} inside", low=100 * float(row["lower"]),
        high=100 * float(row["upper"]), unit="percent", standing=COMPUTED,
        readings=tuple(dict.fromkeys([*pairs["hedged_id"], *pairs["exact_id"]])), chapter="more-than",
        chinese=Words(
            headline=f"能够核对的{int(row['n'])}对数字中，“超过”成立的有{int(row['inside'])}对",
            sentence=(
                f"有{int(row['n'])}个数字公布为“超过”某数，而另一文本以更细的数字公布同一数量。"
                f"其中{int(row['inside'])}个较细的数字"
                "如本书所假定，"
                f"落在末位数字的一个单位之内（该比例的95%区间为{row['lower']:.0%}至{row['upper']:.0%}），"
                "半数与带“超过”"
                f"的数字相差不到{above:.1f}%。这些是恰好被公布两次的数量，不是随机样本："
                f"其中统计中国情况的{china}个，公安机关的{police}个。"
            ),
            value=f"{int(row['n'])}个中{int(row['inside'])}个在内",
        ),
    )  # fmt: skip
