# Everything that a person or CI asks of this repository. `make` alone lists it.
# Needs Python 3.11, 3.12 or 3.13 with venv, make, and the network for the first `make install`.

BIN := .venv/bin
STAMP := .venv/.installed
# Workers for the tests; two cores is what the slowest of our machines has.
JOBS := 2
# Extra words for the command behind a target: make test ARGS="-k calendar"
ARGS :=
FILES := $(wildcard tests/stories/*.yaml)
# The page is tested in Debian's Chromium; where there is none, all but the page is tested.
NO_BROWSER := $(shell command -v chromium >/dev/null 2>&1 || echo --ignore=tests/browser)

# The first Python that will do; `make install PYTHON=/some/python3.12` says which one to take.
PYTHON := $(shell for p in python3.11 python3.12 python3.13 python3; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	>/dev/null 2>&1 && { command -v "$$p"; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help install test check format demo rehearse picture bench prove audit lock

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP)  ## everything into .venv, so that .venv/bin/kier exists

$(STAMP): requirements.lock pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "Kier needs Python 3.11, 3.12 or 3.13 with its venv module, and found none." \
		"Install one (Debian: python3 and python3-venv) or say where it is: make install PYTHON=/path/to/python3.11" >&2; exit 2; }
	@"$(BIN)/python" -c 'import pip' 2>/dev/null || { echo "Making .venv with $(PYTHON)"; "$(PYTHON)" -m venv --clear .venv; }
	@echo "Installing what requirements.lock says (a minute or two the first time)"
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)
	@echo "Ready: $(BIN)/kier"

test: $(STAMP)  ## the tests, on both databases
	@[ -z "$(NO_BROWSER)" ] || echo "No chromium here: the demo page is not tested (Debian: apt install chromium)"
	$(BIN)/pytest -n $(JOBS) $(NO_BROWSER) $(ARGS)

check: $(STAMP)  ## format, lint, types, import contracts, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@[ -z "$(NO_BROWSER)" ] || echo "No chromium here: the demo page is not tested (Debian: apt install chromium)"
	$(BIN)/pytest -n $(JOBS) $(NO_BROWSER) $(ARGS)

format: $(STAMP)  ## rewrite the code as `make check` wants it
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

demo: $(STAMP)  ## play all roles in the browser, without Telegram
	$(BIN)/kier demo $(ARGS)

rehearse: $(STAMP)  ## play the stories that ship: make rehearse FILES=my.yaml
	$(BIN)/kier rehearse $(FILES)

picture: $(STAMP)  ## deploy/demo.png anew, the demo as the README shows it (needs chromium)
	$(BIN)/python -m tests.browser.picture $(ARGS)

bench: $(STAMP)  ## the figures for speed and memory (minutes)
	$(BIN)/pytest -n 0 -s -o python_files='bench_*.py' -o timeout=0 tests/bench $(ARGS)

prove: $(STAMP)  ## the promises in full, and the page of their figures (hours); one: make prove ARGS=kills
	$(BIN)/python -m tests.proofs $(ARGS)

audit: $(STAMP)  ## look up whether a locked version has a known weakness (needs api.osv.dev)
	$(BIN)/python -m tests.audit

lock: $(STAMP)  ## requirements.lock anew from pyproject.toml (needs the network)
	$(BIN)/uv pip compile pyproject.toml --extra demo --extra dev --extra build --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet \
		--output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra build --constraint requirements.lock --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet \
		--output-file deploy/requirements.lock
