# SPDX-License-Identifier: MIT
"""Other decoders on the same files in the same run. Each comes from its registry into a temporary folder and runs as
its documentation shows; the best of some passes counts, files already in memory where the library allows it."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

from . import install_python

# One driver for each Python library: reads the files, decodes them all, prints the samples and the best time.
_PYTHON = {
    "fitdecode": ("fit", """
import fitdecode
def decode(data):
    count = 0
    with fitdecode.FitReader(io.BytesIO(data), error_handling=fitdecode.ErrorHandling.IGNORE) as reader:
        for frame in reader:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record":
                count += 1
    return count
"""),
    "fitparse": ("fit", """
import fitparse
def decode(data):
    return sum(1 for _ in fitparse.FitFile(io.BytesIO(data)).get_messages("record"))
"""),
    "gpxpy": ("gpx", """
import gpxpy
def decode(data):
    return sum(1 for _ in gpxpy.parse(data.decode("utf-8", "replace").lstrip()).walk())
"""),
}
_DRIVER = """
import io, json, sys, time
{library}
files = [open(name, "rb").read() for name in sys.argv[1:]]
best, samples, failed = 1e9, 0, 0
for _ in range(2):
    begin, samples, failed = time.perf_counter(), 0, 0
    for data in files:
        try:
            samples += decode(data)
        except Exception:
            failed += 1
    best = min(best, time.perf_counter() - begin)
print(json.dumps({{"samples": samples, "failed": failed, "best_s": best}}))
"""
_GO = """package main
import ("bytes"; "encoding/json"; "os"; "time"; "github.com/tormoder/fit")
func main() {
	var files [][]byte
	for _, name := range os.Args[1:] { data, _ := os.ReadFile(name); files = append(files, data) }
	best, samples, failed := 1e9, 0, 0
	for pass := 0; pass < 5; pass++ {
		begin := time.Now(); samples, failed = 0, 0
		for _, data := range files {
			file, err := fit.Decode(bytes.NewReader(data))
			if err != nil { failed++; continue }
			if activity, err := file.Activity(); err == nil { samples += len(activity.Records) }
		}
		if s := time.Since(begin).Seconds(); s < best { best = s }
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{"samples": samples, "failed": failed, "best_s": best})
}
"""


def _run(command, **options):
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout)


def _python(folder, name, files):
    python = install_python(folder, name)
    return _run([python, "-c", _DRIVER.format(library=_PYTHON[name][1]), *files])


def _tormoder(folder, files):
    place = folder / "go"
    place.mkdir()
    (place / "main.go").write_text(_GO)
    for words in (["mod", "init", "peer"], ["get", "github.com/tormoder/fit@v0.15.0"], ["build", "-o", "peer"]):
        subprocess.run(["go", *words], cwd=place, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return _run([place / "peer", *files])


def _gpsbabel(files, kind):
    import time
    program = shutil.which("gpsbabel")
    if not program:
        raise RuntimeError("gpsbabel is not installed")
    failed, begin = 0, time.perf_counter()
    form = {"fit": "garmin_fit", "gpx": "gpx", "tcx": "gtrnctr"}[kind]
    for name in files:
        done = subprocess.run([program, "-i", form, "-f", name, "-o", "unicsv", "-F", os.devnull],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        failed += done.returncode != 0
    return {"samples": None, "failed": failed, "best_s": time.perf_counter() - begin}


def bench_decoders(program, corpus, folder, with_peers):
    """Prints a table for each kind of file: MB/s, and how many times as long as harrier it takes."""
    for kind in ("fit", "gpx", "tcx"):
        files = sorted(str(path) for path in pathlib.Path(corpus, kind).glob(f"*.{kind}"))
        if not files:
            continue
        ours = _run([program, "3", *files])
        rows = [("harrier", ours)]
        peers = [(name, lambda name=name: _python(folder, name, files)) for name, (form, _) in _PYTHON.items()
                 if form == kind]
        if kind == "fit":
            peers.append(("tormoder/fit (Go)", lambda: _tormoder(folder, files)))
        peers.append(("gpsbabel, a process a file", lambda: _gpsbabel(files, kind)))
        for name, bench in peers if with_peers else []:
            try:
                rows.append((name, bench()))
            except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
                print(f"  left out: {name}: {error}", file=sys.stderr)
        print(f"Decoding {len(files)} {kind.upper()} files of real devices, {ours['bytes'] / 1e6:.1f} MB, one core")
        print(f"  {'':26}      MB/s   samples  failed   time as harrier's")
        for name, row in rows:
            samples = "–" if row["samples"] is None else f"{row['samples']:,}"
            print(f"  {name:26} {ours['bytes'] / 1e6 / row['best_s']:9.2f} {samples:>9}  {row.get('failed', 0):6}"
                  f"   {row['best_s'] / ours['best_s']:12.1f}", flush=True)
        print(flush=True)
