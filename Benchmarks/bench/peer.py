"""A peer behind the requests that Readout's server answers: python -m bench.peer duckdb|polars|clickhouse THREADS"""

import json
import sys
import time
from pathlib import Path
from typing import Any, Protocol


class Peer(Protocol):
    def load(self, path: str, table: str) -> int:
        """Reads a file of CSV, JSON Lines or GDELT's GKG, by its name, into a table and gives its rows."""

    def query(self, text: str) -> int:
        """Keeps the answer, materialised, and gives its rows."""

    def add_functions(self) -> None:
        """From here on questions may call the Python functions of `bench.functions`."""

    def forget(self) -> None:
        """Lets go of the last answer."""

    def write_parquet(self, path: str) -> None: ...

    def write_csv(self, path: str) -> None: ...


class DuckDB:
    """Native tables in memory; answers as Arrow tables."""

    def __init__(self, threads: int) -> None:
        import duckdb

        self.connection = duckdb.connect()
        self.connection.sql(f"SET threads = {threads}")
        self.question = ""
        self.answer: Any = None

    def load(self, path: str, table: str) -> int:
        reader = f"read_csv('{path}')"
        if path.endswith(".jsonl"):
            reader = f"read_json('{path}', format = 'newline_delimited')"
        elif Path(path).name.startswith("gkg_"):
            reader = f"read_csv('{path}', delim = '\t', quote = '', header = false)"
        self.connection.sql(f"CREATE OR REPLACE TABLE {table} AS FROM {reader}")
        return int(self.connection.table(table).shape[0])

    def query(self, text: str) -> int:
        self.question = text
        self.answer = self.connection.sql(text).to_arrow_table()
        return int(self.answer.num_rows)

    def add_functions(self) -> None:
        """`f_native`, `f_arrow` and, where it has a vectorised form, `f_numpy` for each function `f`."""
        from bench.functions import FUNCTIONS

        for name, function in FUNCTIONS.items():
            types = list(function.parameters), function.result
            self.connection.create_function(f"{name}_native", function.call, *types)
            self.connection.create_function(f"{name}_arrow", function.by_value, *types, type="arrow")
            if function.by_array:
                self.connection.create_function(f"{name}_numpy", function.by_array, *types, type="arrow")

    def forget(self) -> None:
        self.answer = None

    def write_parquet(self, path: str) -> None:
        from pyarrow import parquet

        parquet.write_table(self.answer, path)

    def write_csv(self, path: str) -> None:
        # Its own way: the file is written while the query runs.
        self.connection.sql(self.question).write_csv(path)


class Polars:
    """A data frame, its strings as `String`; queries are lazy, so that they are optimised."""

    def __init__(self, threads: int) -> None:
        import polars

        assert polars.thread_pool_size() == threads, "POLARS_MAX_THREADS is another"
        self.polars = polars
        self.tables: dict[str, Any] = {}
        self.functions: dict[str, Any] = {}
        self.answer: Any = None

    def load(self, path: str, table: str) -> int:
        if path.endswith(".jsonl"):
            self.tables[table] = self.polars.scan_ndjson(path).collect()
        elif Path(path).name.startswith("gkg_"):
            self.tables[table] = self.polars.read_csv(path, separator="\t", quote_char=None, has_header=False)
        else:
            self.tables[table] = self.polars.read_csv(path, try_parse_dates=True)
        return int(self.tables[table].height)

    def query(self, text: str) -> int:
        frames = {name: table.lazy() for name, table in self.tables.items()}
        self.answer = eval(text, {"pl": self.polars} | self.functions | frames).collect()
        return int(self.answer.height)

    def add_functions(self) -> None:
        """By their names."""
        from bench.functions import FUNCTIONS

        self.functions = {name: function.call for name, function in FUNCTIONS.items()}

    def forget(self) -> None:
        self.answer = None

    def write_parquet(self, path: str) -> None:
        self.answer.write_parquet(path)

    def write_csv(self, path: str) -> None:
        self.answer.write_csv(path)


class ClickHouse:
    """The engine of ClickHouse in this process (chdb); tables in memory, answers as Arrow tables."""

    def __init__(self, threads: int) -> None:
        from chdb import session

        self.session = session.Session()
        self.settings = f"SETTINGS max_threads = {threads}, output_format_arrow_string_as_string = 1"
        self.answer: Any = None

    def load(self, path: str, table: str) -> int:
        self.session.query(f"DROP TABLE IF EXISTS {table}")
        self.session.query("CREATE DATABASE IF NOT EXISTS bench ENGINE = Atomic")
        self.session.query("USE bench")
        self.session.query(
            f"CREATE TABLE {table} ENGINE = Memory AS SELECT * FROM file('{path}', 'CSVWithNames')"
        )
        return int(str(self.session.query(f"SELECT count() FROM {table}", "CSV")))

    def query(self, text: str) -> int:
        self.answer = self.session.query(f"{text} {self.settings}", "ArrowTable")
        return int(self.answer.num_rows)

    def forget(self) -> None:
        self.answer = None

    def write_parquet(self, path: str) -> None:
        from pyarrow import parquet

        parquet.write_table(self.answer, path)

    def write_csv(self, path: str) -> None:
        from pyarrow import csv

        csv.write_csv(self.answer, path)


PEERS = {"duckdb": DuckDB, "polars": Polars, "clickhouse": ClickHouse}


def memory(field: str) -> int:
    """Bytes of memory of this process: VmRSS now, VmHWM at most."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(field))


def serve(peer: Peer) -> None:
    resident = memory("VmRSS")
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = run(peer, request)
            reply["peak"] = max(0, memory("VmHWM") - resident)
        except Exception as problem:
            reply = {"error": str(problem)}
        print(json.dumps(reply), flush=True)


def run(peer: Peer, request: dict[str, Any]) -> dict[str, Any]:
    rows = 0
    if request["task"] == "query":
        peer.forget()
    start = time.perf_counter()
    match request["task"]:
        case "load":
            rows = peer.load(request["path"], request["table"])
        case "query":
            rows = peer.query(request["query"])
        case "functions":
            peer.add_functions()
        case "answer":
            peer.write_csv(request["path"])
        case "parquet":
            peer.write_parquet(request["path"])
        case "forget":
            Path("/proc/self/clear_refs").write_text("5")
    return {"seconds": time.perf_counter() - start, "rows": rows}


if __name__ == "__main__":
    name, threads = sys.argv[1], int(sys.argv[2])
    serve(PEERS[name](threads))
