"""Printed text brought into one form, so that the rules need to know fewer spellings."""

from __future__ import annotations

import re
import unicodedata

# One character for one: full forms, Japanese forms and Korean scale words meet in the simplified form.
_ONE_FORM = str.maketrans(
    "萬億餘約過達兩將幾數個長減處條點於만억조천백십약여",
    "万亿余约过达两将几数个长减处条点于万亿兆千百十约余",
)
_PLAIN_LATIN = str.maketrans("àâäáãåèéêëìíîïòóôöõùúûüçñ’‘−–—‒‚", "aaaaaaeeeeiiiiooooouuuucn''----,")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """Return `text` in lower case, in compatibility form (NFKC), with one form for each character.

    Full-width digits and signs become ASCII, accents fall away, dashes become hyphens, and traditional
    Chinese, Japanese and Korean scale characters become their simplified counterparts.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return _SPACE.sub(" ", plain.translate(_PLAIN_LATIN).translate(_ONE_FORM)).strip()
