// SPDX-License-Identifier: MIT
#include "analysis/prediction.hpp"
#include "analysis/training_paces.hpp"

#include <gtest/gtest.h>

namespace harrier::analysis {
namespace {

TEST(TrainingPaces, OfVdotFiftyAreThoseOfTheEquations) {
    const auto paces = training_paces(50);
    EXPECT_NEAR(1000 / paces[0].slowest, 351.9, 0.05);
    EXPECT_NEAR(1000 / paces[0].fastest, 293.5, 0.05);
    EXPECT_NEAR(1000 / paces[1].fastest, 265.0, 0.05);
    EXPECT_NEAR(1000 / paces[2].fastest, 255.2, 0.05);
    EXPECT_NEAR(1000 / paces[3].fastest, 230.1, 0.05);
    EXPECT_EQ(paces[3].intensity.name, "interval");
}

TEST(TrainingPaces, GrowWithIntensityAndWithVdot) {
    for (double vdot = 25; vdot < 90; vdot += 1.5) {
        const auto paces = training_paces(vdot);
        const auto fitter = training_paces(vdot + 1);
        for (std::size_t i = 0; i < paces.size(); ++i) {
            EXPECT_LT(paces[i].slowest, paces[i].fastest);
            EXPECT_LT(paces[i].fastest, fitter[i].fastest);
            if (i > 0) {
                EXPECT_LT(paces[i - 1].fastest, paces[i].fastest);
            }
        }
    }
}

TEST(TrainingPaces, TheMarathonOfTheEquationsLiesInItsRange) {
    for (double vdot = 35; vdot <= 80; vdot += 5) {
        const double race = 42195 / time_at_vdot(vdot, 42195);
        const auto marathon = training_paces(vdot)[1];
        EXPECT_GT(race, marathon.slowest) << vdot;
        EXPECT_LT(race, marathon.fastest) << vdot;
    }
}

} // namespace
} // namespace harrier::analysis
