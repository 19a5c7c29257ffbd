// SPDX-License-Identifier: MIT
// Small things that maps are made of, without the map itself.

import type { GeoJSONSource, Map } from "maplibre-gl";

export type Bounds = [[number, number], [number, number]]; // [west, south], [east, north]

export const empty_collection: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

export function source_of(map: Map, name: string): GeoJSONSource | undefined {
  return map.getSource(name) as GeoJSONSource | undefined;
}

export function bounds_of(points: Iterable<readonly [number, number]>): Bounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of points) {
    west = Math.min(west, lng);
    east = Math.max(east, lng);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  if (west > east) return null;
  return [
    [west, south],
    [east, north],
  ];
}
