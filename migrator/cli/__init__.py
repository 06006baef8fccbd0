"""The command line: options in, text and exit code out. Everything else is in `commands`."""
