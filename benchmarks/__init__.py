"""Measurements: how fast migrate is, and what it makes of many apps. They print figures and assert nothing."""
