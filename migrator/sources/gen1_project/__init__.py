"""What the Gen 1 CLI leaves in a repository: its folders, and the configuration files of front ends."""

from migrator.documents.source import Language
from migrator.engine.sources import Scanner, SourceCategory
from migrator.sources.gen1_project.places import places, side_by_side
from migrator.sources.uses import ConfigurationFile, Gen1Folder, SideBySide

CATEGORY = SourceCategory(
    name="gen1_project",
    prefix="REPO",
    nodes=(Gen1Folder, ConfigurationFile, SideBySide),
    scanners=(
        Scanner(frozenset((Language.PATH,)), (), places),
        Scanner(frozenset((Language.LISTING,)), (), side_by_side),
    ),
)
