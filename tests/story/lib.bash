# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Sourced by the stories, which are called with the path of harrier: a local Strava that ends with the test, a home of
# its own, and what a person with curl does. A failed expectation says what was expected and what came.
set -euo pipefail

HARRIER=$(readlink -f "$1")
work=$(mktemp -d)
children=()

finish() {
    local code=$?
    trap - EXIT
    ((${#children[@]} == 0)) || kill "${children[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
    exit "$code"
}
trap finish EXIT

# Nothing of the user's own login, archive or taste reaches a story.
for variable in "${!HARRIER_@}" "${!XDG_@}" NO_COLOR CLICOLOR_FORCE BROWSER DISPLAY WAYLAND_DISPLAY COLUMNS; do
    unset "$variable"
done
export HARRIER_HOME=$work/home HOME=$work LC_ALL=C.UTF-8 TZ=UTC

fail() {
    printf 'FAILED: %s\n' "$@" >&2
    exit 1
}
skip() {
    printf 'skipped: %s\n' "$1"
    exit 77
}
step() { printf -- '- %s\n' "$1"; }

expect_equal() { # WHAT EXPECTED GOT
    [[ $2 == "$3" ]] || fail "$1" "expected: $2" "got:      $3"
}
expect_in() { # WHAT NEEDLE HAYSTACK
    [[ $3 == *"$2"* ]] || fail "$1" "expected to find: $2" "in: $3"
}
expect_not_in() { # WHAT NEEDLE HAYSTACK
    [[ $3 != *"$2"* ]] || fail "$1" "did not expect: $2" "in: $3"
}

for tool in curl jq; do
    command -v "$tool" >/dev/null || skip "$tool is missing (scripts/setup --tests installs it)"
done
# A story never leaves this machine.
curl() { command curl --silent --show-error --noproxy '*' --max-time 30 "$@"; }

# Reads one line of a child's output through a pipe that stays open. Sets `line`.
read_line_of() { # FILE_DESCRIPTOR WHAT
    IFS= read -r -t 60 -u "$1" line || fail "$2 did not come"
}

# Starts a local Strava; sets url, api_base, oauth_base, client_id, client_secret, and points harrier there.
# With limits that no story reaches, unless its flags set others.
start_emulator() { # FLAGS…
    local pipe=$work/emulator.$RANDOM ready
    mkfifo "$pipe"
    "$HARRIER" emulator --port 0 --rate-limit 10000,10000,20000,20000 "$@" >"$pipe" 2>"$work/emulator.err" </dev/null &
    emulator=$!
    children+=("$emulator")
    exec {emulator_output}<>"$pipe"
    read_line_of "$emulator_output" "the emulator's ready line"
    ready=$line
    url=$(jq -r .url <<<"$ready")
    api_base=$(jq -r .api_base <<<"$ready")
    oauth_base=$(jq -r .oauth_base <<<"$ready")
    client_id=$(jq -r .client_id <<<"$ready")
    client_secret=$(jq -r .client_secret <<<"$ready")
    export HARRIER_API_BASE=$api_base HARRIER_OAUTH_BASE=$oauth_base
    export HARRIER_CLIENT_ID=$client_id HARRIER_CLIENT_SECRET=$client_secret
}

# Opens an authorize link, ticks the given scopes, presses the button. Prints where the browser is sent.
answer_consent() { # LINK DECISION SCOPES…
    local link=$1 decision=$2 page nonce scope
    shift 2
    page=$(curl "$link")
    nonce=$(sed -n 's/.*name="nonce" value="\([^"]*\)".*/\1/p' <<<"$page")
    [[ -n $nonce ]] || fail "the consent page has no form" "$page"
    local fields=(--data-urlencode "nonce=$nonce" --data-urlencode "decision=$decision")
    for scope; do
        expect_in "the consent page has a box for $scope" "value=\"$scope\"" "$page"
        fields+=(--data-urlencode "scope=$scope")
    done
    curl --output "$work/decision.body" --write-out '%{redirect_url}' "${fields[@]}" "$url/oauth/authorize/decision"
}

# One parameter of a link's query, as it stands there.
query_of() { # NAME LINK
    sed -n "s/.*[?&]$1=\([^&#]*\).*/\1/p" <<<"$2"
}

# Starts `harrier login --no-browser FLAGS…` and waits for the link it prints; sets `link` and `login`, the process.
# What is pasted goes to "${paste}"; what it prints is kept in $work/login.out.
start_login() { # FLAGS…
    local name=$work/login.$RANDOM
    mkfifo "$name.in" "$name.out"
    exec {paste}<>"$name.in" {login_output}<>"$name.out"
    "$HARRIER" login --no-browser "$@" <&"$paste" >"$name.out" 2>&1 &
    login=$!
    children+=("$login")
    : >"$work/login.out"
    link=
    while [[ -z $link ]]; do
        read_line_of "$login_output" "the link of harrier login"
        printf '%s\n' "$line" >>"$work/login.out"
        link=$(grep -o "$oauth_base/authorize?[^ ]*" <<<"$line" || true)
    done
}

# Waits for its end; sets `login_code`, and `login_said`, all that it printed.
await_login() {
    login_code=0
    wait "$login" || login_code=$?
    # Its end of the pipe is closed now, ours holds the rest.
    while IFS= read -r -t 0.1 -u "$login_output" line; do printf '%s\n' "$line" >>"$work/login.out"; done
    login_said=$(<"$work/login.out")
}

# The whole login, every box ticked.
log_in() {
    start_login
    answer_consent_and_return authorize activity:read_all profile:read_all
    await_login
    expect_equal "the login's exit code ($login_said)" 0 "$login_code"
}

# Answers the page behind $link and goes where the answer leads, as a browser would.
answer_consent_and_return() { # DECISION SCOPES…
    local home
    home=$(answer_consent "$link" "$@")
    curl --output "$work/final.html" --location "$home"
}
