"""The series that answer a reader's questions on what happened, some for each question, chosen before their answers."""

from __future__ import annotations

from collections.abc import Mapping

HEADLINES: Mapping[str, tuple[str, ...]] = {
    "arrests and charges": (
        "spp-arrests-approved",
        "spp-persons-prosecuted",
        "spp-shoddy-arrests-approved",
        "spp-shoddy-persons-prosecuted",
        "spp-all-arrests-approved",
        "spp-all-persons-prosecuted",
        "mps-suspects",
    ),
    "cases": (
        "mps-cases-solved",
        "spp-cases-prosecuted",
        "mps-all-crimes-filed",
        "us-hsi-arrests",
        "kr-criminal-cases",
    ),
    "courts": (
        "spc-all-concluded",
        "spc-criminal-concluded",
        "spc-civil-accepted",
        "spc-civil-trademark-accepted",
        "spc-civil-copyright-accepted",
        "spc-admin-accepted",
    ),
    "seizures": ("gacc-batches", "gacc-items", "us-seizures", "jp-cases", "eu-border-cases"),
    "values": ("us-msrp", "eu-border-value", "jp-value", "mps-value"),
    "administration": (
        "saic-trademark-cases",
        "samr-trademark-patent-cases",
        "cnipa-patent-infringement-disputes",
        "cnipa-patent-passing-off",
        "ncac-copyright-cases",
    ),
    "platforms": ("alibaba-suspects", "alibaba-value", "amazon-items-seized", "tencent-accounts"),
    "borders": ("eu-border-items", "jp-items", "fr-items", "de-items"),
}


def question_of(series_id: str) -> str:
    """Return the question that a series answers, blank where it is no headline."""
    return next((question for question, names in HEADLINES.items() if series_id in names), "")
