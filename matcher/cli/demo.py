"""``make demo``: the built-in region, from import to one client's explained lists."""

from __future__ import annotations

import shlex
from typing import Final

from matcher.cli.app import app, reporting
from matcher.config import load_settings
from matcher.domain.calendar import utc_now
from matcher.region.files import attributes_file, region_files, situations_file
from matcher.store.store import Store

#: A builder with a back injury: jobs, hidden needs, trainings and services all have a say.
CLIENT: Final = "p05"
REGION: Final = "564,072,139,244,425,436,494,859"
LABEL: Final = "demo"


def step(*arguments: str) -> None:
    """Show a command as one would type it, then run it in this process."""
    print(f"\n$ matcher {shlex.join(arguments)}", flush=True)
    app(list(arguments), standalone_mode=False)


def revoke_old_keys() -> None:
    """Revoke the keys of earlier demos, so that only the newest opens the API."""
    with Store.open(load_settings().url) as store:
        for key in store.keys.list():
            if key.label == LABEL and key.revoked_at is None:
                store.keys.revoke(key.id, utc_now())


def demo() -> None:
    """Run the demo; it exits when it has printed the lists and says how to go on."""
    for kind, path in region_files().items():
        step("import", kind, str(path))
    step("situation", "set", str(situations_file()))
    step("fairness", "set", str(attributes_file()))
    step("nightly")
    step("match", CLIENT, "-k", "3")
    step("pathway", CLIENT)
    revoke_old_keys()
    step("key", "create", "--role", "coach", "--municipality", REGION, "--label", LABEL)
    print(
        "\nThat key opens the API as a coach of the region. Go on with:\n"
        "  make serve                           then open http://127.0.0.1:8000/docs\n"
        "  .venv/bin/matcher match p07          another client's lists, in English\n"
        "  .venv/bin/matcher candidates n01     the clients who fit a company's need\n"
        "  .venv/bin/matcher snapshots list     the indexes one can go back to"
    )


if __name__ == "__main__":
    with reporting():
        demo()
