// SPDX-License-Identifier: MIT
// Tracks in the plane of Web Mercator (0 to 1, north up), as the heat map draws and finds them.

import type { Tracks } from "../types";
import type { Bounds } from "./geo";
import { decode } from "./polyline";

export interface Track {
  id: number;
  sport: string;
  year: number;
  points: Float64Array; // x, y, x, y …
  box: [number, number, number, number]; // x from, y from, x to, y to
}

export const mercator_x = (lng: number): number => lng / 360 + 0.5;
export function mercator_y(lat: number): number {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
const longitude = (x: number): number => (x - 0.5) * 360;
const latitude = (y: number): number => (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;

export function read_tracks(tracks: Tracks): Track[] {
  const found: Track[] = [];
  tracks.tracks.forEach((text, i) => {
    const degrees = decode(text);
    if (degrees.length < 2) return;
    const points = new Float64Array(degrees.length * 2);
    const box: Track["box"] = [Infinity, Infinity, -Infinity, -Infinity];
    degrees.forEach(([lng, lat], k) => {
      const x = mercator_x(lng);
      const y = mercator_y(lat);
      points[2 * k] = x;
      points[2 * k + 1] = y;
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    });
    found.push({ id: tracks.ids[i] ?? 0, sport: tracks.sports[i] ?? "", year: tracks.years[i] ?? 0, points, box });
  });
  return found;
}

// Where most tracks begin: a trip to the other side of the world does not hide home.
export function home_of(tracks: Track[]): [number, number] {
  const middle = (axis: number): number => {
    const values = tracks.map(({ points }) => points[axis] as number).sort((a, b) => a - b);
    return values[values.length >> 1] ?? 0.5;
  };
  return [middle(0), middle(1)];
}

// Of the tracks around home.
export function home_bounds(tracks: Track[]): Bounds {
  const [x, y] = home_of(tracks);
  const near = 0.0015; // of the world: half a degree
  const box: Track["box"] = [x, y, x, y];
  for (const { box: own } of tracks) {
    if (own[0] < x - near || own[2] > x + near || own[1] < y - near || own[3] > y + near) continue;
    box[0] = Math.min(box[0], own[0]);
    box[1] = Math.min(box[1], own[1]);
    box[2] = Math.max(box[2], own[2]);
    box[3] = Math.max(box[3], own[3]);
  }
  return [
    [longitude(box[0]), latitude(box[3])],
    [longitude(box[2]), latitude(box[1])],
  ];
}

// The ids of the tracks that pass within `reach` (of the world) of a point.
export function tracks_near(tracks: Track[], x: number, y: number, reach: number): number[] {
  const passes = ({ points, box }: Track): boolean => {
    if (x < box[0] - reach || x > box[2] + reach || y < box[1] - reach || y > box[3] + reach) return false;
    for (let i = 2; i < points.length; i += 2) {
      const [ax, ay] = [points[i - 2] as number, points[i - 1] as number];
      const [dx, dy] = [(points[i] as number) - ax, (points[i + 1] as number) - ay];
      const along = ((x - ax) * dx + (y - ay) * dy) / Math.max(dx * dx + dy * dy, 1e-30);
      const t = Math.max(0, Math.min(1, along));
      if (Math.hypot(ax + t * dx - x, ay + t * dy - y) <= reach) return true;
    }
    return false;
  };
  return tracks.filter(passes).map(({ id }) => id);
}

export function line_of(track: Track | undefined): GeoJSON.FeatureCollection {
  const coordinates: GeoJSON.Position[] = [];
  const points = track?.points ?? new Float64Array();
  for (let i = 0; i < points.length; i += 2) {
    coordinates.push([longitude(points[i] as number), latitude(points[i + 1] as number)]);
  }
  const features: GeoJSON.Feature[] =
    coordinates.length > 1 ? [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } }] : [];
  return { type: "FeatureCollection", features };
}
