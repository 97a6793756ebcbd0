#include <gtest/gtest.h>

#include <random>

#include "accel/facade/accelerator_info.hpp"

namespace accel::facade {
namespace {

AcceleratorInfo h100() {
  AcceleratorInfo record;
  record.vendor = "NVIDIA";
  record.device_type = "gpu";
  record.index = 0;
  record.model = "NVIDIA H100 PCIe";
  record.compute_capability = "9.0";
  record.memory_gb = 80;
  record.bus_type = "pcie";
  record.pcie_gen = 5;
  record.bandwidth_gbps = 128.0;
  record.driver_version = "535.154.05";
  record.extra_info = {{"cuda_cores", std::int64_t{14592}},
                       {"sm_count", std::int64_t{114}},
                       {"tensor_cores", std::int64_t{456}}};
  return record;
}

TEST(AcceleratorRecord, IsTheSameAfterARoundTripThroughJson) {
  const auto back = accelerator_info_from_json(to_json(h100()));

  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(*back, h100());
}

TEST(AcceleratorRecord, KeepsEveryKindOfExtraValueAndTheirOrder) {
  auto record = h100();
  record.extra_info = {{"z", true}, {"a", 1.5}, {"m", std::string("x")}, {"b", std::int64_t{-7}}};

  EXPECT_EQ(accelerator_info_from_json(to_json(record)).value(), record);
}

TEST(AcceleratorRecord, IsTheSameAfterARoundTripWhateverIsKnown) {
  std::mt19937 random(7);
  const auto maybe = [&](auto value) {
    return random() % 2 == 0 ? std::optional(value) : std::nullopt;
  };
  for (int i = 0; i < 1000; ++i) {
    auto record = h100();
    record.model = maybe(std::string("m \"quoted\" \\ \n é"));
    record.memory_bytes = maybe(static_cast<std::int64_t>(random()) << 20);
    record.pcie_gen = maybe(std::int64_t{1} + random() % 9);
    record.bandwidth_gbps = maybe(static_cast<double>(random()) / 7.0);
    record.serial = maybe(std::string("SN") + std::to_string(random()));
    record.global_index = maybe(static_cast<int>(random() % 64));
    record.extra_info.reset();

    EXPECT_EQ(accelerator_info_from_json(to_json(record)).value(), record);
  }
}

TEST(AcceleratorRecord, TakesGenerationsThatAreStillToCome) {
  for (const std::int64_t generation : {6, 7, 12}) {
    auto record = h100();
    record.pcie_gen = generation;
    EXPECT_EQ(accelerator_info_from_json(to_json(record)).value().pcie_gen, generation);
  }
}

TEST(AcceleratorRecord, NeedsOnlyVendorTypeAndIndex) {
  const auto record = accelerator_info_from_json(
      R"({"vendor":"Groq","device_type":"lpu","index":2,"model":"GroqCard"})");

  ASSERT_TRUE(record) << record.error().text();
  AcceleratorInfo expected;
  expected.vendor = "Groq";
  expected.device_type = "lpu";
  expected.index = 2;
  expected.model = "GroqCard";
  EXPECT_EQ(*record, expected);
}

TEST(AcceleratorRecord, WritesNullForWhatIsNotKnown) {
  AcceleratorInfo record;
  record.vendor = "Groq";
  record.device_type = "lpu";
  const std::string json = to_json(record);

  for (const char* key : {"model", "memory_gb", "memory_bytes", "bus_type", "pcie_gen", "serial",
                          "extra_info", "uuid", "driver_version", "firmware_version"}) {
    EXPECT_NE(json.find('"' + std::string(key) + "\": null"), std::string::npos) << key;
  }
}

TEST(AcceleratorRecord, NamesTheKeyThatIsWrong) {
  const auto error_of = [](std::string_view json) {
    const auto record = accelerator_info_from_json(json);
    return record ? std::string("none") : record.error().text();
  };
  EXPECT_EQ(error_of("[]"), "Serialization error: not a JSON object");
  EXPECT_EQ(error_of("{"), "Serialization error: not a JSON object");
  EXPECT_EQ(error_of(R"({"device_type":"gpu","index":0})"),
            "Serialization error: vendor: is missing");
  EXPECT_EQ(error_of(R"({"vendor":"N","device_type":"gpu","index":"0"})"),
            "Serialization error: index: is of the wrong type");
  EXPECT_EQ(error_of(R"({"vendor":"N","device_type":"car","index":0})"),
            "Serialization error: device_type: 'car' is none");
  EXPECT_EQ(error_of(R"({"vendor":"N","device_type":"gpu","index":0,"bus_type":"isa"})"),
            "Serialization error: bus_type: 'isa' is none");
  EXPECT_EQ(error_of(R"({"vendor":"N","device_type":"gpu","index":0,"pcie_gen":0})"),
            "Serialization error: pcie_gen: must be positive");
  EXPECT_EQ(error_of(R"({"vendor":"N","device_type":"gpu","index":0,"memory_gb":"much"})"),
            "Serialization error: memory_gb: is of the wrong type");
  EXPECT_EQ(error_of(R"({"vendor":"N","device_type":"gpu","index":0,"extra_info":{"a":[]}})"),
            "Serialization error: extra_info.a: is no number, text or truth value");
}

TEST(AcceleratorRecord, PassesOverKeysThatItDoesNotKnow) {
  EXPECT_TRUE(accelerator_info_from_json(
      R"({"vendor":"N","device_type":"gpu","index":0,"colour":"green"})"));
}

TEST(AcceleratorRecord, WritesATextThatIsNoUtf8) {
  auto record = h100();
  record.serial = "\xff\xfe";

  EXPECT_TRUE(accelerator_info_from_json(to_json(record)));
}

TEST(AcceleratorRecord, TakesMemoryInWholeGibibytesAndInBytes) {
  accel::AcceleratorInfo info;
  info.vendor = "NVIDIA";
  info.memory = bytes((std::int64_t{80} << 30) - 1);

  const auto record = to_record(info);

  EXPECT_EQ(record.memory_gb, 79);
  EXPECT_EQ(record.memory_bytes, (std::int64_t{80} << 30) - 1);
}

TEST(AcceleratorRecord, LeavesEmptyWhatDiscoveryDoesNotKnow) {
  const auto record = to_record(accel::AcceleratorInfo{});

  EXPECT_FALSE(record.model || record.memory_gb || record.bus_type || record.pcie_gen ||
               record.serial || record.uuid || record.global_index || record.parent ||
               record.extra_info);
  EXPECT_EQ(record.state, "ok");
}

}  // namespace
}  // namespace accel::facade
