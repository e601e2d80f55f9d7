"""The ten group-by questions of the db-benchmark: plain, with 5 % nulls, and sorted."""

from collections.abc import Iterator

from bench import data
from bench.engine import loaded
from bench.measure import Outcome, ask
from bench.question import Question
from bench.settings import Settings

QUESTIONS = [
    Question(
        "sum v1 by id1",
        {"by": "id1", "measure": "v1 = sum(v1)"},
        "SELECT id1, sum(v1) AS v1 FROM t GROUP BY id1",
        "t.group_by('id1').agg(pl.sum('v1'))",
        sums=("v1",),
    ),
    Question(
        "sum v1 by id1, id2",
        {"by": "id1, id2", "measure": "v1 = sum(v1)"},
        "SELECT id1, id2, sum(v1) AS v1 FROM t GROUP BY id1, id2",
        "t.group_by('id1', 'id2').agg(pl.sum('v1'))",
        sums=("v1",),
    ),
    Question(
        "sum v1, mean v3 by id3",
        {"by": "id3", "measure": "v1 = sum(v1), v3 = mean(v3)"},
        "SELECT id3, sum(v1) AS v1, avg(v3) AS v3 FROM t GROUP BY id3",
        "t.group_by('id3').agg(pl.sum('v1'), pl.mean('v3'))",
        sums=("v1",),
    ),
    Question(
        "means of v1, v2, v3 by id4",
        {"by": "id4", "measure": "v1 = mean(v1), v2 = mean(v2), v3 = mean(v3)"},
        "SELECT id4, avg(v1) AS v1, avg(v2) AS v2, avg(v3) AS v3 FROM t GROUP BY id4",
        "t.group_by('id4').agg(pl.mean('v1', 'v2', 'v3'))",
    ),
    Question(
        "sums of v1, v2, v3 by id6",
        {"by": "id6", "measure": "v1 = sum(v1), v2 = sum(v2), v3 = sum(v3)"},
        "SELECT id6, sum(v1) AS v1, sum(v2) AS v2, sum(v3) AS v3 FROM t GROUP BY id6",
        "t.group_by('id6').agg(pl.sum('v1', 'v2', 'v3'))",
        sums=("v1", "v2", "v3"),
    ),
    Question(
        "median, deviation of v3 by id4, id5",
        {"by": "id4, id5", "measure": "median = median(v3), deviation = stddev(v3)"},
        "SELECT id4, id5, median(v3) AS median, stddev(v3) AS deviation FROM t GROUP BY id4, id5",
        "t.group_by('id4', 'id5').agg(median=pl.median('v3'), deviation=pl.std('v3'))",
    ),
    Question(
        "max v1 - min v2 by id3",
        {"by": "id3", "measure": "range = max(v1) - min(v2)"},
        "SELECT id3, max(v1) - min(v2) AS range FROM t GROUP BY id3",
        "t.group_by('id3').agg(range=pl.max('v1') - pl.min('v2'))",
    ),
    Question(
        "two largest v3 by id6",
        {"by": "id6", "measure": "largest = top(v3, 2)"},
        "SELECT id6, max(v3, 2) AS largest FROM t GROUP BY id6",
        "t.group_by('id6').agg(largest=pl.col('v3').drop_nulls().top_k(2))",
    ),
    Question(
        "corr(v1, v2)² by id2, id4",
        {"by": "id2, id4", "measure": "r2 = corr(v1, v2) ^ 2"},
        "SELECT id2, id4, corr(v1, v2) ^ 2 AS r2 FROM t GROUP BY id2, id4",
        "t.group_by('id2', 'id4').agg(r2=pl.corr('v1', 'v2') ** 2)",
    ),
    Question(
        "sum v3, count by all six ids",
        {"by": "id1, id2, id3, id4, id5, id6", "measure": "v3 = sum(v3), n = count()"},
        "SELECT id1, id2, id3, id4, id5, id6, sum(v3) AS v3, count(*) AS n FROM t GROUP BY ALL",
        "t.group_by('id1', 'id2', 'id3', 'id4', 'id5', 'id6').agg(pl.sum('v3'), n=pl.len())",
        sums=("v3",),
    ),
]

VARIANTS = [
    ("groupby", "", 0, False),
    ("groupby-nulls", ", 5 % nulls", 5, False),
    ("groupby-sorted", ", sorted by the ids", 0, True),
]


def run(settings: Settings) -> Iterator[Outcome]:
    for name, kind, nulls, is_sorted in VARIANTS:
        outcome = Outcome(name, f"Group-by, {settings.rows:,} rows{kind}")
        path = data.groupby(settings.rows, nulls, is_sorted)
        with loaded(path) as engines:
            ask(outcome, QUESTIONS, engines, settings.rounds)
        yield outcome
