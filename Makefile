# Everything a person needs: `make run` and `make test` work on a machine with Python 3.11 and make.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
WEB := services/web
CLIENT := services/client
PAGE := services/gateway/static/index.html
INSTALLED := $(VENV)/.installed
NODE := deploy/with-node $(VENV)

.PHONY: help
help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: run
run: install ## Set up everything and start the whole system on this machine
	@exec $(BIN)/atlas up

.PHONY: install
install: $(INSTALLED) $(PAGE) ## Set up: Python packages into .venv, and the page

$(INSTALLED): requirements.lock pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null \
	  || { echo "Latent Atlas needs Python 3.11 or 3.12 on the path, or: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "$(PYTHON) has no venv module; on Debian and Ubuntu install the package python3-venv." >&2; exit 1; }
	@echo "Installing Python packages into $(VENV) (about 3 GB, mostly TensorFlow) ..."
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(WEB)/node_modules/.installed: $(WEB)/package.json $(WEB)/package-lock.json $(INSTALLED)
	@echo "Installing the page's packages ..."
	@$(NODE) npm --prefix $(WEB) ci --no-audit --no-fund --loglevel=error
	@touch $@

WEB_SOURCES := $(shell find $(WEB) -type f -not -path '*/node_modules/*' -not -path '*/.vite/*' 2>/dev/null)
$(PAGE): $(WEB)/node_modules/.installed $(WEB_SOURCES)
	@echo "Building the page ..."
	@$(NODE) npm --prefix $(WEB) run --silent build
	@touch $@

.PHONY: test
test: install ## Set up what is needed and run every test: Python, page, browser
	@$(NODE) npm --prefix $(WEB) test
	@$(BIN)/python -m pytest --numprocesses=2 --dist=loadscope --no-loadscope-reorder

.PHONY: check
check: install ## Formatting, lint, types, import rules, generated code
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(NODE) npm --prefix $(WEB) run --silent check

.PHONY: format
format: install ## Put all code into the house's format
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@$(NODE) npm --prefix $(WEB) run --silent format

.PHONY: generate
generate: $(INSTALLED) $(WEB)/node_modules/.installed ## Make anew the gRPC stubs, and what page and client know of the API
	@$(BIN)/python -m services.gateway.generate_stubs
	@$(BIN)/python -m services.gateway.openapi > $(WEB)/node_modules/.openapi.json
	@$(NODE) npm --prefix $(WEB) run --silent generate node_modules/.openapi.json
	@$(BIN)/python $(CLIENT)/scripts/types_from_openapi.py $(WEB)/node_modules/.openapi.json $(CLIENT)/latent_atlas_client/types
	@$(BIN)/python $(CLIENT)/scripts/sync_from_async.py $(CLIENT)/latent_atlas_client
	@cp services/contracts/skipping.py $(CLIENT)/latent_atlas_client/uploads/skipping.py
	@$(BIN)/python -m services.contracts.training.first_run > $(WEB)/src/api/firstRun.json
	@$(BIN)/python -m services.contracts.training.presets > $(WEB)/src/api/presets.json
	@$(BIN)/python -m services.contracts.training.forks > $(WEB)/src/api/changeable.json
	@$(BIN)/python -m services.contracts.ramps > $(WEB)/src/api/ramps.json
	@$(BIN)/python $(WEB)/scripts/gallery_data.py

.PHONY: bench
bench: install ## Measure against the baselines, as ratios (minutes)
	@$(BIN)/python -m benchmarks

.PHONY: quality
quality: install ## Train the README's table of quality and write it (hours; ROWS="2d 4d" chooses, SEEDS="0 1")
	@$(BIN)/python -m benchmarks.quality $(ROWS) $(if $(SEEDS),--seeds $(SEEDS))

COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-strip-extras --custom-compile-command "make lock" --quiet
IMAGE_LOCK := $(COMPILE) --constraint requirements.lock --output-file deploy/locks
.PHONY: lock
lock: ## Resolve the Python packages anew, for everybody and for the images (needs uv)
	@$(COMPILE) --extra dev --output-file requirements.lock
	@$(IMAGE_LOCK)/gateway.lock --extra gateway \
	  --no-emit-package click-repl --no-emit-package prompt-toolkit --no-emit-package wcwidth
	@$(IMAGE_LOCK)/tensorflow-cpu.lock --extra trainer --extra serving
	@$(IMAGE_LOCK)/tensorflow-gpu.lock --extra trainer --extra serving --extra gpu

.PHONY: test-compose
test-compose: $(INSTALLED) ## Build the images and try the compose file with faults (needs Docker; minutes)
	@$(BIN)/python -m pytest --capture=no tests/deploy/compose_trial.py

.PHONY: clean
clean: ## Remove what was set up and built; runs and models stay
	@rm -rf $(VENV) $(WEB)/node_modules services/gateway/static
