#include "host/containers.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "accel/host.hpp"
#include "base/dir.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

/// The first word behind `mark` that starts with a digit, up to a blank, a comma or the line's end.
Result<std::string> version_behind(std::string_view output, std::string_view mark) {
  const auto at = output.find(mark);
  if (at != std::string_view::npos) {
    const auto rest = output.substr(at + mark.size());
    const auto line = rest.substr(0, rest.find('\n'));
    const auto first = line.find_first_of("0123456789");
    if (first != std::string_view::npos) {
      const auto version = line.substr(first);
      return printable(version.substr(0, version.find_first_of(" ,\r")));
    }
  }
  return Error{Errc::malformed, "no version in " + in_quotes(trimmed(output)), {}, {}};
}

Reading<bool> answer(const Result<bool>& found, const std::string& source, SteadyTime time) {
  if (!found) return {absence_of(annotate(source, found.error())), source, time};
  return {*found, source, time};
}

/// No file is the default configuration, which names no vendor's runtime.
Reading<bool> not_configured(const Error& error, const std::string& source, SteadyTime time) {
  if (error.code != Errc::operation_not_supported) return {absence_of(error), source, time};
  return {false, source + " (no such file)", time};
}

}  // namespace

Result<std::string> docker_version(std::string_view output) {
  return version_behind(output, "Docker version");
}

Result<std::string> nvidia_container_runtime_version(std::string_view output) {
  return version_behind(output, "NVIDIA Container Runtime");
}

Result<bool> has_nvidia_runtime(std::string_view json) {
  const auto document = nlohmann::json::parse(json, nullptr, false);
  if (!document.is_object()) {
    return Error{Errc::malformed, "not a JSON object: " + in_quotes(trimmed(json)), {}, {}};
  }
  // daemon.json says "runtimes", `docker info` says "Runtimes", and what
  // `docker info -f '{{json .Runtimes}}'` prints is the object itself.
  for (const char* key : {"runtimes", "Runtimes"}) {
    const auto runtimes = document.find(key);
    if (runtimes == document.end()) continue;
    return runtimes->is_object() && runtimes->contains("nvidia");
  }
  return document.contains("nvidia");
}

Reading<bool> docker_is_ready(const Machine& machine) {
  const auto path = machine.path("/etc/docker/daemon.json");
  const auto time = machine.clock->steady();
  const auto text = base::read_file(path);
  if (!text) return not_configured(text.error(), path.string(), time);
  return answer(has_nvidia_runtime(*text), path.string(), time);
}

Reading<bool> containerd_is_ready(const Machine& machine) {
  const auto path = machine.path("/etc/containerd/config.toml");
  const auto time = machine.clock->steady();
  const auto text = base::read_file(path);
  if (!text) return not_configured(text.error(), path.string(), time);
  // [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.nvidia]
  return {text->find("runtimes.nvidia") != std::string::npos, path.string(), time};
}

Reading<bool> has_cdi_devices(const Machine& machine) {
  // Container Device Interface specification, "CDI JSON Specification": where runtimes look.
  for (const std::string_view place : {"/etc/cdi", "/var/run/cdi", "/run/cdi"}) {
    for (const auto& file : directory(machine, place).children()) {
      return {true, file.path().string(), machine.clock->steady()};
    }
  }
  const auto place = machine.path("/etc/cdi").string();
  return {false, place + ", /run/cdi (no specification)", machine.clock->steady()};
}

}  // namespace accel::host
