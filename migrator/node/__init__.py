"""The Node side: finding Node, the pinned Node packages, and running them with a limit on time and on what they see."""
