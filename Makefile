# Counting Counterfeits. Only Python 3.11+ and make are presumed; `make help` lists the targets.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TEST_STAMP := $(VENV)/.installed-test
STUDIES ?= reconstruction small_sample estimators chain sensitivity older_rules
PYTHONS ?= python3.11 python3.12 python3.13
JOBS ?= auto
SAMPLE ?= 40
CASES ?= tests/readings/data/printed_kinds.csv
TEXTS ?= tests/intake
# One thread a process: the work is spread over processes, and two threads for small matrices only get in the way.
export OMP_NUM_THREADS := 1
# Containers often forbid Python to keep its bytecode: every process would then compile 1,500 modules anew.
export PYTHONDONTWRITEBYTECODE :=
# Counting lines doubles the time of a test, and slow ones work in processes of their own, so it has its own target.
# The tests of a file stay in one process, so that what they share is made once.
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder
# The locks are closed (a test holds that), so pip looks for nothing beside their lines. Modules are compiled when
# they are first imported: most never are.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --quiet --no-strip-extras
# uv writes lxml's extra html_clean as html-clean, which pip before 23.3 takes for none, and then looks for the bare lxml
# that others ask for among the newest: the extra is spelt as lxml does, and the bare pin stands before it.
LXML := awk 'function out() { if (block ~ /^lxml\[/) { sub(/html-clean/, "html_clean", block); bare = block; \
	  sub(/\[html_clean\]/, "", bare); printf "%s", bare } printf "%s", block; block = "" } \
	  /^[a-z0-9]/ { out() } { block = block $$0 "\n" } END { out() }'
define FAILED
{ echo "$(VENV) could not be set up; the lines above say why. To try, then run make again:"; \
  echo "  the network, and the index that pip asks ($(BIN)/python -m pip config list);"; \
  echo "  a newer pip: $(BIN)/python -m pip install --upgrade pip;"; \
  echo "  another Python: rm -rf $(VENV), then make PYTHON=python3.12 ..."; } >&2; exit 1
endef
count = $$(grep -c '^[a-z0-9].*==' $(1))

.PHONY: help report parser-report test coverage faults lint notebooks format validate studies mutants identical lock matrix clean

help: ## Show the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up $(VENV), once: pip ..."
	@$(PYTHON) -m venv $(VENV) || { $(FAILED); }
	@echo "  $(call count,requirements.txt) packages for the report (about a minute) ..."
	@$(PIP) --require-hashes -r requirements.txt || { $(FAILED); }
	@echo "  the project itself ..."
	@$(PIP) --no-build-isolation --editable . || { $(FAILED); }
	@touch $@

$(TEST_STAMP): requirements-test.txt $(STAMP)
	@echo "Adding to $(VENV) what tests and lint need, once (half a minute) ..."
	@$(PIP) --require-hashes -r requirements-test.txt || { $(FAILED); }
	@touch $@

report: $(STAMP) ## Build the book (_build/html) and the briefings (_build/briefing.pdf, briefing-zh.pdf)
	$(BIN)/python -m analysis build

test: $(TEST_STAMP) ## Run the tests; a part with TESTS=tests/readings, every chapter again with TESTS="--nbval book"
ifdef TESTS
	$(PYTEST) $(TESTS)
else
	$(PYTEST) -m "not faults" tests
endif

coverage: $(TEST_STAMP) ## Count the lines of analysis/ that the tests run: nine in ten at least
	$(PYTEST) -m "not slow" --cov --cov-report=term:skip-covered

faults: $(TEST_STAMP) ## Kill, interrupt, starve and repeat builds of the report: does the earlier one stay whole?
	$(PYTEST) --dist load -m faults

lint: $(TEST_STAMP) ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(TEST_STAMP) ## Bring the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

notebooks: $(STAMP) ## Rerun every chapter and store its outputs
	$(BIN)/python -m analysis.building.notebooks

validate: $(STAMP) ## Check every rule on the tables in data/
	$(BIN)/python -m analysis validate

parser-report: $(STAMP) ## Print how often figures and whole texts are read rightly; other ones with CASES=... TEXTS=...
	$(BIN)/python -m analysis.readings.report $(CASES)
	$(BIN)/python -m analysis.intake.score $(TEXTS)

studies: $(TEST_STAMP) ## Run the simulation studies again (minutes) and store their tables
	@for study in $(STUDIES); do $(BIN)/python -m studies.$$study || exit 1; done

mutants: $(TEST_STAMP) ## Change the methods' code in one place at a time: do the tests notice? (half an hour)
	$(BIN)/python tests/mutants.py --sample $(SAMPLE)

lock: ## Pin requirements.in and requirements-test.in with hashes (needs uv)
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-test.in -o requirements-test.txt
	$(LXML) requirements.txt > requirements.new && mv requirements.new requirements.txt

matrix: ## Run every test on each Python of PYTHONS that is at hand, each in a clone of its own
	@for python in $(PYTHONS); do \
	  "$$python" -c '' 2>/dev/null || { echo "$$python is not at hand"; continue; }; \
	  "$$python" --version; clone=$$(mktemp -d) && git clone --quiet . "$$clone" && \
	  $(MAKE) --no-print-directory -C "$$clone" PYTHON="$$python" test || exit 1; rm -rf "$$clone"; \
	done

identical: $(STAMP) ## Build twice, in other circumstances (minutes): the same bytes?
	$(BIN)/python -m analysis.building.identical

clean: ## Remove what was built; keep .venv
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
