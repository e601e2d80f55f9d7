"""The tables that are measured, as CSV files; the same seed gives the same bytes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

CHUNK = 1_000_000
SPEAKERS, COUNTRIES, TOPICS = 10_000, 200, 50


def groupby(path: Path, rows: int, groups: int, nulls: int, is_sorted: bool) -> None:
    """The group-by table of the db-benchmark (H2O.ai, DuckDB Labs), of other random numbers."""
    random = np.random.default_rng(108)

    def labels(pattern: str, count: int) -> pa.Array:
        codes = random.integers(0, count, rows, dtype=np.int32)
        return _strings(codes, [pattern % number for number in range(1, count + 1)])

    table = pa.table({
        "id1": labels("id%03d", groups),
        "id2": labels("id%03d", groups),
        "id3": labels("id%010d", rows // groups),
        "id4": random.integers(1, groups + 1, rows),
        "id5": random.integers(1, groups + 1, rows),
        "id6": random.integers(1, rows // groups + 1, rows),
        "v1": random.integers(1, 6, rows),
        "v2": random.integers(1, 16, rows),
        "v3": np.round(random.uniform(0, 100, rows), 6),
    })
    if nulls:
        lost = {name: pa.array(random.random(rows) < nulls / 100) for name in table.column_names}
        table = pa.table({name: pc.if_else(lost[name], None, table[name]) for name in table.column_names})
    if is_sorted:
        table = table.sort_by([(f"id{number}", "ascending") for number in range(1, 7)])
    _write(path, iter([table]))


def statements(path: Path, rows: int) -> None:
    """Who said something when, where, about what, in which tone and how many words.

    Rows are in no order, columns do not depend on each other.
    """
    days = np.arange("2015-01-01", "2026-01-01", dtype="datetime64[D]")
    speakers = [f"Speaker {number:05}" for number in range(SPEAKERS)]
    countries = [f"C{number:03}" for number in range(COUNTRIES)]
    topics = [f"topic {number:02}" for number in range(TOPICS)]
    # Zipf-like: the commonest speaker has 1.4 % of the rows, the rarest 0.003 %.
    weights = 1 / (np.arange(SPEAKERS) + 10)
    shares = np.cumsum(weights / weights.sum())

    def chunk(number: int, count: int) -> pa.Table:
        random = np.random.default_rng([2, number])
        spoken = np.minimum(np.searchsorted(shares, random.random(count)), SPEAKERS - 1)
        return pa.table({
            "date": random.choice(days, count),
            "speaker": _strings(spoken, speakers),
            "country": _strings(random.integers(0, COUNTRIES, count), countries),
            "topic": _strings(random.integers(0, TOPICS, count), topics),
            "tone": np.round(random.normal(0, 3, count), 4),
            "words": np.minimum(1 + random.lognormal(3, 0.7, count), 2000).astype(np.int64),
        })

    _write(path, _chunks(rows, chunk))


# What the text suite looks for: terms of one word, planted in about one text of a hundred each.
PLANTED = [
    "opcon", "deterrence", "sanctions", "armistice", "denuclearisation", "ceasefire", "submarine", "artillery",
    "sovereignty", "alliance", "pyongyang", "doctrine", "airspace", "minister", "warhead", "treaty", "verification",
    "frigate", "envoy", "quota",
]
VOCABULARY = 60_000


def vocabulary() -> list[str]:
    """Words as long as English ones: short where common, of one to five syllables."""
    random = np.random.default_rng(5)
    heads = ["b", "br", "c", "ch", "d", "f", "g", "h", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "th", "tr", "w", ""]
    tails = ["a", "e", "i", "o", "u", "an", "en", "er", "in", "on", "al", "is", "ed", "ing", "ent", "our", "ai", "ly"]
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = 1 + random.binomial(5, min(0.45, 0.01 + len(words) / 8_000))
        parts = (heads[random.integers(len(heads))] + tails[random.integers(len(tails))] for _ in range(syllables))
        words.setdefault("".join(parts))
    return list(words)


def texts(path: Path, rows: int) -> None:
    """Statements of about 260 bytes with their country; words follow Zipf's law, some terms are planted."""
    words = vocabulary()
    spelled = np.array([*words, *(word.capitalize() for word in words), *PLANTED], dtype=object)
    weights = 1 / (np.arange(VOCABULARY) + 2.7)
    shares = np.cumsum(weights / weights.sum())
    countries = [f"C{number:03}" for number in range(COUNTRIES)]

    def chunk(number: int, count: int) -> pa.Table:
        random = np.random.default_rng([6, number])
        lengths = np.clip(random.poisson(34, count), 8, None)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        total = int(starts[-1])
        codes = np.minimum(np.searchsorted(shares, random.random(total)), VOCABULARY - 1)
        is_end = random.random(total) < 0.05
        is_end[starts[1:] - 1] = True
        is_first = np.concatenate([[True], is_end[:-1]])
        codes[is_first] += VOCABULARY
        for planted in range(len(PLANTED)):
            places = starts[:-1][random.random(count) < 0.01] + random.integers(1, 7)
            codes[places] = 2 * VOCABULARY + planted
        signs = np.where(is_end, ".", np.where(random.random(total) < 0.06, ",", "")).astype(object)
        pieces = pa.array(spelled[codes] + signs, pa.string())
        joined = pc.binary_join(pa.ListArray.from_arrays(pa.array(starts, pa.int32()), pieces), " ")
        return pa.table({"country": _strings(random.integers(0, COUNTRIES, count), countries), "text": joined})

    def chunks() -> Iterator[pa.Table]:
        for number, start in enumerate(range(0, rows, 100_000)):
            yield chunk(number, min(100_000, rows - start))

    _write(path, chunks(), quoting="needed")


