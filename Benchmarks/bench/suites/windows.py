"""Window functions: neighbours, running sums and means over rows and over days, by country and by day."""

from collections.abc import Iterator

from bench import data
from bench.engine import loaded
from bench.measure import Outcome, ask
from bench.question import Question
from bench.settings import Settings

# The rows of a window are checked by what they add up to, each times its `id`, so that a value in another's row is seen: millions
# of rows are not written out. `id` also settles the order of a day.
ORDER = "PARTITION BY country ORDER BY date, id"


def window(name: str, readout: str, sql: str, polars: str, whole: bool = True) -> Question:
    """A derived column `x`, integers where it is `whole`, summed by country: the window reads and writes every row, the sums are
    cheap."""
    readout_total, sql_total, polars_total = ("sum", "sum", "sum") if whole else ("mean", "avg", "mean")
    cast = "::BIGINT" if whole else ""
    return Question(
        name,
        (
            {"window": f"x = {readout}", "partition": "country", "order": "date, id"},
            {"by": "country", "measure": f"n = count(x), total = {readout_total}(x * id)"},
        ),
        f"SELECT country, count(x) AS n, {sql_total}(x * id){cast} AS total"
        f" FROM (SELECT country, id, {sql} AS x FROM t) GROUP BY country",
        f"t.sort('country', 'date', 'id').with_columns(x={polars}).group_by('country')"
        f".agg(n=pl.col('x').count(), total=(pl.col('x') * pl.col('id')).{polars_total}())",
    )


QUESTIONS = [
    window("lag", "lag(v)", f"lag(v) OVER ({ORDER})", "pl.col('v').shift(1).over('country')"),
    window("cumsum", "cumsum(v)", f"sum(v) OVER ({ORDER})", "pl.col('v').cum_sum().over('country')"),
    window(
        "rolling_mean, 30 rows",
        "rolling_mean(v, 30)",
        f"avg(v) OVER ({ORDER} ROWS BETWEEN 29 PRECEDING AND CURRENT ROW)",
        "pl.col('v').rolling_mean(30, min_samples=1).over('country')",
        whole=False,
    ),
    window(
        "rolling_mean, 28 days",
        "rolling_mean(v, '28 days')",
        "avg(v) OVER (PARTITION BY country ORDER BY date RANGE BETWEEN INTERVAL 27 DAYS PRECEDING AND CURRENT ROW)",
        "pl.col('v').rolling_mean_by('date', '28d').over('country')",
        whole=False,
    ),
    window("rank", "rank()", "rank() OVER (PARTITION BY country ORDER BY date, id)", "pl.int_range(1, pl.len() + 1).over('country')"),
]


def run(settings: Settings) -> Iterator[Outcome]:
    rows = settings.rows // 5
    outcome = Outcome("windows", f"Windows over {rows:,} rows, 200 countries, the sums by country")
    with loaded(data.dated(rows, 200, 1)) as engines:
        ask(outcome, QUESTIONS, engines, settings.rounds)
    yield outcome
