"""The independent history checker. Nothing in this package may import the product, nor what the product imports."""

from tests.faults.checker.check import check
from tests.faults.checker.digest import Finding
from tests.faults.checker.history import Final, History, Json

__all__ = ["Final", "Finding", "History", "Json", "check"]
