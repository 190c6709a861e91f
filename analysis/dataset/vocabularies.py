"""The closed vocabularies of the tables: every word that a coded column may hold.

A new word is added here, with its meaning, before a row may use it: a misspelt word would
otherwise open a category of its own.
"""

from __future__ import annotations

from analysis.dataset.borders import CURRENCIES, REPORTERS_AT_BORDERS

HEDGES: dict[str, str] = {
    "exact": "printed without a qualifier",
    "more_than": "more than, over, exceeding, 余, 多, 超过",
    "at_least": "at least, 以上",
    "nearly": "nearly, almost, close to, 近",
    "about": "about, around, some, 约",
    "less_than": "less than, under, fewer than, 不到",
    "up_to": "up to, as many as, as high as: a bound",
    "range": "a printed range; value_high holds its upper end",
}

KINDS: dict[str, str] = {
    "flow": "counted over the window",
    "stock": "standing at window_end",
    "change": "a printed growth rate against an earlier window, in percent (unit ratio: a multiple)",
}

CHANNELS: dict[str, str] = {
    "online": "sold or found on the internet",
    "offline": "physical markets, shops, workshops",
    "border": "customs",
    "all": "no channel named, or several together",
}

UNITS: dict[str, str] = {
    "case": "a case as the reporter counts it",
    "person": "a natural person",
    "line": "a seizure line: one product and brand within a seizure",
    "tonne": "a tonne",
    "place": "a workshop, warehouse, shop or other site",
    "item": "a piece of goods",
    "seizure": "a consignment stopped by customs (EU, Japan: a case)",
    "CNY": "yuan",
    "USD": "US dollar",
    "EUR": "euro",
    "JPY": "yen",
    "KRW": "won",
    "GBP": "pound sterling",
    "HKD": "Hong Kong dollar",
    **CURRENCIES,
    "kilogram": "a kilogram",
    "parcel": "a parcel or postal item, whatever is in it",
    "percent": "percent",
    "percentage_point": "a difference of two percentages",
    "ratio": "a multiple (28 times)",
    "listing": "an offer on a platform",
    "store": "a shop on a platform",
    "lead": "a tip passed to the police",
    "request": "a request or complaint",
    "action": "an inspection, raid or other action",
    "gang": "a group as the reporter counts it",
    "firm": "a firm or other organisation",
    "year": "a year of time",
}

MONEY = ("CNY", "USD", "EUR", "JPY", "KRW", "GBP", "HKD", *CURRENCIES)
OTHER_MONEY = MONEY[1:]  # what is not yuan

# The units in which each indicator may be counted. A flow or stock in another unit is a slip.
INDICATOR_UNITS: dict[str, tuple[str, ...]] = {
    "cases_solved": ("case",),
    "cases_filed": ("case", "person"),
    "cases_investigated": ("case",),
    "cases_transferred": ("case", "person"),
    "suspects_arrested": ("person",),
    "arrests_approved": ("person", "case"),
    "persons_prosecuted": ("person", "firm"),
    "cases_prosecuted": ("case",),
    "cases_accepted": ("case", "person"),
    "cases_concluded": ("case",),
    "persons_convicted": ("person", "case"),
    "dens_destroyed": ("place",),
    "gangs_identified": ("gang",),
    "gangs_destroyed": ("gang",),
    "items_seized": ("item",),
    "seizures": ("seizure", "case"),
    "value_involved": (*MONEY, "ratio"),
    "value_seized": MONEY,
    "value_msrp": MONEY,
    "fines": MONEY,
    "leads_referred": ("lead", "case", "firm"),
    "listings_removed": ("listing", "item", "store", "ratio"),
    "stores_closed": ("store", "firm"),
    "takedown_requests": ("request",),
    "enforcement_actions": ("action", "place", "person", "firm", "store", "item"),
    "spot_checks": ("action", "item", "store", "parcel"),
    "staff": ("person",),
    "spending": MONEY,
    "participants": ("store", "place", "firm", "person"),
    "share": ("percent",),
    "trade_value_estimate": MONEY,
    "seizure_lines": ("line",),
    "weight_seized": ("kilogram", "tonne"),
    "exclusion_orders": ("action",),
    "indictments": ("case",),
    "supervision": ("case", "person"),
    "protests_lodged": ("case",),
    "non_prosecution": ("person", "case"),
    "damages_awarded": MONEY,
    "punitive_damages_cases": ("case",),
    "recordals": ("case", "item"),
    "applications_for_action": ("request", "case"),
    "patrols": ("action", "store"),
    "websites_closed": ("store", "item"),
    "goods_destroyed": ("item", "tonne", *MONEY),
    "complaints": ("case", "request", "item", "person"),
    "accounts_blocked": ("store", "person", "firm", "item", "request", "listing"),
    "samples_tested": ("item", "action", "store", "firm"),
    "samples_failed": ("item", "action", "store"),
    "losses_estimate": MONEY,
    "jobs_lost": ("person",),
    "members": ("firm", "person"),
    "brands": ("firm", "item"),
    "regions_counted": ("place", "item"),
    "transactions_checked": ("item", "case", "action", "listing"),
    "denominator": tuple(UNITS),
    "survey": ("percent", "person", "listing"),
    "service_requests": ("request",),
    "other": tuple(UNITS),
}
CHANGE_UNITS = ("percent", "ratio", "percentage_point")
# Counts of a test that may find nothing, as flow or stock.
MAY_BE_ZERO = ("samples_failed", "share")

