"""python -m bench [suite…] [--quick] [--largest ROWS]"""

import argparse
import sys
from dataclasses import replace

from bench import results
from bench.data import ROOT
from bench.settings import QUICK, Settings
from bench.suites import (
    concordance,
    formats,
    groupby,
    joins,
    limit,
    load,
    metrics,
    scale,
    statements,
    text,
    windows,
)

SUITES = {
    "groupby": groupby,
    "statements": statements,
    "text": text,
    "concordance": concordance,
    "joins": joins,
    "windows": windows,
    "metrics": metrics,
    "load": load,
    "formats": formats,
    "scale": scale,
    "limit": limit,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="Benchmarks/run", description="Measures Readout beside DuckDB and Polars.")
    parser.add_argument("suites", nargs="*", metavar="suite", help=f"{', '.join(SUITES)}; without one, all")
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows, three rounds; results go nowhere")
    parser.add_argument("--largest", type=float, help="the most rows of the scale suite, 1e7 where not said")
    arguments = parser.parse_args()
    if unknown := set(arguments.suites) - set(SUITES):
        parser.error(f"unknown suite: {', '.join(sorted(unknown))}")
    settings = QUICK if arguments.quick else Settings()
    if arguments.largest:
        settings = replace(settings, largest=int(arguments.largest))

    failures = []
    for name in arguments.suites or SUITES:
        for outcome in SUITES[name].run(settings):
            table = results.markdown(outcome)
            print(table)
            failures += outcome.failures
            if not arguments.quick:
                results.write_csv(outcome)
                results.put(ROOT / "RESULTS.md", outcome.name, table, append=True)
                results.put(ROOT.parent / "README.md", outcome.name, table, append=False)
    return 1 if failures else 0


sys.exit(main())
