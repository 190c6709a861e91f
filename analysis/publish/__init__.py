"""Figures, tables, findings, the site and the briefing: everything that turns results into pages."""
