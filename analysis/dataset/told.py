"""What a reading's own words tell of its window, its breadth and its unit, whatever its cells were coded as.

The words are the figure as printed, the window in the words of the text, the notes, the scope as first coded and the
title of the source. They are read narrowly: where nothing is told, nothing is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

YEAR = r"(?:19|20)[0-9]{2}"
_ALONE = rf"(?<![0-9.,]){YEAR}(?![0-9]|[.,][0-9])"
# A year in the figure as printed: beside a word of time, since 2,000 staff would be a year else.
_PRINTED = re.compile(rf"\b(?:in|for|of|during|FY|year)\s?{YEAR}(?![0-9.,%])|{YEAR}年", re.I)
# A year in the words of the window, but for what a collector added: brackets, the date of the text, an edition's name.
_ADDED = re.compile(
    r"\([^)]*\)|\[[^]]*\]|[;,]? *\b(?:text|report|press conference|news conference|conference|forum|statement|told|"
    r"announced|published|survey)\b.*"
    rf"|\b{YEAR}(?:-{YEAR})? (?:report|edition|survey|campaign|action|operation|figures)\b"
    rf"|\b[A-Z][a-z]+ {YEAR}\b(?= (?:campaign|action|operation|so far))",
    re.I,
)
_DENIED = re.compile(
    r"year (?:is |was )?not (?:printed|shown|in|named)|says last year|text says|year of the text|probably|assumed|"
    r"inferred|taken (?:from|as)(?! the headline)|not given|day not shown|reported with|up to|so far|"
    r"as of|since [^;]*, to",
    re.I,
)
_RELATIVE = re.compile(
    r"\b(?:last year|year before|(?:previous|prior) (?:fiscal )?year|year earlier)\b", re.I
)
_HEADLINE = re.compile(
    rf"\b(?:headline|title|heading|caption)s? (?:says|names|prints|gives|treats it as the year) ({YEAR})",
    re.I,
)
# In a title: brackets hold a collector's words, unless a year stands in them alone.
_ASIDE = re.compile(rf"[(（](?!{YEAR}\s*年?度?[)）])[^)）]*[)）]|\[[^]]*\]")
_FISCAL = re.compile(r"(?:\bFY ?|fiscal year )(?:20)?([0-9]{2})(?![0-9])", re.I)
_ERA = re.compile(r"(令和|平成)(元|[0-9]{1,2})年")
_FIRST_YEARS = {"令和": 2019, "平成": 1989}
_HALF = re.compile(r"上半期|1月から6月|first half|\bH1\b|上半年", re.I)
_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")

WHOLE = re.compile(
    rf"(?:in |for |during |of )?(?:the )?(?:whole |full |calendar )?(?:year |FY ?|fiscal year )?{YEAR}"
    r"(?: ?年| whole year| full year|, whole year)?",
    re.I,
)
# What a note says where a year is printed and the window is not.
_OPEN = re.compile(
    r"\bnot (?:\w+ )?(?:printed|given|stated|shown|datable|named|dated|in )|no (?:window|date)|undated|left blank|"
    r"\btext of|to date|as of|so far|announced|survey|mid-|campaign|action",
    re.I,
)


def own_words(frame: pd.DataFrame, *columns: str) -> pd.Series[str]:
    """Return the cells of several columns of each row as one text."""
    words = frame[columns[0]]
    for column in columns[1:]:
        words = words + " ; " + frame[column]
    return words


def holds(cells: pd.Series[str], pattern: str | re.Pattern[str]) -> pd.Series[bool]:
    """Tell which cells hold a pattern."""
    search = re.compile(pattern).search
    return _answered(cells, lambda text: search(text) is not None)


def _answered(cells: pd.Series[str], question: Callable[[str], bool]) -> pd.Series[bool]:
    """Ask each distinct text once, since texts repeat, and return the answers of the cells."""
    codes, texts = pd.factorize(cells.to_numpy(dtype=object))
    return pd.Series(np.array([question(text) for text in texts], dtype=bool)[codes], index=cells.index)


def window_shown(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.Series[bool]:
    """Return for each reading whether its own words print the year, or both years, of its window.

    Parameters
    ----------
    frame, sources
        The cells of readings.csv and sources.csv as text. A window that ends on the day of its source is told from
        that day, whatever year is printed, and a flow without a start has no window that could be printed.
    """
    rows = zip(*(sources[column].tolist() for column in ("source_id", "published", "title")), strict=True)
    known = {source: (published, title) for source, published, title in rows}
    details = [known.get(source, ("", "")) for source in frame["source_id"].tolist()]
    titles = [title for _, title in details]
    told = (frame["window_end"] == [published for published, _ in details]) | (
        (frame["window_start"] == "") & (frame["kind"] != "stock")
    )
    columns = ("window_start", "window_end", "as_printed", "window_note", "notes")
    cells = list(zip(*(frame[column].tolist() for column in columns), titles, told.tolist(), strict=True))
    asked = {one: one[1] != "" and not one[-1] and _shows(*one[:-1]) for one in set(cells)}
    shown = [asked[one] for one in cells]
    return pd.Series(shown, index=frame.index, dtype=bool)


def _shows(start: str, end: str, printed: str, note: str, notes: str, title: str) -> bool:
    """Tell whether the words of one reading print the years of its window."""
    wanted = {day[:4] for day in (start, end) if day}
    fiscal = (start[5:], end[5:]) == ("10-01", "09-30")
    if fiscal:
        wanted = {end[:4]}
    found = {year for words in _PRINTED.findall(printed) for year in re.findall(YEAR, words)}
    denied = _DENIED.search(f"{note} ; {notes}") or (fiscal and _RELATIVE.search(f"{printed} ; {notes}"))
    if not denied:
        found |= set(re.findall(_ALONE, _ADDED.sub(" ", note)))
    found |= set(_HEADLINE.findall(f"{note} ; {notes}"))
    return wanted <= found or (not denied and end[:4] in _years_of_title(title, start, end, fiscal))


def _years_of_title(title: str, start: str, end: str, fiscal: bool) -> set[str]:
    """Return the years that a title prints for a window of a whole year, or of a half that it names."""
    title = _ASIDE.sub(" ", title)
    if fiscal:
        return {f"20{year}" for year in _FISCAL.findall(title)}
    whole = (start[5:], end[5:]) == ("01-01", "12-31") and start[:4] == end[:4]
    half = (start[5:], end[5:]) == ("01-01", "06-30") and _HALF.search(title)
    if not (whole or half):
        return set()
    eras = {str(_FIRST_YEARS[era] + (1 if n == "元" else int(n)) - 1) for era, n in _ERA.findall(title)}
    return eras | set(re.findall(_ALONE, title.translate(_NUMERALS)))


def year_printed(frame: pd.DataFrame) -> pd.Series[bool]:
    """Return for each reading whether its window in words, or its figure, prints a year and nothing says why not."""
    notes = own_words(frame, "window_note", "notes")
    told = holds(frame["window_note"], rf"(?i)\A(?:{WHOLE.pattern})\Z") | holds(frame["as_printed"], _PRINTED)
    return told & ~holds(notes, _OPEN)


_KEY = (
    r"重点|重點|重大|典型|督办|督辦|大要案|\bmajor\b(?! website)|typical|mps_supervised|joint_supervised|"
    r"cluster_battles|case_clusters|(?:key|major|typical)_cases"
)
_KEY_NOTES = r"\b(?:key|major|typical|big|landmark) (?:cross-border |IPR? |criminal )?cases\b"
NO_CASES = ("other", "regions_counted", "participants", "members", "brands", "supervision", "denominator")
_CASE = (
    r"(?i)\b(?:one|single) (?:raid|bust)\b(?! of)|(?:^|; ?|\. )one (?:case|gang|ring|defendant)\b(?! of)|"
    r"\bcase named\b|\ba recent case\b"
)
_CASE_DETAIL = r"(?:^|;)case_(?!clusters|value)|single_bust|(?:^|;)one_case(?:;|$)"
_PLACE_DETAIL = r"top_?[0-9]+_provinces|(?:^|;)(?:ten|seven)_member_states"
_OPERATION = (
    r"\bcampaign|\bspecial (?:action|operation)|\boperation\b|\bcrackdown|hundred.day|\bdrive against|\bstrike\b|"
    r"\b(?:Kunlun|Longteng|Dajia|Yunduan|Liangjian|Shanying|Chunlei|Tiequan|Lanjian|Huhang) (?:20[0-9]{2} )?action|"
    r"protection season|\bunder the pilot|month pilot|nationwide bust|专项|行动"
)
_OPERATION_DETAIL = (
    r"all_special_campaigns|special_operations|(?:^|;)operation_|of_excellence_operations|one_operation"
)
# The same words, where no programme is named beside them.
_OPERATION_ALONE = (
    r"\bspecial (?:action|campaigns? of)|protection season|\bcrackdown|\bdrive against|\bunder the pilot"
)
# Campaigns that may take up all of a counter's year: the police's, and a platform's work with them.
YEAR_LONG = ("MPS", "PSB", "Alibaba")


def breadth_told(frame: pd.DataFrame) -> pd.Series[str]:
    """Return the breadth that each reading's own words tell, blank where they tell none.

    Parameters
    ----------
    frame
        The cells of readings.csv as text. A programme tells of an operation, unless the counter is of those whose
        campaigns last all year (`YEAR_LONG`), the window starts with a year and no word names the campaign.
    """
    figure = own_words(frame, "as_printed", "detail")
    remarks = own_words(frame, "window_note", "notes")
    counts = ~frame["indicator"].isin(NO_CASES)
    key = counts & (holds(figure, _KEY) | holds(remarks, _KEY_NOTES))
    case = holds(frame["detail"], _CASE_DETAIL) | holds(remarks, _CASE)
    case |= holds(frame["window_note"], r"^a case among\b")
    place = (frame["region"] != "") | holds(frame["detail"], _PLACE_DETAIL)
    named = holds(remarks, _OPERATION) | holds(frame["as_printed"], _OPERATION)
    short = frame["programme"].str.startswith("cloud-sword")  # months of a year whose days are not printed
    year = frame["window_start"].str.endswith("-01-01") & frame["reporter"].isin(YEAR_LONG) & ~short
    operation = (frame["programme"] != "") & (named | ~year)
    operation |= holds(frame["detail"], _OPERATION_DETAIL) | holds(remarks, _OPERATION_ALONE)
    told = pd.Series("", index=frame.index)
    for word, which in (
        ("one_operation", operation),
        ("one_place", place),
        ("key_cases", key),
        ("one_case", case),
    ):
        told = told.mask(which, word)
    return told


_TON, _KILO = (
    r"(?:metric |short )?(?:tonn?e?s?|tonnen|toneladas)\b|公?吨|톤|トン",
    r"kgs?\b|kilogramm?e?s?\b|kilos?\b|千克|公斤|キロ",
)
_FIGURE = r"[0-9](?:[0-9., ]|[万亿億千百十余多만천백억]|thousand|million|billion|mln|mio)*-?"
_WEIGHTS = {
    unit: re.compile(rf"{_FIGURE}(?:{words})", re.I) for unit, words in (("tonne", _TON), ("kilogram", _KILO))
}
_WEIGHED = {
    unit: rf"(?i)\b(?:unit is|printed in|counted in|measured in) (?:{words})"
    for unit, words in (("tonne", r"tons|tonnes"), ("kilogram", r"kilos|kilograms|kg"))
}


def weight_told(frame: pd.DataFrame) -> pd.Series[str]:
    """Return the unit of weight that each reading's own words tell, blank where they tell none.

    Parameters
    ----------
    frame
        The cells of readings.csv as text. A print that holds other figures beside weights tells none, since the
        weight may stand beside what the row holds; a change tells none.
    """
    told = pd.Series("", index=frame.index)
    for unit, figure in _WEIGHTS.items():
        alone = _answered(frame["as_printed"], partial(_alone, figure))
        told = told.mask(alone | holds(frame["notes"], _WEIGHED[unit]), unit)
    return told.mask(frame["kind"] == "change", "")


def _alone(figure: re.Pattern[str], text: str) -> bool:
    """Tell whether a print holds such a figure and no other."""
    return figure.search(text) is not None and not re.search("[0-9]", figure.sub(" ", text))


# What holds several goods, or is less than a good as it is sold: a pair, a set and a bottle are items.
_PACKS = (
    r"(?i)\b(?:cartons|packets|packs|boxes|pills|tablets|sticks|doses|capsules)\b|"
    r"[0-9万亿余多] ?(?:箱|粒|片|支|盒)"
)
_PACKS_CODED = r"(?:^|;)(?:\w+_)?(?:cartons|packets|boxes|master_cases|pills|sticks|doses)(?:;|$)"


def packs_untold(frame: pd.DataFrame) -> pd.Series[bool]:
    """Return for each reading of items whether its words count packs or pills and neither basis nor detail does."""
    counted = holds(own_words(frame, "as_printed", "notes"), _PACKS) & (frame["unit"] == "item")
    coded = holds(frame["basis"], _PACKS_CODED) | holds(frame["detail"], _PACKS_CODED)
    return counted & (frame["kind"] != "change") & ~coded


_MEAN = (
    r"(?i)\b(?:per|every|each|a typical|an average) (?:day|week|month)\b|\b(?:weekly|monthly|yearly|annual) average\b|"
    r"\bdaily\b|\baverage of\b|\bon average\b|\b(?:a|each) year\b(?! (?:ago|earlier|before))|\bjeden tag\b|"
    r"[日月年]均|平均每"
)
MEAN_DETAIL = r"(?:^|;)per_[a-z]+(?:;|$)"


def mean_told(frame: pd.DataFrame) -> pd.Series[bool]:
    """Return for each reading whether the words of its figure or window tell a mean: a day, a month, on average."""
    amount = (frame["kind"] == "flow") & ~frame["unit"].isin(("percent", "ratio"))
    return amount & holds(own_words(frame, "as_printed", "window_note"), _MEAN)
