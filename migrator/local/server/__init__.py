"""Runs inside the environment of the local AWS, as a process of its own. Imports nothing of the rest of the program."""
