"""migrate: brings an AWS Amplify Gen 1 backend to Gen 2."""

__version__ = "0.1.0"
