// The software that matters to accelerators: one row a program or library, and how its version is
// found without starting it.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "accel/host.hpp"
#include "host/containers.hpp"
#include "host/field.hpp"
#include "host/installed_files.hpp"
#include "host/packages.hpp"
#include "host/toolkits.hpp"

namespace accel::host {
namespace {

/// Its version stands in the name of the file that its links end in.
struct Library {
  std::string_view name;
  std::string_view kind;
  std::array<std::string_view, 2> sonames;  ///< the newest first
};
constexpr std::array kLibraries{
    Library{"CUDA driver library", "runtime", {"libcuda.so.1"}},
    Library{"Level Zero", "runtime", {"libze_loader.so.1"}},
    Library{"OpenCL loader", "runtime", {"libOpenCL.so.1"}},
    Library{"Vulkan loader", "runtime", {"libvulkan.so.1"}},
    Library{"cuDNN", "library", {"libcudnn.so.9", "libcudnn.so.8"}},
    Library{"NCCL", "library", {"libnccl.so.2"}},
    Library{"TensorRT", "library", {"libnvinfer.so.10", "libnvinfer.so.8"}},
    Library{"RCCL", "library", {"librccl.so.1"}},
    Library{"MIOpen", "library", {"libMIOpen.so.1"}},
    Library{"oneDNN", "library", {"libdnnl.so.3", "libdnnl.so.2"}},
};

/// Its version is known to the package system or only to itself.
struct Program {
  std::string_view name;
  std::string_view kind;
  std::string_view file;
  std::array<std::string_view, 3> packages;
  std::string_view question;  ///< for what no file answers
};
constexpr std::array kPrograms{
    Program{"docker",
            "container",
            "docker",
            {"docker-ce", "docker.io", "moby-engine"},
            "docker --version"},
    Program{"containerd",
            "container",
            "containerd",
            {"containerd.io", "containerd"},
            "containerd --version"},
    Program{"podman", "container", "podman", {"podman"}, "podman --version"},
    Program{"CRI-O", "container", "crio", {"cri-o"}, "crio --version"},
    Program{"NVIDIA container toolkit",
            "container",
            "nvidia-container-runtime",
            {"nvidia-container-toolkit"},
            "nvidia-container-runtime --version"},
    Program{"gcc", "compiler", "gcc", {}, "gcc --version"},
    Program{"clang", "compiler", "clang", {}, "clang --version"},
    Program{"hipcc", "compiler", "hipcc", {"hipcc"}, "hipcc --version"},
};

struct Framework {
  std::string_view name;
  std::array<std::string_view, 3> packages;
};
constexpr std::array kFrameworks{
    Framework{"PyTorch", {"torch"}},
    Framework{"TensorFlow", {"tensorflow", "tensorflow_cpu", "tensorflow_rocm"}},
    Framework{"JAX", {"jax"}},
    Framework{"ONNX Runtime", {"onnxruntime", "onnxruntime_gpu"}},
};

SoftwareInfo library(const Machine& machine, const Library& row) {
  std::vector<std::string_view> sonames;
  for (const auto soname : row.sonames) {
    if (!soname.empty()) sonames.push_back(soname);
  }
  SoftwareInfo info{std::string(row.name), std::string(row.kind), {}, {}, {}};
  const auto found = find_library(machine, sonames);
  if (!found) {
    info.version = unsupported(std::string(sonames.front()) + ": not in the library directories");
    return info;
  }
  info.path = machine.path(found->path).string();
  const auto version = version_in_name(found->target);
  if (version.empty()) {
    info.version = {
        unsupported(machine.path(found->target).string() + ": the name has no full version"),
        info.path};
  } else {
    info.version = {version, machine.path(found->target).string(), machine.clock->steady()};
  }
  return info;
}

/// "gcc-12" of "/usr/bin/x86_64-linux-gnu-gcc-12"; "clang-14" of "/usr/lib/llvm-14/bin/clang".
std::string compiler_package(std::string_view name, std::string_view target) {
  constexpr std::string_view kLlvm = "/llvm-";
  if (const auto at = target.find(kLlvm); at != std::string_view::npos) {
    const auto number = target.substr(at + kLlvm.size());
    return std::string(name) + "-" + std::string(number.substr(0, number.find('/')));
  }
  const auto at = target.rfind(std::string(name) + "-");
  return at == std::string_view::npos ? std::string{} : std::string(target.substr(at));
}

SoftwareInfo program(const Machine& machine, const Program& row, DebianPackages& packages) {
  const std::string file(row.file);
  const std::array<std::string, 4> places{"/usr/bin/" + file, "/usr/local/bin/" + file,
                                          "/usr/sbin/" + file, "/opt/rocm/bin/" + file};
  SoftwareInfo info{std::string(row.name), std::string(row.kind), {}, {}, {}};
  const auto found = find_installed(machine, places);
  if (!found) {
    info.version = unsupported(machine.path(places[0]).string() +
                               ": not there, nor in other "
                               "directories of programs");
    return info;
  }
  info.path = machine.path(found->path).string();
  std::vector<std::string> names(row.packages.begin(), row.packages.end());
  names.push_back(compiler_package(row.file, found->target));
  for (const auto& name : names) {
    if (name.empty()) continue;
    if (const auto version = packages.version(name)) {
      info.version = {*version, packages.source() + " (" + name + ")", machine.clock->steady()};
      return info;
    }
  }
  info.version = {unsupported(info.path + ": of no known package; no file states the version",
                              std::string(row.question)),
                  info.path};
  return info;
}

Reading<bool> readiness(const Machine& machine, const SoftwareInfo& info) {
  if (info.kind != "container") return unsupported("not a container tool");
  if (info.path.empty()) return unsupported(info.name + ": not installed");
  if (info.name == "docker") return docker_is_ready(machine);
  if (info.name == "containerd") return containerd_is_ready(machine);
  return has_cdi_devices(machine);
}

/// One row a framework and version: several versions may be installed side by side.
void add_frameworks(const Machine& machine, std::vector<SoftwareInfo>& found) {
  std::vector<std::string_view> names;
  for (const auto& row : kFrameworks) {
    for (const auto name : row.packages) {
      if (!name.empty()) names.push_back(name);
    }
  }
  const auto packages = python_packages(machine, names);
  for (const auto& row : kFrameworks) {
    bool is_installed = false;
    for (const auto& package : packages) {
      if (std::ranges::find(row.packages, package.name) == row.packages.end()) continue;
      is_installed = true;
      found.push_back({std::string(row.name),
                       "framework",
                       {package.version, package.path, machine.clock->steady()},
                       package.path,
                       {}});
    }
    if (is_installed) continue;
    found.push_back({std::string(row.name),
                     "framework",
                     unsupported(std::string(row.packages.front()) +
                                 ": not in the system's Python directories; virtual "
                                 "environments are not looked into"),
                     {},
                     {}});
  }
}

}  // namespace

std::vector<SoftwareInfo> software(const Machine& machine) {
  std::vector<SoftwareInfo> found;
  found.push_back(nvidia_driver(machine));
  for (const std::string_view module : {"amdgpu", "i915", "xe"}) {
    found.push_back(kernel_module(machine, module));
  }
  found.push_back(cuda_toolkit(machine));
  found.push_back(rocm(machine));
  for (const auto& row : kLibraries) found.push_back(library(machine, row));
  add_frameworks(machine, found);
  DebianPackages packages(machine);
  for (const auto& row : kPrograms) found.push_back(program(machine, row, packages));
  found.push_back(nvcc(machine));
  for (auto& info : found) info.ready = readiness(machine, info);
  return found;
}

}  // namespace accel::host
