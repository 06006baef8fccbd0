"""The functions of AppSync pipelines are kept."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, replace

DEFECT = (
    "CloudFormation's AWS::AppSync::FunctionConfiguration makes an id and drops the rest: ListFunctions is empty, and "
    "no pipeline resolver has anything to run. A data source that does not exist is not noticed."
)
_PROVISIONERS = "ministack.services.cloudformation.provisioners"
REPLACES = {
    HANDLERS: "",
    f"{_PROVISIONERS}:_appsync_function_create": "logical_id, props, stack_name",
    f"{_PROVISIONERS}:_appsync_function_attributes": "api_id, function_id, props",
    f"{_PROVISIONERS}:_pascal_to_camel": "obj",
    "ministack.services.appsync:_function_record": "api_id, function_id, body",
    "ministack.services.appsync:_functions": "",
    "ministack.services.appsync:_data_sources": "",
}
_MEMBERS = ("Name", "Description", "DataSourceName", "RequestMappingTemplate", "ResponseMappingTemplate",
            "FunctionVersion", "SyncConfig", "MaxBatchSize", "Runtime", "Code")  # fmt: skip


def apply(settings: Settings) -> None:
    """Stores them where the service has its functions."""
    from ministack.services import appsync
    from ministack.services.cloudformation import provisioners

    def create(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
        arn, attributes = provisioners._appsync_function_create(logical_id, properties, stack_name)
        _store(properties, attributes["FunctionId"])
        return arn, attributes

    def update(physical_id: str, old: dict[str, Any], new: dict[str, Any], stack_name: str) -> Any:
        if new.get("ApiId") != old.get("ApiId"):
            return create(physical_id, new, stack_name)
        function_id = physical_id.rsplit("/", 1)[-1]
        _store(new, function_id)
        return physical_id, provisioners._appsync_function_attributes(new["ApiId"], function_id, new)

    def delete(physical_id: str, properties: dict[str, Any]) -> None:
        functions = appsync._functions.get(properties.get("ApiId")) or {}
        functions.pop(physical_id.rsplit("/", 1)[-1], None)

    replace("AWS::AppSync::FunctionConfiguration", create=create, update=update, delete=delete)


def _store(properties: dict[str, Any], function_id: str) -> None:
    from ministack.services import appsync
    from ministack.services.cloudformation.provisioners import _pascal_to_camel

    api_id, source = properties["ApiId"], properties.get("DataSourceName")
    if source not in (appsync._data_sources.get(api_id) or {}):
        raise ValueError(f"No data source found named {source}")
    given = {name: properties[name] for name in _MEMBERS if properties.get(name) not in (None, "")}
    body = _pascal_to_camel(given)
    appsync._functions.setdefault(api_id, {})[function_id] = appsync._function_record(api_id, function_id, body)
