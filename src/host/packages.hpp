// Versions of installed packages, from the databases of the package systems: dpkg's, and what
// Python keeps beside its packages.
#pragma once

#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accel/machine.hpp"
#include "accel/result.hpp"

namespace accel::host {

/// dpkg's database, read when first asked. Thread-safe.
class DebianPackages {
 public:
  explicit DebianPackages(Machine machine) : machine_(std::move(machine)) {}

  /// Its upstream version, "24.0.7" of "5:24.0.7-1~debian.12"; empty where it is not installed.
  [[nodiscard]] std::optional<std::string> version(std::string_view package);
  [[nodiscard]] std::string source() const;

 private:
  Machine machine_;
  std::mutex mutex_;
  std::optional<Result<std::string>> status_;
};

/// The version field of an installed package in the text of dpkg's status file.
[[nodiscard]] std::optional<std::string> debian_version(std::string_view status,
                                                        std::string_view package);

struct PythonPackage {
  std::string name;  ///< as on disk: "torch", "onnxruntime_gpu"
  std::string version;
  std::string path;
};

/// Those of the given names in the system's Python directories, by the names of their metadata
/// ("torch-2.1.0+cu121.dist-info"). Virtual environments are not looked into.
[[nodiscard]] std::vector<PythonPackage> python_packages(const Machine& machine,
                                                         std::span<const std::string_view> names);

}  // namespace accel::host
