// SPDX-License-Identifier: MIT
// A figure with its name, and a comparison beside it.

import type { ComponentChildren } from "preact";
import { number } from "../units";

// "142.3 km" with the unit smaller than the number.
export function Value({ text }: { text: string }) {
  const found = text.match(/^([^\s]+)\s(\/?[a-z°%]+[^0-9]*)$/i);
  if (!found) return <>{text}</>;
  return (
    <>
      {found[1]} <span class="unit">{found[2]}</span>
    </>
  );
}

export function Figure(props: { name: string; value: string; title?: string; children?: ComponentChildren }) {
  return (
    <div class="figure" title={props.title}>
      <dt>{props.name}</dt>
      <dd>
        <Value text={props.value} />
        {props.children ? <span class="beside">{props.children}</span> : null}
      </dd>
    </div>
  );
}

// "+12 %" against another value, coloured and signed; nothing where there is nothing to compare with.
export function Change({ now, before }: { now: number; before: number }) {
  if (before <= 0 || now <= 0) return null;
  const change = Math.round((now / before - 1) * 100);
  if (change === 0) return <span>same</span>;
  return (
    <span class={change > 0 ? "up" : "down"}>
      {change > 0 ? "+" : "−"}
      {number(Math.abs(change))} %
    </span>
  );
}

// A choice of few, as a row of buttons.
export function Choice<T extends string>(props: {
  label: string;
  value: T;
  of: readonly (readonly [T, string])[];
  on_change: (value: T) => void;
}) {
  return (
    <div class="choice" role="group" aria-label={props.label}>
      {props.of.map(([value, name]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === props.value ? "true" : "false"}
          onClick={() => props.on_change(value)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
