"""Named faults in what is synthesized: mistakes that converters and people make. Each says which check finds it."""

from __future__ import annotations

from tests.mutation.fault import Fault
from tests.mutation.faults import (
    auth,
    custom,
    data,
    environment,
    function,
    grants,
    languages,
    outputs,
    resolvers,
    rest_api,
    search,
    services,
    storage,
)

FAULTS: tuple[Fault, ...] = (
    *auth.FAULTS,
    *storage.FAULTS,
    *function.FAULTS,
    *languages.FAULTS,
    *environment.FAULTS,
    *data.FAULTS,
    *resolvers.FAULTS,
    *grants.FAULTS,
    *outputs.FAULTS,
    *services.FAULTS,
    *custom.FAULTS,
    *rest_api.FAULTS,
    *search.FAULTS,
)
