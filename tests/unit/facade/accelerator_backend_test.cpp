#include "accel/facade/accelerator_backend.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace accel::facade {
namespace {

constexpr const char* kNone =
    "No accelerators detected on this system. Please ensure accelerator drivers are installed and "
    "hardware is properly configured.";

/// A vendor with so many devices that counts how often it is asked.
class Stub : public AcceleratorBackend {
 public:
  explicit Stub(std::string vendor, int devices = 1, int* asked = nullptr)
      : devices_(devices), asked_(asked) {
    VENDOR_NAME = std::move(vendor);
  }
  bool is_available() override {
    if (asked_ != nullptr) ++*asked_;
    return devices_ > 0;
  }
  int get_device_count() override { return devices_; }
  std::vector<AcceleratorInfo> list_devices() override { return {}; }

 private:
  int devices_;
  int* asked_;
};

RegisteredBackend stub(const std::string& vendor, int devices = 1, int* asked = nullptr) {
  return {vendor, [=] { return std::make_unique<Stub>(vendor, devices, asked); }};
}

RegisteredBackend throwing(const std::string& vendor) {
  return {vendor, []() -> std::unique_ptr<AcceleratorBackend> {
            throw std::runtime_error("library missing");
          }};
}

std::string what(const std::function<void()>& call) {
  try {
    call();
  } catch (const std::exception& failure) {
    return failure.what();
  }
  return "nothing was thrown";
}

TEST(AcceleratorBackends, AreFirstTheFirstOfTheRegistry) {
  int asked = 0;
  const BackendRegistry registry({stub("NVIDIA", 1, &asked), stub("AMD")});

  EXPECT_EQ(get_accelerator_backend(std::nullopt, registry)->VENDOR_NAME, "NVIDIA");
  EXPECT_EQ(asked, 1) << "availability is asked once";
}

TEST(AcceleratorBackends, SayHowToGetSomeWhereThereAreNone) {
  const BackendRegistry registry({stub("NVIDIA", 0)});

  EXPECT_TRUE(get_all_accelerator_backends(registry).empty());
  EXPECT_EQ(what([&] { (void)get_accelerator_backend(std::nullopt, registry); }), kNone);
  EXPECT_EQ(what([&] { (void)get_accelerator_backend("NVIDIA", registry); }), kNone);
  EXPECT_EQ(what([&] { (void)get_accelerator_backend_by_index(0, registry); }), kNone);
  EXPECT_EQ(get_backend_count(registry), 0);
  EXPECT_TRUE(list_available_vendors(registry).empty());
}

TEST(AcceleratorBackends, SkipThoseThatThrowOrAreNotThere) {
  std::string heard;
  const BackendRegistry registry(
      {throwing("NVIDIA"),
       {"Intel", []() -> std::unique_ptr<AcceleratorBackend> { throw 42; }},
       {"Apple", [] { return nullptr; }},
       stub("AMD")},
      [&](std::string_view text) { heard += std::string(text) + "\n"; });

  EXPECT_EQ(get_accelerator_backend(std::nullopt, registry)->VENDOR_NAME, "AMD");
  EXPECT_EQ(list_available_vendors(registry), std::vector<std::string>{"AMD"});
  EXPECT_NE(heard.find("NVIDIA: back end skipped: library missing"), std::string::npos);
}

TEST(AcceleratorBackends, SkipOneThatThrowsWhenAskedWhetherItIsThere) {
  class Broken final : public Stub {
   public:
    Broken() : Stub("NVIDIA") {}
    bool is_available() override { throw std::logic_error("not implemented"); }
  };
  const BackendRegistry registry(
      {{"NVIDIA", [] { return std::make_unique<Broken>(); }}, stub("AMD")});

  EXPECT_EQ(list_available_vendors(registry), std::vector<std::string>{"AMD"});
}

TEST(AcceleratorBackends, AreFoundByVendorInAnyCase) {
  const BackendRegistry registry({stub("NVIDIA"), stub("Apple")});

  EXPECT_EQ(get_accelerator_backend("nViDiA", registry)->VENDOR_NAME, "NVIDIA");
  EXPECT_EQ(get_accelerator_backend("APPLE", registry)->VENDOR_NAME, "Apple");
}

TEST(AcceleratorBackends, NameTheVendorsThatAreThereForOneThatIsNot) {
  const BackendRegistry registry({stub("Apple"), stub("NVIDIA")});

  EXPECT_THROW((void)get_accelerator_backend("Groq", registry), std::runtime_error);
  EXPECT_EQ(what([&] { (void)get_accelerator_backend("Groq", registry); }),
            "No Groq accelerators detected. Available vendors: NVIDIA, Apple");
}

TEST(AcceleratorBackends, AreFoundByIndex) {
  const BackendRegistry registry({stub("Apple"), stub("NVIDIA")});

  EXPECT_EQ(get_accelerator_backend_by_index(0, registry)->VENDOR_NAME, "NVIDIA");
  EXPECT_EQ(get_accelerator_backend_by_index(1, registry)->VENDOR_NAME, "Apple");
}

TEST(AcceleratorBackends, SayWhichIndicesThereAre) {
  const BackendRegistry registry({stub("NVIDIA"), stub("Apple")});

  EXPECT_THROW((void)get_accelerator_backend_by_index(2, registry), std::out_of_range);
  EXPECT_EQ(what([&] { (void)get_accelerator_backend_by_index(2, registry); }),
            "Backend index 2 out of range. Available backends: 2 (indices 0-1)");
  EXPECT_EQ(what([&] { (void)get_accelerator_backend_by_index(-1, registry); }),
            "Backend index -1 out of range. Available backends: 2 (indices 0-1)");
}

TEST(AcceleratorBackends, AreCountedByVendorAndNotByDevice) {
  const BackendRegistry registry({stub("Apple", 1), stub("NVIDIA", 8)});

  EXPECT_EQ(get_backend_count(registry), 2);
  EXPECT_EQ(list_available_vendors(registry), (std::vector<std::string>{"NVIDIA", "Apple"}));
}

TEST(AcceleratorBackends, StandInTheOrderOfVendors) {
  const BackendRegistry registry({stub("Other B"), stub("Cerebras"), stub("Groq"), stub("Google"),
                                  stub("Qualcomm"), stub("Apple"), stub("Intel"), stub("AMD"),
                                  stub("NVIDIA"), stub("Other A")});

  EXPECT_EQ(list_available_vendors(registry),
            (std::vector<std::string>{"NVIDIA", "AMD", "Intel", "Apple", "Qualcomm", "Google",
                                      "Groq", "Cerebras", "Other B", "Other A"}));
}

TEST(AcceleratorBackends, KnowTheWordsOfFrameworks) {
  const auto device_of = [](const char* vendor, std::string_view framework) {
    return Stub(vendor).get_framework_device_string(1, framework);
  };
  for (const char* framework : {"pytorch", "jax", ""}) {
    EXPECT_EQ(device_of("NVIDIA", framework), "cuda:1");
    EXPECT_EQ(device_of("AMD", framework), "cuda:1");
    EXPECT_EQ(device_of("Intel", framework), "xpu:1");
    EXPECT_EQ(device_of("Apple", framework), "mps");
    EXPECT_EQ(device_of("Qualcomm", framework), "qualcomm:1");
    EXPECT_EQ(device_of("Google", framework), "tpu:1");
    EXPECT_EQ(device_of("Groq", framework), "groq:1");
    EXPECT_EQ(device_of("Cerebras", framework), "cerebras:1");
    EXPECT_EQ(device_of("Tenstorrent", framework), "tenstorrent:1");
  }
  EXPECT_EQ(Stub("NVIDIA").get_framework_device_string(0), "cuda:0");
}

class Listing final : public AcceleratorBackend {
 public:
  int get_device_count() override { return 2; }
  std::vector<AcceleratorInfo> list_devices() override { return {}; }
};

TEST(AcceleratorBackend, GivesNoReadingsWhereItOnlyLists) {
  Listing backend;

  EXPECT_EQ(backend.VENDOR_NAME, "Unknown");
  EXPECT_EQ(backend.DEVICE_TYPE, "unknown");
  EXPECT_TRUE(backend.is_available());
  EXPECT_FALSE(backend.get_temperature(0));
  EXPECT_FALSE(backend.get_memory_usage(0));
  EXPECT_FALSE(backend.get_utilization(0));
  EXPECT_FALSE(backend.get_power_usage(0));
  EXPECT_TRUE(backend.get_throttle_reasons(0).empty());
  EXPECT_EQ(backend.support_level(), SupportLevel::listing);
}

TEST(AcceleratorBackend, HasTheLevelOfWhatItImplements) {
  class Full final : public AcceleratorBackend {
   public:
    explicit Full(bool stress) : stress_(stress) {}
    int get_device_count() override { return 1; }
    std::vector<AcceleratorInfo> list_devices() override { return {}; }
    bool monitors() const override { return true; }
    bool has_stress_executor() const override { return stress_; }

   private:
    bool stress_;
  };

  EXPECT_EQ(Full(false).support_level(), SupportLevel::monitoring);
  EXPECT_EQ(Full(true).support_level(), SupportLevel::full);
}

}  // namespace
}  // namespace accel::facade
