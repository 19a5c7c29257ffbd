// SPDX-License-Identifier: MIT
// Every view of the dashboard with the made-up athlete: nothing but what is allowed, the numbers of the commands, and
// all the ways to get around in it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, Dashboard, launch_browser, open, picture } from "./dashboard.mjs";

let dashboard;
let browser;
let newest_run;

before(async () => {
  [dashboard, browser] = await Promise.all([Dashboard.start("--activities", "60"), launch_browser()]);
  await dashboard.serve();
  [newest_run] = await dashboard.json("list", "--sport", "run", "--limit", "1");
});
after(async () => {
  await browser?.close();
  await dashboard?.stop();
});

// A new window that is closed again, and has done nothing that it must not do.
async function with_page(options, use) {
  const window = await open(browser, dashboard.address, options);
  try {
    await use(window);
    assert.deepEqual(window.faults, []);
  } finally {
    await window.close();
  }
}

const text_of = (page, selector) => page.locator(selector).first().innerText();
const kilometres = (metres, digits = 1) =>
  (metres / 1000).toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
function clock(seconds) {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] > 0 ? parts : parts.slice(1);
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

const views = () => [
  ["overview", "/"],
  ["activities", "/activities"],
  ["activity", `/activity/${newest_run.activity_id}`],
  ["records", "/records"],
  ["fitness", "/fitness"],
  ["calendar", "/calendar"],
  ["map", "/map?tiles=14"],
  ["gear", "/gear"],
  ["settings", "/settings"],
];

test("each view is free of faults and of serious barriers, in light and dark", async () => {
  for (const scheme of ["light", "dark"]) {
    await with_page({ scheme }, async ({ page, show }) => {
      for (const [name, path] of views()) {
        await show(path);
        if (name === "map") await page.locator(".map[data-drawn]").waitFor();
        if (name === "activity") await page.locator(".maplibregl-canvas").waitFor();
        assert.equal(await page.locator("[role=alert]").count(), 0, `${name} shows a failure`);
        assert.deepEqual(await axe(page), [], `${name}, ${scheme}`);
        await picture(page, `${name}-${scheme}`, name !== "map");
      }
    });
  }
});

test("each view fits a window of 360 pixels", async () => {
  await with_page({ width: 360, height: 740 }, async ({ page, show }) => {
    for (const [name, path] of views()) {
      await show(path);
      if (name === "map") await page.locator(".map[data-drawn]").waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 360, `${name} is ${width} pixels wide`);
      await picture(page, `${name}-360`, name !== "activities");
    }
  });
});

test("the numbers are those of the commands", async () => {
  const [list, [year], records, eddington, gear, status] = await Promise.all([
    dashboard.json("list", "--limit", "0"),
    dashboard.json("stats", "--by", "year"),
    dashboard.json("records"),
    dashboard.json("eddington"),
    dashboard.json("gear"),
    dashboard.json("status"),
  ]);
  const distance = list.reduce((sum, row) => sum + (row.distance ?? 0), 0);
  await with_page({}, async ({ page, show }) => {
    await show("/");
    assert.match(await text_of(page, "main"), new RegExp(`${status.archive.activities} activities`));
    assert.equal(await page.locator(".newest li").count(), 12);

    await show("/activities");
    const totals = await text_of(page, ".totals");
    assert.match(totals, new RegExp(`Activities\\s+${list.length}\\b`));
    assert.ok(totals.includes(kilometres(distance)), `${totals} has no ${kilometres(distance)}`);

    await show(`/activity/${newest_run.activity_id}`);
    const figures = await text_of(page, ".head-figures");
    assert.ok(figures.includes(kilometres(newest_run.distance, 2)));
    assert.ok(figures.includes(clock(newest_run.moving_time)));

    await show("/records");
    const table = await text_of(page, "table.records");
    for (const record of records) assert.ok(table.includes(clock(record.elapsed_time)), record.name);

    await show(`/calendar?year=${year.year}`);
    assert.ok((await text_of(page, "main")).includes(kilometres(year.distance)));
    assert.equal(await text_of(page, "[aria-label='Eddington number'] .large"), String(eddington.number));

    await show("/gear");
    const cards = await text_of(page, "main");
    for (const one of gear) assert.ok(cards.includes(kilometres(one.distance, 0)), one.gear_id);
  });
});

test("chart, map and numbers follow one cursor, and a part has its own numbers", async () => {
  await with_page({}, async ({ page, show }) => {
    await show(`/activity/${newest_run.activity_id}`);
    await page.locator(".maplibregl-canvas").waitFor();
    const chart = page.locator("[data-channel=heartrate] .u-over");
    await chart.scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelector(".activity-map canvas") !== null);
    const box = await chart.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + 20);
    await page.mouse.move(box.x + box.width / 2 + 2, box.y + 22);
    await page.waitForFunction(() => Number(document.querySelector(".activity-map")?.dataset.cursor) > 0);
    assert.match(await text_of(page, "[data-channel=heartrate] figcaption b"), /^\d+ bpm$/);
    assert.match(await text_of(page, "[data-channel=pace] figcaption b"), /^\d+:\d\d \/km$/);
    const sample = await page.locator(".activity-map").getAttribute("data-cursor");
    assert.equal(await page.locator("[data-sample]").getAttribute("data-sample"), sample);

    await page.mouse.move(box.x + box.width * 0.25, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20, { steps: 4 });
    await page.mouse.up();
    const part = await text_of(page, ".part");
    const length = Number(part.match(/Distance\s+([\d.]+)/)[1]);
    assert.ok(Math.abs(length - newest_run.distance / 4000) < newest_run.distance / 40000, `${length} km is no quarter`);
    await picture(page, "activity-part");
    await page.locator(".channels").focus();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".part").count(), 0);
    await page.keyboard.press("ArrowRight");
    assert.ok(Number(await page.locator(".activity-map").getAttribute("data-cursor")) > 0);
  });
});

