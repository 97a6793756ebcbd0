#include "backends/nvidia/proc_files.hpp"

#include <algorithm>

#include "base/dir.hpp"
#include "base/number.hpp"

namespace accel::nvidia {
namespace {

using base::Dir;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// The value behind "Key:" at the start of a line; empty when there is none.
std::string_view line_value(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with(key) && line.substr(key.size()).starts_with(':')) {
      return trimmed(line.substr(key.size() + 1));
    }
  }
  return {};
}

Reading<std::string> field(std::string_view text, std::string_view key, const std::string& source) {
  const auto value = line_value(text, key);
  if (value.empty()) {
    return {
        Absence{ReadingStatus::unsupported, source + ": no line '" + std::string(key) + ":'", ""},
        source};
  }
  // The driver fills these in when a GPU is used for the first time.
  if (value.find("??") != std::string_view::npos) {
    return {Absence{ReadingStatus::needs_workload,
                    source + ": " + std::string(key) + ": " + std::string(value),
                    "use the GPU once, or turn persistence mode on"},
            source};
  }
  return {std::string(value), source};
}

bool is_version(std::string_view word) {
  const bool numeric = word.find_first_not_of("0123456789.") == std::string_view::npos;
  return numeric && !word.empty() && word.front() != '.' &&
         word.find('.') != std::string_view::npos;
}

}  // namespace

std::optional<int> parse_minor(std::string_view text, std::string_view key) {
  const auto minor = base::parse_integer(line_value(text, key));
  if (!minor || *minor < 0 || *minor >= 1 << 20) return std::nullopt;  // MINORBITS of the kernel
  return static_cast<int>(*minor);
}

GpuFile parse_gpu_file(std::string_view text, const std::string& source) {
  GpuFile file{field(text, "Model", source),
               field(text, "GPU UUID", source),
               field(text, "Video BIOS", source),
               field(text, "GPU Firmware", source),
               {},
               false};
  file.minor = parse_minor(text, "Device Minor");
  file.excluded = line_value(text, "GPU Excluded") == "Yes";
  return file;
}

GpuFile gpu_file(const Machine& machine, const PciAddress& address) {
  const Dir dir(machine.path("/proc/driver/nvidia/gpus/" + address.text()));
  const std::string source = dir.source("information");
  const auto text = dir.text("information");
  if (text) return parse_gpu_file(*text, source);
  const Reading<std::string> absent{absence_of(text.error()), source};
  return {absent, absent, absent, absent, {}, false};
}

Reading<std::string> runtime_d3(const Machine& machine, const PciAddress& address) {
  const Dir dir(machine.path("/proc/driver/nvidia/gpus/" + address.text()));
  const std::string source = dir.source("power");
  const auto text = dir.text("power");
  if (!text) return {absence_of(text.error()), source};
  return field(*text, "Runtime D3 status", source);
}

std::optional<int> capability_minor(const Machine& machine, const std::string& folder) {
  const Dir dir(machine.path("/proc/driver/nvidia/capabilities/" + folder));
  const auto text = dir.text("access");
  return text ? parse_minor(*text, "DeviceFileMinor") : std::nullopt;
}

std::string parse_module_version(std::string_view text) {
  // "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.12  Wed Sep 20 09:35:17 UTC 2023", or
  // "... UNIX Open Kernel Module for x86_64  560.35.03  Release Build ...": the first number that
  // has a dot. Later lines name the compiler.
  std::string_view line = text.substr(0, text.find('\n'));
  while (!line.empty()) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const auto word = line.substr(0, line.find_first_of(" \t"));
    if (is_version(word)) return std::string(word);
    line.remove_prefix(word.size());
  }
  return {};
}

Reading<std::string> module_version(const Machine& machine) {
  const Dir module(machine.path("/sys/module/nvidia"));
  if (auto version = module.text("version"); version && is_version(*version)) {
    return {*version, module.source("version")};
  }
  const Dir driver(machine.path("/proc/driver/nvidia"));
  const auto text = driver.text("version");
  const std::string source = driver.source("version");
  if (!text) return {absence_of(text.error()), source};
  std::string version = parse_module_version(*text);
  if (version.empty()) {
    return {Absence{ReadingStatus::error, source + ": no version in its first line", ""}, source};
  }
  return {std::move(version), source};
}

}  // namespace accel::nvidia
