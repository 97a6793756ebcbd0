// Where a GPU's NVLinks lead, as NVML tells it.
#include "backends/nvidia/nvml_abi.hpp"
#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {
namespace {

class NvLinks : public NvidiaTest {
 protected:
  Result<std::vector<DeviceLink>> links() {
    discover();
    LinkLister* lister = devices_.at(0)->link_lister();
    EXPECT_NE(lister, nullptr);
    return lister->links();
  }
};

TEST_F(NvLinks, LeadToGpusSwitchesAndProcessors) {
  FakeGpu& gpu = add_gpu();
  gpu.links.resize(4);
  for (std::uint32_t i = 0; i < 4; ++i) {
    gpu.links[i].up = i == 3 ? 0 : 1;
    gpu.links[i].remote_type = i % 3;
    gpu.links[i].remote_bus = 0x50 + i;
  }

  const auto found = links();
  ASSERT_TRUE(found) << found.error().message;
  ASSERT_EQ(found->size(), 4U);
  EXPECT_EQ((*found)[0].end.optional(), LinkEnd::device);
  EXPECT_EQ((*found)[1].end.optional(), LinkEnd::processor);
  EXPECT_EQ((*found)[2].end.optional(), LinkEnd::fabric_switch);
  EXPECT_EQ((*found)[2].remote->text(), "0000:52:00.0");
  EXPECT_EQ((*found)[2].number, 2);
  EXPECT_EQ((*found)[2].lanes.optional(), 1);
  EXPECT_EQ((*found)[2].up.optional(), true);
  EXPECT_EQ((*found)[3].up.optional(), false);
}

TEST_F(NvLinks, AreNoneOnAGpuWithoutThem) {
  add_gpu();
  const auto beyond_the_last = links();
  ASSERT_TRUE(beyond_the_last);
  EXPECT_TRUE(beyond_the_last->empty());

  script().gpus[0]->status["nvmlDeviceGetNvLinkState"] = status::kNotSupported;
  const auto refused = links();
  ASSERT_TRUE(refused);
  EXPECT_TRUE(refused->empty());
}

TEST_F(NvLinks, HaveAnEndThatIsNotKnown) {
  FakeGpu& gpu = add_gpu();
  gpu.links.resize(1);
  gpu.links[0].remote_type = 255;
  gpu.status["nvmlDeviceGetNvLinkRemotePciInfo_v2"] = status::kNotSupported;

  const auto found = links();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->at(0).end.reason(), "nvmlDeviceGetNvLinkRemoteDeviceType: type 255");
  EXPECT_EQ(found->at(0).remote.status(), ReadingStatus::unsupported);
}

TEST_F(NvLinks, ThatReadAllOnesAreNeitherUpNorDown) {
  FakeGpu& gpu = add_gpu();
  gpu.links.resize(1);
  gpu.links[0].up = 0xFFFFFFFF;

  const auto found = links();
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->at(0).up);
}

TEST_F(NvLinks, AreNotToldByAGpuThatIsLost) {
  add_gpu().links.resize(2);
  script().gpus[0]->status["nvmlDeviceGetNvLinkState"] = status::kGpuIsLost;

  const auto found = links();
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::device_lost);
}

TEST_F(NvLinks, AreNotAskedOfAGpuThatSleeps) {
  add_gpu(0x41, suspended()).links.resize(2);

  const auto found = links();
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::device_asleep);
  EXPECT_EQ(calls_of("nvmlDeviceGetNvLink"), 0);
}

}  // namespace
}  // namespace accel::nvidia
