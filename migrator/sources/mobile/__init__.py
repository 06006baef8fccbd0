"""Native apps: Swift, Kotlin, Java and Dart."""

from migrator.documents.source import Language
from migrator.engine.sources import Scanner, SourceCategory
from migrator.sources.mobile.native import native
from migrator.sources.uses import NativeUse

CATEGORY = SourceCategory(
    name="mobile",
    prefix="MOB",
    nodes=(NativeUse,),
    scanners=(
        Scanner(
            frozenset((Language.SWIFT, Language.KOTLIN, Language.JAVA, Language.DART)),
            (b"mplify", b"awsconfiguration", b"AWSMobileClient", b"AWSAppSync", b"TransferUtility", b"AWSPinpoint"),
            native,
        ),
    ),
)