INDICATORS: dict[str, str] = {
    "cases_solved": "cases the police call solved (破案)",
    "cases_filed": "cases opened (立案)",
    "cases_investigated": "cases investigated or dealt with (侦办, 查处)",
    "cases_transferred": "cases handed from an administration to the police (移送)",
    "suspects_arrested": "suspects caught or detained (抓获, 刑拘)",
    "arrests_approved": "arrests approved by prosecutors (批捕)",
    "persons_prosecuted": "persons charged in court (起诉)",
    "cases_prosecuted": "cases charged in court (起诉)",
    "cases_accepted": "cases a court or office took in (受理, 新收)",
    "cases_concluded": "cases a court or office closed (审结)",
    "persons_convicted": "persons found guilty (判决)",
    "dens_destroyed": "production, storage or sales sites closed (窝点)",
    "gangs_identified": "groups named, not necessarily broken up",
    "gangs_destroyed": "groups broken up",
    "items_seized": "pieces seized or detained",
    "seizures": "consignments or cases at customs",
    "value_involved": "value of the cases as the reporter puts it (涉案金额)",
    "value_seized": "value of the goods seized (domestic value at US customs until about FY 2012)",
    "value_msrp": "value at the maker's suggested retail price, had the goods been genuine",
    "fines": "fines imposed",
    "leads_referred": "leads handed to the police",
    "listings_removed": "listings taken down or blocked",
    "stores_closed": "shops or websites closed",
    "takedown_requests": "requests to take listings down",
    "enforcement_actions": "inspections, raids or protection measures",
    "spot_checks": "test buys, samples or sites checked",
    "staff": "people assigned",
    "spending": "money spent",
    "participants": "firms, shops or places taking part",
    "share": "a percentage of another quantity, named in the scope",
    "trade_value_estimate": "an estimate of trade in fakes",
    "seizure_lines": "lines of the official US table: one product and brand within a seizure",
    "weight_seized": "weight of the goods seized",
    "exclusion_orders": "shipments stopped under an exclusion order",
    "indictments": "indictments",
    "supervision": "acts of prosecutors supervising police and administrations",
    "protests_lodged": "protests lodged by prosecutors against judgments",
    "non_prosecution": "decisions not to prosecute",
    "damages_awarded": "civil damages awarded",
    "punitive_damages_cases": "civil cases with punitive damages",
    "recordals": "rights recorded with customs: effort of right holders",
    "applications_for_action": "applications asking customs to act: effort of right holders",
    "patrols": "websites or places patrolled",
    "websites_closed": "websites or apps closed",
    "goods_destroyed": "goods destroyed",
    "complaints": "complaints received",
    "accounts_blocked": "accounts or sellers blocked",
    "samples_tested": "samples tested",
    "samples_failed": "samples found fake or substandard",
    "losses_estimate": "modelled lost sales of the genuine industry",
    "jobs_lost": "modelled lost jobs",
    "members": "members of an alliance or programme",
    "brands": "brands counted",
    "regions_counted": "provinces, areas or economies counted",
    "transactions_checked": "transactions or offers checked",
    "denominator": "a size that is no enforcement: listings, sellers, sales",
    "survey": "a survey's result",
    "service_requests": "requests for information or service",
    "other": "none of these; the notes say what",
}

SOURCE_KINDS = [
    "statistics_release",
    "annual_report",
    "press_release",
    "news",
    "white_paper",
    "law_text",
    "speech",
    "trade_press",
    "dataset",
]
TIERS: dict[str, str] = {
    "primary": "the body that counted",
    "agency": "a national news agency or paper",
    "secondary": "trade press, law firms, other papers, reposts",
    "mirror": "survives only as a copy on an unrelated host; the original was not seen",
}
LANGUAGES = ["en", "zh", "ja", "fr", "ko", "de", "es", "nl", "it", "pt", "tl", "vi"]
LANGUAGES += ["ar", "bg", "cs", "da", "fi", "hr", "hu", "lt", "no", "pl", "ru", "sk", "sl", "sv", "tr"]

CASE_CHANNELS = ["livestream", "online_shop", "social", "offline", "export", "mixed", "unknown"]
_CASE_PRODUCTS = """
apparel footwear bags watches jewellery phones electronics cosmetics medicine food alcohol tobacco auto_parts
toys books_media software home_appliances industrial other
"""
CASE_PRODUCTS = _CASE_PRODUCTS.split()
CASE_DATE_KINDS = ("bust", "report", "judgment")
CASE_VALUE_KINDS = ("sales", "value_involved", "seized", "genuine_value", "illegal_income")
PLATFORM_LEADS = ("yes", "no", "unknown")

