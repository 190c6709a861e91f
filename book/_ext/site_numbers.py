"""Numbers in prose that lead to their source: {print}`adm-0677`, {year}`us-seizures 2021`, {made}`mps-suspects 2012`.

The words come from analysis.publish.numbers; what cannot be told is an error of the page, with its line.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from analysis.dataset import Dataset, load
from analysis.errors import InputError
from analysis.publish.numbers import VERBS, tell


@lru_cache(maxsize=2)
def dataset(folder: str) -> Dataset:
    """Load the data once a build."""
    return load(folder)


class Number(SphinxRole):
    """One number, told by the verb that the role is named after."""

    def run(self) -> tuple[list[nodes.Node], list[Any]]:
        """Return the words as a link that tells its print, window and source."""
        try:
            told = tell(dataset(str(Path(self.env.srcdir) / "data")), self.name, self.text)
        except InputError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        link = nodes.reference("", told.text, internal=True, refuri=told.address, reftitle=told.hover)
        link["classes"] += ["number", f"number-{self.name}"]
        return [link], []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register a role for each verb."""
    for verb in VERBS:
        app.add_role(verb, Number())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
