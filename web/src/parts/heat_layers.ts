// SPDX-License-Identifier: MIT
// What lies around the heat map: the explored tiles below it, the track that is pointed at above.

import { colour } from "../prefs";
import type { BaseMap } from "./base_map";
import { empty_collection } from "./geo";
import type { HeatLayer } from "./heat_layer";

export function add_heat_layers(map: BaseMap, heat: HeatLayer): void {
  map.addSource("tiles-explored", { type: "geojson", data: empty_collection });
  map.addSource("track-chosen", { type: "geojson", data: empty_collection });
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
  map.addLayer(heat);
  map.addLayer({
    id: "track-chosen",
    type: "line",
    source: "track-chosen",
    layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-color": colour("c2"), "line-width": 4 },
  });
}
