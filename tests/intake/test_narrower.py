"""What narrows a figure in English: a port, a part of a union, an operation, one case; and windows of no one year."""

import pytest

DAY = "2025-12-04"


@pytest.mark.parametrize(
    "opening",
    [
        "In June 2025, CBP officers at the Port of Cincinnati",
        "In June 2025, U.S. Customs and Border Protection officers in Memphis",
        "In June 2025, CBP officers at Dulles International Airport",
    ],
)
def test_what_a_port_counts_is_of_one_place(rows, opening):
    one, two = rows(f"{opening} seized 47 shipments of watches. They held 812 items.")
    assert (one["breadth"], two["breadth"]) == ("one_place", "one_place")


def test_a_headline_on_a_port_holds_until_a_sentence_looks_at_the_nation(rows):
    here, there, after, again = rows(
        "Cincinnati CBP stops counterfeits\n\nOfficers seized 47 shipments in January 2025.\n\nNationwide, CBP "
        "seized 31,420 shipments in fiscal year 2025. The goods were worth $7.3 billion.\n\n"
        "Officers also found 96 belts.",
    )
    assert [one["breadth"] for one in (here, there, after, again)] == [
        "one_place",
        "total",
        "total",
        "one_place",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "In Italy, the authorities seized",
        "Spanish police seized",
        "Investigators in Poland seized",
        "Italy alone reported",
    ],
)
def test_one_state_of_a_union_is_one_place(rows, words):
    one, two = rows(f"Europol said that 9,000 fakes were seized in the EU in 2023. {words} 210 fakes.")
    assert (one["breadth"], two["breadth"]) == ("total", "one_place")


@pytest.mark.parametrize(
    "words",
    [
        "Ten member states together accounted for over 95% of",
        "The 10 leading Member States were responsible for 98% of",
        "Four member states made up 70% of",
    ],
)
def test_some_states_of_many_are_one_place_and_their_number_is_none(rows, words):
    *_, count, share = rows(
        f"The EUIPO said that 9,000 fakes were detained in the EU in 2023. {words} the items."
    )
    assert (count["indicator"], count["breadth"]) == ("regions_counted", "total")
    assert (share["indicator"], share["breadth"]) == ("share", "one_place")


def test_customs_of_a_country_are_no_port(rows):
    found = rows(
        "Swedish Customs: annual report\n\nIn 2024 officers seized 96,400 toys.\n\nClothing: 71,250 articles"
    )
    assert {one["breadth"] for one in found} == {"total"}


@pytest.mark.parametrize(
    "words",
    [
        "昨天凌晨,警方出动警力120余名,捣毁一处仓库",
        "In May, about 120 officers were deployed and searched a warehouse",
    ],
)
def test_officers_of_one_action_are_counted_over_it(rows, words):
    one = rows(f"{words}.")[0]
    assert (one["indicator"], bool(one["window_start"])) == ("staff", True)


@pytest.mark.parametrize(
    "words", ["In December, CBP", "In the United States, CBP", "In fiscal year 2025, CBP", "In FY 2025, CBP"]
)
def test_a_month_a_year_and_the_whole_country_are_no_part(rows, words):
    assert rows(f"{words} seized 4,300 shipments.", "2026-01-20")[0]["breadth"] == "total"


def test_a_text_on_an_operation_counts_what_it_did(rows):
    first, second, wider = rows(
        "Operation Mistral takes fakes off the market\n\nEuropol said that authorities of 25 countries took part "
        "from 1 March to 30 April 2025. Police arrested 54 suspects.\n\n"
        "In 2024, customs in the EU seized 112 million items.",
    )
    assert [one["breadth"] for one in (first, second, wider)] == ["one_operation", "one_operation", "total"]


@pytest.mark.parametrize(
    "words",
    [
        "officers opened two containers and found 5,550 fakes",
        "officers searched a unit on an estate and found 5,550 fakes",
        "police dismantled a criminal network that had sold 5,550 fakes",
        "customs filed an accusation against a company officer who imported 5,550 fakes",
        "officers arrested 5 people near Valencia for selling 5,550 fakes",
    ],
)
def test_one_case_by_its_deed(rows, words):
    assert {one["breadth"] for one in rows(f"In May 2025, {words}.")} == {"one_case"}


@pytest.mark.parametrize(
    "words",
    ["Every year fakes cost companies", "The agency has an annual budget of", "Fakes cost every year"],
)
def test_a_sum_of_every_year_has_no_one_window(rows, words):
    last = rows(f"Border Force made 1,420 seizures in 2024. {words} £5 million.")[-1]
    assert (last["window_start"], last["window_end"]) == ("", "")


def test_a_survey_of_shoppers_has_not_the_window_before_it(rows):
    *_, last = rows(
        "Border Force made 1,420 seizures in 2024. Some 27% of shoppers in a survey had bought a fake."
    )
    assert (last["window_start"], last["window_end"]) == ("", "")


def test_a_window_behind_two_figures_is_of_both(rows):
    one, two = rows("Since 2020 the unit has grown. Police made 74 raids and arrested 190 people in 2024.")
    assert one["window_start"] == two["window_start"] == "2024-01-01"
    assert one["window_end"] == two["window_end"] == "2024-12-31"


def test_a_thing_of_last_year_is_no_window(rows):
    (one,) = rows("The effort began after last year's game and led to 210 seizures by CBP.", "2023-02-10")
    assert one["window_start"] == ""


def test_a_volume_compared_with_an_edition_has_its_own_window(rows):
    found = rows(
        "Operation Ludus ran from 1 October 2024 to 31 January 2025. Europol said 11.2 million toys were seized. "
        "Compared with the fifth edition, which led to the seizure of 16 million toys, the volume fell by 30%."
    )
    windows = {one["value"]: one["window_start"] for one in found}
    assert (windows[-30], windows[16e6]) == ("2024-10-01", "")


def test_the_name_of_an_operation_is_no_unit(rows):
    assert rows("Operation Aphrodite: 6.2 million fake cosmetics seized in 2025")[0]["unit"] == "item"


@pytest.mark.parametrize("said", [", according to the EUIPO", " by the EUIPO"])
def test_who_counted_may_stand_behind(rows, said):
    (one,) = rows(f"In 2024, losses of EUR 3 billion were estimated{said}.")
    assert one["reporter"] == "EUIPO"
