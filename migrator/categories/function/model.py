"""What a Gen 1 function or layer is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from migrator.gen1.graph import Node


class Architecture(StrEnum):
    """The processor that a function runs on."""

    X86_64 = "x86_64"
    ARM64 = "arm64"


class LambdaFunction(Node, frozen=True):
    """A function.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
    """

    gen2_defaults: ClassVar[Mapping[str, object]] = {"memory": 512}

    name: str = ""
    """The name of the Amplify resource."""
    physical_name: str = ""
    """The name of the live function."""
    runtime: int = 0
    """The major version of Node.js; 0 for another language."""
    platform: str = ""
    """The runtime of another language, as Lambda names it (`python3.12`)."""
    timeout: int = 3
    """Seconds."""
    memory: int = 128
    """Megabytes."""
    ephemeral_storage: int = 512
    """Megabytes below `/tmp`."""
    architecture: Architecture = Architecture.X86_64
    description: str = ""
    concurrency: int = -1
    """Reserved concurrent executions; -1 for none reserved."""
    tracing: str = "PassThrough"
    dead_letter: str = ""
    """ARN of a queue or topic."""
    vpc: Mapping[str, Any] = {}
    layers: tuple[str, ...] = ()
    """ARNs of layers, in their order."""
    other: Mapping[str, Any] = {}
    """Further CloudFormation properties."""


class Form(StrEnum):
    """How the source reaches Gen 2."""

    BUNDLED = "bundled"
    """A generated entry re-exports the handler; Amplify bundles it."""
    LOADER = "loader"
    """The Gen 1 CLI's trigger loader; the generated entry imports its modules."""
    PACKED = "packed"
    """A bundle of CommonJS, which keeps sloppy mode, with the files that the source reads beside it."""
    VERBATIM = "verbatim"
    """The folder is uploaded as it is, because no bundle would work."""
    BUILT = "built"
    """Another language than JavaScript: built by its own tools, or uploaded as it is where nothing has to be built."""


class Toolchain(StrEnum):
    """What builds a source in another language than JavaScript."""

    NONE = "none"
    """Nothing: the source is what Lambda runs."""
    PIP = "pip"
    GRADLE = "gradle"
    GO = "go"
    DOTNET = "dotnet"
    SCRIPT = "script"
    """A script of the project's own."""


class Shape(StrEnum):
    """How the handler's module exports the handler."""

    NAMED = "named"
    DEFAULT = "default"
    """The module is the handler."""
    NESTED = "nested"
    """The handler is a property of an export."""


class Code(Node, frozen=True):
    """The source of a function, as far as a bundle depends on it."""

    handler: str = "index.handler"
    entry: str = "src/index.js"
    """The handler's file, below the function's folder."""
    export: str = "handler"
    """The name of the export, with dots where it is nested."""
    shape: Shape = Shape.NAMED
    form: Form = Form.BUNDLED
    obstacle: str = ""
    """Why the source cannot be bundled, with file and line."""
    assets: tuple[str, ...] = ()
    """Files and folders below `src` that a packed bundle needs beside it."""
    modules: tuple[str, ...] = ()
    """Files that the trigger loader loads, in their order."""
    manifest: str = ""
    """What `src/package.json` is to hold; empty for Gen 1's own file as it is."""
    mislabelled: bool = False
    """Whether package.json calls CommonJS files ES modules."""
    packages: Mapping[str, str] = {}
    """Ranges of the npm packages that the function declares."""
    undeclared: Mapping[str, str] = {}
    """Packages that the source uses without declaring them, and where."""
    opt: bool = False
    """Whether the source imports files of a layer (`/opt/…`)."""
    parameter_reads: str = ""
    """Where the source reads parameters from Systems Manager."""
    unexported: bool = False
    """Whether no export of the handler was found."""
    toolchain: Toolchain = Toolchain.NONE
    """What builds it, where it is no JavaScript."""
    requirements: tuple[str, ...] = ()
    """The Python packages that the function brings, as lines of a requirements.txt."""
    not_required: tuple[str, ...] = ()
    """Entries of a Pipfile that a requirements.txt cannot say."""
    index: str = ""
    """A package index of its own that the Pipfile names."""
    locked: bool = False
    """Whether a lock file names them, and so everything that they need as well."""
    script: str = ""
    """The shell script that builds it."""


class ValueKind(StrEnum):
    """What the value of an environment variable is."""

    TEXT = "text"
    ENVIRONMENT = "environment"
    """The name of the Gen 1 environment."""
    REGION = "region"
    COMPUTED = "computed"
    """Outputs of other resources, parameters that no file knows."""
    SECRET_PATH = "secret_path"
    """The Systems Manager path of a secret (`amplify update function`, secrets)."""
    SECRET = "secret"
    """Text that looks like a secret; it is not kept."""
    MODULES = "modules"
    """What the trigger loader loads."""


