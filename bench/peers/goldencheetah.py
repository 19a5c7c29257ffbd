# SPDX-License-Identifier: MIT
"""What GoldenCheetah 3.5 says of activity files, from its own cache of figures. It has no command for that: it is
started on a virtual screen with an athlete whose folder holds the files under the names that it wants, reckons
everything, and is ended when the cache is there. (Its `--server` only tells what such a run has left.)"""

import json
import os
import shutil
import signal
import subprocess
import time

# As a first start with the dialogs clicked away leaves it.
_GENERAL = "[General]\nsafeexit=true\nversionused=3990\n\n[upgradesuccess]\nfolder=true\n"
_ZONES = """DEFAULTS:
Z1,Active Recovery,0%
Z2,Endurance,55%
Z3,Tempo,75%
Z4,Threshold,90%
Z5,VO2Max,105%
Z6,Anaerobic,120%
Z7,Neuromuscular,150%

2000/01/01: CP={cp}
FTP={ftp}
W'={reserve}
Pmax=1000
"""
_FOLDERS = ("activities", "bak", "cache", "calendar", "config", "downloads", "imports", "logs", "media", "planned",
            "quarantine", "recordings", "records", "snippets", "temp", "tempActivities", "workouts")


def _cache(athlete):
    try:
        text = (athlete / "cache" / "rideDB.json").read_text(encoding="utf-8-sig")
        return {ride["filename"]: ride.get("METRICS", {}) for ride in json.loads(text, strict=False)["RIDES"]}
    except (OSError, ValueError):
        return {}


def _value(metric):
    return float(metric[0] if isinstance(metric, list) else metric)


def figures(folder, files, ftp, cp, reserve, patience_s=300):
    """{name: {metric: value}} for files {name: path}; names are "2026_11_27_07_30_00.fit", UTC."""
    if not shutil.which("GoldenCheetah") or not shutil.which("xvfb-run"):
        raise RuntimeError("GoldenCheetah or xvfb-run is not installed (apt-get install goldencheetah xvfb)")
    athlete = folder / ".goldencheetah" / "Athlete"
    for name in _FOLDERS:
        (athlete / name).mkdir(parents=True)
    (athlete / "config" / "athlete-general.ini").write_text(_GENERAL)
    for name in ("power.zones", "run-power.zones"):
        (athlete / "config" / name).write_text(_ZONES.format(cp=cp, ftp=ftp, reserve=reserve))
    for name, path in files.items():
        shutil.copy(path, athlete / "activities" / name)
    environment = os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / ".config"),
                                "XDG_DATA_HOME": str(folder / ".local"), "QTWEBENGINE_DISABLE_SANDBOX": "1"}
    process = subprocess.Popen(["xvfb-run", "-a", "GoldenCheetah", athlete.parent, athlete.name], env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    end = time.monotonic() + patience_s
    try:
        while len(_cache(athlete)) < len(files) and time.monotonic() < end and process.poll() is None:
            time.sleep(1)
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # the group that was started here, with its screen
        process.wait()
    rides = _cache(athlete)
    if not rides:
        raise RuntimeError("GoldenCheetah left no figures")
    return {file: {name: _value(metric) for name, metric in metrics.items()} for file, metrics in rides.items()}
