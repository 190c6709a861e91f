"""Nouns that name a unit, in the languages written with Latin letters (accents fallen away)."""

from __future__ import annotations

import re

_NOUNS = {
    "case": "cases lawsuits complaints disputes investigations indictments crimes trials prosecutions",
    "person": "people persons suspects individuals defendants criminals arrests convictions officers judges "
    "volunteers employees staff accomplices specialists inspectors prosecutors visitors experts offenders "
    "brothers sisters directors drivers passengers travellers men women males females accused detainees "
    "smugglers "
    "students workers lawyers personnes personen personas persone arrestees",
    "place": "dens workshops factories hideouts plants warehouses locations facilities countries provinces "
    "godowns go-downs outlets addresses storerooms cities places counties premises markets "
    "regions states municipalities venues",
    "item": "items pieces products goods articles pills units cigarettes cartons bottles masks tablets "
    "copies toys handbags discs fakes packets publications "
    "parts components spares vapes e-cigarettes lighters footballs sachets tubes rolls stickers hoodies tracksuits "
    "trousers dresses "
    "necklaces earrings bracelets watches wristwatches samples sunglasses "
    "shoes sneakers belts bags purses wallets jerseys shirts t-shirts "
    "garments hats caps scarves jackets jeans phones smartphones headphones earphones earbuds batteries "
    "chargers accessories medicines drugs doses vials capsules packages packs boxes pairs sets labels tags logos "
    "cosmetics perfumes airbags bearings cans banknotes bills coins documents stamps trademarks dvds cds books "
    "produits pieces contrefacons objets marchandises artikel produkte falschungen falsifikate plagiate "
    "speichermedien zigaretten tabletten articulos productos prendas juguetes prodotti articoli pezzi capi "
    "producten artikelen stuks artigos produtos unidades produktow sztuk vyrobku kusu jewels merchandise",
    "seizure": "seizures consignments shipments containers detentions sendungen decomisos incautaciones sequestri",
    "listing": "offers listings links posts advertisements ads",
    "store": "stores shops websites storefronts",
    "lead": "leads clues tips",
    "request": "requests notices attempts applications-for-action",
    "action": "operations raids inspections campaigns orders warrants searches checks patrols controles kontrollen",
    "gang": "gangs rings organizations organisations networks groups syndicates",
    "firm": "brands companies firms enterprises agencies authorities vendors "
    "merchants manufacturers businesses traders",
}
PLURALS = {noun: unit for unit, nouns in _NOUNS.items() for noun in nouns.split()}
# Only a count of one takes a singular; elsewhere it qualifies ("300 gang members", "criminal groups").
SINGULARS = {noun.removesuffix("s"): unit for noun, unit in PLURALS.items()}
# Two words that are another thing than the last of them alone.
PAIRS = {
    f"{first} rings": "item"
    for first in ("championship", "class", "diamond", "finger", "gold", "key", "silver", "wedding")
} | {
    "bad actors": "person",
    "detention procedures": "seizure",
    "import suspensions": "seizure",
    "building blocks": "item",
}
_COMPOUND = re.compile(
    r"[a-z-]{3,}(?:teile|waren|artikel|produkte|medien|zigaretten|falschungen|schuhe|taschen|uhren)"
)


def compound(token: str) -> str | None:
    """Return the unit of a German compound by its last part (Zubehorteile), or None."""
    return "item" if _COMPOUND.fullmatch(token) else None
