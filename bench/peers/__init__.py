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


def _environment(emulator, login, **more):
    return os.environ | {"PEER_API_BASE": emulator.ready["api_base"], "PEER_TOKEN": login.token} | \
        {name: str(value) for name, value in more.items()}


def _strava_offline(measured, folder, runs, emulator, login):
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "strava-offline"],
                   check=True)
    token = folder / "token.json"
    token.write_text(json.dumps({"token_type": "Bearer", "access_token": login.token, "refresh_token": "none",
                                 "expires_in": 20000}))
    database = folder / "peer.sqlite"
    command = [python, HERE / "strava_offline_at_emulator.py", "sqlite", "--database", database,
               "--token-file", token]
    return measure(measured, "strava-offline (Python)", runs, command, _environment(emulator, login),
                   before=lambda: database.unlink(missing_ok=True))


def _strava_v3(measured, folder, runs, emulator, login):
    if not shutil.which("npm"):
        raise RuntimeError("npm is not installed")
    place = folder / "node"
    place.mkdir()
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", place, "strava-v3"],
                   check=True, stdout=subprocess.DEVNULL)
    shutil.copy(HERE / "strava_v3_at_emulator.js", place)
    return measure(measured, "strava-v3 (Node, stores nothing)", runs,
                   ["node", place / "strava_v3_at_emulator.js"], _environment(emulator, login))


def bench_listing(measured, folder, runs, emulator, login):
    rows = []
    for bench in (_strava_offline, _strava_v3):
        try:
            rows.append(bench(measured, folder, runs, emulator, login))
        except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
            print(f"  left out: {bench.__name__[1:]}: {error}", file=sys.stderr)
    return rows
