"""The Lambda functions of an assembly that come from the project, as far as loading them needs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from migrator.verify.assembly import Assembly, Stack, Template, asset_key
from migrator.verify.workspace import Mode, Workspace

_FUNCTION = "AWS::Lambda::Function"
_AMPLIFY_OWN = ("AmplifyBranchLinker", "AmplifySecretFetcher", "AmplifyRefAuth")
"""How the constructs begin whose functions Amplify itself bundles at synth."""
_URL_NAMES = ("ENDPOINT", "URL", "URI")


class Function(Struct, frozen=True):
    """A function of the project; `folder` is its asset (None when there is none), `inline` is code in the template."""

    name: str
    runtime: str
    handler: str
    folder: Path | None
    inline: str
    environment: dict[str, str]
    layers: bool
    sources: tuple[Path, ...]
    """The project's own files in the bundle, entry last (from its source map)."""
    packages: dict[str, int]
    """Bytes of source by npm package in the bundle (from its source map)."""


def project_functions(assembly: Assembly, workspace: Workspace) -> tuple[Function, ...]:
    """All functions but those that CDK and Amplify bring for themselves."""
    own_files = _own_contents(workspace, assembly)
    found = (
        function
        for stack in assembly.stacks
        for logical_id, resource in stack.resources.items()
        if resource.get("Type") == _FUNCTION
        and (function := _function(assembly, stack, logical_id, resource, workspace, own_files))
    )
    return tuple(sorted(found, key=lambda function: function.name))


def _function(
    assembly: Assembly,
    stack: Stack,
    logical_id: str,
    resource: Template,
    workspace: Workspace,
    own_files: dict[int, set[bytes]],
) -> Function | None:
    properties = resource.get("Properties", {})
    code = properties.get("Code", {})
    path = stack.construct_path(logical_id)
    folder = assembly.assets.get(asset_key(code.get("S3Key", "")))
    inline = code.get("ZipFile")
    runtime = _text(properties.get("Runtime"))
    sources, packages = _mapped(folder, _text(properties.get("Handler")), workspace)
    if any(part.startswith(_AMPLIFY_OWN) for part in path.split("/")):
        return None
    bundled = resource.get("Metadata", {}).get("aws:asset:is-bundled") is True
    if not (sources or bundled or _is_inline_node(inline, runtime) or (folder and _holds(folder, own_files))):
        return None
    return Function(
        name=_name(properties) or path or logical_id,
        runtime=runtime or _text(properties.get("PackageType")),
        handler=_text(properties.get("Handler")),
        folder=folder,
        inline=_text(inline),
        environment=_environment(properties),
        layers=bool(properties.get("Layers")),
        sources=sources,
        packages=packages,
    )


def _is_inline_node(code: object, runtime: str) -> bool:
    return isinstance(code, str) and runtime.startswith("nodejs")


def _name(properties: Template) -> str:
    tags = properties.get("Tags", [])
    return next((_text(tag.get("Value")) for tag in tags if tag.get("Key") == "amplify:friendly-name"), "")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _environment(properties: Template) -> dict[str, str]:
    """The function's variables; what only a deployment knows gets a stand-in. Secrets are not looked up."""
    variables = properties.get("Environment", {}).get("Variables", {})
    known = {name: value if isinstance(value, str) else _stand_in(name) for name, value in variables.items()}
    return known | {"AMPLIFY_SSM_ENV_CONFIG": "{}"}


def _stand_in(name: str) -> str:
    return "https://unknown.invalid/" if any(word in name.upper() for word in _URL_NAMES) else "unknown"


def bundle_file(folder: Path, handler: str) -> Path | None:
    """The file that Lambda loads for `handler`, in the order in which Lambda looks."""
    stem = handler.rpartition("/")[0] + "/" * ("/" in handler) + handler.rpartition("/")[2].split(".")[0]
    return next((p for suffix in (".js", ".mjs", ".cjs") if (p := folder / f"{stem}{suffix}").is_file()), None)


def export_name(handler: str) -> str:
    return handler.rpartition("/")[2].partition(".")[2]


def _mapped(folder: Path | None, handler: str, workspace: Workspace) -> tuple[tuple[Path, ...], dict[str, int]]:
    """The files that the source map of a bundle names: the project's own, and the packages with their sizes."""
    bundle = bundle_file(folder, handler) if folder and folder.is_dir() and handler else None
    content = _source_map(bundle) if bundle else {}
    own: list[Path] = []
    packages: dict[str, int] = {}
    for source in content.get("sources", ()) if bundle else ():
        path = Path(os.path.normpath(bundle.parent / source)) if bundle else Path(source)
        if workspace.relative(str(path)):
            own.append(path)
        elif "node_modules" in path.parts:
            name = _package_name(path)
            packages[name] = packages.get(name, 0) + (path.stat().st_size if path.is_file() else 0)
    return tuple(own), packages


def _source_map(bundle: Path) -> dict[str, Any]:
    try:
        content = msgspec.json.decode(bundle.with_name(f"{bundle.name}.map").read_bytes())
    except (OSError, msgspec.DecodeError):
        return {}  # a bundle need not have one; its size is then not compared
    return content if isinstance(content, dict) else {}


def _package_name(path: Path) -> str:
    last = len(path.parts) - 1 - path.parts[::-1].index("node_modules")
    count = 2 if path.parts[last + 1].startswith("@") else 1
    return "/".join(path.parts[last + 1 : last + 1 + count])


def _own_contents(workspace: Workspace, assembly: Assembly) -> dict[int, set[bytes]]:
    """The project's source files by size, to recognize them in assets that were not bundled."""
    contents: dict[int, set[bytes]] = {}
    for path in _files(workspace.app(Mode(assembly.folder.name)) / "amplify"):
        if 0 < path.stat().st_size < 1_000_000:
            contents.setdefault(path.stat().st_size, set()).add(path.read_bytes())
    return contents


def _holds(folder: Path, own_files: dict[int, set[bytes]]) -> bool:
    return any(path.read_bytes() in own_files.get(path.stat().st_size, ()) for path in _files(folder))


def _files(folder: Path) -> Iterable[Path]:
    if folder.is_file():
        return (folder,)
    return (path for path in _walk(folder) if path.suffix not in (".map", ".json"))


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "node_modules"]
        yield from (Path(place, name) for name in names if not Path(place, name).is_symlink())
