// Samples as bytes, on their way from the process that reads devices to the one that draws. The
// first may be dying in a driver while it writes: what is not whole or makes no sense is refused.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "accel/result.hpp"
#include "cli/top/sample.hpp"

namespace accel::cli::top {

/// A look at the machine, or why there can be none ("no such device").
using Message = std::variant<Sample, Error>;

/// Replaces what `bytes` held by the message with its length in front.
void encode(const Message& message, std::string& bytes);

/// The message without its length. `malformed` for anything that encode() does not write.
[[nodiscard]] Result<Message> decode(std::string_view bytes);

/// Gathers bytes until a message is whole.
class Inbox {
 public:
  void add(std::string_view bytes) { bytes_ += bytes; }
  /// The bytes of the next whole message; empty where there is none yet. Valid until the next call.
  [[nodiscard]] std::string_view next();
  /// Whether what next() met cannot be the length of a message; there is no way on from there.
  [[nodiscard]] bool is_nonsense() const { return nonsense_; }
  void clear();

 private:
  std::string bytes_;
  std::size_t taken_ = 0;
  bool nonsense_ = false;
};

}  // namespace accel::cli::top
