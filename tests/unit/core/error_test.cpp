#include "accel/error.hpp"

#include <gtest/gtest.h>

#include <set>

#include "accel/result.hpp"

namespace accel {
namespace {

/// The typed errors as users know them: code, text for the message "s", severity, recoverable.
struct Row {
  Errc code;
  std::string_view name;
  std::string_view text;
  Severity severity = Severity::medium;
  bool recoverable = false;
};

// clang-format off
constexpr Row kTypedErrors[] = {
    {Errc::gpu_not_found,               "GpuNotFound",              "s",                                 Severity::high},
    {Errc::backend_not_available,       "BackendNotAvailable",      "s",                                 Severity::high},
    {Errc::operation_not_supported,     "OperationNotSupported",    "Operation not supported: s"},
    {Errc::nvml_error,                  "NvmlError",                "NVIDIA NVML error: s"},
    {Errc::drm_error,                   "DrmError",                 "AMD DRM error: s"},
    {Errc::system_error,                "SystemError",              "System error: s",                   Severity::medium, true},
    {Errc::io_error,                    "IoError",                  "I/O error: s",                      Severity::medium, true},
    {Errc::permission_denied,           "PermissionDenied",         "Permission denied: s",              Severity::high},
    {Errc::driver_not_found,            "DriverNotFound",           "Driver not found: s",               Severity::high},
    {Errc::invalid_config,              "InvalidConfig",            "Invalid configuration: s"},
    {Errc::timeout,                     "Timeout",                  "s",                                 Severity::low, true},
    {Errc::load_balancer_not_available, "LoadBalancerNotAvailable", "s"},
    {Errc::invalid_state,               "InvalidState",             "s",                                 Severity::medium, true},
    {Errc::power_error,                 "PowerError",               "Power management error: s"},
    {Errc::thermal_error,               "ThermalError",             "Thermal management error: s",       Severity::high},
    {Errc::memory_error,                "MemoryError",              "Memory allocation error: s",        Severity::high},
    {Errc::pci_error,                   "PciError",                 "PCI device error: s"},
    {Errc::config_parse_error,          "ConfigParseError",         "Configuration parsing error: s"},
    {Errc::serialization_error,         "SerializationError",       "Serialization error: s"},
};
// clang-format on

TEST(Error, HasTheTextSeverityAndRecoverabilityOfItsCode) {
  for (const Row& row : kTypedErrors) {
    const Error error{row.code, "s", "", {}};
    EXPECT_EQ(traits(row.code).name, row.name);
    EXPECT_EQ(error.text(), row.text) << row.name;
    EXPECT_EQ(error.severity(), row.severity) << row.name;
    EXPECT_EQ(error.recoverable(), row.recoverable) << row.name;
  }
}

TEST(Error, HasANameOfItsOwnForEveryCode) {
  std::set<std::string_view> names;
  for (int code = 0; code <= static_cast<int>(Errc::device_asleep); ++code) {
    EXPECT_TRUE(names.insert(traits(static_cast<Errc>(code)).name).second) << code;
  }
}

TEST(Error, NamesTheIndexOfAMissingGpu) {
  const Error error = gpu_not_found(999);
  EXPECT_EQ(error.text(), "GPU with index 999 not found");
  EXPECT_EQ(error.severity(), Severity::high);
  EXPECT_FALSE(error.recoverable());
}

TEST(Error, NamesTheVendorWithoutBackEnd) {
  EXPECT_EQ(backend_not_available("Intel").text(), "Backend for vendor Intel is not available");
  EXPECT_EQ(backend_not_available("Intel").severity(), Severity::high);
}

TEST(Error, NamesTheOperationThatIsNotSupported) {
  const Error error{Errc::operation_not_supported, "test operation", "", {}};
  EXPECT_EQ(error.text(), "Operation not supported: test operation");
  EXPECT_EQ(error.severity(), Severity::medium);
}

TEST(Error, ShowsTheTimeThatWasWaited) {
  EXPECT_EQ(timeout_after(30'000'000'000).text(), "Operation timed out after 30s");
  EXPECT_EQ(timeout_after(1'500'000'000).text(), "Operation timed out after 1.5s");
  EXPECT_EQ(timeout_after(1).severity(), Severity::low);
  EXPECT_TRUE(timeout_after(1).recoverable());
}

TEST(Error, HasFixedTextsForBalancerAndState) {
  EXPECT_EQ(load_balancer_not_available().text(), "Load balancer is not available");
  EXPECT_EQ(invalid_state(3, "too hot").text(), "GPU 3 is in invalid state: too hot");
}

TEST(Error, GainsContextOnTheWayUpAndKeepsTheRest) {
  const Error cause{Errc::permission_denied, "power1_cap: Permission denied", "run as root", {}};
  const Error error = annotate("card0", cause);
  EXPECT_EQ(error.message, "card0: power1_cap: Permission denied");
  EXPECT_EQ(error.code, Errc::permission_denied);
  EXPECT_EQ(error.remedy, "run as root");
}

TEST(Severity, HasAName) {
  EXPECT_EQ(to_string(Severity::low), "Low");
  EXPECT_EQ(to_string(Severity::medium), "Medium");
  EXPECT_EQ(to_string(Severity::high), "High");
}

Result<int> answer(bool works) {
  if (works) return 42;
  return gpu_not_found(0);
}

TEST(Result, IsAValueOrTheErrorThatPreventedIt) {
  EXPECT_EQ(answer(true).value(), 42);
  ASSERT_FALSE(answer(false));
  EXPECT_EQ(answer(false).error().code, Errc::gpu_not_found);
}

}  // namespace
}  // namespace accel
