"""Whether a text tells of one case, sentence by sentence: by its words, a heading, or a day's action."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.intake.breadths import TOTAL, one_case
from analysis.intake.narrower import is_wider
from analysis.intake.sentences import Sentence
from analysis.intake.window_bonds import Time

# The heading of an entry of a list of cases: 一、某公司销售侵权白酒案, 案例2: ..., Case 3: ....
_HEAD = re.compile(
    r"(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.]|[(（]?[0-9]{1,2}[)）、.]|案例[一二三四五六七八九十0-9]{1,3}[:：、.])[^。；;]{4,60}案[)）]?。?$"
    r"|(?i:case (?:study )?(?:[0-9]{1,2}|one|two|three|four|five)\b)"
)
# Another heading, or the end of the list.
_OTHER_HEAD = re.compile(r"(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.]|[0-9]{1,2}[、.])[^。；;，,]{2,24}$")
_BEYOND = re.compile(
    r"^(?:下一步|今后|据统计|据悉|截至目前|[^。，,]{0,10}(?:有关)?负责人|市场监管部门提醒|消费者|全国|全省|全市|全县|全区)"
)

_WAVE = re.compile(r"集中收网|集中(?:统一)?行动|统一收网|同步收网|期间")


class Cases:
    """What is told of one case, from sentence to sentence."""

    def __init__(self) -> None:
        self._paragraph, self._case, self._acted, self._listed = -1, False, False, False

    def of(self, sentence: Sentence, dated: bool) -> bool:
        """Tell whether a sentence is on one case; `dated` says that it names a window of its own."""
        same = sentence.paragraph == self._paragraph
        self._paragraph = sentence.paragraph
        if sentence.place == 0 and self._in_list(sentence):
            self._case, self._acted = True, False
            return True
        on = self._acted and same and not dated and not TOTAL.search(sentence.plain)
        self._acted = on and not is_wider(sentence.text)
        self._case = one_case(sentence.plain, self._case and same) or self._acted
        self._case = self._case or (self._listed and same and not _BEYOND.match(sentence.plain))
        return self._case

    def _in_list(self, sentence: Sentence) -> bool:
        """Tell whether a paragraph is an entry of a list of cases, by its heading or by the one before it."""
        if _HEAD.match(sentence.text):
            self._listed = True
        elif self._listed and (
            _OTHER_HEAD.match(sentence.text) or _BEYOND.match(sentence.plain) or TOTAL.search(sentence.plain)
        ):
            self._listed = False
        return self._listed

    def acted(self, times: Sequence[Time], plain: str = "") -> bool:
        """Take the windows of the figures of a sentence: those of one day told beside them are of one action.

        A wave of raids on one day (集中收网) is an operation.
        """
        one_day = (
            bool(times)
            and not _WAVE.search(plain)
            and all(time.days == 1 and not time.borrowed and not time.campaign for time in times)
        )
        self._acted = self._acted or one_day
        self._case = self._case or one_day
        return self._case
