"""Templates, code and schemas that lie in S3 are read."""

from __future__ import annotations

import re
from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, handlers, mapped_properties, replace

DEFECT = (
    "The properties of AppSync resources that name a file in S3 (mapping templates, code, the schema) are ignored: "
    "resolvers and functions are empty. All of Amplify's are given that way."
)
REPLACES = {HANDLERS: "", "ministack.services.s3:_get_object_data": "bucket_name, key, version_id"}
INLINE = {
    "RequestMappingTemplateS3Location": "RequestMappingTemplate",
    "ResponseMappingTemplateS3Location": "ResponseMappingTemplate",
    "CodeS3Location": "Code",
    "DefinitionS3Location": "Definition",
}
_TYPES = ("AWS::AppSync::Resolver", "AWS::AppSync::FunctionConfiguration", "AWS::AppSync::GraphQLSchema")


def apply(settings: Settings) -> None:
    """Puts the text of the file in the place of its address."""
    for resource_type in _TYPES:
        known = handlers(resource_type)
        if "update" not in known:  # the emulator then creates anew, under the same names
            replace(resource_type, update=_again(known["create"]))
        mapped_properties(resource_type, _inlined)


def _again(create: Any) -> Any:
    return lambda physical_id, old, new, stack_name: create(physical_id, new, stack_name)


def _inlined(properties: dict[str, Any]) -> dict[str, Any]:
    texts = {INLINE[name]: _text(place) for name, place in properties.items() if name in INLINE and place}
    return {**{name: value for name, value in properties.items() if name not in INLINE}, **texts}


def _text(place: str) -> str:
    from ministack.services import s3

    match = re.fullmatch(r"s3://([^/]+)/(.+)", place)
    data = s3._get_object_data(match[1], match[2]) if match else None
    if data is None:
        raise ValueError(f"AppSync could not read {place}: The specified key does not exist.")
    return bytes(data).decode("utf-8")
