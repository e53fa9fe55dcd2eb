# The commands of everyday work. Every path here is relative, because Make cannot hold a
# space in a path and the folder this lies in may have one.

SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
# Tests run on as many processes as there are processors; T passes anything else on: make test T="-k search -x"
WORKERS ?= auto
T ?=

export PORT
# A new shell may have no language set at all; Python then still has to read UTF-8 files.
export PYTHONUTF8 := 1

.PHONY: help setup run test lint format lock admin clean

help:  ## List these commands
	@echo "make setup    build the environment in .venv/"
	@echo "make run      build what is missing, then serve http://127.0.0.1:$(PORT)/"
	@echo "make admin    create an account for the administration pages"
	@echo "make test     run every test            (T=\"-k word\" for some)"
	@echo "make lint     check style and types"
	@echo "make format   let ruff and djade put the style right"
	@echo "make lock     take newer versions into requirements/*.txt"
	@echo "make clean    delete .venv (the data in var/ stays)"

setup: .venv/.base

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Aqwal needs Python 3.11 or newer as '$(PYTHON)'; make PYTHON=/path/to/python names another."; \
	  exit 1; }
	@# A virtual environment left half-built by an interrupted run is built again.
	@rm -rf .venv
	@PYTHON="$(PYTHON)" sh config/make_venv.sh
	@touch $@

.venv/.base: .venv/.python requirements/base.txt
	@echo "Installing the packages in requirements/base.txt (a minute or two) ..."
	@$(PY) -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r requirements/base.txt
	@touch $@

.venv/.dev: .venv/.base requirements/dev.txt
	@echo "Installing the packages in requirements/dev.txt ..."
	@$(PY) -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r requirements/dev.txt
	@touch $@

run: .venv/.base
	@exec $(PY) -m config.serve

admin: .venv/.base
	@exec $(PY) manage.py createsuperuser

test: .venv/.dev
	@sh config/make_chromium.sh
	@$(PY) -m pytest -n $(WORKERS) --maxprocesses 8 --dist loadfile $(T)

lint: .venv/.dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy .

format: .venv/.dev
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

# uv is needed for this one only, so it is fetched only then.
LOCK = .venv/bin/uv pip compile --quiet --upgrade --generate-hashes --universal \
  --python-version 3.11 --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: .venv/.python
	@$(PY) -m pip install -qq --disable-pip-version-check uv
	@$(LOCK) -o requirements/base.txt requirements/base.in
	@$(LOCK) -c requirements/base.txt -o requirements/dev.txt requirements/dev.in

clean:
	rm -rf .venv
