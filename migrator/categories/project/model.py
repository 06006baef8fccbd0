"""Facts of a Gen 1 project as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.gen1.graph import Node


class Tag(Node, frozen=True):
    """A tag of the root stack. `{project-env}` and `{project-name}` in the value are filled in when it is deployed."""

    key: str
    value: str


class FrontEnd(Node, frozen=True):
    """What `amplify init` asked about the front end."""

    kind: str = "javascript"
    """`javascript`, `android`, `ios` or `flutter`."""
    framework: str = ""
    source: str = ""
    """Where `aws-exports.js` is written."""
    configuration: str = ""
    """Where a native front end's configuration file is written."""
    built: str = ""
    """Where the built front end lies."""
    build_command: str = ""
    start_command: str = ""


class ProjectSettings(Node, frozen=True):
    """What is said once for all resources."""

    name: str = ""
    front_end: FrontEnd = FrontEnd()
    tags: tuple[Tag, ...] = ()
    permissions_boundaries: Mapping[str, str] = {}
    """By environment, the ARN of the policy that bounds every role; empty where the environment has none."""
    hooks: tuple[str, ...] = ()
    """Scripts that the CLI runs before and after its commands."""
    hook_settings: Mapping[str, object] = {}
    """Which program runs a script of which suffix, and which files are no scripts."""


class FeatureFlag(Node, frozen=True):
    """A flag of `cli.json` that is written. Its value is for the category that it steers."""

    flag: str
    """Section and name in lower case, as in `codegen.addtimestampfields`."""

    @property
    def section(self) -> str:
        """The part of `cli.json` that it stands in."""
        return self.flag.partition(".")[0]


class CategoryFile(Node, frozen=True):
    """A settings file beside the resources of a category, which holds for all of them."""

    file: str
    """As in `api/APIGatewayAuthStack.json`."""
