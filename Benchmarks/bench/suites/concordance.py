"""The steps over text, on the sentences of the UN General Debate, words cut and counted beforehand.

Polars answers with regular expressions; scikit-learn from a sparse matrix of sentences and words that it has made before;
datasketch with signatures that it must make. These cut words by a rule of their own, so answers are near, not alike, and are not
compared: `TextStepTests` has the plain code that ours must match. quanteda would be the peer to ask, but it is neither among
Debian's packages nor on PyPI.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import data
from bench.engine import POLARS, READOUT, THREADS, Engine
from bench.measure import Measurement, Outcome, in_turn, thread_dependence, writing
from bench.question import Question
from bench.settings import Settings

SCIKIT_LEARN, DATASKETCH = "scikit-learn", "datasketch"
PACKAGES = {SCIKIT_LEARN: "sklearn", DATASKETCH: "datasketch"}
# Sentences among which near-duplicates are looked for beside datasketch, which takes a millisecond for each.
COMPARED = 20_000

QUESTIONS = {
    "kwic": Question("concordance of nuclear", {"kwic": "nuclear"}, "", ""),
    "keyness": Question("keyness of North Korea's words", {"keyness": "country == 'PRK'"}, "", ""),
    "frequencies": Question("20 commonest words by country", {"frequencies": "country"}, "", ""),
    "tfidf": Question("10 words by tf-idf by country", {"tfidf": "country"}, "", ""),
    "collocations": Question("collocations, at least 5 times", {"collocations": "z"}, "", ""),
    "similar": Question(f"near-duplicates of {COMPARED:,}", {"limit": f"{COMPARED}", "similar": "0.8"}, "", ""),
    "similar all": Question("near-duplicates of all", {"similar": "0.8"}, "", ""),
}


class Peers:
    """What the Python packages have at hand before they are asked."""

    def __init__(self, path: Path) -> None:
        import polars

        self.polars = polars
        self.table = polars.read_csv(path)
        self.texts = self.table["text"].fill_null("").to_list()
        self.missing = [name for name, module in PACKAGES.items() if not find_spec(module)]
        if SCIKIT_LEARN not in self.missing:
            import numpy
            from scipy import sparse
            from sklearn.feature_extraction.text import CountVectorizer

            self.numpy = numpy
            vectorizer = CountVectorizer(token_pattern=r"(?u)\b\w+\b")
            self.counts = vectorizer.fit_transform(self.texts).tocsr()
            self.words = vectorizer.get_feature_names_out()
            countries = self.table["country"].to_numpy()
            self.isTarget = countries == "PRK"
            self.names, codes = numpy.unique(countries.astype(str), return_inverse=True)
            ones = numpy.ones(len(codes), dtype=numpy.int64)
            self.groups = sparse.csr_matrix((ones, (codes, numpy.arange(len(codes)))))

    def tasks(self) -> dict[str, list[tuple[str, Callable[[], Any]]]]:
        tasks: dict[str, list[tuple[str, Callable[[], Any]]]] = {"kwic": [(POLARS, self.kwic)]}
        if SCIKIT_LEARN not in self.missing:
            tasks["keyness"] = [(SCIKIT_LEARN, self.keyness)]
            tasks["frequencies"] = [(SCIKIT_LEARN, self.frequencies)]
            tasks["tfidf"] = [(SCIKIT_LEARN, self.tfidf)]
        if DATASKETCH not in self.missing:
            tasks["similar"] = [(DATASKETCH, self.similar)]
        return tasks

    def kwic(self) -> Any:
        text = self.polars.col("text")
        pattern = r"(?i)((?:\S+\s+){0,5})\b(nuclear)\b((?:\s+\S+){0,5})"
        found = self.table.filter(text.str.contains(r"(?i)\bnuclear\b"))
        return found.with_columns(hit=text.str.extract_all(pattern)).explode("hit")

    def keyness(self) -> Any:
        numpy = self.numpy
        a = numpy.asarray(self.counts[self.isTarget].sum(axis=0)).ravel().astype(float)
        b = numpy.asarray(self.counts[~self.isTarget].sum(axis=0)).ravel().astype(float)
        c, d = a.sum() - a, b.sum() - b
        n = a + b + c + d
        with numpy.errstate(divide="ignore", invalid="ignore"):
            parts = [
                numpy.where(cell > 0, cell * numpy.log(cell * n / (row * column)), 0)
                for cell, row, column in [
                    (a, a + b, a + c), (b, a + b, b + d), (c, c + d, a + c), (d, c + d, b + d),
                ]
            ]
        statistic = 2 * sum(parts) * numpy.where(a > (a + b) * (a + c) / n, 1, -1)
        return self.words[numpy.argsort(-statistic)]

    def frequencies(self) -> Any:
        counts = (self.groups @ self.counts).tocsr()
        return [self.top(counts, row, 20) for row in range(counts.shape[0])]

    def tfidf(self) -> Any:
        from sklearn.feature_extraction.text import TfidfTransformer

        scores = TfidfTransformer().fit_transform(self.groups @ self.counts).tocsr()
        return [self.top(scores, row, 10) for row in range(scores.shape[0])]

    def top(self, matrix: Any, row: int, count: int) -> Any:
        range_ = slice(matrix.indptr[row], matrix.indptr[row + 1])
        order = self.numpy.argsort(-matrix.data[range_], kind="stable")[:count]
        return self.words[matrix.indices[range_][order]]

    def similar(self) -> Any:
        from datasketch import MinHash, MinHashLSH

        index = MinHashLSH(threshold=0.8, num_perm=64)
        found = []
        for row, text in enumerate(self.texts[:COMPARED]):
            words = text.lower().split()
            signature = MinHash(num_perm=64)
            signature.update_batch([" ".join(words[at : at + 3]).encode() for at in range(max(1, len(words) - 2))])
            found.append(index.query(signature))
            index.insert(row, signature)
        return found


def run(settings: Settings) -> Iterator[Outcome]:
    outcome = Outcome("concordance", "Steps over text, 492,532 sentences, index at hand")
    path = data.sentences()
    if path is None:
        outcome.notes.append("The sentences of the UN General Debate are not at hand: nothing was measured.")
        yield outcome
        return
    peers = Peers(path)
    outcome.notes += [f"{name} is not installed in Benchmarks/.venv: its column is missing." for name in peers.missing]
    if present := [f"{name} {version(name)}" for name in PACKAGES if name not in peers.missing]:
        outcome.notes.append(f"{', '.join(present)}; their matrices of sentences and words are made beforehand.")
    others = peers.tasks()
    with ExitStack() as stack:
        readout = stack.enter_context(Engine(READOUT))
        readout.load(path)
        folder = Path(stack.enter_context(TemporaryDirectory()))
        for key, question in QUESTIONS.items():
            rows = readout.query(question).rows
            outcome.failures += [
                f"{question.name}: {failure}" for failure in thread_dependence(writing(readout, question), folder)
            ]
            measurements = [Measurement(question.name, READOUT, THREADS, rows=rows)]
            tasks: list[Callable[[], float]] = [lambda: readout.query(question).seconds]
            for name, task in others.get(key, []):
                measurements.append(Measurement(question.name, name, THREADS, rows=rows))
                tasks.append(lambda task=task: seconds(task))
            in_turn(measurements, tasks, 1 if key == "similar" else min(settings.rounds, 5))
            outcome.measurements += measurements
            shown = ", ".join(f"{each.engine} {each.median * 1000:.1f} ms" for each in measurements)
            print(f"{outcome.name}, {question.name}: {shown}", flush=True)
    yield outcome


def seconds(task: Callable[[], Any]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start
