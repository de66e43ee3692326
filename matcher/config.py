"""Settings, read once at the entry point and passed on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from matcher.errors import InputError

_ROOT = Path(__file__).resolve().parent.parent
PREFIX = "MATCHER_"
Municipality = Annotated[str, Field(pattern=r"^\d{3}$")]


Region = Annotated[str, Field(pattern=r"^\d{2}$")]


def _over_tls(url: str) -> str:
    """Refuse an address over which a key would travel in the open."""
    parts = urlsplit(url)
    here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    if not here and (parts.scheme != "https" or not parts.hostname):
        raise ValueError("an address starts with https://")
    return url


class Settings(BaseSettings):
    """What an installation can choose; each is an environment variable with ``MATCHER_`` before.

    Parameters
    ----------
    home
        Folder of the embedded store, the snapshots, the vector cache and the reports.
    database_url
        SQLAlchemy URL; empty means the embedded SQLite file in `home`.
    encoder
        Folder or name of a sentence-transformers model.
    data
        Folder of the real data used by ``make real`` and the evaluations.
    retrieve
        How many candidates the search by meaning returns for re-ranking; the searches by
        letters and by occupation return half as many each.
    retrieve_nightly
        The same for the lists of the night.
    retention_days
        How many days lists, train-ups, their records, reports, superseded snapshots and rows
        in quarantine are kept; ``retention.toml`` says which kinds follow this setting.
    train_up_pairs
        Up to how many pairs of a training and a job the night advises trainings to everybody;
        0 means never.
    spread_off
        Codes of the municipalities whose people's lists the night does not spread, parted
        by commas.
    heed_replies
        Whether how employers have answered about people who were shown to them moves the order
        of their needs in lists.
    requests_per_minute
        How many requests a caller of the API may make of one process.
    entries_per_minute
        How many attempts to come in, by a link or a login, one address may make at one process.
    verified
        Folder in which processes note what one of them has verified; None lets each verify
        snapshots by itself. ``matcher serve`` and ``matcher nightly`` make one for their own.
    oidc
        TOML file of the identity providers whose users are let in; none means API keys and
        people's links alone.
    tmt_url
        Address of Työmarkkinatori's vacancy interface.
    tmt_header
        Name of the header that says who asks.
    tmt_key
        The subscription key in it; without one nothing can be fetched.
    tmt_regions
        Codes of the regions (*maakunta*) whose vacancies are fetched, parted by commas; empty
        means the whole country.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    home: Path = Path("var")
    database_url: str = ""
    encoder: str = str(_ROOT / "models" / "kohtaanto-encoder")
    data: Path = Path("../shared/data")
    retrieve: int = Field(default=600, ge=1, le=10_000)
    retrieve_nightly: int = Field(default=200, ge=1, le=10_000)
    retention_days: int = Field(default=30, ge=1)
    train_up_pairs: int = Field(default=4_000_000, ge=0)
    spread_off: Annotated[tuple[Municipality, ...], NoDecode] = ()
    heed_replies: bool = True
    requests_per_minute: int = Field(default=6_000, ge=1)
    entries_per_minute: int = Field(default=300, ge=1)
    verified: Path | None = None
    oidc: Path | None = None
    tmt_url: Annotated[str, AfterValidator(_over_tls)] = (
        "https://api.ahtp.fi/kipa/p67/v2/jobpostings"
    )
    tmt_header: str = Field(default="KIPA-Subscription-Key", pattern=r"^[A-Za-z0-9-]+$")
    tmt_key: SecretStr = SecretStr("")
    tmt_regions: Annotated[tuple[Region, ...], NoDecode] = ()

    @field_validator("spread_off", "tmt_regions", mode="before")
    @classmethod
    def _parted(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @property
    def url(self) -> str:
        """SQLAlchemy URL of the store in use."""
        return self.database_url or f"sqlite:///{(self.home / 'store.sqlite').absolute()}"

    @property
    def snapshots(self) -> Path:
        """Folder of the index snapshots."""
        return self.home / "snapshots"


def load_settings() -> Settings:
    """Read the settings from the environment.

    Returns
    -------
    Settings

    Raises
    ------
    InputError
        If a ``MATCHER_*`` variable is unknown or its value cannot be used.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(n for n in os.environ if n.startswith(PREFIX) and n not in known)
    if unknown:
        raise InputError(
            f"Unknown setting {unknown[0]}.",
            remedy=f"Known settings: {', '.join(sorted(known))}.",
        )
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise InputError(
            f"{name}={os.environ.get(name)!r} cannot be used: {first['msg']}.",
            remedy="Correct or unset it.",
        ) from error
