"""The codes of places: ISO 3166-1, and the subdivisions (ISO 3166-2) of the places that the tables break down.

A subdivision of another country is added here before a row may use it.
"""

from __future__ import annotations

# ISO 3166-1 alpha-2, officially assigned codes.
_COUNTRIES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT
JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
COUNTRIES = frozenset(_COUNTRIES.split())
EUROPEAN_UNION = "EU"  # reserved in ISO 3166-1 for the union
WORLD = "ZZ"  # left free in ISO 3166-1 for use of one's own: the world, or an origin that is not known
OTHER_ORIGIN = "OTHER"
KOSOVO = "XK"  # left free in ISO 3166-1, used so by customs
GROUPED_ORIGINS = frozenset({"ASIA", "EUROPE", EUROPEAN_UNION, KOSOVO, OTHER_ORIGIN})

_CHINA = (
    "AH BJ CQ FJ GD GS GX GZ HA HB HE HI HK HL HN JL JS JX LN MO NM NX QH SC SD SH SN SX TJ TW XJ XZ YN ZJ"
)
_EMIRATES = "AJ AZ DU FU RK SH UQ"
_GERMANY = "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH"
_UNITED_STATES = """
AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT NC ND NE NH NJ NM
NV NY OH OK OR PA PR RI SC SD TN TX UM UT VA VI VT WA WI WV WY
"""
SUBDIVISIONS: dict[str, frozenset[str]] = {
    "AE": frozenset(_EMIRATES.split()),
    "CN": frozenset(_CHINA.split()),
    "DE": frozenset(_GERMANY.split()),
    "JP": frozenset(f"{number:02d}" for number in range(1, 48)),
    "US": frozenset(_UNITED_STATES.split()),
}


def is_place(code: str) -> bool:
    """Tell whether a code is a country, the European Union, the world, or a subdivision listed here."""
    country, dash, part = code.partition("-")
    if dash:
        return part in SUBDIVISIONS.get(country, ())
    return country in COUNTRIES or country in (EUROPEAN_UNION, WORLD)


def is_origin(code: str) -> bool:
    """Tell whether a code is what goods come from: a country, a group of them, unknown (ZZ), the rest (OTHER)."""
    return code in COUNTRIES or code in GROUPED_ORIGINS or code == WORLD
