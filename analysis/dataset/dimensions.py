"""The words of the harmonised dimensions: what a reading is about, one column a dimension."""

from __future__ import annotations

SUBJECTS: dict[str, str] = {
    "ipr_and_counterfeit": "IPR infringement together with fake and shoddy goods",
    "ipr": "all intellectual property rights",
    "trademark": "trademarks",
    "copyright": "copyright and piracy",
    "patent": "patents",
    "trade_secret": "trade secrets",
    "unfair_competition": "unfair competition",
    "plant_variety": "plant varieties",
    "geographical_indication": "geographical indications",
    "technology_contract": "technology contracts",
    "other_ip": "other intellectual property",
    "counterfeit_goods": "fake goods, copies of brands",
    "counterfeit_and_shoddy": "fake and shoddy goods (假冒伪劣), brand or not",
    "food_drug": "food, drugs and what goes with them",
    "food_drug_environment_ipr": "food, drugs, environment and IPR together (the wide scope of Kunlun)",
    "quality": "breaches of quality law",
    "consumer": "consumer complaints, not of fakes alone",
    "all_trade": "all goods or all trade enforcement",
    "all_crime": "all crimes together: what police, prosecutors and courts count besides (a control)",
    "economic_crime": "crimes against the economic order, those against IPR among them (a control)",
    "other_crime": "another crime than those against IPR, or a group of crimes; detail names it (a control)",
    "all_cases": "all cases of the courts, or all civil ones, whatever they are about (a control)",
    "fraud": "fraud and abuse on a platform",
    "other": "none of these; the notes say what",
}

TRACKS: dict[str, str] = {
    "criminal": "police, prosecutors, criminal courts",
    "civil": "civil courts",
    "administrative": "market regulators and other administrations, administrative courts",
    "all_courts": "criminal, civil and administrative court cases together",
    "border": "customs",
    "platform": "a platform's own action, or of police on its leads",
    "survey": "a survey",
    "estimate": "a modelled estimate",
    "other": "none of these",
}

STAGES: dict[str, str] = {
    "reported": "reported or complained of",
    "sampled": "sampled or bought as a test",
    "filed": "case opened (立案)",
    "investigated": "case investigated or handled (侦办, 查处)",
    "solved": "case called solved by police (破案)",
    "detained": "person detained (刑拘)",
    "arrested": "person caught or arrested (抓获)",
    "review_for_arrest": "arrest requested, received by prosecutors",
    "arrest_approved": "arrest approved by prosecutors (批捕)",
    "review_for_prosecution": "received by prosecutors for charging",
    "prosecuted": "charged in court (起诉)",
    "accepted": "taken in by a court or office (受理)",
    "first_instance": "at first instance (一审)",
    "second_instance": "on appeal (二审)",
    "retrial": "retried (再审)",
    "enforcement_of_judgment": "judgment enforced (执行)",
    "concluded": "closed by a court or office (审结)",
    "convicted": "found guilty (判决)",
    "transferred": "handed from an administration to the police (移送)",
    "supervised": "under a prosecutor's or ministry's supervision (监督, 督办)",
    "fined": "fined (罚款)",
    "seized": "seized or forfeited",
    "detained_at_border": "detained by customs (扣留)",
    "released": "released",
    "destroyed": "destroyed",
    "removed": "taken down or closed",
}

PRODUCTS: dict[str, str] = {
    "apparel": "clothing",
    "footwear": "shoes",
    "apparel_accessories": "clothing with its accessories, as one category",
    "bags": "handbags, wallets, luggage",
    "leather_goods": "leather goods",
    "watches": "watches",
    "jewellery": "jewellery",
    "watches_jewellery": "watches and jewellery, as one category",
    "eyewear": "spectacles and sunglasses",
    "luxury": "luxury goods",
    "personal_accessories": "watches, jewellery, glasses, bags and the like, as one category",
    "textiles": "textiles",
    "phones": "telephones and their parts",
    "computers": "computers and their parts",
    "consumer_electronics": "consumer electronics",
    "integrated_circuits": "integrated circuits",
    "circumvention_devices": "devices that get round copy protection",
    "electrical": "electrical goods",
    "home_appliances": "home appliances",
    "pharmaceuticals": "medicines",
    "personal_care": "cosmetics, perfume, body care",
    "pharma_personal_care": "medicines and personal care, as one category",
    "health_safety_security": "goods that touch health, safety or security",
    "daily_use_health_safety": "daily goods that touch health and safety (EU)",
    "covid_goods": "masks, tests, vaccines and other pandemic goods",
    "food": "food",
    "food_drink": "food and drink, as one category",
    "alcohol": "alcoholic drinks",
    "tobacco": "cigarettes and other tobacco",
    "toys": "toys",
    "toys_games": "toys and games, as one category",
    "sports": "sports goods",
    "books_media": "books and other media",
    "optical_media": "discs and recorded media",
    "films": "films",
    "software": "software",
    "websites": "websites and apps",
    "labels_packaging": "labels, tags and packaging",
    "packaging": "packaging alone",
    "auto_parts": "vehicle parts",
    "industrial": "industrial goods",
    "building_materials": "building materials",
    "agricultural": "seeds, pesticides, fertiliser",
    "furniture": "furniture",
    "other": "none of these, or the rest",
}

_ECONOMY = r"(?:[A-Z]{2}|OTHER|ASIA|EUROPE)"
ORIGIN = rf"{_ECONOMY}(?:\+{_ECONOMY})*"
ORIGIN_BASES: dict[str, str] = {
    "origin": "as the customs service calls it origin",
    "provenance": "provenance economy: of making or of transhipment (OECD, EU)",
    "shipping": "the economy the parcel was shipped from (Japan)",
}

