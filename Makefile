# Thin lines over `bin/tongban` and pytest; variables such as PORT and DATA_DIR go through to them.
.DEFAULT_GOAL := help
.PHONY: help run test check journeys bench format lock

help: ## show this
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

run: ## start Tongban with its demonstration; PORT=8000, DATA_DIR=./var
	@bin/bootstrap
	@bin/tongban serve --demo

test: ## run all tests, browser journeys included
	@bin/bootstrap --dev
	@bin/test

journeys: ## run the browser journeys alone
	@bin/bootstrap --dev
	@bin/test tests/journeys

bench: ## measure speed as a share of the limit; SIZES=10000,100000 JSON=path
	@bin/bootstrap
	@bin/tongban bench $(if $(SIZES),--sizes $(SIZES)) $(if $(JSON),--json $(JSON))

check: ## lint, format, types, boundaries, missing migrations
	@bin/bootstrap --dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

format: ## put the code into its form
	@bin/bootstrap --dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

lock: ## resolve the requirements anew
	bin/lock
