// What `accel top` shows of one look at the machine. Small and flat, because it travels from the
// process that reads devices to the one that draws; everything else stays in the first.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "accel/accelerator_info.hpp"
#include "accel/process.hpp"
#include "accel/reading.hpp"

namespace accel::cli::top {

/// A number in the unit that people use (watts, degrees, bytes, a share), or why there is none.
struct Figure {
  double value = 0;
  ReadingStatus status = ReadingStatus::unsupported;

  [[nodiscard]] bool is_known() const {
    return status == ReadingStatus::ok || status == ReadingStatus::stale;
  }
};

/// The figures of a device, in no order of importance.
enum class Gauge : std::size_t {
  busy,
  memory_controller,
  encoder,
  decoder,
  memory_used,
  memory_total,
  temperature,
  temperature_limit,  ///< where the hardware slows down
  temperature_memory,
  power,
  power_limit,
  clock,
  clock_memory,
  fan,
  pcie_rx,
  pcie_tx,
};
inline constexpr std::size_t kGauges = static_cast<std::size_t>(Gauge::pcie_tx) + 1;

struct DeviceRow {
  int number = -1;
  int partition = -1;
  std::string vendor;
  std::string model;
  std::string uuid;
  std::string address;  ///< empty for one that is on no PCI bus
  DeviceState state = DeviceState::ok;
  std::string reason;  ///< why the state is not ok
  std::string remedy;
  std::array<Figure, kGauges> figures = {};
  ReadingStatus throttle_status = ReadingStatus::unsupported;
  std::vector<std::string> throttle;  ///< normalised names; none where nothing limits it
  std::string no_programs;            ///< why it does not tell which programs use it

  [[nodiscard]] const Figure& operator[](Gauge gauge) const {
    return figures[static_cast<std::size_t>(gauge)];
  }
  [[nodiscard]] Figure& operator[](Gauge gauge) { return figures[static_cast<std::size_t>(gauge)]; }
  /// Names the device over samples.
  [[nodiscard]] std::string key() const { return uuid + "#" + std::to_string(partition); }
};

/// A program on a device; one that uses two devices is two of these.
struct ProgramRow {
  std::size_t device = 0;  ///< position in Sample::devices
  std::int64_t pid = 0;
  ProcessType type = ProcessType::compute;
  std::string name;
  std::string command;  ///< the whole command line
  std::string user;
  std::string container;
  std::string pod;  ///< of Kubernetes
  std::string job;  ///< of Slurm
  Figure memory;
  Figure busy;
  Figure encoder;
  Figure decoder;
};

struct Sample {
  std::chrono::nanoseconds wall{};
  SteadyTime steady{};
  std::chrono::nanoseconds took{};
  std::string simulated;  ///< name of the scenario; empty on a real machine
  std::vector<DeviceRow> devices;
  std::vector<ProgramRow> programs;
  std::vector<std::string> problems;
  std::vector<std::string> changes;  ///< devices that came or went since the sample before
  std::string hidden;   ///< how many programs are not shown, and why; empty where all are
  std::string details;  ///< everything about the device that was asked for
};

}  // namespace accel::cli::top
