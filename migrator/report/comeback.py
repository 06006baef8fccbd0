"""How something that was left behind comes back."""

from __future__ import annotations

from migrator.deploy.changes import Change

_IMPORT = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html"
_NEW = "deploying the feature again makes a new, empty one"
_BY_TYPE = {
    "AWS::Cognito::UserPool": "refer to it with `referenceAuth` (https://docs.amplify.aws/react/build-a-backend/auth/"
    "use-existing-cognito-resources/)",
    "AWS::Cognito::IdentityPool": "refer to it with `referenceAuth` (https://docs.amplify.aws/react/build-a-backend/"
    "auth/use-existing-cognito-resources/)",
    "AWS::S3::Bucket": "copy its files into the new one (`aws s3 sync`)",
    "Custom::AmplifyDynamoDBTable": "copy its rows into the new one (export to S3 and import, or a backup restored "
    "under the new name)",
    "AWS::DynamoDB::Table": "copy its rows into the new one",
}


def comeback(change: Change) -> str:
    """What to do to have it again."""
    way = _BY_TYPE.get(change.type, "import it")
    generic = "" if change.type.startswith("Custom::") else f", or import it into a stack ({_IMPORT})"
    return f"{_NEW}; to have this one again, {way}{generic}. Delete it by hand when nobody needs it."
