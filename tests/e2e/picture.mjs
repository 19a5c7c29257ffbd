// SPDX-License-Identifier: MIT
// Draws docs/terminal.png: what some commands print on a terminal, taken from the program itself.
//   HARRIER=path node picture.mjs HOME_WITH_AN_ARCHIVE OUT.png COMMAND…      each COMMAND as: "runs --limit 5"

import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";

const columns = 96;
const [home, out, ...commands] = process.argv.slice(2);

// What the command prints on a terminal, colours included.
function printed(command) {
  const line = `stty cols ${columns}; '${process.env.HARRIER}' --home '${home}' ${command}`;
  const environment = { ...process.env, TERM: "xterm-256color", LC_ALL: "C.UTF-8" };
  return execFileSync("script", ["-qec", line, "/dev/null"], { env: environment, encoding: "utf8" });
}

const classes = { 0: "", 1: "bold", 2: "dim", 31: "red", 32: "green", 33: "yellow", 34: "blue", 35: "violet", 36: "cyan" };

function to_html(text) {
  const escaped = text.replace(/\r/g, "").replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const coloured = escaped.replace(/\x1b\[([\d;]*)m/g, (_, codes) => {
    const names = codes.split(";").map((code) => classes[Number(code)] ?? "");
    return `</span><span class="${names.join(" ")}">`;
  });
  return `<span>${coloured.replace(/\x1b\[[\d;?]*[A-Za-z]/g, "")}</span>`;
}

const body = commands
  .map((command) => `<span class="prompt">$</span> <span class="bold">harrier ${command}</span>\n${to_html(printed(command))}`)
  .join("\n");
const page_source = `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; background: #fff; }
  pre { display: inline-block; margin: 14px; padding: 18px 22px; border-radius: 10px; background: #10161c; color: #d7dde3;
        font: 14px/1.35 "DejaVu Sans Mono", monospace; min-width: ${columns}ch; }
  .bold { font-weight: bold } .dim { color: #8b98a5 } .prompt { color: #58b98a } .red { color: #ff7b72 }
  .green { color: #7ee787 } .yellow { color: #e3b341 } .blue { color: #79c0ff } .violet { color: #d2a8ff } .cyan { color: #76e3ea }
</style><pre>${body.trimEnd()}</pre>`;

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ deviceScaleFactor: 1.5, viewport: { width: 900, height: 200 } });
await page.setContent(page_source);
await page.locator("pre").screenshot({ path: out });
await browser.close();
