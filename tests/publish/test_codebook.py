"""The codebook says what the schema says, and counts what the data hold."""

import dataclasses

import pandas as pd
import pytest

from analysis.dataset import vocabulary_uses
from analysis.dataset.dimensions import STAGES
from analysis.dataset.tables import TABLES
from analysis.publish.pages import codebook
from analysis.publish.pages.codebook import columns, context
from analysis.series import context_years, families, single_series, units_of
from analysis.series.quality import coverage


def test_every_table_and_column_is_told(data):
    overview = repr(codebook.overview_table(data))
    listed = list(codebook.column_tables(data))
    assert len(listed) == len(TABLES)
    for (name, one), told in zip(TABLES.items(), listed, strict=True):
        assert f"{name}.csv" in overview
        markup = told._repr_html_()
        assert all(f"<td>{field.name}</td>" in markup for field in one.fields)


def test_every_vocabulary_is_told_with_its_meanings(data):
    uses = vocabulary_uses.vocabulary_uses()
    told = "".join(one._repr_html_() for one in codebook.vocabulary_tables(data))
    for words in uses:
        if len(words) > columns.SHOWN_WORDS or words in vocabulary_uses.meanings():
            assert all(f"<td>{word}</td>" in told for word in words)
    columns_told = "".join(one._repr_html_() for one in codebook.column_tables(data))
    assert "increase, decrease, either" in columns_told  # a short list stands with its column
    assert "<td>either</td>" not in told
    assert vocabulary_uses.meanings()[tuple(STAGES)] == STAGES
    counts = vocabulary_uses.word_counts(data, uses[tuple(STAGES)])
    used = (data.readings["stage"] == "solved").sum() + (data.glossary["stage"] == "solved").sum()
    assert counts["solved"] == used


def test_words_of_a_list_are_counted_one_by_one(data):
    field = next(field for field in TABLES["measures"].fields if field.name == "instrument")
    counts = vocabulary_uses.word_counts(data, [(TABLES["measures"], field)])
    assert counts["penalty"] == data.measures["instrument"].str.contains("penalty").sum()


def test_the_glossary_follows_a_case(data):
    text = repr(codebook.glossary_table(data))
    assert len(data.glossary) == sum(term in text for term in data.glossary["term"])
    assert (
        text.index("立案") < text.index("破案") < text.index("批捕") < text.index("起诉") < text.index("判决")
    )


def test_the_concordance_is_whole(data):
    assert codebook.concordance_table(data)._repr_html_().count("<tr>") == len(data.concordance) + 1


def test_the_dimensions_chart_draws_the_shares(data):
    use = vocabulary_uses.dimension_use(data)
    assert use.loc["stage", "filled"] == (data.readings["stage"] != "").mean()
    assert use.loc["product", "words"] == data.readings["product"].replace("", None).nunique()
    widths = sorted(patch.get_width() for patch in codebook.dimensions_chart(data).figure.axes[0].patches)
    assert widths == pytest.approx(sorted(use["filled"] * 100))


def test_scope_words_count_the_mapping(data):
    words = context.scope_words(data)
    assert words["scope_rows"] == f"{len(data.scopes):,}"
    moved = data.scopes[data.scopes["indicator_as_collected"] != data.scopes["indicator"].astype(str)]
    assert words["scope_renamed"] == f"{moved['readings'].sum():,}"


def test_the_lengths_are_those_of_the_coverage(data):
    counts, covered = columns.lengths(data), coverage(data)
    assert counts.to_numpy().sum() == len(single_series(data))
    place = list(columns.BINS).index(columns.FIRST_LONG)
    assert counts.iloc[:, place:].to_numpy().sum() == (covered["years"] >= columns.NEEDED).sum()
    chart = codebook.lengths_chart(data)
    printed = sorted(int(text.get_text()) for text in chart.figure.axes[0].texts)
    assert printed == sorted(counts.to_numpy()[counts.to_numpy() > 0])
    assert chart.title.startswith(
        f"{(covered['years'] >= columns.NEEDED).sum()} of {len(single_series(data))}"
    )


