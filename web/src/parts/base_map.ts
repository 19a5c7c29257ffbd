// SPDX-License-Identifier: MIT
// The ground that tracks are drawn on: the user's tile source where one is set, else an outline of land and, close up,
// a plain grid with a scale. Nothing is asked of any other host than the server but by that tile source.

import * as maplibre from "maplibre-gl";
import worker_url from "maplibre-gl/dist/maplibre-gl-csp-worker.js?url";
import "maplibre-gl/dist/maplibre-gl.css";
import land_url from "../generated/land.json?url";
import { colour } from "../prefs";
import type { Session } from "../types";
import type { Units } from "../units";
import { type Bounds, empty_collection, source_of } from "./geo";

export type BaseMap = maplibre.Map;

maplibre.setWorkerUrl(worker_url);

const degree = 111_320; // m of latitude
const land_ends = 8.5; // the zoom where a coarse outline would be wrong

function style_of(tiles: Session["tile_source"]): maplibre.StyleSpecification {
  const style: maplibre.StyleSpecification = {
    version: 8,
    sources: {},
    layers: [{ id: "sea", type: "background", paint: { "background-color": colour("sea") } }],
  };
  if (tiles) {
    style.sources["tiles"] = { type: "raster", tiles: [tiles.url], tileSize: 256, attribution: tiles.attribution };
    style.layers.push({ id: "tiles", type: "raster", source: "tiles" });
    return style;
  }
  const fading = (full: number): maplibre.ExpressionSpecification => [
    "interpolate",
    ["linear"],
    ["zoom"],
    land_ends - 2,
    full,
    land_ends,
    0,
  ];
  style.sources["land"] = { type: "geojson", data: new URL(land_url, location.href).href, tolerance: 0.2 };
  style.sources["grid"] = { type: "geojson", data: empty_collection };
  style.layers.push(
    {
      id: "land",
      type: "fill",
      source: "land",
      paint: { "fill-color": colour("land"), "fill-opacity": fading(1), "fill-antialias": false },
    },
    {
      id: "shore",
      type: "line",
      source: "land",
      paint: { "line-color": colour("shore"), "line-width": 1, "line-opacity": fading(1) },
    },
    { id: "grid", type: "line", source: "grid", paint: { "line-color": colour("line"), "line-width": 1 } },
  );
  return style;
}

// Lines about 100 pixels apart, at a round number of metres or miles' parts.
function grid_of(map: maplibre.Map, units: Units): GeoJSON.FeatureCollection {
  if (map.getZoom() < land_ends - 1.5) return empty_collection;
  const view = map.getBounds();
  const lat0 = Math.round(view.getCenter().lat);
  const unit = units === "metric" ? 1 : 1.609344;
  const height = Math.max(map.getContainer().clientHeight, 1);
  const per_pixel = ((view.getNorth() - view.getSouth()) * degree) / height;
  const wanted = (per_pixel * 100) / unit;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const spacing = unit * power * (wanted / power < 2 ? 1 : wanted / power < 5 ? 2 : 5);
  const dlat = spacing / degree;
  const dlng = spacing / (degree * Math.max(Math.cos((lat0 * Math.PI) / 180), 0.05));
  const lines: GeoJSON.Position[][] = [];
  const [west, east, south, north] = [view.getWest(), view.getEast(), view.getSouth(), view.getNorth()];
  for (let lng = Math.floor(west / dlng) * dlng; lng < east && lines.length < 300; lng += dlng) {
    lines.push([
      [lng, south],
      [lng, north],
    ]);
  }
  for (let lat = Math.floor(south / dlat) * dlat; lat < north && lines.length < 600; lat += dlat) {
    lines.push([
      [west, lat],
      [east, lat],
    ]);
  }
  return {
    type: "FeatureCollection",
    features: [{ type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: lines } }],
  };
}

export interface MapWishes {
  host: HTMLElement;
  bounds: Bounds;
  session: Session;
  units: Units;
  label: string;
  is_page: boolean; // the map is the page: the wheel zooms it; otherwise the page scrolls
  room_left?: number; // px that something else covers
}

// A map that is not yet loaded. Throws where the browser has no WebGL.
export function make_map(wishes: MapWishes): maplibre.Map {
  const { host, bounds, session, units } = wishes;
  const map = new maplibre.Map({
    container: host,
    style: style_of(session.tile_source),
    bounds,
    fitBoundsOptions: { padding: { top: 36, bottom: 36, right: 36, left: 36 + (wishes.room_left ?? 0) }, maxZoom: 16 },
    attributionControl: session.tile_source ? {} : false,
    cooperativeGestures: !wishes.is_page,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    maxZoom: 19,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.getCanvas().setAttribute("aria-label", wishes.label);
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ unit: units, maxWidth: 110 }), "bottom-left");
  const draw_grid = (): void => void source_of(map, "grid")?.setData(grid_of(map, units));
  map.on("load", draw_grid);
  map.on("moveend", draw_grid);
  return map;
}
