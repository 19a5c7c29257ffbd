// SPDX-License-Identifier: MIT
// An archive that a sync from the local Strava filled, the dashboard over it, and a browser that writes down everything
// a page must not do.

import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
export const { chromium } = require("playwright-core");
export const axe_file = require.resolve("axe-core/axe.min.js");
const binary = process.env.HARRIER ?? "harrier";
const stand_in = fileURLToPath(new URL("../../web/dev/mock.mjs", import.meta.url));
const run_file = promisify(execFile);

// The first match in what a new child prints; the child goes on.
function start(file, words, environment, pattern) {
  const child = spawn(file, words, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  const found = new Promise((resolve, reject) => {
    const take = (bytes) => {
      printed += bytes;
      const match = printed.match(pattern);
      if (match) resolve(match[0]);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("close", () => reject(new Error(`${words[0]} ended without ${pattern}:\n${printed}`)));
  });
  return { child, found };
}

export class Dashboard {
  #children = [];
  #endings = [];

  // `emulator` are flags for the local Strava.
  static async start(...emulator_flags) {
    const made = new Dashboard();
    made.folder = mkdtempSync(join(tmpdir(), "harrier-page-"));
    const clean = { PATH: process.env.PATH, HOME: made.folder, TZ: "UTC", LANG: "C.UTF-8" };
    const line = await made.#child(binary, ["emulator", "--port", "0", "--auto-approve", "--rate-limit", "100000,100000", ...emulator_flags], clean, /^\{.*\}$/m);
    const emulator = JSON.parse(line);
    made.environment = {
      ...clean,
      HARRIER_HOME: join(made.folder, "home"),
      HARRIER_API_BASE: emulator.api_base,
      HARRIER_OAUTH_BASE: emulator.oauth_base,
      HARRIER_CLIENT_ID: emulator.client_id,
      HARRIER_CLIENT_SECRET: emulator.client_secret,
    };
    const login = start(binary, ["login", "--no-browser"], made.environment, /http:\/\/127\.0\.0\.1:\S*authorize\S*/);
    const is_over = new Promise((resolve) => login.child.on("close", resolve));
    await (await fetch(await login.found)).text();
    await is_over;
    await made.run("sync");
    return made;
  }

  async #child(file, words, environment, pattern) {
    const { child, found } = start(file, words, environment, pattern);
    this.#children.push(child);
    this.#endings.push(new Promise((end) => child.on("close", end)));
    return found;
  }

  async run(...words) {
    const { stdout } = await run_file(binary, words, { env: this.environment, maxBuffer: 1 << 28 });
    return stdout;
  }

  async json(...words) {
    return JSON.parse(await this.run(...words, "--json"));
  }

  // Until the program has the command, the stand-in shows what the commands print.
  async serve() {
    const has_command = await this.run("serve", "--help").then(() => true, () => false);
    if (!has_command) {
      const environment = { ...this.environment, HARRIER: binary };
      this.address = await this.#child("node", [stand_in, "0"], environment, /http:\/\/127\.0\.0\.1:\d+/);
      return;
    }
    this.address = await this.#child(binary, ["serve", "--port", "0"], this.environment, /http:\/\/127\.0\.0\.1:\d+/);
  }

  async stop() {
    for (const child of this.#children) child.kill("SIGTERM");
    await Promise.all(this.#endings);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function launch_browser() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--enable-unsafe-swiftshader",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

// What Chromium says of a drawing without a graphics card is no fault of the page.
const of_the_card = /GL Driver Message|WebGL|swiftshader/i;

// Until nothing has been asked for during a tenth of a second; the stream of events stays open. A request that never
// ends is no reason to wait for ever: what needs its answer will say so.
async function is_quiet(page, under_way) {
  const last = Date.now() + 5000;
  for (let quiet = 0; quiet < 4 && Date.now() < last; quiet = under_way.size === 0 ? quiet + 1 : 0) {
    await page.waitForTimeout(25);
  }
}

// A page and the list of what it did that it must not do.
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    colorScheme: options.scheme ?? "light",
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !of_the_card.test(message.text())) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["blob:", "data:"].includes(url.protocol) && url.origin !== address) faults.push(`request: ${url}`);
  });
  const under_way = new Set();
  page.on("request", (request) => !request.url().endsWith("/api/events") && under_way.add(request));
  page.on("requestfinished", (request) => under_way.delete(request));
  page.on("requestfailed", (request) => under_way.delete(request));
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  await page.exposeFunction("harrier_report", (text) => faults.push(`policy: ${text}`));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) =>
      globalThis.harrier_report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
    );
  });
  const show = async (path) => {
    under_way.clear();
    await page.goto(address + path);
    await page.locator("main h1, main .large, main .failure").first().waitFor();
    await is_quiet(page, under_way);
  };
  return { page, faults, show, close: () => context.close() };
}

const pictures = process.env.HARRIER_PICTURES;

export async function picture(page, name, is_whole = true) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: is_whole });
}

// What axe-core finds serious or critical, one line each.
export async function axe(page) {
  await page.evaluate(readFileSync(axe_file, "utf8")); // past the policy, as a developer's console is
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}

export function write_captures(folder, activities) {
  const file = join(folder, "captures.json");
  writeFileSync(file, JSON.stringify(activities));
  return file;
}
