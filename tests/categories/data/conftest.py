"""The pinned Node tools, as for the checks."""

from tests.verify.conftest import node, toolchain

__all__ = ["node", "toolchain"]
