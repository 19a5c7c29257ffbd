// SPDX-License-Identifier: MIT
// A table that draws only the rows in sight, so that ten thousand scroll as smoothly as ten. Arrow keys, Page Up and
// Down, Home and End walk through the rows; Enter opens one. Printing draws the first thousand.

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

export interface TableColumn {
  key: string;
  title: string;
  width: number; // px, the least
  grows?: boolean;
  is_number?: boolean;
}

const row_height = 36; // px, as pages.css has it
const overscan = 12;
const printed_rows = 1000;
const drawn_rows = 128; // more than are ever in sight; a row that leaves it is used again for one that enters

interface Props {
  label: string;
  columns: TableColumn[];
  count: number;
  sort: { key: string; is_descending: boolean };
  cell: (row: number, key: string) => ComponentChildren;
  on_sort: (key: string) => void;
  on_open: (row: number) => void;
}

const template = (columns: TableColumn[]): string =>
  columns.map(({ width, grows }) => (grows ? `minmax(${width}px, 1fr)` : `${width}px`)).join(" ");

function Header({ columns, sort, on_sort }: Pick<Props, "columns" | "sort" | "on_sort">) {
  return (
    <div class="vt-row vt-head" role="row" style={{ gridTemplateColumns: template(columns) }}>
      {columns.map(({ key, title, is_number }) => {
        const is_sorted = sort.key === key;
        const order = sort.is_descending ? "descending" : "ascending";
        return (
          <div
            key={key}
            role="columnheader"
            aria-sort={is_sorted ? order : "none"}
            class={is_number ? "number" : undefined}
          >
            <button type="button" class="plain small" onClick={() => on_sort(key)}>
              {title}
              <span aria-hidden="true">{is_sorted ? (sort.is_descending ? " ↓" : " ↑") : ""}</span>
            </button>
          </div>
        );
      })}
    </div>
  );
}

export function VirtualTable(props: Props) {
  const { label, columns, count, cell, on_open } = props;
  const place = useRef<HTMLDivElement>(null);
  const [sight, set_sight] = useState({ first: 0, last: 40 });
  const [active, set_active] = useState(-1);
  const [is_printing, set_printing] = useState(false);

  const look = (): void => {
    const host = place.current;
    if (!host) return;
    const first = Math.max(0, Math.floor(host.scrollTop / row_height) - overscan);
    const last = Math.ceil((host.scrollTop + host.clientHeight) / row_height) + overscan;
    // Moved only when the sight nears the edge of what is drawn.
    set_sight((old) =>
      Math.abs(old.first - first) < overscan / 2 && Math.abs(old.last - last) < overscan / 2 ? old : { first, last },
    );
  };
  useLayoutEffect(look, [count]);
  useEffect(() => {
    const before = (): void => set_printing(true);
    const after = (): void => set_printing(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    addEventListener("resize", look);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
      removeEventListener("resize", look);
    };
  }, []);
  useEffect(() => set_active((row) => Math.min(row, count - 1)), [count]);

  const walk = (row: number): void => {
    const host = place.current;
    if (!host || count === 0) return;
    const to = Math.min(Math.max(row, 0), count - 1);
    set_active(to);
    const top = to * row_height;
    const room = host.clientHeight - 2 * row_height;
    if (top < host.scrollTop) host.scrollTop = top;
    else if (top > host.scrollTop + room) host.scrollTop = top - room;
  };
  const on_key = (event: KeyboardEvent): void => {
    if (event.target !== place.current) return;
    const page = Math.max(1, Math.floor((place.current?.clientHeight ?? 400) / row_height) - 2);
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: count - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) {
      event.preventDefault();
      walk(to);
    } else if (event.key === "Enter" && active >= 0) {
      on_open(active);
    }
  };

  const first = is_printing ? 0 : Math.min(sight.first, Math.max(0, count - 1));
  const last = Math.min(count, is_printing ? printed_rows : Math.min(sight.last, first + drawn_rows));
  const rows = [];
  for (let row = first; row < last; row += 1) {
    rows.push(
      <div
        key={is_printing ? row : row % drawn_rows}
        id={`row-${row}`}
        role="row"
        aria-rowindex={row + 2}
        class={row === active ? "vt-row active" : "vt-row"}
        style={{ gridTemplateColumns: template(columns), transform: `translateY(${row * row_height}px)` }}
      >
        {columns.map(({ key, is_number }) => (
          <div key={key} role="gridcell" class={is_number ? "number" : "cut"}>
            {cell(row, key)}
          </div>
        ))}
      </div>,
    );
  }
  const width = columns.reduce((total, column) => total + column.width, 0) + 24;
  return (
    <div
      class={is_printing ? "vt printing" : "vt"}
      ref={place}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-activedescendant={active >= first && active < last ? `row-${active}` : undefined}
      tabIndex={0}
      onScroll={look}
      onKeyDown={on_key}
    >
      <div class="vt-inner" role="rowgroup" style={{ minWidth: `${width}px` }}>
        <Header columns={columns} sort={props.sort} on_sort={props.on_sort} />
        <div class="vt-body" role="presentation" style={{ height: `${count * row_height}px` }}>
          {rows}
        </div>
      </div>
    </div>
  );
}
