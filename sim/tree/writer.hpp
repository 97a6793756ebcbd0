// Makes files, folders and relative links below one folder; keeps the first error.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "../node/problem.hpp"

namespace accel::sim {

class TreeWriter {
 public:
  explicit TreeWriter(std::string root);
  ~TreeWriter();
  TreeWriter(const TreeWriter&) = delete;
  TreeWriter& operator=(const TreeWriter&) = delete;

  void folder(const std::string& path);
  void file(const std::string& path, std::string_view content);
  /// A file that is never written again: equal ones are one file under many names, which is several
  /// times faster where there are thousands.
  void constant(const std::string& path, const std::string& content);
  /// `target` is relative to the folder of `path`.
  void link(const std::string& path, const std::string& target);
  /// A link to another path of the tree, written with as many ".." as it needs.
  void link_to(const std::string& path, const std::string& other);

  [[nodiscard]] const Problem& problem() const { return problem_; }

 private:
  std::string root_;
  int fd_ = -1;
  std::set<std::string> folders_;
  std::map<std::string, std::string> constants_;  ///< Content to the first path.
  Problem problem_;
};

}  // namespace accel::sim
