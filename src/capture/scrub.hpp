// Takes out of a tree what nobody else needs to know: who, where, and which of many alike.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "capture/secrets.hpp"
#include "capture/tree.hpp"

namespace accel::capture {

struct Scrubbed {
  Tree tree;
  std::vector<std::pair<std::string, std::string>> documents;  ///< name and JSON
  std::vector<std::pair<SecretKind, std::size_t>> hidden;      ///< how many different ones, by kind
};

/// Hides the same secret in the same way in every file, name, link and document.
/// `documents` are JSON.
[[nodiscard]] Scrubbed scrubbed(const Tree& tree,
                                std::vector<std::pair<std::string, std::string>> documents,
                                Secrets& secrets);

/// Only passwords and their like are taken out.
[[nodiscard]] Tree without_credentials(Tree tree, Secrets& secrets);

}  // namespace accel::capture
