"""The application on a port of this machine: ``python -m tests.api.served HOME PORT``."""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn

from api.app import create_app
from matcher.config import Settings
from tests.api.conftest import ENCODER, NOW

if __name__ == "__main__":
    settings = Settings(home=Path(sys.argv[1]), requests_per_minute=1_000_000)
    app = create_app(settings, clock=lambda: NOW, load=lambda _: ENCODER)
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="critical")
