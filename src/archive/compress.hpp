// SPDX-License-Identifier: MIT
#pragma once

// Raw records as zstd frames with a checksum. The working memory is kept between calls: records are small and
// many. One thread at a time.

#include <memory>
#include <string>
#include <string_view>

namespace harrier::archive {

class Compressor {
public:
    Compressor();
    ~Compressor();

    [[nodiscard]] std::string compress(std::string_view bytes);

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

class Decompressor {
public:
    Decompressor();
    ~Decompressor();

    // Throws Error{data} when the frame is damaged, or would grow beyond 512 MiB.
    [[nodiscard]] std::string decompress(std::string_view frame);

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

} // namespace harrier::archive
