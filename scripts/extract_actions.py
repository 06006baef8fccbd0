"""Writes migrator/engine/grants/actions.json: the IAM actions of the services that Amplify apps use.

    python scripts/extract_actions.py

Most actions are named after the operations of a service's API, which botocore describes. What IAM calls otherwise, and
what it knows beside them, stands below, as the service authorization reference lists it:
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import json
from pathlib import Path

import botocore.session  # type: ignore[import-untyped]

TARGET = Path(__file__).resolve().parent.parent / "migrator" / "engine" / "grants" / "actions.json"

SERVICES: dict[str, tuple[str, ...]] = {
    "amplify": ("amplify",),
    "appsync": ("appsync",),
    "athena": ("athena",),
    "bedrock": ("bedrock", "bedrock-runtime"),
    "cloudformation": ("cloudformation",),
    "cloudwatch": ("cloudwatch",),
    "cognito-identity": ("cognito-identity",),
    "cognito-idp": ("cognito-idp",),
    "cognito-sync": ("cognito-sync",),
    "comprehend": ("comprehend",),
    "dynamodb": ("dynamodb", "dynamodbstreams"),
    "es": ("es", "opensearch"),
    "events": ("events",),
    "execute-api": (),
    "firehose": ("firehose",),
    "geo": ("location",),
    "iam": ("iam",),
    "iot": ("iot",),
    "kinesis": ("kinesis",),
    "kms": ("kms",),
    "lambda": ("lambda",),
    "lex": ("lex-models", "lex-runtime", "lexv2-models", "lexv2-runtime"),
    "logs": ("logs",),
    "mobileanalytics": (),
    "mobiletargeting": ("pinpoint",),
    "personalize": ("personalize", "personalize-events", "personalize-runtime"),
    "polly": ("polly",),
    "rds-data": ("rds-data",),
    "rekognition": ("rekognition",),
    "s3": (),
    "scheduler": ("scheduler",),
    "secretsmanager": ("secretsmanager",),
    "ses": ("ses", "sesv2"),
    "sns": ("sns",),
    "sqs": ("sqs",),
    "ssm": ("ssm",),
    "states": ("stepfunctions",),
    "sts": ("sts",),
    "textract": ("textract",),
    "transcribe": ("transcribe",),
    "translate": ("translate",),
    "xray": ("xray",),
}
"""By prefix of the actions, the APIs whose operations they are named after."""

NO_ACTIONS: dict[str, tuple[str, ...]] = {
    "bedrock": ("Converse", "ConverseStream"),
    "dynamodb": (
        "BatchExecuteStatement",
        "ExecuteStatement",
        "ExecuteTransaction",
        "TransactGetItems",
        "TransactWriteItems",
    ),
    "lambda": ("Invoke", "InvokeWithResponseStream"),
    "sns": ("PublishBatch",),
    "sqs": ("ChangeMessageVisibilityBatch", "DeleteMessageBatch", "SendMessageBatch"),
}
"""Operations that are allowed by the name of another action."""

BESIDE: dict[str, str] = {
    "appsync": "EventConnect EventPublish EventSubscribe GraphQL SetWebACL SourceGraphQL",
    "bedrock": "InvokeModel InvokeModelWithResponseStream CallWithBearerToken",
    "cloudwatch": "Link",
    "cognito-idp": "AssociateWebACL DisassociateWebACL GetWebACLForResource ListResourcesForWebACL",
    "cognito-sync": "QueryRecords SetDatasetConfiguration",
    "dynamodb": """AssociateTableReplica ConditionCheckItem CreateTableReplica DeleteTableReplica
        DescribeReservedCapacity DescribeReservedCapacityOfferings GetAbacStatus InjectError PartiQLDelete
        PartiQLInsert PartiQLSelect PartiQLUpdate PurchaseReservedCapacityOfferings ReadDataForReplication
        ReplicateSettings RestoreTableFromAwsBackup StartAwsBackupJob UpdateAbacStatus UpdateGlobalTableVersion
        WriteDataForReplication""",
    "es": """ESCrossClusterGet ESHttpDelete ESHttpGet ESHttpHead ESHttpPatch ESHttpPost ESHttpPut
        CreateElasticsearchServiceRole CreateServiceRole""",
    "events": "InvokeApiDestination RetrieveConnectionCredentials",
    "execute-api": "InvalidateCache Invoke ManageConnections",
    "geo": "GetGeofence",
    "iam": "PassRole GenerateCredentialReport GetAccountEmailAddress UpdateAccountName",
    "iot": """AssumeRoleWithCertificate CloseTunnel Connect DeleteThingShadow GetRetainedMessage GetThingShadow
        ListNamedShadowsForThing ListRetainedMessages Publish Receive RetainPublish Subscribe UpdateThingShadow""",
    "lambda": "DisableReplication EnableReplication InvokeFunction InvokeFunctionUrl",
    "logs": """Link Unmask CreateLogDelivery DeleteLogDelivery GetLogDelivery ListLogDeliveries UpdateLogDelivery
        StopLiveTail PutCrossAccountAccess""",
    "mobileanalytics": "GetFinancialReports GetReports PutEvents",
    "s3": """AbortMultipartUpload AssociateAccessGrantsIdentityCenter BypassGovernanceRetention CreateAccessGrant
        CreateAccessGrantsInstance CreateAccessGrantsLocation CreateAccessPoint CreateAccessPointForObjectLambda
        CreateBucket CreateBucketMetadataTableConfiguration CreateJob CreateMultiRegionAccessPoint
        CreateStorageLensGroup DeleteAccessGrant DeleteAccessGrantsInstance DeleteAccessGrantsInstanceResourcePolicy
        DeleteAccessGrantsLocation DeleteAccessPoint DeleteAccessPointForObjectLambda DeleteAccessPointPolicy
        DeleteAccessPointPolicyForObjectLambda DeleteBucket DeleteBucketMetadataTableConfiguration DeleteBucketPolicy
        DeleteBucketWebsite DeleteJobTagging DeleteMultiRegionAccessPoint DeleteObject DeleteObjectTagging
        DeleteObjectVersion DeleteObjectVersionTagging DeleteStorageLensConfiguration
        DeleteStorageLensConfigurationTagging DeleteStorageLensGroup DescribeJob
        DescribeMultiRegionAccessPointOperation DissociateAccessGrantsIdentityCenter GetAccelerateConfiguration
        GetAccessGrant GetAccessGrantsInstance GetAccessGrantsInstanceForPrefix
        GetAccessGrantsInstanceResourcePolicy GetAccessGrantsLocation GetAccessPoint
        GetAccessPointConfigurationForObjectLambda GetAccessPointForObjectLambda GetAccessPointPolicy
        GetAccessPointPolicyForObjectLambda GetAccessPointPolicyStatus GetAccessPointPolicyStatusForObjectLambda
        GetAccountPublicAccessBlock GetAnalyticsConfiguration GetBucketAcl GetBucketCORS GetBucketLocation
        GetBucketLogging GetBucketMetadataTableConfiguration GetBucketNotification GetBucketObjectLockConfiguration
        GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock
        GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetDataAccess
        GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration GetJobTagging
        GetLifecycleConfiguration GetMetricsConfiguration GetMultiRegionAccessPoint
        GetMultiRegionAccessPointPolicy GetMultiRegionAccessPointPolicyStatus GetMultiRegionAccessPointRoutes
        GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging
        GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionAttributes
        GetObjectVersionForReplication GetObjectVersionTagging GetObjectVersionTorrent GetReplicationConfiguration
        GetStorageLensConfiguration GetStorageLensConfigurationTagging GetStorageLensDashboard GetStorageLensGroup
        InitiateReplication ListAccessGrants ListAccessGrantsInstances ListAccessGrantsLocations ListAccessPoints
        ListAccessPointsForObjectLambda ListAllMyBuckets ListBucket ListBucketMultipartUploads ListBucketVersions
        ListCallerAccessGrants ListJobs ListMultiRegionAccessPoints ListMultipartUploadParts
        ListStorageLensConfigurations ListStorageLensGroups ListTagsForResource ObjectOwnerOverrideToBucketOwner
        PauseReplication PutAccelerateConfiguration PutAccessGrantsInstanceResourcePolicy
        PutAccessPointConfigurationForObjectLambda PutAccessPointPolicy PutAccessPointPolicyForObjectLambda
        PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock PutAnalyticsConfiguration PutBucketAcl
        PutBucketCORS PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration
        PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock PutBucketRequestPayment
        PutBucketTagging PutBucketVersioning PutBucketWebsite PutEncryptionConfiguration
        PutIntelligentTieringConfiguration PutInventoryConfiguration PutJobTagging PutLifecycleConfiguration
        PutMetricsConfiguration PutMultiRegionAccessPointPolicy PutObject PutObjectAcl PutObjectLegalHold
        PutObjectRetention PutObjectTagging PutObjectVersionAcl PutObjectVersionTagging
        PutReplicationConfiguration PutStorageLensConfiguration PutStorageLensConfigurationTagging ReplicateDelete
        ReplicateObject ReplicateTags RestoreObject SubmitMultiRegionAccessPointRoutes TagResource UntagResource
        UpdateAccessGrantsLocation UpdateBucketMetadataInventoryTableConfiguration
        UpdateBucketMetadataJournalTableConfiguration UpdateJobPriority UpdateJobStatus UpdateStorageLensGroup""",
    "ses": "ReplicateEmailIdentityDKIMSigningKey",
    "ssm": """GetDocument GetManifest GetCalendar ListInstanceAssociations PutCalendar PutConfigurePackageResult
        RegisterManagedInstance UpdateInstanceAssociationStatus UpdateInstanceInformation""",
    "states": "InvokeHTTPEndpoint RevealSecrets",
    "sts": "AssumeRoot SetContext SetSourceIdentity TagSession",
    "textract": "",
    "transcribe": """StartCallAnalyticsStreamTranscription StartCallAnalyticsStreamTranscriptionWebSocket
        StartMedicalStreamTranscription StartMedicalStreamTranscriptionWebSocket StartStreamTranscription
        StartStreamTranscriptionWebSocket""",
    "xray": "Link",
}
"""Actions that no operation has the name of."""


def actions() -> dict[str, list[str]]:
    """By prefix, the names of the actions in order."""
    session = botocore.session.get_session()
    found: dict[str, list[str]] = {}
    for prefix, apis in SERVICES.items():
        names = {name for api in apis for name in session.get_service_model(api).operation_names}
        names -= set(NO_ACTIONS.get(prefix, ()))
        found[prefix] = sorted(names | set(BESIDE.get(prefix, "").split()))
    return found


def main() -> None:
    lines = (f'  "{prefix}": {json.dumps(names)}' for prefix, names in sorted(actions().items()))
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
