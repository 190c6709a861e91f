"""The command line: validate, show, series, agreement, quality, conflicts, compare, release, check, add, build.

A wrong input ends with one sentence on stderr and exit code 1; nothing is half-written.
"""

from __future__ import annotations

import datetime
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import click
from tabulate import tabulate

from analysis.errors import InputError, end, shown

if TYPE_CHECKING:
    from analysis.dataset import Dataset

ROOT = Path(__file__).resolve().parents[1]


class _Folder(click.Path):
    """A folder that a user names; a blank name is refused, since to a path it is the folder one stands in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if value == "":
            raise InputError(
                "The name of a folder is blank; name the folder, or leave it out for the project's."
            )
        return super().convert(value, param, ctx)


FOLDER = _Folder(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Counting Counterfeits: the dataset, its series, and the report made from them."""


@cli.command()
@click.argument("folder", required=False, type=FOLDER)
def validate(folder: Path | None) -> None:
    """Check every rule on the tables in FOLDER (default: data/) and name every failure."""
    from analysis.dataset.failure import shown
    from analysis.dataset.files import data_folder
    from analysis.dataset.validate import validate as check
    from analysis.readings.agreement import unexplained
    from analysis.series.memberships import outdated

    place = data_folder(folder)
    failures = check(place, more=[unexplained, outdated])
    if failures:
        rows = [(f.table, shown(f.row), f.column, shown(f.value), f.rule[:200]) for f in failures]
        click.echo(tabulate(rows, headers=("table", "row", "column", "value", "rule"), disable_numparse=True))
        raise InputError(f"{len(failures)} failures in {place}; the table above names each.")
    click.echo(f"{place}: every row obeys every rule.")


@cli.command()
@click.argument("series", required=False)
@click.option("--data", type=FOLDER, help="The data folder (default: data/).")
def show(series: str | None, data: Path | None) -> None:
    """Print the readings of SERIES with hedges, windows and sources; name none to list the series."""
    from analysis import load
    from analysis.publish.listing import series_listing

    dataset = load(data)
    click.echo(_series_table(dataset) if series is None else series_listing(dataset, series))


@cli.command("series")
@click.option("--data", type=FOLDER, help="The data folder (default: data/).")
def list_series(data: Path | None) -> None:
    """List every series with its title and unit."""
    from analysis import load

    click.echo(_series_table(load(data)))


@cli.command()
@click.option("--data", type=FOLDER, help="The data folder (default: data/).")
def agreement(data: Path | None) -> None:
    """Read every printed figure again and count how often value, unit and hedge agree with the row."""
    from analysis import load
    from analysis.publish.listing import agreement_listing

    click.echo(agreement_listing(load(data)))


@cli.command()
@click.option("--data", type=FOLDER, help="The data folder (default: data/).")
def quality(data: Path | None) -> None:
    """Print how good the evidence is: tiers, hedges, windows, second sources, conflicts, conversions."""
    from analysis import load
    from analysis.publish.listing import quality_listing

    click.echo(quality_listing(load(data)))


@cli.command()
@click.argument("series", nargs=-1)
@click.option("--data", type=FOLDER, help="The data folder (default: data/).")
def conflicts(series: tuple[str, ...], data: Path | None) -> None:
    """Print the readings of SERIES (default: every series) that cannot all be true, with both sources."""
    from analysis import load
    from analysis.publish.conflicts_listing import conflicts_listing

    click.echo(conflicts_listing(load(data), series))


@cli.command()
@click.argument("version")
@click.option("--note", required=True, help="What changed, in a few words.")
@click.option("--date", default=None, help="Date of the release, YYYY-MM-DD (default: today).")
@click.option("--data", type=FOLDER, help="The data folder (default: data/).")
def release(version: str, note: str, date: str | None, data: Path | None) -> None:
    """Record the tables as VERSION, a new one: scopes counted, readings_series.csv, fingerprint, codebook.

    A minor or major version puts its forecasts on record; a patch does not.
    """
    from analysis.dataset.release import release as record
    from analysis.scrutiny.forecasts import forecasts_of
    from analysis.series.memberships import memberships

    day = datetime.date.today().isoformat() if date is None else date
    made = record(version, day, note, data, forecasts=forecasts_of, memberships=memberships)
    click.echo(f"{version} {made}")


@cli.command()
@click.argument("old")
@click.argument("new")
@click.option("--csv", type=click.Path(path_type=Path), help="Write everything that moved as one CSV table.")
@click.option("--markdown", type=click.Path(path_type=Path), help="Write it as Markdown.")
@click.option(
    "--no-estimates", is_flag=True, help="Leave out the yearly estimates, which take minutes at first."
)
@click.option(
    "--root", type=FOLDER, default=ROOT, help="The project whose revisions are meant (default: this one)."
)
def compare(
    old: str, new: str, csv: Path | None, markdown: Path | None, no_estimates: bool, root: Path
) -> None:
    """Print what moved between OLD and NEW, each a git revision, a tag, or a folder with a data package.

    Rows by table, conflicts and retired ids, series that are new, gone or longer, and yearly estimates that left
    their old band.
    """
    from analysis.publish.versions_listing import check_files, listing, write
    from analysis.scrutiny.between_versions import between_versions
    from analysis.scrutiny.version_folders import version_folder

    check_files(csv, markdown)
    with version_folder(old, root) as before, version_folder(new, root) as after:
        found = between_versions(before, after, estimates=not no_estimates)
    said = write(found, csv, markdown)
    click.echo("\n\n".join(filter(None, [listing(found), said])))


