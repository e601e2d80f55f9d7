"""Readout beside DuckDB and Polars: the same files, the same questions, the same number of threads."""
