"""The briefing holds every finding whole, is accessible and archivable, and never leaves half a file."""

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

from analysis import InputError
from analysis.building.briefing import TEMPLATE, build_briefing
from analysis.publish import style
from analysis.publish.briefing_content import briefing_charts, content
from analysis.publish.briefing_words.english import interval_line, minute, typographic
from analysis.publish.chart import Chart, source_line
from analysis.publish.findings import (
    AGREE,
    COMPUTED,
    DISAGREE,
    ESTIMATED,
    GRADED,
    ONE_TEXT,
    Finding,
    briefing_findings,
)
from analysis.publish.links import source_words
from analysis.publish.style import copy_fonts, font_files, latin_folder
from analysis.scrutiny import four_answers

pypdf = pytest.importorskip("pypdf", reason="reading the PDF back needs pypdf, which requirements.txt pins")


def readings_where(data, mask) -> list[str]:
    """Return a reading of each source that a mask over sources.csv picks, in the order of ids."""
    picked = data.readings[data.readings["source_id"].isin(data.sources.loc[mask, "source_id"])]
    return picked.drop_duplicates("source_id")["reading_id"].tolist()


@pytest.fixture(scope="module")
def trails(data) -> list[str]:
    """Return readings whose sources have an address and a title that any font sets."""
    return readings_where(data, (data.sources["url"] != "") & (data.sources["language"] == "en"))[:5]


@pytest.fixture(scope="module")
def spot(trails) -> Finding:
    return Finding(
        name="spot",
        headline="Few listings are ever checked",
        sentence="The company bought about 100,000 items; how it chose them was not printed.",
        value="about 100,000 items",
        low=90_000,
        high=110_000,
        unit="item",
        standing=ONE_TEXT,
        readings=tuple(trails[:1]),
        chapter="platforms",
    )


@pytest.fixture(scope="module")
def online(trails) -> Finding:
    return Finding(
        name="online",
        headline="One figure, two windows",
        sentence="The ministry's figure was told as solved since May and as solved since January.",
        value="more than 1,400 cases",
        low=1400,
        high=1500,
        unit="case",
        standing=DISAGREE,
        readings=tuple(trails),
        chapter="police-campaigns",
    )


def bars(data, label="leads of 2016", name="leads") -> Chart:
    """Return a small chart with a label."""
    figure, axes = style.subplots(size=(5.8, 3.0))
    axes.bar([2016, 2017], [1184, 1910])
    axes.set_ylabel(label)
    return Chart(
        name, style.finish(figure), "Leads by year", "Two bars: 1,184 and 1,910 leads.", "Leads.",
        source_line(data, data.readings["reading_id"].iloc[:1]), measure="Leads a year",
    )  # fmt: skip


@pytest.fixture(scope="module")
def real(data, tmp_path_factory):
    """Return the findings, the charts and the briefing that `make report` builds."""
    findings, charts = briefing_findings(data), briefing_charts(data)
    target = tmp_path_factory.mktemp("b") / "b.pdf"
    return (
        findings,
        charts,
        build_briefing(data, findings, charts, target, answers=tuple(four_answers(data).values())),
    )


def read(path: Path):
    return pypdf.PdfReader(path)


def squeezed(text: str) -> str:
    """Return a text without white space, since lines break anywhere on a page."""
    return re.sub(r"\s+", "", typographic(text))


def text_of(path: Path) -> str:
    return squeezed("".join(page.extract_text() for page in read(path).pages))


def tags(node, found=None) -> list:
    """Return every element of the tag tree, which assistive software reads."""
    found = [] if found is None else found
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            tags(child, found)
    elif isinstance(node, dict) and "/S" in node:
        found.append(node)
        tags(node.get("/K", pypdf.generic.ArrayObject()), found)
    elif isinstance(node, dict) and "/K" in node:
        tags(node["/K"], found)
    return found


# ---- The real briefing ----


def test_the_real_briefing_has_two_to_four_pages_of_a4_that_are_used(real):
    pages = read(real[2]).pages
    assert 2 <= len(pages) <= 4
    for page in pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    heights = []

    def visit(text, around, inside, _font, _size):
        if text.strip():
            heights.append(inside[4] * around[1] + inside[5] * around[3] + around[5])

    pages[-1].extract_text(visitor_text=visit)
    body = [height for height in heights if height > 50]  # points from the foot; the footer stands lower
    assert min(body) < 842 * 2 / 3, "the last page is nearly empty"


def test_every_finding_stands_whole_with_figure_interval_standing_and_trail(real):
    findings, _, path = real
    text = text_of(path)
    for finding in findings:
        for part in (finding.value, finding.headline, finding.sentence, interval_line(finding)):
            assert squeezed(part) in text, (finding.name, part)
        assert all(reading in text for reading in finding.readings[:4])
    badges = {finding.badge[0].upper() + finding.badge[1:] for finding in findings}
    assert all(squeezed(badge) in text for badge in badges)


