// SPDX-License-Identifier: MIT
// Asks the server. Answers are kept for as long as the archive has not changed, so going back to a page shows it at
// once; a change of the archive (told by the server's events) makes every answer be asked for again.

import { useEffect, useState } from "preact/hooks";

export class ApiError extends Error {
  constructor(
    message: string,
    readonly hint: string | null,
    readonly status: number,
  ) {
    super(message);
  }
}

interface Answer {
  promise: Promise<unknown>;
  value?: unknown;
}

const longest_cache = 60;
const answers = new Map<string, Answer>();
const listeners = new Set<() => void>();
let csrf = "";

export function set_csrf(token: string): void {
  csrf = token;
}

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-Harrier-Csrf"] = csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const init: RequestInit = { method, headers };
  if (body !== undefined) init.body = JSON.stringify(body);
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new ApiError("The server does not answer.", "To start it again, run:  harrier serve", 0);
  }
  const text = await response.text();
  let value: unknown = null;
  try {
    value = text === "" ? null : JSON.parse(text);
  } catch {
    throw new ApiError(`The answer of ${path} cannot be read.`, null, response.status);
  }
  if (response.ok) return value;
  const error = (value as { error?: { message?: string; hint?: string } } | null)?.error;
  throw new ApiError(error?.message ?? `${path} answered ${response.status}.`, error?.hint ?? null, response.status);
}

export function get<T>(path: string): Promise<T> {
  const known = answers.get(path);
  if (known) return known.promise as Promise<T>;
  const answer: Answer = { promise: ask("GET", path) };
  answers.set(path, answer);
  if (answers.size > longest_cache) answers.delete(answers.keys().next().value as string);
  answer.promise.then(
    (value) => (answer.value = value),
    () => answers.delete(path),
  );
  return answer.promise as Promise<T>;
}

export async function send<T>(method: "POST" | "PUT", path: string, body?: unknown): Promise<T> {
  const value = (await ask(method, path, body)) as T;
  forget();
  return value;
}

// Every shown answer is asked for again; what is on the screen stays until the new one is there.
export function forget(): void {
  answers.clear();
  for (const listener of listeners) listener();
}

export interface Loaded<T> {
  data: T | null;
  error: ApiError | null;
}

// The answer of a path, null while it is on its way. A path of null asks for nothing. While another path of the same
// place is on its way, the last answer stays, unless `fresh`.
export function use_data<T>(path: string | null, fresh = false): Loaded<T> {
  const known = path === null ? undefined : (answers.get(path)?.value as T | undefined);
  const [state, set_state] = useState<Loaded<T> & { path: string | null }>({ data: known ?? null, error: null, path });
  const [round, set_round] = useState(0);
  useEffect(() => {
    const again = (): void => set_round((number) => number + 1);
    listeners.add(again);
    return () => void listeners.delete(again);
  }, []);
  useEffect(() => {
    if (path === null) return;
    let is_wanted = true;
    get<T>(path).then(
      (data) => is_wanted && set_state({ data, error: null, path }),
      (error: ApiError) => is_wanted && set_state({ data: null, error, path }),
    );
    return () => void (is_wanted = false);
  }, [path, round]);
  if (path === null) return { data: null, error: null };
  if (state.path !== path && known !== undefined) return { data: known, error: null };
  if (state.path !== path && fresh) return { data: null, error: null };
  return state;
}

export function query(words: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(words)) {
    if (value !== null && value !== undefined && value !== "") search.set(key, String(value));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

// The server's events: `sync` with the state of a sync, `archive` when something new was stored.
export function listen(on_sync: (state: unknown) => void): () => void {
  const events = new EventSource("/api/events");
  let counter: string | null = null;
  events.addEventListener("sync", (event) => {
    try {
      on_sync(JSON.parse((event as MessageEvent<string>).data));
    } catch {
      // A line that was cut; the next one is whole.
    }
  });
  events.addEventListener("archive", (event) => {
    const now = (event as MessageEvent<string>).data;
    if (counter !== null && counter !== now) forget();
    counter = now;
  });
  return () => events.close();
}
