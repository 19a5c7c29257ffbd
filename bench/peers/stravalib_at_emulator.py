# SPDX-License-Identifier: MIT
"""Archives with stravalib as its documentation shows it, and writes each activity to a file of JSON lines at once.

  stravalib_at_emulator.py FILE            the list
  stravalib_at_emulator.py FILE details    and the detail and the streams of each

Its requests go to the emulator. Its limiter is on, but where it would sleep this driver goes on and says so: the
emulator's clock is not this machine's."""

import json
import os
import sys
import time

import requests
from stravalib import Client
from stravalib.exc import ObjectNotFound

KEYS = ["time", "distance", "latlng", "altitude", "velocity_smooth", "heartrate", "cadence", "watts", "temp", "moving",
        "grade_smooth"]
request = requests.Session.request
slept = []


def request_at_emulator(self, method, url, *arguments, **options):
    url = url.replace("https://www.strava.com/api/v3", os.environ["PEER_API_BASE"])
    return request(self, method, url, *arguments, **options)


def archive(client, file, with_details):
    for activity in client.get_activities():
        line = {"id": activity.id, "name": activity.name, "sport_type": activity.sport_type.root}
        if with_details:
            line["detail"] = client.get_activity(activity.id).model_dump_json()
            try:
                streams = client.get_activity_streams(activity.id, types=KEYS)
                line["streams"] = {name: stream.data for name, stream in streams.items()}
            except ObjectNotFound:  # a manual entry
                line["streams"] = {}
        file.write(json.dumps(line) + "\n")
        file.flush()


requests.Session.request = request_at_emulator
time.sleep = slept.append
with open(sys.argv[1], "a", encoding="utf-8") as file:
    try:
        archive(Client(access_token=os.environ["PEER_TOKEN"]), file, "details" in sys.argv[2:])
    finally:
        if slept:
            print(f"would have slept {sum(slept):.0f} s", file=sys.stderr)
