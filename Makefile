# Everything a person does with this project. `make help` lists it.
# Each target first sets up what it needs (.ci/set-up): system packages, a virtual environment in .venv, this project in it.

BIN := .venv/bin
ARGS ?=
ROUNDS ?= 500
SEED ?= 1
export PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench hub-bench torture stampede build clean set-up-run set-up-test set-up-build set-up-bench

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: set-up-run ## set up, then show the demonstration: a hub and a kiosk (more: make run ARGS="--port 9000")
	@$(BIN)/kiosk demo $(ARGS)

# Three at a time: much of it waits for other processes. One seed for hashes, so that all three find the same tests.
# pytest runs even when lint finds a fault, and stands last, so that its closing lines always end the report.
test: set-up-test ## set up, then every check: lint, types, import contracts, tests (more: make test ARGS="-k outbox")
	@faults=0; \
	$(MAKE) --no-print-directory lint-only || { faults=1; echo "Lint found faults: see above."; }; \
	PYTHONHASHSEED=0 $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS) || faults=1; \
	exit $$faults

lint: set-up-test lint-only ## set up, then lint, format, types and import contracts alone

.PHONY: lint-only
lint-only:
	@faults=0; \
	for check in "ruff check --quiet ." "ruff format --check --quiet ." "mypy --no-error-summary" "lint-imports --no-logo"; do \
		echo "$$check"; $(BIN)/$$check || faults=1; \
	done; \
	exit $$faults

format: set-up-test ## put imports and layout in order
	$(BIN)/ruff check --select I --fix .
	$(BIN)/ruff format .

bench: set-up-bench ## measure this kiosk beside a browser, side by side in one run
	@$(BIN)/python -m tests.benchmarks $(ARGS)

hub-bench: set-up-bench ## measure each page of a hub with up to 10 million answers (less: make hub-bench ARGS="--answers 100000")
	@$(BIN)/python -m tests.benchmarks.hub_pages $(ARGS)

torture: set-up-test ## kill kiosk and hub at random and lose replies: nothing lost, nothing doubled (make torture ROUNDS=500 SEED=7)
	@$(BIN)/python -m tests.torture --rounds $(ROUNDS) --seed $(SEED)

stampede: set-up-test ## one kiosk comes back after a year, then 1,000 at once: everything is there once (make stampede ARGS="--devices 100 --each 20")
	@$(BIN)/python -m tests.stampede $(ARGS)

build: set-up-build ## pack the kiosk into dist/kiosk with its own Python, and start it once
	$(BIN)/pyinstaller --noconfirm --log-level ERROR build.spec
	@$(BIN)/python -m tests.benchmarks.start_once dist/kiosk/kiosk
	@du -sh dist/kiosk

clean: ## remove what the other targets made
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

set-up-run set-up-test set-up-build set-up-bench:
	@.ci/set-up $(@:set-up-%=%)
