"""The schema as TypeScript (`a.schema`): what can be said so, what is patched in, and what stays SDL.

`plan` decides, from tables alone, what becomes of every type and operation; `files` writes it.
"""
