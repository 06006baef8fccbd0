"""What a Gen 1 project is, whatever its categories."""
