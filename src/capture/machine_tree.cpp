#include "capture/machine_tree.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <deque>
#include <optional>
#include <system_error>
#include <utility>

#include "base/place.hpp"

namespace accel::capture {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // As the kernel has it (MAXSYMLINKS, include/linux/namei.h).
constexpr std::size_t kMostEntries = 200'000;

/// One file, by its two names: in the tree, and on this machine.
struct Place {
  std::string name;  ///< "sys/class/drm"
  fs::path real;
};

enum class Kind { nothing, folder, file, link, other };

Kind kind_of(const fs::path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return Kind::nothing;
  if (S_ISDIR(status.st_mode)) return Kind::folder;
  if (S_ISREG(status.st_mode)) return Kind::file;
  return S_ISLNK(status.st_mode) ? Kind::link : Kind::other;
}

std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

std::string parent_of(const std::string& name) {
  const auto slash = name.rfind('/');
  return slash == std::string::npos ? std::string() : name.substr(0, slash);
}

/// "proc/123/fd" or "proc/123/task/123/fd": links to whatever a program has open.
bool is_descriptors(const std::string& folder) {
  return folder.starts_with("proc/") && folder.ends_with("/fd");
}

fs::path resolved(const fs::path& root) {
  std::error_code failure;
  fs::path real = fs::canonical(root, failure);
  return failure ? root : real;
}

class Builder {
 public:
  explicit Builder(const fs::path& root) : root_(root), real_root_(resolved(root)) {}

  void add_read(const std::string& path, const ReadFile& file);
  void add_listed(const std::string& path, int error_number);
  void add_looked_at(const std::string& path);
  [[nodiscard]] MachineTree take() { return std::move(made_); }

 private:
  std::optional<Place> followed(const std::string& path);
  std::optional<std::string> inside_root(const fs::path& path) const;
  std::optional<std::string> name_of(const fs::path& path) const;
  std::optional<std::deque<std::string>> follow(Place& folder, const std::string& link,
                                                const fs::path& target);
  void refuse(const std::string& name, int error_number);
  void add_entry(const Place& entry);

