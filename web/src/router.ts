// SPDX-License-Identifier: MIT
// Every view has an address. Links are plain <a href>; a click on one changes the address without loading the page
// again, and the browser's back and forward buttons work.

import { useEffect, useState } from "preact/hooks";

export interface Place {
  path: string;
  search: URLSearchParams;
}

const here = (): Place => ({ path: location.pathname, search: new URLSearchParams(location.search) });

export function go(address: string, replace = false): void {
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  dispatchEvent(new Event("harrier:place"));
  if (!replace) scrollTo(0, 0);
}

// Sets or removes words of the address's query, keeping the others; no new step in the history.
export function set_words(words: Record<string, string | null>): void {
  const search = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(words)) {
    if (value === null || value === "") search.delete(key);
    else search.set(key, value);
  }
  const text = search.toString();
  go(location.pathname + (text === "" ? "" : `?${text}`), true);
}

function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest("a");
  if (!link || link.target !== "" || link.hasAttribute("download")) return;
  if (link.origin !== location.origin || link.getAttribute("href")?.startsWith("#")) return;
  if (link.pathname.startsWith("/api/")) return;
  event.preventDefault();
  go(link.pathname + link.search);
}

export function use_place(): Place {
  const [place, set_place] = useState(here);
  useEffect(() => {
    const update = (): void => set_place(here());
    addEventListener("popstate", update);
    addEventListener("harrier:place", update);
    document.addEventListener("click", follow);
    return () => {
      removeEventListener("popstate", update);
      removeEventListener("harrier:place", update);
      document.removeEventListener("click", follow);
    };
  }, []);
  return place;
}
