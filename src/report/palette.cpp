// SPDX-License-Identifier: MIT
#include "report/palette.hpp"

#include <fmt/format.h>

namespace harrier::report {

const Palette light_palette{.paper = "#ffffff",
                            .ink = "#1c2429",
                            .quiet = "#5d6972",
                            .rule = "#dfe4e7",
                            .panel = "#f5f7f8",
                            .tones = {"#0b6e75", "#cf5a36", "#6b7a99", "#a3adb5"},
                            .days = {"#eceff1", "#b5dcd9", "#68b5b5", "#238a8f", "#0a4f57"}};

const Palette dark_palette{.paper = "#12171a",
                           .ink = "#e6ebee",
                           .quiet = "#98a5ae",
                           .rule = "#2b343a",
                           .panel = "#1a2125",
                           .tones = {"#58c4c4", "#f08a63", "#93a5cc", "#67757f"},
                           .days = {"#20292e", "#17494c", "#1f7376", "#43aeb0", "#a5e6e2"}};

namespace {

constexpr std::string_view page_layout = R"css(
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:49rem;padding:2.5rem 1.5rem 4rem;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:2.1rem;line-height:1.15;letter-spacing:-.02em;margin:0;overflow-wrap:anywhere}
h2{font-size:1.3rem;letter-spacing:-.01em;margin:3.2rem 0 .9rem;padding-top:.9rem}
h3{font-size:1rem;margin:1.8rem 0 .5rem}
p{margin:.5rem 0;max-width:42rem}
.lead{font-size:1.05rem;margin-top:.4rem}
nav{margin:1.4rem 0 0;font-size:.9rem}
nav a{display:inline-block;margin:0 1.1rem .35rem 0;text-decoration:none}
nav a:hover{text-decoration:underline}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.6rem,1fr));gap:.8rem;margin:1.4rem 0}
.three{grid-template-columns:repeat(3,1fr)}
.tiles div{padding:.8rem 1rem;border-radius:.5rem}
.tiles dt{font-size:.82rem}
.tiles dd{margin:.1rem 0 0;font-size:1.5rem;line-height:1.25;font-weight:600;letter-spacing:-.01em;white-space:nowrap}
.tiles dd small{font-size:.85rem;font-weight:400;letter-spacing:0}
.tiles .n{font-size:.8rem;line-height:1.35;font-weight:400;letter-spacing:0;white-space:normal}
.n span{display:inline-block}
figure{margin:1rem 0}
figcaption{font-size:.85rem;margin-top:.35rem}
svg{display:block;width:100%;height:auto}
svg svg{width:auto}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 1.6rem}
.pair figure{margin:.9rem 0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.35}
th,td{text-align:left;padding:.42rem .9rem .42rem 0;vertical-align:baseline;font-weight:400}
th{font-size:.8rem;white-space:nowrap}
.r{text-align:right;white-space:nowrap}
td.r+td:not(.r),th.r+th:not(.r){padding-left:.6rem}
tr>:last-child{padding-right:0}
.k{font-weight:600;white-space:nowrap}
.wide{overflow-wrap:anywhere}
td.bar{width:24%;min-width:5rem;vertical-align:middle}
td.bar svg{height:.6rem}
footer{margin-top:3.5rem;padding-top:1rem;font-size:.85rem}
)css";

// Type in a drawing shrinks with it: half as wide needs twice the size, less a little.
constexpr std::string_view narrow_layout = R"css(
@media (max-width:34rem){
body{padding:1.5rem 1rem 3rem}
h1{font-size:1.7rem}
.tiles,.three{grid-template-columns:1fr 1fr;gap:.6rem}
.tiles dd{font-size:1.25rem}
.W text{font-size:19px}
.W .m,.o{display:none}
.pair{grid-template-columns:1fr}
th,td{padding-right:.6rem}
}
)css";

constexpr std::string_view paper_layout = R"css(
@media print{
@page{size:A4;margin:15mm 14mm}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{padding:0;max-width:none;font-size:10pt}
nav{display:none}
h2{margin-top:1.6rem;break-after:avoid}
h3{break-after:avoid}
figure,tr,.tiles{break-inside:avoid}
.tiles dd{font-size:1.3rem}
.scroll{overflow:visible}
}
)css";

std::string page_colours(const Palette& palette) {
    return fmt::format("body{{color:{0};background:{1}}}"
                       "a{{color:{4}}}"
                       "h2{{border-top:1px solid {3}}}"
                       "th,td{{border-bottom:1px solid {3}}}"
                       "th,figcaption,.lead,.quiet,.tiles dt,.tiles dd small,.tiles .n,footer{{color:{2}}}"
                       ".tiles div{{background:{5}}}"
                       "footer{{border-top:1px solid {3}}}",
                       palette.ink, palette.paper, palette.quiet, palette.rule, palette.tones[0],
                       palette.panel);
}

} // namespace

std::string drawing_rules(const Palette& palette) {
    std::string rules = fmt::format(
        "svg text{{font:11px system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"DejaVu Sans\","
        "sans-serif;paint-order:stroke;stroke:{0};stroke-width:3px;stroke-linejoin:round}}"
        ".g{{stroke:{3};stroke-width:1}}.z{{stroke:{2};stroke-width:1}}.t{{fill:{2}}}"
        "svg .T{{fill:{1};font-weight:600}}.b{{fill:{4}}}"
        ".p{{fill:none;stroke-width:1.3;stroke-opacity:.45;stroke-linejoin:round;stroke-linecap:round}}",
        palette.paper, palette.ink, palette.quiet, palette.rule, palette.panel);
    for (std::size_t i = 0; i < palette.tones.size(); ++i) {
        rules += fmt::format(".s{0}{{fill:none;stroke:{1};stroke-width:2;stroke-linejoin:round}}.f{0}{{fill:"
                             "{1}}}.a{0}{{fill:{1};fill-opacity:.14}}",
                             i, palette.tones[i]);
    }
    for (std::size_t i = 0; i < palette.days.size(); ++i) {
        rules += fmt::format(".d{}{{fill:{}}}", i, palette.days[i]);
    }
    return rules + ".w{stroke-width:1.3}.s0.p,.s1.p,.s2.p,.s3.p{stroke-width:1.3}";
}

std::string page_style() {
    std::string style(page_layout);
    style += page_colours(light_palette) + drawing_rules(light_palette);
    style += "\n@media screen and (prefers-color-scheme:dark){" + page_colours(dark_palette) +
             drawing_rules(dark_palette) + "}";
    style += narrow_layout;
    style += paper_layout;
    return style;
}

} // namespace harrier::report
