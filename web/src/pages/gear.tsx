// SPDX-License-Identifier: MIT
// How far each pair of shoes and each bike has gone, month by month, and when it should be replaced.

import { useState } from "preact/hooks";
import { type ApiError, send, use_data } from "../api";
import { PlainBars } from "../parts/bars";
import { Failure } from "../parts/failure";
import { use_units } from "../prefs";
import type { GearRow } from "../types";
import { distance, distance_value, long_duration, number, short_day, unit_length, unit_name } from "../units";

const nearly = 0.9; // of the limit

function Limit({ gear, on_error }: { gear: GearRow; on_error: (error: ApiError | null) => void }) {
  const units = use_units();
  const known = gear.retire_at ? String(Math.round(distance_value(gear.retire_at, units))) : "";
  const [text, set_text] = useState(known);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    on_error(null);
    const value = Number(text);
    try {
      await send("PUT", `/api/gear/${encodeURIComponent(gear.gear_id ?? "")}`, {
        retire_at: text !== "" && value > 0 ? value * unit_length(units) : null,
      });
    } catch (error) {
      on_error(error as ApiError);
    }
  };
  return (
    <form class="row no-print" onSubmit={save}>
      <label class="field limit">
        Replace after ({unit_name(units)})
        <input type="number" min="0" step="any" value={text} placeholder="no limit" onInput={(event) => set_text(event.currentTarget.value)} />
      </label>
      {text !== known ? <button type="submit">Save</button> : null}
    </form>
  );
}

function Card({ gear }: { gear: GearRow }) {
  const units = use_units();
  const [error, set_error] = useState<ApiError | null>(null);
  const share = gear.retire_at ? gear.distance / gear.retire_at : null;
  const name = gear.gear_name ?? gear.gear_id ?? "Without gear";
  const kind = gear.gear_id?.startsWith("b") ? "Bike" : gear.gear_id?.startsWith("g") ? "Shoes" : "";
  const months = gear.months ?? [];
  return (
    <section class="card half stack" aria-label={name.slice(0, 80)}>
      <div class="row spread">
        <h2 class="cut">
          <bdi>{name.slice(0, 120)}</bdi>
        </h2>
        <span class="small soft">
          {kind}
          {gear.retired ? " · retired" : ""}
        </span>
      </div>
      <div>
        <p class="large">{distance(gear.distance, units, 0)}</p>
        <p class="small soft">
          {number(gear.count)} activities, {long_duration(gear.moving_time)} · {short_day(gear.first_used)} to{" "}
          {short_day(gear.last_used)}
        </p>
      </div>
      {share !== null ? (
        <div>
          <progress value={Math.min(share, 1)} max={1} aria-label="Share of the limit" />
          {share >= nearly && !gear.retired ? (
            <p class="notice small" role="note">
              {share >= 1
                ? `${distance(gear.distance - (gear.retire_at ?? 0), units, 0)} beyond the limit: time for new ones.`
                : `${distance((gear.retire_at ?? 0) - gear.distance, units, 0)} left.`}
            </p>
          ) : (
            <p class="small soft">{number(share * 100)} % of the limit</p>
          )}
        </div>
      ) : null}
      {months.length > 1 ? (
        <PlainBars
          label={`Distance of each month with ${name.slice(0, 80)}`}
          height={56}
          most_text={(metres) => `most in a month: ${distance(metres, units)}`}
          every={Math.ceil(months.length / 5)}
          bars={[...months]
            .sort((a, b) => (a.month < b.month ? -1 : 1))
            .map(({ month, distance: metres }) => ({ name: month, value: metres, text: distance(metres, units) }))}
        />
      ) : null}
      {error ? <Failure error={error} /> : null}
      {gear.gear_id ? (
        <div class="row spread">
          <Limit key={`${gear.retire_at} ${units}`} gear={gear} on_error={set_error} />
          <a class="small" href={`/activities?gear=${encodeURIComponent(gear.gear_id)}`}>
            Its activities
          </a>
        </div>
      ) : null}
    </section>
  );
}

export function Gear() {
  const { data, error } = use_data<GearRow[]>("/api/gear");
  if (error) return <Failure error={error} />;
  if (!data) return null;
  return (
    <div>
      <div class="head">
        <h1>Gear</h1>
      </div>
      {data.length === 0 ? <p class="soft">No activity names shoes or a bike.</p> : null}
      <div class="grid">
        {data.map((gear) => (
          <Card key={gear.gear_id ?? ""} gear={gear} />
        ))}
      </div>
    </div>
  );
}
