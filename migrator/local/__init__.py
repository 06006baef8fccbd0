"""The embedded local AWS: an emulator in an environment of its own, started on this machine and thrown away at will."""
