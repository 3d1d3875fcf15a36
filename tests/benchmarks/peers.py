"""An environment of their own for the libraries that are measured beside this product, made on first use."""

import subprocess
import sys
import venv
from pathlib import Path

from measure import CACHE

# What all of them can share: the versions that they were measured with.
TOGETHER = ("pandas==2.3.3", "numpy==2.4.6", "scipy==1.17.1", "scikit-learn==1.9.1")
PINS = {"fairlearn": "fairlearn==0.15.0", "aequitas": "aequitas==1.1.0", "aif360": "aif360==0.6.1"}


def environment() -> tuple[Path, dict[str, str]]:
    """The Python of the peers, and for each peer that could not be installed the reason."""
    folder = CACHE / f"peers-{sys.version_info.major}.{sys.version_info.minor}"
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"making an environment for the peers in {folder} …", file=sys.stderr)
        venv.create(folder, with_pip=True)
    have = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True, check=False).stdout.split()
    missing: dict[str, str] = {}
    for name, pin in PINS.items():
        if pin not in have or not set(TOGETHER) <= set(have):
            install = [python, "-m", "pip", "install", "-qq", pin, *TOGETHER]
            done = subprocess.run(install, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                said = [line for line in done.stderr.splitlines() if "ERROR" in line] or ["pip failed"]
                missing[name] = f"cannot be installed: {said[-1][:80]}"
    return python, missing
