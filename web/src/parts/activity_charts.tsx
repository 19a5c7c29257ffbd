// SPDX-License-Identifier: MIT
// The charts of an activity, one below the other over the same way or time. They share one cursor with each other and
// with the map; a part dragged over in one of them is shown in all, with its numbers.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import { use_data } from "../api";
import { use_units } from "../prefs";
import type { Part, Streams } from "../types";
import { cadence, distance, duration, height, number, pace, unit_length, unit_name } from "../units";
import { type Channel, channels_of } from "./channels";
import { axis, Chart, type ChartOptions, line, wash } from "./chart";
import { Choice, Figure } from "./figure";
import { type Cursor, nearest, type Range, sample_count, whole_index } from "./samples";

type Over = "distance" | "time";
const chart_height = 128;
const last_height = 152; // with the names of the axis below

interface Shared {
  xs: number[];
  over: Over;
  unit: string;
  cursor: Cursor;
  on_part: (range: Range | null) => void;
}

function options_of(channel: Channel, shared: Shared, is_last: boolean, me: () => unknown): ChartOptions {
  const { xs, over, cursor } = shared;
  const x_text = over === "time" ? duration : (value: number) => number(value, value < 10 && value % 1 !== 0 ? 1 : 0);
  return {
    legend: { show: false },
    padding: [8, 16, 0, 0],
    cursor: { y: false, points: { size: 7 }, drag: { x: true, y: false, setScale: false, dist: 6 } },
    scales: {
      x: { time: false },
      y: { range: () => channel.range, dir: channel.is_reversed ? -1 : 1 },
    },
    axes: [
      axis({
        show: is_last,
        size: 26,
        grid: { show: false },
        values: (_, splits) => splits.map((split) => (over === "time" ? x_text(split) : `${x_text(split)} ${shared.unit}`)),
        ...(over === "time" ? { incrs: [30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400] } : {}),
      }),
      axis({
        size: 48,
        space: 24,
        values: (_, splits) => splits.map(channel.text),
        ...(channel.text === duration ? { incrs: [5, 10, 15, 30, 60, 120, 300, 600] } : {}),
      }),
    ],
    series: [
      {},
      line(channel.title, channel.colour, channel.is_filled ? { fill: () => wash(channel.colour, 0.22) } : {}),
      ...(channel.second ? [line(channel.second.title, "soft", { width: 1, dash: [4, 3] })] : []),
    ],
    hooks: {
      setCursor: [
        (chart) => {
          const is_inside = (chart.cursor.left ?? -1) >= 0;
          if (is_inside) cursor.move(chart.cursor.idx ?? null, me());
        },
      ],
      setSelect: [
        (chart) => {
          if (chart.select.width < 6) return;
          const from = nearest(xs, chart.posToVal(chart.select.left, "x"));
          const to = nearest(xs, chart.posToVal(chart.select.left + chart.select.width, "x"));
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          if (to > from) shared.on_part({ from, to });
        },
      ],
    },
  };
}

function ChannelChart(props: { channel: Channel; shared: Shared; range: Range | null; is_last: boolean }) {
  const { channel, shared, range, is_last } = props;
  const { xs, cursor } = shared;
  const chart = useRef<uPlot | null>(null);
  const data = useMemo<uPlot.AlignedData>(
    () => [xs, channel.values, ...(channel.second ? [channel.second.values] : [])],
    [xs, channel],
  );
  const reading = useRef<HTMLElement>(null);
  const show_range = (): void => {
    const made = chart.current;
    const [min, max] = [xs[range?.from ?? 0] ?? 0, xs[range?.to ?? xs.length - 1] ?? 1];
    if (made && max > min) made.setScale("x", { min, max });
  };
  useEffect(show_range, [range, xs]);
  useEffect(
    () =>
      cursor.follow((sample, from) => {
        const value = sample === null ? null : channel.values[sample];
        const text = value === null || value === undefined ? "" : `${channel.text(value)} ${channel.unit}`;
        if (reading.current) reading.current.textContent = text;
        const made = chart.current;
        if (!made || made === from) return;
        const left = sample === null ? -10 : made.valToPos(xs[sample] ?? 0, "x");
        made.setCursor({ left, top: sample === null ? -10 : 10 }, false);
      }),
    [channel, cursor, xs],
  );
  return (
    <figure class="channel" data-channel={channel.key}>
      <figcaption class="legend">
        <span>
          <i class={`dot ${channel.colour}`} />
          {channel.title}, {channel.unit}
        </span>
        {channel.second ? <span>dashed: {channel.second.title.toLowerCase()}</span> : null}
        <b ref={reading} />
      </figcaption>
      <Chart
        label={`${channel.title} in ${channel.unit}`}
        height={is_last ? last_height : chart_height}
        data={data}
        keys={[channel, xs, is_last]}
        options={() => options_of(channel, shared, is_last, () => chart.current)}
        on_chart={(made) => {
          chart.current = made;
          show_range();
        }}
      />
    </figure>
  );
}

