// A machine's files as a file system of its own: it serves what a tree held, hands every write(2)
// to the rules of a driver, and keeps what was written, in order. It knows no driver.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "accel/machine.hpp"

namespace accel::testing {

/// The files below the root, by their paths: "/sys/class/drm/card0/device/pp_dpm_sclk".
struct ServedFile {
  std::string content;  ///< of a link: where it leads
  unsigned mode = 0644;
  bool is_link = false;
};
using ServedFiles = std::map<std::string, ServedFile>;

/// What a driver does with a value: the bytes that it took, or an error number below 0. It may
/// change the content of that file and of others.
using DriverRules =
    std::function<long(ServedFiles& files, const std::string& path, std::string_view text)>;

/// One write(2), with what the driver answered.
struct RecordedWrite {
  std::string path;
  std::string text;
  long answer = 0;
};

class RecordingSysfs {
 public:
  /// Serves the files of the folder `tree`. Null with the reason where no file system may be
  /// mounted here.
  static std::unique_ptr<RecordingSysfs> mount(const std::string& tree, DriverRules rules,
                                               std::string& why_not);
  /// Unmounts. However the process ends, nothing stays mounted.
  ~RecordingSysfs();
  RecordingSysfs(const RecordingSysfs&) = delete;
  RecordingSysfs& operator=(const RecordingSysfs&) = delete;

  [[nodiscard]] const std::string& root() const;
  [[nodiscard]] std::vector<RecordedWrite> writes() const;
  /// "pp_od_clk_voltage s 1 2000", for each write that a driver took.
  [[nodiscard]] std::vector<std::string> taken() const;
  void forget();
  /// A file's content as served now, and a change of it behind everybody's back.
  [[nodiscard]] std::string content(const std::string& path) const;
  void change(const std::string& path, const std::function<void(ServedFile&)>& change);

  /// Drivers of a Machine whose files these are: real writes.
  [[nodiscard]] static SimulatedDrivers drivers();

  struct State;

 private:
  explicit RecordingSysfs(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace accel::testing
