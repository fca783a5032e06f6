# make run | test | faults | scan | check | lock. The README names the same commands without make.
# The newest that runs: a name on the PATH may be a stand-in for a Python that is not there.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c '' 2>/dev/null && echo $$name && break; done)
PORT ?= 8000
TESTS ?=
SIZE ?= 10000
BENCH ?= pages submissions desk counts papers exports demo memory
VENV := .venv/bin

.PHONY: help run test faults scan bench setup python lint types check sbom lock

help:
	@echo "make run [PORT=8000]   serve the portal here, with demo data, until Ctrl-C"
	@echo "make test [TESTS=...]  run the tests, three at a time: some only wait for processes"
	@echo "make faults            break everything in turn under 500 reports each; as root, for an hour"
	@echo "make bench [SIZE=...]  measure everything beside its limit, at SIZE reports (10000)"
	@echo "make scan              attack the served product with wapiti, public and staff; for an hour or more"
	@echo "make check             lint, types and the house's rules"
	@echo "make sbom              write sbom.json, the bill of materials of this release"
	@echo "make lock              resolve requirements*.in again"

python:
	@test -n "$(PYTHON)" || { echo "error: Python 3.11 or newer is needed: install it and start again." >&2; exit 1; }

run: python
	@$(PYTHON) cors/bootstrap.py local
	@exec $(VENV)/python manage.py up --port $(PORT) --die-with-launcher

setup: python
	@$(PYTHON) cors/bootstrap.py dev

test: setup
	@exec $(VENV)/python -m pytest -n 3 $(TESTS)

faults: setup
	@FAULTS=$${FAULTS:-500} exec $(VENV)/python -m pytest -q -n 0 -s \
		tests/faults tests/reports/export/test_killed.py tests/reports/test_guesses.py

# Data is made once for each size under BENCH_DIR (var/bench) and stays there. One process for each group of figures.
bench: setup
	SIZE=$(SIZE) $(VENV)/python -m bench.data
	@failed=; for group in $(BENCH) plans report; do \
		SIZE=$(SIZE) $(VENV)/python -m bench.$$group || failed="$$failed $$group"; \
	done; test -z "$$failed" || { echo "failed:$$failed" >&2; exit 1; }

# wapiti in a virtual environment of its own, since it pins what it leans on. SCAN=4: four times as long.
# SIDES="residents officer" scans these alone. What it found lies in var/scan.
SCANNER := .scan/.installed
# What has no wheel for every Python is built here. Nothing else may be.
BUILT := pyperclip,urwid-mitmproxy,yaswfp
$(SCANNER): requirements-scan.txt
	@test -x .scan/bin/python || $(PYTHON) -m venv .scan
	@.scan/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
		--no-binary $(BUILT) --no-input -r requirements-scan.txt
	@touch $@

scan: setup $(SCANNER)
	@exec $(VENV)/python -m tests.scan.run $(SIDES)

lint: setup
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/djlint --check --lint templates

types: setup
	$(VENV)/mypy

check: lint types
	$(VENV)/python manage.py makemigrations --check --dry-run
	$(VENV)/python -m pytest -q -n 0 tests/test_house.py

sbom: setup
	@$(VENV)/python -m cors.sbom > sbom.json

lock: setup
	for name in requirements requirements-local requirements-dev requirements-scan; do \
		$(VENV)/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url \
			--quiet $$name.in --output-file $$name.txt || exit 1; \
	done
