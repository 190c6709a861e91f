"""Studies of the package's own methods. They take minutes; their tables are kept in studies/tables."""
