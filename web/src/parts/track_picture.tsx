// SPDX-License-Identifier: MIT
// A small picture of a track: its shape, north up.

import { decode } from "./polyline";

const side = 56;
const margin = 4;

export function track_path(polyline: string): string {
  const points = decode(polyline);
  if (points.length < 2) return "";
  const scale = Math.cos(((points[0] as [number, number])[1] * Math.PI) / 180);
  const xs = points.map(([lng]) => lng * scale);
  const ys = points.map(([, lat]) => -lat);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  const size = Math.max(Math.max(...xs) - left, Math.max(...ys) - top, 1e-9);
  const room = side - 2 * margin;
  const dx = margin + (room - ((Math.max(...xs) - left) / size) * room) / 2;
  const dy = margin + (room - ((Math.max(...ys) - top) / size) * room) / 2;
  const place = (i: number): string =>
    `${(dx + (((xs[i] as number) - left) / size) * room).toFixed(1)} ${(dy + (((ys[i] as number) - top) / size) * room).toFixed(1)}`;
  return `M${points.map((_, i) => place(i)).join("L")}`;
}

export function TrackPicture({ polyline }: { polyline: string | null }) {
  const path = polyline ? track_path(polyline) : "";
  return (
    <svg class="track" width={side} height={side} viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
      {path ? (
        <path d={path} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" />
      ) : (
        <circle cx={side / 2} cy={side / 2} r="2.5" fill="currentColor" opacity="0.35" />
      )}
    </svg>
  );
}
