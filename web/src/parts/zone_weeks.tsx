// SPDX-License-Identifier: MIT
// Time in heart-rate zones by week or month, and how polarised it is.

import { useMemo } from "preact/hooks";
import { use_data } from "../api";
import type { ZoneRow } from "../types";
import { long_duration, number, percent, short_day } from "../units";
import { StackedBars, type Stack } from "./bars";

const shade = (zone: string): string => (zone === "below" ? "z0" : `z${Math.min(Number(zone), 6)}`);

// "2026-W47" is the Monday of that ISO week.
export function monday(week: string): string {
  const [year, number_text] = week.split("-W").map(Number);
  const fourth = new Date(Date.UTC(year ?? 1970, 0, 4));
  const day = (fourth.getUTCDay() + 6) % 7;
  return new Date(fourth.getTime() + ((number_text ?? 1) * 7 - 7 - day) * 86_400_000).toISOString().slice(0, 10);
}

function stacks_of(rows: ZoneRow[], newest: number): Stack[] {
  const groups = new Map<string, ZoneRow[]>();
  for (const row of rows) {
    const key = row.week ?? row.month ?? "";
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const recent = [...groups.entries()].sort((a, b) => (a[0] < b[0] ? -1 : 1)).slice(-newest);
  return recent.map(([key, zones]) => ({
    key,
    name: key.includes("-W") ? `Week of ${short_day(monday(key))}` : key,
    parts: zones.map(({ zone, seconds }) => ({
      shade: shade(zone),
      value: seconds,
      text: `${zone === "below" ? "below" : `zone ${zone}`} ${long_duration(seconds)}`,
    })),
  }));
}

// Of the five zones: one and two are easy, three is between, four and five are hard.
function shares(stacks: Stack[]): { easy: number; middle: number; hard: number } | null {
  const total = { easy: 0, middle: 0, hard: 0 };
  for (const { parts } of stacks) {
    for (const { shade: name, value } of parts) {
      if (name === "z0" || name === "z1" || name === "z2") total.easy += value;
      else if (name === "z3") total.middle += value;
      else total.hard += value;
    }
  }
  const sum = total.easy + total.middle + total.hard;
  return sum === 0 ? null : { easy: total.easy / sum, middle: total.middle / sum, hard: total.hard / sum };
}

const weeks = 26;
const polarised = 0.8; // of the time easy, as Seiler found with endurance athletes

export function ZoneWeeks() {
  const { data } = use_data<ZoneRow[]>("/api/zones?of=heartrate&by=week");
  const stacks = useMemo(() => stacks_of(data ?? [], weeks), [data]);
  const first = data?.filter(({ week }) => week === data[0]?.week && week !== undefined) ?? [];
  const share = shares(stacks);
  if (!data) return null;
  return (
    <section class="card" aria-label="Zones by week">
      <div class="title">
        <h2>Heart-rate zones by week</h2>
        <span class="small soft">time of each week, half a year</span>
      </div>
      {share === null ? (
        <p class="soft">No zones yet: they need a highest heart rate and runs with heart rate.</p>
      ) : (
        <>
          <StackedBars
            label={`Time in zones: ${percent(share.easy)} easy, ${percent(share.middle)} between, ${percent(share.hard)} hard`}
            stacks={stacks}
            height={180}
            most_text={(seconds) => `longest ${long_duration(seconds)}`}
            mark={(key, i) => (i % 4 === 0 ? short_day(monday(key)).replace(/ \d{4}$/, "") : "")}
          />
          <p class="legend zone-legend">
            {first.map(({ zone, low, high }) => (
              <span key={zone}>
                <i class={`dot ${shade(zone)}`} />
                {zone === "below" ? `below ${number(high)}` : high === null ? `${zone}: ${number(low)}+` : `${zone}: ${number(low)}–${number(high)}`}
                {" bpm"}
              </span>
            ))}
          </p>
          <p class="polarised">
            <b>{percent(share.easy)}</b> easy, <b>{percent(share.middle)}</b> between, <b>{percent(share.hard)}</b> hard.{" "}
            <span class="soft">
              {share.easy >= polarised
                ? "At least four fifths are easy: polarised."
                : "Polarised training keeps at least 80 % easy."}
            </span>
          </p>
        </>
      )}
    </section>
  );
}
