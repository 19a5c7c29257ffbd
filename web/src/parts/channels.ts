// SPDX-License-Identifier: MIT
// What an activity's charts show: one channel each, in the reader's units.

import type { Streams } from "../types";
import { duration, has_pace, has_steps, height_name, height_value, number, pace_name, pace_value, type Units } from "../units";
import { quantiles, smooth } from "./samples";

type Values = (number | null)[];

export interface Channel {
  key: string;
  title: string;
  unit: string;
  colour: string;
  values: Values;
  second?: { title: string; values: Values }; // a thin line beside it
  text: (value: number) => string;
  range: [number, number];
  is_reversed: boolean; // small values on top, as of pace
  is_filled: boolean;
}

function padded(values: Values, low_share: number, high_share: number, least: number): [number, number] {
  const [low = 0, high = 1] = quantiles(values, [low_share, high_share]);
  const room = Math.max((high - low) * 0.12, least);
  return [low - room, high + room];
}

const slowest = 0.5; // m/s; slower is standing

function speed_channel(streams: Streams, sport: string, units: Units): Channel | null {
  const speeds = streams.velocity_smooth;
  if (!speeds) return null;
  const graded = streams.grade_adjusted_speed;
  const by_pace = has_pace(sport) || sport === "Swim";
  const shown = (speed: number | null): number | null => {
    if (speed === null || speed === undefined) return null;
    if (by_pace) return speed < slowest ? null : pace_value(speed, sport, units);
    return (speed * 3600) / (units === "metric" ? 1000 : 1609.344);
  };
  const values = smooth(speeds, 5).map(shown);
  const channel: Channel = {
    key: "pace",
    title: by_pace ? "Pace" : "Speed",
    unit: pace_name(sport, units),
    colour: "c1",
    values,
    text: by_pace ? duration : (value) => number(value, 1),
    range: padded(values, 0.005, 0.97, by_pace ? 15 : 1),
    is_reversed: by_pace,
    is_filled: false,
  };
  if (graded && by_pace) channel.second = { title: "Grade adjusted", values: smooth(graded, 5).map(shown) };
  return channel;
}

// Those that the activity has.
export function channels_of(streams: Streams, sport: string, units: Units): Channel[] {
  const found: Channel[] = [];
  const speed = speed_channel(streams, sport, units);
  if (speed) found.push(speed);
  const add = (
    key: string,
    title: string,
    unit: string,
    colour: string,
    values: Values | null,
    least: number,
    digits = 0,
    is_filled = false,
  ): void => {
    if (!values || !values.some((value) => value !== null)) return;
    const low = key === "altitude" ? 0 : 0.02;
    const range = padded(values, low, 1, least);
    found.push({
      key,
      title,
      unit,
      colour,
      values,
      range,
      text: (value) => number(value, digits),
      is_reversed: false,
      is_filled,
    });
  };
  const heights = streams.altitude?.map((value) => (value === null ? null : height_value(value, units))) ?? null;
  const steps = streams.cadence?.map((value) => (value === null ? null : value * (has_steps(sport) ? 2 : 1))) ?? null;
  add("heartrate", "Heart rate", "bpm", "c2", streams.heartrate, 4);
  add("altitude", "Elevation", height_name(units), "c4", heights, 5, 0, true);
  add("cadence", "Cadence", has_steps(sport) ? "spm" : "rpm", "c3", steps ? smooth(steps, 3) : null, 4);
  add("watts", "Power", "W", "c5", streams.watts ? smooth(streams.watts, 3) : null, 10);
  return found;
}
