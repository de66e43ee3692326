# Kohtaanto: everything a newcomer, a coach's IT person and the CI need.
#   make demo    set up, load the built-in region, run the night, show one client's list
#   make test    set up, lint, types, all tests
#   make soak    the long versions of tests: hundreds of killed nights, of swaps, of faults
#   make setup   set up only
#   make check   lint, types, and whether a secret was left in a file
#   make audit   known faults of the installed packages, where an index tells them
#   make serve   pages and API, over what the demo or your own imports left
#   make screenshots   a picture of every page in var/screenshots, needs Chromium
#   make real    the whole way on the real data of MATCHER_DATA, where it is at hand
#   make words   bring the catalogues of translations up to the code (docs/words.md)
#   make bench   the measurements of benchmarks/
#   make clean   remove everything that setup and use have made
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export MATCHER_HOME ?= var
# Two processes that each take every core are slower than one: leave the threads to the library.
export TOKENIZERS_PARALLELISM := false

.PHONY: help setup demo real test soak check audit serve screenshots words bench clean

help:
	@sed -n 's/^#  *make/make/p' Makefile

setup: .venv/.installed

.venv/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Kohtaanto needs Python 3.11 or newer: run make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
	  { echo "Python's venv is missing: install the package python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --constraint constraints.txt --editable '.[dev]'
	@$(BIN)/python -m api.web.htmx || true
	@command -v chromium >/dev/null || bash .ci/chromium
	@touch $@

demo: setup
	@$(BIN)/python -m matcher.cli.demo

# In a home of its own: its night is one of 2022.
real: setup
	@MATCHER_HOME="$(MATCHER_HOME)/real" $(BIN)/python -m matcher.cli.real

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@git ls-files -z | xargs -0 $(BIN)/detect-secrets-hook --disable-plugin HexHighEntropyString \
	  --disable-plugin Base64HighEntropyString --exclude-secrets '^(password|sesame|secret)$$' \
	  --exclude-lines '^def test_'

# Asks the package index for known faults of what is installed; needs one that answers.
audit: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/pip-audit --requirement constraints.txt --no-deps --disable-pip

# Two workers for two cores, of which neither takes the other's. In the order of the folders:
# the long walks in a browser and the nights that are killed come early, not one after another
# last because they are few.
test: check
	OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

# What is marked `soak`; `make test` runs a few of each.
soak: setup
	$(BIN)/pytest -m soak -n 2

serve: setup
	@$(BIN)/matcher serve

screenshots: setup
	@$(BIN)/python -m tests.e2e.screenshots

words: setup
	@$(BIN)/python -m matcher.i18n.update

bench: setup
	@$(BIN)/python -m benchmarks

clean:
	rm -rf .venv var build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
