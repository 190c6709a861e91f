"""The words of series.csv that no reading holds: kinds of families, tables that are added up, roles of readings."""

from __future__ import annotations

FAMILIES: dict[str, str] = {
    "origin": "economies that the goods came from",
    "product": "kinds of goods",
    "mode": "means of transport or trade",
    "province": "provinces of one country, counted by one kind of reporter",
    "border": "countries and customs unions, whoever counts there",
    "crime": "crimes: a subject, or a subject and the detail that names the crime",
    "platform": "platforms, each its own reporter",
}
# Families whose units may differ in who counted: their row may leave the reporters blank.
ANY_REPORTER = ("border", "platform")

DRAWN_FROM: dict[str, str] = {
    "border_lines": "the official US table of seizure lines, added up by fiscal year",
}

ROLES: dict[str, str] = {
    "used": "picked for its year, or taken as a growth rate or a stock on its day",
    "competing": "prints a year for which another reading was picked",
    "partial": "covers a part of a year or several: it informs the reconstruction",
    "set_aside": "never taken: the series sets it aside, or its window is not complete",
}
