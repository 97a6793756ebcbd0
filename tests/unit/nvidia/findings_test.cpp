#include "support/clock_mover.hpp"
#include "support/gate.hpp"
#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {
namespace {

class NvidiaFindings : public NvidiaTest {
 protected:
  std::vector<std::string> ids() {
    discover();
    std::vector<std::string> ids;
    for (const Finding& finding : backend().findings()) {
      ids.push_back(finding.id);
      EXPECT_FALSE(finding.title.empty());
      EXPECT_FALSE(finding.evidence.empty()) << finding.id;
      EXPECT_FALSE(finding.remedy.empty()) << finding.id;
    }
    return ids;
  }
};

using Ids = std::vector<std::string>;

TEST_F(NvidiaFindings, AreNoneOnAHealthyMachine) {
  add_gpu();
  EXPECT_EQ(ids(), Ids{});
}

TEST_F(NvidiaFindings, AreNoneWithoutAGpu) { EXPECT_EQ(ids(), Ids{}); }

TEST_F(NvidiaFindings, TellBothVersionsOfAMismatch) {
  script().init_status = 18;
  add_gpu();
  tree_.file("sys/module/nvidia/version", "535.104.12\n");
  discover();

  const auto found = backend().findings();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, "ACC-NV-001");
  EXPECT_NE(found[0].evidence.find("535.104.12"), std::string::npos) << found[0].evidence;
}

TEST_F(NvidiaFindings, TellAModuleWithoutLibrary) {
  machine_.library_dir = tree_.root();
  add_gpu();
  tree_.file("sys/module/nvidia/version", "535.104.12\n");
  EXPECT_EQ(ids(), Ids{"ACC-NV-002"});
}

TEST_F(NvidiaFindings, TellALibraryWithoutModule) {
  script().init_status = 9;
  add_gpu();
  EXPECT_EQ(ids(), Ids{"ACC-NV-003"});
}

TEST_F(NvidiaFindings, DoNotMindAnUnusedLibrary) {
  script().init_status = 9;
  EXPECT_EQ(ids(), Ids{});
}

TEST_F(NvidiaFindings, TellMissingPermission) {
  script().init_status = 4;
  add_gpu();
  EXPECT_EQ(ids(), Ids{"ACC-NV-004"});
}

TEST_F(NvidiaFindings, TellALibraryThatCannotStart) {
  script().init_status = 999;
  add_gpu();
  EXPECT_EQ(ids(), Ids{"ACC-NV-005"});
}

TEST_F(NvidiaFindings, TellAGpuThatIsLost) {
  add_gpu().status["nvmlDeviceGetHandleByPciBusId_v2"] = 15;
  EXPECT_EQ(ids(), Ids{"ACC-NV-007"});
}

TEST_F(NvidiaFindings, TellWhatWaitsForAReset) {
  FakeGpu& gpu = add_gpu();
  gpu.ecc_mode = {{0, 1}};
  gpu.mig_mode = {{0, 1}};
  gpu.remapped_rows = {{0, 1, 1, 0}};
  gpu.fields[31] = {1, 1};
  EXPECT_EQ(ids(), (Ids{"ACC-NV-009", "ACC-NV-010", "ACC-NV-011", "ACC-NV-013"}));
}

TEST_F(NvidiaFindings, TellARowThatCouldNotBeReplaced) {
  add_gpu().remapped_rows = {{0, 9, 0, 1}};
  EXPECT_EQ(ids(), Ids{"ACC-NV-012"});
}

TEST_F(NvidiaFindings, TellTheRecoveryThatTheDriverWants) {
  script().driver_version = "570.86.16";
  add_gpu().fields[230] = {1, 2};
  discover();

  const auto found = backend().findings();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, "ACC-NV-014");
  EXPECT_EQ(found[0].remedy, "reboot the machine");
}

TEST_F(NvidiaFindings, DoNotReadARecoveryFromADriverThatMeantSomethingElse) {
  script().driver_version = "565.57.01";
  add_gpu().fields[230] = {1, 2};
  EXPECT_EQ(ids(), Ids{});
}

TEST_F(NvidiaFindings, OfOneGpuAreToldWhileAnotherDoesNotAnswer) {
  auto gate = std::make_shared<accel::testing::Gate>();
  add_gpu(0x41).before = [gate](const char* function) {
    if (std::string_view(function) == "nvmlDeviceGetRemappedRows") gate->pass();
  };
  add_gpu(0x42).remapped_rows = {{0, 1, 0, 1}};
  discover();

  std::vector<Finding> found;
  {
    const accel::testing::ClockMover mover(clock_, std::chrono::seconds(8));
    found = backend().findings();
  }
  gate->open();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].id, "ACC-NV-015");
  EXPECT_EQ(found[0].device, info(0).uuid);
  EXPECT_EQ(found[1].id, "ACC-NV-012");
  EXPECT_EQ(found[1].device, info(1).uuid);
}

TEST_F(NvidiaFindings, DoNotWakeASuspendedGpu) {
  add_gpu(0x41, suspended());
  EXPECT_EQ(ids(), Ids{});
  EXPECT_TRUE(script().calls.empty());
}

}  // namespace
}  // namespace accel::nvidia
