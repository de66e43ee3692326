"""The file of identity providers: what is accepted, and what is told of what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.identity.providers import load_providers
from matcher.domain.access import Role
from matcher.errors import InputError
from tests.api.test_tokens import PROVIDERS


def write(folder: Path, text: str) -> Path:
    file = folder / "providers.toml"
    file.write_text(text, "utf-8")
    return file


def test_what_is_left_out_has_a_careful_value(tmp_path: Path) -> None:
    [provider] = load_providers(write(tmp_path, PROVIDERS)).provider
    assert provider.algorithms == ("RS256", "ES256")
    assert (provider.skew_seconds, provider.fresh_minutes, provider.stale_minutes) == (60, 10, 60)
    assert list(provider.roles.values()) == [Role.COACH, Role.LEAD, Role.EMPLOYER]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("https://login.example", "http://login.example", "begins with https://"),
        ('name = "oulu"', 'name = "Oulu:1"', "provider.0.name"),
        ('"coach"\nboss', '"caoch"\nboss', "provider.0.roles.coach"),
        ('"coach"\nboss', '"person"\nboss', "let people in without their link"),
        ('"kohtaanto-pages"', '"kohtaanto"', "may not pass for the other"),
        ("[provider.roles]", 'algorithms = ["HS256"]\n[provider.roles]', "algorithms.0"),
        ("[provider.roles]", "skew_seconds = 301\n[provider.roles]", "skew_seconds"),
        ("[provider.roles]", "colour = 1\n[provider.roles]", "provider.0.colour"),
        ("[[provider]]", "[[provider]", "This is no TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_field_at_fault(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    assert old in PROVIDERS
    with pytest.raises(InputError) as raised:
        load_providers(write(tmp_path, PROVIDERS.replace(old, new)))
    assert said in str(raised.value)


@pytest.mark.parametrize("field", ["name", "issuer"])
def test_two_providers_differ_in_name_and_issuer(field: str, tmp_path: Path) -> None:
    second = PROVIDERS[PROVIDERS.index("[[provider]]") :]
    change = {
        "name": ("https://login.example", "https://other.example"),
        "issuer": ("oulu", "vaasa"),
    }
    two = PROVIDERS + second.replace(*change[field])
    with pytest.raises(InputError, match=f"have the same {field}"):
        load_providers(write(tmp_path, two))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        load_providers(tmp_path / "none.toml")