@cli.command()
@click.argument("text", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--date", "day", default=None, help="The day the text appeared, YYYY-MM-DD.")
@click.option("--format", "form", default="table", help="table (default), markdown, html or json.")
@click.option("--output", type=click.Path(path_type=Path), help="Write it to this file.")
@click.option("--language", default=None, help="zh or en (default: told from the text).")
@click.option("--source", default=None, help="Who published it, where that helps to tell who counted.")
@click.option("--data", type=FOLDER, help="The data folder (default: data/).")
def check(
    text: Path,
    day: str | None,
    form: str,
    output: Path | None,
    language: str | None,
    source: str | None,
    data: Path | None,
) -> None:
    """Print what each figure of TEXT means beside the record; TEXT is .txt, .html or .pdf, or - for standard input.

    Its interval, days and pace, whether the record has it, the same window a year before, what windows that nest imply,
    conflicts, what it must not be compared with, and a sentence that may be quoted.
    """
    from analysis.intake.reported import FORMS, written

    if form not in FORMS:
        raise InputError(f"There is no format {shown(form)}; use one of {', '.join(FORMS)}.")
    words, released = _release(text, day)
    from analysis import load
    from analysis.intake import check as against

    report = against(words, released, load(data), language=_language(language), source=source)
    click.echo(written(report, form, output), nl=False)


@cli.command()
@click.argument("text", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--date", "day", default=None, help="The day the text appeared, YYYY-MM-DD.")
@click.option("--from", "table", type=click.Path(path_type=Path), help="Take the rows from this CSV.")
@click.option("--title", default="", help="Title of the source.")
@click.option("--publisher", default="", help="Who published it.")
@click.option("--url", default="", help="Its address.")
@click.option("--kind", default="", help="Kind of document (default: news).")
@click.option("--tier", default="", help="How near it is to who counted (default: secondary).")
@click.option("--source-id", default="", help="Id of the source: one that sources.csv has, or a new one.")
@click.option("--language", default=None, help="zh or en (default: told from the text).")
@click.option("--dry-run", is_flag=True, help="Show what would move and write nothing.")
@click.option("--data", type=FOLDER, help="The data folder (default: data/).")
def add(
    text: Path,
    day: str | None,
    table: Path | None,
    language: str | None,
    dry_run: bool,
    data: Path | None,
    **source: str,
) -> None:
    """Add figures of TEXT to the record: each is shown and accepted, edited or skipped, or they come from a CSV.

    Shows which series, estimates and findings would move, then writes the tables as the next patch with the draft of
    its entry in CHANGELOG.md. Where it is broken off, refused or fails, nothing is changed.
    """
    words, released = _release(text, day)
    from analysis.intake.session import run
    from analysis.publish.moved_findings import moved_findings

    run(
        words,
        released,
        folder=data,
        table=table,
        language=_language(language),
        source=source,
        dry_run=dry_run,
        answer=_answer,
        say=click.echo,
        findings=moved_findings,
    )


@cli.command()
@click.option("--root", type=FOLDER, default=ROOT, help="The project (default: this one).")
def build(root: Path) -> None:
    """Build the book and the briefing from the data into _build/."""
    from analysis.building.stamp import report_is_current

    if report_is_current(root):  # asked here as well, before the libraries that a build needs are imported
        click.echo("the report is up to date")
        return
    from analysis.building.execution import warm_process
    from analysis.collector import look_no_more

    with warm_process(root) as warm:  # it imports while this process does
        from analysis.building.build import build_report

        build_report(root, warm=warm, echo=click.echo)
    look_no_more()


def _release(text: Path, day: str | None) -> tuple[str, str]:
    """Return the words of a text and the day it appeared. Raises InputError where one is missing."""
    from analysis.intake.text_files import read_text
    from analysis.readings.window_words.found import published_days

    if day is None:
        raise InputError(
            "The text's date is missing; give --date YYYY-MM-DD, since windows are told from it."
        )
    published_days(day)
    return read_text(text), day


def _language(given: str | None) -> Literal["zh", "en"] | None:
    """Return a language that texts are read in. Raises InputError for another one."""
    match given:
        case None | "zh" | "en":
            return given
    raise InputError(
        f"Texts are read in Chinese and English, not in {shown(given)}; give --language zh or en."
    )


def _answer(asked: str) -> str:
    """Return what a user answers on standard input."""
    click.echo(asked, nl=False)
    line = sys.stdin.readline() if sys.stdin else ""
    if not line:
        raise EOFError
    return line


def _series_table(dataset: Dataset) -> str:
    """Return every series with its title, unit, frequency and, of a family, what its units are."""
    frame = dataset.series[["series_id", "title", "unit", "frequency", "by"]]
    return tabulate(frame.to_numpy().tolist(), headers=list(frame.columns))


def main() -> NoReturn:
    """Run the command line; a wrong input is one sentence and exit code 1."""
    logging.getLogger("analysis").addHandler(logging.StreamHandler())  # what the store of results has to say
    end(_run)


def _run() -> None:
    """Run it with click's own endings, except those for which `end` has a sentence."""
    try:
        # By itself click would turn an interrupt, and a file that ends too soon, into "Aborted!".
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort as error:
        raise error.__cause__ or KeyboardInterrupt from None
