// SPDX-License-Identifier: MIT
// Keys that work on every page: "g" and a letter to go somewhere, "/" to search, "?" for help.

import { go } from "./router";

export interface Jump {
  key: string;
  path: string;
  name: string;
}

export const jumps: Jump[] = [
  { key: "o", path: "/", name: "Overview" },
  { key: "a", path: "/activities", name: "Activities" },
  { key: "r", path: "/records", name: "Records" },
  { key: "f", path: "/fitness", name: "Fitness" },
  { key: "c", path: "/calendar", name: "Calendar" },
  { key: "m", path: "/map", name: "Map" },
  { key: "e", path: "/gear", name: "Gear" },
  { key: "s", path: "/settings", name: "Settings" },
];

const patience = 1500; // ms between "g" and its letter

function is_typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));
}

function search(): void {
  const field = document.querySelector<HTMLInputElement>("input[type=search]");
  if (field) {
    field.focus();
    field.select();
  } else {
    go("/activities");
    setTimeout(() => document.querySelector<HTMLInputElement>("input[type=search]")?.focus(), 100);
  }
}

// Calls `help` for "?". Returns how to stop listening.
export function listen_to_keys(help: () => void): () => void {
  let g_at = -Infinity;
  const on_key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || is_typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.timeStamp - g_at < patience) {
      g_at = -Infinity;
      const jump = jumps.find(({ key }) => key === event.key);
      if (!jump) return;
      event.preventDefault();
      go(jump.path);
    } else if (event.key === "g") {
      g_at = event.timeStamp;
    } else if (event.key === "/") {
      event.preventDefault();
      search();
    } else if (event.key === "?") {
      event.preventDefault();
      help();
    }
  };
  addEventListener("keydown", on_key);
  return () => removeEventListener("keydown", on_key);
}
