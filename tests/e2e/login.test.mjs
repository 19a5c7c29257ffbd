// SPDX-License-Identifier: MIT
// A real Chromium logs in at the local Strava, opened by `harrier login` itself.

import assert from "node:assert/strict";
import { existsSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

import { Home, start_emulator } from "./harrier.mjs";

let emulator;

before(async () => {
  emulator = await start_emulator();
});
after(() => emulator?.stop());

// The address that harrier gave to the opener of web pages.
function opened_address(home) {
  const file = join(home.folder, "opened");
  return new Promise((resolve) => {
    const look = () => {
      const found = existsSync(file) && readFileSync(file, "utf8").match(/^OPENED (.*)\n/);
      if (!found) return;
      watcher.close();
      resolve(found[1]);
    };
    const watcher = watch(home.folder, look);
    look();
  });
}

async function with_browser(home, use) {
  const context = await chromium.launchPersistentContext(join(home.folder, "browser"), {
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  try {
    return await use(context);
  } finally {
    await context.close();
  }
}

// Logs in as a person would; `click` does what the person does on the consent page. Gives what harrier printed,
// its exit code, and what the browser kept of the redirect.
async function log_in(click, ...flags) {
  const home = new Home(emulator);
  try {
    const login = home.run("login", ...flags);
    const address = await Promise.race([
      opened_address(home),
      login.ended.then((code) => {
        throw new Error(`harrier login ended with ${code}:\n${login.printed}`);
      }),
    ]);
    return await with_browser(home, async (context) => {
      const requests = [];
      context.on("request", (request) => requests.push(request));
      const page = await context.newPage();
      await page.goto(address);
      await click(page);
      await page.waitForURL((url) => url.origin === new URL(address).origin);
      const code = await login.ended;
      const status = home.run("status", "--json");
      await status.ended;
      return {
        code,
        printed: login.printed,
        address,
        status: status.stdout,
        kept: await what_the_browser_kept(context, page, requests),
      };
    });
  } finally {
    home.remove();
  }
}

async function what_the_browser_kept(context, page, requests) {
  const devtools = await context.newCDPSession(page);
  const history = await devtools.send("Page.getNavigationHistory");
  const referrers = [];
  for (const request of requests) {
    const { referer } = await request.allHeaders();
    if (referer) referrers.push(referer);
  }
  return {
    url: page.url(),
    title: await page.title(),
    text: await page.innerText("body"),
    html: await page.content(),
    referrer: await page.evaluate(() => document.referrer),
    address: await page.evaluate(() => JSON.stringify([document.URL, document.cookie, document.baseURI])),
    history: history.entries.map((entry) => `${entry.url} ${entry.userTypedURL} ${entry.title}`),
    referrers,
  };
}

// The consent page's own address, with the state, stays in the history: it was there before the redirect. The
// address that carried the code does not.
function assert_no_trace_of_the_code(kept) {
  for (const [place, value] of Object.entries(kept)) {
    assert.doesNotMatch(JSON.stringify(value), /\bcode=/, `${place} keeps the code`);
  }
  const { history, ...page } = kept;
  assert.doesNotMatch(JSON.stringify(page), /\bstate=/);
  assert.equal(kept.referrer, "");
  assert.match(kept.url, /^http:\/\/127\.0\.0\.1:\d+\/done$/);
}

test("unticking a box logs in and says what is missing", async () => {
  const login = await log_in(async (page) => {
    await page.getByRole("checkbox", { name: "profile:read_all" }).uncheck();
    await page.getByRole("button", { name: "Authorize" }).click();
  });
  assert.equal(login.code, 0, login.printed);
  assert.match(login.printed, /Logged in as \S+/);
  assert.match(login.printed, /profile:read_all/);
  assert.match(login.printed, /harrier login --scope \S*profile:read_all/);
  assert.deepEqual(JSON.parse(login.status).missing_scopes, ["profile:read_all"]);
  assert_no_trace_of_the_code(login.kept);
});

test("the address of the opened page tells neither client nor state", async () => {
  const login = await log_in((page) => page.getByRole("button", { name: "Authorize" }).click());
  assert.equal(login.code, 0, login.printed);
  assert.match(login.address, /^http:\/\/127\.0\.0\.1:\d+\/start\/[\w-]+$/);
  assert.deepEqual(JSON.parse(login.status).missing_scopes, []);
  assert.doesNotMatch(login.printed, new RegExp(emulator.client_secret));
  assert_no_trace_of_the_code(login.kept);
});

test("Cancel is answered with a plain sentence and a cure", async () => {
  const login = await log_in((page) => page.getByRole("button", { name: "Cancel" }).click());
  assert.equal(login.code, 4, login.printed);
  assert.match(login.printed, /Cancel/);
  assert.match(login.printed, /harrier login/);
  assert.doesNotMatch(login.printed, /Logged in/);
  assert_no_trace_of_the_code(login.kept);
});
