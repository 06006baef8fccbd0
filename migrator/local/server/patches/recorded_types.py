"""Resource types that are not emulated: they deploy as a record, and the status lists them."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, Handler, handlers, replace

DEFECT = (
    "Types of resources that Amplify projects use are unknown (Location, Pinpoint, Lex and others), and a stack with "
    "one of them is refused as a whole. Here it is deployed, and what was only recorded is said."
)
REPLACES = {
    HANDLERS: "",
    "ministack.services.cloudformation.provisioners:_physical_name": "",
}
NAMED_BY: dict[str, str] = {
    "AWS::Amplify::App": "", "AWS::Amplify::Branch": "", "AWS::Amplify::Domain": "",
    "AWS::AppSync::ApiCache": "", "AWS::AppSync::DomainName": "DomainName",
    "AWS::AppSync::DomainNameApiAssociation": "DomainName", "AWS::AppSync::SourceApiAssociation": "",
    "AWS::Backup::BackupSelection": "",
    "AWS::Bedrock::Agent": "", "AWS::Bedrock::KnowledgeBase": "", "AWS::Bedrock::Guardrail": "",
    "AWS::Budgets::Budget": "", "AWS::CodePipeline::Pipeline": "Name",
    "AWS::Cognito::LogDeliveryConfiguration": "", "AWS::Cognito::ManagedLoginBranding": "",
    "AWS::Cognito::UserPoolRiskConfigurationAttachment": "", "AWS::Cognito::UserPoolUICustomizationAttachment": "",
    "AWS::Cognito::UserPoolUserToGroupAttachment": "",
    "AWS::Elasticsearch::Domain": "DomainName",
    "AWS::Lex::Bot": "", "AWS::Lex::BotAlias": "", "AWS::Lex::BotVersion": "", "AWS::Lex::ResourcePolicy": "",
    "AWS::Location::APIKey": "KeyName", "AWS::Location::GeofenceCollection": "CollectionName",
    "AWS::Location::Map": "MapName", "AWS::Location::PlaceIndex": "IndexName",
    "AWS::Location::RouteCalculator": "CalculatorName", "AWS::Location::TrackerConsumer": "",
    "AWS::Pinpoint::ADMChannel": "", "AWS::Pinpoint::APNSChannel": "", "AWS::Pinpoint::APNSSandboxChannel": "",
    "AWS::Pinpoint::APNSVoipChannel": "", "AWS::Pinpoint::APNSVoipSandboxChannel": "", "AWS::Pinpoint::App": "",
    "AWS::Pinpoint::ApplicationSettings": "", "AWS::Pinpoint::BaiduChannel": "", "AWS::Pinpoint::Campaign": "",
    "AWS::Pinpoint::EmailChannel": "", "AWS::Pinpoint::EmailTemplate": "", "AWS::Pinpoint::EventStream": "",
    "AWS::Pinpoint::GCMChannel": "", "AWS::Pinpoint::InAppTemplate": "", "AWS::Pinpoint::PushTemplate": "",
    "AWS::Pinpoint::SMSChannel": "", "AWS::Pinpoint::Segment": "", "AWS::Pinpoint::SmsTemplate": "",
    "AWS::Pinpoint::VoiceChannel": "",
    "AWS::Rekognition::Collection": "CollectionId", "AWS::ResourceGroups::Group": "Name",
    "AWS::SES::ReceiptRule": "", "AWS::SES::ReceiptRuleSet": "", "AWS::SES::Template": "",
    "AWS::WAFv2::WebACLAssociation": "", "AWS::XRay::Group": "",
}  # fmt: skip
"""The types, and the property that names such a resource where the user may choose the name."""


def apply(settings: Settings) -> None:
    """Records them; a type that the emulator does know stays the emulator's."""
    for resource_type, named_by in NAMED_BY.items():
        if not handlers(resource_type):
            create = _recorder(resource_type, named_by)
            replace(resource_type, create=create, update=_updater(create), delete=lambda physical_id, properties: None)


def recorded() -> list[dict[str, str]]:
    """What is deployed as a record only: type, stack and logical id."""
    from ministack.services.cloudformation import _stacks

    return sorted(
        (
            {"type": resource["ResourceType"], "stack": stack["StackName"], "logical_id": logical_id}
            for stack in list(_stacks._data.values())
            if stack["StackStatus"] != "DELETE_COMPLETE"
            for logical_id, resource in list(stack.get("_resources", {}).items())
            if resource["ResourceType"] in NAMED_BY
        ),
        key=lambda one: (one["type"], one["stack"], one["logical_id"]),
    )


def _recorder(resource_type: str, named_by: str) -> Handler:
    from ministack.services.cloudformation import provisioners

    _, service, kind = resource_type.split("::")

    def create(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
        own = properties.get(named_by) if named_by else None
        name = own or provisioners._physical_name(stack_name, logical_id, max_len=63)
        place = f"{provisioners.get_region()}:{provisioners.get_account_id()}"
        arn = f"arn:aws:{service.lower()}:{place}:{kind.lower()}/{name}"
        short = kind.removeprefix("Place").removeprefix("Geofence").removeprefix("Route")
        return name, {"Arn": arn, "Id": name, "AppId": name, f"{kind}Arn": arn, f"{short}Arn": arn}

    return create


def _updater(create: Handler) -> Handler:
    return lambda physical_id, old, new, stack_name: (physical_id, create(physical_id, new, stack_name)[1])