def test_the_box_on_single_measures_counts_the_bundles(data, real):
    text, answers = text_of(real[2]), list(four_answers(data).values())
    letters = [one.letter for one in answers]
    for letter in "ABCD":
        assert squeezed(f"{letters.count(letter)} Grade {letter}") in text
    tested = len(answers) - letters.count("D")
    told = content(data, real[0], real[1], answers)
    assert any(f"on {len(answers)} dates. {tested} could be tested" in line for line in told["minute"])


def test_without_answers_there_is_no_box(data, spot):
    assert content(data, [spot], [bars(data)])["identified"] is None


def test_the_first_page_stands_alone(real):
    findings, charts, path = real
    first = squeezed(read(path).pages[0].extract_text())
    for finding in findings[:3]:
        assert squeezed(finding.sentence) in first
    assert squeezed(charts[0].title) in first
    assert squeezed("What cannot be said") in first


def test_every_figure_stands_with_title_note_source_and_alt_text(real):
    _, charts, path = real
    text = text_of(path)
    alts = {str(tag["/Alt"]) for tag in tags(read(path).trailer["/Root"]["/StructTreeRoot"]) if "/Alt" in tag}
    for chart in charts:
        for part in (chart.title, chart.note, chart.source):
            assert squeezed(part) in text, (chart.name, part)
        assert typographic(chart.alt) in alts
    # letters of a drawing are letters
    assert squeezed("China: charged, persons") in text


def test_sources_behind_the_trails_are_listed_with_their_addresses(data, real):
    findings, _, path = real
    shown = [reading for finding in findings for reading in finding.readings[:4]]
    ids = data.readings.set_index("reading_id").loc[shown, "source_id"].unique()
    told = [source_words(data, one) for one in ids]
    urls = {one.url for one in told if one.url and not one.copy}
    links = {
        str(note.get_object()["/A"]["/URI"])
        for page in read(path).pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }
    assert urls
    assert urls <= links
    assert not links & {one.url for one in told if one.copy}


def test_every_page_names_the_data_and_its_own_number(data, real):
    pages = read(real[2]).pages
    for place, page in enumerate(pages, start=1):
        text = squeezed(page.extract_text())
        assert squeezed(f"Page {place} of {len(pages)}") in text
        assert squeezed(f"Data {data.version} of") in text
    assert data.fingerprint in text_of(real[2])


