"""What matters of a resource that is not converted, in words: the recipe for it needs these settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from migrator.documents.cursor import Cursor
from migrator.gen1.entries import Entry

_INDEXES = ("team-provider", "backend-config", "meta")


def notes(entry: Entry) -> tuple[str, ...]:
    """The settings that the recipe asks for, as far as the files say them."""
    said = _NOTES.get(entry.service, _types)
    return tuple(dict.fromkeys(said(entry))) or ("nothing more that a file says",)


def _types(entry: Entry) -> Iterator[str]:
    """Of a plugin: the kinds of resources in its template."""
    template = entry.template()
    yield from sorted({resource.type for resource in template.resources()}) if template else ()


def _hosting(entry: Entry) -> Iterator[str]:
    kind = next((found for role in _INDEXES if (found := entry.cursor(role).get("type").text().value)), "")
    if kind:
        yield {"cicd": "built from a repository", "manual": "uploaded by hand"}.get(kind, kind)


def _site(entry: Entry) -> Iterator[str]:
    """Of S3 and CloudFront: domains, cache and error pages, and whether there is a distribution at all."""
    template = entry.template()
    if template is None:
        return
    for one in template.resources("AWS::CloudFront::Distribution"):
        config = one.properties.get("DistributionConfig")
        yield from (f"domain {name}" for name in config.get("Aliases").texts().value)
        yield from _if_said("price class", config.get("PriceClass"))
        yield from _if_said("certificate", config.get("ViewerCertificate", "AcmCertificateArn"))
        yield from _if_said("firewall", config.get("WebACLId"))
        for behavior in config.get("CacheBehaviors").elements():
            yield from _if_said("behavior for", behavior.get("PathPattern"))
        for page in config.get("CustomErrorResponses").elements():
            code, path = page.get("ErrorCode").text().value, page.get("ResponsePagePath").text().value
            yield f"error {code} shows {path}" if path else f"error {code}"
        return
    yield "no distribution, the website of a bucket"


def _bot(entry: Entry) -> Iterator[str]:
    chosen = entry.cursor("lex-params.json")
    yield from _if_said("bot", chosen.get("botName"))
    yield from _if_said("voice", chosen.get("outputVoice"))
    for intent in chosen.get("intents").elements():
        slots = len(list(intent.get("slots").elements()))
        yield f"intent {intent.get('intentName').text().value} with {slots} slots"


def _pinpoint(entry: Entry) -> Iterator[str]:
    for role in _INDEXES[1:]:
        yield from (f"channel {name}" for name in entry.cursor(role).get("channels").texts().value)
    template = entry.template()
    policies = template.resources("AWS::IAM::Policy") if template else ()
    roles = (str(policy.properties.get("Roles").whole().value) for policy in policies)
    if any("unauth" in role.lower() for role in roles):
        yield "guests send events, too"


def _container(entry: Entry) -> Iterator[str]:
    template = entry.template()
    for task in template.resources("AWS::ECS::TaskDefinition") if template else ():
        yield from _if_said("CPU", task.properties.get("Cpu"))
        yield from _if_said("memory", task.properties.get("Memory"))
        for container in task.properties.get("ContainerDefinitions").elements():
            for port in container.get("PortMappings").elements():
                yield from _if_said("port", port.get("ContainerPort"))
    for service in template.resources("AWS::ECS::Service") if template else ():
        yield from _if_said("tasks", service.properties.get("DesiredCount"))
    for role in _INDEXES[1:]:
        if entry.cursor(role).get("restrictAccess").flag().value:
            yield "for users only"


def _if_said(word: str, cursor: Cursor) -> Iterator[str]:
    if cursor.present and (said := cursor.text().value):
        yield f"{word} {said}"


_NOTES: dict[str, Callable[[Entry], Iterator[str]]] = {
    "amplifyhosting": _hosting,
    "S3AndCloudFront": _site,
    "Lex": _bot,
    "Pinpoint": _pinpoint,
    "ElasticContainer": _container,
}
