"""The questions that statements are asked, over all rows and through filters that keep few, some and most."""

from collections.abc import Iterator
from dataclasses import replace

from bench import data
from bench.engine import loaded
from bench.measure import Outcome, ask
from bench.question import Question
from bench.settings import Settings

COUNT_AND_MEAN = "n = count(), tone = mean(tone)"
SQL_COUNT_AND_MEAN = "count(*) AS n, avg(tone) AS tone"
POLARS_COUNT_AND_MEAN = "n=pl.len(), tone=pl.mean('tone')"

BY_COUNTRY = Question(
    "by country",
    {"by": "country", "measure": COUNT_AND_MEAN},
    f"SELECT country, {SQL_COUNT_AND_MEAN} FROM t GROUP BY country",
    f"t.group_by('country').agg({POLARS_COUNT_AND_MEAN})",
)
BY_COUNTRY_AND_MONTH = Question(
    "by country and month",
    {"by": "country, month = bucket(date, 'month')", "measure": COUNT_AND_MEAN},
    f"SELECT country, date_trunc('month', date)::DATE AS month, {SQL_COUNT_AND_MEAN} FROM t GROUP BY country, month",
    f"t.group_by('country', month=pl.col('date').dt.truncate('1mo')).agg({POLARS_COUNT_AND_MEAN})",
)
BY_SPEAKER = Question(
    "by speaker",
    {"by": "speaker", "measure": COUNT_AND_MEAN},
    f"SELECT speaker, {SQL_COUNT_AND_MEAN} FROM t GROUP BY speaker",
    f"t.group_by('speaker').agg({POLARS_COUNT_AND_MEAN})",
)
BY_SPEAKER_AND_TOPIC = Question(
    "by speaker and topic",
    {"by": "speaker, topic", "measure": COUNT_AND_MEAN},
    f"SELECT speaker, topic, {SQL_COUNT_AND_MEAN} FROM t GROUP BY speaker, topic",
    f"t.group_by('speaker', 'topic').agg({POLARS_COUNT_AND_MEAN})",
)

QUESTIONS = [
    BY_COUNTRY,
    BY_COUNTRY_AND_MONTH,
    BY_SPEAKER,
    BY_SPEAKER_AND_TOPIC,
    Question(
        "one country, negative, since 2020",
        {"where": "country == 'C017' and tone < 0 and date >= '2020-01-01'", "measure": COUNT_AND_MEAN},
        f"SELECT {SQL_COUNT_AND_MEAN} FROM t WHERE country = 'C017' AND tone < 0 AND date >= '2020-01-01'",
        "t.filter(pl.col('country') == 'C017', pl.col('tone') < 0, pl.col('date') >= pl.date(2020, 1, 1))"
        f".select({POLARS_COUNT_AND_MEAN})",
    ),
    Question(
        "top ten speakers within a topic",
        {
            "where": "topic == 'topic 07'",
            "by": "speaker",
            "measure": "n = count()",
            "sort": "-n, speaker",
            "limit": "10",
        },
        "SELECT speaker, count(*) AS n FROM t WHERE topic = 'topic 07' GROUP BY speaker"
        " ORDER BY n DESC, speaker LIMIT 10",
        "t.filter(pl.col('topic') == 'topic 07').group_by('speaker').agg(n=pl.len())"
        ".sort('n', 'speaker', descending=[True, False]).head(10)",
    ),
    Question(
        "distinct speakers by country",
        {"by": "country", "measure": "speakers = distinct(speaker)"},
        "SELECT country, count(DISTINCT speaker) AS speakers FROM t GROUP BY country",
        "t.group_by('country').agg(speakers=pl.n_unique('speaker'))",
    ),
]

# The tone is normally distributed around 0 with a deviation of 3.
KEPT = {"0.1 %": -9.2707, "10 %": -3.8447, "90 %": 3.8447}


def filtered(question: Question, share: str, tone: float) -> Question:
    """The question over the rows whose tone lies under a limit."""
    assert isinstance(question.readout, dict)
    own = question.readout.get("where")
    return replace(
        question,
        name=f"{question.name}, {share}",
        readout=question.readout | {"where": f"{own} and tone < {tone}" if own else f"tone < {tone}"},
        sql=question.sql.replace("FROM t", f"FROM (FROM t WHERE tone < {tone})"),
        polars=question.polars.replace("t.", f"t.filter(pl.col('tone') < {tone}).", 1),
    )


def run(settings: Settings) -> Iterator[Outcome]:
    outcome = Outcome("statements", f"Statements, {settings.rows:,} rows")
    kept = [filtered(question, share, tone) for share, tone in KEPT.items() for question in QUESTIONS]
    with loaded(data.statements(settings.rows)) as engines:
        ask(outcome, QUESTIONS + kept, engines, settings.rounds)
    yield outcome
