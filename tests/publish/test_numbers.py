"""Numbers in prose: each verb tells the words, where they lead, and the print behind them; what is wrong is said."""

import pytest

from analysis.errors import InputError
from analysis.publish.numbers import tell
from analysis.publish.words import capital, counted, signed_percent


def test_a_reading_is_told_as_printed_and_leads_to_its_own_address(data):
    told = tell(data, "print", "adm-0677")
    assert told.text == "1,455 cases"
    source = data.readings.set_index("reading_id").loc["adm-0677", "source_id"]
    assert told.address == f"../sources/{source}.html#adm-0677"
    assert told.hover.startswith("1455起; 2008; ")
    assert told.hover.endswith("(mirror); adm-0677")
    assert tell(data, "print", "adm-0677 | bare").text == "1,455"
    assert tell(data, "print", "adm-0677 | batches").text == "1,455 batches"


def test_years_shares_and_changes_come_from_the_prints(data):
    assert tell(data, "year", "us-seizures 2021").text == "more than 27,000 seizures"
    # 6,809 persons charged in 2017 and 20,817 in 2024, both printed in full: 20817 / 6809 = 3.0573
    assert tell(data, "change", "spp-persons-prosecuted 2017 2024").text == "3.06 times"
    assert tell(data, "share", "us-msrp-cn of us-msrp 2013").text.endswith(" percent")


def test_rates_and_additions_follow_from_windows(data):
    # more than 1,400 cases (to 1,500, the next round figure) over 193 and over 315 days
    assert tell(data, "rate", "plat-seed0-01").text == "7.3 to 7.8"
    assert tell(data, "rate", "plat-seed1-01").text == "4.4 to 4.8"
    # more than 90,000 cases (to 100,000) in the five years to 2020
    assert tell(data, "rate", "police-0027 | a year").text == "18,000 to 20,000"
    # more than 16,000 by 24 December 2020 and more than 21,000 by its end: 21,000 - 17,000 to 22,000 - 16,000
    assert tell(data, "added", "police-0019 police-0023").text == "4,000 to 6,000 cases"
    assert tell(data, "added", "police-0019 police-0023 | days").text == "7"
    assert tell(data, "added", "police-0019 police-0023 | a day").text == "571 to 857"


@pytest.mark.parametrize(
    ("verb", "asked", "says"),
    [
        ("print", "adm-9999", "no row 'adm-9999'"),
        ("year", "us-seizures", "names no series and year"),
        ("year", "us-seizures 1900", "has no published figure of 1900"),
        ("year", "no-such-series 2020", "no-such-series"),
        ("made", "us-seizures 1900", "no estimate for 1900"),
        ("share", "us-msrp-cn us-msrp 2021", "is no share; write it as"),
        ("rate", "police-0035", "'police-0035' has no complete window"),
        ("added", "police-0019", "is no addition; write"),
        ("added", "police-0001 plat-seed0-02", "does not extend"),
        ("change", "us-seizures 2020", "is no change; write it as"),
    ],
)
def test_what_cannot_be_told_is_said(data, verb, asked, says):
    with pytest.raises(InputError, match=says):
        tell(data, verb, asked)


def test_counts_and_changes_are_written_one_way():
    assert [counted(one) for one in (0, 1, 12, 13, 1200)] == ["none", "one", "twelve", "13", "1,200"]
    assert counted(1, "stands", "stand") == "one stands"
    assert counted(0, "case", "cases", none="no") == "no case"
    assert [signed_percent(one) for one in (0.12, -0.084, 0.0004, 2.5)] == ["+12%", "−8.4%", "0%", "+250%"]
    assert [signed_percent(one) for one in (float("nan"), float("inf"))] == ["not known", "no bound"]
    assert signed_percent(200, most=99) == "beyond +9,900%"
    assert signed_percent(0.207, 0) == "+21%"
    assert [signed_percent(one, 0, times=3) for one in (1.99, 2.0, 4.26)] == ["+199%", "3 times", "5.3 times"]
    assert signed_percent(1.145 - 1, 0) == signed_percent(0.145, 0)  # apart by their last bit alone
    assert capital("items of a case") == "Items of a case"
