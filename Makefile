# make run: the page on this machine.  make test: everything that is checked.  make bench: what takes how long, quickly.
# make torture: promises of docs/reliability.md, tried harder to break than make test does.
# make docs: the output that documents show.
# make words: the catalogues of the page's words.
# make lock: the hashes of what is installed (locks/), made anew.
# make sbom: what is installed, as a bill of materials (CycloneDX).  make licences: the same with each licence.
# Each sets up .venv first. PIP_EXTRA_INDEX_URL=ADDRESS names an index to install from besides pip's own, such as one with
# CPU builds of PyTorch.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
INSTALL := $(PIP) --constraint constraints.txt
# What is fetched must have the hashes of locks/; PyTorch has none there, because its builds differ by the index.
LOCKED := $(PIP) --require-hashes --no-deps --requirement
OURSELVES := $(PIP) --no-deps --no-build-isolation --editable .
FIGURES := benchmarks/figures
CODE := wellread tests benchmarks app.py ingest.py evaluate.py .ci/torch_build.py .ci/bill_of_materials.py .ci/lock.py \
	.ci/months.py

.PHONY: run test check tools torture docs words lock sbom licences bench format clean

run: $(VENV)/.run
	$(BIN)/wellread ingest
	@$(BIN)/wellread serve --port $(PORT)

test: check

check: tools $(VENV)/.dev
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

tools:
	@.ci/test_tools.sh

# TORTURE="NAME …" does some of them, by the names of their modules.
torture: tools $(VENV)/.dev
	@PYTHONPATH=.:tests $(BIN)/python -m torture $(TORTURE)

# Runs the commands that documents show, and pastes what they print.
docs: $(VENV)/.dev
	$(BIN)/python -m cogapp -r -P -n utf-8 -I tests README.md docs/*.md

# Brings the page's words into the catalogue of each language (to be translated in the .po files) and compiles them.
WORDS = wellread/page/locale
words: $(VENV)/.dev
	$(BIN)/pybabel -q extract --omit-header --no-location -k gettext -k later -k ngettext:1,2 -F $(WORDS)/babel.cfg \
		-o $(WORDS)/page.pot wellread/page
	$(BIN)/pybabel -q extract --omit-header --no-location -k gettext -k later -k ngettext:1,2 -F $(WORDS)/desk.cfg \
		-o $(WORDS)/desk.pot wellread/page
	for part in page desk; do \
		$(BIN)/pybabel -q update --no-fuzzy-matching -D $$part -i $(WORDS)/$$part.pot -d $(WORDS) && \
		$(BIN)/pybabel -q compile -D $$part -d $(WORDS) || exit 1; \
	done

sbom: $(VENV)/.run
	@mkdir -p build
	$(BIN)/python .ci/bill_of_materials.py > build/sbom.json

# After a change of constraints.txt or pyproject.toml. UV is what resolves for all systems at once.
UV := uv==0.13.9
lock: $(VENV)/.run
	$(PIP) '$(UV)'
	$(BIN)/python .ci/lock.py

licences: $(VENV)/.run
	@$(BIN)/python .ci/bill_of_materials.py --licences

# Under ten minutes once all is installed. What needs the collections beside the checkout says so where they are not.
bench: $(VENV)/.bench
	@mkdir -p $(FIGURES)
	-$(BIN)/python benchmarks/start.py --runs 5 --json $(FIGURES)/start.json
	-$(BIN)/python benchmarks/encode.py --texts 256 --json $(FIGURES)/encode.json
	-$(BIN)/python benchmarks/ask.py --json $(FIGURES)/ask.json
	-$(BIN)/python benchmarks/api.py --json $(FIGURES)/api.json
	-$(BIN)/python benchmarks/reingest.py --sizes 200 --beside 200 --json $(FIGURES)/reingest.json
	-$(BIN)/python benchmarks/full_ingest.py --articles 10 --sizes 300 --json $(FIGURES)/ingest.json
	-$(BIN)/python benchmarks/scale.py --rows 50000 --json $(FIGURES)/scale.json
	-$(BIN)/python benchmarks/load.py --quick --json $(FIGURES)/load.json

format: $(VENV)/.dev
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

$(VENV)/.run: pyproject.toml constraints.txt locks/run.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV): about 2 GB, and the first time a few minutes"
	@$(BIN)/python .ci/torch_build.py
	$(LOCKED) locks/run.txt
	$(INSTALL) torch
	$(OURSELVES)
	@touch $@

$(VENV)/.bench: $(VENV)/.dev
	$(INSTALL) --editable '.[dev,bench]'
	@touch $@

$(VENV)/.dev: $(VENV)/.run locks/dev.txt
	$(LOCKED) locks/dev.txt
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
