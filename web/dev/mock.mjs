// SPDX-License-Identifier: MIT
// A stand-in for `harrier serve` while the page is being worked on: the built page and the server's answers, made of
// what the commands print. A tool for development; nothing is built of it.
//   HARRIER=build/dev/harrier HARRIER_HOME=harrier-demo node web/dev/mock.mjs [PORT]

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { make_activity, make_overview, make_year, months_of, part_of, read_streams } from "./made.mjs";

const binary = process.env.HARRIER ?? "harrier";
const dist = join(fileURLToPath(import.meta.url), "..", "..", "dist");
const printed = new Map();

function run(...words) {
  const key = words.join(" ");
  if (!printed.has(key)) printed.set(key, execFileSync(binary, words, { maxBuffer: 1 << 29 }).toString());
  return printed.get(key);
}
const json = (...words) => JSON.parse(run(...words, "--json"));

const recordings = new Map();
function streams(id) {
  if (!recordings.has(id)) {
    const folder = mkdtempSync(join(tmpdir(), "harrier-mock-"));
    run("export", id, "--format", "gpx", "-o", folder);
    recordings.set(id, read_streams(readFileSync(join(folder, readdirSync(folder)[0])).toString()));
  }
  return recordings.get(id);
}

const filters = (search) =>
  ["sport", "since", "until", "gear", "race", "name"].flatMap((word) =>
    search.get(word) && word !== "race" ? [`--${word}`, search.get(word)] : [],
  );

const activities = (search) => {
  let rows = json("list", "--limit", "0", ...filters(search));
  const at_least = Number(search.get("min_distance") ?? 0);
  const at_most = Number(search.get("max_distance") ?? Infinity);
  rows = rows.filter((row) => row.distance >= at_least && row.distance <= at_most);
  if (search.get("race")) rows = rows.filter((row) => row.workout_type === 1 || row.workout_type === 11);
  return rows;
};

function columnar(search) {
  const rows = activities(search);
  const names = search.get("columns")?.split(",") ?? Object.keys(rows[0] ?? {});
  return { names, columns: names.map((name) => rows.map((row) => row[name] ?? null)), count: rows.length };
}

const sync = { running: false, phase: "idle", done: 0, total: 0, requests: 0, done_at: null, rate: null, error: null };
const last = { at: "2026-11-27T21:10:02Z", new: 3, updated: 0, unchanged: 597, failed: 0 };

function session() {
  const status = json("status");
  return {
    athlete: status.athlete,
    units: "metric",
    archive: { ...status.archive, first_date: status.archive.first, last_date: status.archive.last },
    version: "0.1",
    login: {
      logged_in: true,
      scopes: status.scopes,
      missing_scopes: status.missing_scopes,
      token_expires_at: status.token_expires_at,
    },
    tile_source: null,
    empty: status.archive.activities === 0,
    csrf: "mock",
  };
}

