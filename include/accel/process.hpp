// The programs that use an accelerator.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/error.hpp"
#include "accel/reading.hpp"
#include "accel/reading_set.hpp"
#include "accel/units.hpp"

namespace accel {

/// What a program does with the device; `unknown` where the driver does not tell, or the program
/// has not done anything yet.
enum class ProcessType { compute, graphics, compute_and_graphics, mps, unknown };

[[nodiscard]] std::string_view to_string(ProcessType type);

/// Whether a program can have this number. Drivers that know none say 0 or all ones.
[[nodiscard]] bool is_process_number(std::int64_t pid);

/// What a program uses of the engines of one class.
struct ProcessEngine {
  std::string name;        ///< as the driver calls the class: "gfx", "rcs"
  Reading<Duration> busy;  ///< since the program opened the device
  Reading<Ratio> share;    ///< of the class's time since the question before
};

/// One program on one device; a program on two devices is two of these.
struct AcceleratorProcess {
  std::int64_t pid = 0;  ///< as the host counts
  ProcessType type = ProcessType::compute;
  Reading<std::int64_t> container_pid;  ///< the pid inside the container, where it has another
  Reading<std::string> name;            ///< command line's first word, else the kernel's name
  Reading<std::string> user;
  Reading<std::string> container;  ///< container id; unsupported outside of one
  Reading<Bytes> memory;
  Reading<Ratio> utilization;                    ///< share of the device's compute time
  Reading<Ratio> utilization_memory_controller;  ///< share of memory traffic time
  Reading<Ratio> utilization_encoder;
  Reading<Ratio> utilization_decoder;
  Reading<std::string> command;            ///< the whole command line
  Reading<std::string> container_runtime;  ///< "docker", "containerd", "cri-o", "podman", ...
  Reading<std::string> pod;                ///< name of the Kubernetes pod
  Reading<std::string> pod_namespace;
  Reading<std::string> pod_uid;
  Reading<std::string> job;             ///< of Slurm: "1234", or "1234.0" with its step
  Reading<std::int64_t> compute_units;  ///< on which the program's work lies at this moment
  std::vector<ProcessEngine> engines;   ///< those that the driver counts for each program
};

/// Programs that may use the device and could not be looked at. They are in no list.
struct HiddenPrograms {
  std::vector<std::int64_t> pids;    ///< ascending
  int unnamed = 0;                   ///< of which the driver tells that they are, and not their pid
  std::optional<Absence> uncounted;  ///< why there may be more, of which nothing is to be seen

  void add(std::int64_t pid);
  /// Joins what is hidden from another device. One that is hidden from both counts once.
  void add(const HiddenPrograms& others);
  void remove(std::int64_t pid);
  /// Those that were seen, whether or not there may be more.
  [[nodiscard]] std::int64_t seen() const;
  /// How many there are; absent where there may be more than were seen.
  [[nodiscard]] Reading<std::int64_t> count() const;
};

struct ProcessList {
  std::vector<AcceleratorProcess> processes;  ///< ascending by pid
  HiddenPrograms hidden;
  /// What was told and cannot be true, such as a program without a number.
  std::vector<Error> problems;
  /// What the device as a whole did, where that is known from adding up its programs.
  ReadingSet sums;
};

}  // namespace accel
