"""Figures, tables, findings, the words of chapters and briefing: what turns results into what is read."""
