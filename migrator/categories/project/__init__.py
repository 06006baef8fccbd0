"""What belongs to the whole project or to every resource."""

from migrator.engine.category import Announcement

ANNOUNCEMENT = Announcement(name="project", prefix="PRJ", services={}, whole="project")
