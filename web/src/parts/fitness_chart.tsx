// SPDX-License-Identifier: MIT
// Fitness, fatigue and form by day, with the load of each day below.

import { useMemo, useState } from "preact/hooks";
import type uPlot from "uplot";
import type { FitnessDay } from "../types";
import { number, short_day } from "../units";
import { axis, Chart, day_axis, day_seconds, line, wash } from "./chart";

function Reading({ day }: { day: FitnessDay | undefined }) {
  if (!day) return null;
  return (
    <p class="legend" aria-live="off">
      <span>{short_day(day.date)}</span>
      <span>
        <i class="dot c1" />
        Fitness <b>{number(day.ctl, 1)}</b>
      </span>
      <span>
        <i class="dot c2" />
        Fatigue <b>{number(day.atl, 1)}</b>
      </span>
      <span>
        <i class="dot c3" />
        Form <b>{number(day.tsb, 1)}</b>
      </span>
      <span>
        Load <b>{number(day.load)}</b>
      </span>
    </p>
  );
}

export function FitnessChart({ days, height }: { days: FitnessDay[]; height: number }) {
  const [at, set_at] = useState<number | null>(null);
  const data = useMemo<uPlot.AlignedData>(
    () => [
      days.map(({ date }) => day_seconds(date)),
      days.map(({ tsb }) => tsb),
      days.map(({ ctl }) => ctl),
      days.map(({ atl }) => atl),
    ],
    [days],
  );
  const last = days[days.length - 1];
  const label = last
    ? `Fitness ${number(last.ctl)}, fatigue ${number(last.atl)}, form ${number(last.tsb)} on ${short_day(last.date)}`
    : "No load is known";
  return (
    <>
      <Reading day={days[at ?? days.length - 1]} />
      <Chart
        label={label}
        height={height}
        data={data}
        keys={[days.length]}
        options={() => ({
          cursor: { y: false, points: { size: 6 } },
          scales: { x: { time: true }, y: { range: (_, low, high) => [Math.min(low, 0) - 4, high + 6] } },
          axes: [day_axis(), axis({ size: 44, label: "points a day", labelSize: 20, labelGap: 0, labelFont: "12px system-ui" })],
          series: [
            {},
            line("Form", "c3", { width: 1.2, fill: () => wash("c3", 0.12), fillTo: 0 }),
            line("Fitness", "c1", { width: 2.2 }),
            line("Fatigue", "c2", { width: 1.2 }),
          ],
          hooks: { setCursor: [(chart) => set_at(chart.cursor.idx ?? null)] },
        })}
      />
    </>
  );
}
