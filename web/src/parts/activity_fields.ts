// SPDX-License-Identifier: MIT
// The fields of an activity that the table can show: their titles, and how people read them.

import type { Units } from "../units";
import * as read from "../units";
import type { TableColumn } from "./virtual_table";

export interface Field extends TableColumn {
  text: (value: unknown, sport: string, units: Units) => string;
}

const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));
const as_number = (value: unknown): number | null => (typeof value === "number" ? value : null);
const number =
  (unit: string) =>
  (value: unknown): string =>
    as_number(value) === null ? "" : `${read.number(as_number(value))}${unit}`;
const filled = (shown: string): string => (shown === read.none ? "" : shown);
const yes = (value: unknown): string => (value === true ? "yes" : "");

const workouts: Record<number, string> = { 1: "race", 2: "long run", 3: "workout", 11: "race", 12: "workout" };

export const fields: Field[] = [
  { key: "start_date_local", title: "Date", width: 152, text: (value) => filled(read.day(value as string | null)) },
  { key: "name", title: "Name", width: 150, grows: true, text },
  { key: "sport_type", title: "Sport", width: 108, text: (value) => read.sport_name(text(value)) },
  {
    key: "distance",
    title: "Distance",
    width: 92,
    is_number: true,
    text: (value, _, units) => (as_number(value) ? read.distance(as_number(value), units) : ""),
  },
  { key: "moving_time", title: "Time", width: 84, is_number: true, text: (value) => filled(read.duration(as_number(value))) },
  {
    key: "average_speed",
    title: "Pace",
    width: 104,
    is_number: true,
    text: (value, sport, units) => filled(read.pace(as_number(value), sport, units)),
  },
  {
    key: "total_elevation_gain",
    title: "Climb",
    width: 86,
    is_number: true,
    text: (value, _, units) => filled(read.height(as_number(value), units)),
  },
  { key: "average_heartrate", title: "Heart rate", width: 96, is_number: true, text: number(" bpm") },
  { key: "max_heartrate", title: "Highest HR", width: 102, is_number: true, text: number(" bpm") },
  {
    key: "average_cadence",
    title: "Cadence",
    width: 92,
    is_number: true,
    text: (value, sport) => filled(read.cadence(as_number(value), sport)),
  },
  { key: "average_watts", title: "Power", width: 80, is_number: true, text: number(" W") },
  { key: "suffer_score", title: "Effort", width: 74, is_number: true, text: number("") },
  {
    key: "average_temp",
    title: "Temperature",
    width: 108,
    is_number: true,
    text: (value, _, units) => filled(read.temperature(as_number(value), units)),
  },
  { key: "elapsed_time", title: "Elapsed", width: 84, is_number: true, text: (value) => filled(read.duration(as_number(value))) },
  { key: "workout_type", title: "Kind", width: 86, text: (value) => workouts[as_number(value) ?? -1] ?? "" },
  { key: "gear_name", title: "Gear", width: 140, text },
  { key: "device_name", title: "Device", width: 130, text },
  { key: "trainer", title: "Indoors", width: 80, text: yes },
  { key: "commute", title: "Commute", width: 88, text: yes },
  { key: "private", title: "Private", width: 80, text: yes },
  { key: "sources", title: "Sources", width: 140, text },
];

export const field_of = new Map(fields.map((field) => [field.key, field]));
export const first_fields = fields.slice(0, 8).map(({ key }) => key);
export const narrow_fields = ["start_date_local", "name", "distance"];
export const asked_fields = ["activity_id", "gear_id", ...fields.map(({ key }) => key)];
