"""What a running local AWS says of itself, and the session that reaches it."""

from __future__ import annotations

from msgspec import Struct

from migrator.aws.session import Session

ACCOUNT, REGION = "000000000000", "us-east-1"


class Recorded(Struct, frozen=True, order=True):
    """A resource that is deployed as a record only: its type, its stack, its logical id."""

    type: str
    stack: str
    logical_id: str


class ServerStatus(Struct, frozen=True):
    """What a running local AWS says of itself."""

    pid: int
    port: int
    version: str
    owned: bool
    """It ends with the command that started it; otherwise it runs in the background."""
    account: str = ACCOUNT
    region: str = REGION
    enforce_iam: bool = False
    network: bool = False
    """Functions may reach more than this machine."""
    simulator: bool = False
    """AppSync resolvers are evaluated by Amplify's simulator."""
    patches: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    stacks: dict[str, str] = {}
    """Status by name of each root stack."""

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def session_of(server: ServerStatus) -> Session:
    """The session with which everything reaches a local AWS, as the account's root user."""
    return Session(server.region, endpoint=server.endpoint, access_key=server.account, secret_key="local")
