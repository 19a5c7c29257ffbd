// SPDX-License-Identifier: MIT
// A chart drawn by uPlot, in the colours of the theme, as wide as its place.

import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { colour, use_settings } from "../prefs";

export type ChartOptions = Omit<uPlot.Options, "width" | "height">;

const font = '12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

export function axis(more: uPlot.Axis = {}): uPlot.Axis {
  return {
    stroke: () => colour("soft"),
    font,
    ticks: { show: false },
    grid: { stroke: () => colour("line"), width: 1 },
    border: { show: false },
    gap: 6,
    ...more,
  };
}

export function line(label: string, name: string, more: uPlot.Series = {}): uPlot.Series {
  return { label, stroke: () => colour(name), width: 1.6, points: { show: false }, spanGaps: false, ...more };
}

// A colour of the theme, thinned: for what is filled below a line.
export function wash(name: string, share: number): string {
  const found = colour(name).match(/^#(..)(..)(..)$/);
  if (!found) return "transparent";
  const [red, green, blue] = found.slice(1).map((part) => parseInt(part, 16));
  return `rgb(${red} ${green} ${blue} / ${share})`;
}

// Days as seconds since 1970, for a time axis.
export const day_seconds = (day: string): number => Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 1000;

export const day_axis = (more: uPlot.Axis = {}): uPlot.Axis =>
  axis({
    space: 70,
    size: 28,
    grid: { show: false },
    values: (_, splits, __, ___, step) =>
      splits.map((split, i) => {
        const date = new Date(split * 1000);
        const before = new Date((splits[i - 1] ?? split) * 1000);
        const is_new_year = i > 0 && before.getUTCFullYear() !== date.getUTCFullYear();
        if (step >= 300 * 86400) return String(date.getUTCFullYear());
        const month = date.toLocaleString("en-GB", { month: "short", timeZone: "UTC" });
        const text = step < 25 * 86400 ? `${date.getUTCDate()} ${month}` : month;
        return is_new_year ? `${text} ${date.getUTCFullYear()}` : text;
      }),
    ...more,
  });

export function Chart(props: {
  label: string; // says what is drawn to those who can't see it
  height: number;
  data: uPlot.AlignedData;
  options: () => ChartOptions;
  keys: readonly unknown[]; // the chart is made anew when one of them changes
  on_chart?: (chart: uPlot | null) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const { theme } = use_settings();
  const { height, data, options, on_chart } = props;
  useEffect(() => {
    const host = place.current;
    if (!host) return;
    const width = (): number => Math.max(host.clientWidth, 80);
    const made = new uPlot({ tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "UTC"), ...options(), width: width(), height }, data, host);
    chart.current = made;
    on_chart?.(made);
    const observer = new ResizeObserver(() => {
      if (width() !== made.width) made.setSize({ width: width(), height });
    });
    observer.observe(host);
    return () => {
      observer.disconnect();
      on_chart?.(null);
      chart.current = null;
      made.destroy();
    };
  }, [theme, height, ...props.keys]);
  useEffect(() => {
    if (chart.current && chart.current.data !== data) chart.current.setData(data);
  }, [data]);
  return <div class="chart" ref={place} role="img" aria-label={props.label} style={{ height: `${height}px` }} />;
}
