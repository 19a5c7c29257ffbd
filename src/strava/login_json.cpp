// SPDX-License-Identifier: MIT
#include "strava/login_json.hpp"

#include "base/error.hpp"

#include <nlohmann/json.hpp>

namespace harrier::strava {

namespace {

using Json = nlohmann::json;

template <typename T>
Json optional_to_json(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

template <typename T>
std::optional<T> optional_from_json(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? std::nullopt : std::optional(found->get<T>());
}

Json athlete_to_json(const model::Athlete& athlete) {
    return {{"id", athlete.athlete_id.value},
            {"username", optional_to_json(athlete.username)},
            {"firstname", athlete.firstname},
            {"lastname", athlete.lastname},
            {"city", optional_to_json(athlete.city)},
            {"country", optional_to_json(athlete.country)},
            {"sex", optional_to_json(athlete.sex)},
            {"measurement_preference", optional_to_json(athlete.measurement_preference)},
            {"weight", optional_to_json(athlete.weight)}};
}

model::Athlete athlete_from_json(const Json& object) {
    model::Athlete athlete;
    athlete.athlete_id = AthleteId{object.at("id").get<std::int64_t>()};
    athlete.username = optional_from_json<std::string>(object, "username");
    athlete.firstname = object.at("firstname").get<std::string>();
    athlete.lastname = object.at("lastname").get<std::string>();
    athlete.city = optional_from_json<std::string>(object, "city");
    athlete.country = optional_from_json<std::string>(object, "country");
    athlete.sex = optional_from_json<std::string>(object, "sex");
    athlete.measurement_preference = optional_from_json<std::string>(object, "measurement_preference");
    athlete.weight = optional_from_json<double>(object, "weight");
    return athlete;
}

Secret take_secret(Json& object, const char* name) {
    return Secret(std::move(object.at(name).get_ref<std::string&>()));
}

} // namespace

std::string login_to_json(const Login& login) {
    Json object{{"client_id", login.client.client_id},
                {"client_secret", login.client.client_secret.reveal()},
                {"access_token", login.token.access_token.reveal()},
                {"refresh_token", login.token.refresh_token.reveal()},
                {"expires_at", login.token.expires_at.time_since_epoch().count()},
                {"granted", login.granted.join()},
                {"requested", login.requested.join()},
                {"athlete", athlete_to_json(login.athlete)},
                {"needs_login", login.needs_login}};
    // A name with broken UTF-8 must not cost the login.
    std::string text = object.dump(-1, ' ', false, Json::error_handler_t::replace);
    for (const char* name : {"client_secret", "access_token", "refresh_token"}) {
        wipe(object[name].get_ref<std::string&>());
    }
    return text;
}

Login login_from_json(std::string_view json) {
    try {
        auto object = Json::parse(json);
        Login login;
        login.client.client_id = object.at("client_id").get<std::string>();
        login.client.client_secret = take_secret(object, "client_secret");
        login.token.access_token = take_secret(object, "access_token");
        login.token.refresh_token = take_secret(object, "refresh_token");
        login.token.expires_at = Instant{std::chrono::seconds{object.at("expires_at").get<std::int64_t>()}};
        login.granted = Scopes::parse(object.at("granted").get_ref<const std::string&>());
        login.requested = Scopes::parse(object.at("requested").get_ref<const std::string&>());
        login.athlete = athlete_from_json(object.at("athlete"));
        login.needs_login = object.at("needs_login").get<bool>();
        return login;
    } catch (const Json::exception&) {
        throw Error(ErrorKind::data, "the stored login cannot be understood");
    }
}

} // namespace harrier::strava
