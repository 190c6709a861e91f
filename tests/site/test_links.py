"""Every link of the built site says where it goes, and none leads to a copy on an unrelated host."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.dataset import Dataset
from analysis.publish.links import source_words

pytestmark = pytest.mark.slow


def test_every_link_of_every_page_names_its_host(
    site: Path, pages: list[str], hidden_hosts: Callable[[str], list[str]]
):
    found = {page: hidden_hosts((site / page).read_text(encoding="utf-8")) for page in pages}
    assert {page: links[:3] for page, links in found.items() if links} == {}


def test_no_page_leads_to_a_copy(site: Path, pages: list[str], data: Dataset):
    told = [source_words(data, one) for one in data.sources["source_id"]]
    copies = {one.url for one in told if one.copy}
    for page in pages:
        text = (site / page).read_text(encoding="utf-8")
        live = {html.unescape(one) for one in re.findall(r'href="(https?://[^"]*)"', text)}
        assert not live & copies, page
