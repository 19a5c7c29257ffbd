// SPDX-License-Identifier: MIT
// A year in review: its days, its growth against other years, Eddington, when and how far, and it all as a picture.

import { useState } from "preact/hooks";
import { query, use_data } from "../api";
import { PlainBars } from "../parts/bars";
import { CumulativeChart } from "../parts/cumulative_chart";
import { DayMap, type Measure } from "../parts/day_map";
import { download } from "../parts/download";
import { Failure } from "../parts/failure";
import { Choice, Figure } from "../parts/figure";
import { draw_year } from "../parts/year_picture";
import { use_settings, use_units } from "../prefs";
import { set_words } from "../router";
import type { CalendarDay, Eddington, Year, YearRow } from "../types";
import { distance, duration, height, long_duration, number, pace, short_day } from "../units";

const measures: [Measure, string][] = [
  ["distance", "Distance"],
  ["moving_time", "Time"],
  ["load", "Load"],
];
const weekday_names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const month_names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function Best({ name, row, value }: { name: string; row: YearRow | null; value: string }) {
  if (!row) return null;
  return (
    <Figure name={name} value={value}>
      <a href={`/activity/${row.activity_id}`}>
        <bdi>{row.name.slice(0, 60)}</bdi>
      </a>
      , {short_day(row.start_date_local)}
    </Figure>
  );
}

function EddingtonCard({ sport }: { sport: string }) {
  const { data } = use_data<Eddington>(`/api/eddington${query({ sport })}`);
  if (!data) return null;
  const most = Math.max(...data.missing, 1);
  return (
    <section class="card third" aria-label="Eddington number">
      <div class="title">
        <h2>Eddington number</h2>
        <span class="small soft">over all years</span>
      </div>
      <p class="large">{number(data.number)}</p>
      <p class="small soft">
        {number(data.number)} days of at least {number(data.number)} {data.unit}; days missing to the next ones:
      </p>
      {data.missing.length > 0 ? (
        <table>
          <tbody>
            {data.missing.slice(0, 6).map((missing, i) => (
              <tr key={i}>
                <th scope="row">to {number(data.number + i + 1)}</th>
                <td class="wide">
                  <span class="bar" style={{ width: `${((missing / most) * 100).toFixed(0)}%` }} />
                </td>
                <td class="number">
                  {number(missing)} {missing === 1 ? "day" : "days"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}

function Review({ review, days, year }: { review: Year; days: CalendarDay[]; year: number }) {
  const units = use_units();
  const { totals } = review;
  return (
    <>
      <dl class="figures card">
        <Figure name="Distance" value={distance(totals.distance, units)} />
        <Figure name="Moving time" value={long_duration(totals.moving_time)} />
        <Figure name="Climb" value={height(totals.total_elevation_gain, units)} />
        <Figure name="Activities" value={number(totals.count)} />
        <Figure name="Days out" value={number(review.active_days)}>
          longest row: {number(review.streaks.day.longest)} days
        </Figure>
      </dl>
      <dl class="figures card bests">
        <Best name="Longest" row={review.longest} value={distance(review.longest?.distance, units)} />
        <Best name="Most climb" row={review.highest} value={height(review.highest?.total_elevation_gain, units)} />
        <Best
          name="Fastest run"
          row={review.fastest}
          value={pace(review.fastest?.average_speed, review.fastest?.sport_type ?? "Run", units)}
        />
        {days.length > 0 ? <BusiestDay days={days} /> : null}
      </dl>
      <section class="card" aria-label="Against other years">
        <div class="title">
          <h2>Against other years</h2>
        </div>
        <CumulativeChart year={year} cumulative={review.cumulative} />
      </section>
    </>
  );
}

function BusiestDay({ days }: { days: CalendarDay[] }) {
  const most = days.reduce((best, day) => (day.moving_time > best.moving_time ? day : best));
  return (
    <Figure name="Longest day" value={duration(most.moving_time)}>
      <a href={`/activities?since=${most.date}&until=${most.date}`}>{short_day(most.date)}</a>
    </Figure>
  );
}

function When({ review }: { review: Year }) {
  const units = use_units();
  const text = (part: { count: number; distance: number }): string => `${number(part.count)}, ${distance(part.distance, units, 0)}`;
  const charts: [string, string, { name: string; value: number; text: string }[], number, string, number][] = [
    [
      "Months",
      "distance",
      review.months.map((month, i) => ({ name: month_names[i] ?? "", value: month.distance, text: text(month) })),
      1,
      "two-thirds",
      215,
    ],
    [
      "Weekdays",
      "activities",
      review.weekdays.map((part, i) => ({ name: weekday_names[i] ?? "", value: part.count, text: text(part) })),
      1,
      "half",
      110,
    ],
    [
      "Hour of the start",
      "activities",
      review.hours.map((part, i) => ({ name: String(i), value: part.count, text: text(part) })),
      3,
      "half",
      110,
    ],
  ];
  return (
    <>
      {charts.map(([name, of, bars, every, place, tall]) => (
        <section key={name} class={`card ${place}`} aria-label={name}>
          <div class="title">
            <h2>{name}</h2>
            <span class="small soft">{of}</span>
          </div>
          <PlainBars
            label={`${name} by ${of}`}
            bars={bars}
            height={tall}
            every={every}
            most_text={(most) => (of === "distance" ? `most ${distance(most, units, 0)}` : `most ${number(most)}`)}
          />
        </section>
      ))}
    </>
  );
}

export function Calendar({ search }: { search: URLSearchParams }) {
  const { session, units } = use_settings();
  const last = session.archive.last_date?.slice(0, 4) ?? String(new Date().getFullYear());
  const year = Number(search.get("year") ?? last) || Number(last);
  const sport = search.get("sport") ?? "";
  const [measure, set_measure] = useState<Measure>("distance");
  const { data: review, error } = use_data<Year>(`/api/year/${year}${query({ sport })}`);
  const { data: calendar } = use_data<{ days: CalendarDay[] }>(`/api/calendar${query({ year, sport })}`);
  if (error) return <Failure error={error} />;
  if (!review || !calendar) return null;
  const years = [...new Set([...review.years, year])].sort((a, b) => b - a);
  const save = (): void => {
    const canvas = draw_year(review, calendar.days, session.athlete.firstname ?? "", units);
    canvas.toBlob((picture) => picture && download(`harrier-${year}.png`, picture), "image/png");
  };
  return (
    <div class="stack">
      <div class="head">
        <h1>{year} in review</h1>
        <div class="row no-print">
          <label class="row small soft">
            Year
            <select value={String(year)} onChange={(event) => set_words({ year: event.currentTarget.value })}>
              {years.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <label class="row small soft">
            Sport
            <select value={sport} onChange={(event) => set_words({ sport: event.currentTarget.value })}>
              <option value="">All</option>
              <option value="run">Running</option>
              <option value="ride">Riding</option>
              <option value="swim">Swimming</option>
            </select>
          </label>
          <button type="button" onClick={save}>
            Save as picture
          </button>
        </div>
      </div>
      <section class="card" aria-label="Days">
        <div class="title">
          <h2>Days</h2>
          <Choice label="Shade by" value={measure} of={measures} on_change={set_measure} />
        </div>
        <DayMap year={year} days={calendar.days} measure={measure} units={units} />
      </section>
      <Review review={review} days={calendar.days} year={year} />
      <div class="grid">
        <EddingtonCard sport={sport} />
        <When review={review} />
      </div>
    </div>
  );
}
