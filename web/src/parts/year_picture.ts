// SPDX-License-Identifier: MIT
// A year as one picture to share: its sums, its days, its months. Drawn here, so that nothing leaves this computer
// unless the reader sends it.

import { colour } from "../prefs";
import type { CalendarDay, Year } from "../types";
import { distance, height, number, type Units } from "../units";
import { squares_of } from "./day_map";
import { wash } from "./chart";

const width = 1080;
const tall = 1350;
const margin = 80;
const family = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const initials = ["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"];

type Pen = CanvasRenderingContext2D;

function write(pen: Pen, text: string, x: number, y: number, size: number, weight: number, shade: string): void {
  pen.font = `${weight} ${size}px ${family}`;
  pen.fillStyle = colour(shade);
  pen.fillText(text, x, y);
}

function draw_days(pen: Pen, year: number, days: CalendarDay[], y: number): number {
  const side = (width - 2 * margin) / 54;
  const shares = [0, 0.3, 0.55, 0.78, 1];
  for (const { column, row, level } of squares_of(year, days, "distance")) {
    pen.fillStyle = level === 0 ? colour("faint") : wash("accent", shares[level] ?? 1);
    pen.fillRect(margin + column * side, y + row * side, side - 2.5, side - 2.5);
  }
  return y + 7 * side;
}

function draw_months(pen: Pen, months: Year["months"], y: number, high: number): void {
  const most = Math.max(...months.map((month) => month.distance), 1);
  const step = (width - 2 * margin) / 12;
  months.forEach((month, i) => {
    const bar = (month.distance / most) * high;
    pen.fillStyle = colour("accent");
    pen.fillRect(margin + i * step, y + high - bar, step - 14, bar);
    pen.textAlign = "center";
    write(pen, initials[i] ?? "", margin + i * step + (step - 14) / 2, y + high + 34, 22, 400, "soft");
    pen.textAlign = "left";
  });
}

export function draw_year(year: Year, days: CalendarDay[], name: string, units: Units): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = tall;
  const pen = canvas.getContext("2d");
  if (!pen) return canvas;
  pen.fillStyle = colour("card");
  pen.fillRect(0, 0, width, tall);
  pen.fillStyle = colour("accent");
  pen.fillRect(0, 0, width, 14);
  write(pen, String(year.year), margin, 190, 130, 700, "ink");
  if (name) write(pen, name.slice(0, 40), margin + 2, 245, 34, 400, "soft");
  write(pen, distance(year.totals.distance, units, 0), margin, 380, 96, 700, "accent");
  const figures: [string, string][] = [
    [number(year.totals.count), "activities"],
    [`${number(year.totals.moving_time / 3600)} h`, "moving"],
    [height(year.totals.total_elevation_gain, units), "climbed"],
    [number(year.active_days), "days out"],
  ];
  const step = (width - 2 * margin) / figures.length;
  figures.forEach(([value, title], i) => {
    write(pen, value, margin + i * step, 480, 40, 650, "ink");
    write(pen, title, margin + i * step, 518, 26, 400, "soft");
  });
  const below = draw_days(pen, year.year, days, 590);
  draw_months(pen, year.months, below + 70, 230);
  const bests: [string, string][] = [];
  if (year.longest) bests.push(["Longest", `${distance(year.longest.distance, units)}  ${year.longest.name.slice(0, 36)}`]);
  if (year.highest) {
    bests.push(["Most climb", `${height(year.highest.total_elevation_gain, units)}  ${year.highest.name.slice(0, 36)}`]);
  }
  bests.forEach(([title, text], i) => {
    write(pen, title, margin, 1170 + i * 52, 26, 400, "soft");
    write(pen, text, margin + 190, 1170 + i * 52, 28, 600, "ink");
  });
  write(pen, "harrier", width - margin - 100, tall - 50, 26, 650, "accent");
  return canvas;
}
