"""GraphQL requests: who asks, what is deployed, and the Node process that evaluates it."""
