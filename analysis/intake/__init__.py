"""Intake: a text to the figures that it states, each a proposal for the record."""

from analysis.intake.check import check, check_proposal
from analysis.intake.proposal import Proposal
from analysis.intake.propose import propose
from analysis.intake.report import Report
from analysis.intake.text_files import read_text

__all__ = ["Proposal", "Report", "check", "check_proposal", "propose", "read_text"]
