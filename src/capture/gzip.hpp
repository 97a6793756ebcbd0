// Compressing into an open file. zlib is loaded when it is needed: it costs the start of no other
// command, and one that has no zlib still writes plain archives.
#pragma once

#include <memory>
#include <string_view>

#include "accel/result.hpp"

namespace accel::capture {

class GzipFile {
 public:
  /// Writes to a descriptor of its own of the file that `descriptor` is open on.
  /// driver_not_found where there is no zlib.
  static Result<GzipFile> open(int descriptor);
  GzipFile(GzipFile&& other) noexcept;
  GzipFile& operator=(GzipFile&&) = delete;
  GzipFile(const GzipFile&) = delete;
  GzipFile& operator=(const GzipFile&) = delete;
  ~GzipFile();

  Result<void> write(std::string_view bytes);
  /// Writes what is left. A full disk may show itself only here.
  Result<void> close();

 private:
  struct Functions;
  GzipFile(std::shared_ptr<const Functions> functions, void* file);

  std::shared_ptr<const Functions> functions_;
  void* file_;
};

}  // namespace accel::capture
