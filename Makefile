# make run: set up, answer a question, write out/network.html
# make test: set up what the tests need, then lint, types and tests
# make report: write data/bridges.ttl, docs/completeness.md and docs/ontology/ anew
# make bench: measure, and write benchmarks/results.md

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test check report bench format clean chromium virtuoso

run: $(VENV)/installed
	@mkdir -p out
	@$(BIN)/gdakg query standards_by_pillar -p pillar=4
	@$(BIN)/gdakg view network -o out/network.html
	@echo "Open out/network.html in a browser; then type: $(BIN)/gdakg show L.1470"

test: $(VENV)/installed-dev chromium virtuoso web/node_modules check

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

report: $(VENV)/installed-dev
	$(BIN)/python -m reports.bridges
	$(BIN)/python -m reports.completeness
	$(BIN)/python -m reports.ontology

bench: $(VENV)/installed-dev
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/identifiers.py
	$(BIN)/python benchmarks/readers.py
	$(BIN)/python benchmarks/catalogues.py
	$(BIN)/python benchmarks/searching.py
	$(BIN)/python benchmarks/matching.py
	$(BIN)/python benchmarks/scale.py
	$(BIN)/python benchmarks/serving.py

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .
	$(BIN)/gdakg format ontology/*.ttl data/*.ttl

clean:
	rm -rf $(VENV) out dist build

# Debian keeps venv in a package of its own.
$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { \
	  echo "python3-venv is missing; installing it with apt-get"; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv \
	  && rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); }

$(VENV)/installed: $(BIN)/python pyproject.toml constraints.txt
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/installed-dev: $(BIN)/python pyproject.toml constraints.txt
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/installed

# The page tests drive Debian's Chromium.
chromium:
	@command -v chromium >/dev/null || { \
	  command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	     chromium fonts-noto-cjk >/dev/null; } \
	|| echo "chromium is not installed and cannot be with apt-get here: the page tests will say so"

# The second SPARQL server of the tests, Debian's; the package starts no service.
virtuoso:
	@[ -n "$$GDAKG_VIRTUOSO" ] || command -v virtuoso-t >/dev/null || { \
	  command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	     virtuoso-opensource-7-bin >/dev/null; } \
	|| echo "virtuoso-t is not installed and cannot be with apt-get here: its tests are skipped"

# Where npm is, the page's scripts are built anew to compare, and axe-core looks at the pages.
web/node_modules: web/package-lock.json
	@if command -v npm >/dev/null; then \
	  npm ci --prefix web --silent --no-audit --no-fund && touch $@ \
	  || echo "npm ci failed: the tests of the bundle and with axe-core are left out"; \
	else echo "npm is not here: the tests of the bundle and with axe-core are left out"; fi
