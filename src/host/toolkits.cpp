#include "host/toolkits.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "base/place.hpp"
#include "host/field.hpp"
#include "host/installed_files.hpp"

namespace accel::host {
namespace {

constexpr std::string_view kCuda = "/usr/local/cuda";

/// "570.86.15", "470.42": digits, dots, at least one of each.
bool looks_like_version(std::string_view word) {
  return !word.empty() && std::isdigit(static_cast<unsigned char>(word.front())) != 0 &&
         word.find('.') != std::string_view::npos && std::ranges::all_of(word, [](unsigned char c) {
           return std::isdigit(c) != 0 || c == '.';
         });
}

Reading<std::string> read_version(const Machine& machine, const std::filesystem::path& path,
                                  Result<std::string> (*parse)(std::string_view)) {
  const auto time = machine.clock->steady();
  const auto text = base::read_file(path);
  if (!text) return {absence_of(text.error()), path.string(), time};
  const auto version = parse(*text);
  if (!version) return {absence_of(annotate(path.string(), version.error())), path.string(), time};
  return {*version, path.string(), time};
}

Result<std::string> first_line(std::string_view text) {
  const auto line = trimmed(text.substr(0, text.find('\n')));
  if (line.empty() || !is_plain_text(line)) {
    return Error{Errc::malformed, "no version: " + in_quotes(line), {}, {}};
  }
  return std::string(line);
}

/// "CUDA Version 10.2.89": toolkits before 11.1
Result<std::string> old_toolkit(std::string_view text) {
  auto line = first_line(text);
  if (!line) return line;
  return line->starts_with("CUDA Version ") ? line->substr(13) : *line;
}

Result<std::string> toolkit_version(std::string_view json) {
  return cuda_component_version(json, "cuda");
}
Result<std::string> compiler_version(std::string_view json) {
  return cuda_component_version(json, "cuda_nvcc");
}

/// The toolkit's directory, or nothing.
std::string toolkit(const Machine& machine) {
  const std::array<std::string, 1> place{std::string(kCuda)};
  const auto found = find_installed(machine, place);
  return found ? found->target : std::string{};
}

SoftwareInfo not_installed(std::string name, std::string kind, const std::string& looked_for) {
  return {std::move(name), std::move(kind), unsupported(looked_for + ": not there"), {}, {}};
}

}  // namespace

Result<std::string> nvidia_module_version(std::string_view text) {
  // "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build ..."
  auto line = text.substr(0, text.find('\n'));
  if (line.starts_with("NVRM version:")) {
    while (!line.empty()) {
      const auto end = line.find(' ');
      const auto word = trimmed(line.substr(0, end));
      line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
      if (looks_like_version(word)) return std::string(word);
    }
  }
  return Error{Errc::malformed, "no driver version", {}, {}};
}

Result<std::string> cuda_component_version(std::string_view json, const std::string& component) {
  const auto document = nlohmann::json::parse(json, nullptr, false);
  const Error missing{Errc::malformed, "no version of '" + component + "'", {}, {}};
  if (!document.is_object()) return missing;
  const auto found = document.find(component);
  if (found == document.end() || !found->is_object()) return missing;
  const auto version = found->find("version");
  if (version == found->end() || !version->is_string()) return missing;
  return printable(version->get<std::string>());
}

Result<std::string> cuda_header_version(std::string_view header) {
  constexpr std::string_view kDefine = "#define CUDA_VERSION ";
  const auto at = header.find(kDefine);
  if (at != std::string_view::npos) {
    const auto rest = header.substr(at + kDefine.size());
    const auto number = base::parse_integer(trimmed(rest.substr(0, rest.find('\n'))));
    // 1000 * major + 10 * minor (cuda.h)
    if (number && *number >= 1000 && *number < 1'000'000) {
      return std::to_string(*number / 1000) + "." + std::to_string(*number % 1000 / 10);
    }
  }
  return Error{Errc::malformed, "no CUDA_VERSION", {}, {}};
}

SoftwareInfo nvidia_driver(const Machine& machine) {
  const auto path = machine.path("/proc/driver/nvidia/version");
  SoftwareInfo info{
      "NVIDIA driver", "driver", read_version(machine, path, nvidia_module_version), {}, {}};
  if (info.version) info.path = path.string();
  return info;
}

SoftwareInfo kernel_module(const Machine& machine, std::string_view name) {
  const auto dir = directory(machine, "/sys/module").child(name);
  SoftwareInfo info{std::string(name) + " driver", "driver", {}, {}, {}};
  if (!dir.exists()) {
    info.version = unsupported(dir.path().string() + ": the module is not loaded");
    return info;
  }
  info.path = dir.path().string();
  info.version = text_field(machine, dir, "version");
  if (info.version.status() == ReadingStatus::unsupported) {
    info.version = {unsupported(info.version.reason() +
                                ": the module is part of the kernel and has no version of its own"),
                    info.version.source()};
  }
  return info;
}

SoftwareInfo cuda_toolkit(const Machine& machine) {
  const auto place = toolkit(machine);
  if (place.empty()) {
    return not_installed("CUDA toolkit", "runtime", machine.path(kCuda).string());
  }
  const auto dir = machine.path(place);
  auto version = read_version(machine, dir / "version.json", toolkit_version);
  if (!version) {
    const auto old = read_version(machine, dir / "version.txt", old_toolkit);
    const auto header = read_version(machine, dir / "include/cuda.h", cuda_header_version);
    if (header) version = header;
    if (old) version = old;
  }
  return {"CUDA toolkit", "runtime", std::move(version), dir.string(), {}};
}

SoftwareInfo nvcc(const Machine& machine) {
  const auto dir = machine.path(toolkit(machine).empty() ? std::string(kCuda) : toolkit(machine));
  const auto program = dir / "bin/nvcc";
  if (!base::exists(program)) {
    return not_installed("nvcc", "compiler", program.string());
  }
  auto version = read_version(machine, dir / "version.json", compiler_version);
  if (!version) {
    version = {unsupported(version.reason() + "; no file states the version",
                           "`" + program.string() + " --version` says it"),
               version.source()};
  }
  return {"nvcc", "compiler", std::move(version), program.string(), {}};
}

SoftwareInfo rocm(const Machine& machine) {
  const std::array<std::string, 1> places{"/opt/rocm"};
  const auto found = find_installed(machine, places);
  if (!found) return not_installed("ROCm", "runtime", machine.path("/opt/rocm").string());
  const auto dir = machine.path(found->target);
  return {"ROCm",
          "runtime",
          read_version(machine, dir / ".info/version", first_line),
          dir.string(),
          {}};
}

}  // namespace accel::host
