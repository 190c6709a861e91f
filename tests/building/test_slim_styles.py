"""Style sheets lose only rules that no element can meet, and icon fonts only icons that no rule draws."""

import io
from importlib.metadata import distribution
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from analysis.building.slim_styles import font_of, names_of, slim_styles, without_idle_rules

KNOWN = {"card", "open", "col-", "a:b"}


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".card{a:b}.idle{a:b}", ".card{a:b}"),
        (".card,.idle .card{a:b}", ".card{a:b}"),
        (".card .idle>b{a:b}", ""),
        (".card.open>p:hover::before{content:\"}.idle{\"}", ".card.open>p:hover::before{content:\"}.idle{\"}"),
        (".card:not(.idle){a:b}", ".card:not(.idle){a:b}"),
        (":is(.idle,.card) p{a:b}", ":is(.idle,.card) p{a:b}"),
        (".card:where(:not(.idle, :has(.x))) .idle{a:b}", ""),
        ("[class*=idle] p,#idle,p{a:b}", "[class*=idle] p,#idle,p{a:b}"),
        (".col-md-3{a:b}", ".col-md-3{a:b}"),
        (r".a\:b{a:b}.a\:c{a:b}", r".a\:b{a:b}"),
        ("@media print{.idle{a:b}}", ""),
        ("@media print{.idle{a:b}.card{a:b}@supports (a:b){.idle{c:d}}}", "@media print{.card{a:b}}"),
        ("@font-face{src:url(data:a;b,{c})}", "@font-face{src:url(data:a;b,{c})}"),
        ("@keyframes k{5%{a:b}}", "@keyframes k{5%{a:b}}"),
        ('@charset "UTF-8";@import url(a.css);.idle{a:b}', '@charset "UTF-8";@import url(a.css);'),
        (".idle::-moz-x,.card::-webkit-y{a:b}", ".idle::-moz-x,.card::-webkit-y{a:b}"),
        (".card{.idle{a:b}}", ".card{.idle{a:b}}"),
        ("/* .idle{ */.card{a:b}/*! licence */", ".card{a:b}/*! licence */"),
    ],
)  # fmt: skip
def test_a_rule_goes_where_each_selector_asks_for_a_class_that_nobody_names(sheet: str, left: str):
    assert without_idle_rules(sheet, KNOWN) == left


def test_what_pages_and_scripts_name_stays_known_and_words_of_data_do_not(tmp_path: Path):
    static = tmp_path / "_static"
    static.mkdir()
    page = "<p class=\"one two\"><b class='three'></b></p><script>go('four')</script><script src='a.js'>five</script>"
    (tmp_path / "x.html").write_text(page)
    (static / "a.js").write_text("node.className = `six-${kind}`")
    (static / "index.js").write_text("window.index='seven'")
    known = names_of(tmp_path, static, {"index.js"})
    assert {"one", "two", "three", "four", "six-"} <= known
    assert not {"five", "seven"} & known


def theme_file(name: str) -> Path:
    found = [path for path in distribution("pydata-sphinx-theme").files or [] if path.name == name]
    return Path(str(found[0].locate()))


def test_the_themes_own_sheet_is_whole_where_every_class_is_known():
    """Nothing but white space may go missing where nothing is idle."""

    class Every(set[str]):
        def __contains__(self, name: object) -> bool:
            return True

    sheet = theme_file("pydata-sphinx-theme.css").read_text("utf-8")
    kept = without_idle_rules(sheet, Every())
    assert sheet.count("{") == kept.count("{")
    assert sheet.count(";") == kept.count(";")
    assert len(sheet) - len(kept) < 100
    assert len(without_idle_rules(sheet, set())) < len(sheet) / 5


def test_a_font_keeps_the_icons_that_are_drawn_with_their_outlines_and_is_the_same_bytes():
    whole = theme_file("fa-solid-900.ttf").read_bytes()
    letters = [0xF002, 0xF0C9]  # a magnifying glass, three bars
    small = font_of(whole, letters)
    assert small == font_of(whole, letters)
    assert len(small) < len(whole) / 50
    names = {record.nameID: record.toUnicode() for record in TTFont(io.BytesIO(small))["name"].names}
    assert {names[1], names[4], names[6]} == {
        "Book Icons"
    }  # its licence reserves the name for the whole font
    assert "Copyright" in names[0]
    before, after = TTFont(io.BytesIO(whole)), TTFont(io.BytesIO(small))
    assert set(after.getBestCmap()) == set(letters)
    for letter in letters:
        old, new = (font["glyf"][font.getBestCmap()[letter]] for font in (before, after))
        assert list(old.coordinates) == list(new.coordinates)
        assert before["hmtx"][before.getBestCmap()[letter]] == after["hmtx"][after.getBestCmap()[letter]]


def test_a_site_loads_the_smaller_font_under_its_new_name(tmp_path: Path):
    static = tmp_path / "_static"
    (static / "fonts").mkdir(parents=True)
    (static / "fonts" / "fa-solid-900.woff2").write_bytes(theme_file("fa-solid-900.woff2").read_bytes())
    face = '@font-face{font-family:F;src:url(fonts/fa-solid-900.woff2) format("woff2")}'
    (static / "a.css").write_text(face + '.fa-x:before{content:"\\f002"}.fa-y{--fa:"\\f0c9"}')
    (tmp_path / "x.html").write_text('<i class="fa-x"></i>')
    slim_styles(tmp_path)
    sheet = (static / "a.css").read_text()
    assert 'url(fonts/fa-solid-900.woff) format("woff")' in sheet
    assert "fa-y" not in sheet
    assert [path.name for path in (static / "fonts").iterdir()] == ["fa-solid-900.woff"]
    assert set(TTFont(static / "fonts" / "fa-solid-900.woff").getBestCmap()) == {0xF002}