test("filters stand in the address, hold after a return, and go out as CSV", async () => {
  const runs = await dashboard.json("list", "--sport", "run", "--limit", "0");
  await with_page({}, async ({ page, show }) => {
    await show("/activities");
    const filters = page.locator("[role=search]");
    await filters.getByLabel("Sport").selectOption("Run");
    await page.waitForURL(/sport=Run/);
    const shown = Number((await text_of(page, ".totals dd")).replace(/\D/g, ""));
    assert.equal(shown, runs.filter((row) => row.sport_type === "Run").length);
    const [word] = newest_run.name.split(" ");
    await filters.getByLabel("Name").fill(word.toUpperCase());
    await page.waitForURL(/name=/);
    const names = await page.locator(".vt-body a").allInnerTexts();
    assert.ok(names.length > 0 && names.every((name) => name.toLowerCase().includes(word.toLowerCase())));
    await page.locator(".vt-body a").first().click();
    await page.waitForURL(/\/activity\/\d+/);
    await page.goBack();
    assert.equal(await filters.getByLabel("Sport").inputValue(), "Run");
    assert.deepEqual(await page.locator(".vt-body a").allInnerTexts(), names);
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
    const { readFileSync } = await import("node:fs");
    const lines = readFileSync(await file.path(), "utf8").trim().split("\r\n");
    assert.match(lines[0], /^activity_id,start_date_local,name/);
    assert.equal(lines.length - 1, Number(await page.locator("[role=grid]").getAttribute("aria-rowcount")) - 1);
  });
});

test("everything can be reached by keyboard", async () => {
  await with_page({}, async ({ page, show }) => {
    await show("/");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Skip to the content");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await page.waitForURL(/\/records$/);
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.waitForURL(/\/activities$/);
    await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "search");
    await page.locator("[role=grid]").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.locator("[role=grid]").getAttribute("aria-activedescendant"), "row-1");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/activity\/\d+$/);
  });
});

test("the map shows the tracks of a sport, and whose track a click hits", async () => {
  const rows = await dashboard.json("list", "--limit", "0");
  await with_page({}, async ({ page, show }) => {
    await show("/map");
    await page.locator(".map[data-drawn]").waitFor();
    await page.locator(".map-panel").getByLabel("Sport").selectOption("Ride");
    await page.waitForURL(/sport=Ride/);
    const rides = rows.filter((row) => row.sport_type === "Ride" && row.summary_polyline).length;
    assert.match(await text_of(page, ".map-panel p"), new RegExp(`^${rides} tracks`));
    // The link to the activities in view tells what is in view, so where on the screen a ride begins.
    await page.getByRole("link", { name: "Activities in this view" }).click();
    await page.waitForURL(/bbox=/);
    const [west, south, east, north] = new URL(page.url()).searchParams.get("bbox").split(",").map(Number);
    await show("/map?sport=Ride");
    await page.locator(".map[data-drawn]").waitFor();
    const ride = rows.find((row) => row.sport_type === "Ride" && row.start_lat > south && row.start_lat < north);
    const box = await page.locator(".map").boundingBox();
    await page.mouse.click(
      box.x + (box.width * (ride.start_lng - west)) / (east - west),
      box.y + (box.height * (north - ride.start_lat)) / (north - south),
    );
    const address = await page.locator(".found a").first().getAttribute("href");
    const hit = rows.find((row) => address === `/activity/${row.activity_id}`);
    assert.equal(hit.sport_type, "Ride");
  });
});

test("units and light or dark are remembered", async () => {
  await with_page({}, async ({ page, show }) => {
    await show(`/activity/${newest_run.activity_id}`);
    await page.getByRole("button", { name: /Units/ }).click();
    await page.getByRole("button", { name: /Theme/ }).click();
    const miles = (newest_run.distance / 1609.344).toFixed(2);
    assert.ok((await text_of(page, ".head-figures")).includes(`${miles} mi`));
    await page.reload();
    await page.locator(".head-figures").waitFor();
    assert.ok((await text_of(page, ".head-figures")).includes(`${miles} mi`));
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  });
});

test("a year becomes a picture, and any view prints", async () => {
  await with_page({}, async ({ page, show }) => {
    await show("/calendar");
    const button = page.getByRole("button", { name: "Save as picture" });
    const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
    assert.match(file.suggestedFilename(), /^harrier-\d{4}\.png$/);
    if (process.env.HARRIER_PICTURES) await file.saveAs(`${process.env.HARRIER_PICTURES}/year.png`);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".side").isVisible(), false);
    await picture(page, "calendar-print");
  });
});

test("an empty archive says how to fill it", async () => {
  await with_page({}, async ({ page, show }) => {
    await page.route("**/api/session", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), empty: true } });
    });
    await show("/records");
    assert.match(await text_of(page, "main"), /harrier login\s+harrier sync/);
    assert.deepEqual(await axe(page), []);
    await picture(page, "empty");
  });
});
