"""The chapter on where reported cases are: rates by province, concentration, parcels, goods by region."""

from analysis.publish.pages.where.map import map_chart
from analysis.publish.pages.where.places import (
    cities_table,
    goods_chart,
    parcels_table,
    quotients_chart,
    rates_chart,
)
from analysis.publish.pages.where.words import words
