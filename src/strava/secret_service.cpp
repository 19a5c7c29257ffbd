// SPDX-License-Identifier: MIT
#include "strava/secret_service.hpp"

#include "base/error.hpp"

#include <dlfcn.h>
#include <functional>
#include <future>
#include <memory>
#include <thread>

namespace harrier::strava {

namespace {

// libsecret's C interface as far as it is used, declared here so that its headers are not needed to build.
// Source: "Simple API" of the libsecret reference manual, version 0.16 and later.
struct SchemaAttribute {
    const char* name;
    int type; // 0 = string
};
struct Schema {
    const char* name;
    int flags; // 0 = none
    SchemaAttribute attributes[32];
    int reserved;
    void* reserved_pointers[7];
};
struct GlibError {
    unsigned domain;
    int code;
    char* message;
};
using Lookup = char* (*)(const Schema*, void* cancellable, GlibError**, ...);
using Store = int (*)(const Schema*, const char* collection, const char* label, const char* password,
                      void* cancellable, GlibError**, ...);
using Clear = int (*)(const Schema*, void* cancellable, GlibError**, ...);
using FreePassword = void (*)(char*);
using FreeError = void (*)(GlibError*);

constexpr const char* attribute = "vault";
constexpr Schema schema{"harrier.vault-key", 0, {{attribute, 0}, {nullptr, 0}}, 0, {}};

struct Library {
    Lookup lookup;
    Store store;
    Clear clear;
    FreePassword free_password;
    FreeError free_error;
};

template <typename Function>
Function symbol(void* library, const char* name) {
    void* address = dlsym(library, name);
    if (address == nullptr) {
        throw Error(ErrorKind::io, "cannot use the keyring: libsecret lacks " + std::string(name));
    }
    return reinterpret_cast<Function>(address);
}

Library load_library() {
    // Never closed: GLib cannot be unloaded.
    void* library = dlopen("libsecret-1.so.0", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        throw Error(ErrorKind::io, "cannot use the keyring: libsecret is not installed");
    }
    return {symbol<Lookup>(library, "secret_password_lookup_sync"),
            symbol<Store>(library, "secret_password_store_sync"),
            symbol<Clear>(library, "secret_password_clear_sync"),
            symbol<FreePassword>(library, "secret_password_free"),
            symbol<FreeError>(library, "g_error_free")};
}

void throw_if_failed(const Library& library, GlibError* error) {
    if (error == nullptr) {
        return;
    }
    const std::string message = error->message == nullptr ? "no reason given" : error->message;
    library.free_error(error);
    throw Error(ErrorKind::io, "cannot use the keyring: " + message);
}

struct Outcome {
    std::optional<Secret> secret;
    std::string failure; // "" = it worked
};

// Runs `work` on its own thread and waits for it no longer than `patience`. What went wrong comes over as
// text: an exception that two threads hold is freed by the library unseen by the thread sanitizer.
std::optional<Secret> in_time(std::function<std::optional<Secret>()> work,
                              std::chrono::milliseconds patience) {
    auto promise = std::make_shared<std::promise<Outcome>>();
    auto answer = promise->get_future();
    std::thread([promise, work = std::move(work)] {
        Outcome outcome;
        try {
            outcome.secret = work();
        } catch (const std::exception& error) {
            outcome.failure = error.what();
        }
        promise->set_value(std::move(outcome));
    }).detach();
    if (answer.wait_for(patience) != std::future_status::ready) {
        throw Error(ErrorKind::io, "cannot use the keyring: it does not answer");
    }
    auto outcome = answer.get();
    if (!outcome.failure.empty()) {
        throw Error(ErrorKind::io, outcome.failure);
    }
    return std::move(outcome.secret);
}

} // namespace

std::optional<Secret> find_in_secret_service(const std::string& name, std::chrono::milliseconds patience) {
    return in_time(
        [name]() -> std::optional<Secret> {
            const auto library = load_library();
            GlibError* error = nullptr;
            char* password = library.lookup(&schema, nullptr, &error, attribute, name.c_str(), nullptr);
            throw_if_failed(library, error);
            if (password == nullptr) {
                return std::nullopt;
            }
            Secret secret{std::string_view(password)};
            library.free_password(password);
            return secret;
        },
        patience);
}

void store_in_secret_service(const std::string& name, const Secret& text,
                             std::chrono::milliseconds patience) {
    in_time(
        [name, text]() -> std::optional<Secret> {
            const auto library = load_library();
            GlibError* error = nullptr;
            library.store(&schema, "default", "harrier: key of the token vault", text.reveal().c_str(),
                          nullptr, &error, attribute, name.c_str(), nullptr);
            throw_if_failed(library, error);
            return std::nullopt;
        },
        patience);
}

void remove_from_secret_service(const std::string& name, std::chrono::milliseconds patience) {
    in_time(
        [name]() -> std::optional<Secret> {
            const auto library = load_library();
            GlibError* error = nullptr;
            library.clear(&schema, nullptr, &error, attribute, name.c_str(), nullptr);
            throw_if_failed(library, error);
            return std::nullopt;
        },
        patience);
}

} // namespace harrier::strava
