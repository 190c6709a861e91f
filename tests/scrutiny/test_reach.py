"""Which measures touch which series: the written rule on its own examples, and cases that an audit named."""

import pytest

from analysis.dataset import coding_rules
from analysis.errors import InputError
from analysis.scrutiny.reach import starting, touches


@pytest.fixture(scope="module")
def cells(data):
    return dict(zip(data.measures["measure_id"], data.measures["reach"].str.split(";"), strict=True))


@pytest.mark.parametrize("word", list(coding_rules.REACH))
def test_the_rule_is_that_of_the_table(cells, word):
    rule = coding_rules.REACH[word]
    assert rule.sentence.endswith(".")
    assert word in cells[rule.example]
    other = rule.counter.split(",")[0].split(":")[0]
    assert word not in cells[other]
    assert rule.counter.rpartition(": ")[2] in cells[other]


@pytest.mark.parametrize(
    ("measure", "series", "touched"),
    [
        ("cn-2001-02-28-drug-law", "us-seizures", False),
        ("cn-2019-10-11-food-safety-regulations", "us-seizures", False),
        ("eu-2011-05-04-mou", "cnipa-patent-passing-off", False),
        ("cn-2010-03-02-tobacco-crime", "cnipa-patent-passing-off", False),
        ("cn-2009-02-28-food-safety-law", "cnipa-patent-passing-off", False),
        ("cn-2005-sword-net", "gacc-batches", False),
        ("cn-2005-sword-net", "ncac-copyright-cases", True),
        ("cn-2017-longteng", "jp-cases-cn", True),
        ("cn-2017-longteng", "jp-cases", True),
        ("cn-2017-longteng", "jp-cases-kr", False),
        ("jp-2022-03-customs-act", "jp-cases-kr", True),
        ("jp-2022-03-customs-act", "us-seizures", False),
        ("eu-2013-06-12-reg-608", "de-items", True),
        ("b2-at-2020-product-piracy-act", "eu-border-items", False),
        ("cn-2013-08-30-trademark-law", "spc-civil-accepted", True),
        ("cn-2013-08-30-trademark-law", "spc-civil-patent-accepted", False),
        ("cn-2021-fewer-arrests", "spp-all-arrests-approved", True),
        ("cn-2020-09-12-ip-criminal-3", "spp-all-arrests-approved", False),
    ],
)
def test_cases_that_readers_would_ask_about(data, measure, series, touched):
    assert touches(data, measure, series) is touched


def test_every_registered_measure_touches_its_series(data):
    rows = data.hypotheses
    missed = [
        row["hypothesis_id"]
        for row in rows.to_dict("records")
        if not touches(data, str(row["measure_id"]), str(row["series_id"]))
    ]
    assert missed == []


def test_later_editions_start_nothing(data):
    assert "cn-2021-kunlun" not in starting(data, "mps-cases-solved", 2021, 2021)
    assert "cn-2019-kunlun" in starting(data, "mps-cases-solved", 2019, 2019)


def test_an_unknown_measure_is_named(data):
    with pytest.raises(InputError, match="no row 'cn-1066'"):
        touches(data, "cn-1066", "us-seizures")
