// What was read of a machine while it was watched: the bytes of each file, or why there are none.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "base/file_watch.hpp"

namespace accel::capture {

/// A file as it was read last.
struct ReadFile {
  std::string bytes;
  int error_number = 0;  ///< 0 when it could be read
  bool whole = false;    ///< these bytes are all of it
  int under_way = 0;     ///< readers that have not come back
  bool too_large = false;
};

struct Limits {
  std::size_t file = std::size_t{32} << 20;    ///< the most that any reader asks for
  std::size_t total = std::size_t{128} << 20;  ///< of all files together
};

/// Paths are those that were opened: below the machine's root, through whatever links.
class Recording final : public base::FileWatch {
 public:
  explicit Recording(Limits limits) : limits_(limits) {}

  void started(const std::string& path) override;
  void finished(const std::string& path, int error_number, std::string_view bytes,
                bool whole) override;
  void listed(const std::string& folder, int error_number) override;
  void looked_at(const std::string& path) override;

  struct Content {
    std::map<std::string, ReadFile> files;
    std::map<std::string, int> folders;  ///< that were listed, with the error number
    std::set<std::string> places;        ///< whose existence mattered
  };
  /// A copy, since a reader that hangs may yet come back.
  [[nodiscard]] Content content() const;

 private:
  mutable std::mutex mutex_;
  Limits limits_;
  std::size_t total_ = 0;
  Content content_;
};

}  // namespace accel::capture
