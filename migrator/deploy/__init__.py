"""Deployment, feature by feature: plan, check, apply, verify, with a journal that survives."""
