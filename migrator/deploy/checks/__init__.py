"""What is looked at after a feature is deployed: that it is there, as Gen 1 had it, and that it works."""