def keys(path: Path, rows: int, groups: int) -> None:
    """An integer key of that many groups, and a value. With as many groups as rows every row is one."""
    order = np.random.default_rng(3).permutation(rows) % groups

    def chunk(number: int, count: int) -> pa.Table:
        random = np.random.default_rng([4, number])
        return pa.table({"k": order[number * CHUNK :][:count], "v": random.integers(0, 100, count)})

    _write(path, _chunks(rows, chunk))


def joined(path: Path, rows: int, small: int, large: int) -> None:
    """Rows with an integer and a string key into a small and into a large table of `joinable`, and a value.

    As in the db-benchmark, a tenth of the keys there are has no row in the other table.
    """
    names = {count: [f"key {number:08}" for number in range(count * 10 // 9)] for count in (small, large)}

    def chunk(number: int, count: int) -> pa.Table:
        random = np.random.default_rng([5, number])
        keys = {size: random.integers(0, len(names[size]), count) for size in names}
        return pa.table({
            "small": keys[small],
            "large": keys[large],
            "scattered": _scattered(keys[large]),
            "small_name": _strings(keys[small], names[small]),
            "large_name": _strings(keys[large], names[large]),
            "v": random.integers(0, 100, count),
        })

    _write(path, _chunks(rows, chunk))


def joinable(path: Path, rows: int) -> None:
    """One row for each key, in no order: an integer, the same scattered over 2^40, a name, a group of 100, a number."""
    random = np.random.default_rng(6)
    keys = random.permutation(rows)
    names = [f"key {number:08}" for number in range(rows)]
    table = pa.table({
        "k": keys,
        "scattered": _scattered(keys),
        "name": _strings(keys, names),
        "g": random.integers(0, 100, rows),
        "w": np.round(random.uniform(0, 100, rows), 4),
    })
    _write(path, iter([table]))


def dated(path: Path, rows: int, countries: int, seed: int) -> None:
    """Something that happened in one of the countries on a day of eleven years, in no order, and a number."""
    random = np.random.default_rng([7, seed])
    days = np.arange("2015-01-01", "2026-01-01", dtype="datetime64[D]")
    names = [f"C{number:03}" for number in range(countries)]
    table = pa.table({
        "id": np.arange(rows),
        "country": _strings(random.integers(0, countries, rows), names),
        "date": random.choice(days, rows),
        "v": random.integers(0, 100, rows),
    })
    _write(path, iter([table]))


def json_lines(path: Path, rows: int) -> None:
    """Statements as JSON Lines: dates, numbers, booleans, a list, a nested object, a null now and then, and 150 bytes of text with some escapes."""
    words = vocabulary()[:2_000]

    with path.open("w", encoding="utf-8") as file:
        for number, start in enumerate(range(0, rows, 100_000)):
            random = np.random.default_rng([8, number])
            count = min(100_000, rows - start)
            days = np.datetime_as_string(random.choice(np.arange("2015-01-01", "2026-01-01", dtype="datetime64[D]"), count))
            speakers, countries = random.integers(0, SPEAKERS, count), random.integers(0, COUNTRIES, count)
            parties, topics = random.integers(0, 9, count), random.integers(0, TOPICS, (count, 3))
            lengths, tones = random.integers(0, 4, count), np.round(random.normal(0, 3, count), 3)
            counts, official = random.integers(0, 500, count), random.random(count) < 0.5
            codes, ends = random.integers(0, len(words), (count, 24)), random.random(count)
            for row in range(count):
                end = ' \\"so\\"' if ends[row] < 0.05 else "\\n" if ends[row] < 0.1 else "é" if ends[row] < 0.15 else ""
                party = "null" if parties[row] == 8 else f'"party {parties[row]}"'
                listed = ",".join(f'"topic {topic:02}"' for topic in topics[row, : lengths[row]])
                text = " ".join(words[code] for code in codes[row])
                file.write(
                    f'{{"id":{start + row},"date":"{days[row]}","country":"C{countries[row]:03}",'
                    f'"speaker":{{"name":"Speaker {speakers[row]:05}","party":{party}}},"topics":[{listed}],'
                    f'"tone":{tones[row]},"words":{counts[row]},"official":{"true" if official[row] else "false"},'
                    f'"text":"{text}{end}"}}\n'
                )


def gkg(path: Path, rows: int) -> None:
    """Rows as wide as those of GDELT's Global Knowledge Graph, 27 columns of about 5 kB together, of made-up words."""
    words = vocabulary()[:20_000]
    themes = [f"{a.upper()}_{b.upper()}" for a, b in zip(words[100:700], words[800:1_400], strict=True)]
    names = [f"{a} {b}" for a, b in zip(words[2_000:6_000], words[8_000:12_000], strict=True)]
    sources = [f"{word}.com" for word in words[12_000:12_400]]

    with path.open("w", encoding="utf-8") as file:
        random = np.random.default_rng(9)
        for row in range(rows):
            stamp = 20150218000000 + row // 400 % 24 * 10_000
            source = sources[random.integers(len(sources))]
            told = [themes[code] for code in random.integers(0, len(themes), random.integers(3, 30))]
            people = [names[code] for code in random.integers(0, len(names), random.integers(0, 8))]
            places = [f"4#{names[code]}#US#USCA#{code}.5#-{code}.25#{code}" for code in random.integers(0, 180, 6)]
            offsets = random.integers(10, 6_000, 40)
            dimensions = ",".join(f"c{a}.{b}:{n}" for a, b, n in random.integers(1, 60, (160, 3)))
            tone = ",".join(f"{value:.13f}" for value in random.normal(0, 4, 6))
            columns = [
                f"{stamp}-{row}", str(stamp), "1", source, f"http://www.{source}/{row}/{words[offsets[0]]}.html",
                f"KILL#{offsets[1]}##{places[0]};", f"KILL#{offsets[1]}##{places[0]}#{offsets[2]};", ";".join(told) + ";",
                ";".join(f"{theme},{offsets[i % 40]}" for i, theme in enumerate(told)) + ";", ";".join(places),
                ";".join(f"{place}#{offsets[i]}" for i, place in enumerate(places)), ";".join(people),
                ";".join(f"{person},{offsets[i]}" for i, person in enumerate(people)), ";".join(people[:2]),
                ";".join(f"{person},{offsets[i]}" for i, person in enumerate(people[:2])), f"{tone},{offsets[3]}", "",
                f"wc:{offsets[4]},{dimensions}", f"http://img.{source}/{row}.jpg", "", "", "",
                f"{offsets[5]}|34||{' '.join(words[code] for code in offsets[:20])}",
                ";".join(f"{person},{offsets[i]}" for i, person in enumerate(people)),
                ";".join(f"{offsets[i]},{words[offsets[i]]},{offsets[i + 1]}" for i in range(8)), "",
                f"<PAGE_PRECISEPUBTIMESTAMP>{stamp}</PAGE_PRECISEPUBTIMESTAMP>",
            ]
            file.write("\t".join(columns) + "\n")


def _scattered(keys: np.ndarray) -> np.ndarray:
    """Other integers below 2^40, equal for equal keys: too far apart for a table of them."""
    return keys * 982_451_653 % (1 << 40)


def _strings(codes: np.ndarray, names: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(codes.astype(np.int32), names).cast(pa.string())


def _chunks(rows: int, chunk: Callable[[int, int], pa.Table]) -> Iterator[pa.Table]:
    for number, start in enumerate(range(0, rows, CHUNK)):
        yield chunk(number, min(CHUNK, rows - start))


def _write(path: Path, tables: Iterator[pa.Table], quoting: str = "none") -> None:
    first = next(tables)
    with csv.CSVWriter(path, first.schema, write_options=csv.WriteOptions(quoting_style=quoting)) as writer:
        writer.write(first)
        for table in tables:
            writer.write(table)
