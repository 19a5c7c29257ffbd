// SPDX-License-Identifier: MIT
// Prints the figures of a JSON array of activities, sorted by id: sport, distance, moving time and climb of each, their
// sums, and the count per sport. Sums are exact: decimal digits, no binary fractions.
//   node figures.mjs ID_FIELD FILE

import { readFileSync } from "node:fs";

const [id_field, file] = process.argv.slice(2);
const fields = ["distance", "moving_time", "total_elevation_gain"];

// "5012.3" -> 5012300000n, in millionths. The shortest text of a number is the one in the file.
function millionths(number) {
  const text = String(number);
  const [, sign, whole, fraction = ""] = text.match(/^(-?)(\d+)(?:\.(\d{1,6}))?$/) ?? [];
  if (whole === undefined) throw new Error(`not a plain decimal number: ${text}`);
  return BigInt(`${sign}${whole}${fraction.padEnd(6, "0")}`);
}

const sums = fields.map(() => 0n);
const sports = new Map();
const lines = [];
for (const activity of JSON.parse(readFileSync(file, "utf8"))) {
  const row = fields.map((field) => activity[field] ?? 0);
  row.forEach((number, index) => (sums[index] += millionths(number)));
  sports.set(activity.sport_type, (sports.get(activity.sport_type) ?? 0) + 1);
  lines.push([activity[id_field], activity.sport_type, activity.start_date, ...row].join(" "));
}
console.log(lines.sort().join("\n"));
fields.forEach((field, index) => console.log(`sum of ${field}: ${sums[index]} millionths`));
for (const sport of [...sports.keys()].sort()) console.log(`${sport}: ${sports.get(sport)}`);
