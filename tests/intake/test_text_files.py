"""Texts from files: encodings, pages, PDFs, and what holds no text."""

import io
import sys

import pytest

from analysis import InputError
from analysis.intake import read_text

TEXT = "公安部通报，2019年全国公安机关共破获侵犯知识产权案件1.2万起，抓获犯罪嫌疑人2万名。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_encodings_of_chinese_pages_are_told(tmp_path, encoding):
    path = tmp_path / "release.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_text(path) == TEXT


def test_of_a_page_the_article_is_read(tmp_path):
    pytest.importorskip("trafilatura")
    path = tmp_path / "page.html"
    menu = "<nav><ul><li><a href='/a'>News 2024</a></li><li><a href='/b'>About us 17</a></li></ul></nav>"
    body = "".join(f"<p>{TEXT}</p>" for _ in range(3))
    path.write_text(
        f"<html><head><meta charset='utf-8'></head><body>{menu}<article><h1>通报</h1>{body}</article></body></html>",
        encoding="utf-8",
    )
    found = read_text(path)
    assert TEXT in found
    assert "About us" not in found


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert read_text("-") == TEXT


def test_a_pdf_without_text_is_refused(tmp_path):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    path = tmp_path / "scan.pdf"
    writer.write(path)
    with pytest.raises(InputError, match="PDF without text"):
        read_text(path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n ", "empty"),
        ("large.txt", b"a" * 10_000_000, "10 MB or more"),
        ("broken.pdf", b"%PDF-1.7 nothing", "cannot be read as a PDF"),
        ("table.xlsx", b"PK", "of no kind that can be read"),
    ],
)
def test_files_without_a_text_are_refused(tmp_path, name, content, said):
    pytest.importorskip("pypdf")
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_text(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_text(tmp_path / "nothing.txt")
