// SPDX-License-Identifier: MIT
// What went wrong, and the command that mends it.

import { ApiError } from "../api";

export function Failure({ error }: { error: Error }) {
  const hint = error instanceof ApiError ? error.hint : null;
  return (
    <div class="failure" role="alert">
      <p>{error.message}</p>
      {hint ? <p class="soft">{hint}</p> : null}
    </div>
  );
}
