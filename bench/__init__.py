"""Timings: each `bench_*.py` holds functions to time; `python -m bench.run` prints one table."""
