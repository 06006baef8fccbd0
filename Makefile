# Two commands do everything: `make demo` and `make test`. Python 3.11+, Node 20+ and make are needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := sample_projects/shop
OUT ?= build/demo

.PHONY: demo test lint types unit bench goldens clean help

help:
	@echo "make demo     scan and convert the main sample, prove the result, and deploy it to the local AWS"
	@echo "make test     linters, type checks and all tests"
	@echo "make bench    time and memory of scan and convert, and seconds per deployed feature"
	@echo "make goldens  write the expected output of the sample projects anew"

$(VENV)/.installed: pyproject.toml requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

demo: $(VENV)/.installed
	$(BIN)/migrate scan $(SAMPLE)/gen1 --env main
	rm -rf $(OUT)
	$(BIN)/migrate convert $(SAMPLE)/gen1 --env main --out $(OUT)
	@if command -v node >/dev/null; then \
	  $(BIN)/migrate verify $(SAMPLE)/gen1 --env main --gen2 $(OUT) --only bundles,schema --install && \
	  $(BIN)/migrate deploy $(SAMPLE)/gen1 --env main --gen2 $(OUT) --run-functions --install; \
	else echo "Node is not installed: the result was not type-checked, synthesized and deployed."; fi

$(VENV)/.local-aws: $(VENV)/.installed migrator/local/requirements.txt migrator/local/appsync/tools/package-lock.json
	$(BIN)/python -m migrator.local
	touch $@

test: lint types unit

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed
	$(BIN)/mypy

unit: $(VENV)/.installed $(VENV)/.local-aws
	$(BIN)/pytest -n 2

bench: $(VENV)/.installed
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.deploy

goldens: $(VENV)/.installed
	$(BIN)/pytest tests/samples --update

clean:
	rm -rf $(VENV) build dist
