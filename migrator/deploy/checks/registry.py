"""Which checks belong to which feature."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.deploy.checks.files import files
from migrator.deploy.checks.functions import functions
from migrator.deploy.checks.interface import FeatureCheck
from migrator.deploy.checks.outputs import outputs
from migrator.deploy.checks.policies import bucket_policies
from migrator.deploy.checks.requests import requests
from migrator.deploy.checks.resources import resources
from migrator.deploy.checks.rest_api import rest_calls, rest_methods
from migrator.deploy.checks.rest_rights import rest_rights
from migrator.deploy.checks.settings import deployed_settings
from migrator.deploy.checks.sign_in import sign_in
from migrator.deploy.checks.wiring import api_wiring, function_wiring

FACTS: Mapping[str, tuple[FeatureCheck, ...]] = {
    "auth": (resources, deployed_settings, function_wiring, outputs),
    "data": (resources, deployed_settings, api_wiring, function_wiring, outputs),
    "storage": (resources, deployed_settings, bucket_policies, function_wiring, outputs),
    "rest-api": (resources, deployed_settings, rest_methods, function_wiring),
}
"""What only describes: on every target."""
ALWAYS = (resources, deployed_settings, function_wiring)
"""What describes any other feature."""
BEHAVIOUR: Mapping[str, tuple[FeatureCheck, ...]] = {
    "auth": (sign_in, functions),
    "data": (requests, functions),
    "storage": (files, functions),
    "rest-api": (rest_calls, rest_rights, functions),
}
"""What signs in, writes rows and files, and runs functions: on the local AWS. Of any other feature, its functions."""
RUN = (functions,)
