# Bihuan: `make run` starts it, `make test` tests it. Both need Python 3.11 or newer and make, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export DATA_DIR ?= ./var
export DEMO ?= 1

.PHONY: run test lint bench venv dev postgres

run: venv
	@exec $(BIN)/python -m api.up

test: dev postgres
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder tests

lint: dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/lint-imports

bench: dev postgres
	@$(BIN)/python -m bench

# The stamp is renewed when the requirements change, so that a second start installs nothing.
venv: $(VENV)/.installed
dev: $(VENV)/.installed-dev

$(VENV)/.installed: requirements.txt | $(BIN)/pip
	@echo "Installing requirements.txt …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements.txt | $(BIN)/pip
	@echo "Installing requirements-dev.txt …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.installed

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Expected Python 3.11 or newer, but " + sys.executable + " is " + sys.version.split()[0])'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Expected the Python module venv, but it is missing: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# The tests run on PostgreSQL too. Its server comes from Debian's packages, where it is missing and we may install it.
postgres:
	@ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v postgres >/dev/null || sh tests/install_postgres.sh
