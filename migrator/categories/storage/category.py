"""The storage category, put together."""

from __future__ import annotations

from migrator.categories.storage import client_config
from migrator.categories.storage.access import access
from migrator.categories.storage.builders import access_rules, bucket_policy, bucket_triggers, other_properties
from migrator.categories.storage.checks import (
    default_encryption,
    default_of_several,
    own_cors,
    role_is_known,
    triggers_exist,
)
from migrator.categories.storage.live import imported_bucket, live_bucket
from migrator.categories.storage.model import Bucket, BucketPolicy, ImportedStorage, TableNode
from migrator.categories.storage.observe import OBSERVER
from migrator.categories.storage.read import read
from migrator.categories.storage.tables import imported_table, live_table, table
from migrator.categories.storage.targets import bucket_output, cfn_bucket, define, table_output
from migrator.categories.storage.transforms import cors_rules, encryption, friendly_name
from migrator.engine.category import Category

CATEGORY = Category(
    name="storage",
    nodes=(Bucket, BucketPolicy, ImportedStorage, TableNode),
    read=read,
    observe=OBSERVER,
    client_config=client_config.told,
    define=define,
    constructs={"cfnBucket": cfn_bucket},
    surfaces={"define": "defineStorage", "cfnBucket": "CfnBucket"},
    outputs={"S3": bucket_output, "DynamoDB": table_output},
    transforms=(cors_rules, encryption, friendly_name),
    builders=(
        access_rules,
        bucket_policy,
        bucket_triggers,
        imported_bucket,
        imported_table,
        live_bucket,
        live_table,
        other_properties,
        table,
    ),
    checks=(default_encryption, default_of_several, own_cors, role_is_known, triggers_exist),
    access=access,
)
