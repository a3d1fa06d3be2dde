# Two commands matter: `make demo` and `make test`. Each does its whole set-up and is quick the second time.
PYTHON ?= python3
BIN := .venv/bin
BASE := .venv/.base-installed
DEV := .venv/.dev-installed
ALL := .venv/.all-installed
NIGHTLY := .venv/.nightly-installed
BENCH_READY := .venv/.bench-installed
NODE := node_modules/.package-lock.json
NPM_OPTIONS := --silent --no-audit --no-fund --ignore-scripts
NODE_DEV := node_modules/.dev-installed
# The runtime's processes inherit nothing of these; they only keep the output short.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION := 1

.DEFAULT_GOAL := help
.PHONY: help demo test test-all test-nightly test-pythons test-trino bench alone defences check format docs lock setup clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

demo: $(BASE) $(NODE)  ## run the whole pipeline offline on real input
	@$(BIN)/lake demo $(DEMO_ARGS)

test: $(DEV) $(NODE_DEV)  ## run the tests, but for the long ones
	@$(BIN)/python -m pytest $(TEST_ARGS)

test-all: $(ALL) $(NODE_DEV)  ## run the long tests, too
	@$(BIN)/python -m pytest -m 'not nightly' $(TEST_ARGS)

test-nightly: $(NIGHTLY) $(NODE_DEV)  ## run the longest tests, and nothing else
	@$(BIN)/python -m pytest -m nightly $(TEST_ARGS)

test-pythons: $(DEV) $(NODE_DEV)  ## run the unit tests on every Python from 3.11 on that this machine has
	@$(BIN)/python -m checks.pythons

test-trino: $(DEV)  ## let a real Trino judge the offline Athena (fetches 800 MB once; TRINO_ARGS="strings --show wrong")
	@$(BIN)/python -m tests.athena_local.conformance $(TRINO_ARGS)
	@$(if $(TRINO_ARGS),,$(BIN)/python -m pytest -q -m nightly tests/e2e/test_sql_on_trino.py)

bench: $(BENCH_READY)  ## measure ours beside its peers (BENCH="ingest convert athena")
	@$(BIN)/python -m benchmarks $(BENCH)

alone: $(DEV) $(NODE_DEV)  ## test kit and athena_local, each without the rest of the repository
	@$(BIN)/python -m checks.alone

defences: $(DEV)  ## break each defence in a copy of the tree, and see its test fail
	@$(BIN)/python -m tests.defences

check: $(DEV) $(NODE_DEV)  ## lint, types, import rules, contracts, generated docs
	@echo "== ruff" && $(BIN)/ruff check && $(BIN)/ruff format --check
	@echo "== mypy" && $(BIN)/mypy
	@echo "== import rules" && $(BIN)/lint-imports
	@echo "== contracts" && $(BIN)/lake contracts lint && $(BIN)/lake contracts check
	@echo "== wildcards" && $(BIN)/python -m checks.wildcards
	@echo "== checkov" && $(BIN)/python -m checks.checkov
	@echo "== documentation" && $(BIN)/python -m checks.links
	@echo "== generated docs" && $(BIN)/lake contracts docs --check && $(BIN)/python -m cli.reference --check

format: $(DEV)  ## format the code
	@$(BIN)/ruff check --fix --quiet; $(BIN)/ruff format

docs: $(DEV)  ## generate docs/datasets and docs/cli.md
	@$(BIN)/lake contracts docs && $(BIN)/python -m cli.reference

lock: $(BIN)/uv  ## write requirements.txt from pyproject.toml
	@$(BIN)/uv pip compile --quiet --all-extras --universal --no-header pyproject.toml -o requirements.txt

setup: $(DEV) $(NODE_DEV)  ## install everything that the other commands need

clean:  ## remove what was installed and generated (stop the lakes first: lake down --all)
	rm -rf .venv node_modules .lake build cdk.out

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 …")'
	@echo "== set-up: virtual environment"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --constraint requirements.txt uv

$(BASE): requirements.txt pyproject.toml | $(BIN)/uv
	@echo "== set-up: packages (half a minute, once)"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint requirements.txt --editable .
	@touch $@

$(DEV): $(BASE)
	@echo "== set-up: packages for tests and checks"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint requirements.txt --editable '.[dev]'
	@touch $@

$(ALL): $(DEV)
	@echo "== set-up: packages for the long tests"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint requirements.txt --editable '.[dev,cdc]'
	@touch $@

$(NIGHTLY): $(ALL)
	@echo "== set-up: Spark"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint requirements.txt --editable '.[dev,cdc,spark]'
	@touch $@

$(BENCH_READY): $(DEV)
	@echo "== set-up: packages for benchmarks"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint requirements.txt --editable '.[dev,bench,spark]'
	@touch $@

$(NODE): package.json package-lock.json $(BASE)
	@echo "== set-up: the CDK command line and esbuild"
	@PATH="$$PWD/$(BIN):$$PATH" npm ci --omit=dev $(NPM_OPTIONS)
	@touch $@

$(NODE_DEV): package.json package-lock.json $(BASE)
	@echo "== set-up: the CDK command line, esbuild and JavaScript for tests"
	@PATH="$$PWD/$(BIN):$$PATH" npm ci $(NPM_OPTIONS)
	@touch $(NODE) $@
