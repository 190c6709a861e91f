"""Figures as PNG: set from their SVG, all at once, with the letters that figures have."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

from analysis.building.pictures import write_pictures
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.show import forms


def draw(words: str) -> str:
    """Return a drawing of some words as a reader takes it."""
    fig, ax = style.subplots()
    ax.bar([1], [1], color=style.PRINT)
    ax.set_title(words)
    drawn = forms(fig, alt="A bar.", name="fig-bar").svg
    plt.close(fig)
    return drawn


def test_each_drawing_gets_its_picture_and_its_own_letters(tmp_path: Path):
    words = {"latin": "more than 11,000", "chinese": "侵权假冒", "blank": " "}
    for name, text in words.items():
        (tmp_path / f"{name}.svg").write_text(draw(text), encoding="utf-8")
    write_pictures(tmp_path)
    # Above the axes, where nothing but the title stands.
    ink = {name: (plt.imread(tmp_path / f"{name}.png")[:30, :, :3] < 0.5).sum() for name in words}
    assert ink["chinese"] > ink["blank"] + 200
    assert ink["latin"] > ink["blank"] + 200
    bar = np.array(plt.imread(tmp_path / "latin.png"))[..., :3]
    near = np.abs(bar - np.array(plt.matplotlib.colors.to_rgb(style.PRINT))).max(axis=2) < 0.02
    assert near.mean() > 0.2  # the bar, in its colour


def test_a_folder_without_drawings_stays_as_it_is_and_a_broken_drawing_is_told(tmp_path: Path):
    write_pictures(tmp_path / "none")
    write_pictures(tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "broken.svg").write_text("<svg", encoding="utf-8")
    with pytest.raises(InputError, match="The figures could not be set as PNG"):
        write_pictures(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["broken.svg"]
