"""How much of the machine's read bandwidth a scan reaches."""

from collections.abc import Iterator

from bench import data
from bench.engine import READOUT, THREADS, Engine
from bench.measure import Measurement, Outcome
from bench.settings import Settings
from bench.suites.statements import BY_COUNTRY


def run(settings: Settings) -> Iterator[Outcome]:
    outcome = Outcome("limit", "Bytes read a second")
    with Engine(READOUT) as readout:
        rows = readout.load(data.statements(settings.rows)).rows
        needed = readout.ask("bytes", columns=["country", "tone"]).bytes
        machine = Measurement("an array, summed", READOUT, THREADS, unit="B/s")
        query = Measurement("count and mean by country", READOUT, THREADS, rows=rows, unit="B/s")
        readout.query(BY_COUNTRY)
        for _ in range(settings.rounds):
            bandwidth = readout.ask("bandwidth")
            machine.values.append(bandwidth.bytes / bandwidth.seconds)
            query.values.append(needed / readout.query(BY_COUNTRY).seconds)
    outcome.measurements += [machine, query]
    reached = query.median / machine.median
    outcome.notes.append(f"The query reads {needed / 1e6:,.0f} MB of columns at {reached:.0%} of that speed.")
    yield outcome
