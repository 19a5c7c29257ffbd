// SPDX-License-Identifier: MIT
// Splits, laps, best efforts, zones of one activity; what Strava says beside it, and other runs of the same route.

import { use_units } from "../prefs";
import type { Activity, Effort, Similar, Split, ZoneTime } from "../types";
import { distance, distance_value, duration, height, number, pace, pace_name, pace_number, percent, short_day, unit_name } from "../units";
import { field_of } from "./activity_fields";

// Faster is longer; the slowest half of the scale is left out, so that differences show.
function bar_shares(speeds: number[]): number[] {
  const fastest = Math.max(...speeds);
  const slowest = Math.min(...speeds);
  const ground = Math.max(0, slowest - (fastest - slowest) * 0.6 - fastest * 0.05);
  return speeds.map((speed) => (fastest > ground ? Math.max(0.02, (speed - ground) / (fastest - ground)) : 1));
}

export function Splits(props: { title: string; splits: Split[]; sport: string; is_lap: boolean }) {
  const { title, splits, sport, is_lap } = props;
  const units = use_units();
  const shares = bar_shares(splits.map(({ average_speed }) => average_speed));
  const has_heart = splits.some(({ average_heartrate }) => average_heartrate !== null);
  const has_grade = splits.some((split) => split.average_grade_adjusted_speed !== null);
  return (
    <section class="card" aria-label={title}>
      <div class="title">
        <h2>{title}</h2>
      </div>
      <div class="scroll-x" tabIndex={0} role="region" aria-label={`Table: ${title}`}>
        <table class="splits">
          <thead>
            <tr>
              <th>{is_lap ? "Lap" : unit_name(units)}</th>
              {is_lap ? <th class="number">Distance</th> : null}
              {is_lap ? <th class="number">Time</th> : null}
              <th class="number">{pace_name(sport, units)}</th>
              <th class="wide">
                <span class="hidden">Bar</span>
              </th>
              {has_grade ? <th class="number">Graded</th> : null}
              {has_heart ? <th class="number">bpm</th> : null}
              <th class="number">Climb</th>
            </tr>
          </thead>
          <tbody>
            {splits.map((split, i) => {
              const is_part = !is_lap && distance_value(split.distance, units) < 0.98;
              return (
                <tr key={split.split ?? i}>
                  <td>{is_part ? number(distance_value(split.distance, units), 2) : (split.split ?? i + 1)}</td>
                  {is_lap ? <td class="number">{distance(split.distance, units, 2)}</td> : null}
                  {is_lap ? <td class="number">{duration(split.elapsed_time)}</td> : null}
                  <td class="number">
                    <b>{pace_number(split.average_speed, sport, units)}</b>
                  </td>
                  <td class="wide">
                    <span class="bar" style={{ width: `${((shares[i] ?? 0) * 100).toFixed(1)}%` }} />
                  </td>
                  {has_grade ? (
                    <td class="number soft">{pace_number(split.average_grade_adjusted_speed, sport, units)}</td>
                  ) : null}
                  {has_heart ? <td class="number">{number(split.average_heartrate)}</td> : null}
                  <td class="number soft">{height(split.total_elevation_gain, units)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function Efforts({ efforts, on_show }: { efforts: Effort[]; on_show: (effort: Effort) => void }) {
  const units = use_units();
  return (
    <section class="card" aria-label="Best efforts">
      <div class="title">
        <h2>Best efforts</h2>
      </div>
      <table>
        <tbody>
          {efforts.map((effort) => (
            <tr key={effort.name}>
              <th scope="row">{effort.name}</th>
              <td class="number">
                <b>{duration(effort.elapsed_time)}</b>
              </td>
              <td class="number soft extra">{pace(effort.distance / effort.elapsed_time, "Run", units)}</td>
              <td class="number no-print">
                <button type="button" class="plain small" onClick={() => on_show(effort)}>
                  Show<span class="hidden"> the {effort.name} in the charts</span>
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function Zones({ zones }: { zones: ZoneTime[] }) {
  const total = zones.reduce((sum, { time }) => sum + time, 0);
  const most = Math.max(...zones.map(({ time }) => time), 1);
  if (total === 0) return null;
  return (
    <section class="card" aria-label="Heart-rate zones">
      <div class="title">
        <h2>Heart-rate zones</h2>
      </div>
      <table>
        <tbody>
          {zones.map(({ zone, min, max, time }) => (
            <tr key={zone}>
              <th scope="row">
                {zone} <span class="soft small">{max === null ? `${number(min)}+` : `${number(min)}–${number(max)}`}</span>
              </th>
              <td class="wide">
                <span class={`bar z${zone}`} style={{ width: `${((time / most) * 100).toFixed(1)}%` }} />
              </td>
              <td class="number">{duration(time)}</td>
              <td class="number soft">{percent(time / total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function SimilarRuns({ activity, rows }: { activity: Activity; rows: Similar[] }) {
  const units = use_units();
  const best = Math.min(...rows.map(({ moving_time }) => moving_time));
  return (
    <section class="card" aria-label="The same route">
      <div class="title">
        <h2>The same route</h2>
        <span class="small soft">{number(rows.length)} times</span>
      </div>
      <table>
        <tbody>
          {rows.map((row) => (
            <tr key={row.activity_id} class={row.activity_id === activity.activity_id ? "current" : undefined}>
              <td>
                <a href={`/activity/${row.activity_id}`}>{short_day(row.start_date_local)}</a>
              </td>
              <td class="number">
                <b>{duration(row.moving_time)}</b>
              </td>
              <td class="number soft">
                {row.moving_time === best ? "fastest" : `+${duration(row.moving_time - best)}`}
              </td>
              <td class="number soft extra">{pace(row.distance / row.moving_time, activity.sport_type, units)}</td>
              <td class="number soft extra">{row.average_heartrate ? `${number(row.average_heartrate)} bpm` : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const field_names: Record<string, string> = { best_efforts: "Best efforts", laps: "Laps", streams: "Samples" };

export function StravaSays({ activity }: { activity: Activity }) {
  const units = use_units();
  const shown = (key: string, value: unknown): string => {
    const text = field_of.get(key)?.text(value, activity.sport_type, units);
    return text === undefined ? (typeof value === "object" ? "" : String(value)) : text;
  };
  const differing = Object.entries(activity.strava ?? {}).filter(([, value]) => value !== null && typeof value !== "object");
  const sources = activity.field_sources ?? [];
  const title = (key: string): string => field_of.get(key)?.title ?? field_names[key] ?? key.replaceAll("_", " ");
  if (differing.length === 0 && sources.length === 0) return null;
  return (
    <section class="card" aria-label="Where the numbers come from">
      <div class="title">
        <h2>Where the numbers come from</h2>
      </div>
      {differing.length > 0 ? (
        <table>
          <thead>
            <tr>
              <th />
              <th class="number">Here</th>
              <th class="number">Strava says</th>
            </tr>
          </thead>
          <tbody>
            {differing.map(([key, value]) => (
              <tr key={key}>
                <th scope="row">{title(key)}</th>
                <td class="number">{shown(key, activity[key])}</td>
                <td class="number soft">{shown(key, value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {sources.length > 0 ? (
        <details>
          <summary class="small">Source of each field</summary>
          <table class="small">
            <tbody>
              {sources.map(({ field, source }) => (
                <tr key={field}>
                  <th scope="row">{title(field)}</th>
                  <td>{source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      ) : null}
    </section>
  );
}

