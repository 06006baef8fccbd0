"""What a Gen 2 backend is, whatever its categories."""
