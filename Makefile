# The two commands a newcomer needs: `make demo` and `make test`. Both make .venv themselves.

.DEFAULT_GOAL := help
.PHONY: help demo test bench bench-page reader-table lock test-data docs-images clean

# What these point to belongs to another Python than that of .venv.
unexport PYTHONHOME
unexport PYTHONPATH

python = .venv/bin/python
bin = .venv/bin

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

demo: ## run every example into out/
	@sh tools/venv.sh run
	@$(python) examples/demo.py

test: ## all checks and tests, as CI runs them
	@sh tools/venv.sh dev
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	$(bin)/lint-imports
	$(python) -m pytest -n 2

bench: ## speed and memory, as ratios to named peers
	@sh tools/venv.sh dev
	@$(python) benchmarks/speed/bench.py

bench-page: ## the same, into docs/reference/speed.md (20 minutes)
	@sh tools/venv.sh dev
	@$(python) benchmarks/speed/bench.py --page docs/reference/speed.md

reader-table: ## corner files x FCS readers into docs/reference/fcs-readers.md
	@sh tools/venv.sh dev
	@$(python) benchmarks/accuracy/fcs_readers.py --page docs/reference/fcs-readers.md

lock: ## resolve the dependencies anew (needs uv)
	@sh tools/venv.sh run
	@$(python) tools/lock.py

test-data: ## fetch the outside test data into tests/data/
	@sh tools/venv.sh run
	@$(python) tools/fetch_test_data.py

docs-images: ## draw the pictures of the docs again (after make demo)
	@sh tools/venv.sh run
	@$(python) tools/doc_images.py

clean: ## remove .venv, caches and output
	rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
