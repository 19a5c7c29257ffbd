// SPDX-License-Identifier: MIT
// The distance of each year as it grew, day by day, one year against the others.

import { useMemo, useState } from "preact/hooks";
import type uPlot from "uplot";
import { use_units } from "../prefs";
import { distance_value, number, unit_name } from "../units";
import { axis, Chart, line } from "./chart";

const colours = ["c2", "c3", "c4", "c5"];
const first_days = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function CumulativeChart({ year, cumulative }: { year: number; cumulative: Record<string, number[]> }) {
  const units = use_units();
  const [at, set_at] = useState<number | null>(null);
  const years = useMemo(() => {
    const all = Object.keys(cumulative).map(Number).sort((a, b) => b - a);
    return [year, ...all.filter((other) => other !== year)].slice(0, 8);
  }, [cumulative, year]);
  const data = useMemo<uPlot.AlignedData>(() => {
    const longest = Math.max(...years.map((one) => cumulative[one]?.length ?? 0), 1);
    const xs = Array.from({ length: longest }, (_, i) => i);
    const column = (one: number): (number | null)[] => {
      const values = cumulative[one] ?? [];
      return xs.map((i) => (values[i] === undefined ? null : distance_value(values[i] as number, units)));
    };
    return [xs, ...years.map(column)];
  }, [years, cumulative, units]);
  const colour_of = (i: number): string => (i === 0 ? "c1" : (colours[i - 1] ?? "soft"));
  const reading = (i: number): string => {
    const values = data[i + 1] as (number | null)[];
    const last = values.reduce<number | null>((found, value) => value ?? found, null);
    return number(at === null ? last : (values[at] ?? last));
  };
  return (
    <>
      <p class="legend">
        {years.map((one, i) => (
          <span key={one}>
            <i class={`dot ${colour_of(i)}`} />
            {one} <b>{reading(i)}</b>
          </span>
        ))}
        <span>{unit_name(units)}{at !== null ? ` by day ${at + 1}` : ""}</span>
      </p>
      <Chart
        label={`Distance of ${year} against other years`}
        height={260}
        data={data}
        keys={[years, units]}
        options={() => ({
          legend: { show: false },
          padding: [8, 16, 0, 0],
          cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
          scales: { x: { time: false, range: () => [0, 366] } },
          axes: [
            axis({ size: 28, grid: { show: false }, splits: () => first_days, filter: (_, splits) => splits, values: () => months }),
            axis({ size: 56, values: (_, splits) => splits.map((split) => number(split)) }),
          ],
          series: [{}, ...years.map((one, i) => line(String(one), colour_of(i), { width: i === 0 ? 2.6 : 1.2 }))],
          hooks: { setCursor: [(chart) => set_at(chart.cursor.idx ?? null)] },
        })}
      />
    </>
  );
}
