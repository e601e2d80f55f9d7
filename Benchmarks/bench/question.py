"""A question in the words of each engine."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Question:
    name: str
    # Steps of a Readout query by name: join, near, asof, where, derive, by, measure, select, sort, limit. Several of
    # these stand one behind the other.
    readout: dict[str, str] | tuple[dict[str, str], ...]
    # For DuckDB; the table is `t`, others are called as in the suite.
    sql: str
    # For Polars; the data frames have the same names and are lazy. None is not asked.
    polars: str | None
    # Sums that DuckDB leaves null where a group has no value; in Readout and Polars they are 0.
    sums: tuple[str, ...] = ()
    # For ClickHouse, where it is asked; the table is `t`.
    clickhouse: str = ""

    # How many of the first columns tell the rows apart; where it is not said, those of the last `by`.
    unique: int | None = None
    # What else Readout is told: `table`, the folder of `plugins`, whether it `lifts` them.
    request: dict[str, Any] = field(default_factory=dict)

    @property
    def steps(self) -> list[dict[str, str]]:
        return [self.readout] if isinstance(self.readout, dict) else list(self.readout)

    @property
    def keys(self) -> int:
        """The first columns of the answer are its keys; answers are compared in their order."""
        if self.unique is not None:
            return self.unique
        keys = [steps["by"] for steps in self.steps if "by" in steps]
        return len(keys[-1].split(",")) if keys else 0

    @property
    def is_sorted(self) -> bool:
        """Whether the order of the rows is part of the answer."""
        return any("sort" in steps for steps in self.steps)
