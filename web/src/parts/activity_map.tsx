// SPDX-License-Identifier: MIT
// The track of an activity, coloured by pace, heart rate, grade or speed, with the cursor that the charts share.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { colour, use_settings } from "../prefs";
import type { Streams } from "../types";
import { has_pace, number, pace_name, pace_number, type Units } from "../units";
import type { BaseMap } from "./base_map";
import { Choice } from "./figure";
import { bounds_of, empty_collection, source_of } from "./geo";
import { later_map } from "./later_map";
import { type Colouring, colour_values, type Cursor, type Range, shaded_track, shades, shading } from "./samples";

const dot = (streams: Streams, sample: number | null): GeoJSON.FeatureCollection => {
  const point = sample === null ? null : streams.latlng?.[sample];
  if (!point) return empty_collection;
  const geometry: GeoJSON.Point = { type: "Point", coordinates: [point[1], point[0]] };
  return { type: "FeatureCollection", features: [{ type: "Feature", properties: {}, geometry }] };
};

function part_of(streams: Streams, range: Range | null): GeoJSON.FeatureCollection {
  if (!range) return empty_collection;
  const points = (streams.latlng ?? []).slice(range.from, range.to + 1).filter((point) => point !== null);
  const coordinates = points.map(([lat, lng]) => [lng, lat]);
  if (coordinates.length < 2) return empty_collection;
  const geometry: GeoJSON.LineString = { type: "LineString", coordinates };
  return { type: "FeatureCollection", features: [{ type: "Feature", properties: {}, geometry }] };
}

// The sample whose position is nearest to a point of the map, within 30 pixels.
function sample_near(map: BaseMap, streams: Streams, at: { x: number; y: number }): number | null {
  let best: number | null = null;
  let best_distance = 30 ** 2;
  const step = Math.max(1, Math.floor((streams.latlng?.length ?? 0) / 3000));
  streams.latlng?.forEach((point, i) => {
    if (!point || i % step !== 0) return;
    const place = map.project([point[1], point[0]]);
    const distance = (place.x - at.x) ** 2 + (place.y - at.y) ** 2;
    if (distance < best_distance) {
      best_distance = distance;
      best = i;
    }
  });
  return best;
}

function add_layers(map: BaseMap, streams: Streams): void {
  const count = streams.latlng?.length ?? 0;
  const first = streams.latlng?.findIndex((point) => point !== null) ?? 0;
  let last = count - 1;
  while (last > 0 && !streams.latlng?.[last]) last -= 1;
  map.addSource("part", { type: "geojson", data: empty_collection });
  map.addSource("track", { type: "geojson", data: empty_collection, tolerance: 0.1 });
  map.addSource("start", { type: "geojson", data: dot(streams, first) });
  map.addSource("end", { type: "geojson", data: dot(streams, last) });
  map.addSource("cursor", { type: "geojson", data: empty_collection });
  const round = { "line-cap": "round", "line-join": "round" } as const;
  map.addLayer({
    id: "part",
    type: "line",
    source: "part",
    layout: round,
    paint: { "line-color": colour("ink"), "line-width": 11, "line-opacity": 0.22 },
  });
  map.addLayer({
    id: "casing",
    type: "line",
    source: "track",
    layout: round,
    paint: { "line-color": colour("card"), "line-width": 6 },
  });
  map.addLayer({
    id: "track",
    type: "line",
    source: "track",
    layout: round,
    paint: {
      "line-width": 3.6,
      "line-color": ["match", ["get", "shade"], ...shades.flatMap((name, i) => [i, colour(name)]), colour("accent")] as never,
    },
  });
  const marks: [string, number, string][] = [
    ["end", 5, "ink"],
    ["start", 5, "accent"],
    ["cursor", 7, "accent"],
  ];
  for (const [id, radius, fill] of marks) {
    map.addLayer({
      id,
      type: "circle",
      source: id,
      paint: {
        "circle-radius": radius,
        "circle-color": colour(fill),
        "circle-stroke-color": colour("card"),
        "circle-stroke-width": 2,
      },
    });
  }
}

