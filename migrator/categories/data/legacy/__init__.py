"""Schemas of the GraphQL transformer 1 (`@key`, `@connection`, `@versioned`, its `@auth`) as schemas of transformer 2.

Gen 2 has transformer 2 only. What changed is listed in
https://docs.amplify.aws/gen1/react/tools/cli/migration/transformer-migration/; what is written here was read off the
resolvers that both make.
"""
