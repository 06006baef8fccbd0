"""`override.ts`: what a project changes of the resources that the Gen 1 CLI generates."""

from migrator.engine.category import Announcement

ANNOUNCEMENT = Announcement(name="overrides", prefix="OVR", services={}, whole="project")
