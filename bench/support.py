# SPDX-License-Identifier: MIT
"""What the benchmarks share: an emulator, a login at it, measured runs, tables."""

import json
import os
import pathlib
import re
import statistics
import subprocess
import time
import urllib.request


class Emulator:
    """`harrier emulator` with a made-up athlete, approving every login, with limits that are never reached."""

    def __init__(self, harrier, activities, faults=()):
        many = "1000000,100000000"
        faulty = [word for fault in faults for word in ("--fault", fault)]
        self._process = subprocess.Popen(
            [harrier, "emulator", "--port", "0", "--activities", str(activities), "--auto-approve", "--admin",
             "--rate-limit", f"{many},{many}", *faulty], stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self._process.stdout.readline())

    def admin(self, method, path, body=None):
        """What the emulator's back door answers (docs/emulator.md)."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.ready['url']}/admin/{path}", data=data, method=method)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def cpu_s(self):
        """CPU seconds of the emulator until now."""
        user, system = pathlib.Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()
        self._process.stdout.close()


class Login:
    """A home of its own with a login made through the real flow."""

    def __init__(self, harrier, emulator, home):
        self._variables = {"HARRIER_API_BASE": emulator.ready["api_base"],
                           "HARRIER_OAUTH_BASE": emulator.ready["oauth_base"],
                           "HARRIER_CLIENT_ID": emulator.ready["client_id"],
                           "HARRIER_CLIENT_SECRET": emulator.ready["client_secret"],
                           "HARRIER_HOME": str(home)}
        with subprocess.Popen([harrier, "login", "--no-browser"], env=self.environment(), text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT) as process:
            for line in process.stdout:
                url = re.search(r"http://\S*/authorize\?\S+", line)
                if url:
                    urllib.request.urlopen(url[0]).close()
        if process.returncode != 0:
            raise RuntimeError("harrier login failed")
        self.token = subprocess.run([harrier, "token"], env=self.environment(), text=True, check=True,
                                    stdout=subprocess.PIPE).stdout.strip()

    def environment(self, **more):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HARRIER_")}
        return kept | self._variables | {name: str(value) for name, value in more.items()}


def measure(measured, name, runs, command, environment, before=lambda: None):
    """A row of a table from `runs` runs, after one that is not counted. `before` prepares each."""
    results = []
    for _ in range(runs + 1):
        before()
        done = subprocess.run([measured, *map(str, command)], env=environment, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        results.append(json.loads(done.stderr.splitlines()[-1]))
        if results[-1]["exit"] != 0:
            raise RuntimeError(f"{name} failed:\n{done.stderr}")
    results = results[1:]
    return {"name": name,
            "wall_min": min(one["wall_s"] for one in results),
            "wall_median": statistics.median(one["wall_s"] for one in results),
            "cpu_median": statistics.median(one["cpu_s"] for one in results),
            "peak": max(one["peak_kib"] for one in results) * 1024}


def read_bytes_and_sync(path, runs):
    """The size of a file, and a row for the floor below every store here: writing as many bytes and one fsync."""
    size = pathlib.Path(path).stat().st_size
    bytes_to_write = os.urandom(size) if runs else b""
    walls, cpus = [], []
    copy = pathlib.Path(f"{path}.copy")
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        with open(copy, "wb") as file:
            file.write(bytes_to_write)
            file.flush()
            os.fsync(file.fileno())
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
        copy.unlink()
    row = runs and {"name": "(as many bytes, one fsync)", "wall_min": min(walls),
                    "wall_median": statistics.median(walls), "cpu_median": statistics.median(cpus), "peak": None}
    return size, row


def print_table(title, rows):
    width = max(len(row["name"]) for row in rows)
    print(title)
    print(f"  {'':{width}}  wall min  median     CPU    peak")
    for row in rows:
        peak = "      –" if row["peak"] is None else f"{row['peak'] / 1e6:4.0f} MB"
        print(f"  {row['name']:{width}}  {row['wall_min'] * 1e3:5.0f} ms  {row['wall_median'] * 1e3:3.0f} ms"
              f"  {row['cpu_median'] * 1e3:3.0f} ms {peak}", flush=True)
    print(flush=True)
