"""Every series of series.csv reconstructed, kept on disk (see `store`) for the readings that enter it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Literal, cast

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.readings import intervals
from analysis.results import Results
from analysis.series.definition import definition
from analysis.series.families import single_series
from analysis.series.key import UNIT_MARK
from analysis.series.material import material
from analysis.series.mixture import ReportingError
from analysis.series.reconstruction import Reconstruction, reconstruct_whole
from analysis.series.store import Recipe, fixed_digest, found_under, is_kept, kept, make_missing

DEFAULT = "default"
KEY_TABLES = ("readings", "sources", "series", "aliases", "conflicts", "vintages")  # what keys follow from
PRIOR: Literal["prior"] = "prior"
FEW = 4  # as many are made where they are asked for: a single series is no work for every core


@checked
def reconstructed(
    dataset: Dataset,
    series_id: str,
    *,
    hedge_model: str = "default",
    mirrors: bool = True,
    reporting_error: ReportingError = PRIOR,
) -> Reconstruction:
    """Return the reconstruction of a series, from disk where it was made before; options as in `reconstruct`.

    Raises
    ------
    InputError
        If the series is unknown or its readings make no series; the sentence names it and what to try.
    """
    return _reconstructed(dataset, series_id, hedge_model, mirrors, reporting_error)


@lru_cache(maxsize=2048)
def _reconstructed(
    dataset: Dataset, series_id: str, hedge_model: str, mirrors: bool, reporting_error: ReportingError
) -> Reconstruction:
    """Look on disk, else fit and keep."""
    usual = (hedge_model, mirrors, reporting_error) == (DEFAULT, True, PRIOR)
    key = _known_keys(dataset).get(series_id, "") if usual else ""
    if key and isinstance(known := found_under(series_id, key), Reconstruction):
        return known
    recipe = _recipe(dataset, series_id, hedge_model, mirrors, reporting_error)
    try:
        found = cast(Reconstruction, kept(recipe))
    except InputError as error:
        raise InputError(f"Series {series_id!r} cannot be reconstructed: {error}") from None
    object.__setattr__(found, "hedge_model", hedge_model)  # as asked for, where it is the default's as well
    return found


@lru_cache(maxsize=2048)
def _recipe(
    dataset: Dataset,
    series_id: str,
    hedge_model: str,
    mirrors: bool,
    reporting_error: ReportingError = PRIOR,
) -> Recipe:
    """Return how a series is made. Raises InputError where it is unknown or nothing speaks of it.

    Without mirrors, or under another hedge model, it is the series itself where none of its readings is one or
    none is read otherwise: most of what is asked for so.
    """
    readings = material(dataset, series_id)
    apart = []
    if hedge_model != DEFAULT and _read_otherwise(readings, hedge_model):
        apart.append(hedge_model)
    if not mirrors and (readings["tier"] == "mirror").any():
        readings = material(dataset, series_id, mirrors=False)
        apart.append("no-mirrors")
    model = hedge_model if hedge_model in apart else DEFAULT
    if reporting_error != PRIOR:
        apart.append(f"error-{reporting_error}")
    fixed_digest(readings)  # draws of the series, too, are told by these rows
    fiscal = definition(dataset, series_id).fiscal
    name = "-".join([series_id, *apart])
    return recipe_of(readings, name, model, reporting_error=reporting_error, fiscal=fiscal)


def series_recipe(dataset: Dataset, series_id: str) -> Recipe:
    """Return how a series is made under the default options. Raises InputError as `reconstructed` does."""
    return _recipe(dataset, series_id, DEFAULT, True)


@lru_cache(maxsize=64)
def _known_keys(dataset: Dataset, *, make: bool = False) -> dict[str, str]:
    """Return the key of each series, where they were told before: to tell them all anew takes seconds.

    With `make` they are told, and kept for the tables that they follow from.
    """
    recipe = Recipe("keys-of-series", keys_of, (dataset.only(KEY_TABLES),))
    found = kept(recipe) if make else found_under(recipe.name, recipe.key)
    return cast("dict[str, str]", found or {})


def keys_of(dataset: Dataset) -> dict[str, str]:
    """Return the key of each series that readings speak of."""
    found = {}
    for name in single_series(dataset):
        try:
            found[str(name)] = _recipe(dataset, name, DEFAULT, True).key
        except InputError:  # told where the series is asked for
            continue
    return found


def recipe_of(
    readings: pd.DataFrame,
    name: str,
    hedge_model: str = DEFAULT,
    *,
    reporting_error: ReportingError = PRIOR,
    fiscal: bool,
) -> Recipe:
    """Return how a series is made of its readings, under the name of its file; options as in `reconstruct`."""
    return Recipe(name, reconstruct_whole, (readings, hedge_model, reporting_error, fiscal))


def _read_otherwise(readings: pd.DataFrame, hedge_model: str) -> bool:
    """Tell whether a hedge model gives any reading another interval than the default does."""
    try:
        ends = [intervals(readings, model=model)[["low", "high"]] for model in (DEFAULT, hedge_model)]
    except InputError:  # told where the series is made
        return True
    return not ends[0].equals(ends[1])


@checked
def reconstruct_all(
    dataset: Dataset,
    names: Iterable[str] | None = None,
    *,
    hedge_model: str = "default",
    mirrors: bool = True,
    progress: bool = True,
) -> dict[str, Reconstruction | str]:
    """Return the reconstruction of every series (or of `names`), by id; a sentence where there can be none."""
    wanted = list(single_series(dataset) if names is None else names)
    make_series(dataset, wanted, ((hedge_model, mirrors),), progress=progress)
    return Results({name: _tried(dataset, name, hedge_model, mirrors) for name in wanted})


def make_series(
    dataset: Dataset, names: Iterable[str], variants: Iterable[tuple[str, bool]], *, progress: bool = True
) -> None:
    """Make what is not kept yet of `names`, each under every variant: hedge model, and whether mirrors count."""
    wanted = list(names)
    single = sum(UNIT_MARK not in name for name in wanted)  # the units of families have no key that is kept
    keys = _known_keys(dataset, make=single > FEW)
    recipes = {}
    for name, variant in product(wanted, variants):
        if variant == (DEFAULT, True) and name in keys and is_kept(name, keys[name]):
            continue
        try:
            recipe = _recipe(dataset, name, *variant)
        except InputError:  # told where the series is asked for
            continue
        recipes[recipe.path] = recipe  # without mirrors it may be the same
    make_missing(recipes.values(), label="series", progress=progress, few=FEW)


def _tried(dataset: Dataset, series_id: str, hedge_model: str, mirrors: bool) -> Reconstruction | str:
    """Return a reconstruction, or the sentence that says why there is none."""
    try:
        return reconstructed(dataset, series_id, hedge_model=hedge_model, mirrors=mirrors)
    except InputError as error:
        return str(error)
