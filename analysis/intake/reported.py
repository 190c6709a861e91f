"""A report in the form that is asked for: on the terminal, or in a file that is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from analysis.dataset.moving import check_place
from analysis.errors import InputError, cause, shown
from analysis.intake.report import Report

FORMS = ("table", "markdown", "html", "json")


def written(report: Report, form: str, output: Path | None = None) -> str:
    """Return a report as text in a form, or write it to a file and return what is said of that.

    Raises
    ------
    InputError
        The form is none of `FORMS`, or the file cannot be written; nothing is written then.
    """
    if form not in FORMS:
        raise InputError(f"There is no format {shown(form)}; use one of {', '.join(FORMS)}.")
    makers = (report.to_text, report.to_markdown, report.to_html, report.to_json)
    text = dict(zip(FORMS, makers, strict=True))[form]()
    if output is None:
        return text
    check_place(output)
    part = output.with_name(f".{output.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(output)
    except OSError as error:
        raise InputError(f"{shown(str(output))} cannot be written: {cause(error)}.") from None
    finally:
        part.unlink(missing_ok=True)
    return f"Written: {output}.\n"
