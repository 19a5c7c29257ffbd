// SPDX-License-Identifier: MIT
// Where an athlete stands: this week, month and year against the last, fitness, what is new.

import { use_data } from "../api";
import { Failure } from "../parts/failure";
import { Change } from "../parts/figure";
import { FitnessChart } from "../parts/fitness_chart";
import { TrackPicture } from "../parts/track_picture";
import { use_settings, use_units } from "../prefs";
import type { ActivityRow, FitnessDay, Overview as OverviewData, Period, RecordRow, Streak, SyncState } from "../types";
import { clock, day, distance, duration, height, long_duration, moment, number, pace, short_day, sport_name } from "../units";

function PeriodCard({ name, before, period }: { name: string; before: string; period: Period }) {
  const units = use_units();
  const { this: now, last_to_date: same, last } = period;
  const rows: [string, string, string, number, number][] = [
    ["Time", long_duration(now.moving_time), long_duration(last.moving_time), now.moving_time, same.moving_time],
    [
      "Climb",
      height(now.total_elevation_gain, units),
      height(last.total_elevation_gain, units),
      now.total_elevation_gain,
      same.total_elevation_gain,
    ],
    ["Activities", number(now.count), number(last.count), now.count, same.count],
  ];
  return (
    <section class="card third period" aria-label={name}>
      <div class="title">
        <h2>{name}</h2>
        <span class="small">
          <Change now={now.distance} before={same.distance} />
        </span>
      </div>
      <p class="large">{distance(now.distance, units)}</p>
      <p class="small soft">
        {distance(same.distance, units)} by this day of {before}, {distance(last.distance, units)} in all
      </p>
      <table class="period-table">
        <thead class="hidden">
          <tr>
            <th>Figure</th>
            <th>{name}</th>
            <th>{before}</th>
            <th>Change to the same day</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([title, value, last_value, number_now, number_same]) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td class="number">{value}</td>
              <td class="number soft small">{last_value}</td>
              <td class="number small">
                <Change now={number_now} before={number_same} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Newest({ rows }: { rows: ActivityRow[] }) {
  const units = use_units();
  return (
    <section class="card two-thirds" aria-label="Newest activities">
      <div class="title">
        <h2>Newest</h2>
        <a class="small" href="/activities">
          All activities
        </a>
      </div>
      <ul class="newest">
        {rows.map((row) => (
          <li key={row.activity_id}>
            <a href={`/activity/${row.activity_id}`}>
              <TrackPicture polyline={row.summary_polyline} />
              <span class="what">
                <span class="name cut">
                  <bdi>{row.name}</bdi>
                </span>
                <span class="small soft">
                  {sport_name(row.sport_type)} · {day(row.start_date_local)}, {clock(row.start_date_local)}
                </span>
                <span class="small">
                  {distance(row.distance, units)} · {duration(row.moving_time)}
                  {row.average_speed ? ` · ${pace(row.average_speed, row.sport_type, units)}` : ""}
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RecentRecords({ rows }: { rows: RecordRow[] }) {
  return (
    <section class="card" aria-label="Records set lately">
      <div class="title">
        <h2>Records set lately</h2>
        <a class="small" href="/records">
          All records
        </a>
      </div>
      {rows.length === 0 ? (
        <p class="soft">None in the last three months.</p>
      ) : (
        <table>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">
                  <a href={`/records?distance=${encodeURIComponent(row.name)}`}>{row.name}</a>
                </th>
                <td class="number">
                  <a href={`/activity/${row.activity_id}`}>{duration(row.elapsed_time)}</a>
                </td>
                <td class="number soft small">{short_day(row.start_date_local)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Streaks({ streaks }: { streaks: { day: Streak; week: Streak } }) {
  const text = (streak: Streak, one: string): string =>
    `${number(streak.current)} ${one}${streak.current === 1 ? "" : "s"}`;
  return (
    <section class="card" aria-label="Streaks">
      <div class="title">
        <h2>Streaks</h2>
      </div>
      <dl class="figures">
        <div class="figure">
          <dt>Days in a row</dt>
          <dd>
            {text(streaks.day, "day")}
            <span class="beside">longest {number(streaks.day.longest)}</span>
          </dd>
        </div>
        <div class="figure">
          <dt>Weeks in a row</dt>
          <dd>
            {text(streaks.week, "week")}
            <span class="beside">longest {number(streaks.week.longest)}</span>
          </dd>
        </div>
      </dl>
    </section>
  );
}

function SyncCard({ first }: { first: SyncState }) {
  const state = use_settings().sync ?? first;
  const share = state.total > 0 ? state.done / state.total : 0;
  return (
    <section class="card" aria-label="Sync">
      <div class="title">
        <h2>Sync</h2>
        <a class="small" href="/settings">
          Settings
        </a>
      </div>
      {state.running ? (
        <>
          <p>
            {state.phase}: {number(state.done)} of {number(state.total)}
          </p>
          <progress value={share} max={1} aria-label="Progress of the sync" />
          {state.done_at ? <p class="small soft">Complete {moment(state.done_at)}</p> : null}
        </>
      ) : (
        <p>
          {state.last ? `Last synced ${moment(state.last.at)}` : "Not synced yet"}
          {state.last ? <span class="soft"> · {number(state.last.new)} new</span> : null}
          {state.done_at ? <span class="small soft"> · complete {moment(state.done_at)}</span> : null}
        </p>
      )}
    </section>
  );
}

export function Overview() {
  const { session } = use_settings();
  const { data, error } = use_data<OverviewData>("/api/overview");
  const { data: fitness } = use_data<FitnessDay[]>("/api/fitness");
  if (error) return <Failure error={error} />;
  if (!data) return null;
  const name = session.athlete.firstname;
  const archive = session.archive;
  return (
    <>
      <div class="head">
        <h1>{name ? <bdi>{name}</bdi> : "Overview"}</h1>
        <p class="soft">
          {number(archive.activities)} activities
          {archive.first_date ? ` since ${short_day(archive.first_date)}` : ""}
        </p>
      </div>
      <div class="grid">
        <PeriodCard name="This week" before="last week" period={data.periods.week} />
        <PeriodCard name="This month" before="last month" period={data.periods.month} />
        <PeriodCard name="This year" before="last year" period={data.periods.year} />
        <section class="card" aria-label="Fitness">
          <div class="title">
            <h2>Fitness, half a year</h2>
            <a class="small" href="/fitness">
              Fitness
            </a>
          </div>
          <div class="fitness-place">{fitness ? <FitnessChart days={fitness.slice(-182)} height={220} /> : null}</div>
        </section>
        <Newest rows={data.newest} />
        <div class="third stack">
          <RecentRecords rows={data.recent_records} />
          <Streaks streaks={data.streaks} />
          <SyncCard first={data.sync} />
        </div>
      </div>
    </>
  );
}
