"""DuckDB or Polars behind the requests that Readout's server answers: python -m bench.peer duckdb|polars THREADS"""

import json
import sys
import time
from pathlib import Path
from typing import Any

PAGE = 1024


class DuckDB:
    """Native tables in memory; answers as Arrow tables."""

    def __init__(self, threads: int) -> None:
        import duckdb

        self.connection = duckdb.connect()
        self.connection.sql(f"SET threads = {threads}")
        self.answer: Any = None

    def load(self, path: str) -> int:
        self.connection.sql(f"CREATE OR REPLACE TABLE t AS SELECT * FROM read_csv('{path}')")
        return self.connection.table("t").shape[0]

    def query(self, text: str) -> int:
        self.answer = self.connection.sql(text).to_arrow_table()
        return self.answer.num_rows

    def write_parquet(self, path: str) -> None:
        from pyarrow import parquet

        parquet.write_table(self.answer, path)

    def write_csv(self, path: str) -> None:
        answer = self.answer
        self.connection.sql("SELECT * FROM answer").write_csv(path)


class Polars:
    """A data frame, its strings as `String`; queries are lazy, so that they are optimised."""

    def __init__(self, threads: int) -> None:
        import polars

        assert polars.thread_pool_size() == threads, "POLARS_MAX_THREADS is another"
        self.polars = polars
        self.table: Any = None
        self.answer: Any = None

    def load(self, path: str) -> int:
        self.table = self.polars.read_csv(path, try_parse_dates=True)
        return self.table.height

    def query(self, text: str) -> int:
        self.answer = eval(text, {"pl": self.polars, "t": self.table.lazy()}).collect()
        return self.answer.height

    def write_parquet(self, path: str) -> None:
        self.answer.write_parquet(path)

    def write_csv(self, path: str) -> None:
        self.answer.write_csv(path)


def memory(field: str) -> int:
    """Bytes of memory of this process: VmRSS now, VmHWM at most."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) * PAGE for line in status.splitlines() if line.startswith(field))


def serve(engine: DuckDB | Polars) -> None:
    resident = memory("VmRSS")
    for line in sys.stdin:
        request = json.loads(line)
        reply: dict[str, Any] = {}
        try:
            if request["task"] == "query":
                engine.answer = None
            start = time.perf_counter()
            match request["task"]:
                case "load":
                    reply["rows"] = engine.load(request["path"])
                case "query":
                    reply["rows"] = engine.query(request["query"])
                case "answer":
                    engine.write_csv(request["path"])
                case "parquet":
                    engine.write_parquet(request["path"])
                case "forget":
                    Path("/proc/self/clear_refs").write_text("5")
            reply["seconds"] = time.perf_counter() - start
            reply["peak"] = max(0, memory("VmHWM") - resident)
        except Exception as problem:
            reply["error"] = str(problem)
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    serve({"duckdb": DuckDB, "polars": Polars}[sys.argv[1]](int(sys.argv[2])))