def test_document_information_and_standards(data, real):
    reader = read(real[2])
    info, root = reader.metadata, reader.trailer["/Root"]
    assert info.title == "Counting Counterfeits: what enforcement figures can and cannot say"
    assert info.author == "The Counting Counterfeits authors"
    assert "enforcement statistics" in info["/Keywords"]
    assert info.creation_date.date() == dt.date.fromisoformat(data.released)
    assert str(root["/Lang"]).lower() == "en-gb"
    assert root["/MarkInfo"]["/Marked"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part\D{1,3}1", xmp)
    assert re.search(r"pdfaid:part\D{1,3}2", xmp)


def test_fonts_are_embedded(real):
    names = set()
    for page in read(real[2]).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(inner), inner["/FontName"]
            names.add(str(inner["/FontName"]).partition("+")[2])
    assert any(name.startswith("LibertinusSerif") for name in names)
    assert any(name.startswith("DejaVuSans") for name in names)


# ---- What may stand in it ----


def test_two_builds_are_the_same_bytes(data, tmp_path, spot, online):
    first = build_briefing(data, [spot, online], [bars(data)], tmp_path / "one.pdf")
    second = build_briefing(data, [spot, online], [bars(data)], tmp_path / "new" / "two.pdf")
    assert first.read_bytes() == second.read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["one.pdf"]


def test_markup_in_the_data_is_text(data, tmp_path, spot):
    wild = "#panic() *bold* $x^2$ <script>alert(1)</script> @plat [a](b) `raw` \\ // ~ _low_ {{x}} = head"
    finding = dataclasses.replace(spot, headline=wild, sentence=wild, value=wild)
    chart = dataclasses.replace(bars(data), title=wild, alt=wild, note=wild, claims=False)
    path = build_briefing(data, [finding], [chart], tmp_path / "b.pdf")
    assert text_of(path).count(squeezed(wild)) == 5


def test_chinese_stands_in_words_and_in_drawings(data, tmp_path, online):
    finding = dataclasses.replace(online, sentence="The campaign is called 昆仑2020.")
    path = build_briefing(data, [finding], [bars(data, label="破案数 (cases)")], tmp_path / "b.pdf")
    text = text_of(path)
    assert "昆仑2020" in text
    assert "破案数" in text


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("where", ["finding", "drawing"])
def test_a_letter_that_no_font_has_is_refused_and_not_drawn_as_a_box(data, tmp_path, where, online):
    finding = dataclasses.replace(online, headline="짝퉁") if where == "finding" else online
    chart = bars(data, label="짝퉁" if where == "drawing" else "leads")
    with pytest.raises(InputError, match="짝"):
        build_briefing(data, [finding], [chart], tmp_path / "b.pdf")


def source_of(data, finding, mask) -> dict[str, object]:
    """Return how the briefing lists the first source that a mask over sources.csv picks."""
    finding = dataclasses.replace(finding, readings=tuple(readings_where(data, mask)[:1]))
    (source,) = content(data, [finding], [bars(data)])["sources"]
    return source


def test_a_title_in_korean_is_named_by_its_language(data, spot):
    source = source_of(data, spot, data.sources["language"] == "ko")
    assert (source["title"], source["language"]) == ("[title in Korean]", "ko")


def test_a_source_without_address_says_so(data, tmp_path, spot):
    reading = readings_where(data, data.sources["url"] == "")[0]
    path = build_briefing(
        data, [dataclasses.replace(spot, readings=(reading,))], [bars(data)], tmp_path / "b.pdf"
    )
    assert squeezed("No address kept") in text_of(path)


def test_a_copy_is_named_with_its_host_and_is_no_live_link(data, tmp_path, spot):
    source = data.sources[(data.sources["tier"] == "mirror") & (data.sources["url"] != "")]
    reading = readings_where(data, data.sources["source_id"].isin(source["source_id"]))[0]
    url = str(
        source.set_index("source_id")["url"][data.readings.set_index("reading_id")["source_id"][reading]]
    )
    path = build_briefing(
        data, [dataclasses.replace(spot, readings=(reading,))], [bars(data)], tmp_path / "b.pdf"
    )
    told = text_of(path)
    assert squeezed("text, copy on") in told
    assert squeezed(url) in told
    notes = [note.get_object() for page in read(path).pages for note in page.get("/Annots", [])]
    live = {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}
    assert live
    assert url not in live


def test_a_source_is_dated_as_far_as_it_is_known(data, spot):
    length = data.sources["published"].str.len()
    forms = {10: r"\d{1,2} [A-Z][a-z]+ \d{4}", 7: r"[A-Z][a-z]+ \d{4}", 4: r"\d{4}", 0: "undated"}
    for long, form in forms.items():
        assert re.fullmatch(form, str(source_of(data, spot, length == long)["date"]))


def test_a_long_trail_is_cut_and_the_rest_counted(data, online):
    (told,) = content(data, [online], [bars(data)])["findings"]
    assert told["readings"] == list(online.readings[:4])
    assert told["more_readings"] == 1
    assert told["chapter"] == "Police campaigns"


@pytest.mark.parametrize(
    ("low", "high", "unit", "standing", "line"),
    [
        (21_000, 22_000, "case", ONE_TEXT, "Interval: 21,000 to 22,000 cases"),
        (172.85e9, 172.95e9, "CNY", ONE_TEXT, "Interval: 172.85 billion to 172.95 billion yuan"),
        (81.8, 122.2, "CNY", COMPUTED, "Interval: 82 to 120 yuan"),
        (51.5, 52.5, "percent", ONE_TEXT, "Interval: 51.5 to 52.5 percent"),
        (11_000, float("inf"), "case", ONE_TEXT, "Interval: above 11,000 cases"),
        (0, 500, "store", ONE_TEXT, "Interval: below 500 shops"),
        (23_214.9, 33_470.3, "case", ESTIMATED, "90 percent band: 23,000 to 33,000 cases"),
        (-33.4, 49.8, "percent", GRADED, "95 percent interval: −33% to +50%"),
        (-0.4, float("inf"), "percent", GRADED, "95 percent interval: 0% to no bound"),
        (1184, 1184, "lead", AGREE, "Published as an exact count"),
        (26, 26, "years", COMPUTED, "Counted in this dataset"),
    ],
)
def test_an_interval_is_told_in_as_few_digits_as_it_needs(low, high, unit, standing, line, spot):
    finding = dataclasses.replace(spot, low=low, high=high, unit=unit, standing=standing)
    assert interval_line(finding) == line


def test_an_effect_that_cannot_be_told_from_placebo_is_quoted_as_its_interval(spot):
    finding = dataclasses.replace(spot, standing=GRADED, grade="C", value="−30% to +100%", low=-30, high=100)
    assert interval_line(finding) == "95 percent interval of the change"


def test_the_first_paragraph_counts_the_dataset_and_the_standings(data, spot, online):
    told = " ".join(minute(data, [spot, online, online]))
    hedged = (data.readings["hedge"] != "exact").sum()
    assert f"{len(data.readings):,} of them" in told
    documents = {*data.readings["source_id"], *data.readings_sources["source_id"]}
    assert f"{len(documents):,} public documents" in told
    assert f"Of these figures, {hedged:,} were published" in told
    assert told.endswith("one rests on one text alone and two on texts that contradict each other.")
    assert minute(data, [online])[-1] == "The finding below rests on texts that contradict each other."
    assert minute(data, [online, online])[-1].startswith("All two findings rest on texts")


def test_straight_marks_become_printed_ones():
    assert typographic('the ministry\'s "more than"') == "the ministry\u2019s \u201cmore than\u201d"
    assert typographic("plat-seed0-01, <b>") == "plat-seed0-01, <b>"


# ---- What is refused, the earlier file staying whole ----


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"standing": "rumour"}, "'spot' has standing 'rumour'"),
        ({"low": 5.0, "high": 4.0}, "interval 5.0 to 4.0"),
        ({"low": float("nan")}, "interval nan"),
        ({"readings": ()}, "names no reading"),
        ({"standing": GRADED, "grade": "E", "hypotheses": ("h-1",)}, "is graded 'E' on 1 hypotheses"),
        ({"standing": GRADED, "grade": "C"}, "is graded 'C' on 0 hypotheses"),
        ({"readings": ("plat-none-99",)}, "'plat-none-99', which readings.csv lacks"),
    ],
)
def test_a_finding_that_cannot_be_shown_is_refused(data, tmp_path, change, words, spot):
    target = tmp_path / "b.pdf"
    target.write_bytes(b"earlier")
    with pytest.raises(InputError, match=words):
        build_briefing(data, [dataclasses.replace(spot, **change)], [bars(data)], target)
    assert target.read_bytes() == b"earlier"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('#let told = json("briefing.json")', "#let told = json(", r"briefing\.typ, line \d+: "),
        ("told.minute", "told.no_such_word", r"briefing\.typ, line \d+: .*no_such_word"),
        ('"Libertinus Serif"', '"No Such Font"', "(?i)no such font"),
        ("alt: chart.alt, ", "", "(?i)alt"),
    ],
)
def test_a_broken_template_is_one_sentence_and_the_earlier_briefing_stays(
    data, tmp_path, old, new, words, spot
):
    text = TEMPLATE.read_text(encoding="utf-8")
    assert old in text
    template, target = tmp_path / "briefing.typ", tmp_path / "out" / "b.pdf"
    template.write_text(text.replace(old, new, 1), encoding="utf-8")
    target.parent.mkdir()
    target.write_bytes(b"earlier")
    with pytest.raises(InputError, match=words) as caught:
        build_briefing(data, [spot], [bars(data)], target, template=template)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
    assert target.read_bytes() == b"earlier"
    assert list(target.parent.iterdir()) == [target]


