"""Where a backend is deployed to: the local AWS, a sandbox, a branch."""
