#include "backends/plugin/backend.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "backends/plugin/device.hpp"
#include "backends/plugin/session.hpp"

namespace accel::plugin {
namespace {

class PluginBackend final : public Backend {
 public:
  PluginBackend(std::shared_ptr<const Library> library, Machine machine)
      : library_(std::move(library)), machine_(std::move(machine)) {}
  ~PluginBackend() override { shutdown(); }
  PluginBackend(const PluginBackend&) = delete;
  PluginBackend& operator=(const PluginBackend&) = delete;

  Result<Discovered> discover(const Discovery& discovery) override {
    if (session_ == nullptr) {
      auto opened = Session::open(library_, machine_);
      if (!opened) return opened.error();
      if (*opened == nullptr) return Discovered{};  // Not on this machine, says the plug-in.
      session_ = std::move(*opened);
    }
    Search found{discovery, session_, {}};
    auto done = session_->discover(add_device, &found);
    if (!done) found.result.problems.push_back(std::move(done).error());
    return std::move(found.result);
  }

  void shutdown() noexcept override {
    if (session_ != nullptr) session_->close();
  }

  std::string framework_device(int index) const override {
    std::string word = text_of(library_->functions.framework_device);
    if (word.empty()) {
      word = library_->functions.vendor;
      std::ranges::transform(word, word.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
      });
    }
    return word + ":" + std::to_string(index);
  }

  std::vector<Finding> findings() override;

 private:
  struct Search {
    const Discovery& discovery;
    std::shared_ptr<Session> session;
    Discovered result;
  };

  static void add_device(void* context, const accel_plugin_device_info* given) {
    auto& found = *static_cast<Search*>(context);
    if (given == nullptr) return;
    const accel_plugin_device_info info = known_part(given);
    const auto address = PciAddress::parse(text_of(info.pci_address));
    const PciFunction* function = nullptr;
    for (const PciFunction& candidate : found.discovery.pci) {
      if (address && candidate.address == *address) function = &candidate;
    }
    found.result.devices.push_back(
        make_device(info, function, found.session, found.discovery.machine.clock));
  }

  static void add_finding(void* context, const accel_plugin_finding* given) {
    if (given == nullptr) return;
    const accel_plugin_finding finding = known_part(given);
    static_cast<std::vector<Finding>*>(context)->push_back(
        {text_of(finding.id), static_cast<Severity>(std::min(finding.severity, 2U)),
         text_of(finding.title), text_of(finding.evidence), text_of(finding.remedy),
         text_of(finding.device_uuid)});
  }

  std::shared_ptr<const Library> library_;
  Machine machine_;
  std::shared_ptr<Session> session_;
};

std::vector<Finding> PluginBackend::findings() {
  std::vector<Finding> all;
  if (session_ == nullptr) return all;
  if (const auto done = session_->findings(add_finding, &all); !done) {
    all.push_back({"ACC-PLG-002", Severity::medium,
                   "The plug-in " + library_->file + " does not tell its findings",
                   done.error().message, done.error().remedy, ""});
  }
  std::string keys;
  for (const auto& key : session_->unknown_keys()) keys += (keys.empty() ? "" : ", ") + key;
  if (!keys.empty()) {
    all.push_back(
        {"ACC-PLG-003", Severity::low,
         "The plug-in " + library_->file + " gives readings that this accel does not know",
         "passed over: " + keys, "update accel, or mend the keys in the plug-in", ""});
  }
  return all;
}

/// Stands for a plug-in that could not be loaded.
class FailedPlugin final : public Backend {
 public:
  FailedPlugin(std::string file, Error why) : file_(std::move(file)), why_(std::move(why)) {}

  Result<Discovered> discover(const Discovery& /*discovery*/) override { return why_; }
  void shutdown() noexcept override {}
  std::string framework_device(int index) const override {
    return file_ + ":" + std::to_string(index);
  }
  std::vector<Finding> findings() override {
    return {{"ACC-PLG-001", Severity::medium, "The plug-in " + file_ + " cannot be loaded",
             why_.message, why_.remedy, ""}};
  }

 private:
  std::string file_;
  Error why_;
};

Verification verification_of(const char* word) {
  for (const auto level :
       {Verification::hardware, Verification::recorded, Verification::simulated}) {
    if (to_string(level) == text_of(word)) return level;
  }
  return Verification::documented;
}

}  // namespace

BackendEntry entry_of(Library loaded) {
  const auto library = std::make_shared<const Library>(std::move(loaded));
  const accel_plugin& plugin = library->functions;
  return {plugin.vendor,
          device_type(plugin.device_type, DeviceType::other),
          verification_of(plugin.verification),
          plugin.verified_on == nullptr ? "" : plugin.verified_on,
          std::span(plugin.pci_vendor_ids, plugin.pci_vendor_id_count),
          [library](const Machine& machine) -> std::unique_ptr<Backend> {
            return std::make_unique<PluginBackend>(library, machine);
          }};
}

BackendEntry entry_of_failure(const std::string& file, Error why) {
  const auto name = std::make_shared<const std::string>("plug-in " + file);
  // The closure keeps the name, to which the row's text points.
  return {*name,
          DeviceType::other,
          Verification::documented,
          "",
          {},
          [name, file, why = std::move(why)](const Machine&) -> std::unique_ptr<Backend> {
            return std::make_unique<FailedPlugin>(file, why);
          }};
}

}  // namespace accel::plugin
