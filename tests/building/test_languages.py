"""A page says which language it is in, the two homes name one another, and /zh/ leads to the Chinese one."""

from pathlib import Path

from analysis.building.languages import in_its_language, write_short_address

PAGE = (
    '<!DOCTYPE html>\n<html lang="en" data-theme="auto"><head><meta charset="utf-8" /></head><body>'
    '<p><span class="caption-number">Fig. 25.3 </span></p></body></html>'
)


def test_a_chinese_page_says_so_and_an_english_one_stays():
    for name in ("book/zh.html", "book/zh-terms.html"):
        page = in_its_language(PAGE, name)
        assert page.count('<html lang="zh-CN"') == 1
        assert 'class="caption-number">图25.3 </span>' in page
    for name in ("book/ledger.html", "book/zhejiang.html", "genindex.html"):
        assert in_its_language(PAGE, name) == PAGE


def test_both_homes_name_both_homes():
    for name in ("book/index.html", "book/zh.html"):
        head = in_its_language(PAGE, name).partition("</head>")[0]
        assert '<link rel="alternate" hreflang="en" href="index.html" />' in head
        assert '<link rel="alternate" hreflang="zh-CN" href="zh.html" />' in head


def test_the_short_address_leads_to_the_chinese_home_where_there_is_one(tmp_path: Path):
    write_short_address(tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "zh.html").write_text(PAGE, encoding="utf-8")
    write_short_address(tmp_path)
    text = (tmp_path / "zh" / "index.html").read_text(encoding="utf-8")
    address = text.partition("url=")[2].partition('"')[0]
    assert (tmp_path / "zh" / address).resolve() == tmp_path / "book" / "zh.html"
