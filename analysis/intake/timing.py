"""Which window of a text a figure belongs to: the one beside it, of its clause, of its sentence, or carried on."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from analysis.intake.breadths import OPERATION
from analysis.intake.counted import Counted
from analysis.intake.meaning import PARTS
from analysis.intake.one_by_one import one_after_another, one_by_one
from analysis.intake.own_period import STATED, in_own_period, of_printed_year
from analysis.intake.sentences import Sentence
from analysis.intake.telling import counting_days
from analysis.intake.timing_words import (
    A_YEAR_BACK,
    APART,
    COMPARED_TO,
    CUT,
    EAST,
    HAS,
    ITS_RUN,
    LAST_YEAR_S,
    LINKED,
    LISTED,
    NESTED,
    NEXT_DAY,
    NOW_HAS,
    OWN_FIGURE,
    PHASE,
    QUARTER,
    TO_COME,
)
from analysis.intake.window_bonds import (
    COVERS,
    Time,
    begun,
    came_from,
    close_by,
    compared_from,
    counting,
    day_of_all,
    ended,
    held_in,
    holds,
    later_year,
    of_another,
    runs_on,
    same_told,
    without_campaign,
    year_after,
)
from analysis.intake.windowless import no_window
from analysis.readings.window_words import FoundWindow
from analysis.readings.window_words.moments import shifted


@dataclass(slots=True)
class Clock:
    """The windows of a text, and the one that is carried on from sentence to sentence."""

    windows: tuple[FoundWindow, ...]
    published: date
    carried: Time | None = None
    local: Time | None = None
    day: Time | None = None
    stated: Time | None = None
    acted: Time | None = None
    ran: Time | None = None
    stood: date | None = None
    counted: bool = False
    paragraph: int = -1
    _starts: list[int] = field(default_factory=list)
    _titled: bool = False
    _covers: bool = False
    _floor: int = 0  # where the sentence begins

    def __post_init__(self) -> None:
        self._starts = [one.span[0] for one in self.windows]

    def within(self, sentence: Sentence) -> list[FoundWindow]:
        """Return the windows that begin within a sentence; "of the year" is of a year printed shortly before."""
        low, high = bisect_left(self._starts, sentence.start), bisect_left(self._starts, sentence.end)
        return of_printed_year(list(self.windows[low:high]), self.published)

    def times(
        self, sentence: Sentence, figures: list[Counted], stocks: list[bool], one_case: bool, text: str
    ) -> list[Time]:
        """Return the window of each figure of a sentence, and carry on what holds behind it."""
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.day, self.local, self.stood = sentence.paragraph, None, None, None
            self.carried = without_campaign(self.carried)
        self._floor = sentence.start
        base = self.stated or self.carried
        told, former = in_own_period(self.within(sentence), base, self.windows, self.published)
        back = [one for place, one in enumerate(told) if place in former or LAST_YEAR_S.fullmatch(one.words)]
        found = counting(counting_days(told, text, sentence, self.published), sentence)
        against = held_in(found, text, figures, sentence)
        own = ended([one for one in found if one not in against and one.form != "duration"], self.published)
        if not own and self.ran and ITS_RUN.search(sentence.plain):
            self.local = self.ran  # 会战期间, told behind other windows
        if self.day and self.day.end and not own and NEXT_DAY.search(sentence.plain):
            self.day = replace(self.day, start=(then := self.day.end + timedelta(days=1)), end=then)
        listed = one_by_one(sentence, own, figures, base)
        times = []
        for place, figure in enumerate(figures):
            near = [
                one for one in own if one not in back or not CUT.search(text, one.span[1], figure.span[0])
            ]
            time = listed.get(place) or self._of(
                figure, place, figures, near, against, text, one_case, stocks[place]
            )
            times.append(time)
        for one in own:
            self.stood = one.end if one.form == "as_of" and one.start is None else self.stood
        heading = sentence.text.rstrip().endswith((":", "：")) and not one_case  # Highlights of 2025:
        self._carry([one for one in own if one not in back], one_case, sentence, bool(figures) or heading)
        return times

    def _of(
        self,
        figure: Counted,
        place: int,
        figures: list[Counted],
        own: list[FoundWindow],
        against: list[FoundWindow],
        text: str,
        one_case: bool,
        stock: bool,
    ) -> Time:
        """Return the window of one figure: bound to it, before it, behind it, or carried on."""
        low, high = figure.span
        ends = (
            figures[place - 1].span[1] if place else figure.sentence.start,
            figures[place + 1].span[0] if place + 1 < len(figures) else figure.sentence.end,
        )
        change = figure.figure.kind in ("growth", "index", "difference") or figure.figure.unit in PARTS
        growth = change and not (figure.figure.unit == "percent" and figure.figure.kind == "level")
        plain, end = figure.sentence.plain, figure.figure.numeral.end
        if why := no_window(
            plain, figure.low, end, not against and all(one.form == "last" for one in own), growth
        ):
            return Time(reason=why)
        if stock and NOW_HAS.search(plain, max(0, figure.low - 24), figure.low):
            return self._kept(False, True) or Time()
        bound = (
            (None if growth else self._held(figure, ends, against, text, stock))
            or (self._between_years(own) if change else None)
            or self._beside(
                figure, ends, own, text, change if EAST.search(figure.sentence.text) else growth, stock
            )
        )
        if bound:
            return bound
        has = stock and HAS.search(
            plain, max(0, figure.low - 24), figure.low
        )  # launched in 2022, it has 34 staff
        before = [
            one
            for one in own
            if one.span[1] <= low
            and not (has and one.form == "since")
            and (stock or not (change and one.start == one.end and one.start))
        ]
        held = self._time(before[-1], "") if before else self.local or self.carried
        if not growth and not stock and held and (former := came_from(figure, held, change)):
            return former
        if before:
            return self._time(before[-1], "the nearest window before it in its sentence", stock)
        within = next((one for one in own if one.span[0] < low < one.span[1]), None)
        if within:
            return self._time(within, "within the words of a window")
        behind = next((one for one in own if one.span[0] >= high), None)
        if behind and (behind.start in (None, behind.end)) != stock and not day_of_all(behind, own, figure):
            behind = None
        if change and not own and not held and (after := year_after(against, self.published)):
            return after
        west = not EAST.search(figure.sentence.text)
        if behind and west and (stock or not of_another(behind, figures, high, text, growth)):
            return self._time(behind, "a window behind it in its sentence")
        return self._kept(one_case, stock) or (
            self._time(behind, "a window behind it in its sentence") if behind else Time()
        )

    def _between_years(self, own: list[FoundWindow]) -> Time | None:
        """Return the later year of a change between two."""
        late = later_year(own)
        return self._time(late, "a change between two years is of the later one") if late else None

    def _held(
        self, figure: Counted, ends: tuple[int, int], against: list[FoundWindow], text: str, stock: bool
    ) -> Time | None:
        """Return the window of a figure that others are held against: 去年同期为1200起; 1,200 in the year before."""
        low, high = figure.span
        for one in against:
            gap = text[one.span[1] : low]
            if ends[0] <= one.span[0] and one.span[1] <= low and len(gap) < 24 and OWN_FIGURE.fullmatch(gap):
                return self._time(one, "the window held against stands right before it", stock)
            if LISTED.fullmatch(gap) and COMPARED_TO.match(text, high):
                return self._time(one, "told with the window that it is compared with", stock)
            after = text[high : one.span[0]]
            at = compared_from(one, text, figure.sentence)
            if at is not None and at < low < one.span[0]:
                return self._time(one, "told with the window that it is compared with", stock)
            if high <= one.span[0] <= ends[1] and LINKED.search(after) and close_by(after):
                return self._time(one, "the window held against stands right behind it", stock)
        return None

    def _beside(
        self,
        figure: Counted,
        ends: tuple[int, int],
        own: list[FoundWindow],
        text: str,
        change: bool,
        stock: bool,
    ) -> Time | None:
        """Return the window that stands right behind a figure; a change takes one before it first."""
        low, high = figure.span
        behind = next((one for one in own if one.span[0] >= high), None)
        if behind is None or behind.span[0] > ends[1]:
            return None
        if change and any(one.span[1] <= low for one in own):
            return None
        gap = text[high : behind.span[0]]
        if EAST.search(gap) or EAST.search(behind.words):
            near = len(gap) <= 2 and not APART.search(gap)
        else:
            near = close_by(gap) and behind.span[1] <= ends[1] + 1
        return self._time(behind, "the window stands right behind it", stock) if near else None

    def _kept(self, one_case: bool, stock: bool) -> Time | None:
        """Return the window that is carried on."""
        if one_case and (day := self.day or (None if self.local or self.carried else self.acted)):
            return replace(day, reason="the day of the action, carried on", sure=0.7)
        if stock and self.stood:
            return Time(
                None, self.stood, "printed", "", "a stock, of the day told before in its paragraph", 0.6
            )
        if stock:
            return Time(
                None, self.published, "text_date", "", "a stock, taken as standing on the text's day", 0.5
            )
        held = self.local or self.carried
        return replace(held, reason="carried on from the sentences before", sure=0.75) if held else None

    def _time(self, one: FoundWindow, reason: str, stock: bool = False) -> Time:
        """Return a found window as a figure's; a stock stands on its last day."""
        start, end = one.start, one.end
        sure, borrowed, campaign = 0.9, False, one.form == "campaign"
        base, place = self.local or self.carried, bisect_left(self._starts, one.span[0])
        if (
            one.form == "same_period"
            and not same_told(self.windows, place, self._floor)
            and start
            and base
            and base.start
            and base.end
            and start.year < base.start.year
        ):
            years = start.year - base.start.year
            start, end = shifted((base.start, base.end), -1 if A_YEAR_BACK.search(one.words) else years)
        if stock and one.form in ("same_period", "compared"):
            start = end
        elif stock and one.form == "as_of":
            start = None
        elif start is None and end is not None:
            base = begun(self.windows, place, one, base) or base or self.day
            if base and base.start and base.start <= end and runs_on(base, one):
                start, borrowed, campaign = base.start, True, campaign or base.campaign
                reason += "; its first day is that of the window before"
                sure = 0.75
            elif one.form in ("as_of", "now"):
                sure = 0.4
        basis = {"campaign": "text_date"}.get(one.basis, one.basis)
        if start is None or end is None:
            basis = "unknown"
        if one.reason:
            reason += f" ({one.reason})"
        return Time(start, end, basis, " ".join(one.words.split()), reason, sure, campaign, borrowed)

    def _carry(  # noqa: C901 - one sign after another
        self, own: list[FoundWindow], one_case: bool, sentence: Sentence, counts: bool
    ) -> None:
        """Carry on the last window of a sentence that is no part of an earlier one of it.

        A window within the one of the text, or around it (近三年来), holds to the end of its paragraph, and not at
        all where it opens a part of a total (其中, of which).
        """
        if not counts and TO_COME.search(sentence.plain):
            return  # the figures of 2025 will be published in June
        nested = NESTED.match(sentence.text) is not None
        action = (OPERATION.search(sentence.plain) or PHASE.search(sentence.plain)) is not None
        times = [
            replace(self._time(one, ""), campaign=action or one.form == "campaign")
            for one in own
            if one.form != "same_period"
        ]
        outer = self._outer(times, one_case)
        if self.ran is None and outer and outer.campaign and outer.days > 1:
            self.ran = outer
        if outer is None or (one_case and self.carried):
            return
        held = self.carried
        if not one_case:
            self.day = None
        if sentence.paragraph > 0 and self._told_finer(outer):
            self.carried, self.local, self._titled = outer, None, False
            return
        self._titled = self._titled or (held is None and sentence.paragraph == 0)
        if self._covers and sentence.paragraph > 0:
            self.local = outer
            return
        self._covers = outer.days > QUARTER and COVERS.search(sentence.text) is not None
        if self._covers:
            self.carried, self.local, self._titled = outer, None, False
            return
        within = held is not None and outer.days != held.days and (holds(held, outer) or holds(outer, held))
        if within and held and one_after_another(held, times):
            return
        if STATED.search(sentence.text):
            self.stated = outer
        elif self.stated and held is self.stated and not within:
            self.local = outer
            return
        if not within or not self.counted:
            self.carried, self.local, self.counted = outer, None, counts
        elif not nested:
            self.local = outer

    def _outer(self, times: list[Time], one_case: bool) -> Time | None:
        """Return the last window that is no part of an earlier one; a single day is kept as that of the action."""
        outer: Time | None = None
        for time in times:
            if time.start is None or time.end is None:
                if outer is None and self.carried is None and time.end:
                    outer = time
            elif time.days <= 1 or (one_case and time.days <= 31):
                self.day = self.acted = time
            elif outer is None or not holds(outer, time):
                outer = time
        return outer

    def _told_finer(self, outer: Time) -> bool:
        """Tell whether a window is that of the headline, told to the day: since 2021, from January 2021 to March."""
        held = self.carried
        if not self._titled or held is None or held.end is None or outer.end is None:
            return False
        return held.start == outer.start and outer.end < held.end
