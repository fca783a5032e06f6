# make run | test | check | lock. The README names the same commands without make.
PYTHON ?= $(firstword $(foreach name,python3.13 python3.12 python3.11 python3,$(shell command -v $(name) 2>/dev/null)) python3)
PORT ?= 8000
TESTS ?=
VENV := .venv/bin

.PHONY: help run test setup lint types check lock

help:
	@echo "make run [PORT=8000]   serve the portal here, with demo data, until Ctrl-C"
	@echo "make test [TESTS=...]  run the tests on two cores"
	@echo "make check             lint, types and the house's rules"
	@echo "make lock              resolve requirements*.in again"

run:
	@$(PYTHON) cors/bootstrap.py local
	@exec $(VENV)/python manage.py up --port $(PORT) --die-with-launcher

setup:
	@$(PYTHON) cors/bootstrap.py dev

test: setup
	@exec $(VENV)/python -m pytest -n 2 $(TESTS)

lint: setup
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/djlint --check --lint templates

types: setup
	$(VENV)/mypy

check: lint types
	$(VENV)/python manage.py makemigrations --check --dry-run
	$(VENV)/python -m pytest -q -n 0 tests/test_house.py

lock: setup
	for name in requirements requirements-local requirements-dev; do \
		$(VENV)/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url \
			--quiet $$name.in --output-file $$name.txt || exit 1; \
	done
