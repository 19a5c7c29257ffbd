// SPDX-License-Identifier: MIT
// How quick the page of the dashboard is in headless Chromium, printed: its size, the time until the overview is there,
// the frames while ten thousand rows scroll, and the first drawing of ten thousand tracks.
//   HARRIER=build/release/harrier node bench/page.mjs

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Dashboard, launch_browser, open } from "../tests/page/dashboard.mjs";

const assets = fileURLToPath(new URL("../web/dist/assets/", import.meta.url));
for (const name of readdirSync(assets)) {
  const bytes = readFileSync(assets + name);
  console.log(`${name.padEnd(44)} ${String(bytes.length).padStart(8)} bytes, ${String(gzipSync(bytes).length).padStart(7)} gzipped`);
}

// Rows as the table asks for them, made up by repeating those there are.
function many_rows(table, count) {
  const columns = table.columns.map((column, i) =>
    Array.from({ length: count }, (_, row) => (table.names[i] === "activity_id" ? row + 1 : column[row % table.count])),
  );
  return { names: table.names, columns, count };
}

// Walks around one town, as polylines of five digits.
function encode(value) {
  let bits = value < 0 ? ~(value << 1) : value << 1;
  let text = "";
  for (; bits >= 32; bits >>= 5) text += String.fromCharCode((32 | (bits & 31)) + 63);
  return text + String.fromCharCode(bits + 63);
}
function many_tracks(count, points) {
  let state = 1;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5;
  const track = () => {
    let text = encode(5073000 + Math.round(random() * 20000)) + encode(1004000 + Math.round(random() * 30000));
    for (let i = 1; i < points; i += 1) text += encode(Math.round(random() * 120)) + encode(Math.round(random() * 180));
    return text;
  };
  return {
    ids: Array.from({ length: count }, (_, i) => i + 1),
    sports: new Array(count).fill("Run"),
    years: Array.from({ length: count }, (_, i) => 2016 + (i % 10)),
    tracks: Array.from({ length: count }, track),
  };
}

const [dashboard, browser] = await Promise.all([Dashboard.start("--activities", "60"), launch_browser()]);
await dashboard.serve();
const { page, close } = await open(browser, dashboard.address);

for (const name of ["cold", "warm"]) {
  const started = performance.now();
  await page.goto(dashboard.address + "/", { waitUntil: "commit" });
  await page.locator(".newest li").first().waitFor();
  console.log(`overview, ${name}: ${(performance.now() - started).toFixed(0)} ms`);
}

await page.route("**/api/activities?*", async (route) => {
  const answer = await route.fetch();
  await route.fulfill({ json: many_rows(await answer.json(), 10_000) });
});
await page.goto(`${dashboard.address}/activities`);
await page.locator(".vt-body .vt-row").first().waitFor();
const frames = await page.evaluate(async () => {
  const host = document.querySelector("[role=grid]");
  const times = [];
  let last = await new Promise(requestAnimationFrame);
  for (let i = 0; i < 240; i += 1) {
    host.scrollTop += 900;
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  return times.sort((a, b) => a - b);
});
const at = (share) => frames[Math.floor(share * (frames.length - 1))].toFixed(1);
console.log(`10,000 rows, frames while scrolling: median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`);

const tracks = many_tracks(10_000, 120);
await page.route("**/api/tracks?*", (route) => route.fulfill({ json: tracks }));
const started = performance.now();
await page.goto(`${dashboard.address}/map`);
await page.locator(".map[data-drawn]").waitFor({ timeout: 60_000 });
console.log(`10,000 tracks of 120 points, first drawn without a graphics card: ${(performance.now() - started).toFixed(0)} ms`);

await close();
await browser.close();
await dashboard.stop();
