#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {
namespace {

class NvidiaMig : public NvidiaTest {
 protected:
  /// A GPU with instances 0 and 2; number 1 is a hole.
  FakeGpu& add_divided() {
    FakeGpu& gpu = add_gpu();
    gpu.mig_mode = {{1, 1}};
    gpu.utilization.reset();
    gpu.mig = {instance("MIG-a", 1), nullptr, instance("MIG-b", 2)};
    return gpu;
  }

 private:
  static std::shared_ptr<FakeGpu> instance(const char* uuid, std::uint32_t id) {
    auto gpu = std::make_shared<FakeGpu>();
    gpu->name = "NVIDIA A100-SXM4-40GB MIG 1g.5gb";
    gpu->uuid = uuid;
    gpu->memory_total = 5'100'273'664;
    gpu->memory_used = 1048576;
    gpu->memory_free = 5'000'000'000;
    gpu->gpu_instance = id;
    gpu->compute_instance = 0;
    gpu->attributes = {{14, 1, 0, 0, 0, 0, 1, 1}};
    gpu->attribute_memory = 4864;
    return gpu;
  }
};

TEST_F(NvidiaMig, ListsTheInstancesBehindTheirGpu) {
  add_divided();

  discover();
  ASSERT_EQ(devices_.size(), 3U);
  EXPECT_EQ(info(0).partition, -1);
  EXPECT_EQ(info(1).partition, 0);
  EXPECT_EQ(info(2).partition, 1);
  EXPECT_EQ(info(2).parent, info(0).uuid);
  EXPECT_EQ(info(2).index, info(0).index);
  EXPECT_EQ(info(2).uuid, "MIG-b");
  EXPECT_EQ(info(2).memory.optional(), bytes(5'100'273'664));
  EXPECT_EQ(info(0).memory.optional(), bytes(85899345920));
  EXPECT_EQ(extra_number(info(2), "mig_index"), 2);
  EXPECT_EQ(extra_number(info(2), "gpu_instance_id"), 2);
  EXPECT_EQ(extra_number(info(2), "sm_count"), 14);
  EXPECT_EQ(extra_number(info(2), "profile_memory_mib"), 4864);
  EXPECT_TRUE(problems_.empty()) << problems_[0].message;
}

TEST_F(NvidiaMig, InstancesNameTheNodesThatOpenThem) {
  add_divided().minor = 3;
  const std::string instances = "proc/driver/nvidia/capabilities/gpu3/mig/";
  tree_.file(instances + "gi2/access", "DeviceFileMinor: 12\nDeviceFileMode: 292\n");
  tree_.file(instances + "gi2/ci0/access", "DeviceFileMinor: 13\nDeviceFileMode: 292\n");
  for (const char* node : {"nvidia3", "nvidiactl", "nvidia-caps/nvidia-cap12"}) {
    tree_.file(std::string("dev/") + node, "");
  }
  discover();

  EXPECT_EQ(info(2).device_nodes, (std::vector<std::string>{"/dev/nvidia3", "/dev/nvidiactl",
                                                            "/dev/nvidia-caps/nvidia-cap12"}));
  EXPECT_EQ(info(1).device_nodes, info(0).device_nodes) << "no file tells of gi1";
}

TEST_F(NvidiaMig, InstancesHaveMemoryOfTheirOwnAndNoTemperature) {
  add_divided();
  discover();

  ReadingSet read;
  devices_[1]->sample(read);
  EXPECT_EQ(read.get(metric::memory_used).optional(), bytes(1048576));
  EXPECT_EQ(read.get(metric::temperature).status(), ReadingStatus::unsupported);
  EXPECT_EQ(read.get(metric::utilization).status(), ReadingStatus::unsupported);
  EXPECT_NE(read.get(metric::utilization).remedy().find(info(0).uuid), std::string::npos);
}

TEST_F(NvidiaMig, ADividedGpuKeepsTheReadingsThatItHas) {
  add_divided();

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::utilization).status(), ReadingStatus::unsupported);
  EXPECT_TRUE(read.get(metric::temperature));
  EXPECT_TRUE(read.get(metric::power));
  EXPECT_TRUE(read.get(metric::memory_used));
  EXPECT_EQ(read.get(metric::mig_mode).optional(), true);
}

TEST_F(NvidiaMig, ProgramsAreListedOnce) {
  FakeGpu& gpu = add_divided();
  gpu.compute = {{100, 1000, 1}, {200, 2000, 2}};
  gpu.mig[0]->compute = {{100, 1000, 1}};
  gpu.mig[2]->compute = {{200, 2000, 2}};
  discover();

  EXPECT_TRUE(devices_[0]->process_lister()->processes()->processes.empty());
  EXPECT_EQ(devices_[1]->process_lister()->processes()->processes.at(0).pid, 100);
  EXPECT_EQ(devices_[2]->process_lister()->processes()->processes.at(0).pid, 200);
}

TEST_F(NvidiaMig, InstancesOfAShutDownLibraryAreErrors) {
  add_divided();
  discover();
  backend().shutdown();

  ReadingSet read;
  devices_[1]->sample(read);
  EXPECT_EQ(read.get(metric::memory_used).status(), ReadingStatus::error);
  EXPECT_EQ(read.get(metric::temperature).status(), ReadingStatus::error);
}

TEST_F(NvidiaMig, AGpuWithoutInstancesIsListedAlone) {
  FakeGpu& gpu = add_gpu();
  gpu.mig_mode = {{1, 1}};

  discover();
  EXPECT_EQ(devices_.size(), 1U);
}

}  // namespace
}  // namespace accel::nvidia
