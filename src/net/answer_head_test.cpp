// SPDX-License-Identifier: MIT
#include "net/answer_head.hpp"

#include <gmock/gmock.h>

namespace harrier::net {
namespace {

using testing::HasSubstr;

const Instant monday = parse_instant("2026-11-23T09:05:07Z").value();

TEST(AnswerHead, IsExactToTheByte) {
    ServerResponse response;
    response.headers = {{"Content-Type", "application/json"}};
    response.body = "{}";
    EXPECT_EQ(format_answer_head(response, true, monday), "HTTP/1.1 200 OK\r\n"
                                                          "Content-Type: application/json\r\n"
                                                          "Content-Length: 2\r\n"
                                                          "Date: Mon, 23 Nov 2026 09:05:07 GMT\r\n"
                                                          "Connection: keep-alive\r\n\r\n");
}

TEST(AnswerHead, AddsNothingThatIsGiven) {
    ServerResponse response;
    response.status = 599;
    response.headers = {{"content-length", "7"}, {"DATE", "x"}, {"connection", "close"}};
    EXPECT_EQ(format_answer_head(response, true, monday),
              "HTTP/1.1 599 \r\ncontent-length: 7\r\nDATE: x\r\nconnection: close\r\n\r\n");
}

TEST(AnswerHead, NamesWeekdaysAndMonths) {
    EXPECT_THAT(format_answer_head({}, false, parse_instant("1994-11-06T08:49:37Z").value()),
                HasSubstr("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
    EXPECT_THAT(format_answer_head({}, false, parse_instant("2028-02-29T23:59:59Z").value()),
                HasSubstr("Date: Tue, 29 Feb 2028 23:59:59 GMT\r\n"));
    EXPECT_THAT(format_answer_head({}, false, parse_instant("2027-01-02T00:00:00Z").value()),
                HasSubstr("Date: Sat, 02 Jan 2027 00:00:00 GMT\r\n"));
}

TEST(AnswerHead, GivesNoLengthWhereThereIsNoBodyOrItIsChunked) {
    ServerResponse response;
    response.body = "x";
    for (const int status : {204, 304}) {
        response.status = status;
        EXPECT_THAT(format_answer_head(response, true, monday), testing::Not(HasSubstr("Content-Length")));
    }
    response.status = 200;
    response.headers = {{"Transfer-Encoding", "chunked"}};
    EXPECT_THAT(format_answer_head(response, true, monday), testing::Not(HasSubstr("Content-Length")));
}

TEST(AnswerHead, TellsWhatCannotBeSent) {
    EXPECT_TRUE(well_formed({}));
    for (const int status : {0, 100, 199, 1000}) {
        ServerResponse response;
        response.status = status;
        EXPECT_FALSE(well_formed(response)) << status;
    }
    for (const Header& header :
         {Header{"", "x"}, Header{"a b", "x"}, Header{"a:", "x"}, Header{"a\r\nb", "x"}, Header{"a", "x\ny"},
          Header{"a", "x\r"}, Header{"a", std::string("x\0", 2)}}) {
        ServerResponse response;
        response.headers = {header};
        EXPECT_FALSE(well_formed(response)) << header.name << '=' << header.value;
    }
}

} // namespace
} // namespace harrier::net
