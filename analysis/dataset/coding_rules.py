"""How the words of columns are chosen that two people would choose differently: subject, breadth, reach.

Each word has a sentence, an example that it takes, and one that it does not take, with the word that does.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CodingRule:
    """When a word is chosen: a sentence, an example, and a counter-example with the word that it takes."""

    sentence: str
    example: str
    counter: str


SUBJECT_ORDER = (
    "The words printed for the figure decide: first those of the figure itself, then of its sentence, then of the "
    "title. Where another text of the same counter names the same count more fully, the fuller name stands. A right "
    "that is named goes before a kind of goods. A share takes the subject of what is counted in its numerator. Who "
    "counts decides only for customs, whose power to stop fakes is a power over rights."
)

SUBJECTS: dict[str, CodingRule] = {
    "ipr_and_counterfeit": CodingRule(
        "The text names infringement of rights and fake or shoddy goods together (侵权假冒).",
        "the police solved 21,000 cases of IPR infringement and of making fake and shoddy goods",
        "30,000 intellectual property infringements, nothing of fakes beside: ipr",
    ),
    "ipr": CodingRule(
        "The text speaks of intellectual property as a whole, or of several rights together; all that customs stop "
        "or seize for the sake of a right, also where they call it fakes.",
        "US customs seized 27,599 shipments of fakes; courts took in 30,000 IP cases",
        "cases of trademarks alone: trademark; fake masks that customs seized as unsafe: counterfeit_goods",
    ),
    "trademark": CodingRule(
        "The text names trademarks alone, or the crimes of articles 213 to 215.",
        "31,000 cases of trademark infringement",
        "trademark and patent violations together: ipr, with the detail trademark_and_patent",
    ),
    "copyright": CodingRule(
        "The text names copyright or piracy alone, or the crimes of articles 217 and 218.",
        "administrations dealt with 3,378 copyright cases",
        "pirated and counterfeit goods together: ipr",
    ),
    "patent": CodingRule(
        "The text names patents of any kind alone, passing off of patents among them.",
        "21,237 cases of goods passed off as patented",
        "counterfeits of a design that customs stop: other_ip where designs are named, else ipr",
    ),
    "trade_secret": CodingRule(
        "The text names trade secrets alone.",
        "167 people prosecuted for theft of trade secrets",
        "trade secrets within unfair competition suits: unfair_competition",
    ),
    "unfair_competition": CodingRule(
        "The text names unfair competition as a kind of case.",
        "2,543 first-instance suits of unfair competition, monopoly among them",
        "a shop's false advertising, with no case opened: fraud",
    ),
    "plant_variety": CodingRule(
        "The text names rights in plant varieties.",
        "suits over new plant varieties",
        "fake seed without a word of rights: counterfeit_and_shoddy",
    ),
    "geographical_indication": CodingRule(
        "The text names geographical indications.",
        "cases of misused geographical indications",
        "a certification mark called a trademark: trademark",
    ),
    "technology_contract": CodingRule(
        "The text names suits over technology contracts.",
        "1,238 first-instance suits over technology contracts",
        "patent licences fought over as patents: patent",
    ),
    "other_ip": CodingRule(
        "A right that has no word of its own, or the rest of a list of rights.",
        "goods with Olympic symbols; designs at the Japanese border; other IP suits",
        "all rights together: ipr",
    ),
    "counterfeit_goods": CodingRule(
        "The text speaks of fakes, counterfeits or copies of brands, names no right, and says nothing of shoddy goods.",
        "a platform closed 240,000 shops for fakes; 4,773 counterfeiting cases",
        "fake and shoddy goods in one breath: counterfeit_and_shoddy; seized by customs for a right: ipr",
    ),
    "counterfeit_and_shoddy": CodingRule(
        "The text speaks of fake and shoddy, inferior or poor-quality goods (假冒伪劣), with a brand or without, and "
        "of no right; the crimes of articles 140 to 150.",
        "people prosecuted for making and selling fake and shoddy goods",
        "batches that failed a test of quality: all_trade or quality",
    ),
    "food_drug": CodingRule(
        "The text speaks of food, drugs, medical devices or cosmetics as the law on them, fake or unsafe.",
        "1,099 cases of counterfeit drugs dealt with by the regulator of drugs",
        "fake cosmetics among a platform's fakes: counterfeit_goods with product personal_care",
    ),
    "food_drug_environment_ipr": CodingRule(
        "The wide scope of the police bureau of food, drugs and environment: several of these with IPR in one figure.",
        "75,000 cases of food, drugs, environment and IPR in Kunlun",
        "the IPR part of the same release: ipr_and_counterfeit",
    ),
    "quality": CodingRule(
        "Breaches of the laws on quality, standards, metering or certification, whether or not a fake is among them.",
        "51,000 cases of the quality inspectorate",
        "fake and shoddy goods named as such: counterfeit_and_shoddy",
    ),
    "consumer": CodingRule(
        "Complaints or rights of consumers of every kind.",
        "607,263 complaints of consumers",
        "the share of those complaints that is of fakes: counterfeit_goods",
    ),
    "all_trade": CodingRule(
        "Goods, samples, offers or seizures of every kind, of which fakes are a part at most.",
        "503 batches sampled on platforms; 83,402 seizures for any breach of trade law",
        "the samples found to be fakes: counterfeit_goods",
    ),
    "all_crime": CodingRule(
        "A control: all crimes of a counter together.",
        "940,000 arrests approved for crimes of every kind in a year",
        "all crimes against IPR: ipr; all crimes against the economic order: economic_crime",
    ),
    "economic_crime": CodingRule(
        "A control: crimes against the economic order, those against IPR among them.",
        "prosecutions for crimes against the order of the socialist market economy",
        "crimes against IPR alone: ipr; one other crime of that chapter: other_crime",
    ),
    "other_crime": CodingRule(
        "A control: one crime, or a group of crimes, that is not against IPR and has no word of its own.",
        "people prosecuted for telecom fraud, named in detail",
        "making and selling fake and shoddy goods: counterfeit_and_shoddy; food and drugs: food_drug",
    ),
    "all_cases": CodingRule(
        "A control: all cases of courts or offices, or all civil ones, whatever they are about.",
        "civil cases of every kind taken in by all courts",
        "all IP cases of the courts: ipr, with track all_courts",
    ),
    "fraud": CodingRule(
        "Fraud, abuse or false marketing on a platform, fakes among them or not.",
        "6 million attempts to open a seller's account stopped",
        "accounts closed for fakes: counterfeit_goods",
    ),
    "other": CodingRule(
        "None of these, or too mixed for any; notes or detail say what.",
        "all special campaigns of the market regulator together",
        "a mixture that has a word: ipr_and_counterfeit, food_drug_environment_ipr",
    ),
}

BREADTH_ORDER = (
    "The narrowest that holds is chosen, in the order one_case, key_cases, one_place, one_operation, total. A series "
    "takes totals unless its row in series.csv says otherwise."
)

BREADTHS: dict[str, CodingRule] = {
    "total": CodingRule(
        "All that the reporter counts of what the other columns name, in the place and the window, however finely "
        "they name it; also an interim total, and a programme that takes up all of the reporter's work of a year.",
        "11,000 cases of all provinces in a year; items of one product, all of them; a province's police on its year",
        "the 44 of those cases under the ministry's supervision: key_cases",
    ),
    "key_cases": CodingRule(
        "Only cases that the reporter, or one above it, picked out: key, major, typical, supervised, cluster battles.",
        "340 major cases under the ministry's supervision",
        "cases above a threshold of law, all of them: total, with the threshold in detail",
    ),
    "one_operation": CodingRule(
        "Only what one campaign, action or round of raids brought in, or several named ones, where the "
        "reporter counts more besides.",
        "cases of Sword Net from June to November; seizures of a customs campaign of four months",
        "the ministry's whole year though it bears the campaign's name and no text says it is the campaign's: total",
    ),
    "one_place": CodingRule(
        "Only a part of the jurisdiction: a city, district, port, office, or some provinces or member states of many.",
        "seizures of one port; the share of ten member states",
        "a whole province under its own code, or one member state under its own: total",
    ),
    "one_case": CodingRule(
        "One case or one bust, however large.",
        "more than 40 suspects of a case with a name; what one raid found",
        "18 clusters of cases solved in a year: key_cases",
    ),
}

REACH_ORDER = (
    "What a measure can move, decided from its text before any series is looked at: at least one subject, one channel "
    "and one place, the narrowest that hold. It touches a figure that shares all three; a total is touched through "
    "its parts, control totals (all crimes, other crimes, all cases) through all_crime alone. Blank where it is a "
    "draft, a proposal or decided for later. Pressure and agreements reach what their text asks to change. In `own` "
    "stand the breaks that are the measure's own mechanism: more goods or persons come under the power that is counted "
    "(not where a count only moves to another body or another word); such a break is no doubt about the measure but "
    "its effect. In `edition_of` stands the first of a yearly campaign, list or plan; later editions start nothing."
)

REACH_SUBJECTS: dict[str, CodingRule] = {
    "all_crime": CodingRule(
        "It changes how crimes of every kind are charged, tried or sentenced.",
        "cn-2021-fewer-arrests",
        "cn-2020-09-12-ip-criminal-3, of crimes against IPR alone: ipr",
    ),
    "ipr": CodingRule(
        "It is on rights as a whole, on several rights, or on what customs stop for the sake of a right.",
        "us-2016-02-24-tftea",
        "cn-2013-08-30-trademark-law, of one right: trademark",
    ),
    "ipr_and_counterfeit": CodingRule(
        "It is on infringement of rights and fake or shoddy goods together.",
        "cn-2010-10-special-campaign",
        "cn-2001-04-09-shoddy-goods, of fake and shoddy goods alone: counterfeit_and_shoddy",
    ),
    "trademark": CodingRule(
        "It is on trademarks.", "cn-2019-04-23-trademark-law", "cn-2020-10-17-patent-law, of patents: patent"
    ),
    "copyright": CodingRule(
        "It is on copyright or piracy.",
        "cn-2005-sword-net",
        "cn-2004-11-mountain-eagle, of trademarks: trademark",
    ),
    "patent": CodingRule(
        "It is on patents of any kind, or on technical cases in court.",
        "cn-2008-12-27-patent-law",
        "cn-2014-08-31-ip-courts, of several rights: ipr",
    ),
    "trade_secret": CodingRule(
        "It is on trade secrets.", "cn-2020-09-10-trade-secret-civil", "cn-2020-11-16-ip-evidence: ipr"
    ),
    "unfair_competition": CodingRule(
        "It is on unfair competition.",
        "cn-2017-11-04-aucl",
        "cn-2015-04-24-advertising-law, of advertising for fakes: counterfeit_goods",
    ),
    "plant_variety": CodingRule(
        "It is on plant varieties or seed.", "cn-2021-12-24-seed-law", "cn-2008-12-27-patent-law: patent"
    ),
    "other_ip": CodingRule(
        "It is on a right without a word of its own.",
        "cn-2002-02-04-olympic-symbols",
        "cn-2001-12-20-software: copyright",
    ),
    "counterfeit_goods": CodingRule(
        "It is on fakes sold to consumers, most of them online, and names no right.",
        "cn-2018-05-net-sword",
        "cn-2018-08-31-e-commerce-law, with its notices for every right: ipr",
    ),
    "counterfeit_and_shoddy": CodingRule(
        "It is on fake and shoddy goods, the quality of products, or tobacco.",
        "cn-2010-03-02-tobacco-crime",
        "cn-2014-11-03-drug-crime, of drugs alone: food_drug",
    ),
    "food_drug": CodingRule(
        "It is on food, drugs, medical devices or cosmetics.",
        "cn-2013-05-02-food-crime",
        "cn-2019-kunlun, of these with rights and environment: food_drug_environment_ipr",
    ),
    "food_drug_environment_ipr": CodingRule(
        "It is on the whole work of the police bureau of food, drugs and environment.",
        "cn-2019-mps-food-drug-bureau",
        "cn-2017-yunduan, of economic crime with fakes: ipr_and_counterfeit",
    ),
}
REACH_CHANNELS: dict[str, CodingRule] = {
    "criminal": CodingRule(
        "Police, prosecutors or criminal courts act on it, in one chain: what moves one moves the next.",
        "cn-2004-12-08-ip-criminal-1",
        "cn-2021-03-02-punitive-damages, of damages in civil suits: civil",
    ),
    "civil": CodingRule(
        "It changes suits between parties, or which court hears them.",
        "cn-2014-08-31-ip-courts",
        "cn-2018-12-29-product-quality-law, of fines: administrative",
    ),
    "administrative": CodingRule(
        "Market regulators, offices of a right or other administrations act on it; suits against them too.",
        "cn-2019-iron-fist",
        "cn-2017-longteng, of customs: border",
    ),
    "border": CodingRule(
        "Customs act on it, or the flow of parcels across a border changes by it.",
        "jp-2022-03-customs-act",
        "cn-2024-04-16-guard-ip, of goods inside the country: administrative",
    ),
    "platform": CodingRule(
        "It changes what a platform does, or is a platform's own act.",
        "cn-2017-01-aaca",
        "cn-2014-08-31-ip-courts, which bind no platform: civil",
    ),
}
_EXAMPLES = {
    "AT": "b2-at-2020-product-piracy-act",
    "CA": "b2-ca-2014-12-09-counterfeit-products-act",
    "CH": "b2-ch-2008-import-ban",
    "CN": "cn-2019-11-24-opinions",
    "CN-BJ": "cn-bj-2022-04-punitive-guide",
    "CN-HI": "cn-2020-12-26-hainan-ip-court",
    "CN-HN": "cn-hn-2025-tianwang",
    "CN-SD": "cn-sd-2025-iron-fist",
    "CN-SH": "cn-sh-2020-12-30-ip-regulations",
    "CN-ZJ": "cn-zj-2023-07-100-days",
    "EU": "eu-2013-06-12-reg-608",
    "JP": "jp-2022-03-customs-act",
    "NO": "b2-no-2021-customs-act-counterfeits",
    "SG": "b2-sg-2018-ip-border-enforcement-act",
    "TW": "b2-tw-2005-01-anti-smuggling-39-1",
    "US": "us-2016-02-24-tftea",
}
REACH_PLACES: dict[str, CodingRule] = {
    **{
        place: CodingRule(
            f"Its bodies act in {place}, or what enters {place} changes by it. A province is touched by its country's "
            "measures, a member state by the EU's, neither the other way round.",
            example,
            "us-2022-12-29-inform, of the United States: US"
            if place != "US"
            else "eu-2022-10-19-dsa, of the EU: EU",
        )
        for place, example in _EXAMPLES.items()
    },
    "ZZ": CodingRule(
        "It changes what leaves China, and so what any border abroad can stop of Chinese origin.",
        "cn-2017-longteng",
        "cn-2019-iron-fist, of goods inside the country: CN",
    ),
}
REACH: dict[str, CodingRule] = {**REACH_SUBJECTS, **REACH_CHANNELS, **REACH_PLACES}

# The rules by the words that they choose among.
RULES: dict[tuple[str, ...], dict[str, CodingRule]] = {tuple(one): one for one in (SUBJECTS, BREADTHS, REACH)}
