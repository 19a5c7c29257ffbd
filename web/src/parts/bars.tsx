// SPDX-License-Identifier: MIT
// Bars of an SVG: stacked ones over time, and a row of plain ones. Each has a title that says its numbers.

export interface Stack {
  key: string;
  name: string; // what the title begins with
  parts: { shade: string; value: number; text: string }[];
}

// Every bar as wide as its share of the room; `mark` names some of them below.
export function StackedBars(props: {
  label: string;
  stacks: Stack[];
  height: number;
  mark: (key: string, index: number) => string;
  most_text?: (value: number) => string; // what the highest bar stands for, with its unit
}) {
  const { label, stacks, height, mark, most_text } = props;
  const sum = (stack: Stack): number => stack.parts.reduce((total, { value }) => total + value, 0);
  const most = Math.max(...stacks.map(sum), 1);
  const width = 1000 / Math.max(stacks.length, 1);
  const gap = Math.min(width * 0.2, 6);
  return (
    <figure class="bars">
      {most_text ? <p class="bar-most small soft">{most_text(most)}</p> : null}
      <svg
        class="bar-picture"
        viewBox={`0 0 1000 ${height}`}
        preserveAspectRatio="none"
        style={{ height: `${height}px` }}
        role="img"
        aria-label={label}
      >
        {stacks.map((stack, i) => {
          const scale = height / most;
          let top = height;
          return (
            <g key={stack.key}>
              <title>{`${stack.name}: ${stack.parts.map(({ text }) => text).join(", ")}`}</title>
              <rect x={i * width} y={0} width={width} height={height} fill="transparent" />
              {stack.parts.map(({ shade, value }) => {
                const tall = value * scale;
                top -= tall;
                return (
                  <rect
                    key={shade}
                    x={i * width + gap / 2}
                    y={top}
                    width={Math.max(width - gap, 1)}
                    height={Math.max(tall, 0)}
                    fill={`var(--${shade})`}
                  />
                );
              })}
            </g>
          );
        })}
      </svg>
      <div class="bar-marks small soft" aria-hidden="true">
        {stacks.map((stack, i) => {
          const text = mark(stack.key, i);
          return text ? (
            <span key={stack.key} style={{ left: `${((i + 0.5) / stacks.length) * 100}%` }}>
              {text}
            </span>
          ) : null;
        })}
      </div>
    </figure>
  );
}

export function PlainBars(props: { label: string; bars: { name: string; value: number; text: string }[]; height: number; every?: number; most_text?: (value: number) => string }) {
  const { bars, every = 1 } = props;
  return (
    <StackedBars
      label={props.label}
      height={props.height}
      {...(props.most_text ? { most_text: props.most_text } : {})}
      stacks={bars.map(({ name, value, text }) => ({ key: name, name, parts: [{ shade: "c1", value, text }] }))}
      mark={(key, i) => (i % every === 0 ? key : "")}
    />
  );
}
