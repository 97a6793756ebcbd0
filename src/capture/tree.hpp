// The files of a bundle, in memory: it is written at once, or not at all.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace accel::capture {

struct Folder {};
struct File {
  std::string bytes;
};
struct Link {
  std::string target;
};
using Node = std::variant<Folder, File, Link>;

/// By path, relative to the bundle: "sys/class/drm/card0". A folder comes before what is in it.
using Tree = std::map<std::string, Node>;

/// Something that is not in the bundle as it is on the machine.
struct LeftOut {
  std::string path;
  std::string why;
};

/// Adds the folders that lead to `path`. Where something else has the name it stays.
void add_folders_above(Tree& tree, const std::string& path);

}  // namespace accel::capture
