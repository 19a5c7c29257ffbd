// SPDX-License-Identifier: MIT
// Encoded polylines of five digits (Google's Encoded Polyline Algorithm Format), as Strava's maps have them.

// [lng, lat] in degrees. What is cut or not a polyline gives the points before the damage.
export function decode(text: string): [number, number][] {
  const points: [number, number][] = [];
  let at = 0;
  let lat = 0;
  let lng = 0;
  const next = (): number | null => {
    let value = 0;
    for (let shift = 0; at < text.length && shift < 35; shift += 5) {
      const bits = text.charCodeAt(at++) - 63;
      value |= (bits & 31) << shift;
      if (bits < 32) return value & 1 ? ~(value >> 1) : value >> 1;
    }
    return null;
  };
  for (;;) {
    const north = next();
    const east = next();
    if (north === null || east === null) return points;
    lat += north;
    lng += east;
    points.push([lng / 1e5, lat / 1e5]);
  }
}
