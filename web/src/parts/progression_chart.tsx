// SPDX-License-Identifier: MIT
// Every effort over one distance as a dot, and the record as a line of steps.

import { useMemo, useState } from "preact/hooks";
import type uPlot from "uplot";
import { colour } from "../prefs";
import { go } from "../router";
import type { RecordRow } from "../types";
import { duration, short_day } from "../units";
import { axis, Chart, day_axis, line, wash } from "./chart";
import { quantiles } from "./samples";

export function ProgressionChart({ efforts, steps }: { efforts: RecordRow[]; steps: RecordRow[] }) {
  const [at, set_at] = useState<number | null>(null);
  const sorted = useMemo(
    () => [...efforts].sort((a, b) => (a.start_date_local < b.start_date_local ? -1 : 1)),
    [efforts],
  );
  const data = useMemo<uPlot.AlignedData>(() => {
    let record = Infinity;
    return [
      sorted.map(({ start_date_local }) => Date.parse(start_date_local) / 1000),
      sorted.map(({ elapsed_time }) => elapsed_time),
      sorted.map(({ elapsed_time }) => (record = Math.min(record, elapsed_time))),
    ];
  }, [sorted]);
  const best = steps[steps.length - 1];
  // The slowest tenth would flatten all that matters.
  const [low = 0, high = 1] = quantiles(
    sorted.map(({ elapsed_time }) => elapsed_time),
    [0, 0.9],
  );
  const first_record = steps[0]?.elapsed_time ?? high;
  const top = Math.max(high, first_record);
  const room = Math.max((top - low) * 0.1, 1);
  const shown = at === null ? best : sorted[at];
  return (
    <>
      <p class="legend">
        {shown ? (
          <>
            <span>{short_day(shown.start_date_local)}</span>
            <b>{duration(shown.elapsed_time)}</b>
            <span class="cut">
              <bdi>{shown.activity_name.slice(0, 80)}</bdi>
            </span>
          </>
        ) : null}
      </p>
      <Chart
        label={best ? `The record fell to ${duration(best.elapsed_time)} on ${short_day(best.start_date_local)}` : "No effort"}
        height={250}
        data={data}
        keys={[sorted]}
        options={() => ({
          legend: { show: false },
          padding: [8, 16, 0, 0],
          cursor: {
            y: false,
            points: { size: 9 },
            drag: { x: false, y: false },
            bind: {
              click: (chart) => () => {
                const effort = sorted[chart.cursor.idx ?? -1];
                if (effort) go(`/activity/${effort.activity_id}`);
                return null;
              },
            },
          },
          scales: { x: { time: true }, y: { range: () => [low - room, top + room] } },
          axes: [day_axis(), axis({ size: 60, space: 32, values: (_, splits) => splits.map(duration), incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600] })],
          series: [
            {},
            line("Effort", "c3", {
              width: 0,
              paths: () => null,
              points: { show: true, size: 5, width: 0, fill: () => wash("c3", 0.55) },
            }),
            line("Record", "c1", { width: 2, paths: step_paths(), stroke: () => colour("c1") }),
          ],
          hooks: { setCursor: [(chart) => set_at(chart.cursor.idx ?? null)] },
        })}
      />
    </>
  );
}

// A record holds until the next one.
function step_paths(): uPlot.Series.PathBuilder {
  return (chart, series, from, to) => {
    const stroke = new Path2D();
    const xs = chart.data[0];
    const ys = chart.data[series] as number[];
    for (let i = from; i <= to; i += 1) {
      const x = chart.valToPos(xs[i] as number, "x", true);
      const y = chart.valToPos(ys[i] as number, "y", true);
      if (i === from) stroke.moveTo(x, y);
      else {
        stroke.lineTo(x, chart.valToPos(ys[i - 1] as number, "y", true));
        stroke.lineTo(x, y);
      }
    }
    if (chart.scales["x"]?.max !== undefined && to >= from) {
      stroke.lineTo(chart.bbox.left + chart.bbox.width, chart.valToPos(ys[to] as number, "y", true));
    }
    return { stroke, fill: null, clip: null, flags: 1 };
  };
}
