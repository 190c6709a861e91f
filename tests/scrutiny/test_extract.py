"""What reaches a hypothesis, and no more: the key of its assessment changes with that alone."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.scrutiny.extract import extract
from analysis.scrutiny.hypothesis import hypothesis
from analysis.scrutiny.identifiability import breaks_inside, identifiable, measures_in_window
from analysis.scrutiny.ledger import _recipe, keys_of
from analysis.scrutiny.question import _offsets
from analysis.series import definition, material, printed_years


@pytest.fixture(scope="module")
def names(data):
    """A few hypotheses of different series."""
    rows = data.hypotheses.drop_duplicates("series_id")
    return [str(name) for name in rows["hypothesis_id"].iloc[::12]]


def keys(data, names):
    return {name: _recipe(data, name).key for name in names}


def changed(data, table, column, value, rows):
    frame = data.table(table).copy()
    frame.loc[rows(frame), column] = value
    return replace(data, **{table: frame})


def test_it_says_what_the_whole_dataset_says(data, names):
    for name in names:
        part, one = extract(data, name), hypothesis(data, name)
        assert hypothesis(part, name) == one
        assert identifiable(part, name) == identifiable(data, name)
        window = [list(measures_in_window(of, name)["measure_id"]) for of in (part, data)]
        assert window[0] == window[1]
        assert breaks_inside(part, one.series_id, one.start, one.end) == breaks_inside(
            data, one.series_id, one.start, one.end
        )
        pd.testing.assert_frame_equal(
            material(part, one.series_id), material(data, one.series_id), check_categorical=False
        )
        registered = data.hypotheses.set_index("hypothesis_id").loc[name, "denominator"]
        if registered:
            years = pd.Series(range(one.start, one.end + 1)).to_numpy()
            assert _offsets(part, registered, one, years) == _offsets(data, registered, one, years)


def test_it_holds_little(data, names):
    for name in names:
        part = extract(data, name)
        assert len(part.readings) < 0.1 * len(data.readings)
        assert len(part.hypotheses) == 1
        assert part.forecasts.empty
        assert part.glossary.empty


def test_a_reading_touches_the_hypotheses_of_its_series_alone(data, names):
    before = keys(data, names)
    own = hypothesis(data, names[0]).series_id
    reading = material(data, own)["reading_id"].iloc[0]
    after = keys(changed(data, "readings", "value", 77.0, lambda f: f["reading_id"] == reading), names)
    touched = {name for name in names if before[name] != after[name]}
    assert names[0] in touched
    for name in touched:
        row = data.hypotheses.set_index("hypothesis_id").loc[name]
        series = [row["series_id"], *filter(None, str(row["comparison"]).split(";"))]
        assert any(reading in set(material(data, one)["reading_id"]) for one in series)
    assert len(touched) < len(names)


def test_a_word_elsewhere_touches_none(data, names):
    before = keys(data, names)
    other = changed(data, "glossary", data.glossary.columns[1], "another word", lambda f: f.index[:1])
    assert keys(other, names) == before
    unused = ~data.readings["reading_id"].isin(
        {one for name in names for one in extract(data, name).readings["reading_id"]}
    )
    other = changed(data, "readings", "as_printed", "other words", lambda _: unused)
    assert keys(other, names) == before


def test_its_own_row_and_measure_and_breaks_touch_it(data, names):
    name = names[0]
    one = hypothesis(data, name)
    before = keys(data, [name])
    moved = changed(data, "hypotheses", "span_end", one.end - 1, lambda f: f["hypothesis_id"] == name)
    assert keys(moved, [name]) != before
    dated = changed(data, "measures", "announced", "1999", lambda f: f["measure_id"] == one.measure_id)
    assert keys(dated, [name]) != before
    row = data.breaks.iloc[:1].assign(series=definition(data, one.series_id).series_id)
    broken = replace(data, breaks=pd.concat([data.breaks, row], ignore_index=True))
    assert keys(broken, [name]) != before


def test_the_kept_keys_are_those_of_the_recipes(data, names):
    part = replace(data, hypotheses=data.hypotheses[data.hypotheses["hypothesis_id"].isin(names)])
    assert keys_of(part) == keys(data, names)


def test_printed_years_are_the_same(data, names):
    for name in names:
        one = hypothesis(data, name)
        try:
            whole = printed_years(data, one.series_id).table
        except InputError:
            continue
        pd.testing.assert_frame_equal(
            printed_years(extract(data, name), one.series_id).table, whole, check_categorical=False
        )


def test_an_unknown_hypothesis_is_told(data):
    with pytest.raises(InputError, match=r"hypotheses.csv has no row 'h-nothing'"):
        extract(data, "h-nothing")