function limits_text(by: Colouring, limits: number[], sport: string, units: Units): string[] {
  if (by === "heartrate") return limits.map((limit) => `${number(limit)} bpm`);
  if (by === "grade") return limits.map((limit) => `${number(limit, 1)} %`);
  const shown = by === "pace" && has_pace(sport) ? sport : "Ride";
  return limits.map((limit) => `${pace_number(limit, shown, units)} ${pace_name(shown, units)}`);
}

function Legend({ by, streams, sport, units }: { by: Colouring; streams: Streams; sport: string; units: Units }) {
  const values = colour_values(streams, by);
  if (!values) return null;
  const texts = limits_text(by, shading(values).limits, sport, units);
  return (
    <p class="legend map-legend">
      {shades.map((shade, i) => (
        <span key={shade}>
          <i class={`dot ${shade}`} />
          {i === 0 ? `below ${texts[0]}` : i < texts.length ? `to ${texts[i]}` : "above"}
        </span>
      ))}
    </p>
  );
}

const names: [Colouring, string][] = [
  ["pace", "Pace"],
  ["heartrate", "Heart rate"],
  ["grade", "Grade"],
  ["speed", "Speed"],
];

export function ActivityMap(props: { streams: Streams; sport: string; cursor: Cursor; range: Range | null }) {
  const { streams, sport, cursor, range } = props;
  const { session, units, theme } = use_settings();
  const host = useRef<HTMLDivElement>(null);
  const [map, set_map] = useState<BaseMap | null>(null);
  const [failure, set_failure] = useState("");
  const choices = useMemo(
    () => names.filter(([by]) => (by === "pace" ? has_pace(sport) : true) && colour_values(streams, by) !== null),
    [streams, sport],
  );
  const [chosen, set_by] = useState<Colouring>(has_pace(sport) ? "pace" : "speed");
  const by = choices.some(([choice]) => choice === chosen) ? chosen : (choices[0]?.[0] ?? "pace");

  useEffect(() => {
    const points = (streams.latlng ?? []).filter((point) => point !== null).map(([lat, lng]) => [lng, lat] as const);
    const bounds = bounds_of(points);
    if (!host.current || !bounds) return;
    const place = host.current;
    return later_map({ host: place, bounds, session, units, label: "Map of the track", is_page: false }, set_failure, (made) => {
      made.on("load", () => {
        add_layers(made, streams);
        set_map(made);
      });
      made.on("mousemove", (event) => cursor.move(sample_near(made, streams, event.point), made));
      made.on("mouseout", () => cursor.move(null, made));
      return () => set_map(null);
    });
  }, [streams, theme, units]);

  useEffect(() => {
    if (!map) return;
    source_of(map, "track")?.setData(shaded_track(streams, colour_values(streams, by)));
  }, [map, by, streams]);
  useEffect(() => {
    if (!map) return;
    const show = (sample: number | null): void => {
      source_of(map, "cursor")?.setData(dot(streams, sample));
      if (host.current) host.current.dataset["cursor"] = sample === null ? "" : String(sample);
    };
    return cursor.follow(show);
  }, [map, streams, cursor]);
  useEffect(() => {
    if (map) source_of(map, "part")?.setData(part_of(streams, range));
  }, [map, range, streams]);

  return (
    <section class="card" aria-label="Map">
      <div class="title">
        <h2>Map</h2>
        <span class="no-print">
          {choices.length > 1 ? <Choice label="Colour by" value={by} of={choices} on_change={set_by} /> : null}
        </span>
      </div>
      {failure ? <p class="soft">{failure}</p> : <div class="map activity-map" ref={host} />}
      <Legend by={by} streams={streams} sport={sport} units={units} />
    </section>
  );
}
