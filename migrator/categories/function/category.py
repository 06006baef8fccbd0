"""The function category, put together."""

from __future__ import annotations

from migrator.categories.function.builds import built_source
from migrator.categories.function.checks import (
    authorizes_api,
    bundled,
    comes_too_late,
    fills_in_variables,
    has_late_links,
    has_many_late_links,
    has_secret_paths,
    imports_sdk_v2,
    imports_undeclared,
    layer_has_files,
    outdated,
    own_trust,
)
from migrator.categories.function.code import (
    construct,
    entry,
    resource_group,
    source_folder_only,
)
from migrator.categories.function.events import caller, event_source, schedule
from migrator.categories.function.layering import (
    function_layers,
    layer,
    layer_packages,
    layer_permission,
    layer_requirements,
)
from migrator.categories.function.logs import no_logs, own_logs, says_its_logs
from migrator.categories.function.model import (
    Code,
    EventSource,
    ExtraResource,
    LambdaFunction,
    Layer,
    LayerPermission,
    Permission,
    Schedule,
    Statement,
    Trust,
    Unconverted,
    Variable,
)
from migrator.categories.function.observe import OBSERVER
from migrator.categories.function.packages import packages, undeclared_packages
from migrator.categories.function.properties import other_properties
from migrator.categories.function.read import read
from migrator.categories.function.rights import grant, managed_policies, stream, trusted_services
from migrator.categories.function.targets import cfn_function, define, function_output, layer_output
from migrator.categories.function.transforms import runtime
from migrator.categories.function.variables import (
    computed_variable,
    environment_variable,
    region_variable,
    secret_path_variable,
    secret_variable,
    text_variable,
)
from migrator.engine.category import Category

CATEGORY = Category(
    name="function",
    nodes=(
        Code,
        EventSource,
        ExtraResource,
        LambdaFunction,
        Layer,
        LayerPermission,
        Permission,
        Schedule,
        Statement,
        Trust,
        Unconverted,
        Variable,
    ),
    read=read,
    observe=OBSERVER,
    define=define,
    constructs={"cfnFunction": cfn_function},
    surfaces={"define": "defineFunction", "cfnFunction": "CfnFunction"},
    outputs={"Lambda": function_output, "LambdaLayer": layer_output},
    transforms=(runtime,),
    builders=(
        built_source,
        caller,
        computed_variable,
        entry,
        environment_variable,
        event_source,
        function_layers,
        grant,
        layer,
        layer_packages,
        layer_permission,
        layer_requirements,
        managed_policies,
        no_logs,
        other_properties,
        own_logs,
        packages,
        region_variable,
        resource_group,
        schedule,
        secret_path_variable,
        secret_variable,
        stream,
        text_variable,
        trusted_services,
        undeclared_packages,
        source_folder_only,
        construct,
    ),
    checks=(
        authorizes_api,
        bundled,
        comes_too_late,
        fills_in_variables,
        has_late_links,
        has_many_late_links,
        has_secret_paths,
        imports_sdk_v2,
        imports_undeclared,
        layer_has_files,
        outdated,
        own_trust,
        says_its_logs,
    ),
)
