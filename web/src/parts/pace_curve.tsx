// SPDX-License-Identifier: MIT
// The fastest pace held for each length of time, of all time and of another span, with the predicted races on it.

import { useMemo, useState } from "preact/hooks";
import type uPlot from "uplot";
import { query, use_data } from "../api";
import { use_units } from "../prefs";
import type { Curve, Prediction } from "../types";
import { duration, pace_name, pace_value, type Units } from "../units";
import { axis, Chart, line } from "./chart";
import { nearest } from "./samples";

const year = new Date().getFullYear();
const shortest = 10; // s

// The curves over one axis of seconds, each null where it has no value, then the predictions.
function aligned(curves: Curve[], races: [number, number][], units: Units): uPlot.AlignedData {
  const seconds = new Set<number>();
  for (const curve of curves) for (const at of curve.seconds) if (at >= shortest) seconds.add(at);
  for (const [at] of races) seconds.add(at);
  const xs = [...seconds].sort((a, b) => a - b);
  const place = new Map(xs.map((at, i) => [at, i]));
  const column = (points: [number, number][]): (number | null)[] => {
    const values: (number | null)[] = new Array(xs.length).fill(null);
    for (const [at, speed] of points) {
      const i = place.get(at);
      if (i !== undefined && speed > 0) values[i] = pace_value(speed, "Run", units);
    }
    return values;
  };
  const of = (curve: Curve): [number, number][] => curve.seconds.map((at, i) => [at, curve.values[i] ?? 0]);
  return [xs, ...curves.map((curve) => column(of(curve))), column(races)];
}

export function PaceCurve({ since }: { since: string }) {
  const units = use_units();
  const [at, set_at] = useState<number | null>(null);
  const other = since || String(year);
  const { data: all } = use_data<Curve>("/api/curve?kind=pace");
  const { data: part } = use_data<Curve>(`/api/curve${query({ kind: "pace", since: other })}`);
  const { data: prediction } = use_data<Prediction>("/api/predict");
  const races = useMemo<[number, number][]>(
    () =>
      (prediction?.predictions ?? []).flatMap((race) =>
        race.vdot ? [[race.vdot, race.distance / race.vdot] as [number, number]] : [],
      ),
    [prediction],
  );
  const data = useMemo(
    () => (all && part ? aligned([all, part], races, units) : null),
    [all, part, races, units],
  );
  if (!data || data[0].length < 2) return null;
  const xs = data[0] as number[];
  const name = since ? "this span" : String(year);
  const value = (series: number): string => {
    const values = data[series] as (number | null)[];
    let found: number | null = null;
    if (at !== null) {
      const i = nearest(xs, xs[at] ?? 0);
      found = values[i] ?? values.slice(i).find((next) => next !== null) ?? null;
    }
    return found === null ? "" : duration(found);
  };
  return (
    <section class="card" aria-label="Pace curve">
      <div class="title">
        <h2>Pace curve</h2>
        <span class="small soft">the fastest pace held for each length of time</span>
      </div>
      <p class="legend">
        <span>
          <i class="dot c1" />
          All time <b>{value(1)}</b>
        </span>
        <span>
          <i class="dot c2" />
          {name} <b>{value(2)}</b>
        </span>
        <span>
          <i class="dot c3" />
          Predicted races
        </span>
        {at !== null ? <span>{duration(xs[at])}</span> : null}
      </p>
      <Chart
        label={`Pace in ${pace_name("Run", units)} over the time it was held`}
        height={280}
        data={data}
        keys={[units, xs.length, name]}
        options={() => ({
          legend: { show: false },
          padding: [8, 16, 0, 0],
          cursor: { y: false, drag: { x: false, y: false } },
          scales: { x: { time: false, distr: 3 }, y: { dir: -1 } },
          axes: [
            axis({
              size: 28,
              splits: () => [10, 30, 60, 180, 600, 1800, 3600, 7200, 14400].filter((x) => x >= (xs[0] ?? 0) && x <= (xs[xs.length - 1] ?? 0)),
              filter: (_, splits) => splits,
              values: (_, splits) => splits.map(duration),
              grid: { show: false },
            }),
            axis({
              size: 68,
              label: pace_name("Run", units),
              labelSize: 18,
              labelFont: "12px system-ui",
              values: (_, splits) => splits.map(duration),
              incrs: [5, 10, 15, 30, 60, 120],
            }),
          ],
          series: [
            {},
            line("All time", "c1", { spanGaps: true, width: 2 }),
            line(name, "c2", { spanGaps: true }),
            line("Predicted", "c3", { paths: () => null, points: { show: true, size: 8, width: 2 } }),
          ],
          hooks: { setCursor: [(chart) => set_at(chart.cursor.idx ?? null)] },
        })}
      />
    </section>
  );
}