MEASURE_KINDS = [
    "law",
    "judicial_interpretation",
    "campaign",
    "plan",
    "institution",
    "platform_rule",
    "agreement",
    "trade_pressure",
    "guideline",
]
INSTRUMENTS = [
    "penalty",
    "detection",
    "platform_liability",
    "coordination",
    "transparency",
    "rights",
    "international",
]

FREQUENCIES = ("year", "fiscal_year")
SERIES_GROUPS: dict[str, str] = {
    "police": "China's police",
    "justice": "China's prosecutors and courts",
    "administration": "China's administrations",
    "china_customs": "China's customs",
    "platforms": "platforms",
    "us_border": "the US border",
    "eu_border": "the EU border",
    "japan_border": "Japan's border",
    "other_borders": "other borders and the world",
}
# The dimensions by which a series selects its readings, in file order.
SERIES_KEYS = (
    "subject",
    "track",
    "stage",
    "product",
    "origin",
    "mode",
    "region",
    "basis",
    "relation",
    "detail",
    "breadth",
)

_AUTHORITIES = """
Anhui Beijing Chongqing Dongguan Fujian Guangxi Hainan Hebei Henan Jiangxi Jilin Shaanxi Shanghai Shanxi Suzhou
Tianjin Zhejiang
"""
REPORTERS: dict[str, str] = {
    "MPS": "Ministry of Public Security (police), China",
    "PSB": "a provincial or city police, China",
    "SPP": "Supreme People's Procuratorate, China",
    "ProvProcuratorate": "a provincial or city procuratorate, China",
    "SPC": "Supreme People's Court, China",
    "ProvCourt": "a provincial or city court, China",
    "GACC": "General Administration of Customs, China",
    "SAMR": "State Administration for Market Regulation, China (from 2018)",
    "SAIC": "State Administration for Industry and Commerce, China (to 2018)",
    "AQSIQ": "General Administration of Quality Supervision, China (to 2018)",
    "NCAC": "National Copyright Administration, China",
    "CNIPA": "National Intellectual Property Administration, China (SIPO to 2018)",
    "NLG": "National Leading Group against IPR infringement and counterfeiting, China",
    "STMA": "State Tobacco Monopoly Administration, China",
    "NMPA": "National Medical Products Administration, China",
    "SPB": "State Post Bureau, China",
    "NPC": "National People's Congress, China",
    "NFGA": "National Forestry and Grassland Administration, China",
    "CCA": "China Consumers Association",
    "SHDF": "Office against Pornography and Illegal Publications, China",
    **{place: f"{place} authorities" for place in _AUTHORITIES.split()},
    "Jiangsu AIC": "Jiangsu administration for industry and commerce (to 2018)",
    "Shanghai MSA": "Shanghai market supervision administration",
    "Shanghai QTSB": "Shanghai quality supervision bureau (to 2018)",
    "Alibaba": "Alibaba Group (Taobao, Tmall, AliExpress)",
    "JD": "JD.com",
    "Pinduoduo": "Pinduoduo",
    "Temu": "Temu",
    "Douyin": "Douyin (ByteDance)",
    "TikTok": "TikTok Shop",
    "Kuaishou": "Kuaishou",
    "Lazada": "Lazada",
    "Shopee": "Shopee",
    "Xiaohongshu": "Xiaohongshu",
    "Tencent": "Tencent (Weixin)",
    "Amazon": "Amazon",
    "eBay": "eBay",
    "Etsy": "Etsy",
    "Meta": "Meta (Facebook, Instagram)",
    "CBP": "Customs and Border Protection, United States",
    "ICE-HSI": "Homeland Security Investigations, United States",
    "DHS-OHSS": "Office of Homeland Security Statistics, United States",
    "USTR": "United States Trade Representative",
    "US House Select Committee": "US House Select Committee on the CCP",
    "GAO": "Government Accountability Office, United States",
    "EC": "European Commission",
    "EUIPO": "European Union Intellectual Property Office",
    "Europol": "Europol",
    **REPORTERS_AT_BORDERS,
    "UKIPO": "Intellectual Property Office, United Kingdom",
    "OECD": "OECD",
    "WCO": "World Customs Organization",
    "ITIF": "Information Technology and Innovation Foundation",
    "Forbes": "Forbes",
    "Xinhua": "Xinhua News Agency, own count",
    "Reuters": "Reuters, own count",
    "China E-business Research Center": "China E-business Research Center",
    "private campaigner": "a private campaigner against fakes, China",
    "third-party test": "a third party's test buys",
    "Study": "authors who counted judgments",
    "CBC": "CBC Marketplace, Canada",
    "GASA": "Global Anti-Scam Alliance, own survey",
    "UL": "UL (testing body)",
    "Which?": "Which? (consumer body), United Kingdom",
    "China Youth Daily": "China Youth Daily, own survey",
    "Apple": "Apple (right holder)",
    "Dahon": "Dahon (right holder)",
}
