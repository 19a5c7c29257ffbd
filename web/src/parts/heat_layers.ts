// SPDX-License-Identifier: MIT
// All tracks as thin lines that add up where they lie on each other, and the explored tiles below them.

import type { FilterSpecification } from "maplibre-gl";
import { colour } from "../prefs";
import type { Tracks } from "../types";
import type { BaseMap } from "./base_map";
import { type Bounds, empty_collection } from "./geo";
import { decode } from "./polyline";

export function track_features(tracks: Tracks): GeoJSON.FeatureCollection {
  const features: GeoJSON.Feature[] = [];
  tracks.tracks.forEach((text, i) => {
    const coordinates = decode(text);
    if (coordinates.length < 2) return;
    features.push({
      type: "Feature",
      properties: { id: tracks.ids[i], sport: tracks.sports[i], year: tracks.years[i] },
      geometry: { type: "LineString", coordinates },
    });
  });
  return { type: "FeatureCollection", features };
}

// Where most of the tracks are: a trip to the other side of the world does not hide home.
export function home_bounds(collection: GeoJSON.FeatureCollection): Bounds | null {
  const firsts = collection.features.map(({ geometry }) => (geometry as GeoJSON.LineString).coordinates[0] as number[]);
  if (firsts.length === 0) return null;
  const middle = (axis: number): number => {
    const values = firsts.map((point) => point[axis] as number).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] as number;
  };
  const [lng, lat] = [middle(0), middle(1)];
  const near = 0.35; // degrees
  let [west, south, east, north] = [lng, lat, lng, lat];
  for (const { geometry } of collection.features) {
    for (const [x = 0, y = 0] of (geometry as GeoJSON.LineString).coordinates) {
      if (Math.abs(x - lng) > near * 1.6 || Math.abs(y - lat) > near) continue;
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
  }
  return [
    [west, south],
    [east, north],
  ];
}

export function filter_of(sport: string, year: string): FilterSpecification | null {
  const all: unknown[] = ["all"];
  if (sport) all.push(["==", ["get", "sport"], sport]);
  if (year) all.push(["==", ["get", "year"], Number(year)]);
  return all.length === 1 ? null : (all as FilterSpecification);
}

export function add_heat_layers(map: BaseMap): void {
  map.addSource("tiles-explored", { type: "geojson", data: empty_collection });
  map.addSource("tracks", { type: "geojson", data: empty_collection, tolerance: 0.5, buffer: 16 });
  map.addLayer({
    id: "tiles-explored",
    type: "fill",
    source: "tiles-explored",
    paint: {
      "fill-color": ["case", ["get", "in_max_square"], colour("c2"), ["get", "in_max_cluster"], colour("c3"), colour("c4")],
      "fill-opacity": ["case", ["get", "in_max_square"], 0.34, ["get", "in_max_cluster"], 0.26, 0.16],
      "fill-outline-color": colour("shore"),
    },
  });
  const width = ["interpolate", ["linear"], ["zoom"], 5, 1, 10, 1.4, 14, 3, 17, 5] as never;
  map.addLayer({
    id: "tracks",
    type: "line",
    source: "tracks",
    layout: { "line-join": "round" },
    paint: {
      "line-color": colour("accent"),
      "line-opacity": ["interpolate", ["linear"], ["zoom"], 4, 0.5, 11, 0.32, 15, 0.4],
      "line-width": width,
    },
  });
  map.addLayer({
    id: "track-chosen",
    type: "line",
    source: "tracks",
    layout: { "line-join": "round", "line-cap": "round" },
    filter: ["==", ["get", "id"], -1],
    paint: { "line-color": colour("c2"), "line-width": 4 },
  });
}
