"""The command line: validate, show, series, agreement, quality, conflicts, release, build.

A wrong input ends with one sentence on stderr and exit code 1; nothing is half-written.
"""

from __future__ import annotations

import datetime
import logging
import sys
from pathlib import Path

import click
from tabulate import tabulate

from analysis.errors import InputError

ROOT = Path(__file__).resolve().parents[1]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Counting Counterfeits: the dataset, its series, and the report made from them."""


@cli.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def validate(folder: Path | None) -> None:
    """Check every rule on the tables in FOLDER (default: data/) and name every failure."""
    from analysis.dataset.files import data_folder
    from analysis.dataset.validate import validate as check

    place = data_folder(folder)
    failures = check(place)
    if failures:
        rows = [(f.table, f.row, f.column, f.value[:60], f.rule[:160]) for f in failures]
        click.echo(tabulate(rows, headers=("table", "row", "column", "value", "rule"), disable_numparse=True))
        raise InputError(f"{len(failures)} failures in {place}; the table above names each.")
    click.echo(f"{place}: every row obeys every rule.")


@cli.command()
@click.argument("series")
@click.option("--data", type=click.Path(path_type=Path), help="The data folder (default: data/).")
def show(series: str, data: Path | None) -> None:
    """Print the readings of SERIES with hedges, windows and sources; name none to list the series."""
    from analysis import load
    from analysis.publish.listing import series_listing

    click.echo(series_listing(load(data), series))


@cli.command("series")
@click.option("--data", type=click.Path(path_type=Path), help="The data folder (default: data/).")
def list_series(data: Path | None) -> None:
    """List every series with its title and unit."""
    from analysis import load

    frame = load(data).series[["series_id", "title", "unit", "frequency"]]
    click.echo(tabulate(frame.to_numpy().tolist(), headers=list(frame.columns)))


@cli.command()
@click.option("--data", type=click.Path(path_type=Path), help="The data folder (default: data/).")
def agreement(data: Path | None) -> None:
    """Read every printed figure again and count how often value, unit and hedge agree with the row."""
    from analysis import load
    from analysis.publish.listing import agreement_listing

    click.echo(agreement_listing(load(data)))


@cli.command()
@click.option("--data", type=click.Path(path_type=Path), help="The data folder (default: data/).")
def quality(data: Path | None) -> None:
    """Print how good the evidence is: tiers, hedges, windows, second sources, conflicts, conversions."""
    from analysis import load
    from analysis.publish.listing import quality_listing

    click.echo(quality_listing(load(data)))


@cli.command()
@click.argument("series", nargs=-1)
@click.option("--data", type=click.Path(path_type=Path), help="The data folder (default: data/).")
def conflicts(series: tuple[str, ...], data: Path | None) -> None:
    """Print the readings of SERIES (default: every series) that cannot all be true, with both sources."""
    from analysis import load
    from analysis.publish.conflicts_listing import conflicts_listing

    click.echo(conflicts_listing(load(data), series))


@cli.command()
@click.argument("version")
@click.option("--note", required=True, help="What changed, in a few words.")
@click.option("--date", default=None, help="Date of the release (default: today).")
@click.option("--data", type=click.Path(path_type=Path), help="The data folder (default: data/).")
def release(version: str, note: str, date: str | None, data: Path | None) -> None:
    """Record the tables as VERSION: its forecasts, fingerprint, datapackage.json and codebook."""
    from analysis.dataset.release import release as record
    from analysis.scrutiny.forecasts import forecasts_of

    day = date or datetime.date.today().isoformat()
    click.echo(f"{version} {record(version, day, note, data, forecasts=forecasts_of)}")


@cli.command()
@click.option(
    "--root", type=click.Path(path_type=Path), default=ROOT, help="The project (default: this one)."
)
def build(root: Path) -> None:
    """Build the book and the briefing from the data into _build/."""
    from analysis.publish.build import build_report

    build_report(root, echo=click.echo)


def main() -> None:
    """Run the command line; a wrong input is one sentence and exit code 1."""
    logging.getLogger("analysis").addHandler(logging.StreamHandler())  # what the store of results has to say
    try:
        cli()
    except InputError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
