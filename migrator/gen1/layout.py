"""Where things lie in the folder of a Gen 1 resource."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from migrator.gen1.tree import Kind, Tree, join

SETTINGS = (".json", ".yml", ".yaml", ".state")
"""Suffixes of structured settings files (`amplify.state` is JSON)."""

CODE_FOLDERS = frozenset(
    ("node_modules", "src", "lib", "opt", "bin", "dist", ".temp", "test", "tests", "__tests__", "__pycache__", "target")
)
"""Folders with code or its products, at any depth of a resource's folder."""

_GENERATED = re.compile(r"build/(?:stacks|resolvers|functions|pipelineFunctions)/")
_TOOL_FILE = re.compile(
    r"(?:^|/)(?:\.[^/]*|package(?:-lock)?\.json|npm-shrinkwrap\.json|tsconfig[^/]*\.json|jsconfig\.json|event[^/]*\.json|"
    r"[^/]*[-.]event\.json|jest\.config\.json|tslint\.json|nodemon\.json|composer\.json|pnpm-lock\.yaml|yarn\.ya?ml|"
    r"docker-compose\.ya?ml|cdk\.json)$"
)
_NOT_CATEGORIES = frozenset(("awscloudformation", "types", "node_modules", "build", ".temp"))
_MARKS = frozenset(
    ("parameters.json", "cli-inputs.json", "function-parameters.json", "layer-configuration.json", "amplify.state")
).union(
    (
        "schema.graphql",
        "schema",
        "user-pool-group-precedence.json",
        "build",
        "cdk-stack.ts",
        "api-params.json",
        "lex-params.json",
    )
)
_WITHOUT_BUILD = frozenset(("function", "analytics", "geo", "interactions", "predictions", "hosting", "kms"))


def settings_files(tree: Tree, folder: str) -> tuple[str, ...]:
    """Paths of the structured settings files of a resource, relative to its folder."""
    return tuple(
        path
        for path in tree.files(folder, CODE_FOLDERS)
        if path.endswith(SETTINGS) and not _TOOL_FILE.search(path) and not _GENERATED.match(path)
    )


def settings_beside(tree: Tree, folder: str) -> tuple[str, ...]:
    """Names of the JSON files that lie in a category's folder itself, beside its resources."""
    names = tree.names(folder).items()
    return tuple(n for n, kind in names if kind is Kind.FILE and n.endswith(".json") and not _TOOL_FILE.search(n))


def templates(files: tuple[str, ...]) -> tuple[str, ...]:
    """Those that can be the resource's template: in `build/` when there is one, as the CLI chooses, else at the top."""
    found = [path for path in files if fnmatchcase(path.lower(), "*template*.[jy]*ml") or _is_json_template(path)]
    candidates = [path for path in found if "auth-trigger" not in path and path.count("/") <= 1]
    built = tuple(path for path in candidates if path.startswith("build/"))
    return built or tuple(path for path in candidates if "/" not in path)


def _is_json_template(path: str) -> bool:
    return "template" in path.rpartition("/")[2].lower() and path.endswith(".json")


def best_template(candidates: tuple[str, ...], name: str) -> str | None:
    """The one whose name fits the resource best."""

    def rank(path: str) -> tuple[bool, bool, bool, str]:
        file = path.rpartition("/")[2]
        return (not file.startswith(name), "cloudformation-template" not in file, not file.endswith(".json"), file)

    return min(candidates, key=rank, default=None)


def looks_like_resource(tree: Tree, folder: str) -> bool:
    """Whether a folder holds files that only a resource has."""
    names = tree.names(folder)
    return bool(_MARKS & names.keys()) or any("template" in name.lower() for name in names)


def categories(tree: Tree, backend: str) -> tuple[str, ...]:
    """Names of the folders of a backend that hold resources."""
    return tuple(
        name
        for name, kind in tree.names(backend).items()
        if kind is Kind.FOLDER and name not in _NOT_CATEGORIES and not name.startswith(".")
    )


def complete_without_build(category: str, service: str) -> bool:
    """Whether the template in the folder is itself the source, so that nothing has to be built from it."""
    return category in _WITHOUT_BUILD or service == "customCloudformation"


def guess_service(tree: Tree, category: str, folder: str) -> str:
    """The service of a resource that no index describes, by the files in its folder; empty when they do not say."""
    names = tree.names(folder)

    def has(name: str) -> bool:
        return name in names

    if category == "auth":
        return "Cognito-UserPool-Groups" if has("user-pool-group-precedence.json") else "Cognito"
    if category == "api":
        if has("schema.graphql") or has("schema") or has("transform.conf.json"):
            return "AppSync"
        return "ElasticContainer" if has("src") and not has("api-params.json") else "API Gateway"
    if category == "function":
        layer = has("layer-configuration.json") or any("awscloudformation-template" in name for name in names)
        return "LambdaLayer" if layer else "Lambda"
    if category == "storage":
        return _storage_service(tree, folder)
    if category == "custom":
        return "customCDK" if has("cdk-stack.ts") else "customCloudformation"
    if category == "analytics":
        return "Kinesis" if any("kinesis" in name.lower() for name in names) else "Pinpoint"
    return {"interactions": "Lex", "hosting": folder.rpartition("/")[2], "notifications": "Pinpoint"}.get(category, "")


def _storage_service(tree: Tree, folder: str) -> str:
    if "s3-cloudformation-template.json" in tree.names(folder):
        return "S3"
    for path in ("cli-inputs.json", "parameters.json"):
        document = tree.document(join(folder, path)) if path in tree.names(folder) else None
        if document and isinstance(document.root, dict):
            return "DynamoDB" if {"tableName", "partitionKey", "partitionKeyName"} & document.root.keys() else "S3"
    return ""
