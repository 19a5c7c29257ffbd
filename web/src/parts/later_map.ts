// SPDX-License-Identifier: MIT
// Fetches the code of maps when the first one is shown, then makes the map.

import type { BaseMap, MapWishes } from "./base_map";

// `use` gets the map before it is loaded, and gives what to do before it goes. `fail` gets what to say where there can
// be no map. Returns how to take the map away again, also while its code is still on the way.
export function later_map(wishes: MapWishes, fail: (text: string) => void, use: (map: BaseMap) => () => void): () => void {
  let is_wanted = true;
  let end = (): void => undefined;
  import("./base_map").then(
    ({ make_map }) => {
      if (!is_wanted) return;
      try {
        const map = make_map(wishes);
        const before = use(map);
        end = () => {
          before();
          map.remove();
        };
      } catch {
        fail("This browser draws no maps: it has no WebGL.");
      }
    },
    () => fail("The map could not be fetched from the server."),
  );
  return () => {
    is_wanted = false;
    end();
  };
}
