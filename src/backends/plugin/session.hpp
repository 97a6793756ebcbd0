// A plug-in at work on one machine: opened, asked and closed once.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "accel/machine.hpp"
#include "accel/reading_set.hpp"
#include "backends/plugin/library.hpp"

namespace accel::plugin {

/// Thread-safe as far as plug-ins are. Shared by the devices, which may outlive the back end.
class Session {
 public:
  static Result<std::shared_ptr<Session>> open(std::shared_ptr<const Library> library,
                                               const Machine& machine);
  ~Session() { close(); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Every call fails afterwards. One that is in progress, and may hang, keeps the plug-in's
  /// session open until it has come back. A second call does nothing.
  void close() noexcept;

  [[nodiscard]] Result<void> discover(accel_plugin_add_device* add, void* context);
  [[nodiscard]] Result<void> sample(accel_plugin_device* device, accel_plugin_add_reading* add,
                                    void* context);
  [[nodiscard]] Result<void> findings(accel_plugin_add_finding* add, void* context);

  [[nodiscard]] const Library& library() const { return *library_; }
  /// Remembers a key that no metric has, for the findings.
  void note_unknown_key(const std::string& key);
  [[nodiscard]] std::set<std::string> unknown_keys() const;

 private:
  Session(std::shared_ptr<const Library> library, const Machine& machine);

  template <class Ask>
  Result<void> call(const char* function, Ask ask);
  accel_plugin_session* enter();  // Null when closed.
  void leave() noexcept;
  void close_when_idle() noexcept;  // Under mutex_.

  std::shared_ptr<const Library> library_;
  Machine machine_;
  std::string root_;
  std::string library_dir_;
  accel_plugin_host host_{};
  mutable std::mutex mutex_;  // Guards what follows.
  accel_plugin_session* session_ = nullptr;
  int calls_ = 0;
  bool is_closing_ = false;
  std::set<std::string> unknown_keys_;
};

}  // namespace accel::plugin
