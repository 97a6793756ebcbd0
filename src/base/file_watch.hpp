// Somebody who learns of each file that is read. It is how a machine is recorded: whatever a back
// end reads is known without the back end knowing of it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace accel::base {

/// Called on the thread that reads, from several at a time; must not read files itself.
class FileWatch {
 public:
  virtual ~FileWatch() = default;
  /// Before the file is opened. A driver that hangs lets no finished() follow.
  virtual void started(const std::string& path) = 0;
  /// `error_number` is 0 when the file was read; `whole`: these bytes are all of it.
  virtual void finished(const std::string& path, int error_number, std::string_view bytes,
                        bool whole) = 0;
  /// The names in a folder were asked for; 0 when they were given.
  virtual void listed(const std::string& folder, int error_number) = 0;
  /// It was asked whether the file exists, or where the link leads.
  virtual void looked_at(const std::string& path) = 0;
};

/// While it lives, all reading in this process is told to the watch. One at a time.
class FileWatching {
 public:
  explicit FileWatching(std::shared_ptr<FileWatch> watch);
  ~FileWatching();
  FileWatching(const FileWatching&) = delete;
  FileWatching& operator=(const FileWatching&) = delete;
};

/// The watch, if there is one: costs one load where there is none.
[[nodiscard]] std::shared_ptr<FileWatch> file_watch();

}  // namespace accel::base
