// SPDX-License-Identifier: MIT
// Writes src/generated/land.json: the outline of land that tracks are drawn over when no tile source is set. It is
// Natural Earth's 1:110m land (public domain), from the world-atlas package, simplified to what a world map shows.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { feature } from "topojson-client";
import { filter, filterWeight, presimplify, simplify } from "topojson-simplify";

const smallest_triangle = 0.02; // square degrees
const smallest_island = 0.3; // square degrees

const source = createRequire(import.meta.url).resolve("world-atlas/land-110m.json");
const world = presimplify(JSON.parse(readFileSync(source, "utf8")));
const simple = filter(simplify(world, smallest_triangle), filterWeight(world, smallest_island));
const land = feature(simple, simple.objects.land);
const text = JSON.stringify(land, (_, value) => (typeof value === "number" ? Math.round(value * 100) / 100 : value));

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "src", "generated");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "land.json"), text);
console.log(`land.json: ${(text.length / 1000).toFixed(0)} kB`);
