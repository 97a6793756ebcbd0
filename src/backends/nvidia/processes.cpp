#include "backends/nvidia/processes.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>

#include "backends/nvidia/nvml_constants.hpp"
#include "backends/nvidia/plausible.hpp"
#include "core/process_lookup.hpp"

namespace accel::nvidia {
namespace {

/// More programs than any GPU can have contexts for; a driver that names more is not believed.
constexpr std::uint32_t kMostProcesses = 65536;

/// A program is in the compute and the graphics list if it does both.
ProcessType both(ProcessType a, ProcessType b) {
  if (a == b) return a;
  if (a == ProcessType::mps || b == ProcessType::mps) return ProcessType::mps;
  return ProcessType::compute_and_graphics;
}

Reading<Bytes> memory_of(std::uint64_t raw, const char* source) {
  if (is_all_ones(raw)) {
    return {
        Absence{ReadingStatus::unsupported,
                std::string(source) + ": the driver does not tell the memory of this program", ""},
        source};
  }
  return {plausible(kBytes, raw, source), source};
}

/// A program that uses the GPU, by a number that no program has: 0 where it is out of sight.
Error nameless_program(const char* source, std::uint32_t pid) {
  return {Errc::malformed,
          std::string(source) + ": names a program " + std::to_string(pid) +
              ", which is no process number",
          "",
          {}};
}

void merge(std::vector<AcceleratorProcess>& all, const RunningProcess& running, ProcessType type,
           const char* source) {
  const auto known = std::ranges::find(all, std::int64_t{running.pid}, &AcceleratorProcess::pid);
  Reading<Bytes> memory = memory_of(running.memory, source);
  if (known == all.end()) {
    AcceleratorProcess process;
    process.pid = running.pid;
    process.type = type;
    process.memory = std::move(memory);
    all.push_back(std::move(process));
    return;
  }
  known->type = both(known->type, type);
  // Each list tells the program's whole memory.
  const bool more = memory && known->memory && memory->value > known->memory->value;
  if (more || (memory && !known->memory)) known->memory = std::move(memory);
}

// Drivers 535.43 to 535.86 write records of 32 bytes, all others of 24: there is room for the wide
// ones, and how far it was written tells which they are.
constexpr std::size_t kNarrow = sizeof(nvmlProcessInfo_t);
constexpr std::size_t kWide = 32;
constexpr unsigned char kUntouched = 0xA5;

std::vector<RunningProcess> parse(const std::vector<unsigned char>& records, std::size_t count) {
  const auto behind_narrow = records.begin() + static_cast<std::ptrdiff_t>(count * kNarrow);
  const bool is_wide = std::any_of(behind_narrow, records.end(),
                                   [](unsigned char byte) { return byte != kUntouched; });
  std::vector<RunningProcess> running;
  running.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    nvmlProcessInfo_t info{};
    std::memcpy(&info, records.data() + i * (is_wide ? kWide : kNarrow), kNarrow);
    running.push_back({info.pid, info.used_gpu_memory, info.gpu_instance_id});
  }
  return running;
}

}  // namespace

Result<std::vector<RunningProcess>> running_processes(const Gpu& gpu,
                                                      const ProcessFunction& function) {
  std::uint32_t room = 64;
  for (int attempt = 0; attempt < 4; ++attempt) {
    std::vector<unsigned char> records(room * kWide, kUntouched);
    std::uint32_t count = room;
    // operator new aligns for every fundamental type, so for the record.
    void* first = records.data();
    auto done = gpu.call(function, &count, static_cast<nvmlProcessInfo_t*>(first));
    const std::uint32_t most = done ? room : kMostProcesses;
    if (count > most) return implausible(function.name, count, 0, most, "programs");
    if (done) return parse(records, count);
    if (count <= room) return done.error();
    room = count + 16;  // Some may start in between.
  }
  return Error{Errc::unavailable,
               std::string(function.name) + ": the number of programs kept growing",
               "",
               {}};
}

