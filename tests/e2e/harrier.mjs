// SPDX-License-Identifier: MIT
// Runs harrier for a browser test: a local Strava, and a login whose browser is us.

import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const binary = process.env.HARRIER ?? "harrier";

// A running child: what it printed so far, and its end.
class Child {
  constructor(args, environment) {
    this.stdout = "";
    this.stderr = "";
    this.process = spawn(binary, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    this.process.stdout.on("data", (bytes) => this.#take("stdout", bytes));
    this.process.stderr.on("data", (bytes) => this.#take("stderr", bytes));
    this.waiting = [];
    this.is_over = false;
    this.ended = new Promise((resolve) =>
      this.process.on("close", (code) => {
        this.is_over = true;
        this.#wake();
        resolve(code);
      }),
    );
  }

  #take(stream, bytes) {
    this[stream] += bytes;
    this.#wake();
  }

  #wake() {
    for (const look of this.waiting) look();
  }

  get printed() {
    return this.stdout + this.stderr;
  }

  // The first match in what it prints; an error when it ends without one.
  async match(pattern) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.printed.match(pattern);
        if (found) resolve(found);
        else if (this.is_over) reject(new Error(`ended without ${pattern}:\n${this.printed}`));
      };
      this.waiting.push(look);
      look();
    });
  }

  stop() {
    this.process.kill("SIGTERM");
    return this.ended;
  }
}

export async function start_emulator(...flags) {
  const child = new Child(["emulator", "--port", "0", ...flags], { PATH: process.env.PATH, HOME: tmpdir() });
  const [line] = await child.match(/^\{.*\}$/m);
  return { ...JSON.parse(line), stop: () => child.stop() };
}

// A home of its own, and a BROWSER that only writes down the address it is given; the test's browser goes there.
export class Home {
  constructor(emulator) {
    this.folder = mkdtempSync(join(tmpdir(), "harrier-e2e-"));
    const opener = join(this.folder, "opener");
    writeFileSync(opener, `#!/bin/sh\nprintf 'OPENED %s\\n' "$1" > '${join(this.folder, "opened")}'\n`);
    chmodSync(opener, 0o755);
    this.environment = {
      PATH: process.env.PATH,
      HOME: this.folder,
      BROWSER: opener,
      HARRIER_HOME: join(this.folder, "home"),
      HARRIER_API_BASE: emulator.api_base,
      HARRIER_OAUTH_BASE: emulator.oauth_base,
      HARRIER_CLIENT_ID: emulator.client_id,
      HARRIER_CLIENT_SECRET: emulator.client_secret,
    };
  }

  run(...args) {
    return new Child(args, this.environment);
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
