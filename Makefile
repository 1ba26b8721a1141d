# make report: audit the sample shop.  make test: prove everything.  Both set up what they need in .venv.
# make bench: measure against DuckDB and polars, in .venv-bench; SIZES="1000000 10000000" for more, REPEATS=1 or PEERS= for less.

# Each test that starts the command would compile the whole program anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
STAMP := $(VENV)/.ready
SPARK := $(VENV)/.spark
OUT ?= out
BENCH := .venv-bench
SIZES ?= 1000000
REPEATS ?= 5
PEERS ?= yes

.PHONY: report test check wheel bench catalogues lock clean

report: $(STAMP)
	$(RUN)/order-audit run sample_data --out $(OUT) --fail-on never

test: check wheel $(SPARK)
	$(RUN)/python -m pytest -n auto --dist loadfile

check: $(STAMP)
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy

# The built wheel, installed elsewhere, must give the very same findings.
wheel: $(STAMP)
	PYTHON="$(PYTHON)" sh tests/try_wheel.sh $(RUN)/python

# Installed as users have it, compiled, so that its start is theirs.
bench: $(BENCH)/.ready
	rm -rf build
	$(BENCH)/bin/python -m pip install --quiet --no-deps --no-build-isolation --force-reinstall .
	$(BENCH)/bin/python tests/benchmarks/bench.py --items $(SIZES) --repeats $(REPEATS) $(if $(PEERS),,--without-peers)
	$(BENCH)/bin/python tests/benchmarks/bars.py

$(BENCH)/.ready: pyproject.toml requirements-bench.lock
	rm -rf $(BENCH)
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --require-hashes -r requirements-bench.lock
	touch $@

# The stamp is written last, so that an installation that was cut short is begun again.
$(STAMP): pyproject.toml requirements.lock requirements-dev.lock
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Python 3.11 or later is needed; name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c "import venv, ensurepip" || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(RUN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

# Collect what people read, and bring the languages' catalogues up to date; what is new waits there for its translation.
catalogues: $(STAMP)
	$(RUN)/python tests/catalogues.py

# Spark is large, and only its tests need it: built with the setuptools that is there, for that one is pinned.
$(SPARK): $(STAMP) requirements-spark.lock
	$(RUN)/python -m pip install --quiet --require-hashes --no-build-isolation -r requirements-spark.lock
	touch $@

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock pyproject.toml --extra build
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements-notify.lock pyproject.toml --extra build --extra notify -c requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements-bench.lock pyproject.toml --extra build --extra bench -c requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock pyproject.toml --extra build --extra dev -c requirements.lock -c requirements-notify.lock -c requirements-bench.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements-spark.lock pyproject.toml --extra build --extra spark -c requirements.lock -c requirements-dev.lock

clean:
	rm -rf $(VENV) $(BENCH) tests/benchmarks/data build dist out *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