def test_missing_pieces_are_named(data, tmp_path, spot):
    with pytest.raises(InputError, match=r"nowhere\.typ cannot be read"):
        build_briefing(data, [spot], [bars(data)], tmp_path / "b.pdf", template=tmp_path / "nowhere.typ")
    with pytest.raises(InputError, match="at least one finding and one chart"):
        build_briefing(data, [], [bars(data)], tmp_path / "b.pdf")
    with pytest.raises(InputError, match="at least one finding and one chart"):
        build_briefing(data, [spot], [], tmp_path / "b.pdf")
    with pytest.raises(InputError, match="'leads' needs a title and an alt text"):
        build_briefing(data, [spot], [dataclasses.replace(bars(data), alt=" ")], tmp_path / "b.pdf")
    with pytest.raises(InputError, match="created is 'soon', not a date"):
        build_briefing(dataclasses.replace(data, released="soon"), [spot], [bars(data)], tmp_path / "b.pdf")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="cannot be written to"):
        build_briefing(data, [spot], [bars(data)], tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_briefing_that_grows_too_long_is_refused(data, tmp_path, online):
    with pytest.raises(InputError, match=r"takes \d+ pages, not 2 to 4; give it fewer"):
        build_briefing(data, [online] * 20, [bars(data)] * 3, tmp_path / "b.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_chart_of_usual_height_has_room(data, real, tmp_path):
    path = build_briefing(data, real[0], [bars(data)], tmp_path / "b.pdf")
    assert len(read(path).pages) <= 4


def test_the_font_of_boxes_stays_out(tmp_path):
    every = {path.name for path in latin_folder().glob("*.ttf")}
    kept = {path.name for path in font_files(latin_folder())}
    assert {name.partition("HE")[0] for name in every - kept} <= {"LastResort"}
    copied = {path.name for path in copy_fonts(tmp_path / "fonts").iterdir()}
    assert {"DejaVuSans.ttf", "NotoSansSC-Regular.otf", "NotoSerifSC-Regular.otf"} <= copied
    assert not any(name.startswith("LastResort") for name in copied)
