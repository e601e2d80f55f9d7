"""A module for each suite: `TITLES` by name, and `run`, which gives an outcome by name."""
