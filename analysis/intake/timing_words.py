"""The words by which a window of a text is that of a figure, ends, goes on or counts nothing."""

from __future__ import annotations

import re

OWN_FIGURE = re.compile(
    r"(?:\(|（|,? when (?:it|they|the [a-z]+) |的|则|为|是|仅|only|was|were|had|stood at|['’]s|共|,|，|\s)*$"
)
CUT = re.compile(r"[;；]")  # behind it the year before is no more told of
LINKED = re.compile(
    r"(?i)\b(?:in|during|for|of|over|since|from|between|by|as of|through|throughout|on|at)\b[^,;:]{0,12}$|[(（]\s*$|^\s*$"
)
NESTED = re.compile(r"其中|(?i:of (?:which|these|them|those)|including|alone|仅)")
EAST = re.compile(r"[\u4e00-\u9fff]")
PHASE = re.compile(r"\boperational phase\b")
APART = re.compile(r"[,，;；、]")
NOW_HAS = re.compile(
    r"\b(?:now|currently|today|at present)\b[^,;.]{0,18}$|(?:现有|目前(?:共|已)?有|现已有)[^,;。]{0,12}$"
)
A_YEAR_BACK = re.compile(r"(?i)\b(?:a|one|the) year (?:earlier|before|ago)|^(?:去年|上年)?同期|last year")
NEXT_DAY = re.compile(r"\bthe (?:next|following) day\b|次日|翌日|第二天")
LISTED = re.compile(r"的?[^,，;；。]{1,24}[、和及与][^,，;；。\d]{0,6}")
COMPARED_TO = re.compile(r"[^,，;；。]{0,24}相比")
ITS_RUN = re.compile(r"(?:行动|会战|战役|专项|整治)期间|\bduring the (?:operation|campaign)\b")
# Whose total a text on another year only recalls: last year's full-year total.
LAST_YEAR_S = re.compile(r"(?i)(?:the )?(?:last|previous|prior) year['’]s")
TO_COME = re.compile(r"将[^,;。]{0,10}(?:公布|发布)|\bwill be (?:published|released|available)\b")
HAS = re.compile(r"\b(?:has|employs|counts|numbers)\b[^,;.\d]{0,12}$|(?:共有|现有|配有|设有)$")
QUARTER = 85  # days of the shortest quarter, and a little less
