"""The tests: one file per module, journeys/ for stories and mishaps, benchmarks/ for `make bench`."""
