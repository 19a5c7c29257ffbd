# SPDX-License-Identifier: MIT
"""strava-offline's own command line; its requests go to the emulator."""

import os

from requests_oauthlib import OAuth2Session
from strava_offline.cli import cli

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
request = OAuth2Session.request


def request_at_emulator(self, method, url, *arguments, **options):
    url = url.replace("https://www.strava.com/api/v3", os.environ["PEER_API_BASE"])
    return request(self, method, url, *arguments, **options)


OAuth2Session.request = request_at_emulator
cli()