const routes = [
  [/^\/api\/session$/, session],
  [/^\/api\/activities$/, (search) => columnar(search)],
  [/^\/api\/totals$/, (search) => json("stats", "--by", search.get("by") ?? "month", ...filters(search))],
  [/^\/api\/overview$/, () => make_overview(activities(new URLSearchParams()), json("records"), { ...sync, last })],
  [/^\/api\/activity\/(\d+)$/, (_, id) => make_activity(json("show", id), activities(new URLSearchParams()))],
  [/^\/api\/activity\/(\d+)\/streams$/, (_, id) => streams(id)],
  [
    /^\/api\/activity\/(\d+)\/split$/,
    (search, id) =>
      part_of(
        streams(id),
        Number(search.get("from")),
        Number(search.get("to")),
      ),
  ],
  [
    /^\/api\/tracks$/,
    (search) => {
      const rows = activities(search).filter((row) => row.summary_polyline);
      return {
        ids: rows.map((row) => row.activity_id),
        sports: rows.map((row) => row.sport_type),
        years: rows.map((row) => Number(row.start_date_local.slice(0, 4))),
        tracks: rows.map((row) => row.summary_polyline),
      };
    },
  ],
  [/^\/api\/tiles$/, (search) => json("tiles", "--zoom", search.get("zoom") ?? "14", ...filters(search))],
  [
    /^\/api\/tiles.geojson$/,
    (search) => JSON.parse(run("tiles", "--geojson", "--zoom", search.get("zoom") ?? "14", ...filters(search))),
  ],
  [
    /^\/api\/records$/,
    (search) =>
      json(
        "records",
        ...(search.get("distance") ? ["--distance", search.get("distance")] : []),
        ...(search.get("top") ? ["--top", search.get("top")] : []),
        ...filters(search),
      ),
  ],
  [
    /^\/api\/curve$/,
    (search) => {
      const rows = json("records", ...filters(search));
      return {
        seconds: rows.map((row) => row.elapsed_time),
        values: rows.map((row) => row.average_speed),
        activity_ids: rows.map((row) => row.activity_id),
      };
    },
  ],
  [/^\/api\/predict$/, () => json("predict")],
  [/^\/api\/fitness$/, () => json("fitness", "--days", "1500")],
  [
    /^\/api\/zones$/,
    (search) => json("zones", "--by", search.get("by") ?? "week", ...filters(search)),
  ],
  [
    /^\/api\/calendar$/,
    (search) => ({
      days: JSON.parse(
        run(
          "sql",
          `select date, sum(distance) distance, sum(moving_time) moving_time, sum(activities) count from v_day where date like '${Number(search.get("year"))}-%' group by 1`,
          "--json",
        ),
      ),
    }),
  ],
  [/^\/api\/eddington$/, (search) => json("eddington", ...filters(search))],
  [/^\/api\/year\/(\d+)$/, (search, year) => make_year(activities(search), Number(year))],
  [
    /^\/api\/gear$/,
    () =>
      json("gear").map((gear, index) => ({
        ...gear,
        retire_at: index % 2 ? null : 800000,
        retired: false,
        months: months_of(activities(new URLSearchParams()).filter((row) => row.gear_id === gear.gear_id)),
      })),
  ],
  [/^\/api\/settings$/, () => json("config", "list")],
  [/^\/api\/verify$/, () => json("verify")],
  [/^\/api\/sync$/, () => ({ ...sync, last })],
];

const nothing = { streams: "{}", zones: "[]", predict: '{"basis":null,"predictions":[]}' };
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
  "worker-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

function answer(request, response) {
  const url = new URL(request.url, "http://mock");
  const send = (status, type, body) => {
    response.writeHead(status, {
      "Content-Type": type,
      "Content-Security-Policy": policy,
      "Content-Encoding": "gzip",
      "Cache-Control": url.pathname.startsWith("/assets/") ? "max-age=31536000, immutable" : "no-store",
    });
    response.end(gzipSync(body));
  };
  if (url.pathname === "/api/events") {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write("event: archive\ndata: 1\n\n");
    return;
  }
  for (const [pattern, make] of routes) {
    const found = url.pathname.match(pattern);
    if (!found) continue;
    try {
      send(200, "application/json", JSON.stringify(make(url.searchParams, ...found.slice(1))));
    } catch (error) {
      // Nothing to tell is no error for the server.
      if (/\/(streams|zones|predict)$/.test(url.pathname)) return send(200, "application/json", nothing[url.pathname.split("/").pop()]);
      const message = String(error.stderr ?? error).slice(0, 400);
      send(404, "application/json", JSON.stringify({ error: { kind: "data", message, hint: "" } }));
    }
    return;
  }
  if (url.pathname.startsWith("/api/")) return send(404, "application/json", '{"error":{"message":"no such path"}}');
  const file = join(dist, normalize(url.pathname));
  const is_file = file.startsWith(dist) && extname(file) !== "" && existsSync(file);
  const shown = is_file ? file : join(dist, "index.html");
  send(200, types[extname(shown)] ?? "application/octet-stream", readFileSync(shown));
}

const port = Number(process.argv[2] ?? 8738);
const server = createServer(answer);
server.listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
