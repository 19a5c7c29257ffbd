# SPDX-License-Identifier: MIT
"""A whole history: analysing it again, and how commands over it grow with the number of activities."""

import shutil
import sqlite3
import subprocess

from support import measure, print_table

COMMANDS = [["records"], ["fitness"], ["stats", "--by", "month"], ["list", "--limit", "20"], ["--version"]]
# What the commands read of an activity. Samples and files stay with the first ones.
TABLES = ("activity", "metrics", "best_effort")


def _import(harrier, maker, folder, activities):
    """An archive of runs of an hour, measured."""
    export = folder / "history.zip"
    subprocess.run([maker, export, str(activities)], check=True, stdout=subprocess.DEVNULL)
    home = folder / "history"
    environment = {"HARRIER_HOME": str(home), "PATH": "/usr/bin:/bin"}
    subprocess.run([harrier, "import", export], env=environment, check=True, capture_output=True)
    export.unlink()
    return next(home.rglob("archive.db")), environment


def _forget_metrics(archive):
    """As when the algorithms got better."""
    with sqlite3.connect(archive) as database:
        database.execute("UPDATE metrics SET version = 0")
        database.execute("UPDATE metrics_state SET version = 0")
    database.close()


def _multiply(archive, there, wanted):
    """Copies the activities until there are `wanted`, a quarter of an hour earlier each time."""
    database = sqlite3.connect(archive)
    first = database.execute("SELECT max(activity_id) FROM activity").fetchone()[0]
    for copy in range(wanted // there - 1):
        for table in TABLES:
            names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            values = {"activity_id": f"activity_id + {first * (copy + 1)}",
                      "strava_id": f"strava_id + {10 ** 10 * (copy + 1)}"}
            for name in ("start_date", "start_date_local"):
                values[name] = f"strftime('%Y-%m-%dT%H:%M:%SZ', {name}, '-{15 * (copy + 1)} minutes')"
            chosen = ", ".join(values.get(name, name) for name in names)
            database.execute(f"INSERT INTO {table} SELECT {chosen} FROM {table} WHERE activity_id <= {first}")
    database.execute("UPDATE athlete SET next_activity_id = (SELECT max(activity_id) + 1 FROM activity)")
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def bench_remeasuring(harrier, measured, maker, folder, runs):
    activities = 5000
    archive, environment = _import(harrier, maker, folder, activities)
    rows = [measure(measured, "analysing all again", runs, [harrier, "records"], environment,
                    before=lambda: _forget_metrics(archive)),
            measure(measured, "nothing to analyse", runs, [harrier, "records"], environment)]
    print_table(f"Analysing {activities:,} runs of an hour again, whole process (goal: 5 s on 2 cores)", rows)
    shutil.rmtree(folder / "history")


def bench_growth(harrier, measured, maker, folder, runs, sizes=(1000, 5000, 10_000, 20_000, 50_000)):
    archive, environment = _import(harrier, maker, folder, sizes[0])
    original = folder / "original.db"
    shutil.copy(archive, original)
    medians = {}
    for size in sizes:
        shutil.copy(original, archive)
        _multiply(archive, sizes[0], size)
        rows = [measure(measured, "harrier " + " ".join(words), runs, [harrier, *words], environment)
                for words in COMMANDS]
        for row in rows:
            medians.setdefault(row["name"], []).append(row)
    shutil.rmtree(folder / "history")
    print("Growth with the number of activities: CPU, ms, median (least wall); goal: records and fitness of 10,000 in 30 ms")
    print(f"  {'':28}" + "".join(f"{size:>16,}" for size in sizes))
    for name, rows in medians.items():
        print(f"  {name:28}" + "".join(f"{row['cpu_median'] * 1e3:8.0f} ({row['wall_min'] * 1e3:4.0f})" for row in rows),
              flush=True)
    print()