function PartFigures({ id, streams, range, sport }: { id: number; streams: Streams; range: Range; sport: string }) {
  const units = use_units();
  const words = `from=${whole_index(streams, range.from)}&to=${whole_index(streams, range.to)}`;
  const { data: part } = use_data<Part>(`/api/activity/${id}/split?${words}`);
  if (!part) return null;
  return (
    <dl class="figures part" aria-label="The part shown" aria-live="polite">
      <Figure name="Distance" value={distance(part.distance, units, 2)} />
      <Figure name="Time" value={duration(part.elapsed_time)} />
      <Figure name="Pace" value={pace(part.average_speed, sport, units)} />
      {part.average_grade_adjusted_speed ? (
        <Figure name="Grade adjusted" value={pace(part.average_grade_adjusted_speed, sport, units)} />
      ) : null}
      {part.average_heartrate ? <Figure name="Heart rate" value={`${number(part.average_heartrate)} bpm`} /> : null}
      {part.average_watts ? <Figure name="Power" value={`${number(part.average_watts)} W`} /> : null}
      {part.average_cadence ? <Figure name="Cadence" value={cadence(part.average_cadence, sport)} /> : null}
      <Figure name="Climb" value={height(part.total_elevation_gain, units)} />
    </dl>
  );
}

// What a cursor at `sample` says of way and time.
function Position({ streams, cursor }: { streams: Streams; cursor: Cursor }) {
  const units = use_units();
  const [sample, set_sample] = useState<number | null>(null);
  useEffect(() => cursor.follow(set_sample), [cursor]);
  if (sample === null) return <span class="small soft">Drag over a chart to look at a part</span>;
  return (
    <span class="small" data-sample={sample}>
      {distance(streams.distance?.[sample], units, 2)} · {duration(streams.time?.[sample])}
    </span>
  );
}

export function ActivityCharts(props: {
  id: number;
  streams: Streams;
  sport: string;
  cursor: Cursor;
  range: Range | null;
  on_part: (range: Range | null) => void;
}) {
  const { id, streams, sport, cursor, range, on_part } = props;
  const units = use_units();
  const has_way = streams.distance !== null && (streams.distance[streams.distance.length - 1] ?? 0) > 0;
  const [wanted, set_over] = useState<Over>("distance");
  const over = has_way ? wanted : "time";
  const channels = useMemo(() => channels_of(streams, sport, units), [streams, sport, units]);
  const shared = useMemo<Shared>(() => {
    const raw = over === "time" ? (streams.time ?? []) : (streams.distance ?? []);
    let last = 0;
    const xs = raw.map((value) => (last = value ?? last)).map((x) => (over === "time" ? x : x / unit_length(units)));
    return { xs, over, unit: unit_name(units), cursor, on_part };
  }, [streams, over, units, cursor]);

  const on_key = (event: KeyboardEvent): void => {
    const count = sample_count(streams);
    const step = Math.max(1, Math.round(((range?.to ?? count) - (range?.from ?? 0)) / 100));
    const at = cursor.sample ?? range?.from ?? 0;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      event.preventDefault();
      const to = Math.min(Math.max(at + (event.key === "ArrowRight" ? step : -step), 0), count - 1);
      if (event.shiftKey) on_part({ from: Math.min(range?.from ?? at, to), to: Math.max(to, (range?.from ?? at) + 1) });
      cursor.move(to, null);
    } else if (event.key === "Escape") {
      on_part(null);
      cursor.move(null, null);
    }
  };

  if (channels.length === 0) return null;
  return (
    <section class="card" aria-label="Charts">
      <div class="title">
        <h2>Charts</h2>
        <Position streams={streams} cursor={cursor} />
        <span class="row no-print">
          {range ? (
            <button type="button" onClick={() => on_part(null)}>
              Show all
            </button>
          ) : null}
          {has_way ? (
            <Choice
              label="Over"
              value={over}
              of={[
                ["distance", "Distance"],
                ["time", "Time"],
              ]}
              on_change={set_over}
            />
          ) : null}
        </span>
      </div>
      {range ? <PartFigures id={id} streams={streams} range={range} sport={sport} /> : null}
      <div
        class="channels"
        role="group"
        aria-label="Charts: arrow keys move the cursor, with Shift they select a part, Escape shows all"
        tabIndex={0}
        onKeyDown={on_key}
        onDblClick={() => on_part(null)}
        onMouseLeave={() => cursor.move(null, null)}
      >
        {channels.map((channel, i) => (
          <ChannelChart
            key={channel.key}
            channel={channel}
            shared={shared}
            range={range}
            is_last={i === channels.length - 1}
          />
        ))}
      </div>
    </section>
  );
}
