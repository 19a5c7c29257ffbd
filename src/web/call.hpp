// SPDX-License-Identifier: MIT
#pragma once

// What an endpoint is given, and the question that the filter words of a query string ask.

#include "archive/archive.hpp"
#include "model/athlete.hpp"
#include "net/url.hpp"
#include "web/answer.hpp"
#include "web/host.hpp"
#include "web/profile_cache.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::web {

struct Call {
    Host& host;
    archive::Archive& archive;
    model::Athlete athlete;
    std::vector<std::string> parts; // of the path, where its pattern has a "*"
    net::Parameters parameters;
    ProfileCache& profiles;
    std::string state; // that the answer is made from

    // Of the whole history, as the commands have it.
    [[nodiscard]] insight::AthleteProfile profile() const;
    [[nodiscard]] AthleteId athlete_id() const { return athlete.athlete_id; }
    // The parameter's text; "" when it is absent.
    [[nodiscard]] std::string word(std::string_view name) const;
    // One of the words, the first when it is absent. Throws Error{usage} for another.
    [[nodiscard]] std::string choice(std::string_view name, const std::vector<std::string>& words) const;
    // Throws Error{usage} for what is no number in the range.
    [[nodiscard]] std::optional<double> number(std::string_view name, double lowest, double highest) const;
};

using Endpoint = Answer (*)(const Call&);

struct Box {
    double west = 0; // degrees
    double south = 0;
    double east = 0; // less than west when it goes over the antimeridian
    double north = 0;
};

// sport, since, until, gear, race, name, min_distance, max_distance (m) and bbox (w,s,e,n) as a query, newest
// first. Whatever else the parameters hold is not looked at. Throws Error{usage}.
[[nodiscard]] archive::ActivityQuery query_of(const Call& call, std::string_view usual_sport = "");

// The activity that the first part of the path names by the archive's number.
[[nodiscard]] std::optional<model::Activity> find_activity(const Call& call);

} // namespace harrier::web
