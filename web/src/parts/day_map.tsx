// SPDX-License-Identifier: MIT
// The days of a year as squares, a column for each week; the darker, the more.

import { useMemo } from "preact/hooks";
import { go } from "../router";
import type { CalendarDay } from "../types";
import { distance, duration, number, short_day, type Units } from "../units";
import { quantiles } from "./samples";

export type Measure = "distance" | "moving_time" | "load";

const side = 14; // of a square with its gap
const square = 12;
const left = 30;
const top = 18;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const day_ms = 86_400_000;

export interface DaySquare {
  date: string;
  column: number;
  row: number; // 0 is Monday
  month: number;
  day: CalendarDay | null;
  level: number; // 0 to 4
}

// Every day of the year with its place and how much there was.
export function squares_of(year: number, days: CalendarDay[], measure: Measure): DaySquare[] {
  const known = new Map(days.map((day) => [day.date, day]));
  const values = days.map((day) => day[measure] ?? 0).filter((value) => value > 0);
  const limits = quantiles(values, [0.25, 0.6, 0.88]);
  const first = Date.UTC(year, 0, 1);
  const first_row = (new Date(first).getUTCDay() + 6) % 7;
  const count = (Date.UTC(year + 1, 0, 1) - first) / day_ms;
  return Array.from({ length: count }, (_, i) => {
    const date = new Date(first + i * day_ms);
    const text = date.toISOString().slice(0, 10);
    const day = known.get(text) ?? null;
    const value = day?.[measure] ?? 0;
    const level = value <= 0 ? (day ? 1 : 0) : 1 + limits.filter((limit) => value > limit).length;
    const at = i + first_row;
    return { date: text, column: Math.floor(at / 7), row: at % 7, month: date.getUTCMonth(), day, level };
  });
}

function title_of({ date, day }: DaySquare, units: Units): string {
  if (!day) return `${short_day(date)}: none`;
  const load = day.load ? `, load ${number(day.load)}` : "";
  const count = `${number(day.count)} ${day.count === 1 ? "activity" : "activities"}`;
  return `${short_day(date)}: ${count}, ${distance(day.distance, units)}, ${duration(day.moving_time)}${load}`;
}

// By mouse; by keyboard a day is found with the filters of the activities.
function open_day(event: MouseEvent): void {
  const date = (event.target as Element).getAttribute("data-date");
  if (date) go(`/activities?since=${date}&until=${date}`);
}

export function DayMap(props: { year: number; days: CalendarDay[]; measure: Measure; units: Units }) {
  const { year, days, measure, units } = props;
  const squares = useMemo(() => squares_of(year, days, measure), [year, days, measure]);
  const columns = (squares[squares.length - 1]?.column ?? 52) + 1;
  const starts = months.map((name, month) => ({ name, column: squares.find((one) => one.month === month)?.column ?? 0 }));
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label="Days of the year">
      <svg
        class="day-map"
        onClick={open_day}
        viewBox={`0 0 ${left + columns * side} ${top + 7 * side}`}
        role="img"
        aria-label={`${number(days.length)} days with activities in ${year}`}
      >
        {starts.map(({ name, column }) => (
          <text key={name} x={left + column * side} y={11}>
            {name}
          </text>
        ))}
        {["Mon", "", "Wed", "", "Fri", "", "Sun"].map((name, row) =>
          name ? (
            <text key={name} x={0} y={top + row * side + 10}>
              {name}
            </text>
          ) : null,
        )}
        {squares.map((one) => {
          return (
            <rect
              key={one.date}
              class={`level${one.level}`}
              data-date={one.day ? one.date : undefined}
              x={left + one.column * side}
              y={top + one.row * side}
              width={square}
              height={square}
              rx={2}
            >
              <title>{title_of(one, units)}</title>
            </rect>
          );
        })}
      </svg>
    </div>
  );
}
