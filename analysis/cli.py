"""The command line: validate, show, series, agreement, quality, conflicts, release, build.

A wrong input ends with one sentence on stderr and exit code 1; nothing is half-written.
"""

from __future__ import annotations

import datetime
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from tabulate import tabulate

from analysis.errors import InputError, end

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
@click.option("--root", type=FOLDER, default=ROOT, help="The project (default: this one).")
def build(root: Path) -> None:
    """Build the book and the briefing from the data into _build/."""
    from analysis.building.stamp import report_is_current

    if report_is_current(root):  # asked here as well, before the libraries that a build needs are imported
        click.echo("the report is up to date")
        return
    from analysis.building.build import build_report

    build_report(root, echo=click.echo)


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
