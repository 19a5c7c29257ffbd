// SPDX-License-Identifier: MIT
// Every track on one map, by sport and year; the explored tiles with the largest square and cluster; a click tells
// whose track it is.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { query, use_data } from "../api";
import type { BaseMap } from "../parts/base_map";
import { Failure } from "../parts/failure";
import { Figure } from "../parts/figure";
import { type Bounds, empty_collection, source_of } from "../parts/geo";
import { HeatLayer } from "../parts/heat_layer";
import { add_heat_layers } from "../parts/heat_layers";
import { later_map } from "../parts/later_map";
import { Columns } from "../parts/selection";
import { home_bounds, home_of, line_of, mercator_x, mercator_y, read_tracks, tracks_near } from "../parts/tracks";
import { use_settings } from "../prefs";
import { set_words } from "../router";
import type { ActivityTable, Tiles, Tracks } from "../types";
import { day, distance, number, sport_name } from "../units";

const points_of_a_track = 120;

function Found({ ids, on_point }: { ids: number[]; on_point: (id: number) => void }) {
  const { units } = use_settings();
  const columns = "activity_id,name,start_date_local,distance,sport_type";
  const { data } = use_data<ActivityTable>(`/api/activities${query({ columns })}`);
  const rows = useMemo(() => {
    if (!data) return [];
    const table = new Columns(data);
    const place = new Map(table.column("activity_id").map((id, row) => [id as number, row]));
    return ids.flatMap((id) => {
      const row = place.get(id);
      if (row === undefined) return [];
      const text = (name: string): string => String(table.get(name, row) ?? "");
      return [{ id, name: text("name"), date: text("start_date_local"), length: Number(table.get("distance", row) ?? 0) }];
    });
  }, [data, ids]);
  return (
    <ul class="found" aria-label="Activities here">
      {rows.slice(0, 12).map(({ id, name, date, length }) => (
        <li key={id} onMouseEnter={() => on_point(id)}>
          <a href={`/activity/${id}`} onFocus={() => on_point(id)}>
            <span class="cut">
              <bdi>{name.slice(0, 100)}</bdi>
            </span>
            <span class="small soft">
              {day(date)} · {distance(length, units)}
            </span>
          </a>
        </li>
      ))}
      {rows.length > 12 ? <li class="small soft">and {number(rows.length - 12)} more</li> : null}
    </ul>
  );
}

function TileFigures({ zoom, words }: { zoom: string; words: string }) {
  const { data, error } = use_data<Tiles>(`/api/tiles?zoom=${zoom}${words}`);
  if (error) return <Failure error={error} />;
  if (!data) return null;
  const size = data.max_square?.size ?? 0;
  return (
    <dl class="figures">
      <Figure name="Tiles" value={number(data.tiles)} />
      <Figure name="Max square" value={`${size} × ${size}`} />
      <Figure name="Max cluster" value={number(data.max_cluster)} />
    </dl>
  );
}

