// The rules for MIG instances, with the profile table of the H100 80 GB.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "unit/sim/small_node.hpp"

namespace accel::sim {
namespace {

class Mig : public ::testing::Test {
 protected:
  Mig() {
    std::ifstream file(std::string(ACCEL_SIM_SCENARIOS) + "/dgx-h100.toml");
    std::stringstream text;
    text << file.rdbuf();
    Scenario scenario;
    EXPECT_FALSE(parse_scenario(text.str(), "dgx-h100.toml", scenario));
    board_ = scenario.gpus.at(0).board;
    gpu_.settings.mig_current = 1;
    gpu_.seed = 42;
  }

  MigError make(std::uint32_t profile, int start = -1) {
    int slot = -1;
    return create_gpu_instance(gpu_, board_, profile, start, slot);
  }

  std::uint32_t capacity(std::uint32_t profile) {
    return remaining_capacity(gpu_, board_, board_.mig_profiles[find_profile(board_, profile)]);
  }

  Gpu gpu_{};
  Board board_{};
};

TEST_F(Mig, SevenOfTheSmallestFitAndNoMore) {
  for (int i = 0; i < 7; ++i) EXPECT_EQ(make(19), MigError::none) << i;
  EXPECT_EQ(make(19), MigError::no_room);
  EXPECT_EQ(capacity(19), 0U);
}

TEST_F(Mig, EachProfileHasTheCapacityOfItsTable) {
  EXPECT_EQ(capacity(19), 7U);
  EXPECT_EQ(capacity(20), 1U);
  EXPECT_EQ(capacity(15), 4U);
  EXPECT_EQ(capacity(14), 3U);
  EXPECT_EQ(capacity(9), 2U);
  EXPECT_EQ(capacity(5), 1U);
  EXPECT_EQ(capacity(0), 1U);
}

TEST_F(Mig, MemorySlicesOfInstancesDoNotOverlap) {
  ASSERT_EQ(make(9, 0), MigError::none);
  EXPECT_EQ(make(5, 0), MigError::no_room);
  EXPECT_EQ(make(9, 0), MigError::no_room);
  EXPECT_EQ(make(9, 4), MigError::none);
  EXPECT_EQ(capacity(19), 0U);
}

TEST_F(Mig, ComputeSlicesAreSevenAlthoughMemorySlicesAreEight) {
  ASSERT_EQ(make(5, 0), MigError::none);
  ASSERT_EQ(make(9, 4), MigError::none);
  EXPECT_EQ(make(19), MigError::no_room);
}

TEST_F(Mig, AnUnknownProfileOrPlacementIsInvalid) {
  EXPECT_EQ(make(77), MigError::invalid);
  EXPECT_EQ(make(14, 1), MigError::invalid);
}

TEST_F(Mig, ComputeInstancesShareTheSlicesOfTheirInstance) {
  int slot = -1;
  ASSERT_EQ(create_gpu_instance(gpu_, board_, 9, 0, slot), MigError::none);
  int compute = -1;

  EXPECT_EQ(compute_capacity(gpu_, board_, slot, 0), 3U);
  EXPECT_EQ(create_compute_instance(gpu_, board_, slot, {0}, compute), MigError::none);
  EXPECT_EQ(create_compute_instance(gpu_, board_, slot, {1}, compute), MigError::none);
  EXPECT_EQ(create_compute_instance(gpu_, board_, slot, {0}, compute), MigError::no_room);
  EXPECT_EQ(create_compute_instance(gpu_, board_, slot, {4}, compute), MigError::invalid);
}

TEST_F(Mig, AnInstanceWithComputeInstancesIsInUse) {
  int slot = -1;
  int compute = -1;
  ASSERT_EQ(create_gpu_instance(gpu_, board_, 19, -1, slot), MigError::none);
  ASSERT_EQ(create_compute_instance(gpu_, board_, slot, {0}, compute), MigError::none);

  EXPECT_EQ(destroy_gpu_instance(gpu_, slot), MigError::in_use);
  EXPECT_EQ(destroy_compute_instance(gpu_, slot, compute), MigError::none);
  EXPECT_EQ(destroy_gpu_instance(gpu_, slot), MigError::none);
  EXPECT_EQ(capacity(19), 7U);
}

TEST_F(Mig, AComputeInstanceWithAProcessIsInUse) {
  int slot = -1;
  int compute = -1;
  ASSERT_EQ(create_gpu_instance(gpu_, board_, 19, -1, slot), MigError::none);
  ASSERT_EQ(create_compute_instance(gpu_, board_, slot, {0}, compute), MigError::none);
  gpu_.process_count = 1;
  gpu_.processes[0].gpu_instance = slot;
  gpu_.processes[0].compute_instance = compute;

  EXPECT_EQ(destroy_compute_instance(gpu_, slot, compute), MigError::in_use);
}

TEST_F(Mig, ARemovedDeviceLeavesAHoleAndANewOneHasANewUuid) {
  int slots[3];
  int compute = -1;
  for (int& slot : slots) {
    ASSERT_EQ(create_gpu_instance(gpu_, board_, 19, -1, slot), MigError::none);
    ASSERT_EQ(create_compute_instance(gpu_, board_, slot, {0}, compute), MigError::none);
  }
  const std::string old(gpu_.instances[slots[1]].compute[0].uuid.view());
  destroy_compute_instance(gpu_, slots[1], 0);
  destroy_gpu_instance(gpu_, slots[1]);
  int slot = -1;

  EXPECT_TRUE(mig_device(gpu_, 0, slot, compute));
  EXPECT_FALSE(mig_device(gpu_, 1, slot, compute));
  EXPECT_TRUE(mig_device(gpu_, 2, slot, compute));
  ASSERT_EQ(create_gpu_instance(gpu_, board_, 19, -1, slot), MigError::none);
  ASSERT_EQ(create_compute_instance(gpu_, board_, slot, {0}, compute), MigError::none);
  EXPECT_NE(gpu_.instances[slot].compute[compute].uuid.view(), old);
  EXPECT_EQ(gpu_.instances[slot].compute[compute].number, 1U);
}

}  // namespace
}  // namespace accel::sim
