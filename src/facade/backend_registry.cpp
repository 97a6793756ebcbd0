// Which vendors are there: tried in order, those that fail skipped.
#include <algorithm>
#include <stdexcept>

#include "accel/backends.hpp"
#include "accel/facade/accelerator_backend.hpp"
#include "core/thrown_by.hpp"
#include "facade/vendor_names.hpp"

namespace accel::facade {
namespace {

constexpr const char* kNone =
    "No accelerators detected on this system. Please ensure accelerator drivers are installed and "
    "hardware is properly configured.";

std::vector<std::string> names_of(const BackendList& backends) {
  std::vector<std::string> names;
  for (const auto& backend : backends) names.push_back(backend->VENDOR_NAME);
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

BackendList all_or_throw(const BackendRegistry& registry) {
  auto backends = get_all_accelerator_backends(registry);
  if (backends.empty()) throw std::runtime_error(kNone);
  return backends;
}

}  // namespace

BackendRegistry::BackendRegistry(std::vector<RegisteredBackend> backends,
                                 std::function<void(std::string_view)> debug)
    : backends_(std::move(backends)), debug_(std::move(debug)) {
  std::ranges::stable_sort(
      backends_, {}, [](const RegisteredBackend& backend) { return vendor_rank(backend.vendor); });
}

BackendRegistry BackendRegistry::of(const Machine& machine) {
  std::vector<RegisteredBackend> backends;
  for (const BackendEntry& entry : all_backends()) {
    backends.push_back({std::string(entry.vendor),
                        [entry, machine] { return make_accelerator_backend(entry, machine); }});
  }
  return BackendRegistry(std::move(backends), machine.debug);
}

BackendList get_all_accelerator_backends(const BackendRegistry& registry) {
  BackendList available;
  for (const RegisteredBackend& registered : registry.backends()) {
    std::unique_ptr<AcceleratorBackend> backend;
    const auto failure = thrown_by([&] {
      backend = registered.make();
      if (backend != nullptr && !backend->is_available()) backend.reset();
    });
    if (failure) {
      registry.trace(registered.vendor + ": back end skipped: " + failure->message);
    } else if (backend != nullptr) {
      available.push_back(std::move(backend));
    }
  }
  return available;
}

std::unique_ptr<AcceleratorBackend> get_accelerator_backend(std::optional<std::string_view> vendor,
                                                            const BackendRegistry& registry) {
  auto backends = all_or_throw(registry);
  auto found = backends.begin();
  if (vendor && !vendor->empty()) {
    found = std::ranges::find_if(backends, [&](const auto& backend) {
      return lower(backend->VENDOR_NAME) == lower(*vendor);
    });
  }
  if (found != backends.end()) return std::move(*found);
  throw std::runtime_error("No " + std::string(*vendor) + " accelerators detected. " +
                           "Available vendors: " + joined(names_of(backends)));
}

std::unique_ptr<AcceleratorBackend> get_accelerator_backend_by_index(
    int index, const BackendRegistry& registry) {
  auto backends = all_or_throw(registry);
  if (index >= 0 && index < std::ssize(backends)) {
    return std::move(backends[static_cast<std::size_t>(index)]);
  }
  throw std::out_of_range("Backend index " + std::to_string(index) +
                          " out of range. Available backends: " + std::to_string(backends.size()) +
                          " (indices 0-" + std::to_string(backends.size() - 1) + ")");
}

int get_backend_count(const BackendRegistry& registry) {
  return static_cast<int>(get_all_accelerator_backends(registry).size());
}

std::vector<std::string> list_available_vendors(const BackendRegistry& registry) {
  return names_of(get_all_accelerator_backends(registry));
}

}  // namespace accel::facade
