// SPDX-License-Identifier: MIT
// Which activities are chosen, in which order; and their sums. Works on the columns as the server gives them.

import type { ActivityTable, Sums } from "../types";

export interface Filter {
  name: string;
  sport: string;
  since: string; // YYYY-MM-DD, or its beginning
  until: string;
  gear: string;
  is_race: boolean;
  min_distance: number | null; // m
  max_distance: number | null;
  ids: Set<number> | null; // only these
}

export class Columns {
  private readonly at = new Map<string, unknown[]>();
  readonly count: number;

  constructor(table: ActivityTable) {
    table.names.forEach((name, index) => this.at.set(name, table.columns[index] ?? []));
    this.count = table.count;
  }

  get(name: string, row: number): unknown {
    return this.at.get(name)?.[row] ?? null;
  }

  column(name: string): unknown[] {
    return this.at.get(name) ?? [];
  }
}

const is_race = (kind: unknown): boolean => kind === 1 || kind === 11;

export function choose(columns: Columns, filter: Filter): number[] {
  const words = filter.name.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const rows: number[] = [];
  for (let row = 0; row < columns.count; row += 1) {
    if (filter.sport && columns.get("sport_type", row) !== filter.sport) continue;
    if (filter.gear && columns.get("gear_id", row) !== filter.gear) continue;
    if (filter.is_race && !is_race(columns.get("workout_type", row))) continue;
    const date = String(columns.get("start_date_local", row) ?? "");
    if (filter.since && date.slice(0, filter.since.length) < filter.since) continue;
    if (filter.until && date.slice(0, filter.until.length) > filter.until) continue;
    const distance = Number(columns.get("distance", row) ?? 0);
    if (filter.min_distance !== null && distance < filter.min_distance) continue;
    if (filter.max_distance !== null && distance > filter.max_distance) continue;
    if (filter.ids && !filter.ids.has(Number(columns.get("activity_id", row)))) continue;
    if (words.length > 0) {
      const name = String(columns.get("name", row) ?? "").toLocaleLowerCase();
      if (!words.every((word) => name.includes(word))) continue;
    }
    rows.push(row);
  }
  return rows;
}

// Absent values come last in either order.
export function order(columns: Columns, rows: number[], key: string, is_descending: boolean): number[] {
  const values = columns.column(key);
  const sign = is_descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const x = values[a] ?? null;
    const y = values[b] ?? null;
    if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1;
    const difference =
      typeof x === "string" && typeof y === "string" ? (x < y ? -1 : x > y ? 1 : 0) : Number(x) - Number(y);
    return difference === 0 ? a - b : sign * difference;
  });
}

export function sums(columns: Columns, rows: number[]): Sums {
  const total = (name: string): number => {
    const values = columns.column(name);
    return rows.reduce((sum, row) => sum + Number(values[row] ?? 0), 0);
  };
  return {
    count: rows.length,
    distance: total("distance"),
    moving_time: total("moving_time"),
    total_elevation_gain: total("total_elevation_gain"),
  };
}

const csv_field = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) || text === "" ? `"${text.replaceAll('"', '""')}"` : text;
};

// RFC 4180, with the archive's own names and units.
export function to_csv(columns: Columns, rows: number[], names: string[]): string {
  const lines = [names.join(",")];
  for (const row of rows) lines.push(names.map((name) => csv_field(columns.get(name, row))).join(","));
  return `${lines.join("\r\n")}\r\n`;
}
