// SPDX-License-Identifier: MIT
#include "strava/fault_table.hpp"

#include <array>

namespace harrier::strava {

namespace {

constexpr std::array cause_rows{
    Cause{
        "missing_scope", ErrorKind::auth, "the token lacks a scope that the call needs",
        "the access token lacks a scope that this call needs",
        "A token carries the scopes that stood in the authorize link (its scope= part) and stayed ticked on "
        "the consent page. Refreshing a token never adds one. So it went wrong in the very first step: at "
        "scope= of the authorize link, or at a box that was unticked.",
        ""},
    Cause{"invalid_access_token", ErrorKind::auth, "the access token is missing, wrong or expired",
          "the access token is missing, wrong or expired",
          "An access token lives for six hours and belongs in the header \"Authorization: Bearer TOKEN\". It "
          "also dies when the athlete disconnects the app. harrier refreshes its own token by itself.",
          "To get a fresh one, run:  harrier login"},
    Cause{"invalid_client_id", ErrorKind::auth, "Strava does not know the client id",
          "Strava does not know this client id",
          "The client id is the number shown on https://www.strava.com/settings/api. The same answer comes "
          "when the form fields do not arrive at all, so check that client_id, client_secret and grant_type "
          "are really sent.",
          "Copy the number from https://www.strava.com/settings/api, then run:  harrier login --client-id "
          "NUMBER"},
    Cause{"invalid_client_secret", ErrorKind::auth, "the client secret does not fit the client id",
          "the client secret does not fit the client id",
          "Strava knows the client id but not this secret. Often a character is missing, or the secret was "
          "renewed and the old one stopped working.",
          "Copy the secret from https://www.strava.com/settings/api, then run:  harrier login --client-id "
          "NUMBER"},
    Cause{"invalid_code", ErrorKind::auth, "the authorization code is used up, too old or not whole",
          "the authorization code is used up, too old or not whole",
          "A code works once, within some minutes, and only with the client id of the link it came from. A "
          "second try with the same code always fails, also when the answer to the first one was lost.",
          "To get a new code and exchange it in one go, run:  harrier login"},
    Cause{"invalid_refresh_token", ErrorKind::auth, "the refresh token is no longer valid",
          "the refresh token is no longer valid",
          "When Strava hands out a new refresh token the older one dies at once, so every answer's token has "
          "to be kept; a second program with a copy of the old one gets this fault. It also dies when the "
          "athlete disconnects the app.",
          "To log in again, run:  harrier login"},
    Cause{"invalid_redirect_uri", ErrorKind::auth, "the redirect address is not within the callback domain",
          "Strava refuses the redirect_uri of the authorize link",
          "It must lie within the app's \"Authorization Callback Domain\", which is a bare domain without "
          "http://, port or path. localhost and 127.0.0.1 are always allowed, with any port and path.",
          "Set \"Authorization Callback Domain\" to localhost on https://www.strava.com/settings/api"},
    Cause{"invalid_scope", ErrorKind::usage, "the authorize link asks for a scope that does not exist",
          "the authorize link asks for a scope that Strava does not know",
          "Scopes are separated by commas: read, read_all, profile:read_all, profile:write, activity:read, "
          "activity:read_all, activity:write.",
          "To ask for the usual ones, run:  harrier login"},
    Cause{"athlete_limit", ErrorKind::remote, "the app may not connect any more athletes",
          "this app has reached its limit of connected athletes",
          "A new app serves one athlete, its owner. So this also happens when the browser is logged in to "
          "Strava as somebody else. The owner can raise the limit to 10 without a review; more is up to "
          "Strava.",
          "Raise the limit on https://www.strava.com/settings/api, logged in as the app's owner"},
    Cause{"access_denied", ErrorKind::auth, "the athlete pressed Cancel on the consent page",
          "the athlete pressed Cancel on Strava's consent page",
          "Nothing is broken: Strava gave no access because the athlete did not agree.",
          "To be asked again, run:  harrier login"},
    Cause{"application_inactive", ErrorKind::remote, "the app is inactive: its owner has no subscription",
          "the API application is inactive, because its owner has no Strava subscription",
          "Since July 2026 Strava answers data calls only for apps whose owner subscribes. Logging in and "
          "refreshing still work, so the token is fine. After subscribing, the app has to be switched on "
          "again by hand.",
          "Subscribe to Strava, then reactivate the app on https://www.strava.com/settings/api"},
    Cause{"internal_endpoint", ErrorKind::remote, "the endpoint is closed to apps",
          "Strava keeps this endpoint to itself",
          "Club members and club admins were closed to apps on 1 September 2026. No scope opens them.",
          "Leave this call out; what is still there: https://developers.strava.com/docs/reference/"},
    Cause{"private_activity", ErrorKind::remote, "the activity is private", "this activity is private",
          "Private activities (\"Only You\") are shown to their owner alone, and only with the scope "
          "activity:read_all.",
          "If it is your own, run:  harrier login --scope read,activity:read_all"},
    Cause{"forbidden", ErrorKind::remote, "this athlete may not see that",
          "Strava does not let this athlete see that",
          "The token is good, but the object belongs to somebody who does not share it, for example the "
          "comments of another athlete's activity.",
          "Open it on https://www.strava.com with the same account to see whether it is visible there"},
    Cause{"subscription_required", ErrorKind::remote, "only for athletes who subscribe to Strava",
          "Strava gives this only to athletes with a subscription",
          "Zones of an activity and segment efforts are features for subscribers. Everything else works "
          "without.",
          "Leave this call out, or subscribe on https://www.strava.com/subscribe"},
    Cause{"unknown_endpoint", ErrorKind::remote, "there is no such endpoint", "Strava has no such endpoint",
          "The path is misspelt, or the endpoint was removed.",
          "Compare the path with https://developers.strava.com/docs/reference/"},
    Cause{"not_found", ErrorKind::remote, "there is no such object, or it is not the athlete's to see",
          "Strava has no such object, or not for this athlete",
          "The id is wrong, the object was deleted, or it is private and belongs to somebody else (or the "
          "login lacks activity:read_all).",
          "To see the ids of your stored activities, run:  harrier list"},
    Cause{"after_in_future", ErrorKind::remote, "after= lies in the future, often milliseconds",
          "the parameter after lies in the future",
          "after and before are seconds since 1970, ten digits today. Thirteen digits are milliseconds, as "
          "JavaScript's Date.now() gives them; divide those by 1000.",
          "Send seconds, for example after=1704067200 for 2024-01-01 00:00 UTC"},
    Cause{"rate_limited", ErrorKind::rate_limited, "the requests of 15 minutes or of the day are used up",
          "the rate limit of this app is used up",
          "Strava counts the requests of an app, over all its athletes, by quarters of the hour and by UTC "
          "days. Refused requests count towards the day too, so trying again at once makes it worse.",
          "Wait for the next quarter of the hour (:00, :15, :30, :45); the day's limit resets at 00:00 UTC"},
    Cause{"duplicate_upload", ErrorKind::remote, "Strava has this activity already",
          "Strava has this activity already",
          "The uploaded file covers the same time as an activity that is there. Nothing is lost.",
          "Nothing to do; to upload it anew, delete the old one on https://www.strava.com first"},
    Cause{"upload_failed", ErrorKind::remote, "Strava could not read the uploaded file",
          "Strava could not read the uploaded file",
          "The file is empty or damaged, or data_type does not fit it.",
          "Check that data_type is one of fit, fit.gz, tcx, tcx.gz, gpx, gpx.gz and fits the file"},
    Cause{
        "webhook_not_verifiable", ErrorKind::remote, "the webhook's callback did not answer as needed",
        "Strava could not verify the webhook's callback URL",
        "While the subscription is made, Strava sends a GET with hub.challenge to the callback and wants it "
        "back as {\"hub.challenge\":\"…\"} with status 200 within 2 s. The address must be reachable from "
        "the internet; protection against bots often blocks the call.",
        "Try it from outside:  curl 'CALLBACK_URL?hub.mode=subscribe&hub.verify_token=X&hub.challenge=1'"},
    Cause{"webhook_exists", ErrorKind::remote, "the app has its one webhook subscription already",
          "the app has its one webhook subscription already",
          "An app has one subscription for all its athletes. It cannot be changed, only deleted and made "
          "anew.",
          "Find its id:  curl -G https://www.strava.com/api/v3/push_subscriptions -d client_id=NUMBER -d "
          "client_secret=SECRET"},
    Cause{"bad_request", ErrorKind::remote, "Strava refuses a parameter", "Strava refuses the request",
          "A parameter is missing or has a value that Strava does not take.",
          "Compare the parameters with https://developers.strava.com/docs/reference/"},
    Cause{"unauthorized", ErrorKind::auth, "the request was not authorized, without a reason",
          "Strava does not accept the authorization of this request",
          "The answer names no reason. Mostly the access token is expired, or the login lacks a scope.",
          "To get a fresh token with the usual scopes, run:  harrier login"},
    Cause{"server_error", ErrorKind::remote, "Strava has trouble of its own", "Strava has trouble of its own",
          "Nothing is wrong with the request. Such faults mostly pass within minutes.",
          "Try again in some minutes; known trouble: https://status.strava.com"},
    Cause{"redirected", ErrorKind::remote, "the answer points to another address",
          "the request was sent on to another address",
          "harrier never follows a redirect with a token in hand. The base address may be misspelt, or "
          "Strava has moved its API.",
          "Check HARRIER_API_BASE; Strava's own is https://www.strava.com/api/v3"},
    Cause{"not_strava", ErrorKind::network, "a web page came instead of Strava's answer",
          "this is a web page, not an answer of Strava's API",
          "Something between this machine and Strava answered in its place: the sign-in page of a hotel or "
          "office network, a proxy, or a wrong address.",
          "Open any web page in a browser, sign in to the network, then try again"},
    Cause{"granted_too_little", ErrorKind::auth, "the login worked, but without the scope for activities",
          "the login worked, but the token will not see any activities",
          "That the browser cannot open the address is fine: nothing listens there, and the code stands in "
          "the address. But its scope= part is all that was granted. With a token of this code, listing "
          "activities ends in 401, activity:read_permission missing, and refreshing never adds a scope.",
          ""},
    Cause{"granted", ErrorKind::usage, "no fault: the address of a login that worked",
          "this is not an error: the athlete agreed",
          "That the browser cannot open the address is fine: nothing listens there, and the code stands in "
          "the address. It works once, within some minutes. Show it to nobody.",
          "To let harrier do all the steps, run:  harrier login"},
    Cause{"token_issued", ErrorKind::usage, "no fault: the answer of the token endpoint",
          "this is not an error: Strava handed out a token",
          "Whoever has the access token can act for the athlete until it expires, and the refresh token gets "
          "new ones. Show them to nobody.",
          "To let harrier keep and refresh a token safely, run:  harrier login"},
    Cause{"no_error", ErrorKind::usage, "no fault at all", "this is not an error: Strava answered as asked",
          "", "Nothing to do"},
    Cause{"unknown", ErrorKind::remote, "an answer that harrier does not know",
          "Strava answered with something that harrier does not know", "",
          "Paste the whole answer, status and headers included:  curl -i … | harrier explain"},
};

constexpr std::array pattern_rows{
    // status, resource, field, code, text, cause
    FaultPattern{0, "Redirect", "error", "access_denied", "", "access_denied"},
    FaultPattern{0, "Redirect", "error", "*", "", "unauthorized"},
    FaultPattern{0, "Redirect", "code", "ok", "", "granted"},
    FaultPattern{0, "Token", "expires_at", "*", "", "token_issued"},
    FaultPattern{0, "Upload", "error", "duplicate", "", "duplicate_upload"},
    FaultPattern{0, "Upload", "error", "failed", "", "upload_failed"},
    FaultPattern{0, "*", "*_permission", "*", "", "missing_scope"},
    FaultPattern{0, "AccessToken", "*", "missing", "", "missing_scope"},
    FaultPattern{0, "Application", "Status", "Inactive", "", "application_inactive"},
    FaultPattern{0, "*", "client_id", "*", "", "invalid_client_id"},
    FaultPattern{0, "*", "client_secret", "*", "", "invalid_client_secret"},
    FaultPattern{0, "*", "redirect_uri", "*", "", "invalid_redirect_uri"},
    FaultPattern{0, "*", "scope", "*", "", "invalid_scope"},
    FaultPattern{0, "*", "access_token", "*", "", "invalid_access_token"},
    FaultPattern{0, "RefreshToken", "*", "*", "", "invalid_refresh_token"},
    FaultPattern{0, "*", "refresh_token", "*", "", "invalid_refresh_token"},
    FaultPattern{0, "AuthorizationCode", "*", "*", "", "invalid_code"},
    FaultPattern{0, "RequestToken", "*", "*", "", "invalid_code"},
    FaultPattern{0, "*", "code", "*", "", "invalid_code"},
    FaultPattern{0, "Application", "internal", "*", "", "internal_endpoint"},
    FaultPattern{0, "Application", "", "invalid", "", "invalid_client_secret"},
    FaultPattern{0, "*", "after", "future", "", "after_in_future"},
    FaultPattern{0, "*", "*rate limit", "*", "", "rate_limited"},
    FaultPattern{0, "PushSubscription", "*", "not verifiable", "", "webhook_not_verifiable"},
    FaultPattern{0, "PushSubscription", "*", "already exists", "", "webhook_exists"},
    FaultPattern{0, "*", "*", "private", "", "private_activity"},
    FaultPattern{0, "resource", "path", "*", "", "unknown_endpoint"},
    FaultPattern{0, "*", "*", "not found", "", "not_found"},
    FaultPattern{404, "*", "*", "*", "", "not_found"},
    FaultPattern{0, "*", "id", "invalid", "Not Found", "not_found"},

    FaultPattern{511, "*", "*", "*", "", "not_strava"},
    FaultPattern{5, "*", "*", "*", "", "server_error"},
    FaultPattern{3, "*", "*", "*", "", "redirected"},
    FaultPattern{0, "*", "*", "*", "connected athletes", "athlete_limit"},
    FaultPattern{2, "Page", "html", "*", "", "not_strava"},
    FaultPattern{0, "Page", "html", "0", "", "not_strava"},
    FaultPattern{2, "*", "*", "*", "", "no_error"},

    FaultPattern{0, "*", "*", "*", "inactive", "application_inactive"},
    FaultPattern{0, "*", "*", "*", "rate limit", "rate_limited"},
    FaultPattern{0, "*", "*", "*", "too many requests", "rate_limited"},
    FaultPattern{0, "*", "*", "*", "payment required", "subscription_required"},

    FaultPattern{429, "*", "*", "*", "", "rate_limited"},
    FaultPattern{402, "*", "*", "*", "", "subscription_required"},
    FaultPattern{401, "*", "*", "*", "", "unauthorized"},
    FaultPattern{403, "*", "*", "*", "", "forbidden"},
    FaultPattern{400, "*", "*", "*", "", "bad_request"},
    FaultPattern{422, "*", "*", "*", "", "bad_request"},

    FaultPattern{0, "*", "*", "*", "not found", "not_found"},
    FaultPattern{0, "*", "*", "*", "forbidden", "forbidden"},
    FaultPattern{0, "*", "*", "*", "bad request", "bad_request"},
    FaultPattern{0, "*", "*", "*", "authorization error", "unauthorized"},
};

} // namespace

std::span<const Cause> cause_table() {
    return cause_rows;
}

std::span<const FaultPattern> fault_patterns() {
    return pattern_rows;
}

} // namespace harrier::strava