function Panel(props: { tracks: Tracks; search: URLSearchParams; found: number[]; map: BaseMap | null; on_point: (id: number) => void }) {
  const { tracks, search, found, map } = props;
  const sports = [...new Set(tracks.sports)].sort();
  const years = [...new Set(tracks.years)].sort((a, b) => b - a);
  const word = (name: string): string => search.get(name) ?? "";
  const chosen = tracks.ids.filter(
    (_, i) => (!word("sport") || tracks.sports[i] === word("sport")) && (!word("year") || String(tracks.years[i]) === word("year")),
  ).length;
  const bbox = (): string => {
    const view = map?.getBounds();
    if (!view) return "";
    return [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((x) => x.toFixed(5)).join(",");
  };
  const tile_words = (word("sport") ? `&sport=${word("sport")}` : "") + (word("year") ? `&since=${word("year")}&until=${word("year")}` : "");
  return (
    <div class="map-panel card stack no-print">
      <h1>Map</h1>
      <div class="row">
        <label class="field">
          Sport
          <select value={word("sport")} onChange={(event) => set_words({ sport: event.currentTarget.value })}>
            <option value="">All sports</option>
            {sports.map((sport) => (
              <option key={sport} value={sport}>
                {sport_name(sport)}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          Year
          <select value={word("year")} onChange={(event) => set_words({ year: event.currentTarget.value })}>
            <option value="">All years</option>
            {years.map((year) => (
              <option key={year}>{year}</option>
            ))}
          </select>
        </label>
        <label class="field">
          Explorer tiles
          <select value={word("tiles")} onChange={(event) => set_words({ tiles: event.currentTarget.value })}>
            <option value="">Hidden</option>
            <option value="14">Zoom 14</option>
            <option value="17">Zoom 17</option>
          </select>
        </label>
      </div>
      {word("tiles") ? <TileFigures zoom={word("tiles")} words={tile_words} /> : null}
      <p class="small soft" aria-live="polite">
        {number(chosen)} tracks. Click on one to see whose it is.
      </p>
      <a
        class="button"
        href="/activities"
        onClick={(event) => {
          event.currentTarget.href = `/activities${query({ bbox: bbox(), sport: word("sport") })}`;
        }}
      >
        Activities in this view
      </a>
      {found.length > 0 ? <Found ids={found} on_point={props.on_point} /> : null}
    </div>
  );
}

export function MapPage({ search }: { search: URLSearchParams }) {
  const { session, units, theme } = use_settings();
  const { data: tracks, error } = use_data<Tracks>(`/api/tracks?points=${points_of_a_track}`);
  const all = useMemo(() => (tracks ? read_tracks(tracks) : null), [tracks]);
  const heat = useRef<HeatLayer | null>(null);
  const shown = useRef(all ?? []);
  const host = useRef<HTMLDivElement>(null);
  const [map, set_map] = useState<BaseMap | null>(null);
  const [failure, set_failure] = useState("");
  const [found, set_found] = useState<number[]>([]);
  const sport = search.get("sport") ?? "";
  const year = search.get("year") ?? "";
  const zoom = search.get("tiles") ?? "";

  useEffect(() => {
    if (!host.current || !all) return;
    const world: Bounds = [
      [-120, -50],
      [140, 65],
    ];
    const bounds = all.length > 0 ? home_bounds(all) : world;
    const wishes = { host: host.current, bounds, session, units, label: "Map of all tracks", is_page: true, room_left: innerWidth > 820 ? 350 : 0 };
    return later_map(wishes, set_failure, (made) => {
      made.on("load", () => {
        heat.current = new HeatLayer(home_of(all));
        add_heat_layers(made, heat.current);
        set_map(made);
      });
      made.on("click", ({ lngLat }) => {
        const reach = 5 / (512 * 2 ** made.getZoom()); // five pixels
        set_found(tracks_near(shown.current, mercator_x(lngLat.lng), mercator_y(lngLat.lat), reach));
      });
      made.once("idle", () => {
        if (host.current) host.current.dataset["drawn"] = "true";
      });
      return () => set_map(null);
    });
  }, [all, theme, units]);
  useEffect(() => {
    if (!map || !all) return;
    shown.current = all.filter((track) => (!sport || track.sport === sport) && (!year || String(track.year) === year));
    heat.current?.show(shown.current);
  }, [map, sport, year]);
  useEffect(() => {
    if (!map) return;
    const words = (sport ? `&sport=${sport}` : "") + (year ? `&since=${year}&until=${year}` : "");
    const address = new URL(`/api/tiles.geojson?zoom=${zoom}${words}`, location.href).href;
    source_of(map, "tiles-explored")?.setData(zoom ? address : empty_collection);
  }, [map, zoom, sport, year]);
  const point_to = (id: number): void =>
    void (map && source_of(map, "track-chosen")?.setData(line_of(all?.find((track) => track.id === id))));

  if (error) return <Failure error={error} />;
  return (
    <div class="map-page">
      {failure ? <p>{failure}</p> : <div class="map" ref={host} />}
      {tracks ? <Panel tracks={tracks} search={search} found={found} map={map} on_point={point_to} /> : null}
    </div>
  );
}
