"""Backend to files: modules, manifests, and the writer that never loses a user's edit."""