  fs::path root_;
  fs::path real_root_;
  MachineTree made_;
  /// Where links out of the root lead, and their names in the tree: readers go on from there.
  std::map<std::string, std::string> outside_;
};

std::optional<std::string> below(const std::string& path, const std::string& folder) {
  if (path == folder) return std::string();
  const std::string start = folder.ends_with('/') ? folder : folder + "/";
  if (!path.starts_with(start)) return std::nullopt;
  return path.substr(start.size());
}

std::optional<std::string> Builder::inside_root(const fs::path& path) const {
  for (const auto& folder : {root_.string(), real_root_.string()}) {
    if (auto name = below(path.string(), folder)) return name;
  }
  return std::nullopt;
}

/// The name in the tree of a path of this machine.
std::optional<std::string> Builder::name_of(const fs::path& path) const {
  if (auto name = inside_root(path)) return name;
  std::optional<std::string> found;
  for (const auto& [real, name] : outside_) {  // The deepest comes last.
    if (auto rest = below(path.string(), real)) found = joined(name, *rest);
  }
  return found;
}

std::deque<std::string> components(const fs::path& path) {
  std::deque<std::string> names;
  for (const auto& part : path) {
    if (part != "/" && !part.empty()) names.push_back(part.string());
  }
  return names;
}

/// The link `folder`/`link` becomes part of the tree, and `folder` the place from where the
/// components that are returned go on. Nothing where it leads out of the machine: then its content
/// takes its place.
std::optional<std::deque<std::string>> Builder::follow(Place& folder, const std::string& link,
                                                       const fs::path& target) {
  const std::string name = joined(folder.name, link);
  if (!target.is_absolute()) {
    made_.tree.try_emplace(name, Link{target.string()});
    return components(target);
  }
  const auto inside = inside_root(target.lexically_normal());
  if (!inside) return std::nullopt;
  const fs::path to = fs::path("/" + *inside).lexically_relative("/" + folder.name);
  made_.tree.try_emplace(name, Link{to.string()});
  folder = {"", real_root_};
  return components(*inside);
}

/// Walks there through every link, which become part of the tree.
std::optional<Place> Builder::followed(const std::string& path) {
  const auto start = name_of(path);
  if (!start) return std::nullopt;
  auto rest = components(*start);
  Place at{"", real_root_};
  int links = 0;
  while (!rest.empty()) {
    const std::string part = std::move(rest.front());
    rest.pop_front();
    if (part == ".") continue;
    if (part == "..") {
      at = {parent_of(at.name), at.real.parent_path()};
      continue;
    }
    // A reader also looks for what is not there, and it must not be in the tree.
    if (!at.name.empty() && kind_of(at.real) == Kind::folder) {
      made_.tree.try_emplace(at.name, Folder{});
    }
    Place next{joined(at.name, part), at.real / part};
    if (kind_of(next.real) == Kind::link) {
      std::error_code failure;
      const auto target = fs::read_symlink(next.real, failure);
      if (failure || ++links > kMostLinks) return std::nullopt;
      if (target.native().starts_with(base::kRecordedError)) {
        made_.tree.try_emplace(next.name, Link{target.string()});
        return rest.empty() ? std::optional(next) : std::nullopt;
      }
      if (auto further = follow(at, part, target)) {
        rest.insert(rest.begin(), further->begin(), further->end());
        continue;
      }
      next.real = fs::canonical(next.real, failure);
      if (failure) return std::nullopt;
      outside_[next.real.string()] = next.name;
    }
    at = std::move(next);
  }
  return at;
}

void Builder::refuse(const std::string& name, int error_number) {
  made_.tree.insert_or_assign(
      name, Link{std::string(base::kRecordedError) + std::to_string(error_number)});
}

void Builder::add_read(const std::string& path, const ReadFile& file) {
  const bool missing = file.error_number == ENOENT || file.error_number == ENOTDIR;
  if (missing && file.under_way == 0) return;
  const auto place = followed(path);
  if (!place || place->name.empty()) return;
  add_folders_above(made_.tree, place->name);
  const std::string shown = "/" + place->name;
  if (file.under_way > 0) {
    refuse(place->name, ETIMEDOUT);
    made_.left_out.push_back({shown, "reading it did not end in time"});
  } else if (file.error_number != 0) {
    refuse(place->name, file.error_number);
    made_.refused.push_back({shown, std::generic_category().message(file.error_number)});
  } else if (file.too_large) {
    refuse(place->name, EFBIG);
    made_.left_out.push_back({shown, "it is larger than the bundle has room for"});
  } else {
    made_.tree.insert_or_assign(place->name, File{file.bytes});
    if (!file.whole) made_.left_out.push_back({shown, "only its beginning was read"});
  }
}

void Builder::add_entry(const Place& entry) {
  switch (kind_of(entry.real)) {
    case Kind::nothing: return;
    case Kind::folder: made_.tree.try_emplace(entry.name, Folder{}); return;
    case Kind::file:
      // ENODATA: the file is there, and what it says is not known.
      made_.tree.try_emplace(entry.name,
                             Link{std::string(base::kRecordedError) + std::to_string(ENODATA)});
      return;
    case Kind::other: made_.tree.try_emplace(entry.name, File{}); return;
    case Kind::link: break;
  }
  std::error_code failure;
  const auto target = fs::read_symlink(entry.real, failure);
  if (failure) return;
  const std::string folder = parent_of(entry.name);
  if (target.native().starts_with(base::kRecordedError)) {
    made_.tree.try_emplace(entry.name, Link{target.string()});
  } else if (is_descriptors(folder)) {
    // What else a program has open is nobody's business. The text counts; nothing follows it.
    const bool is_node = target.native().starts_with("/dev/");
    if (is_node) made_.tree.try_emplace(entry.name, Link{target.string()});
  } else {
    Place from{folder, entry.real.parent_path()};
    follow(from, entry.real.filename().string(), target);
  }
}

void Builder::add_listed(const std::string& path, int error_number) {
  if (error_number == ENOENT || error_number == ENOTDIR) return;
  const auto place = followed(path);
  if (!place) return;
  add_folders_above(made_.tree, place->name);
  if (error_number != 0) {
    refuse(place->name, error_number);
    made_.refused.push_back({"/" + place->name, std::generic_category().message(error_number)});
    return;
  }
  if (!place->name.empty()) made_.tree.try_emplace(place->name, Folder{});
  std::error_code failure;
  fs::directory_iterator entry(place->real, failure);
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
    if (made_.tree.size() > kMostEntries) {
      made_.left_out.push_back({"/" + place->name, "the bundle has too many files"});
      return;
    }
    add_entry({joined(place->name, entry->path().filename().string()), entry->path()});
  }
}

void Builder::add_looked_at(const std::string& path) {
  const auto name = name_of(path);
  if (!name || is_descriptors(parent_of(*name))) return;
  const auto place = followed(path);
  if (!place || place->name.empty() || kind_of(place->real) == Kind::nothing) return;
  add_folders_above(made_.tree, place->name);
  add_entry(*place);
}

}  // namespace

MachineTree machine_tree(const Recording::Content& recorded, const fs::path& root) {
  Builder builder(root);
  // First those whose links tell where else the machine's files are.
  for (const auto& path : recorded.places) builder.add_looked_at(path);
  for (const auto& [path, file] : recorded.files) builder.add_read(path, file);
  for (const auto& [path, error_number] : recorded.folders) builder.add_listed(path, error_number);
  return builder.take();
}

}  // namespace accel::capture
