// SPDX-License-Identifier: MIT
// The fields that choose activities. What they hold stands in the address: name, sport, since, until, gear, race,
// min_distance and max_distance (m), bbox (west,south,east,north).

import { useMemo } from "preact/hooks";
import { use_units } from "../prefs";
import { set_words } from "../router";
import { sport_name, unit_length, unit_name } from "../units";
import type { Columns, Filter } from "./selection";

const metres = (text: string | null): number | null => {
  const value = text === null || text === "" ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
};

export function filter_of(search: URLSearchParams): Omit<Filter, "ids"> {
  return {
    name: search.get("name") ?? "",
    sport: search.get("sport") ?? "",
    since: search.get("since") ?? "",
    until: search.get("until") ?? "",
    gear: search.get("gear") ?? "",
    is_race: search.get("race") === "true",
    min_distance: metres(search.get("min_distance")),
    max_distance: metres(search.get("max_distance")),
  };
}

const all_words = ["name", "sport", "since", "until", "gear", "race", "min_distance", "max_distance", "bbox"];

// [value, name], the most used first.
function options(columns: Columns, key: string, name_key: string): [string, string][] {
  const found = new Map<string, { name: string; count: number }>();
  for (let row = 0; row < columns.count; row += 1) {
    const value = columns.get(key, row);
    if (typeof value !== "string" || value === "") continue;
    const known = found.get(value);
    if (known) known.count += 1;
    else found.set(value, { name: String(columns.get(name_key, row) ?? value), count: 1 });
  }
  return [...found].sort((a, b) => b[1].count - a[1].count).map(([value, { name }]) => [value, name]);
}

function DistanceField({ search, word, name }: { search: URLSearchParams; word: string; name: string }) {
  const units = use_units();
  const value = metres(search.get(word));
  return (
    <label class="field short">
      {name} ({unit_name(units)})
      <input
        type="number"
        min="0"
        step="any"
        value={value === null ? "" : String(Math.round((value / unit_length(units)) * 100) / 100)}
        onInput={(event) => {
          const text = event.currentTarget.value;
          set_words({ [word]: text === "" ? null : String(Math.round(Number(text) * unit_length(units))) });
        }}
      />
    </label>
  );
}

export function Filters({ columns, search }: { columns: Columns; search: URLSearchParams }) {
  const sports = useMemo(() => options(columns, "sport_type", "sport_type"), [columns]);
  const gear = useMemo(() => options(columns, "gear_id", "gear_name"), [columns]);
  const text = (word: string) => ({
    value: search.get(word) ?? "",
    onInput: (event: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
      set_words({ [word]: event.currentTarget.value }),
  });
  const is_filtered = all_words.some((word) => search.has(word));
  return (
    <form class="filters no-print" role="search" onSubmit={(event) => event.preventDefault()}>
      <label class="field long">
        Name
        <input type="search" placeholder="Search, or press /" autocomplete="off" {...text("name")} />
      </label>
      <label class="field">
        Sport
        <select {...text("sport")}>
          <option value="">All sports</option>
          {sports.map(([value]) => (
            <option key={value} value={value}>
              {sport_name(value)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        From
        <input type="date" {...text("since")} />
      </label>
      <label class="field">
        Until
        <input type="date" {...text("until")} />
      </label>
      <DistanceField search={search} word="min_distance" name="At least" />
      <DistanceField search={search} word="max_distance" name="At most" />
      {gear.length > 0 ? (
        <label class="field">
          Gear
          <select {...text("gear")}>
            <option value="">Any</option>
            {gear.map(([value, name]) => (
              <option key={value} value={value}>
                {name.slice(0, 60)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <label class="row tick">
        <input
          type="checkbox"
          checked={search.get("race") === "true"}
          onChange={(event) => set_words({ race: event.currentTarget.checked ? "true" : null })}
        />
        Races
      </label>
      {search.has("bbox") ? (
        <button type="button" onClick={() => set_words({ bbox: null })}>
          Part of the map ✕<span class="hidden"> remove</span>
        </button>
      ) : (
        <a class="button" href="/map">
          Where…
        </a>
      )}
      {is_filtered ? (
        <button type="button" onClick={() => set_words(Object.fromEntries(all_words.map((word) => [word, null])))}>
          Clear
        </button>
      ) : null}
    </form>
  );
}
