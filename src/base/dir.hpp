// Reading the small text files of sysfs and procfs, below some root.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "accel/reading.hpp"
#include "accel/result.hpp"
#include "accel/units.hpp"

namespace accel::base {

/// A file that holds one integer, and the factor that makes a quantity's base unit of it.
///
///     constexpr Attribute<Power> kPower{"power1_average", 1};  // microwatts
template <AnyQuantity Q>
struct Attribute {
  std::string_view file;
  std::int64_t scale = 1;
};

/// The whole of a file, at most `limit` bytes of it. operation_not_supported when there is no such
/// file: in sysfs that is how a driver says that it lacks a feature.
[[nodiscard]] Result<std::string> read_file(const std::string& path,
                                            std::size_t limit = std::size_t{1} << 20);

/// The error that a failed system call on `path` means.
[[nodiscard]] Error system_error(const std::string& path, int error_number);

/// The same of one that was to change a setting: EINVAL is invalid_argument there.
[[nodiscard]] Error write_error(const std::string& path, int error_number);

/// Gives `text` to a file that exists, in a single write(2): what a driver's file takes for a
/// value.
[[nodiscard]] Result<void> write_file(const std::string& path, std::string_view text);

/// A directory of attributes. Cheap to copy; each read opens the file anew, as sysfs requires for
/// fresh values.
class Dir {
 public:
  explicit Dir(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] std::filesystem::path path() const { return path_; }
  /// The path of a file of it, which is what readings name as their source.
  [[nodiscard]] std::string source(std::string_view file) const;
  [[nodiscard]] bool exists() const;
  [[nodiscard]] bool has(std::string_view file) const;

  /// The file's text without blanks, newlines and NULs at its end. An empty text is a text.
  [[nodiscard]] Result<std::string> text(std::string_view file) const;
  [[nodiscard]] Result<std::int64_t> integer(std::string_view file) const;
  [[nodiscard]] Result<std::uint64_t> hex(std::string_view file) const;

  template <AnyQuantity Q>
  [[nodiscard]] Result<Q> read(const Attribute<Q>& attribute) const {
    const auto scaled = scaled_integer(attribute.file, attribute.scale);
    if (!scaled) return scaled.error();
    return Q{static_cast<typename Q::Rep>(*scaled)};
  }

  [[nodiscard]] Dir child(std::string_view name) const { return Dir(source(name)); }
  /// Entries whose name starts with `prefix`, in numeric order: card2 before card10. Empty when
  /// the directory does not exist or may not be read.
  [[nodiscard]] std::vector<Dir> children(std::string_view prefix = {}) const;
  /// Last component of what a symbolic link points to ("driver" → "nvidia").
  [[nodiscard]] Result<std::string> link_name(std::string_view link) const;
  [[nodiscard]] std::string name() const { return path_.substr(path_.rfind('/') + 1); }

 private:
  /// `malformed` where the product does not fit: no sensor reads that much.
  [[nodiscard]] Result<std::int64_t> scaled_integer(std::string_view file,
                                                    std::int64_t scale) const;

  /// As text: std::filesystem::path would take it apart at each step.
  std::string path_;
};

}  // namespace accel::base
