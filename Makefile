# Everything a developer runs. The first call makes .venv from the hash-locked requirements.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test check lint types imports workflows bench crash model unfixed mutants fuzz schema lock clean

demo: $(READY)  ## the whole life of one hub, in a sandbox on this machine
	@$(BIN)/provisioner demo

test: $(READY)  ## every test, and the ten slowest
	@$(BIN)/python -m pytest -n auto --dist worksteal --durations=10

check: lint types imports workflows test  ## all that CI runs

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

imports: $(READY)
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

workflows: $(READY)  ## the Actions workflow files: schemas, security, shell, rules of our own
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-actions .github/actions/*/action.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	@$(BIN)/zizmor --offline --no-progress --quiet --pedantic .github
	@$(BIN)/python -m pytest tests/e2e/test_workflow_files.py

bench: $(READY)  ## figures, printed; nothing passes or fails by them
	@$(BIN)/python -m pytest -s tests/bench -p no:xdist

SEED ?= $(shell date +%s)
ROUNDS ?= 1
crash: $(READY)  ## every crash and fault, not a sample: make crash SEED=7 ROUNDS=2 ONLY='a removal | '
	@CRASH_SEED='$(SEED)' CRASH_ROUNDS='$(ROUNDS)' CRASH_ONLY='$(ONLY)' \
		$(BIN)/python -m pytest -n auto --dist worksteal \
		$(if $(ONLY),tests/crash/test_crashes.py tests/crash/test_faults.py,tests/crash)

STEPS ?= 30
EXAMPLES ?= 2000
model: $(READY)  ## sequences of changes, hands, outages: make model SEED=7 STEPS=30 EXAMPLES=2000
	@$(BIN)/python -m tests.model.run --seed '$(SEED)' --steps '$(STEPS)' \
		--examples '$(EXAMPLES)' --without '$(WITHOUT)' --omit '$(OMIT)'

unfixed: $(READY)  ## does the model find what was broken once? make unfixed SEED=7 ONLY='4 '
	@$(BIN)/python -m tests.model.unfixed --seed '$(SEED)' --examples '$(EXAMPLES)' --only '$(ONLY)'

SAMPLE ?= 60
mutants: .venv/.mutants  ## small changes that a test has to notice: make mutants ROOM=engine SEED=7
	@$(BIN)/python -m tests.mutants.run --room '$(ROOM)' --seed '$(SEED)' --sample '$(SAMPLE)'

.venv/.mutants: requirements-mutants.txt $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-mutants.txt
	@touch $@

COUNT ?= 2000
fuzz: $(READY)  ## hostile files through the real check, in forks: make fuzz SEED=7 COUNT=5000
	@$(BIN)/python -m tests.fuzz.run --seed '$(SEED)' --count '$(COUNT)'

schema: $(READY)  ## write schemas/ anew from the models
	@$(BIN)/provisioner schema

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header
SETUP := .github/actions/setup/requirements-uv.txt
lock: $(READY)  ## lock the requirements anew: what a job installs, what a developer does, uv itself
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) --group setup -o $(SETUP)
	$(LOCK) pyproject.toml --extra sandbox --group dev \
		-c requirements.txt -c $(SETUP) -o requirements-dev.txt
	$(LOCK) --group mutants -c requirements-dev.txt -o requirements-mutants.txt

clean:
	rm -rf .venv

$(READY): requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
