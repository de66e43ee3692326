from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_real_data_of_2022_gets_a_home_of_its_own() -> None:
    command = ["make", "--dry-run", "real", "MATCHER_HOME=somewhere"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert 'MATCHER_HOME="somewhere/real" .venv/bin/python -m matcher.cli.real' in told
