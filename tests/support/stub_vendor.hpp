// A vendor whose back end and devices do what the test says.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accel/backend.hpp"

namespace accel::testing {

class StubDevice final : public Device {
 public:
  explicit StubDevice(AcceleratorInfo info, std::function<void(ReadingSet&)> read = {})
      : info_(std::move(info)), read_(std::move(read)) {}

  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& out) override {
    if (read_) read_(out);
  }

 private:
  AcceleratorInfo info_;
  std::function<void(ReadingSet&)> read_;
};

using Find = std::function<Result<Discovered>(const Discovery&)>;

class StubBackend final : public Backend {
 public:
  explicit StubBackend(Find find, std::function<std::vector<Finding>()> findings = {})
      : find_(std::move(find)), findings_(std::move(findings)) {}

  Result<Discovered> discover(const Discovery& discovery) override {
    return find_ ? find_(discovery) : Discovered{};
  }
  void shutdown() noexcept override {}
  std::string framework_device(int index) const override { return "stub:" + std::to_string(index); }
  std::vector<Finding> findings() override {
    return findings_ ? findings_() : std::vector<Finding>{};
  }

 private:
  Find find_;
  std::function<std::vector<Finding>()> findings_;
};

/// `vendor` and `pci_vendors` must live as long as the entry.
inline BackendEntry stub_vendor(std::string_view vendor, Find find,
                                std::span<const std::uint16_t> pci_vendors = {}) {
  return {vendor,
          DeviceType::gpu,
          Verification::simulated,
          "stub",
          pci_vendors,
          [find = std::move(find)](const Machine&) { return std::make_unique<StubBackend>(find); }};
}

/// A whole device without a place on the bus.
inline AcceleratorInfo stub_info(std::string_view vendor, std::string_view uuid) {
  AcceleratorInfo info;
  info.vendor = vendor;
  info.uuid = uuid;
  info.device_type = DeviceType::gpu;
  return info;
}

inline AcceleratorInfo stub_info_at(std::string_view vendor, std::string_view address) {
  AcceleratorInfo info = stub_info(vendor, std::string("uuid of ") + std::string(address));
  info.pci_address = PciAddress::parse(address).value();
  return info;
}

/// Finds those devices, each time anew; they give no readings.
inline Find finds(std::vector<AcceleratorInfo> infos) {
  return [infos = std::move(infos)](const Discovery&) -> Result<Discovered> {
    Discovered found;
    for (const auto& info : infos) found.devices.push_back(std::make_unique<StubDevice>(info));
    return found;
  };
}

/// Finds one device that is read in that way.
inline Find finds_one(AcceleratorInfo info, std::function<void(ReadingSet&)> read) {
  return [info = std::move(info), read = std::move(read)](const Discovery&) -> Result<Discovered> {
    Discovered found;
    found.devices.push_back(std::make_unique<StubDevice>(info, read));
    return found;
  };
}

}  // namespace accel::testing
