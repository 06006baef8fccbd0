"""Predictions: rights on AI services, and how clients call them."""

from migrator.engine.category import Announcement

_SERVICES = ("Rekognition", "RekognitionAndTextract", "Translate", "Polly", "Transcribe", "Comprehend", "SageMaker")

ANNOUNCEMENT = Announcement(
    name="predictions",
    prefix="PRE",
    services={("predictions", service): "predictions" for service in _SERVICES},
)
