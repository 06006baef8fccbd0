"""Proves a Gen 2 project: it type-checks, synthesizes, deploys without cycles, and its functions load."""

from migrator.verify.results import CHECKS, Check, CheckResult, Detail, Status, VerifyReport
from migrator.verify.run import verify

__all__ = ["CHECKS", "Check", "CheckResult", "Detail", "Status", "VerifyReport", "verify"]
