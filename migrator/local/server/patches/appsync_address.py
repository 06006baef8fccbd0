"""GraphQL APIs have an address on this machine, and the id that they are given."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, handlers, replace

DEFECT = (
    "An API's address is one below amazonaws.com: functions and clients that use it leave this machine. Its id is a "
    "new one each time, so the tables of a rehearsed Gen 1 API are not named as the live ones."
)
REPLACES = {
    HANDLERS: "",
    "ministack.services.appsync:_apis": "",
    "ministack.services.cloudformation.provisioners:new_uuid": "",
    "ministack.services.cloudformation.provisioners:_appsync_api_create": "logical_id, props, stack_name",
}
_TYPE = "AWS::AppSync::GraphQLApi"


def apply(settings: Settings) -> None:
    """Sets the address, and the id where one is wanted for the API's name."""
    from ministack.services.cloudformation import provisioners

    known = handlers(_TYPE)

    def create(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
        wanted = settings.api_ids.get(str(properties.get("Name", "")))
        if not wanted:
            return _here(known["create"](logical_id, properties, stack_name), settings)
        anew = provisioners.new_uuid
        provisioners.new_uuid = lambda: wanted
        try:
            return _here(known["create"](logical_id, properties, stack_name), settings)
        finally:
            provisioners.new_uuid = anew

    def update(physical_id: str, old: dict[str, Any], new: dict[str, Any], *rest: Any) -> Any:
        return _here(known["update"](physical_id, old, new, *rest), settings)

    replace(_TYPE, create=create, update=update)


def _here(made: tuple[str, dict[str, Any]], settings: Settings) -> tuple[str, dict[str, Any]]:
    from ministack.services import appsync

    api_id, attributes = made
    address = f"http://127.0.0.1:{settings.port}/v1/apis/{api_id}/graphql"
    api = appsync._apis[api_id]
    api["uris"] = {**api["uris"], "GRAPHQL": address}
    return api_id, {**attributes, "GraphQLUrl": address}
