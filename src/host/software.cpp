// The software that matters to accelerators: one row a program or library, and how its version is
// found without starting it.
#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accel/host.hpp"
#include "host/containers.hpp"
#include "host/field.hpp"
#include "host/in_turn.hpp"
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
                              "`" + std::string(row.question) + "` says it"),
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
std::vector<SoftwareInfo> frameworks(const Machine& machine) {
  std::vector<SoftwareInfo> found;
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
  return found;
}

using Infos = std::vector<SoftwareInfo>;

/// What looks for one piece of software, or for several in the same place.
struct Question {
  Infos rows;  ///< their names, for when no answer comes
  std::function<Infos()> ask;
};

SoftwareInfo row_of(std::string_view name, std::string_view kind) {
  return {std::string(name), std::string(kind), {}, {}, {}};
}

std::vector<Question> questions(const Machine& machine) {
  std::vector<Question> all;
  const auto add = [&](std::string_view name, std::string_view kind, auto look) {
    all.push_back({{row_of(name, kind)}, [machine, look] {
                     SoftwareInfo info = look(machine);
                     info.ready = readiness(machine, info);
                     return Infos{std::move(info)};
                   }});
  };
  add("NVIDIA driver", "driver", nvidia_driver);
  for (const std::string_view module : {"amdgpu", "i915", "xe"}) {
    add(std::string(module) + " driver", "driver",
        [module](const Machine& where) { return kernel_module(where, module); });
  }
  add("CUDA toolkit", "runtime", cuda_toolkit);
  add("ROCm", "runtime", rocm);
  for (const auto& row : kLibraries) {
    add(row.name, row.kind, [&row](const Machine& where) { return library(where, row); });
  }
  Infos names;
  for (const auto& row : kFrameworks) names.push_back(row_of(row.name, "framework"));
  all.push_back({std::move(names), [machine] {
                   Infos infos = frameworks(machine);
                   for (auto& info : infos) info.ready = readiness(machine, info);
                   return infos;
                 }});
  const auto packages = std::make_shared<DebianPackages>(machine);
  for (const auto& row : kPrograms) {
    add(row.name, row.kind,
        [&row, packages](const Machine& where) { return program(where, row, *packages); });
  }
  add("nvcc", "compiler", nvcc);
  return all;
}

/// Software may lie on a file server, whose death must not hold up the inventory.
constexpr std::chrono::seconds kPatience{1};

Infos without_answer(Infos rows) {
  const Absence hung{ReadingStatus::hung, "no answer within 1s from where it is looked for",
                     "look for a file server that does not answer (`findmnt -t nfs,nfs4,cifs`)"};
  for (auto& row : rows) {
    row.version = hung;
    row.ready = hung;
  }
  return rows;
}

}  // namespace

std::vector<SoftwareInfo> software(const Machine& machine) {
  auto asked = questions(machine);
  std::vector<std::function<Infos()>> jobs;
  for (auto& question : asked) jobs.push_back(std::move(question.ask));
  auto answers = in_turn<Infos>(machine.clock, kPatience, jobs);
  std::vector<SoftwareInfo> found;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    auto infos = answers[i] ? std::move(*answers[i]) : without_answer(std::move(asked[i].rows));
    std::ranges::move(infos, std::back_inserter(found));
  }
  return found;
}

}  // namespace accel::host
