// SPDX-License-Identifier: MIT
// Records: the best of each distance, how one of them fell over time, its best efforts by rank and by year, the pace
// curve with the predictions on it.

import { useMemo } from "preact/hooks";
import { query, use_data } from "../api";
import { Failure } from "../parts/failure";
import { Choice } from "../parts/figure";
import { PaceCurve } from "../parts/pace_curve";
import { Predictions } from "../parts/predictions";
import { ProgressionChart } from "../parts/progression_chart";
import { best_by_year, progression } from "../parts/progression";
import { use_units } from "../prefs";
import { set_words } from "../router";
import type { RecordRow } from "../types";
import { duration, number, pace, percent, short_day } from "../units";

const spans: [string, string][] = [
  ["", "All time"],
  ["1y", "12 months"],
  ["6m", "6 months"],
  ["90d", "90 days"],
];

function RecordTable({ rows, chosen }: { rows: RecordRow[]; chosen: string }) {
  const units = use_units();
  const is_graded = rows.some((row) => row.age_grade);
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label="Table of records">
      <table class="records">
        <thead>
          <tr>
            <th>Distance</th>
            <th class="number">Time</th>
            <th class="number">Pace</th>
            {is_graded ? <th class="number">Age grade</th> : null}
            <th class="number">Date</th>
            <th>Activity</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} class={row.name === chosen ? "current" : undefined}>
              <th scope="row">
                <a
                  href={`/records?distance=${encodeURIComponent(row.name)}`}
                  aria-current={row.name === chosen ? "true" : undefined}
                  onClick={(event) => {
                    event.preventDefault();
                    set_words({ distance: row.name });
                  }}
                >
                  {row.name}
                </a>
              </th>
              <td class="number">
                <b>{duration(row.elapsed_time)}</b>
              </td>
              <td class="number soft">{pace(row.average_speed, "Run", units)}</td>
              {is_graded ? <td class="number soft">{percent(row.age_grade, 1)}</td> : null}
              <td class="number soft">{short_day(row.start_date_local)}</td>
              <td class="cut">
                <a href={`/activity/${row.activity_id}`}>
                  <bdi>{row.activity_name.slice(0, 120)}</bdi>
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Ranking({ title, rows, first }: { title: string; rows: RecordRow[]; first: (row: RecordRow) => string }) {
  const units = use_units();
  const best = rows.reduce((least, row) => Math.min(least, row.elapsed_time), Infinity);
  const is_graded = rows.some((row) => row.age_grade);
  return (
    <section class="card half" aria-label={title}>
      <div class="title">
        <h2>{title}</h2>
      </div>
      <table>
        <thead class="hidden">
          <tr>
            <th>Rank or year</th>
            <th>Time</th>
            <th>Behind the best</th>
            <th>Pace</th>
            {is_graded ? <th>Age grade</th> : null}
            <th>Date</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={first(row)}>
              <th scope="row">{first(row)}</th>
              <td class="number">
                <a href={`/activity/${row.activity_id}`}>
                  <b>{duration(row.elapsed_time)}</b>
                </a>
              </td>
              <td class="number soft extra">{row.elapsed_time > best ? `+${duration(row.elapsed_time - best)}` : "best"}</td>
              <td class="number soft">{pace(row.average_speed, "Run", units)}</td>
              {is_graded ? <td class="number soft">{percent(row.age_grade, 1)}</td> : null}
              <td class="number soft">{short_day(row.start_date_local)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function OneDistance({ name, since }: { name: string; since: string }) {
  const { data, error } = use_data<RecordRow[]>(`/api/records${query({ distance: name, top: 0, since })}`, true);
  const steps = useMemo(() => progression(data ?? []), [data]);
  const years = useMemo(() => best_by_year(data ?? []), [data]);
  if (error) return <Failure error={error} />;
  if (!data) return null;
  return (
    <>
      <section class="card" aria-label={`Progression of ${name}`}>
        <div class="title">
          <h2>{name} over time</h2>
          <span class="small soft">
            {number(data.length)} efforts, {number(steps.length)} of them a record
          </span>
        </div>
        <ProgressionChart efforts={data} steps={steps} />
      </section>
      <div class="grid">
        <Ranking title={`Top ten, ${name}`} rows={data.slice(0, 10)} first={(row) => String(row.rank)} />
        <Ranking title={`By year, ${name}`} rows={years} first={(row) => row.start_date_local.slice(0, 4)} />
      </div>
    </>
  );
}

export function Records({ search }: { search: URLSearchParams }) {
  const since = search.get("since") ?? "";
  const { data: rows, error } = use_data<RecordRow[]>(`/api/records${query({ since })}`);
  if (error) return <Failure error={error} />;
  if (!rows) return null;
  const wanted = search.get("distance");
  const chosen = rows.find(({ name }) => name === wanted)?.name ?? rows.find(({ name }) => name === "5K")?.name ?? rows[0]?.name;
  return (
    <div class="stack">
      <div class="head">
        <h1>Records</h1>
        <Choice label="Span of time" value={since} of={spans} on_change={(value) => set_words({ since: value })} />
      </div>
      {rows.length === 0 ? <p class="soft">No run with samples in this time: records need them.</p> : null}
      <section class="card" aria-label="Records of each distance">
        <RecordTable rows={rows} chosen={chosen ?? ""} />
      </section>
      {chosen ? <OneDistance key={chosen} name={chosen} since={since} /> : null}
      <PaceCurve since={since} />
      <Predictions />
    </div>
  );
}
