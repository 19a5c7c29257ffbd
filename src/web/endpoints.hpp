// SPDX-License-Identifier: MIT
#pragma once

// The endpoints that read the archive. Each gives what docs/dashboard.md says; those that have a command give
// the same JSON, made by the same functions of src/insight.

#include "web/call.hpp"

namespace harrier::web {

// activities_api.cpp
[[nodiscard]] Answer activities(const Call& call);
[[nodiscard]] Answer totals(const Call& call);
[[nodiscard]] Answer tracks(const Call& call);

// activity_api.cpp
[[nodiscard]] Answer activity(const Call& call);
[[nodiscard]] Answer streams(const Call& call);
[[nodiscard]] Answer split_numbers(const Call& call);

// history_api.cpp
[[nodiscard]] Answer records(const Call& call);
[[nodiscard]] Answer curve(const Call& call);
[[nodiscard]] Answer predict(const Call& call);
[[nodiscard]] Answer fitness(const Call& call);
[[nodiscard]] Answer zones(const Call& call);
[[nodiscard]] Answer eddington(const Call& call);
[[nodiscard]] Answer gear(const Call& call);
[[nodiscard]] Answer tiles(const Call& call);
[[nodiscard]] Answer tiles_geojson(const Call& call);
[[nodiscard]] Answer verify(const Call& call);

// calendar_api.cpp
[[nodiscard]] Answer calendar(const Call& call);
[[nodiscard]] Answer year(const Call& call);
[[nodiscard]] Answer overview(const Call& call);

} // namespace harrier::web
