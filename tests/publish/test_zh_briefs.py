"""The chapters in brief in Chinese: the chapters' own figures, all of them, and no other word of theirs."""

import json
import re
from pathlib import Path

import pytest

from analysis import InputError
from analysis.publish.names import names
from analysis.publish.pages import (
    check_a_release,
    evidence,
    ledger,
    series_made,
    what_comes_next,
    zh,
    zh_briefs,
)
from analysis.publish.remarks import remarks

BOOK = Path(__file__).parents[2] / "book"
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES_OF_THEIR_OWN = {"TikTok", "Shop", "UTF", "CSV"}


def templates():
    rows = remarks("briefs-zh", ("chapter", "words"), key="chapter")
    return [pytest.param(row["chapter"], row["words"], id=row["chapter"]) for row in rows]


def prose(chapter):
    notebook = json.loads((BOOK / f"{chapter}.ipynb").read_text(encoding="utf-8"))
    return "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("61 percent (60 to 62)", ["61", "60", "62"]),
        ("more than 2 million in 2020", ["超过200万", "2020"]),
        ("about 18 billion yuan", ["约180亿"]),
        ("−12% to +19%", ["−12", "+19"]),
        ("none stands", ["0"]),
        ("eleven", ["11"]),
        ("14 cases to ten million people", ["14"]),
        ("16,436", ["16436"]),
        ("20,817", ["20817"]),
        ("0.60", ["0.60"]),
        ("32 of 51", ["32", "51"]),
        ("no figure at all", []),
    ],
)
def test_figures_of_an_english_phrase(words, told):
    assert zh_briefs.figures(words) == told


@pytest.mark.parametrize(("chapter", "template"), templates())
def test_a_sentence_asks_for_what_its_chapter_says(chapter, template):
    """Each figure stands in the English chapter too, by the same name."""
    english = prose(chapter)
    for asked in zh_briefs.PLACE.findall(template):
        name = asked.partition(".")[0] if "." in asked else asked
        if " " not in name:
            assert f"{{glue:text}}`{name}`" in english, asked
    assert not re.search(r"\d", re.sub(r"\{[^{}]*\}|\d{4}(?:财)?年|12月24日|95%|90%|UTF-8", "", template))


@pytest.mark.parametrize(
    ("chapter", "words"),
    [
        ("check-a-release", check_a_release.words),
        ("evidence", evidence.words),
        ("how-series-are-made", series_made.words),
        ("ledger", ledger.words),
        ("what-comes-next", what_comes_next.words),
    ],
)
def test_words_asked_for_by_themselves_are_those_of_the_chapter(data, chapter, words):
    """Where not all functions of a chapter are asked, what they say is what the English page says."""
    asked = [one(data) for one in zh_briefs.WORDS[chapter]]
    assert words not in zh_briefs.WORDS[chapter]
    assert {name: told for part in asked for name, told in part.items()}.items() <= words(data).items()


def test_every_chapter_that_is_brief_in_english_is_so_in_chinese():
    english = {path.stem for path in BOOK.glob("*.ipynb") if "{admonition} In brief" in prose(path.stem)}
    assert len(english) > 15
    assert english <= {case.id for case in templates()} <= set(names("chapter question", "zh"))


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("共{no_such_key.1}起", "has no figure {no_such_key.1}"),
        ("共{kunlun_interval.3}起", "has no figure {kunlun_interval.3}"),
        ("共{kunlun_interval.1}起", "{kunlun_interval} has the figures 1.1万, 1.2万; use all of them"),
        ("共{year us-seizures 1990}", "has no published figure of 1990"),
    ],
)
def test_what_a_chapter_does_not_have_is_named(data, template, says):
    with pytest.raises(InputError, match=re.escape(says)):
        zh_briefs._filled(data, "how-to-read", template)


def test_verbs_tell_as_the_roles_do(data):
    told = zh_briefs._filled(
        data, "how-to-read",
        "{year spp-persons-prosecuted 2024}，{change spp-persons-prosecuted 2017 2024}，"
        "{change spp-arrests-approved 2013 2024}，{print plat-seed0-02}，{moved gacc-batches}，"
        "{change gacc-items 2011 2024}，{year spc-civil-accepted 2024 | bare}件",
    )  # fmt: skip
    # 20,817 / 6,809 = 3.06; the prints of the records themselves
    assert told.startswith("20817人，增至3.06倍，上升47%，超过1.1万起，2010年至2024年增至2.06至2.07倍")
    # 103 million items in 2011, 81.6 million in 2024; 450,000 suits
    assert told.endswith("，下降20%至21%，45万件")


def test_the_page_shows_question_brief_and_findings_and_text_stays_text():
    markup = zh.chapters([], {"justice": "<b>20817</b>"})._repr_html_()
    assert "&lt;b&gt;20817&lt;/b&gt;" in markup
    with pytest.raises(InputError, match="no chapter question for 'nowhere'"):
        zh.chapters([], {"nowhere": "x"})


@pytest.mark.parametrize("chapter", ["how-to-read", "justice", "administration", "codebook"])
def test_a_brief_is_whole_and_in_chinese(data, chapter):
    template = next(case.values[1] for case in templates() if case.id == chapter)
    told = zh_briefs._filled(data, chapter, template)
    assert not re.search(r"[{}]|nan|None", told)
    assert set(LATIN.findall(told)) <= NAMES_OF_THEIR_OWN
