"""A term of enforcement statistics with its meaning on hover: {stage}`破案`, from data/glossary.csv."""

from __future__ import annotations

import csv
import html
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


def meanings(data: Path) -> dict[str, str]:
    """Read the glossary: Chinese term -> what it means, what is counted, who counts."""
    with (data / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return {
            row[
                "term"
            ]: f"{row['pinyin']}: {row['english']}. Counts: {row['unit']}, by {row['counter']}. {row['caution']}"
            for row in csv.DictReader(file)
        }


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the role."""

    def stage(
        _name: str, rawtext: str, text: str, lineno: int, inliner: Any, *_: Any
    ) -> tuple[list[Any], list[Any]]:
        known = meanings(Path(app.srcdir) / "data")
        if text not in known:
            message = inliner.reporter.error(f"{text} is not in data/glossary.csv", line=lineno)
            return [inliner.problematic(rawtext, rawtext, message)], [message]
        meaning, term = html.escape(known[text], quote=True), html.escape(text)
        return [
            nodes.raw(
                "",
                f'<abbr class="stage" tabindex="0" lang="zh" title="{meaning}">{term}</abbr>',
                format="html",
            )
        ], []

    app.add_role("stage", stage)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
