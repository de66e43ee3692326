"""``matcher plan``: a client's plan on paper."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.casework.plan_page import plan_page
from matcher.config import load_settings
from matcher.domain.casework.plans import Plan
from matcher.errors import NotFoundError
from matcher.i18n.tongue import Tongue
from matcher.store.store import Store

app = typer.Typer(add_completion=False)


@app.command("plan")
def show(
    profile: Annotated[str, typer.Argument(help="Id of a stored profile.")],
    tongue: Annotated[Tongue, typer.Option(help="Language of the page.")] = Tongue.FI,
) -> None:
    """Print a client's newest plan as a page for paper, also in Russian and plain Finnish."""
    with Store.open(load_settings().url) as store:
        store.profiles.info(profile)  # an unknown client is another error than one without a plan
        plans = store.cases.of_person(profile, Plan)
    if not plans:
        raise NotFoundError("plan of", profile, remedy="Write one with `matcher case add`.")
    typer.echo(plan_page(plans[-1].item, tongue), nl=False)