def test_every_series_is_listed_once_with_its_caveats(data):
    markup = "".join(one._repr_html_() for one in codebook.series_tables(data))
    for name in single_series(data):
        assert markup.count(f"<td>{name}</td>") == 1


def denominator(data, windows):
    """Return the denominators of a small context table: one series over (start, end)."""
    rows = pd.DataFrame(windows, columns=["window_start", "window_end"]).apply(pd.to_datetime)
    rows = rows.assign(series="parcels", jurisdiction="CN", origin="", unit="parcel", value=1.0)
    return context_years.denominators(dataclasses.replace(data, context=rows)).iloc[0]


def test_gaps_of_a_denominator_are_the_years_between(data):
    found = denominator(
        data, [("2010-01-01", "2010-12-31"), ("2013-01-01", "2013-12-31"), ("2014-01-01", "2014-06-30")]
    )
    assert (found["basis"], found["years"], found["missing"]) == ("calendar year", (2010, 2013), (2011, 2012))
    fiscal = denominator(data, [("2010-10-01", "2011-09-30")])
    assert (fiscal["basis"], fiscal["years"]) == ("fiscal year", (2011,))
    stock = denominator(data, [("2010-12-31", "2010-12-31"), ("2012-12-31", "2012-12-31")])
    assert (stock["basis"], stock["missing"]) == ("stock", (2011,))
    parts = denominator(data, [("2014-01-01", "2014-06-30")])
    assert (parts["basis"], parts["years"]) == ("other windows", ())


def test_years_are_written_as_ranges():
    assert context.ranges(()) == ""
    assert context.ranges((2000, 2001, 2002, 2005)) == "2000 to 2002, 2005"


def test_the_context_chart_shows_held_and_missing_years(data):
    frame = context_years.denominators(data)
    frame = frame[frame["years"].map(len) >= context.SHOWN_YEARS]
    chart = codebook.context_chart(data)
    cells = chart.figure.axes[0].collections[0].get_array().ravel()
    assert (cells == context.HELD).sum() == frame["years"].map(len).sum()
    assert (cells == context.MISSING).sum() == frame["missing"].map(len).sum()
    whole = data.context["origin"] == ""
    parts = [
        data.context[one].groupby(["series", "jurisdiction"], observed=True).ngroups
        for one in (whole, ~whole)
    ]
    assert len(context_years.denominators(data)) == sum(parts)


def test_a_later_year_of_a_denominator_gets_a_cell(data):
    row = data.context[
        (data.context["series"] == "population") & (data.context["jurisdiction"] == "CN")
    ].tail(1)
    later = row.assign(window_start=pd.Timestamp(2031, 1, 1), window_end=pd.Timestamp(2031, 12, 31))
    more = dataclasses.replace(data, context=pd.concat([data.context, later], ignore_index=True))
    first = min(
        min(years) for years in context_years.denominators(more)["years"] if len(years) >= context.SHOWN_YEARS
    )
    axes = codebook.context_chart(more).figure.axes[0]
    names = [label.get_text() for label in axes.get_yticklabels()]
    cells = axes.collections[0].get_array().reshape(len(names), -1)
    assert cells.shape[1] == 2031 - first + 1
    assert cells[names.index("population, CN"), -1] == context.HELD
    assert axes.get_xlim()[1] >= cells.shape[1]


def test_the_citation_names_version_and_fingerprint(data):
    words = codebook.words(data)
    assert data.version in words["citation"]
    assert data.fingerprint[:16] in words["citation"]
    assert all(word.strip() for word in words.values())


def test_every_family_is_told_with_its_units_and_holes(data):
    told = codebook.panels_table(data)._repr_html_()
    pages = [one._repr_html_() for one in codebook.panel_tables(data)]
    several = [name for name in families(data) if len(units_of(data, name)) > 1]
    assert len(pages) == len(several)
    for name in families(data):
        assert f'id="family-{name}"' in told
    lines = next(page for page in pages if "(us-lines-by-mode," in page)
    named = data.border_lines[~data.border_lines["mode"].isin(["", "other"])]
    assert lines.count("\u25cf") == len(named[["mode", "fiscal_year"]].drop_duplicates())
    assert "\u25cb" not in lines
