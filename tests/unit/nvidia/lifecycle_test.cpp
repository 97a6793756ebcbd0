// When the library is opened, fails, is tried again and let go.
#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {
namespace {

class NvidiaLibrary : public NvidiaTest {};

TEST_F(NvidiaLibrary, IsInitializedOnceAndShutDownOnce) {
  add_gpu();
  discover();
  discover();
  EXPECT_EQ(calls_of("nvmlInit_v2"), 1);

  devices_.clear();
  backend_.reset();
  EXPECT_EQ(script().initialized, 0);
  EXPECT_EQ(calls_of("nvmlShutdown"), 1);
}

TEST_F(NvidiaLibrary, IsInitializedAnewWhenAGpuCameOrWent) {
  add_gpu(0x41);
  discover();
  add_gpu(0x42);
  discover();
  EXPECT_EQ(devices_.size(), 2U);
  EXPECT_EQ(calls_of("nvmlInit_v2"), 2);
  EXPECT_EQ(calls_of("nvmlShutdown"), 1);

  tree_.remove("sys/bus/pci/devices/" + address(0x41));
  discover();
  EXPECT_EQ(calls_of("nvmlInit_v2"), 3);
  EXPECT_EQ(script().initialized, 1);
  EXPECT_TRUE(sample().get(metric::power)) << "the one that stayed is read again";
}

TEST_F(NvidiaLibrary, IsInitializedAnewWhenTheDriverWasLoadedAnew) {
  add_gpu(0x41);
  discover();
  const std::string driver = "sys/devices/pci0000:00/0000:00:01.0/" + address(0x41) + "/driver";
  const auto target = std::filesystem::read_symlink(tree_.root() / driver);
  tree_.remove(driver);
  discover();
  EXPECT_EQ(info().state, DeviceState::no_driver);

  tree_.link(driver, target);
  discover();
  EXPECT_EQ(info().state, DeviceState::ok);
  EXPECT_TRUE(sample().get(metric::power));
  EXPECT_EQ(script().initialized, 1);
}

TEST_F(NvidiaLibrary, MayBeShutDownTwiceAndFailAtIt) {
  script().shutdown_status = 999;
  add_gpu();
  discover();

  backend().shutdown();
  backend().shutdown();
  EXPECT_EQ(calls_of("nvmlShutdown"), 1);
}

TEST_F(NvidiaLibrary, IsNotShutDownWhenItsStartFailed) {
  script().init_status = 999;
  add_gpu();
  discover();

  backend_.reset();
  EXPECT_EQ(calls_of("nvmlShutdown"), 0);
}

TEST_F(NvidiaLibrary, IsMissedOnceInTheTrace) {
  machine_.library_dir = tree_.root();
  add_gpu();
  tree_.file("sys/module/nvidia/version", "535.104.12\n");
  discover();
  discover();

  EXPECT_EQ(traces_, std::vector<std::string>{"NVML not available - NVIDIA backend disabled"});
  EXPECT_TRUE(problems_.empty());
  ASSERT_EQ(devices_.size(), 1U);
  EXPECT_EQ(info().state, DeviceState::no_driver);
  EXPECT_FALSE(info().state_remedy.empty());
  EXPECT_EQ(info().driver_version.optional(), "535.104.12");
  EXPECT_EQ(sample().get(metric::power).status(), ReadingStatus::no_driver);
}

TEST_F(NvidiaLibrary, IsNotMissedWhereThereIsNoGpu) {
  machine_.library_dir = tree_.root();

  discover();
  EXPECT_TRUE(devices_.empty());
  EXPECT_TRUE(problems_.empty());
}

struct Failure {
  std::uint32_t status;
  DeviceState state;
  std::size_t problems;
  const char* trace;
};

class NvidiaStart : public NvidiaTest, public ::testing::WithParamInterface<Failure> {};

TEST_P(NvidiaStart, FailsInItsOwnWay) {
  script().init_status = GetParam().status;
  add_gpu();

  discover();
  ASSERT_EQ(devices_.size(), 1U);
  EXPECT_EQ(info().state, GetParam().state);
  EXPECT_EQ(traces_, std::vector<std::string>{GetParam().trace});
  EXPECT_EQ(problems_.size(), GetParam().problems);
  EXPECT_EQ(calls_of("nvmlInit_v2"), 1);
}

INSTANTIATE_TEST_SUITE_P(
    Statuses, NvidiaStart,
    ::testing::Values(
        Failure{4, DeviceState::no_permission, 1,
                "NVML initialization failed: nvmlInit_v2: Insufficient Permissions"},
        Failure{9, DeviceState::no_driver, 0,
                "NVML initialization failed: nvmlInit_v2: Driver Not Loaded"},
        Failure{18, DeviceState::error, 1,
                "NVML initialization failed: nvmlInit_v2: Driver/library version mismatch"},
        Failure{999, DeviceState::error, 1,
                "NVML initialization failed: nvmlInit_v2: Unknown Error"}));

TEST_F(NvidiaLibrary, IsTriedOnceForManyGpus) {
  script().init_status = 999;
  add_gpu(0x41);
  add_gpu(0x42);

  discover();
  EXPECT_EQ(calls_of("nvmlInit_v2"), 1);
  EXPECT_EQ(problems_.size(), 1U);
}

TEST_F(NvidiaLibrary, IsFoundAgainOnceItMatchesItsModule) {
  script().init_status = 18;
  add_gpu();
  discover();
  EXPECT_EQ(info().state, DeviceState::error);
  EXPECT_NE(info().state_remedy.find("reload"), std::string::npos);

  script().init_status = 0;
  discover();
  EXPECT_EQ(info().state, DeviceState::ok);
  EXPECT_TRUE(sample().get(metric::power));
}

TEST_F(NvidiaLibrary, OfTheModulesOwnVersionIsTriedAfterAMismatch) {
  script().init_status = 18;
  add_gpu();
  tree_.file("sys/module/nvidia/version", "470.256.02\n");
  // The library of the version that is loaded: another file, so another instance of the fake.
  std::filesystem::create_directories(tree_.root() / "lib");
  machine_.library_dir = tree_.root() / "lib";
  std::filesystem::copy_file(std::filesystem::path(ACCEL_FAKE_NVML) / "libnvidia-ml.so.1",
                             machine_.library_dir / "libnvidia-ml.so.470.256.02");
  std::filesystem::create_symlink(std::filesystem::path(ACCEL_FAKE_NVML) / "libnvidia-ml.so.1",
                                  machine_.library_dir / "libnvidia-ml.so.1");

  discover();
  EXPECT_EQ(calls_of("nvmlInit_v2"), 1);
  EXPECT_EQ(info().state_reason.find("mismatch"), std::string::npos) << info().state_reason;
}

struct Answer {
  std::uint32_t status;
  ReadingStatus reading;
};

class AnswerOf : public NvidiaTest, public ::testing::WithParamInterface<Answer> {};

TEST_P(AnswerOf, AFunctionIsToldApart) {
  add_gpu();
  script().status["nvmlDeviceGetPowerUsage"] = GetParam().status;

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::power).status(), GetParam().reading) << GetParam().status;
  EXPECT_EQ(read.get(metric::power).reason().find("nvmlDeviceGetPowerUsage: "), 0U);
  EXPECT_TRUE(read.get(metric::power_limit)) << "the others are not hidden";
}

