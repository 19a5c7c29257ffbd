// SPDX-License-Identifier: MIT
// What follows from all efforts over one distance: the records as they fell, and the best of each year.

import type { RecordRow } from "../types";

const by_date = (a: RecordRow, b: RecordRow): number => (a.start_date_local < b.start_date_local ? -1 : 1);

// The oldest first; each is faster than all before it.
export function progression(efforts: RecordRow[]): RecordRow[] {
  const steps: RecordRow[] = [];
  for (const effort of [...efforts].sort(by_date)) {
    const last = steps[steps.length - 1];
    if (!last || effort.elapsed_time < last.elapsed_time) steps.push(effort);
  }
  return steps;
}

// The newest year first.
export function best_by_year(efforts: RecordRow[]): RecordRow[] {
  const best = new Map<string, RecordRow>();
  for (const effort of efforts) {
    const year = effort.start_date_local.slice(0, 4);
    const known = best.get(year);
    if (!known || effort.elapsed_time < known.elapsed_time) best.set(year, effort);
  }
  return [...best.entries()].sort((a, b) => (a[0] < b[0] ? 1 : -1)).map(([, effort]) => effort);
}
