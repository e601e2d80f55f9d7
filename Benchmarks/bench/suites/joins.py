"""Joins on equal keys, on windows of days, and on the latest event: the questions of issue 7."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl

from bench import data
from bench.compare import difference
from bench.engine import READOUT, THREADS, Engine, loaded
from bench.measure import Measurement, Outcome, ask, in_turn, thread_dependence, writing
from bench.question import Question
from bench.settings import Settings

MEASURE = "n = count(), v = sum(v), w = sum(w)"
SQL_MEASURE = "count(*) AS n, sum(v) AS v, sum(w) AS w"
POLARS_MEASURE = "n=pl.len(), v=pl.sum('v'), w=pl.sum('w')"


def join(name: str, table: str, left: str, right: str, kind: str = "inner") -> Question:
    """Rows joined with a table, and a group-by on a column of that table on top."""
    return Question(
        name,
        ({"join": table, "on": f"{left} = {right}", "kind": kind}, {"by": "g", "measure": MEASURE}),
        f"SELECT g, {SQL_MEASURE} FROM t {kind.upper()} JOIN {table} ON t.{left} = {table}.{right} GROUP BY g",
        f"t.join({table}, left_on='{left}', right_on='{right}', how='{kind}').group_by('g').agg({POLARS_MEASURE})",
        sums=("w",),
    )


JOINS = [
    join("10,000 integers", "small_table", "small", "k"),
    join("10,000 integers, left", "small_table", "small", "k", "left"),
    join("10,000 strings", "small_table", "small_name", "name"),
    join("1,000,000 integers", "large_table", "large", "k"),
    join("1,000,000 scattered integers", "large_table", "scattered", "scattered"),
    join("1,000,000 strings", "large_table", "large_name", "name"),
]


def near(name: str, days: int, readout: dict[str, str], sql: str, unique: int | None = None) -> Question:
    """Statements and the events of their country within so many days."""
    window = f"t.date BETWEEN e.date - {days} AND e.date + {days}"
    return Question(
        name,
        ({"near": "e", "on": "country", "before": f"{days} days", "after": f"{days} days"}, readout),
        sql.replace("JOINED", f"t JOIN e ON t.country = e.country AND {window}"),
        None,
        unique=unique,
    )


PAIRS = near(
    "20,000 by 20,000, 5 countries, 3 days",
    3,
    {"select": "id, event_id, offset, v, event_v"},
    "SELECT t.id, e.id AS event_id, t.date - e.date AS \"offset\", t.v, e.v AS event_v FROM JOINED",
    unique=2,
)
BY_OFFSET = near(
    "by 10,000, 200 countries, 7 days",
    7,
    {"by": "offset", "measure": "n = count(), v = sum(v)"},
    "SELECT t.date - e.date AS \"offset\", count(*) AS n, sum(t.v) AS v FROM JOINED GROUP BY \"offset\"",
)
# Two events of a country on one day: DuckDB may take either, so that only what they share is asked.
ASOF = Question(
    "by 200,000, 200 countries",
    ({"asof": "e", "on": "country"}, {"by": "offset", "measure": "n = count(), v = sum(v)"}),
    "SELECT t.date - e.date AS \"offset\", count(*) AS n, sum(t.v) AS v"
    " FROM t ASOF JOIN e ON t.country = e.country AND t.date >= e.date GROUP BY \"offset\"",
    "t.sort('date').join_asof(e.with_columns(happened=pl.col('date')).sort('date'), on='date', by='country')"
    ".drop_nulls('happened').group_by(offset=(pl.col('date') - pl.col('happened')).dt.total_days())"
    ".agg(n=pl.len(), v=pl.sum('v'))",
)


# Thirty days before and after each event, 1,000 resamples and placebo dates. Nobody else answers that in one question.
STUDY = Question(
    "study of 200 events, 200 countries, 1,000 resamples",
    ({"study": "e", "on": "country", "before": "30 days", "after": "30 days", "measures": "tone = mean(v), n = count()"},),
    "",
    None,
)


def studied(statements: Path, events: Path, answer: Path) -> str | None:
    """Where a study's answer differs from NumPy's in the values before and after and the numbers of statements."""
    t, e, found = pl.read_csv(statements, try_parse_dates=True), pl.read_csv(events, try_parse_dates=True), []
    days, countries, v = (t[name].to_numpy() for name in ("date", "country", "v"))
    for id, country, day in e.select("id", "country", "date").iter_rows():
        offset = (days - np.datetime64(day)).astype("timedelta64[D]").astype(int)
        of = countries == country
        before, after = (v[of & side] for side in ((offset >= -30) & (offset < 0), (offset >= 0) & (offset < 30)))
        means = before.mean(), after.mean()
        for measure, values in (("tone", means), ("n", (float(len(before)), float(len(after))))):
            found.append((id, measure, *values, values[1] - values[0], len(before), len(after)))
    names = ["id", "measure", "before", "after", "difference", "n_before", "n_after"]
    return difference(pl.DataFrame(found, schema=names, orient="row"), pl.read_csv(answer).select(names))


def study(outcome: Outcome, statements: Path, events: Path, rounds: int) -> None:
    with Engine(READOUT) as readout, TemporaryDirectory() as folder:
        readout.load(statements)
        readout.load(events, "e")
        measurement = Measurement(STUDY.name, READOUT, THREADS, rows=readout.query(STUDY).rows)
        answer = Path(folder) / "answer.csv"
        readout.write_csv(answer)
        if problem := studied(statements, events, answer):
            outcome.failures.append(f"{STUDY.name}, beside NumPy: {problem}")
        outcome.failures += thread_dependence(writing(readout, STUDY), Path(folder))
        in_turn([measurement], [lambda: readout.query(STUDY).seconds], rounds)
    outcome.measurements.append(measurement)
    outcome.notes.append(f"study, seconds: {measurement.median:.3g} (at most 1)")
    print(f"{outcome.name}, {STUDY.name}: {measurement.median * 1000:.1f} ms", flush=True)


def run(settings: Settings) -> Iterator[Outcome]:
    rows = settings.rows
    outcome = Outcome("joins", f"Joins of {rows:,} rows, a group-by on top")
    small, large = rows // 1000, rows // 10
    left = data.joined(rows, small, large)
    with loaded(left, small_table=data.joinable(small), large_table=data.joinable(large)) as engines:
        ask(outcome, JOINS, engines, settings.rounds)
    yield outcome

    outcome = Outcome("events", "Statements meet events")
    with loaded(data.dated(20_000, 5, 1), e=data.dated(20_000, 5, 2)) as engines:
        ask(outcome, [PAIRS], engines, settings.rounds)
    with loaded(data.dated(rows // 10, 200, 1), e=data.dated(10_000, 200, 2)) as engines:
        ask(outcome, [BY_OFFSET], engines, settings.rounds)
    with loaded(data.dated(rows // 5, 200, 1), e=data.dated(rows // 50, 200, 2)) as engines:
        ask(outcome, [ASOF], engines, settings.rounds)
    study(outcome, data.dated(rows // 10, 200, 1), data.dated(200, 200, 2), settings.rounds)
    yield outcome