Result<ProcessList> Processes::processes() {
  const Functions& nvml = gpu_.functions();
  const std::array lists{std::pair{&nvml.compute_processes, ProcessType::compute},
                         std::pair{&nvml.graphics_processes, ProcessType::graphics},
                         std::pair{&nvml.mps_processes, ProcessType::mps}};
  ProcessList list;
  std::set<std::uint32_t> nameless;  // The numbers that are none.
  std::optional<Error> failure;
  bool told = false;
  for (const auto& [function, type] : lists) {
    const auto running = running_processes(gpu_, *function);
    if (!running) {
      if (!failure) failure = running.error();
      continue;
    }
    told = true;
    int unnamed = 0;
    for (const RunningProcess& process : *running) {
      if (instances_elsewhere_ && process.gpu_instance != kNoInstance) continue;
      if (is_process_number(process.pid)) {
        merge(list.processes, process, type, function->name);
        continue;
      }
      ++unnamed;
      if (nameless.insert(process.pid).second) {
        list.problems.push_back(nameless_program(function->name, process.pid));
      }
    }
    // A program may be in several lists, and nothing tells which of them is which.
    list.hidden.unnamed = std::max(list.hidden.unnamed, unnamed);
  }
  if (!told) return *failure;

  std::ranges::sort(list.processes, {}, &AcceleratorProcess::pid);
  add_utilization(list.processes);
  ProcessLookup lookup(machine_);
  // In a pid namespace the driver leaves out the programs of others (gpuGetProcWithObject in
  // src/nvidia/src/kernel/gpu/gpu_rmapi.c of the open kernel modules).
  if (lookup.view().is_namespace) list.hidden.uncounted = lookup.view().uncounted;
  for (AcceleratorProcess& process : list.processes) {
    lookup.describe(process, Numbering::driver, "/dev/nvidia");
  }
  return list;
}

Result<std::map<std::uint32_t, Processes::Share>> Processes::shares() {
  const auto& function = gpu_.functions().process_utilization;
  std::uint32_t room = 256;
  for (int attempt = 0; attempt < 3; ++attempt) {
    std::vector<nvmlProcessUtilizationSample_t> samples(room);
    std::uint32_t count = room;
    auto done = gpu_.call(function, samples.data(), &count, last_seen_);
    // nvml.h: not found when no program used the GPU since then.
    if (!done && done.error().code == Errc::not_found) return std::map<std::uint32_t, Share>{};
    if (count > kMostProcesses || (done && count > room)) {
      return implausible(function.name, count, 0, kMostProcesses, "samples");
    }
    if (!done && count > room) {
      room = count + 16;
      continue;
    }
    if (!done) return done.error();
    samples.resize(count);
    std::map<std::uint32_t, Share> newest;
    for (const auto& sample : samples) {
      Share& share = newest[sample.pid];
      if (sample.time_stamp >= share.time) share = {sample.time_stamp, sample};
      if (!is_all_ones(sample.time_stamp)) last_seen_ = std::max(last_seen_, sample.time_stamp);
    }
    return newest;
  }
  return Error{Errc::unavailable,
               std::string(function.name) + ": the number of samples kept growing",
               "",
               {}};
}

void Processes::add_utilization(std::vector<AcceleratorProcess>& processes) {
  const char* source = gpu_.functions().process_utilization.name;
  const auto newest = shares();
  const bool knows_window = std::exchange(asked_before_, newest.has_value());
  // The driver keeps samples only of programs that used the GPU, so that none since the last
  // question means no use; before the first question it means nothing.
  const auto share = [&](const Share* found,
                         std::uint32_t nvmlProcessUtilizationSample_t::*part) -> Reading<Ratio> {
    if (!newest) return {absence_of(newest.error()), source};
    if (found != nullptr) return {plausible(kPercent, found->sample.*part, source), source};
    if (knows_window) return {percent(0), source};
    return {Absence{ReadingStatus::pending, std::string(source) + ": no sample of this program yet",
                    "sample again"},
            source};
  };
  for (AcceleratorProcess& process : processes) {
    const Share* found = nullptr;
    if (newest) {
      const auto at = newest->find(static_cast<std::uint32_t>(process.pid));
      if (at != newest->end()) found = &at->second;
    }
    process.utilization = share(found, &nvmlProcessUtilizationSample_t::sm);
    process.utilization_memory_controller = share(found, &nvmlProcessUtilizationSample_t::memory);
    process.utilization_encoder = share(found, &nvmlProcessUtilizationSample_t::encoder);
    process.utilization_decoder = share(found, &nvmlProcessUtilizationSample_t::decoder);
    process.compute_units =
        Absence{ReadingStatus::unsupported, "NVML does not tell it of programs", ""};
  }
}

}  // namespace accel::nvidia
