"""The metrics of Benchmarks/plugins as Python functions, as a user of the peers would write them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import numpy
import pyarrow


@dataclass(frozen=True)
class Function:
    call: Callable[..., Any]
    # In the words of DuckDB.
    parameters: tuple[str, ...]
    result: str
    # The same over arrays of numpy, written anew; None where it has no such form.
    vectorised: Callable[..., Any] | None = None

    @property
    def by_value(self) -> Callable[..., Any]:
        """Over Arrow arrays: the function called for each value."""

        # DuckDB counts the parameters of the signature.
        @wraps(self.call)
        def over(*columns: Any) -> Any:
            return pyarrow.array(map(self.call, *(column.to_pylist() for column in columns)))

        return over

    @property
    def by_array(self) -> Callable[..., Any] | None:
        """Over Arrow arrays: the vectorised function called once."""
        whole = self.vectorised
        if whole is None:
            return None

        @wraps(whole)
        def over(*columns: Any) -> Any:
            return pyarrow.array(whole(*(column.to_numpy() for column in columns)))

        return over


def weighted(tone: float, words: int) -> float:
    return tone * 2 + words if tone < 0 else tone


def weighted_arrays(tone: Any, words: Any) -> Any:
    return numpy.where(tone < 0, tone * 2 + words, tone)


def damped(tone: float, words: int) -> float:
    while tone < -6:
        tone = tone / 2
    return tone + words


def indent(text: str) -> int:
    count = 0
    while text[count : count + 1] == " ":
        count += 1
    return count


FUNCTIONS = {
    "weighted": Function(weighted, ("DOUBLE", "BIGINT"), "DOUBLE", weighted_arrays),
    "damped": Function(damped, ("DOUBLE", "BIGINT"), "DOUBLE"),
    "indent": Function(indent, ("VARCHAR",), "BIGINT"),
}
