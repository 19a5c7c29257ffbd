// SPDX-License-Identifier: MIT
// All activities in one table: filters, order, columns, the sums of what is chosen, and it as CSV. The filters stand
// in the address.

import { useMemo, useState } from "preact/hooks";
import { query, use_data } from "../api";
import { asked_fields, field_of, fields, first_fields, narrow_fields } from "../parts/activity_fields";
import { download } from "../parts/download";
import { Failure } from "../parts/failure";
import { Figure } from "../parts/figure";
import { Filters, filter_of } from "../parts/filters";
import { choose, Columns, order, sums, to_csv } from "../parts/selection";
import { VirtualTable } from "../parts/virtual_table";
import { store, stored_list, use_units } from "../prefs";
import { go, set_words } from "../router";
import type { ActivityTable } from "../types";
import { distance, height, long_duration, number } from "../units";

export const activities_path = `/api/activities${query({ columns: asked_fields.join(",") })}`;

function Chooser({ shown, on_change }: { shown: string[]; on_change: (shown: string[]) => void }) {
  return (
    <details class="chooser">
      <summary class="button">Columns</summary>
      <fieldset class="card">
        <legend class="hidden">Columns of the table</legend>
        {fields.map(({ key, title }) => (
          <label key={key} class="row">
            <input
              type="checkbox"
              checked={shown.includes(key)}
              disabled={key === "name"}
              onChange={(event) => {
                const is_wanted = event.currentTarget.checked;
                on_change(fields.map((field) => field.key).filter((k) => (k === key ? is_wanted : shown.includes(k))));
              }}
            />
            {title}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function parse_order(search: URLSearchParams): { key: string; is_descending: boolean } {
  const [key, direction] = (search.get("sort") ?? "start_date_local-down").split("-");
  return { key: key && field_of.has(key) ? key : "start_date_local", is_descending: direction !== "up" };
}

function use_columns(): [string[], (shown: string[]) => void] {
  const is_narrow = innerWidth < 700;
  const key = is_narrow ? "columns-narrow" : "columns";
  const [shown, set_shown] = useState(() =>
    stored_list(key, is_narrow ? narrow_fields : first_fields).filter((name) => field_of.has(name)),
  );
  const change = (next: string[]): void => {
    store(key, next.join(","));
    set_shown(next);
  };
  return [shown, change];
}

export function Activities({ search }: { search: URLSearchParams }) {
  const units = use_units();
  const { data, error } = use_data<ActivityTable>(activities_path);
  const bbox = search.get("bbox");
  const here = use_data<ActivityTable>(bbox ? `/api/activities${query({ columns: "activity_id", bbox })}` : null, true);
  const [shown, set_shown] = use_columns();
  const columns = useMemo(() => (data ? new Columns(data) : null), [data]);
  const sort = parse_order(search);
  const words = search.toString();
  const ids = useMemo(
    () => (bbox ? new Set((here.data ? new Columns(here.data).column("activity_id") : []) as number[]) : null),
    [bbox, here.data],
  );
  const rows = useMemo(
    () => (columns ? order(columns, choose(columns, { ...filter_of(search), ids }), sort.key, sort.is_descending) : []),
    [columns, words, ids],
  );
  if (error) return <Failure error={error} />;
  if (!columns) return null;
  const total = sums(columns, rows);
  const sport = (row: number): string => String(columns.get("sport_type", row) ?? "");
  const id = (row: number): number => Number(columns.get("activity_id", rows[row] as number));
  const cell = (row: number, key: string) => {
    const at = rows[row] as number;
    const text = field_of.get(key)?.text(columns.get(key, at), sport(at), units) ?? "";
    if (key !== "name") return text;
    return (
      <a href={`/activity/${id(row)}`} tabIndex={-1}>
        <bdi>{text.slice(0, 200) || "Without a name"}</bdi>
      </a>
    );
  };
  return (
    <div class="activities">
      <div class="head">
        <h1>Activities</h1>
        <div class="row no-print">
          <Chooser shown={shown} on_change={set_shown} />
          <button
            type="button"
            onClick={() => {
              const csv = to_csv(columns, rows, ["activity_id", ...shown]);
              download("activities.csv", new Blob([csv], { type: "text/csv" }));
            }}
          >
            CSV
          </button>
        </div>
      </div>
      <Filters columns={columns} search={search} />
      <dl class="figures totals" aria-live="polite">
        <Figure name="Activities" value={number(total.count)} />
        <Figure name="Distance" value={distance(total.distance, units)} />
        <Figure name="Moving time" value={long_duration(total.moving_time)} />
        <Figure name="Climb" value={height(total.total_elevation_gain, units)} />
        <Figure name="Distance each" value={total.count ? distance(total.distance / total.count, units) : "–"} />
      </dl>
      <VirtualTable
        label="Activities"
        columns={shown.map((key) => field_of.get(key)).filter((field) => field !== undefined)}
        count={rows.length}
        sort={sort}
        cell={cell}
        on_sort={(key) => {
          const is_descending = sort.key === key ? !sort.is_descending : key !== "name" && key !== "sport_type";
          set_words({ sort: `${key}-${is_descending ? "down" : "up"}` });
        }}
        on_open={(row) => go(`/activity/${id(row)}`)}
      />
      {rows.length === 0 ? <p class="soft">No activity is like this.</p> : null}
    </div>
  );
}