MODES: dict[str, str] = {
    "express": "express couriers",
    "mail": "international mail",
    "express_mail": "express and mail together",
    "post_or_express": "post or courier (EU)",
    "cargo": "cargo",
    "freight": "freight of any kind",
    "container": "containers",
    "sea": "by sea",
    "air": "by air",
    "road": "by road",
    "rail": "by rail",
    "traveller": "carried by travellers",
    "ecommerce": "cross-border e-commerce",
    "de_minimis": "below the duty threshold",
    "market_procurement": "market procurement (市场采购)",
    "direct_purchase": "bought abroad directly",
    "other": "none of these",
}

# How much of a counter's work a figure totals; the rules of choice stand in coding_rules.py.
BREADTHS: dict[str, str] = {
    "total": "all that the reporter counts of what the other columns name",
    "key_cases": "only cases picked out: key, major, typical, supervised",
    "one_operation": "only what one campaign or operation brought in, where the reporter counts more",
    "one_place": "only a part of the jurisdiction: a city, port, some member states",
    "one_case": "one case or one bust",
}

WINDOW_BASES: dict[str, str] = {
    "printed": "the text or its title prints the days, months or the year",
    "text_date": "told from the date of the text (last year, so far this year)",
    "edition": "known from the edition of the report",
    "unknown": "not known, or incomplete",
}

ALIAS_KINDS: dict[str, str] = {
    "same_release": "the same figure of the same release or text, collected twice",
    "repeated": "another source repeats the figure; it stands in readings_sources.csv",
    "same_document": "the same document under two ids",
    "renamed": "the id named a natural person or was mended",
}

CONFLICT_KINDS: dict[str, str] = {
    "official": "two texts of who counted, or of agencies that quote them, contradict each other, and nothing shows "
    "a slip (40.6 and 172.9 billion yuan for 2013)",
    "retelling": "one text retells the figure wrongly or loosely; the verdict says which is right, the note how it is "
    "known (5,256 requests received, told as arrests)",
    "two_quantities": "no conflict: two quantities under one name, or two true prints of one (courts' cases at first "
    "instance and of all instances)",
    "revision": "no conflict: a later print restates an earlier one (44,500 batches in January, 47,200 in April)",
    "unknown": "they contradict each other, and whether source or retelling is wrong is not known (100 or 115 million "
    "listings in 2013)",
}
# Only these are figures that contradict each other; the other kinds are resolved.
CONTRADICTIONS = ("official", "unknown")

VERDICTS: dict[str, str] = {
    "quote_a": "quote the first reading, not the second",
    "quote_b": "quote the second reading, not the first",
    "quote_both": "quote both, each with its source: nothing decides",
    "quote_neither": "quote neither",
    "quote_each": "quote each for what it counts",
}
# The verdicts that a kind of conflict may have.
VERDICTS_OF: dict[str, tuple[str, ...]] = {
    "official": ("quote_a", "quote_b", "quote_both", "quote_neither"),
    "retelling": ("quote_a", "quote_b", "quote_neither"),  # the last where both err
    "two_quantities": (
        "quote_each",
        "quote_a",
        "quote_b",
    ),  # one of them where a number is told as the other's
    "revision": ("quote_a", "quote_b", "quote_both"),
    "unknown": ("quote_a", "quote_b", "quote_both", "quote_neither"),
}

# How the notes of a row begin whose figure, unit and hedge were read, and whose printed wording was not kept.
WORKING_NOTES = "wording from working notes"

# Dimensions that belong to a reading's text and not to its scope.
BY_READING = ("window_basis", "printed_step", "relation_base", "breadth")

# A reading may stand to another reading (its id follows), or to a quantity: an indicator or one of the wholes below.
TO_READINGS = ("part_of", "conversion_of")
TO_QUANTITIES = ("share_of", "change_of", "mean_of", "multiple_of")
_WHOLES = """
accounts_complained_of accounts_penalised adults_18_24 adults_18plus adults_25_34 adults_35_44 adults_45_55
adults_55plus all_site_listings appeals_by_reported_infringers arrest_decisions arrests_indictments_convictions
attempted_account_registrations blocked_or_removed_listings brands_on_the_platform buyers_of_category
buyers_of_counterfeits cases cases_and_persons_prosecuted counterfeits counterfeits_in_EU_JP_US crimes
current_buyers_of_fakes customs_districts ecommerce_linked_detentions failed_batches
folding_bikes_of_one_brand_on_taobao gangs global_counterfeiting goods goods_bought_on_singles_day_2014
goods_bought_online goods_bought_online_on_singles_day goods_on_taobao goods_sold_online historical_sales
imported_fakes_estimate imports_into_EU infringing_listing_removals_by_marketplaces interception_model_recognitions
ipr_crimes items_in_online_trades items_returned items_seized_outside_freight judgments leads
listings_removed_on_complaint livestream_shoppers_surveyed livestream_shoppers_with_a_problem
mary_kay_products_bought_on_chinese_sites non_buyers_or_stoppers online_buyers_of_fakes online_complaints
online_shops orders parcels_inspected prison_terms proactive_identifications proactive_removals products_sold
products_viewed prosecution_decisions residents_15_24 residents_15plus residents_55_64 respondents return_requests sales
seizures_infringing_korean_ip seizures_outside_freight sentencing_recommendations substandard
suspected_infringing_listings suspects suspicious_listings takedown_notices takedowns_in_group_chats
takedowns_in_private_chats total_exports transactions unstated user_reports violations weight_seized world_imports
world_trade
"""
WHOLES = frozenset(_WHOLES.split())
RELATION_BASE = (
    r"previous_year|previous_period|same_period_last_year|[0-9]{4}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
