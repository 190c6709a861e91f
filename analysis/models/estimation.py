"""Which estimator serves which family and which errors, all with one result: draws by coefficients.

| family | errors | coefficients | covariance |
| --- | --- | --- | --- |
| loglinear | model | least squares on logs | s^2 (X'X)^-1 |
| loglinear | ar1 | generalised least squares, rho integrated out (`integrated`) | a mixture of t |
| loglinear | ar1, inference t or normal | REML (`autoregression`) | Kenward-Roger (`small_sample`) |
| loglinear | hac, glsar | as `batched` | as `batched` |
| linear | as loglinear | the same on the values themselves | |
| poisson, quasipoisson, negbin | model, hac | maximum (quasi-)likelihood | as `batched`, `counts` |
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.models.autoregression import ar1_reml, ar1_reml_batch, distances, fittable, small_sample
from analysis.models.batched import Fits, least_squares, poisson
from analysis.models.counts import negative_binomial
from analysis.models.integrated import LOWEST, IntegratedFit, integrated_fit
from analysis.models.small_sample import SmallSample

Array = NDArray[np.float64]

ERRORS = {
    "loglinear": ("ar1", "model", "hac", "glsar"),
    "linear": ("ar1", "model", "hac", "glsar"),
    "poisson": ("model", "hac"),
    "quasipoisson": ("model", "hac"),
    "negbin": ("model", "hac"),
}
INFERENCE = ("integrated", "t", "normal")
LEAST_SQUARES = ("loglinear", "linear")


@dataclass(frozen=True)
class Estimates:
    """Regressions of M draws of one series on the same p columns.

    `beta` (M, p), `cov` (M, p, p) for intervals, `dispersion` (M), `rho` (M), the residual degrees of freedom,
    Kenward-Roger's quantities where there are any, and the fits over the grid of rho where it is integrated out.
    """

    beta: Array
    cov: Array
    dispersion: Array
    rho: Array
    residual_df: float
    small: SmallSample | None = None
    over_rho: IntegratedFit | None = None

    def degrees(self, contrasts: Array) -> Array:
        """Return the degrees of freedom (M, k) of `contrasts` (k, p)."""
        if self.small is not None:
            return self.small.degrees(contrasts)
        return np.full((len(self.beta), len(contrasts)), self.residual_df)


def check_pair(family: str, errors: str, inference: str | None) -> str:
    """Return the kind of inference: that asked for, or without one integrated where errors are AR(1), else t.

    Raises
    ------
    InputError
        If the choices do not go together; it names what is possible.
    """
    if family not in ERRORS:
        raise InputError(f"Family {family!r} is unknown; choose {', '.join(ERRORS)}.")
    if errors not in ERRORS[family]:
        possible = "; ".join(f"{name} with {', '.join(allowed)}" for name, allowed in ERRORS.items())
        raise InputError(f"Family {family!r} does not go with errors {errors!r}; possible are {possible}.")
    if inference is None:
        return "integrated" if errors == "ar1" else "t"
    if inference not in INFERENCE:
        raise InputError(f"Inference {inference!r} is unknown; choose {', '.join(INFERENCE)}.")
    if inference == "integrated" and errors != "ar1":
        raise InputError(
            f"Integrated inference goes with family loglinear or linear and errors ar1 only, not with {family} and "
            f"{errors}; possible for these are t and normal."
        )
    return inference


def estimates(
    draws: Array,
    matrix: Array,
    offset: Array,
    numbers: Array,
    *,
    family: str,
    errors: str,
    lags: int | None = None,
    inference: str = "integrated",
    lowest: float = LOWEST,
) -> Estimates:
    """Fit each of `draws` (M, n) on `matrix` (n, p), `offset` (n) on the log scale, at the times `numbers` (n).

    Under family linear the values are taken as they are, and the offset is left alone.

    Raises
    ------
    InputError
        If a fit does not converge, or X explains a series without error where that leaves nothing to estimate.
    """
    if family == "negbin":
        return _negative_binomial(draws, matrix, offset, errors, lags)
    values = np.log(draws) - offset if family == "loglinear" else draws
    if family in LEAST_SQUARES and errors == "ar1":
        if inference == "integrated":
            return _over_rho(values, matrix, numbers, lowest)
        return _autoregressive(values, matrix, numbers)
    stacked = np.broadcast_to(matrix, (len(draws), *matrix.shape))
    if family in LEAST_SQUARES:
        fits = least_squares(values, stacked, errors=errors, lags=lags)
    else:
        how = "hac" if errors == "hac" else {"poisson": "model", "quasipoisson": "quasi"}[family]
        fits = poisson(draws, stacked, np.broadcast_to(offset, draws.shape), errors=how, lags=lags)
    return _from_fits(fits, family)


def _from_fits(fits: Fits, family: str) -> Estimates:
    """Return a batch's fits. Raises InputError if one did not converge."""
    if not fits.converged.all() or not np.isfinite(fits.cov).all():
        raise InputError(
            f"The {family} model does not converge on this series: a term may be fitted without bound, as a step is "
            "where all values on one side are zero; leave a term out, or lengthen the series."
        )
    return Estimates(fits.beta, fits.cov, fits.dispersion, fits.rho, float(fits.df[0]))


def _over_rho(values: Array, matrix: Array, numbers: Array, lowest: float) -> Estimates:
    """Return fits over the grid of rho; the dispersion is the innovations' variance."""
    fittable(values, matrix)
    fit = integrated_fit(values, matrix, distances(numbers, len(matrix)), lowest=lowest)
    identity = np.eye(matrix.shape[1])
    beta = fit.mixture(identity).mean
    away = fit.beta - beta[:, None]
    within = (fit.weights * fit.sigma2)[..., None, None] * fit.unscaled
    between = fit.weights[..., None, None] * away[..., :, None] * away[..., None, :]
    innovations = np.sum(fit.weights * fit.sigma2 * (1 - fit.rhos**2), axis=1)
    return Estimates(beta, (within + between).sum(1), innovations, fit.rho, fit.df, None, fit)


def _autoregressive(logs: Array, matrix: Array, numbers: Array) -> Estimates:
    df = float(matrix.shape[0] - matrix.shape[1])
    if len(logs) == 1:
        fit = ar1_reml(logs[0], matrix, numbers)
        small, beta = fit.small_sample, fit.beta[None]
        rho, sigma2 = np.array([fit.rho]), np.array([fit.sigma2])
    else:
        batch = ar1_reml_batch(logs, matrix, numbers)
        small, beta, rho, sigma2 = small_sample(matrix, batch, numbers), batch.beta, batch.rho, batch.sigma2
    return Estimates(beta, small.cov, sigma2, rho, df, small)


def _negative_binomial(
    draws: Array, matrix: Array, offset: Array, errors: str, lags: int | None
) -> Estimates:
    fits = [negative_binomial(y, matrix, offset, errors=errors, lags=lags) for y in draws]
    cov = np.stack([fit.cov for fit in fits])
    return Estimates(
        np.stack([fit.beta for fit in fits]),
        cov,
        np.array([fit.alpha for fit in fits]),
        np.zeros(len(fits)),
        float(matrix.shape[0] - matrix.shape[1]),
    )
