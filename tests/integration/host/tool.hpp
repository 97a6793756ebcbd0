// Runs another program of this machine and takes what it prints as JSON.
#pragma once

#include <array>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace accel::testing {

/// Nothing where the program is missing or prints no JSON. `command` is fixed text of a test.
inline std::optional<nlohmann::json> json_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen((command + " 2>/dev/null").c_str(), "r"),
                                                   ::pclose);
  if (!pipe) return std::nullopt;
  std::string text;
  std::array<char, 4096> page{};
  while (const std::size_t size = std::fread(page.data(), 1, page.size(), pipe.get())) {
    text.append(page.data(), size);
  }
  auto document = nlohmann::json::parse(text, nullptr, false);
  if (document.is_discarded()) return std::nullopt;
  return document;
}

}  // namespace accel::testing
