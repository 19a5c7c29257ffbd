// SPDX-License-Identifier: MIT
// The samples of one activity as charts and map need them, and the cursor that they share.

import type { Streams } from "../types";

type Values = (number | null)[];

export class Cursor {
  private readonly listeners = new Set<(sample: number | null, from: unknown) => void>();
  sample: number | null = null;

  // `from` is who moved it, so that they need not follow themselves.
  move(sample: number | null, from: unknown): void {
    if (sample === this.sample) return;
    this.sample = sample;
    for (const listener of this.listeners) listener(sample, from);
  }

  follow(listener: (sample: number | null, from: unknown) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

export interface Range {
  from: number; // samples, both included
  to: number;
}

export const sample_count = (streams: Streams): number => streams.time?.length ?? streams.distance?.length ?? 0;

// Where a sample stands in the whole recording, and back.
export const whole_index = (streams: Streams, sample: number): number => streams.index?.[sample] ?? sample;

export function sample_at(streams: Streams, whole: number): number {
  const index = streams.index;
  if (!index) return Math.min(whole, sample_count(streams) - 1);
  return nearest(index, whole);
}

// The place of the nearest value in a rising list; missing values are passed over.
export function nearest(values: Values, wanted: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? -Infinity) < wanted) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && wanted - (values[low - 1] ?? -Infinity) < (values[low] ?? Infinity) - wanted) return low - 1;
  return low;
}

// The mean of what is there around each sample.
export function smooth(values: Values, reach: number): Values {
  return values.map((value, i) => {
    if (value === null || value === undefined) return null;
    let sum = 0;
    let count = 0;
    for (let k = Math.max(0, i - reach); k <= Math.min(values.length - 1, i + reach); k += 1) {
      const near = values[k];
      if (near === null || near === undefined) continue;
      sum += near;
      count += 1;
    }
    return sum / count;
  });
}

// The values below which the given shares lie.
export function quantiles(values: Values, shares: number[]): number[] {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  known.sort((a, b) => a - b);
  return shares.map((share) => known[Math.round(share * (known.length - 1))] ?? 0);
}

export type Colouring = "pace" | "heartrate" | "grade" | "speed";

// What the track can be coloured by, and the values.
export function colour_values(streams: Streams, by: Colouring): Values | null {
  if (by === "heartrate") return streams.heartrate;
  if (by === "grade") return streams.grade_smooth;
  return streams.velocity_smooth ? smooth(streams.velocity_smooth, 4) : null;
}

export const shades = ["z1", "z2", "z3", "z4", "z5"] as const;

export interface Shading {
  limits: number[]; // between the shades
  of: (value: number | null | undefined) => number; // the number of its shade, -1 for a missing value
}

export function shading(values: Values): Shading {
  const limits = quantiles(values, [0.1, 0.35, 0.65, 0.9]);
  return {
    limits,
    of: (value) => {
      if (value === null || value === undefined) return -1;
      const above = limits.findIndex((limit) => value < limit);
      return above === -1 ? limits.length : above;
    },
  };
}

// The track in pieces of one shade each, which touch.
export function shaded_track(streams: Streams, values: Values | null): GeoJSON.FeatureCollection {
  const latlng = streams.latlng ?? [];
  const shade = values ? shading(values) : null;
  const features: GeoJSON.Feature[] = [];
  let piece: GeoJSON.Position[] = [];
  let piece_shade = -2;
  const end = (): void => {
    if (piece.length > 1) {
      features.push({
        type: "Feature",
        properties: { shade: piece_shade },
        geometry: { type: "LineString", coordinates: piece },
      });
    }
  };
  latlng.forEach((point, i) => {
    if (!point) {
      end();
      piece = [];
      piece_shade = -2;
      return;
    }
    const now = shade ? shade.of(values?.[i]) : -1;
    const position = [point[1], point[0]];
    if (now !== piece_shade && piece.length > 0) {
      piece.push(position);
      end();
      piece = [];
    }
    piece_shade = now;
    piece.push(position);
  });
  end();
  return { type: "FeatureCollection", features };
}
