"""The part of TypeScript a Gen 2 backend is written in: a syntax tree, a printer, the imports a tree owes."""
