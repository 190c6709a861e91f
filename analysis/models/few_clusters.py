"""Errors by groups where groups are few: the bias-reduced sandwich (CR2) and Satterthwaite's degrees of freedom.

The sandwich takes a group's summed score for its error, but the fit has bent towards each group, the more so the
larger the part K_g of the information that the group holds. In coordinates in which the information of all rows is
the identity, and with R leading from these to the parameters,

    V = R [sum_g A_g z_g z_g' A_g] R',    A_g = (I - K_g)^(-1/2),

z_g being the group's score (Bell, McCaffrey 2002, Bias reduction in standard errors for linear regression with
multi-stage samples, Survey Methodology 28(2):169-181). For a linear model K_g is the group's leverage; of other
likelihoods it is the same to first order. Where a group alone tells a parameter, I - K_g is singular and its
generalised inverse stands in (Pustejovsky, Tipton 2018, J Bus Econ Stat 36(4):672-683, doi
10.1080/07350015.2016.1247004). Quantiles are those of t with

    df = (sum_g P_gg)^2 / sum_gh P_gh^2,    P_gh = w_g' [1(g = h) K_g - K_g K_h] w_h,    w_g = A_g r,

r the parameter's row of R: the degrees of freedom by which V varies, were rows independent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

HELD = 1e-7  # of the information about some direction, left by the other groups, below which a group tells it alone


def few_clusters(scores: Array, information: Array, root: Array) -> tuple[Array, Array]:
    """Return the covariance (q, q) of the parameters and the degrees of freedom (q) of each, at least 1.

    Parameters
    ----------
    scores, information
        (G, q), (G, q, q) Score and information of each group, where that of all is the identity.
    root
        (q, q) From these coordinates to the parameters.
    """
    values, vectors = np.linalg.eigh(information)
    left = 1 - values
    scale = np.where(left > HELD, 1 / np.sqrt(np.maximum(left, HELD)), 0.0)
    adjusted = (vectors * scale[:, None, :]) @ np.swapaxes(vectors, 1, 2)
    moved = np.einsum("gij,gj->gi", adjusted, scores) @ root.T
    weights = root @ adjusted  # (G, q parameters, q)
    reached = weights @ information
    own = np.sum(reached * weights, axis=2)
    shared = np.sum(reached**2, axis=2)
    crossed = np.einsum("gpi,gpj->pij", reached, reached)
    first = (own - shared).sum(0)
    second = (own**2 - 2 * own * shared).sum(0) + (crossed**2).sum((1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        df = np.where((first > 0) & (second > 0), first**2 / second, 1.0)
    return moved.T @ moved, np.clip(df, 1.0, len(scores) - 1.0)
