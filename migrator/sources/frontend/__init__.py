"""Front ends: what JavaScript and TypeScript code has from Gen 1 and from the libraries of its time."""

from migrator.documents.source import Language
from migrator.engine.sources import Scanner, SourceCategory
from migrator.sources.frontend.configuration import configuration
from migrator.sources.frontend.imports import imports
from migrator.sources.frontend.library import library
from migrator.sources.frontend.paths import storage_keys
from migrator.sources.uses import Configuration, ConfigurationKey, Import, LibraryUse, StorageKey

_LANGUAGES = frozenset((Language.JAVASCRIPT, Language.TYPESCRIPT, Language.VUE, Language.SVELTE))
_FILES = (b"aws-exports", b"amplifyconfiguration", b"awsconfiguration")
_KEYS = (
    b"aws_user_",
    b"aws_cognito_",
    b"aws_appsync_",
    b"aws_project_",
    b"aws_cloud_logic",
    b"aws_mobile_",
    b"aws_bots",
    b"aws_content_delivery",
    b"aws_dynamodb_",
    b"aws_mandatory_sign_in",
)
_LIBRARIES = (b"aws-amplify", b"@aws-amplify/")

CATEGORY = SourceCategory(
    name="frontend",
    prefix="JS",
    nodes=(Import, Configuration, ConfigurationKey, LibraryUse, StorageKey),
    scanners=(
        Scanner(_LANGUAGES, (*_FILES, *_LIBRARIES, b"amplify-dependent-resources-ref"), imports),
        Scanner(_LANGUAGES, (*_KEYS, *_FILES, b".configure("), configuration),
        Scanner(_LANGUAGES, _LIBRARIES, library),
        Scanner(_LANGUAGES, (b"aws-amplify/storage", b"ui-react-storage"), storage_keys),
    ),
)