class Variable(Node, frozen=True):
    """An environment variable of a function; its key is its name."""

    kind: ValueKind = ValueKind.TEXT
    value: str = ""
    """Empty for secrets."""
    by_environment: Mapping[str, str] = {}
    """The values of the Gen 1 environments, when they differ."""


class StatementKind(StrEnum):
    """What an IAM statement is for."""

    LOGS = "logs"
    SECRETS = "secrets"
    STREAM = "stream"
    """Reading the stream that calls the function."""
    GRANT = "grant"
    ELSEWHERE = "elsewhere"
    """It belongs to another role than the function's."""


class Statement(Node, frozen=True):
    """An IAM statement of a function's role."""

    kind: StatementKind = StatementKind.GRANT
    statement: Mapping[str, Any] = {}
    names: tuple[str, ...] = ()
    """Resources that are named as Gen 1 named them."""


class Trust(Node, frozen=True):
    """What a function's role says besides its policies."""

    services: tuple[str, ...] = ("lambda.amazonaws.com",)
    """Who may take the role."""
    managed: tuple[str, ...] = ()
    """ARNs of managed policies."""
    other: tuple[str, ...] = ()
    """Further properties."""


class Schedule(Node, frozen=True):
    """An EventBridge rule that calls a function."""

    expression: str = ""
    """`cron(…)` or `rate(…)`; empty for a rule that waits for events."""
    pattern: Mapping[str, Any] = {}
    """The events that the rule waits for."""
    enabled: bool = True
    description: str = ""
    input: str = ""
    """The event, as JSON text, when it is not EventBridge's own."""
    bus: str = ""
    """Name or ARN of the event bus; empty for the default one."""
    allowed: bool = True
    """Whether the template lets the rule call the function. Without that EventBridge's calls fail."""
    other: Mapping[str, Any] = {}
    """Further properties, and other targets."""


class EventSource(Node, frozen=True):
    """A stream or queue that calls a function."""

    arn: str = ""
    batch_size: int = 100
    starting_position: str = ""
    enabled: bool = True
    other: Mapping[str, Any] = {}
    """Further properties: filters, retries."""


class CallerKind(StrEnum):
    """Whom an AWS::Lambda::Permission lets call the function."""

    SCHEDULE = "schedule"
    API = "api"
    OTHER = "other"


class Permission(Node, frozen=True):
    """A service that may call a function."""

    kind: CallerKind = CallerKind.OTHER
    principal: str = ""
    source: str = ""
    """ARN of what calls."""
    action: str = "lambda:InvokeFunction"
    account: str = ""


class ExtraResource(Node, frozen=True):
    """A resource that was added to the function's template by hand."""

    type: str = ""
    properties: Mapping[str, Any] = {}


class Obstacle(StrEnum):
    """Why a function cannot be converted."""

    SOURCE = "source"
    """The project does not hold its source."""
    BUILD = "build"
    """Nothing says how its source is built."""
    IMAGE = "image"
    """It is a container image."""
    RUNTIME = "runtime"
    """Its runtime is none that is known."""


class Unconverted(Node, frozen=True):
    """A function that cannot be converted."""

    left_out: ClassVar[bool] = True

    runtime: str = ""
    """As the template says, `python3.12`; empty when it says nothing."""
    obstacle: Obstacle = Obstacle.SOURCE
    image: str = ""
    """The container image, where it is one."""
    settings: tuple[str, ...] = ()
    """The evidence that describes it, by role."""


class Layer(Node, frozen=True):
    """A layer of files for functions."""

    name: str = ""
    physical_name: str = ""
    description: str = ""
    runtimes: tuple[str, ...] = ()
    license: str = ""
    retained: bool = True
    """Whether earlier versions outlive a deployment."""
    folders: tuple[str, ...] = ()
    """`lib` and `opt`, as far as they hold more than lists of packages."""
    packages: Mapping[str, str] = {}
    """npm packages of the layer, with their ranges."""
    requirements: tuple[str, ...] = ()
    """Python packages of the layer, as lines of a requirements.txt."""
    locked: bool = False
    """Whether a lock file names them, and so everything that they need as well."""
    not_required: tuple[str, ...] = ()
    """Entries of a Pipfile that a requirements.txt cannot say."""


class LayerPermission(Node, frozen=True):
    """Who else may use a layer: an account, everybody (`*`), or an organization."""

    account: str = ""
    organization: str = ""
    own: bool = False
    """Whether it is the project's own account, which may always."""
