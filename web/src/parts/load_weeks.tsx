// SPDX-License-Identifier: MIT
// The load of each week, with its monotony and strain.

import { useMemo } from "preact/hooks";
import type { FitnessDay } from "../types";
import { number, short_day } from "../units";
import { StackedBars, type Stack } from "./bars";

const day_ms = 86_400_000;

function monday_of(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * day_ms).toISOString().slice(0, 10);
}

interface Week {
  monday: string;
  load: number;
  last: FitnessDay;
}

function weeks_of(days: FitnessDay[]): Week[] {
  const weeks: Week[] = [];
  for (const day of days) {
    const monday = monday_of(day.date);
    const week = weeks[weeks.length - 1];
    if (week && week.monday === monday) {
      week.load += day.load;
      week.last = day;
    } else {
      weeks.push({ monday, load: day.load, last: day });
    }
  }
  return weeks;
}

export function LoadWeeks({ days }: { days: FitnessDay[] }) {
  const weeks = useMemo(() => weeks_of(days).slice(-26), [days]);
  const stacks = weeks.map<Stack>(({ monday, load, last }) => ({
    key: monday,
    name: `Week of ${short_day(monday)}`,
    parts: [
      {
        shade: "c1",
        value: load,
        text:
          `load ${number(load)}` +
          (last.monotony ? `, monotony ${number(last.monotony, 1)}` : "") +
          (last.strain ? `, strain ${number(last.strain)}` : ""),
      },
    ],
  }));
  return (
    <section class="card" aria-label="Load by week">
      <div class="title">
        <h2>Load by week</h2>
        <span class="small soft">points a week, half a year</span>
      </div>
      <StackedBars
        label="Load of each week"
        stacks={stacks}
        height={140}
        most_text={(load) => `highest ${number(load)} points`}
        mark={(key, i) => (i % 4 === 0 ? short_day(key).replace(/ \d{4}$/, "") : "")}
      />
    </section>
  );
}
