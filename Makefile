# The same words as `python make.py WORD`, which does the work and runs on Windows too.
PYTHON ?= python3

.PHONY: setup demo test lint bench clean
setup demo test lint bench clean:
	@$(PYTHON) make.py $@
