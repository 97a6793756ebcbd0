// What must not be in a bundle, and the pass that takes it out of any text or bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "capture/pseudonyms.hpp"

namespace accel::capture {

enum class SecretKind { serial, uuid, mac, ip, container, credential, host, user, process };
inline constexpr std::size_t kSecretKinds = 9;

[[nodiscard]] std::string_view to_string(SecretKind kind);

/// One thread at a time.
class Secrets {
 public:
  explicit Secrets(Pseudonyms pseudonyms) : pseudonyms_(pseudonyms) {}

  /// Takes note of a secret, wherever it was found. What says nothing ("N/A", "0000", "localhost")
  /// is none.
  void add(SecretKind kind, std::string_view text);

  /// `text` with every secret replaced, whatever its case, and with or without the separators
  /// inside it. `keep_length`: for bytes that have places.
  [[nodiscard]] std::string hidden(std::string_view text, bool keep_length = false) const;

  /// "process-5b1f0a93c2", for a program's name wherever such a name stands alone: it is not looked
  /// for elsewhere, since programs are called as all the world is.
  [[nodiscard]] std::string process(std::string_view name);
  /// "host-…", for the machine's own name where it stands by itself, however short: "vm" is not
  /// looked for elsewhere, since it is part of many paths.
  [[nodiscard]] std::string host(std::string_view name);
  /// "credential-…", for a password. A long one is looked for elsewhere as well.
  [[nodiscard]] std::string credential(std::string_view value);

  [[nodiscard]] const Pseudonyms& pseudonyms() const { return pseudonyms_; }
  /// How many different ones were found, by kind.
  [[nodiscard]] std::size_t count(SecretKind kind) const;

 private:
  struct Pattern {
    std::string text;  ///< in lower case
    SecretKind kind;
  };
  [[nodiscard]] const Pattern* at(std::string_view text, std::size_t position) const;
  void add_pattern(SecretKind kind, std::string text);

  Pseudonyms pseudonyms_;
  std::vector<Pattern> patterns_;
  /// By the first bytes, longest first.
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_start_;
  std::array<std::set<std::string, std::less<>>, kSecretKinds> known_;
};

/// Accounts and names that every machine may have and that point to nobody.
[[nodiscard]] bool is_common_name(std::string_view name);

}  // namespace accel::capture
