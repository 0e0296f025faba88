# make demo    sets kg up and builds a graph from the sample articles
# make test    sets kg up and runs everything CI runs: format, lint, strict types, tests, quality floors
# make quick   the tests that take less than ten seconds each
# make format  formats the code and mends what the linter can mend

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test check quick format clean

demo: $(VENV)/.kg
	$(BIN)/kg build --samples --out outputs
	@echo "Look at outputs/graph.html in a browser ($(BIN)/kg view), or ask:"
	@echo "  $(BIN)/kg why Alibaba launches S1"

test: $(VENV)/.dev check

check:
	$(BIN)/ruff format --check kg tests
	$(BIN)/ruff check kg tests
	$(BIN)/mypy
	$(BIN)/python -m pytest

quick: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not slow"

format: $(VENV)/.dev
	$(BIN)/ruff format kg tests
	$(BIN)/ruff check --fix kg tests

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.kg: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.kg
