"""How large the tables are and how often each question is asked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    rows: int = 10_000_000
    # Rows of the table of texts.
    texts: int = 1_000_000
    rounds: int = 5
    # The most rows of the scale suite.
    largest: int = 10_000_000


QUICK = Settings(rows=1_000_000, texts=100_000, rounds=3, largest=1_000_000)
