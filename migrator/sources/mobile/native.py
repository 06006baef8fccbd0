"""What native apps name: configuration files, plugins of the Amplify libraries, AWS Mobile SDKs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.documents.source import Language, SourceFile
from migrator.documents.syntax import find_all, parsed, span
from migrator.engine.sources import Use
from migrator.sources.uses import NativeUse

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

_NAMES = {
    "datastore": "AWSDataStorePlugin AmplifyDataStore AWSDataStoreCategoryPlugin",
    "analytics": "AWSPinpointAnalyticsPlugin AmplifyAnalyticsPinpoint AWSPinpointPushNotificationsPlugin "
    "AmplifyPushNotificationsPinpoint AWSPinpoint PinpointManager AWSPinpointTargetingClient",
    "predictions": "AWSPredictionsPlugin AWSPredictionsV2Plugin",
    "sdk": "AWSMobileClient AWSMobileClientXCF AWSAppSyncClient AWSAppSyncClientConfiguration AWSS3TransferUtility "
    "TransferUtility AWSCognitoIdentityUserPool AWSServiceManager AWSCognitoCredentialsProvider "
    "CognitoCachingCredentialsProvider CognitoUserPool AWSAppSync",
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_NAME = rf"^(?:{'|'.join(_KINDS)})$"
_WRITTEN = r"(?:amplifyconfiguration|awsconfiguration)"
_FILE = rf"""^(?:r?["']{{1,3}}[\w./:-]*\b{_WRITTEN}(?:\.(?:json|dart))?["']{{1,3}}|R\.raw\.{_WRITTEN})$"""
_CONFIGURE = r"^(?:try\s+|await\s+)*(?:\w+\.)*Amplify\.configure\s*\("
_FILE_NAME = re.compile(r"amplifyconfiguration(?:\.(?:json|dart))?|awsconfiguration(?:\.json)?")
_CALL = re.compile(r"(?:\w+\.)*Amplify\.configure\s*\((?P<arguments>[^()]*)", re.DOTALL)
_GEN2 = {
    Language.SWIFT: re.compile(r"^\s*with:|amplifyOutputs"),
    Language.KOTLIN: re.compile(r"AmplifyOutputs|amplify_outputs|[Oo]utputs"),
    Language.JAVA: re.compile(r"AmplifyOutputs|amplify_outputs|[Oo]utputs"),
    Language.DART: re.compile(r"amplifyConfig\b|[Oo]utputs"),
}
"""What the first argument holds when the configuration is that of Gen 2."""


def native(file: SourceFile) -> Iterator[Use]:
    """Names, file names and calls; nothing in comments."""
    for start, top in parsed(file):
        seen: set[int] = set()
        for node in find_all(top, {"regex": _NAME}, {"regex": _FILE}, {"regex": _CONFIGURE}):
            for use in _uses(node, file.language):
                if use.start not in seen:
                    seen.add(use.start)
                    yield Use(use.node, start + use.start, start + use.end)


def _uses(node: SyntaxNode, language: Language) -> Iterator[Use]:
    (start, end), text = span(node), node.text()
    if text in _KINDS:
        if not _is_text(node):
            yield Use(NativeUse(_KINDS[text], text), start, end)
    elif (match := _CALL.search(text)) is not None and _is_text(node):
        return
    elif match is not None:
        arguments = match.group("arguments")
        if _is_gen1(arguments, language):
            yield Use(NativeUse("configure", "Amplify.configure"), start + match.start(), start + match.end())
    elif found := _FILE_NAME.search(text):
        yield Use(NativeUse("file", found.group()), start + found.start(), start + found.end())


def _is_text(node: SyntaxNode) -> bool:
    """Whether the node is a part of a string or a comment."""
    above = node.parent()
    kinds = node.kind() + (above.kind() if above is not None else "")
    return any(word in kinds for word in ("string", "str_text", "comment"))


def _is_gen1(arguments: str, language: Language) -> bool:
    if language is Language.DART:
        return re.search(r"\bamplifyconfig\b", arguments) is not None
    return _GEN2[language].search(arguments) is None
