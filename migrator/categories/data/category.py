"""The data category, put together."""

from __future__ import annotations

from migrator.categories.data import client_config
from migrator.categories.data.access import access
from migrator.categories.data.admin_wiring import admin_roles
from migrator.categories.data.builders import authorizer, default_mode, functions, logging, other_properties, schema
from migrator.categories.data.checks import (
    also_takes_users,
    calls_unconverted,
    calls_unnamed,
    has_authorizer,
    has_users,
    knows_other,
    new_users,
    other_indexes,
    other_keys,
    own_local_indexes,
    tables_are_known,
    takes_iam,
)
from migrator.categories.data.custom_code import custom_resource, custom_templates, is_named, sayable
from migrator.categories.data.model import (
    CustomResource,
    GraphqlApi,
    GraphqlSchema,
    LegacyChange,
    ModelTable,
    ResolverFile,
    SchemaPatch,
    UnconvertedApi,
    Untyped,
)
from migrator.categories.data.observe import OBSERVER
from migrator.categories.data.proving import SCHEMA
from migrator.categories.data.read import read
from migrator.categories.data.resolvers import resolver_template, template_reader
from migrator.categories.data.reuse import table_mappings
from migrator.categories.data.search_wiring import search_domain, search_encryption, searches, sized
from migrator.categories.data.strategies import can_sync
from migrator.categories.data.syncing import synced_data
from migrator.categories.data.table_wiring import expiry, live_keys, table, tables
from migrator.categories.data.targets import api_output, cfn_graphql_api, define
from migrator.categories.data.transforms import api_name, provider_name, seconds, stack_mappings
from migrator.engine.category import Category

CATEGORY = Category(
    name="data",
    nodes=(
        GraphqlApi,
        GraphqlSchema,
        ModelTable,
        CustomResource,
        ResolverFile,
        SchemaPatch,
        Untyped,
        LegacyChange,
        UnconvertedApi,
    ),
    read=read,
    define=define,
    constructs={"cfnGraphqlApi": cfn_graphql_api},
    surfaces={"define": "defineData", "cfnGraphqlApi": "CfnGraphQLApi"},
    outputs={"AppSync": api_output},
    transforms=(api_name, provider_name, seconds, stack_mappings),
    builders=(
        admin_roles,
        authorizer,
        custom_resource,
        custom_templates,
        default_mode,
        expiry,
        functions,
        live_keys,
        logging,
        other_properties,
        resolver_template,
        schema,
        search_domain,
        search_encryption,
        synced_data,
        table,
        table_mappings,
        tables,
        template_reader,
    ),
    checks=(
        also_takes_users,
        can_sync,
        calls_unconverted,
        calls_unnamed,
        has_authorizer,
        has_users,
        is_named,
        knows_other,
        new_users,
        other_indexes,
        other_keys,
        own_local_indexes,
        sayable,
        searches,
        sized,
        tables_are_known,
        takes_iam,
    ),
    schema=SCHEMA,
    observe=OBSERVER,
    client_config=client_config.told,
    access=access,
)
