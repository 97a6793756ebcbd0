#include "core/drm_engines.hpp"

#include <gtest/gtest.h>

namespace accel {
namespace {

using namespace std::chrono_literals;

DrmUsers one_user(std::uint64_t busy) {
  base::DrmClient client;
  client.id = 1;
  client.engines.push_back({"gfx", busy, {}, {}, 1});
  DrmUsers found;
  found.users.push_back({100, {client}});
  return found;
}

std::optional<ReadingStatus> why_incomplete(const DrmEngines::Look& look) {
  if (!look.incomplete) return std::nullopt;
  return look.incomplete->status;
}

TEST(DrmEngineUse, IsWholeFromTheSecondLookOn) {
  DrmEngines engines;

  EXPECT_EQ(why_incomplete(engines.look(one_user(0), 1s)), ReadingStatus::pending);
  const auto look = engines.look(one_user(500'000'000), 2s);

  EXPECT_EQ(why_incomplete(look), std::nullopt);
  EXPECT_EQ(look.all.at("gfx").share, 0.5);
}

TEST(DrmEngineUse, IsNotWholeWhileAProgramIsHiddenNorRightAfter) {
  DrmEngines engines;
  (void)engines.look(one_user(0), 1s);
  DrmUsers partly = one_user(0);
  partly.hidden.add(200);

  EXPECT_EQ(why_incomplete(engines.look(partly, 2s)), ReadingStatus::no_permission);
  // What comes to light now may be old.
  DrmUsers all = one_user(0);
  all.users.push_back({200, one_user(9'000'000'000).users[0].clients});
  all.users[1].clients[0].id = 2;
  EXPECT_EQ(why_incomplete(engines.look(all, 3s)), ReadingStatus::pending);
  EXPECT_EQ(why_incomplete(engines.look(all, 4s)), std::nullopt);
}

TEST(DrmEngineUse, HasNoSharesOfNoTime) {
  DrmEngines engines;
  (void)engines.look(one_user(0), 1s);

  const auto look = engines.look(one_user(7), 1s);

  EXPECT_FALSE(look.has_shares);
  EXPECT_EQ(why_incomplete(look), ReadingStatus::pending);
}

TEST(DrmEngineUse, KnowsNoCyclesOfAClassThatNobodyHadOpenTheLookBefore) {
  const auto users = [](std::uint64_t cycles, std::uint64_t total) {
    DrmUsers found = one_user(0);
    found.users[0].clients[0].engines[0] = {"rcs", {}, cycles, total, 1};
    return found;
  };
  DrmEngines engines;
  (void)engines.look(users(0, 1'000), 1s);
  (void)engines.look(DrmUsers{}, 2s);

  EXPECT_EQ(engines.look(users(100, 3'000), 3s).all.at("rcs").share, std::nullopt);
}

}  // namespace
}  // namespace accel
