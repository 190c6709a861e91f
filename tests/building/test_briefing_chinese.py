"""The briefing in Chinese: from one template with the English one, whole, tagged, every letter set."""

import datetime as dt
import re
from pathlib import Path

import pytest

from analysis import InputError
from analysis.building.briefing import build_briefing
from analysis.publish import chinese
from analysis.publish.briefing_content import briefing_charts, content
from analysis.publish.briefing_words import SPEECHES, speech
from analysis.publish.findings import GRADED, briefing_findings
from analysis.publish.style import letters
from analysis.scrutiny import four_answers

pypdf = pytest.importorskip("pypdf", reason="reading the PDF back needs pypdf, which requirements.txt pins")
BOOK = Path(__file__).parents[2] / "book"
HAN = re.compile("[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def answers(data):
    return tuple(four_answers(data).values())


@pytest.fixture(scope="module")
def told(data, answers):
    """What the template is given."""
    return content(data, briefing_findings(data), briefing_charts(data, "zh"), answers, "zh")


@pytest.fixture(scope="module")
def path(data, answers, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("zh") / "b.pdf"
    charts = briefing_charts(data, "zh")
    return build_briefing(data, briefing_findings(data), charts, target, answers=answers, language="zh")


@pytest.fixture(scope="module")
def pages(path) -> list[str]:
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(path).pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_it_has_two_to_four_pages_and_each_names_the_data(data, pages):
    assert 2 <= len(pages) <= 4
    for place, text in enumerate(pages, start=1):
        assert f"第{place}页，共{len(pages)}页" in text
        assert f"数据版本{data.version}，{chinese.date(data.released)}" in text
    assert data.fingerprint in "".join(pages)


def test_the_first_page_stands_alone(told, pages):
    first = [one for one in told["findings"] if one["first"]]
    assert len(first) == 3
    for finding in first:
        assert squeezed(finding["sentence"]) in pages[0]
    assert squeezed(told["charts"][0]["title"]) in pages[0]
    assert "不能说的" in pages[0]
    assert all(squeezed(line) in pages[0] for line in told["cannot"])


def test_every_finding_stands_whole_with_figure_interval_standing_and_trail(told, pages):
    text = "".join(pages)
    for finding in told["findings"]:
        for part in ("value", "interval", "badge", "headline", "sentence", "chapter"):
            assert squeezed(finding[part]) in text, (finding["value"], part)
        assert all(reading in text for reading in finding["readings"])


def test_all_that_is_said_is_chinese(told):
    for finding in told["findings"]:
        for part in ("interval", "badge", "headline", "sentence", "chapter"):
            assert HAN.search(finding[part]), finding[part]
            assert not re.search(r"[A-Za-z]{3,}", finding[part]), finding[part]
    said = [*told["minute"], *told["cannot"], *(one["meaning"] for one in told["identified"]["grades"])]
    said += [told["charts"][0][part] for part in ("title", "alt", "note")]
    for line in said:
        assert not re.search(r"[A-Za-z]{3,}", line), line
    assert all(re.search(r"\d{4}年|日期不详", one["date"]) for one in told["sources"])


def test_both_prose_files_have_the_same_names(data):
    names = [
        re.findall(
            r"^#let ([\w-]+)", (BOOK / f"briefing-{one}.typ").read_text(encoding="utf-8"), re.MULTILINE
        )
        for one in SPEECHES
    ]
    assert names[0] == names[1]
    asked = set(re.findall(r"\bsay\.([\w-]+)", (BOOK / "briefing.typ").read_text(encoding="utf-8")))
    assert asked == set(names[0])


def test_every_letter_has_a_glyph(told, path):
    """Typst refuses a letter that no font has; a drawing's letters are held here, and both faces are embedded."""
    said = (BOOK / "briefing-zh.typ").read_text(encoding="utf-8") + str(told)
    assert not {letter for letter in said if letter.isprintable() and ord(letter) not in letters()}
    fonts = set()
    for page in pypdf.PdfReader(path).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(inner), inner["/FontName"]
            subset, _, name = str(inner["/FontName"]).partition("+")
            assert re.fullmatch(r"/[A-Z]{6}", subset), "the whole font is embedded, no subset of it"
            fonts.add(name)
    assert {"NotoSansSC-Regular", "NotoSerifSC-Regular"} <= fonts


def test_it_is_tagged_archivable_and_says_its_language(data, path):
    reader = pypdf.PdfReader(path)
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).lower() == "zh-cn"
    assert root["/MarkInfo"]["/Marked"]
    assert HAN.search(reader.metadata.title)
    assert reader.metadata.creation_date.date() == dt.date.fromisoformat(data.released)
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part\D{1,3}1", xmp)
    assert re.search(r"pdfaid:part\D{1,3}2", xmp)


def test_a_second_build_is_the_same_bytes(data, answers, path, tmp_path):
    charts = briefing_charts(data, "zh")
    again = build_briefing(
        data, briefing_findings(data), charts, tmp_path / "b.pdf", answers=answers, language="zh"
    )
    assert again.read_bytes() == path.read_bytes()


def test_both_briefings_have_the_same_trails(data, answers, told):
    english = content(data, briefing_findings(data), briefing_charts(data), answers)
    for one, other in zip(english["findings"], told["findings"], strict=True):
        for part in ("standing", "readings", "more_readings", "sources", "first"):
            assert one[part] == other[part]
    assert [one["url"] for one in english["sources"]] == [one["url"] for one in told["sources"]]


def test_an_effect_is_told_with_its_grade(data):
    import dataclasses

    finding = dataclasses.replace(
        briefing_findings(data)[0], standing=GRADED, grade="C", value="-33%", low=-33.4, high=float("inf")
    )
    say = speech("zh")
    assert say.badge(finding).startswith("C级：")
    assert say.interval_line(finding) == "95%区间：−33%至无上限"


def test_a_language_that_it_does_not_speak_is_refused(data):
    with pytest.raises(InputError, match=r"does not speak 'fr'; choose of: en, zh"):
        content(data, briefing_findings(data), briefing_charts(data), (), "fr")
