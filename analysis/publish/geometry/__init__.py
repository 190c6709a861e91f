"""Shapes for maps, kept in the repository so that no page asks another host; see README.md for their origin."""
