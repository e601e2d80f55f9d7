"""Whether two engines gave the same answer."""

from pathlib import Path

import polars as pl

from bench.engine import PEERS, READOUT, Engine
from bench.question import Question

# Of a float's size; and what cancellation leaves where the exact answer is 0, as for a correlation.
RELATIVE, ABSOLUTE = 1e-9, 1e-12


def differences(engines: list[Engine], question: Question, folder: Path) -> dict[str, str]:
    """For each engine whose last answer is not the first peer's: where they differ."""
    peers = [engine for engine in engines if engine.name in PEERS]
    if not peers:
        return {}
    reference = peers[0]
    wanted = _comparable(_peers_answer(reference, folder), question)
    found = {}
    for engine in engines:
        if engine is reference:
            continue
        answer = _readouts_answer(engine, wanted, folder) if engine.name == READOUT else _peers_answer(engine, folder)
        if problem := difference(wanted, _comparable(answer, question)):
            found[engine.name] = problem
    return found


def _peers_answer(engine: Engine, folder: Path) -> pl.DataFrame:
    path = folder / "answer.parquet"
    engine.write_parquet(path)
    return pl.read_parquet(path)


def _readouts_answer(engine: Engine, wanted: pl.DataFrame, folder: Path) -> pl.DataFrame:
    path = folder / "answer.csv"
    engine.write_csv(path)
    lists = [name for name, type in wanted.schema.items() if isinstance(type, pl.List)]
    types = {name: pl.String if name in lists else type for name, type in wanted.schema.items()}
    answer = pl.read_csv(path, schema_overrides=types)
    return answer.with_columns(pl.col(lists).str.split(";").cast(pl.List(pl.Float64)))


def _comparable(answer: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Integers as 64 bits, floats as doubles, lists largest first, rows by keys unless the question orders them."""
    answer = answer.with_columns(pl.col(pl.List).list.sort(descending=True))
    whole = (pl.selectors.integer() | pl.selectors.decimal()).cast(pl.Int64)
    answer = answer.with_columns(whole, pl.selectors.float().cast(pl.Float64))
    answer = answer.with_columns(pl.col(name).fill_null(0) for name in question.sums)
    if question.is_sorted or question.keys == 0:
        return answer
    return answer.sort(answer.columns[: question.keys], nulls_last=True)


def difference(wanted: pl.DataFrame, found: pl.DataFrame) -> str | None:
    if wanted.height != found.height:
        return f"{found.height} rows for {wanted.height}"
    if wanted.columns != found.columns:
        return f"columns {found.columns} for {wanted.columns}"
    for name in wanted.columns:
        differs = _differs(wanted[name], found[name])
        if differs.any():
            row = differs.to_list().index(True)
            return f"{differs.sum()} rows differ in {name}, first in {found.row(row)} for {wanted.row(row)}"
    return None


def _differs(wanted: pl.Series, found: pl.Series) -> pl.Series:
    if isinstance(wanted.dtype, pl.List):
        lengths = wanted.list.len()
        differs = lengths.ne_missing(found.list.len())
        for item in range(max(lengths.drop_nulls().to_list(), default=0)):
            differs |= _differs(wanted.list.get(item, null_on_oob=True), found.list.get(item, null_on_oob=True))
        return differs
    if wanted.dtype == pl.Float64:
        near = wanted.is_finite() & ((wanted - found).abs() <= RELATIVE * wanted.abs() + ABSOLUTE)
        return ~(near | wanted.eq_missing(found)).fill_null(False)
    return wanted.ne_missing(found)
