"""The jobs of the program as a library: each command is one function on plain values."""
