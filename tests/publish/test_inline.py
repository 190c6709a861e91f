"""A drawing in a page: the page's colours, its own ids, words on each mark, and hostile text that stays text."""

import re
from html import unescape

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.publish import style
from analysis.publish.inline import variable
from analysis.publish.marks_grid import draw_grid
from analysis.publish.show import Forms, forms
from analysis.publish.touch import tell

HOSTILE = "</title></svg><script>pwn()</script>"


def drawn(name: str = "fig-a") -> Forms:
    figure, axes = style.subplots()
    axes.bar([1, 2], [3, 4], hatch="//", color=style.PRINT, edgecolor=style.PAPER)
    (line,) = axes.plot([1, 2], [2, 5], "o", color=style.RIVAL)
    tell(line, [(HOSTILE, ""), ("more than 11", 'sources.html#source-a"b')])
    axes.set_title(HOSTILE)
    return forms(style.finish(figure), alt=HOSTILE, name=name)


def test_every_mark_has_words_and_the_first_is_reached_by_the_tab_key():
    page = drawn().page
    layer = page[page.index('<g class="marks">') :]
    assert layer.count("<title>") == layer.count("<rect") == 4
    assert layer.startswith('<g class="marks"><g role="img" tabindex="0"><title>')
    assert re.findall(r'tabindex="(-?\d)"', layer) == ["0", "-1"]
    assert '<a href="sources.html#source-a&quot;b" tabindex="-1"><title>more than 11</title>' in layer


def test_hostile_text_stays_text():
    for markup in (drawn().page, drawn().svg):
        assert "<script" not in markup
        assert HOSTILE in unescape(markup)


@pytest.mark.parametrize("form", ["page", "svg"])
def test_two_drawings_share_no_id_and_miss_none(form):
    first, second = (getattr(drawn(name), form) for name in ("fig-a", "fig-b"))
    ids, others = (set(re.findall(r' id="([^"]+)"', page)) for page in (first, second))
    assert ids.isdisjoint(others)
    assert set(re.findall(r'(?:url\(|href=")#([^")]+)', first)) <= ids
    assert "url(#fig-a-" in first  # of the hatch


def test_a_page_asks_for_roles_and_what_is_taken_away_holds_colours():
    found = drawn()
    assert "var(--cc-print)" in found.page
    assert not re.search("#[0-9a-f]{6}", found.page)
    assert "var(" not in found.svg
    assert style.PRINT in found.svg


def test_what_lies_between_a_role_and_the_paper_is_mixed_and_a_stranger_stays():
    assert variable(style.tint(style.INK, 0.4)) == "color-mix(in srgb, var(--cc-ink) 40%, var(--cc-paper))"
    assert variable(style.PAPER) == "var(--cc-paper)"
    assert variable("#12ff05") == "#12ff05"


def test_a_grid_is_drawn_in_shades_that_follow_the_page():
    figure, axes = style.subplots()
    draw_grid(axes, pd.DataFrame([[1, 5], [20, 100]]))
    assert not re.search("#[0-9a-f]{6}", forms(style.finish(figure), alt="A grid.", name="g").page)


def test_letters_are_held_to_the_width_that_they_were_laid_out_in():
    figure, axes = plt.subplots()
    axes.text(0.1, 0.5, "imitations 侵权")
    widths = re.findall(
        r'textLength="([\d.]+)"[^>]*>imitations 侵权<', forms(figure, alt="Words.", name="w").svg
    )
    plt.close(figure)
    assert float(widths[0]) == pytest.approx(72, abs=15)


def test_the_same_figure_gives_the_same_bytes():
    assert drawn() == drawn()
