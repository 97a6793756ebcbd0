// Writes a JSON document piece by piece; enough for a picture of the model.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace accel::sim {

class JsonText {
 public:
  void begin_object(std::string_view key = {}) { open(key, '{'); }
  void end_object() { close('}'); }
  void begin_array(std::string_view key = {}) { open(key, '['); }
  void end_array() { close(']'); }
  void add(std::string_view key, std::string_view value);
  void add(std::string_view key, std::int64_t value);
  void add(std::string_view key, double value);
  void add(std::string_view key, bool value);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void open(std::string_view key, char bracket);
  void close(char bracket);
  void lead(std::string_view key);
  void quote(std::string_view value);

  std::string text_;
  bool first_ = true;
};

}  // namespace accel::sim
