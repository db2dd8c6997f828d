# Bihuan: `make run` starts it, `make test` tests it. Both need Python 3.11 or newer and make, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export DATA_DIR ?= ./var
export DEMO ?= 1

# Whoever starts a second time reads what the first start has compiled, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint bench assets venv dev postgres chromium libreoffice

run: venv
	@exec $(BIN)/python -m api.up

test: dev postgres chromium libreoffice
	@$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder tests

lint: dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/lint-imports

bench: dev postgres
	@$(BIN)/python -m bench

# What browsers are given, built from web/ into web/static/dist, which is committed: only whoever changes it needs node.
assets:
	@cd web && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && npm run --silent build

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

# The pages are tried in Debian's Chromium, with fonts for Chinese: in the shell without a desktop's window, which takes a quarter less time.
chromium:
	@{ command -v chromium-headless-shell && ls /usr/share/fonts/opentype/noto/NotoSansCJK*; } >/dev/null 2>&1 || sh tests/install_chromium.sh

# Papers are compared page by page as LibreOffice prints them, in two fonts whose widths are those of the papers' own.
libreoffice:
	@{ command -v soffice && command -v pdftoppm && ls /usr/share/fonts/opentype/noto/NotoSerifCJK* \
	  /usr/share/fonts/truetype/liberation/LiberationSerif*; } >/dev/null 2>&1 || sh tests/install_libreoffice.sh
