"""What a command found, as text, JSON or Markdown."""
