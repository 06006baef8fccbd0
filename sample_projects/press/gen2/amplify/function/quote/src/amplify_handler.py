"""Hands on the function's handler, after filling in the variables whose values are in Parameter Store."""

import json
import os

import boto3

LISTED = json.loads(os.environ.get("AMPLIFY_SSM_ENV_CONFIG", "{}"))


def fill_in():
    """Sets each variable that the list names: the branch's own parameter comes before the shared one."""
    places = sorted({place[key] for place in LISTED.values() for key in ("sharedPath", "path") if key in place})
    found = {}
    for start in range(0, len(places), 10):
        answer = boto3.client("ssm").get_parameters(Names=places[start : start + 10], WithDecryption=True)
        found.update((one["Name"], one["Value"]) for one in answer["Parameters"])
    for name, place in LISTED.items():
        value = found.get(place.get("path"), found.get(place.get("sharedPath")))
        if value is not None:
            os.environ[name] = value


fill_in()

from index import handler  # noqa: E402, F401
