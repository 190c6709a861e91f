"""Build the report: check the data, set the briefing, build the site; replace what was there only at the end."""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.building import stamp
from analysis.building.briefing import build_briefing, put
from analysis.building.execution import warm_process
from analysis.building.processes import Echo, only_build
from analysis.building.site import build_site
from analysis.collector import look_seldom
from analysis.dataset import Dataset, load
from analysis.dataset.validate import validate
from analysis.errors import InputError, cause
from analysis.publish.briefing_content import briefing_charts
from analysis.publish.findings import briefing_findings
from analysis.publish.pages.effects.curves import scrutinies
from analysis.publish.series_tables import units_to_estimate
from analysis.readings.agreement import unexplained
from analysis.scrutiny import four_answers
from analysis.scrutiny.what_happened import headlines
from analysis.series.families import single_series
from analysis.series.memberships import outdated
from analysis.series.reconstructed import DEFAULT, make_series
from analysis.series.store import end_workers, prune

if TYPE_CHECKING:
    from analysis.building.kernels import WarmProcess


def build_report(root: Path, *, warm: WarmProcess | None = None, echo: Echo = print) -> None:
    """Build `_build/html` and the briefing in each language (`_build/briefing.pdf`, ...) of the project at `root`.

    The briefings are set while chapters run, beside the earlier ones, and take their places when the site stands as
    well. Chapters are forks of the `warm` process, or else of one that is started for them.

    Raises
    ------
    InputError
        If the data break a rule, a chapter raises, or the briefing cannot be set; the earlier report stays.
    """
    if stamp.report_is_current(root):
        echo("the report is up to date")
        return
    look_seldom()
    with nullcontext(warm) if warm else warm_process(root) as process:
        if not stamp.is_checked(root):
            check(root / "data")
        with only_build(root, "the report", echo=echo):
            _build_told(root, process, echo)


def _build_told(root: Path, warm: WarmProcess | None, echo: Echo) -> None:
    """Build both, and tell what the system refuses in a sentence."""
    try:
        _build(root, warm, echo)
    except OSError as error:
        raise InputError(
            f"The report could not be built in {root / '_build'}: {cause(error)}; the earlier one is as it was."
        ) from error


def _build(root: Path, warm: WarmProcess | None, echo: Echo) -> None:
    """Build both while nobody else does."""
    started, state = time.perf_counter(), stamp.state(root)
    dataset = load(root / "data")
    echo(f"data {dataset.version}, fingerprint {dataset.fingerprint[:8]}: every row obeys every rule")
    build = root / "_build"
    stamp.write_checked(root)
    site = build_site(
        root,
        warm=warm,
        first=lambda: make_numbers(dataset),
        meanwhile=lambda: set_briefings(dataset, build / "staged", echo),
        echo=echo,
    )
    for name in stamp.BRIEFINGS.values():
        put((build / "staged" / name).read_bytes(), build / name)
    prune()
    stamp.write_report(root, state)
    echo(f"built {site} and {build / stamp.BRIEFINGS['en']} in {time.perf_counter() - started:.0f} s")


def make_numbers(dataset: Dataset) -> None:
    """Make on every core what several chapters rest on: every series, the answers, the checks, the headlines."""
    make_series(
        dataset, [*single_series(dataset), *units_to_estimate(dataset)], ((DEFAULT, True),), progress=True
    )
    four_answers(dataset)
    scrutinies(dataset)
    headlines(dataset)
    end_workers()


def set_briefings(dataset: Dataset, folder: Path, echo: Echo) -> None:
    """Set the briefing in each language into a folder."""
    findings, answers = briefing_findings(dataset), tuple(four_answers(dataset).values())
    for language, name in stamp.BRIEFINGS.items():
        charts = briefing_charts(dataset, language)
        build_briefing(dataset, findings, charts, folder / name, answers=answers, language=language)
    echo("set the briefing")


def check(data: Path) -> None:
    """Raise InputError with the first failure and their number if the tables break a rule."""
    failures = validate(data, more=[unexplained, outdated])
    if failures:
        more = f" (and {len(failures) - 1} more)" if len(failures) > 1 else ""
        raise InputError(f"{failures[0]}{more}; run `python -m analysis validate` for all of them.")
