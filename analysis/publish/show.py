"""Show a figure in a chapter: as SVG, with its alt text, title and caption, the same bytes at every run."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from analysis.errors import InputError
from analysis.publish.style import short

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Ids inside an SVG are hashed from this instead of from a random number.
HASH_SALT = "counting-counterfeits"


def svg(fig: Figure, *, outlines: bool = True) -> str:
    """Draw a figure as SVG, letters as outlines: it looks the same wherever it is read, Chinese included.

    Without `outlines` letters stay text, for a page that brings the fonts along (analysis.publish.style.copy_fonts).
    """
    import matplotlib as mpl

    _plain_log_labels(fig)
    drawn = io.StringIO()
    letters = "path" if outlines else "none"
    with mpl.rc_context({"svg.hashsalt": HASH_SALT, "svg.fonttype": letters}):
        fig.savefig(drawn, format="svg", bbox_inches="tight", pad_inches=0.05, metadata={"Date": None})
    return drawn.getvalue()


def _plain_log_labels(fig: Figure) -> None:
    """Write the numbers of a log axis as text: matplotlib's own are mathematics, which the style does not read."""
    from matplotlib.ticker import LogFormatter, LogFormatterMathtext

    class Short(LogFormatter):
        """The ticks that matplotlib would label, in the house's short numbers."""

        def __call__(self, x: float, pos: int | None = None) -> str:
            return short(float(f"{x:.12g}")) if super().__call__(x, pos) else ""

    for axis in (axis for axes in fig.axes for axis in (axes.xaxis, axes.yaxis)):
        for ticks in (axis.major, axis.minor):
            if isinstance(ticks.formatter, LogFormatterMathtext):
                short_one = Short(labelOnlyBase=ticks.formatter.labelOnlyBase)
                (axis.set_major_formatter if ticks is axis.major else axis.set_minor_formatter)(short_one)


def show(
    fig: Figure, *, alt: str, title: str | None = None, caption: str | None = None, name: str | None = None
) -> None:
    """Display a figure in a notebook and close it.

    `alt` says what the figure shows to a reader who cannot see it. `title` (numbered, above the figure) and
    `caption` (below: units, source, data version) are text of the page, so they wrap on a phone and are
    found by the search. `name` lets a page refer to the figure by {numref}`name`. All of them may be
    computed; they are plain text.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    if not alt.strip():
        raise InputError("A figure needs alt text: say in a sentence what it shows.")
    texts = {"alt": alt, "title": title, "caption": caption, "name": name}
    given = {key: " ".join(text.split()) for key, text in texts.items() if text}
    # The text stays in the stored notebook, where the drawing is dropped, and is compared when it is rerun.
    words = "\n".join(given[key] for key in ("title", "alt", "caption") if key in given)
    drawing = svg(fig)
    plt.close(fig)
    display(  # type: ignore[no-untyped-call]
        {"image/svg+xml": drawing, "text/plain": words}, metadata={"image/svg+xml": given}, raw=True
    )
