// SPDX-License-Identifier: MIT
// Names that try to be more than text: in no view does one run, load or break anything.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Dashboard, launch_browser, open, picture, write_captures } from "./dashboard.mjs";

const texts = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(2)><svg onload=alert(3)>',
  "javascript:alert(4)//' onmouseover='alert(5)",
  "\u202Egnitanimile\u2066 \u2067right to left\u2069\u0000\u0007",
  "\u001b]0;title\u0007\u001b[31mred\u001b[2J",
  "${alert(6)} {{alert(7)}} &lt;b&gt; </title></style><style>*{display:none}</style>",
  "A".repeat(10_000),
  "=HYPERLINK(\"http://example.com\",\"click\")",
];

const activity = (text, i) => ({
  id: 9_000_000_000 + i,
  name: text,
  sport_type: "Run",
  type: "Run",
  distance: 5000 + i,
  moving_time: 1500 + i,
  elapsed_time: 1600 + i,
  total_elevation_gain: 20,
  start_date: `2026-11-${String(10 + i)}T07:00:00Z`,
  start_date_local: `2026-11-${String(10 + i)}T08:00:00Z`,
  timezone: `(GMT+01:00) ${text.slice(0, 200)}`,
  utc_offset: 3600,
  average_speed: 3.3,
  max_speed: 4,
  manual: true,
  description: text,
  device_name: text,
  external_id: text,
  gear_id: `g${i}`,
  athlete: { id: 1 },
  map: { id: "a", summary_polyline: text.slice(0, 300) },
});

let dashboard;
let browser;
let folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "harrier-hostile-"));
  const file = write_captures(folder, texts.map(activity));
  [dashboard, browser] = await Promise.all([Dashboard.start("--captures", file), launch_browser()]);
  await dashboard.serve();
});
after(async () => {
  await browser?.close();
  await dashboard?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("no name runs, loads or breaks anything", async () => {
  const rows = await dashboard.json("list", "--limit", "0");
  assert.equal(rows.length, texts.length);
  const window = await open(browser, dashboard.address, { width: 1000 });
  const { page, faults, show } = window;
  const paths = ["/", "/activities", "/records", "/fitness", "/calendar", "/map", "/gear", "/settings"];
  for (const path of [...paths, ...rows.map((row) => `/activity/${row.activity_id}`)]) {
    await show(path);
    const state = await page.evaluate(() => ({
      scripts: document.querySelectorAll("main script, main style, main img:not([src^='/'])").length,
      width: document.documentElement.scrollWidth,
    }));
    assert.equal(state.scripts, 0, path);
    assert.ok(state.width <= 1000, `${path} is ${state.width} pixels wide`);
  }
  await show("/activities");
  const shown = await page.locator(".vt-body a").allTextContents();
  assert.ok(shown.includes(texts[0]), "the script is shown as text");
  await picture(page, "hostile-activities");
  assert.deepEqual(faults, []);
  await window.close();
});
