"""Intake: a text to the figures that it states, each a proposal for the record."""

from analysis.intake.proposal import Proposal
from analysis.intake.propose import propose
from analysis.intake.text_files import read_text

__all__ = ["Proposal", "propose", "read_text"]
