"""REST APIs of API Gateway."""

from migrator.engine.category import Announcement

ANNOUNCEMENT = Announcement(name="rest_api", prefix="API", services={("api", "API Gateway"): "rest-api"})
