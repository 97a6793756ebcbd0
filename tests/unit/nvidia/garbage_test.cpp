// A lying driver costs its own readings.
#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {
namespace {

class LyingDriver : public NvidiaTest {};

TEST_F(LyingDriver, IsNotBelievedAboveAHundredPercent) {
  add_gpu().utilization = {{250, 12}};

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::utilization).status(), ReadingStatus::error);
  EXPECT_EQ(read.get(metric::utilization).reason(),
            "nvmlDeviceGetUtilizationRates: 250 % is outside 0..100 %");
  EXPECT_EQ(read.get(metric::utilization_memory_controller).optional(), percent(12));
}

TEST_F(LyingDriver, IsNotBelievedAboutAnImpossibleTemperature) {
  add_gpu().temperature = 4000;

  EXPECT_EQ(sample().get(metric::temperature).reason(),
            "nvmlDeviceGetTemperature: 4000 °C is outside -100..200 °C");
}

TEST_F(LyingDriver, GivesNoNumberOfAllOnes) {
  FakeGpu& gpu = add_gpu();
  gpu.power = 0xFFFFFFFF;
  gpu.energy = ~std::uint64_t{0};
  gpu.fields[185] = {1, 0xFFFFFFFF};

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::power).status(), ReadingStatus::error);
  EXPECT_EQ(read.get(metric::energy).status(), ReadingStatus::error);
  EXPECT_EQ(read.get(metric::power_average).status(), ReadingStatus::error);
  EXPECT_TRUE(read.get(metric::temperature)) << "the others are not hidden";
}

TEST_F(LyingDriver, ThatAnswersAllOnesToEverythingHasLostTheDevice) {
  FakeGpu& gpu = add_gpu();
  sample();
  gpu.all_ones = true;

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::power).status(), ReadingStatus::lost);
  EXPECT_EQ(read.get(metric::throttle).status(), ReadingStatus::lost);
  EXPECT_EQ(read.get(metric::clock_sm_max).status(), ReadingStatus::lost);
}

TEST_F(LyingDriver, ThatAnswersAllOnesFromTheStartIsListedByItsAddress) {
  add_gpu().all_ones = true;

  discover();
  ASSERT_EQ(devices_.size(), 1U);
  EXPECT_EQ(info().uuid, "PCI-0000:41:00.0");
  EXPECT_FALSE(info().serial);
  EXPECT_EQ(info().memory.status(), ReadingStatus::error);
  EXPECT_FALSE(info().compute_capability);
}

TEST_F(LyingDriver, MayFillTextsWithoutAnEnd) {
  script().unterminated = true;
  add_gpu();

  discover();
  EXPECT_EQ(info().serial.status(), ReadingStatus::error);
  EXPECT_EQ(info().serial.reason(), "nvmlDeviceGetSerial: the text it gave does not end");
  EXPECT_EQ(info().uuid, "PCI-0000:41:00.0");
}

TEST_F(LyingDriver, MayGiveTextsThatAreNone) {
  add_gpu().serial = "1\x01\x02";

  discover();
  EXPECT_EQ(info().serial.status(), ReadingStatus::error);
}

TEST_F(LyingDriver, HasNotMoreMemoryInUseThanThereIs) {
  add_gpu().memory_used = 1ULL << 60;

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::memory_total).optional(), bytes(85899345920));
  EXPECT_EQ(read.get(metric::memory_used).status(), ReadingStatus::error);
  EXPECT_EQ(read.get(metric::memory_free).status(), ReadingStatus::error);
}

TEST_F(LyingDriver, DoesNotKnowWhatIsFreeOfAnUnknownTotal) {
  add_gpu().memory_total = ~std::uint64_t{0};

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::memory_total).status(), ReadingStatus::error);
  EXPECT_EQ(read.get(metric::memory_used).status(), ReadingStatus::error);
}

TEST_F(LyingDriver, DoesNotKnowWhatIsUsedOfAnImpossibleTotal) {
  add_gpu().memory_total = ~std::uint64_t{0} - 15;

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::memory_total).status(), ReadingStatus::error);
  EXPECT_EQ(read.get(metric::memory_used).status(), ReadingStatus::error);
  EXPECT_EQ(read.get(metric::memory_free).status(), ReadingStatus::error);
}

TEST_F(LyingDriver, HoldsNoBoardToZeroWatts) {
  add_gpu().power_limit = 0;

  EXPECT_EQ(sample().get(metric::power_limit).status(), ReadingStatus::error);
}

TEST_F(LyingDriver, HasNotAThousandFans) {
  add_gpu().fan_count = 1000;

  EXPECT_EQ(sample().get(metric::fan_speed).status(), ReadingStatus::error);
}

TEST_F(LyingDriver, HasNotAThousandLinks) {
  add_gpu().fields[91] = {1, 1000};

  EXPECT_EQ(sample().get(metric::link_up).status(), ReadingStatus::error);
}

TEST_F(LyingDriver, GivesFieldsOfNoKnownType) {
  add_gpu().fields[82] = {99, 58};

  const auto temperature = sample().get(metric::temperature_memory);
  EXPECT_EQ(temperature.status(), ReadingStatus::error);
  EXPECT_EQ(temperature.reason(),
            "nvmlDeviceGetFieldValues(82): answered with the unknown type 99");
}

TEST_F(LyingDriver, HasModesThatAreNeitherOnNorOff) {
  FakeGpu& gpu = add_gpu();
  gpu.ecc_mode = {{7, 1}};
  gpu.pstate = 99;
  gpu.compute_mode = 99;

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::ecc_mode).status(), ReadingStatus::error);
  EXPECT_EQ(read.get(metric::ecc_mode_pending).optional(), true);
  EXPECT_EQ(read.get(metric::performance_state).status(), ReadingStatus::error);
  EXPECT_EQ(read.get(metric::compute_mode).status(), ReadingStatus::error);
}

TEST_F(LyingDriver, ClaimsMoreProgramsThanThereWasRoomFor) {
  script().claimed_count = 5000;
  add_gpu();
  discover();

  const auto list = devices_.front()->process_lister()->processes();
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().code, Errc::malformed) << list.error().message;
}

TEST_F(LyingDriver, GivesGpmValuesThatAreNoNumbers) {
  FakeGpu& gpu = add_gpu();
  gpu.has_gpm = true;
  gpu.gpm[5] = std::numeric_limits<double>::quiet_NaN();
  gpu.gpm[2] = 900;
  gpu.gpm[20] = 4e6;
  sample();

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::utilization_tensor).status(), ReadingStatus::error);
  EXPECT_EQ(read.get(metric::utilization_compute).status(), ReadingStatus::error);
  EXPECT_EQ(read.get(metric::pcie_tx).status(), ReadingStatus::error);
  EXPECT_TRUE(read.get(metric::sm_occupancy));
}

}  // namespace
}  // namespace accel::nvidia
