"""Rules against facts: load, match, account, assemble."""
