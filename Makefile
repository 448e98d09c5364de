PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: run test check bench format messages docs screenshots

run: $(VENV)/ready
	$(RUN) main.py

test: $(VENV)/ready
	$(RUN) -m pytest -n auto --dist worksteal

check: $(VENV)/ready
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy
	$(RUN) -m locales.catalog check

bench: $(VENV)/ready
	$(RUN) -m bench $(ONLY)

format: $(VENV)/ready
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

messages: $(VENV)/ready
	$(RUN) -m locales.catalog update

docs: $(VENV)/ready
	$(RUN) -m tests.laws.rulebook
	$(RUN) main.py demo-page > docs/demo.md

screenshots: $(VENV)/ready
	$(RUN) -m docs.screenshots

$(VENV)/ready: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@
