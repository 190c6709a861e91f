# Counting Counterfeits. Only Python 3.11+ and make are presumed; `make help` lists the targets.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
STUDIES ?= reconstruction chain sensitivity
JOBS ?= auto
# One thread a process: the work is spread over processes, and two threads for small matrices only get in the way.
export OMP_NUM_THREADS := 1
# The tests of a file stay in one process, so that what they share is made once.
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

.PHONY: help report test lint notebooks format validate studies lock clean

help: ## Show the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up $(VENV) (a minute or two, once) ..."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

report: $(STAMP) ## Build the book (_build/html) and the briefing (_build/briefing.pdf)
	$(BIN)/python -m analysis build

test: $(STAMP) ## Run the unit, data, published-result, notebook and site tests
	$(PYTEST) --cov --cov-report=term:skip-covered $(TESTS)
	$(PYTEST) --nbval --nbval-cell-timeout=300 -p no:cacheprovider -q book

lint: $(STAMP) ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP) ## Bring the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

notebooks: $(STAMP) ## Rerun every chapter and store its outputs
	$(BIN)/python -m analysis.publish.notebooks

validate: $(STAMP) ## Check every rule on the tables in data/
	$(BIN)/python -m analysis validate

studies: $(STAMP) ## Run the simulation studies again (minutes) and store their tables
	@for study in $(STUDIES); do $(BIN)/python -m studies.$$study || exit 1; done

lock: ## Pin requirements.in into requirements.txt with hashes (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --quiet --no-strip-extras requirements.in -o requirements.txt

clean: ## Remove what was built; keep .venv
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
