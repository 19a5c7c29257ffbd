// SPDX-License-Identifier: MIT
// Race times as several models predict them, beside the record.

import { use_data } from "../api";
import { use_units } from "../prefs";
import type { Prediction } from "../types";
import { distance, duration, number, pace, short_day } from "../units";

export function Predictions() {
  const units = use_units();
  const { data } = use_data<Prediction>("/api/predict");
  if (!data || !data.basis) return null;
  const { basis, vdot, critical_speed } = data;
  return (
    <section class="card" aria-label="Race predictions">
      <div class="title">
        <h2>Race predictions</h2>
        <span class="small soft">
          from{" "}
          <a href={`/activity/${basis.activity_id}`}>
            {distance(basis.distance, units)} in {duration(basis.elapsed_time)}
          </a>
          , {short_day(basis.start_date_local)}
          {vdot ? ` · VDOT ${number(vdot, 1)}` : ""}
          {critical_speed ? ` · critical speed ${pace(critical_speed.speed, "Run", units)}` : ""}
        </span>
      </div>
      <div class="scroll-x" tabIndex={0} role="region" aria-label="Table of predictions">
        <table>
          <thead>
            <tr>
              <th>Race</th>
              <th class="number">Record</th>
              <th class="number">VDOT</th>
              <th class="number">Riegel</th>
              <th class="number">Cameron</th>
              <th class="number">Critical speed</th>
            </tr>
          </thead>
          <tbody>
            {data.predictions.map((race) => (
              <tr key={race.name}>
                <th scope="row">{race.name}</th>
                <td class="number">
                  <b>{duration(race.record)}</b>
                </td>
                <td class="number">{duration(race.vdot)}</td>
                <td class="number soft">{duration(race.riegel)}</td>
                <td class="number soft">{duration(race.cameron)}</td>
                <td class="number soft">{duration(race.critical_speed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
