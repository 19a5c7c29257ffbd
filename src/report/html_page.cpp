// SPDX-License-Identifier: MIT
#include "report/html_page.hpp"

#include "base/digest.hpp"
#include "report/html_table.hpp"
#include "report/palette.hpp"

#include <fmt/format.h>

#include <charconv>
#include <span>

namespace harrier::report {

namespace {

// RFC 4648, with padding, of bytes in hexadecimal digits.
std::string base64_of_hex(std::string_view hex) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr std::size_t digits = 6; // of three bytes, which are four letters
    std::string text;
    for (std::size_t at = 0; at < hex.size(); at += digits) {
        std::string group(hex.substr(at, digits));
        const std::size_t letters = group.size() * 4 / 6 + (group.size() % digits == 0 ? 0 : 1);
        group.resize(digits, '0');
        unsigned value = 0;
        std::from_chars(group.data(), group.data() + group.size(), value, 16);
        for (std::size_t i = 0; i < 4; ++i) {
            text += i < letters ? alphabet[(value >> (18 - 6 * i)) & 63U] : '=';
        }
    }
    return text;
}

// Nothing may be loaded or run; the one style sheet is known by its fingerprint (CSP Level 3, hash-source).
std::string policy_for(std::string_view style) {
    const auto digest = base64_of_hex(sha256_hex(std::as_bytes(std::span(style))));
    return fmt::format("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
                       digest);
}

std::string contents(const std::vector<HtmlSection>& sections) {
    std::string links = "<nav aria-label=\"Contents\">";
    for (const auto& section : sections) {
        links += fmt::format("<a href=\"#{}\">{}</a>", section.id, escaped(section.title).text);
    }
    return links + "</nav>\n";
}

} // namespace

std::string html_page(const HtmlPage& page) {
    const auto style = page_style();
    const auto title = escaped(page.title).text;
    std::string text =
        fmt::format("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n"
                    "<meta name=\"generator\" content=\"harrier\">\n"
                    "<title>{}</title>\n<style>{}</style></head>\n"
                    "<body>\n<header><h1>{}</h1>\n<p class=\"lead\">{}</p>\n",
                    policy_for(style), title, style, title, escaped(page.lead).text);
    text += contents(page.sections) + "</header>\n<main>\n" + page.head.text;
    for (const auto& section : page.sections) {
        text += fmt::format("<section id=\"{}\"><h2>{}</h2>\n{}</section>\n", section.id,
                            escaped(section.title).text, section.body.text);
    }
    return text + "</main>\n<footer>" + escaped(page.foot).text + "</footer>\n</body></html>\n";
}

Markup paragraph(std::string_view text, std::string_view classes) {
    constexpr int longest = 1000;
    const auto content = escaped(text, longest);
    return {classes.empty() ? "<p>" + content.text + "</p>\n"
                            : fmt::format("<p class=\"{}\">{}</p>\n", classes, content.text)};
}

Markup heading(std::string_view text) {
    return {"<h3>" + escaped(text).text + "</h3>\n"};
}

Markup figure(const Picture& picture, std::string_view caption) {
    std::string text = "<figure>" + inline_picture(picture).text;
    if (!caption.empty()) {
        text += "<figcaption>" + escaped(caption, 400).text + "</figcaption>";
    }
    return {text + "</figure>\n"};
}

Markup pair(const Markup& content) {
    return {"<div class=\"pair\">" + content.text + "</div>\n"};
}

Markup key_figures(const std::vector<KeyFigure>& all) {
    std::string text = all.size() % 3 == 0 ? "<dl class=\"tiles three\">" : "<dl class=\"tiles\">";
    for (const auto& tile : all) {
        text += fmt::format("<div><dt>{}</dt><dd>{}", escaped(tile.name).text,
                            optional_cell(tile.number, tile.value).text);
        if (!tile.unit.empty()) {
            text += " <small>" + escaped(tile.unit).text + "</small>";
        }
        text += "</dd>";
        if (!tile.notes.empty()) {
            text += "<dd class=\"n\">";
            for (const auto& note : tile.notes) {
                text += "<span>" + escaped(note).text + "</span> ";
            }
            text += "</dd>";
        }
        text += "</div>";
    }
    return {text + "</dl>\n"};
}

} // namespace harrier::report
