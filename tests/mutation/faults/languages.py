"""Functions in other languages than JavaScript, and their layers."""

from __future__ import annotations

from migrator.verify.results import Check
from tests.mutation.edits import drop, put
from tests.mutation.fault import Fault

QUOTE = "data/quote"
BINDER = "function/binder"
SETTINGS = Check.SETTINGS

FAULTS = (
    Fault("Python of another version", SETTINGS, "press", put(QUOTE, "Runtime", "python3.13")),
    Fault("another handler in Python", SETTINGS, "press", put(QUOTE, "Handler", "prices.paper")),
    Fault("another class in Java", SETTINGS, "press", put(BINDER, "Handler", "example.Folder::handleRequest")),
    Fault("Java of another version", SETTINGS, "press", put(BINDER, "Runtime", "java21")),
    Fault("Java on another processor", SETTINGS, "press", put(BINDER, "Architectures[0]", "x86_64")),
    Fault(".NET of another version", SETTINGS, "press", put("function/archive", "Runtime", "dotnet10")),
    Fault("a Go program on an older system", SETTINGS, "press", put("function/ledger", "Runtime", "provided.al2")),
    Fault("the layers of a Python function are lost", SETTINGS, "press", drop(QUOTE, "Layers")),
    Fault("the foreign layer of a Python function is lost", SETTINGS, "press", drop(QUOTE, "Layers[1]")),
    Fault("the layer of Python is lost", SETTINGS, "press", drop("layer-typesetting/typesetting")),
    Fault(
        "the layer is for another Python",
        SETTINGS,
        "press",
        put("layer-typesetting/typesetting", "CompatibleRuntimes", ["python3.9"]),
    ),
    Fault(
        "the secret of a Python function is elsewhere",
        Check.ENVIRONMENT,
        "press",
        put(QUOTE, "Environment.Variables.SUPPLIER_KEY", "/payroll/SUPPLIER_KEY"),
    ),
)