INSTANTIATE_TEST_SUITE_P(
    Statuses, AnswerOf,
    ::testing::Values(Answer{3, ReadingStatus::unsupported}, Answer{13, ReadingStatus::unsupported},
                      Answer{25, ReadingStatus::unsupported},
                      Answer{26, ReadingStatus::unsupported},
                      Answer{4, ReadingStatus::no_permission}, Answer{9, ReadingStatus::no_driver},
                      Answer{10, ReadingStatus::hung}, Answer{15, ReadingStatus::lost},
                      Answer{2, ReadingStatus::error}, Answer{16, ReadingStatus::error},
                      Answer{17, ReadingStatus::error}, Answer{20, ReadingStatus::error},
                      Answer{21, ReadingStatus::error}, Answer{999, ReadingStatus::error},
                      Answer{12345, ReadingStatus::error}));

TEST_F(NvidiaLibrary, SaysWhatToDoAboutAGpuThatNeedsAReset) {
  add_gpu().status["nvmlDeviceGetPowerUsage"] = 16;

  EXPECT_NE(sample().get(metric::power).remedy().find("reset"), std::string::npos);
}

TEST_F(NvidiaLibrary, NamesDevicesAsFrameworksDo) {
  EXPECT_EQ(backend().framework_device(1), "cuda:1");
}

TEST_F(NvidiaLibrary, DevicesMayOutliveTheirBackend) {
  add_gpu().has_gpm = true;
  sample();

  backend_.reset();
  EXPECT_EQ(sample().get(metric::power).status(), ReadingStatus::error);
}

}  // namespace
}  // namespace accel::nvidia
