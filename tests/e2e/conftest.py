"""The built-in region behind pages on a port, and people at a browser who read them."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.reader import Reader, reading
from tests.e2e.region import build_region
from tests.e2e.site import Site, chromium, serving
from tests.fakes import FakeEncoder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with a word, what needs a browser that is not there."""
    if shutil.which("chromium") is not None:
        return
    missing = pytest.mark.skip(reason="Chromium is missing: install the package chromium")
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(missing)


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the region after one night; the workers of a session share it."""
    shared = tmp_path_factory.getbasetemp().parent
    home = shared / "pages-region"
    with (shared / "pages-region.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            made = tmp_path_factory.mktemp("region") / "home"
            build_region(made, FakeEncoder(256))
            made.rename(home)
    return home


@pytest.fixture(scope="module")
def site(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service over a copy of the region: what a module changes, others do not see."""
    home = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(region, home)
    with serving(home, FakeEncoder(256)) as site:
        yield site


# A session's would leave its loop running under tests elsewhere that run one of their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all of these tests; each opens a window of its own."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[Reader]:
    """Somebody who has not come in."""
    with reading(browser, site) as reader:
        yield reader


@pytest.fixture
def coach(reader: Reader) -> Reader:
    """A coach of the region, signed in."""
    reader.sign_in("coach")
    return reader


@pytest.fixture
def employer(reader: Reader) -> Reader:
    """The employer who has a need in the region, signed in."""
    reader.sign_in("employer")
    return reader


@pytest.fixture
def lead(reader: Reader) -> Reader:
    """A lead of the region, signed in."""
    reader.sign_in("lead")
    return reader
