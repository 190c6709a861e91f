"""Mathematics as MathML: drawn by the browser, so that pages need no script and no font from elsewhere."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

logger = logging.getLogger(__name__)

# Environments that latex2mathml does not know or whose lines it numbers itself, and what stands for them.
ENVIRONMENTS = {
    "align": "align*",
    "aligned": "align*",
    "split": "align*",
    "gather": "gather*",
    "gathered": "gather*",
    "equation": "equation*",
}
TABLES = {"array", "cases", "matrix", "pmatrix", "bmatrix", "vmatrix", *ENVIRONMENTS.values()}
ENVIRONMENT = re.compile(r"\\(begin|end)\{(\w+\*?)\}")
# latex2mathml draws a single upright letter, such as the E of an expectation, in italics.
UPRIGHT_LETTER = re.compile(r"\\mathrm\{(\w)\}")
# What latex2mathml does not know it leaves as it stands: a command, or an & outside a table.
LEFT_OVER = re.compile(r">\s*(?:\\[A-Za-z]|&(?:amp;)?\s*<)")


def to_mathml(node: nodes.Element, display: str) -> str:
    """Convert a formula's TeX to a `<math>` element; warn (which stops the build) where that fails."""
    tex = ENVIRONMENT.sub(
        lambda found: f"\\{found[1]}{{{ENVIRONMENTS.get(found[2], found[2])}}}", node.astext()
    )
    try:
        markup = str(convert(UPRIGHT_LETTER.sub(r"\\text{\1}", tex), display=display))
    except Exception as error:  # latex2mathml has a dozen unrelated error types
        markup, problem = "", str(error) or type(error).__name__
    else:
        strange = {name for _, name in ENVIRONMENT.findall(tex)} - TABLES
        problem = "a command in it is not known" if strange or LEFT_OVER.search(markup) else ""
    if problem:
        logger.warning("the formula %r cannot be drawn: %s", node.astext(), problem, location=node)
    return markup


def visit_inline(self: Any, node: nodes.math) -> None:
    """Write a formula inside a sentence."""
    self.body.append(to_mathml(node, "inline"))
    raise nodes.SkipNode


def visit_block(self: Any, node: nodes.math_block) -> None:
    """Write a formula on its own line, with its number where it has a label."""
    self.body.append(self.starttag(node, "div", CLASS="formula"))
    self.body.append(to_mathml(node, "block"))
    if node.get("number"):
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})</span>')
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the renderer; _config.yml chooses it by html_math_renderer."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
