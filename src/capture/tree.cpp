#include "capture/tree.hpp"

namespace accel::capture {

void add_folders_above(Tree& tree, const std::string& path) {
  for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    tree.try_emplace(path.substr(0, slash), Folder{});
  }
}

}  // namespace accel::capture
