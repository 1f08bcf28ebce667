# rasoat: the two commands of the README are `make demo` and `make check`; both set the machine up first.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
DEBIAN := python3-venv tesseract-ocr tesseract-ocr-vie fonts-liberation2 fonts-dejavu-core catdoc
DEMO := demo

.PHONY: help setup debian demo check format-check lint types architecture test docs golden serve bench clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: debian $(STAMP)  ## Debian packages and the Python environment; does nothing when all is there

debian:
	@missing=$$(for p in $(DEBIAN); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  echo "setup: installing Debian packages:" $$missing; \
	  run=""; [ "$$(id -u)" = 0 ] || run="sudo"; \
	  $$run apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$run apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

$(STAMP): pyproject.toml constraints.txt
	@echo "setup: Python environment in $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "setup: Python 3.11 or later is needed"; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check 'pip>=25'
	@echo "setup: torch (the pinned release first, so that nothing pulls another build)"
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt torch
	@echo "setup: rasoat with its libraries"
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[train,postgres,dev]'
	@touch $(STAMP)
	@echo "setup: done"

demo: setup  ## ingest and audit the sample corpus; findings in the terminal, reports in demo/
	@rm -rf $(DEMO)
	@$(BIN)/rasoat ingest corpora/sample/documents --workspace $(DEMO)/workspace --territory corpora/sample/territory.toml
	@$(BIN)/rasoat audit --workspace $(DEMO)/workspace --as-of 2026-06-30 --out $(DEMO)/audit
	@echo
	@echo "Báo cáo: $(DEMO)/audit/report.html, $(DEMO)/audit/report.xlsx"

check: setup format-check lint types architecture test docs  ## the one gate: format, lint, types, architecture, tests, docs

format-check:
	$(BIN)/ruff format --check .
lint:
	$(BIN)/ruff check .
types:
	$(BIN)/mypy
architecture:
	$(BIN)/lint-imports
test: setup  ## the tests alone
	$(BIN)/pytest -n 2 --dist loadfile
docs:
	$(BIN)/pytest -q tests/docs

golden: setup  ## rewrite the golden files, print the difference, fail when something changed
	$(BIN)/python -m tests.golden.rewrite

serve: setup  ## the HTTP API on localhost
	$(BIN)/rasoat serve --workspace $(DEMO)/workspace

bench: setup  ## the benchmarks (see BENCHMARKS.md for single commands)
	$(BIN)/python -m tests.benchmark

clean:  ## remove what the demo left
	rm -rf $(DEMO)
