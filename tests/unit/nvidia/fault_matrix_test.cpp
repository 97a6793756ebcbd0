// Every function of NVML with every answer that means no: it costs the readings that come from it,
// and nothing else.
#include <array>

#include "backends/nvidia/nvml_abi.hpp"
#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {
namespace {

using Symbols = std::vector<std::string>;

template <class... Params>
constexpr bool takes_device(nvmlReturn_t (* /*function*/)(nvmlDevice_t, Params...)) {
  return true;
}
template <class... Params>
constexpr bool takes_device(nvmlReturn_t (* /*function*/)(Params...)) {
  return false;
}

/// The exported names of each function that is asked about a device.
const std::vector<Symbols>& functions() {
  static const std::vector<Symbols> all = [] {
    std::vector<Symbols> found;
#define ACCEL_NVML(member, signature, ...)                                 \
  if (takes_device(static_cast<std::add_pointer_t<signature>>(nullptr))) { \
    found.push_back({__VA_ARGS__});                                        \
  }
#include "backends/nvidia/nvml_functions.inc"
#undef ACCEL_NVML
    return found;
  }();
  return all;
}

/// What the fake's functions may answer in place of a value.
constexpr std::array kRefusals{status::kInvalidArgument, status::kNotSupported,
                               status::kNoPermission,    status::kNotFound,
                               status::kTimeout,         status::kGpuIsLost,
                               status::kNoData,          status::kArgumentVersionMismatch,
                               status::kUnknown};

/// Whether that function, or one that it is needed for, gave the reading.
bool comes_from(const ReadingSet::Entry& entry, const Symbols& symbols) {
  const std::string& source = entry.reading.source();
  const std::string_view key = entry.metric->key;
  const auto gave = [&](const std::string& symbol) {
    if (symbol.starts_with("nvmlGpm")) return source.starts_with("nvmlGpm");
    // How many there are is told apart from each.
    if (symbol == "nvmlDeviceGetNumFans" && key.starts_with("fan_")) return true;
    if (symbol == "nvmlDeviceGetFieldValues" && key.starts_with("link_")) return true;
    return source == symbol || source.starts_with(symbol + "(");
  };
  return std::ranges::any_of(symbols, gave);
}

class NvidiaFaults : public NvidiaTest {
 protected:
  NvidiaFaults() {
    FakeGpu& gpu = add_gpu();
    gpu.has_gpm = true;
    gpu.fan_count = 2;
    gpu.fan_speeds = {30, 40};
    gpu.fan_rpms = {900, 1200};
    gpu.fan_policies = {0, 0};
    gpu.links = {{}, {}};
    gpu.fields[91] = {1, 2};
    gpu.fields[197] = {3, 4096};
  }

  void refuse(const Symbols& symbols, std::uint32_t answer) {
    script().status.clear();
    for (const std::string& symbol : symbols) script().status[symbol] = answer;
  }
  /// The second sample of the device, when rates have values.
  ReadingSet second_sample() {
    ReadingSet first;
    devices_.front()->sample(first);
    ReadingSet second;
    devices_.front()->sample(second);
    return second;
  }
};

void expect_alone(const ReadingSet& healthy, const ReadingSet& read, const Symbols& symbols) {
  for (const auto& entry : healthy.entries()) {
    if (!entry.reading || comes_from(entry, symbols)) continue;
    const auto* now = read.find(*entry.metric, entry.instance);
    ASSERT_NE(now, nullptr) << ReadingSet::name(entry) << " went with " << symbols[0];
    EXPECT_EQ(now->reading.optional(), entry.reading.optional())
        << ReadingSet::name(entry) << " went with " << symbols[0];
  }
  for (const auto& entry : read.entries()) {
    if (entry.reading) {
      const auto& source = entry.reading.source();
      EXPECT_EQ(std::ranges::count(symbols, source), 0) << ReadingSet::name(entry);
    } else {
      EXPECT_FALSE(entry.reading.reason().empty()) << ReadingSet::name(entry);
    }
  }
}

TEST_F(NvidiaFaults, OfOneFunctionCostOnlyItsReadings) {
  discover();
  const ReadingSet healthy = second_sample();
  for (const Symbols& symbols : functions()) {
    refuse({}, 0);
    discover();  // What the device holds from one sample to the next is forgotten.
    for (const std::uint32_t answer : kRefusals) {
      SCOPED_TRACE(symbols[0] + " answers " + std::to_string(answer));
      refuse(symbols, answer);
      expect_alone(healthy, second_sample(), symbols);
    }
  }
}

TEST_F(NvidiaFaults, OfOneFunctionLeaveTheGpuInItsPlace) {
  for (const Symbols& symbols : functions()) {
    refuse(symbols, status::kGpuIsLost);
    discover();
    ASSERT_EQ(devices_.size(), 1U) << symbols[0];
    EXPECT_EQ(info().pci_address->text(), "0000:41:00.0");
    EXPECT_FALSE(info().uuid.empty()) << symbols[0];
  }
}

}  // namespace
}  // namespace accel::nvidia
