// A machine with AMD GPUs, as the kernel shows them: on the bus, as DRM cards, with sensors.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "accel/backends.hpp"
#include "accel/system.hpp"
#include "backends/amd/backend.hpp"
#include "support/fake_clock.hpp"
#include "support/pci_tree.hpp"

namespace accel::amd::testing {

using accel::testing::add_card;
using accel::testing::FakeClock;
using accel::testing::FakeFunction;
using accel::testing::FakeTree;

class CardTree {
 public:
  /// An RX 6900 XT at that address, as card `number`; without sensors and values.
  std::filesystem::path add(const std::string& address = "0000:03:00.0", int number = 0,
                            const std::string& runtime_status = "active") {
    const FakeFunction function{.vendor = "0x1002",
                                .device = "0x73bf",
                                .class_code = "0x030000",
                                .driver = "amdgpu",
                                .runtime_status = runtime_status};
    const auto folder = add_card(files, address, function);
    const std::string name = "card" + std::to_string(number);
    const std::string render = "renderD" + std::to_string(128 + number);
    for (const std::string& node : {name, render}) {
      files.file("dev/dri/" + node, "")
          .link(std::filesystem::path("sys/class/drm") / node / "device",
                std::filesystem::path("../../../..") / folder);
    }
    return folder;
  }
  /// An amdgpu sensor folder below the card's.
  std::filesystem::path add_sensors(const std::filesystem::path& card) {
    const auto folder = card / "hwmon/hwmon3";
    files.file(folder / "name", "amdgpu\n");
    return folder;
  }

  [[nodiscard]] Machine machine() const { return {.root = files.root(), .clock = clock}; }
  /// Discovered anew.
  [[nodiscard]] std::unique_ptr<System> system(bool wake = false) const {
    Machine where = machine();
    where.wake = wake;
    auto made = std::make_unique<System>(std::move(where), std::span(&entry_, 1));
    made->discover();
    return made;
  }
  /// The readings of the first device.
  [[nodiscard]] ReadingSet read() const {
    auto made = system();
    return std::move(made->sample_all({}).at(0).readings);
  }

  FakeTree files;
  std::shared_ptr<FakeClock> clock = std::make_shared<FakeClock>();

 private:
  BackendEntry entry_ = entry();
};

}  // namespace accel::amd::testing
