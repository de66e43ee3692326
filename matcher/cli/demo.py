"""``make demo``: the built-in region, from import to one client's explained lists."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import datetime
from secrets import token_urlsafe
from typing import Final

from matcher.cli.app import app, reporting
from matcher.cli.keys import SECRET_BYTES
from matcher.cli.meetings import hold_meetings
from matcher.config import load_settings
from matcher.domain.access import Grant, Role
from matcher.domain.calendar import finnish_day, utc_now
from matcher.domain.offer import CompanyNeed, OfferKind
from matcher.region.files import attributes_file, region_files, situations_file
from matcher.store.store import Store

#: A builder with a back injury: jobs, hidden needs, trainings and services all have a say.
CLIENT: Final = "p05"
REGION: Final = "564,072,139,244,425,436,494,859"
LABEL: Final = "demo"
#: Whose needs the demo's employer answers for.
COMPANY: Final = "Pajapojat Muhos"
#: Who has pages.
LOG_INS: Final = (Role.COACH, Role.LEAD, Role.EMPLOYER)


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


def make_log_ins() -> dict[Role, str]:
    """Make a key for everybody who has pages; return the secrets.

    The employer's key is one of `COMPANY`, whose needs it owns from then on.
    """
    secrets = {role: token_urlsafe(SECRET_BYTES) for role in LOG_INS}
    towns = tuple(REGION.split(","))
    with Store.open(load_settings().url) as store:
        for role, secret in secrets.items():
            organisation = COMPANY if role is Role.EMPLOYER else ""
            grant = Grant(role=role, municipalities=towns, organisation=organisation)
            key = store.keys.create(grant, LABEL, utc_now(), secret)
            if role is Role.EMPLOYER:
                give_needs(store, key.id, utc_now())
    return secrets


def give_needs(store: Store, owner: str, now: datetime) -> None:
    """Let an employer own the needs of `COMPANY`."""
    needs = store.offers(OfferKind.NEED)
    for batch in needs.open_batches(finnish_day(now)):
        for need in batch:
            if isinstance(need, CompanyNeed) and need.organisation == COMPANY:
                needs.replace(replace(need, owner=owner), now)


def demo() -> None:
    """Run the demo; it exits when it has printed the lists and says how to go on."""
    for kind, path in region_files().items():
        step("import", kind, str(path))
    step("situation", "set", str(situations_file()))
    with Store.open(load_settings().url) as store:
        print(f"\nWrote down {hold_meetings(store, utc_now())} meetings with clients.")
    step("fairness", "set", str(attributes_file()))
    step("nightly")
    step("match", CLIENT, "-k", "3")
    step("pathway", CLIENT)
    revoke_old_keys()
    secrets = make_log_ins()
    print(
        "\nStart the service with `make serve` and open http://127.0.0.1:8000/ - sign in with "
        "one of these keys:\n"
        + "".join(f"  {role:<10}{secret}\n" for role, secret in secrets.items())
        + "\nThe keys open the API too, at http://127.0.0.1:8000/docs. Go on with:\n"
        "  .venv/bin/matcher match p07          another client's lists, in English\n"
        "  .venv/bin/matcher candidates n01     the clients who fit a company's need\n"
        "  .venv/bin/matcher snapshots list     the indexes one can go back to"
    )


if __name__ == "__main__":
    with reporting():
        demo()
