# SPDX-License-Identifier: MIT
"""Other tools at the same emulator. They are installed from their registries into a temporary folder and run as
they are; a small driver of ours only turns the address https://www.strava.com into the emulator's."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

from support import measure

HERE = pathlib.Path(__file__).resolve().parent


def peer_environment(emulator, login):
    return os.environ | {"PEER_API_BASE": emulator.ready["api_base"], "PEER_TOKEN": login.token}


def install_python(folder, *packages):
    """A Python of its own in `folder` that has these packages."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages], check=True)
    return python


def install_strava_v3(folder):
    """The driver for strava-v3, beside the package."""
    if not shutil.which("npm"):
        raise RuntimeError("npm is not installed")
    place = folder / "node"
    place.mkdir(exist_ok=True)
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", place, "strava-v3"],
                   check=True, stdout=subprocess.DEVNULL)
    return shutil.copy(HERE / "strava_v3_at_emulator.js", place)


def strava_offline_command(python, folder, login, database):
    """The command line of strava-offline, with the login's token."""
    token = folder / "token.json"
    token.write_text(json.dumps({"token_type": "Bearer", "access_token": login.token, "refresh_token": "none",
                                 "expires_in": 20000}))
    return [python, HERE / "strava_offline_at_emulator.py", "sqlite", "--database", database, "--token-file", token]


def _strava_offline(measured, folder, runs, emulator, login):
    database = folder / "peer.sqlite"
    command = strava_offline_command(install_python(folder, "strava-offline"), folder, login, database)
    return measure(measured, "strava-offline (Python)", runs, command, peer_environment(emulator, login),
                   before=lambda: database.unlink(missing_ok=True))


def _strava_v3(measured, folder, runs, emulator, login):
    return measure(measured, "strava-v3 (Node, stores nothing)", runs, ["node", install_strava_v3(folder)],
                   peer_environment(emulator, login))


def bench_listing(measured, folder, runs, emulator, login):
    rows = []
    for bench in (_strava_offline, _strava_v3):
        try:
            rows.append(bench(measured, folder, runs, emulator, login))
        except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
            print(f"  left out: {bench.__name__[1:]}: {error}", file=sys.stderr)
    return rows
