# Short names for dev.py, which does the work. Without make: python3 dev.py run
# dev.py itself goes on in Python 3.11 when python3 is another one.
PYTHON := $(shell command -v python3 || command -v python3.11 || echo python3)
COMMANDS := run test lint types lock install bench soak

.PHONY: help fix coverage $(COMMANDS)

help:
	@echo "make run         the demo on http://localhost:8000 (PORT=8001 for another)"
	@echo "make test        the suite on SQLite, then on PostgreSQL and Redis (STACK=sqlite|postgres, ARGS='-k word')"
	@echo "make coverage    the same, and which lines nothing reached"
	@echo "make lint types  style, imports and types; make fix repairs style"
	@echo "make bench soak  measurements"
	@echo "make lock        resolve the dependencies again (ARGS=--upgrade)"
	@echo "make install     everything, for an editor"

$(COMMANDS):
	@$(PYTHON) dev.py $@ $(ARGS)

fix:
	@$(PYTHON) dev.py lint --fix

coverage:
	@COVERAGE=1 $(PYTHON) dev.py test $(ARGS)
