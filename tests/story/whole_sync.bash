# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Sourced after lib.bash, with a login: syncs everything and compares the archive with what Strava has.

# Per activity: id, sport and the three figures as decimal numbers, and the sums, exact to the last digit.
figures_of() { # ID_FIELD FILE
    node "$(dirname "${BASH_SOURCE[0]}")/figures.mjs" "$1" "$2"
}

whole_sync() { # FILE with the JSON array that Strava has
    command -v node >/dev/null || skip "node is missing (scripts/setup --tests installs it)"
    local strava=$1 count result
    count=$(jq length "$strava")

    result=$("$HARRIER" sync --json 2>"$work/sync.err" | tail -n 1) || fail "sync" "$(<"$work/sync.err")"
    expect_equal "the first sync" "[$count,0,0,0]" "$(jq -c '[.new,.updated,.unchanged,.failed]' <<<"$result")"

    "$HARRIER" list --json --limit 100000 >"$work/list.json"
    figures_of id "$strava" >"$work/figures.strava"
    figures_of strava_id "$work/list.json" >"$work/figures.archive"
    expect_equal "stored activities" "$count" "$(jq length "$work/list.json")"
    diff "$work/figures.strava" "$work/figures.archive" >&2 || fail "the archive's figures are not Strava's"

    cp "$work/list.json" "$work/list.before.json"
    result=$("$HARRIER" sync --json 2>"$work/sync.err" | tail -n 1) || fail "second sync" "$(<"$work/sync.err")"
    expect_equal "what the second sync changed" '[0,0,0]' "$(jq -c '[.new,.updated,.failed]' <<<"$result")"
    (($(jq .requests <<<"$result") <= 2)) || fail "the second sync took more than 2 requests: $result"
    "$HARRIER" list --json --limit 100000 | cmp - "$work/list.before.json" || fail "the second sync changed rows"
}
