"""What clients find of REST APIs.

Gen 1 lists them in `aws-exports.js` (`aws_cloud_logic_custom`), Gen 2 below `custom.API` of `amplify_outputs.json`:
https://docs.amplify.aws/react/build-a-backend/add-aws-services/rest-api/set-up-rest-api/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrator.categories.rest_api.model import RestApi
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Side
from migrator.engine.observing import observed
from migrator.engine.outputs import REGION, section, told_by

KIND = "AWS::Amplify::RestApi"


def tells(generation: Generation) -> Iterator[Observed]:
    """Name, endpoint and region of each API."""
    yield from _gen1(generation) if generation.side is Side.GEN1 else _gen2(generation)


def _gen1(generation: Generation) -> Iterator[Observed]:
    for entry in generation.context.app.of("api", "API Gateway"):
        name = f"rest api {entry.ref.name}"
        stage = next((one.node.stage for one in generation.context.graph.facts(RestApi, entry.ref)), "${env}")
        stage = stage.replace("${env}", generation.branch)
        url = f"https://${{{name}}}.execute-api.{REGION}.amazonaws.com/{stage}"
        said = {"apiName": entry.ref.name, "endpoint": url, "region": REGION}
        made = told_by(entry, KIND)
        yield observed(name, made, generation, properties=said, aspect=Aspect.OUTPUTS)


def _gen2(generation: Generation) -> Iterator[Observed]:
    listed = (section(generation, "custom") or {}).get("API")
    for name, said in listed.items() if isinstance(listed, Mapping) else ():
        if isinstance(said, Mapping):
            made = Declared(f"outputs of rest api {name}", KIND)
            yield observed(f"rest api {name}", made, generation, properties=dict(said), aspect=Aspect.OUTPUTS)
