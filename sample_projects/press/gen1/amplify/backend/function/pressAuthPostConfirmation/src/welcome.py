import os

import boto3

TABLE = os.environ["API_PRESS_CUSTOMERTABLE_NAME"]


def on_confirmed(event, context):
    """Notes a new customer."""
    user = event["request"]["userAttributes"]
    item = {"id": {"S": user["sub"]}, "email": {"S": user["email"]}}
    boto3.client("dynamodb").put_item(TableName=TABLE, Item=item)
    return event
