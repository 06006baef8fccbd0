"""What the Gen 1 CLI leaves in a repository: folders, configuration files, flags, secrets, packages."""

from migrator.documents.source import Language
from migrator.engine.sources import Scanner, SourceCategory
from migrator.sources.gen1_project.flags import feature_flags
from migrator.sources.gen1_project.manifest import dependencies
from migrator.sources.gen1_project.places import places, side_by_side
from migrator.sources.gen1_project.secrets import MARKS, secrets
from migrator.sources.uses import (
    CommittedSecret,
    ConfigurationFile,
    Dependency,
    FeatureFlag,
    Gen1File,
    Gen1Folder,
    SideBySide,
    TeamProviderInfo,
)

_TEXTS = frozenset(Language) - {Language.PATH, Language.LISTING}
_JSON = frozenset((Language.JSON,))

CATEGORY = SourceCategory(
    name="gen1_project",
    prefix="REPO",
    nodes=(
        Gen1Folder,
        ConfigurationFile,
        SideBySide,
        TeamProviderInfo,
        Gen1File,
        FeatureFlag,
        CommittedSecret,
        Dependency,
    ),
    scanners=(
        Scanner(frozenset((Language.PATH,)), (), places),
        Scanner(frozenset((Language.LISTING,)), (), side_by_side),
        Scanner(_TEXTS, MARKS, secrets),
        Scanner(_JSON, (b"graphqltransformer", b"graphqlTransformer", b"features"), feature_flags),
        Scanner(_JSON, (b"amplify", b"aws-cdk", b"aws-sdk"), dependencies),
    ),
)
