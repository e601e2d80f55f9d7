"""A question in the words of each engine."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    name: str
    # Steps of a Readout query by name: where, derive, by, measure, sort, limit.
    readout: dict[str, str]
    # For DuckDB; the table is `t`.
    sql: str
    # For Polars; the data frame is `t`, lazy.
    polars: str
    # Sums that DuckDB leaves null where a group has no value; in Readout and Polars they are 0.
    sums: tuple[str, ...] = ()
    # For ClickHouse, where it is asked; the table is `t`.
    clickhouse: str = ""

    @property
    def keys(self) -> int:
        """The first columns of the answer are its keys; answers are compared in their order."""
        return len(self.readout["by"].split(",")) if "by" in self.readout else 0
