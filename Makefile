# Confer: one command each from a clone to running, tested, checked and measured. `make help` lists them.
SHELL := bash
.DEFAULT_GOAL := help
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

PORT ?= 8000
WORKERS ?= 2
PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,$(if $(shell $(p) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null | grep True),$(p))))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test
BROWSER_READY := $(VENV)/.ready-to-browse
FRONT_END := webapp/static/build/manifest.json
FRONT_END_SOURCES := $(shell find webapp/assets -path '*/node_modules' -prune -o -type f -print)

CHECKS := style format types imports map test

.PHONY: help setup setup-run front-end run test check bench docs clean $(addprefix check-,$(CHECKS))

help:  ## List the commands
	@awk -F ':.*##' '
	/^#\+ / { printf "\n%s\n", substr($$0, 4) }
	/^[a-z-]+:.*##/ { printf "  make %-11s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

#+ Use it
run: setup-run  ## Set up, load a demonstration study into an empty database, and serve (PORT=8000)
	@export CONFER_ENV="$${CONFER_ENV:-development}" PUBLIC_URL="$${PUBLIC_URL:-http://127.0.0.1:$(PORT)}"
	# The three commands in one process, because starting one costs more than any of them.
	$(BIN)/python -c 'from flask.cli import ScriptInfo; from wsgi import app; \
	    run = lambda words: app.cli.main(words.split(), standalone_mode=False, obj=ScriptInfo(create_app=lambda: app)); \
	    run("db upgrade"); run("demo load --if-empty"); run("demo show")'
	echo "Serving at $$PUBLIC_URL (stop with Ctrl+C)"
	exec $(BIN)/gunicorn --no-control-socket --bind 127.0.0.1:$(PORT) --workers $(WORKERS) --threads 4 wsgi:app

#+ Set it up
setup: $(RUN_READY) $(TEST_READY) $(FRONT_END) $(BROWSER_READY)  ## Everything that the tests and checks need
setup-run: $(RUN_READY) $(FRONT_END)  ## Only what running needs
front-end: $(FRONT_END)  ## Build the stylesheets and scripts

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Confer needs Python 3.11 or newer. Install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	echo "Making $(VENV) with $$($(PYTHON) --version)"
	$(PYTHON) -m venv $(VENV)

$(RUN_READY): requirements.txt | $(BIN)/python
	@echo "Installing the packages that Confer runs on"
	$(PIP) -r requirements.txt
	touch $@

$(TEST_READY): requirements-dev.txt requirements.txt | $(RUN_READY)
	@echo "Installing the packages for tests and checks"
	$(PIP) -r requirements-dev.txt
	touch $@

$(FRONT_END): $(FRONT_END_SOURCES) | $(BIN)/python
	@echo "Building the stylesheets and scripts"
	webapp/assets/build.sh $(VENV)
	touch $@

$(BROWSER_READY): | $(TEST_READY)
	@if command -v chromium chromium-browser google-chrome > /dev/null; then :
	elif [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
	    echo "Installing Chromium"
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium > /dev/null
	else
	    $(BIN)/playwright install chromium
	fi
	touch $@

#+ Trust it
test: setup  ## Run the tests (ARGS="tests/networks -k tie" for some)
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup  ## Style, types, imports, docs and tests; says at the end all that failed
	@logs=$$(mktemp -d)
	trap 'rm -rf "$$logs"' EXIT
	failed=()
	for step in $(CHECKS); do
	    echo "── $$step"
	    $(MAKE) check-$$step 2>&1 | tee "$$logs/$$step" || failed+=("$$step")
	done
	if [ $${#failed[@]} -gt 0 ]; then
	    for step in "$${failed[@]}"; do echo; echo "══ failed: $$step"; tail -n 60 "$$logs/$$step"; done
	    echo; echo "Failed: $${failed[*]}"
	    exit 1
	fi
	echo "All checks passed"

check-style:
	@$(BIN)/ruff check --quiet .
check-format:
	@$(BIN)/ruff format --check --quiet .
check-types:
	@$(BIN)/mypy
check-imports:
	@$(BIN)/lint-imports --no-logo
check-map:
	@$(BIN)/python docs/make_map.py --check
check-test:
	@CONFER_PICTURES=1 $(MAKE) test

bench: setup  ## Time what matters, print one table and write docs/figures.md (ARGS="release" for some)
	@$(BIN)/python -m bench.run $(ARGS)

#+ Keep it
docs: $(TEST_READY)  ## Write docs/map.md and docs/measures.md again
	@$(BIN)/python docs/make_map.py
	$(BIN)/python docs/make_measures.py

clean:  ## Remove all that was made, except databases
	@rm -rf $(VENV) webapp/static/build webapp/assets/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .benchmarks
	find . -name __pycache__ -prune -exec rm -rf {} +
