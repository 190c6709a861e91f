"""Every table of the dataset, in the order in which the codebook tells them."""

from analysis.dataset.schema import Table
from analysis.dataset.tables import evidence, forecasts, policy, series

TABLES: dict[str, Table] = {
    table.name: table for table in (*evidence.TABLES, *policy.TABLES, *series.TABLES, *forecasts.TABLES)
}
