"""From JSON Lines, and from GDELT's Global Knowledge Graph, to a table that is ready for queries."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import data
from bench.compare import differences
from bench.engine import loaded
from bench.measure import Outcome, thread_dependence
from bench.question import Question
from bench.settings import Settings
from bench.suites.load import copying, reading

# What tells that the tables hold the same: keys, nested keys, nulls, numbers, booleans and texts.
STATEMENTS = Question(
    "by country",
    {
        "by": "country",
        "measure": "n = count(), parties = count(row['speaker.party']), speakers = distinct(row['speaker.name']), "
        "tone = mean(tone), words = sum(words), official = count_if(official), letters = sum(length(text)), "
        "first = min(date), id = max(id)",
    },
    "SELECT country, count(*) AS n, count(speaker.party) AS parties, count(DISTINCT speaker.name) AS speakers, "
    "avg(tone) AS tone, sum(words) AS words, count_if(official) AS official, sum(length(text)) AS letters, "
    "min(date) AS first, max(id) AS id FROM t GROUP BY country",
    "t.group_by('country').agg(n=pl.len(), parties=pl.col('speaker').struct.field('party').count(), "
    "speakers=pl.col('speaker').struct.field('name').n_unique(), tone=pl.mean('tone'), words=pl.sum('words'), "
    "official=pl.sum('official'), letters=pl.col('text').str.len_chars().sum(), "
    "first=pl.min('date').str.to_date(), id=pl.max('id'))",
)
GKG = Question(
    "by source",
    {
        "by": "SourceCommonName",
        "measure": "n = count(), themes = sum(length(Themes)), gcam = sum(length(GCAM)), people = count(Persons)",
    },
    "SELECT column03 AS SourceCommonName, count(*) AS n, sum(length(column07)) AS themes, sum(length(column17)) AS gcam, "
    "count(column11) AS people FROM t GROUP BY column03",
    "t.group_by(SourceCommonName=pl.col('column_3')).agg(n=pl.len(), themes=pl.col('column_7').str.len_chars().sum(), "
    "gcam=pl.col('column_17').str.len_chars().sum(), people=pl.col('column_11').count())",
)


def run(settings: Settings) -> Iterator[Outcome]:
    outcome = Outcome("formats", "Loading JSON Lines and GDELT's GKG")
    files = ((data.json_lines(settings.rows // 10), STATEMENTS), (data.gkg(settings.rows // 200), GKG))
    for path, question in files:
        for cache in ("warm", "cold"):
            outcome.measurements += reading(path, cache, settings.rounds)
        outcome.failures += [f"{path.stem}: {failure}" for failure in _failures(path, question)]
    yield outcome


def _failures(path: Path, question: Question) -> list[str]:
    """Answers that differ, and tables that depend on the number of threads."""
    with loaded(path) as engines, TemporaryDirectory() as folder:
        for engine in engines:
            engine.query(question)
        wrong = differences(engines, question, Path(folder))
    with TemporaryDirectory() as folder:
        return [f"{name}: {problem}" for name, problem in wrong.items()] + thread_dependence(
            partial(copying, path), Path(folder)
        )
