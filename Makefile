# All set-up is done by the two commands of the README: `make run` and `make test`.
# What is installed is pinned with hashes in requirements*.lock; the project itself follows without dependencies.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SAMPLE := var/sample
JOBS ?= auto

.PHONY: help run test install install-dev check format lint types imports live bench soak lock gazetteer clean

help: ## say what each target does
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: install ## install, then run the main job once over the sample reports and show the violations report
	@rm -rf $(SAMPLE)
	@CEASEFIRE_DATA_DIR=$(SAMPLE) $(BIN)/ceasefire replay --sample
	@CEASEFIRE_DATA_DIR=$(SAMPLE) $(BIN)/ceasefire report --html $(SAMPLE)/report.html --json $(SAMPLE)/report.json

live: install ## start the live daemon on the real feeds; stop it with Ctrl-C
	$(BIN)/ceasefire run

test: install-dev ## install what the tests need, then run all tests in parallel
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not slow"

check: install-dev format lint types imports test ## format, lint, types, import contracts, tests: what CI runs

format: install-dev
	$(BIN)/ruff format --check .

lint: install-dev
	$(BIN)/ruff check .

types: install-dev
	$(BIN)/mypy

imports: install-dev
	$(BIN)/lint-imports --no-cache

bench: install-dev ## print speed and memory, with the machine named
	$(BIN)/python -m tests.bench

soak: install-dev ## run the slow tests: long fuzz, soak and load
	$(BIN)/python -m pytest -n $(JOBS) -m slow --timeout 3600

install: $(VENV)/installed-run

install-dev: $(VENV)/installed-dev

$(VENV)/python-checked:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "make: $(PYTHON) is older than 3.11; name a newer one: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed-run: $(VENV)/python-checked requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed-run requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

lock: ## pin the dependencies anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--upgrade --quiet pyproject.toml --extra build -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--upgrade --quiet pyproject.toml --all-extras -o requirements-dev.lock

gazetteer: install ## make seeds/gazetteer anew: make gazetteer SOURCE=places.csv
	$(BIN)/python -m monitor.catalogue.build_gazetteer $(SOURCE)

clean: ## remove what was made here
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
