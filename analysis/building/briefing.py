"""Build the briefing: write what it says and its drawings into a folder, let Typst set it, check it, keep it."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.briefing_content import content
from analysis.publish.chart import Chart
from analysis.publish.findings import Finding
from analysis.publish.show import svg
from analysis.publish.style import copy_fonts
from analysis.scrutiny import Answer

if TYPE_CHECKING:
    from typst import PDFStandard, TypstWarning

TEMPLATE = Path(__file__).resolve().parents[2] / "book" / "briefing.typ"
# The fixed prose beside the template, a file a language.
PROSE = "briefing-{}.typ"
# Archivable (embedded fonts, no outside parts) and readable by assistive software (tags, alt texts).
STANDARDS: list[PDFStandard] = ["a-2a", "ua-1"]
FEWEST_PAGES, MOST_PAGES = 2, 4
# Tried in turn, in cm: at the first a chart's labels are 8.4 points high, at the last 7.
CHART_WIDTHS = (12.4, 11.8, 11.2, 10.6, 10.2)
# Where Typst points: "┌─ briefing.typ:12:3"
PLACE = re.compile(r"─ \S*?(?P<file>[^\s/\\]+\.(?:typ|svg|json)):(?P<line>\d+)")


def build_briefing(
    dataset: Dataset, findings: Sequence[Finding], charts: Sequence[Chart], target: Path, *,
    template: Path = TEMPLATE, answers: Sequence[Answer] = (), language: str = "en",
) -> Path:  # fmt: skip
    """Build the briefing in a language into `target` (A4 PDF) and return it.

    The same data, findings and charts give the same bytes: its only clock is the date of the data's version. With
    the `answers` on all bundles it has a box on single measures.

    Raises
    ------
    InputError
        If a finding or chart is incomplete, the template is missing or faulty, the briefing does not take two
        to four pages, or `target` cannot be written; an earlier PDF then stays whole.
    """
    told = content(dataset, findings, charts, answers, language)
    midnight = dt.datetime(**told["date"], tzinfo=dt.UTC)
    with tempfile.TemporaryDirectory(prefix="briefing-") as place:
        folder = Path(place)
        _write_inputs(folder, told, charts, template)
        pdf = _compile(folder / "briefing.typ", int(midnight.timestamp()))
    put(pdf, target)
    return target


def _write_inputs(folder: Path, told: dict[str, Any], charts: Sequence[Chart], template: Path) -> None:
    """Fill a folder with the template, the words as JSON, and the drawings."""
    try:
        shutil.copyfile(template, folder / "briefing.typ")
        prose = PROSE.format(told["language"])
        shutil.copyfile(TEMPLATE.with_name(prose), folder / prose)
    except OSError as error:
        raise InputError(f"The briefing's template {template} cannot be read: {error.strerror}.") from error
    for chart, words in zip(charts, told["charts"], strict=True):
        (folder / words["file"]).write_text(svg(chart.figure, outlines=False), encoding="utf-8")
    (folder / "briefing.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def _compile(template: Path, moment: int) -> bytes:
    """Set the briefing as a tagged, archivable PDF dated `moment`, its charts as wide as its number of pages allows.

    A warning (a missing font, say) is a fault too.
    """
    from typst import Compiler, TypstError

    root = template.parent
    fonts = copy_fonts(root / "fonts")
    try:
        compiler = Compiler(template, root=root, font_paths=[fonts], ignore_system_fonts=True)
        for width in CHART_WIDTHS:
            inputs = {"chart-width": str(width)}
            pdf, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards=STANDARDS, timestamp=moment, sys_inputs=inputs
            )
            if warnings:
                raise InputError(_sentence(warnings[0]))
            pages = int(
                json.loads(compiler.query("<pages>", field="value", one=True))
            )  # which the template labels
            if pages <= MOST_PAGES:
                break
    except TypstError as error:
        raise InputError(_sentence(error)) from error
    if not FEWEST_PAGES <= pages <= MOST_PAGES:
        raise InputError(
            f"The briefing takes {pages} page{'' if pages == 1 else 's'}, not {FEWEST_PAGES} to {MOST_PAGES}; "
            f"give it {'fewer' if pages > MOST_PAGES else 'more'} findings or charts."
        )
    assert isinstance(pdf, bytes)
    return pdf


def _sentence(problem: Exception | TypstWarning) -> str:
    """Tell what Typst found wrong, and where."""
    message = str(getattr(problem, "message", problem)).strip().rstrip(".")
    found = PLACE.search(str(getattr(problem, "diagnostic", "")))
    where = f"book/{found['file']}, line {found['line']}" if found else "book/briefing.typ"
    hints = "".join(f"; {hint}" for hint in getattr(problem, "hints", []))
    return f"The briefing could not be set: {where}: {message}{hints}."


def put(pdf: bytes, target: Path) -> None:
    """Put the finished PDF in its place at once, so that no reader ever meets half a file."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".briefing-", suffix=".pdf", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pdf)
            Path(name).chmod(0o644)
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"The briefing cannot be written to {target}: {error.strerror}.") from error
