"""Show a figure in a chapter: as SVG, with its alt text, title and caption, the same bytes at every run."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING

from analysis.errors import InputError
from analysis.publish.guard import texts
from analysis.publish.inline import LARGER, as_text, for_page, own_ids, slim
from analysis.publish.mark import frame_of, placed
from analysis.publish.style import lay_out, plain_log_labels
from analysis.publish.touch import marks
from analysis.rounding import settled

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

# Ids inside an SVG are hashed from this instead of from a random number.
HASH_SALT = "counting-counterfeits"
PAD = 0.05  # inches of paper around a drawing
PHONE = 377  # pixels that a drawing has on a phone of 390
LEAST_PIXELS = 9  # of letters there
NOTE_WORDS = 25  # of a note, that stand below a figure; the others open at a click
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“(])")
# Columns of a frame that say how a row is drawn, not what it is.
LOOKS = frozenset({"colour", "marker", "hollow", "alpha", "hatch", "place", "left", "legend"})


def svg(fig: Figure, *, outlines: bool = True) -> str:
    """Draw a figure as SVG, letters as outlines: it looks the same wherever it is read, Chinese included.

    Without `outlines` letters stay text, for a page that brings the fonts along (analysis.publish.style.copy_fonts).
    """
    import matplotlib as mpl

    plain_log_labels(fig)
    drawn = io.StringIO()
    letters = "path" if outlines else "none"
    with mpl.rc_context({"svg.hashsalt": HASH_SALT, "svg.fonttype": letters}):
        fig.savefig(drawn, format="svg", bbox_inches="tight", pad_inches=0.05, metadata={"Date": None})
    return drawn.getvalue()


def show(
    fig: Figure, *, alt: str, title: str | None = None, subtitle: str | None = None, caption: str | None = None,
    name: str | None = None, source: str | None = None, frame: pd.DataFrame | None = None,
    readings: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Display a figure in a notebook and close it.

    `alt` says what the figure shows to a reader who cannot see it. `title` (numbered, above the figure), `subtitle`
    (below the title: what is measured, in which unit, of which years), `caption` (below the figure: how it is drawn;
    what goes beyond `NOTE_WORDS` words is folded) and `source` are text of the page, so they wrap on a phone and are
    found by the search. `name` lets a page refer to the figure by {numref}`name` and is its address. All of them may
    be computed; they are plain text. `frame` holds the rows that are drawn; without one they are the marks. `readings`
    has the addresses of those that marks lead to, by their ids.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    if not alt.strip():
        raise InputError("A figure needs alt text: say in a sentence what it shows.")
    brief, more = folded(caption or "")
    texts = {
        "alt": alt, "title": title, "subtitle": subtitle, "caption": brief, "more": more, "source": source,
        "name": name,
    }  # fmt: skip
    given = {key: " ".join(text.split()) for key, text in texts.items() if text}
    # The text stays in the stored notebook, where the drawing is dropped, and is compared when it is rerun.
    below = " ".join(part for part in (brief, more, given.get("source", "")) if part)
    above = (given.get("title"), given.get("subtitle"))
    words = "\n".join(part for part in (*above, given["alt"], below) if part)
    box = paper(fig)
    if (small := phone_pixels(fig, box)) < LEAST_PIXELS:
        raise InputError(
            f"Figure {name or title!r}: its smallest letters are {small:.1f} pixels high on a phone, and "
            f"{LEAST_PIXELS} are the least; draw it narrower (style.WIDTH is enough) or its letters larger."
        )
    name = given.get("name", "figure")
    taken = forms(fig, alt=given["alt"], name=name, frame=frame, readings=readings, box=box)
    plt.close(fig)
    display(  # type: ignore[no-untyped-call]
        {"image/svg+xml": taken.page, "text/plain": words},
        metadata={"image/svg+xml": given | {"svg": taken.svg, "csv": taken.csv}},
        raw=True,
    )


def paper(fig: Figure) -> Bbox:
    """Return the box of paper that a figure is drawn on, in inches."""
    return lay_out(fig).padded(PAD)


def phone_pixels(fig: Figure, box: Bbox | None = None) -> float:
    """Return how high the smallest letters of a figure are on a phone, in pixels; infinite without letters."""
    width = 72 * (box or paper(fig)).width
    return min((float(text.get_fontsize()) for text in texts(fig)), default=inf) * LARGER * PHONE / width


def folded(note: str) -> tuple[str, str]:
    """Part a note into the sentences that stand below a figure, `NOTE_WORDS` words at most, and those behind a fold."""
    sentences = [one for one in SENTENCE_END.split(" ".join(note.split())) if one]
    lengths = accumulate(len(one.split()) for one in sentences)
    shown = sum(1 for length in lengths if length <= NOTE_WORDS)
    return " ".join(sentences[:shown]), " ".join(sentences[shown:])


@dataclass(frozen=True)
class Forms:
    """A figure as a page shows it, and as a reader takes it away: SVG (of which the site makes the PNG) and rows."""

    page: str
    svg: str
    csv: str


def forms(
    fig: Figure, *, alt: str, name: str, frame: pd.DataFrame | None = None, readings: Mapping[str, str] | None = None,
    box: Bbox | None = None,
) -> Forms:  # fmt: skip
    """Draw a figure once for its page and for each way to take it; `box` is its `paper`, where that is known."""
    import matplotlib as mpl

    box = box or paper(fig)  # the marks lie in the same box as every form of the drawing
    for axis in (axis for axes in fig.axes for axis in (axes.xaxis, axes.yaxis)):
        if not axis.get_label_text():  # it need not look for its place, for which all ticks are asked
            axis.set_label_coords(0, 0)
    drawn = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": HASH_SALT, "svg.fonttype": "none"}):
        fig.savefig(drawn, format="svg", bbox_inches=box, metadata={"Date": None})
    shown = placed(marks(fig), readings or {})
    found = [replace(one, box=one.box.translated(-72 * box.x0, -72 * box.y0)) for one in shown]
    root = slim(drawn.getvalue())
    own_ids(root, name)  # matplotlib's are hashes of coordinates, down to digits that nobody sees
    plain = as_text(root)
    return Forms(
        for_page(root, name, alt, found, 72 * box.height), plain,
        rows_as_csv(frame_of(found) if frame is None else frame),
    )  # fmt: skip


def rows_as_csv(frame: pd.DataFrame) -> str:
    """Return the rows of a figure as CSV, without what only its look needs, floats as far as they are sure."""
    numbered = frame.index.nlevels == 1 and frame.index.name is None and frame.index.dtype.kind in "iu"
    named = frame if numbered else frame.reset_index()
    kept = named[[name for name in named if name not in LOOKS]]
    floats = kept.select_dtypes("float").columns
    return str(kept.assign(**{name: settled(kept[name]) for name in floats}).to_csv(index=False))
