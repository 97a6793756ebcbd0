// Gives a file of the tree new content in place, so that one who has it open reads on.
#pragma once

#include <string>
#include <string_view>

namespace accel::sim {

/// The file must be there; the tree stays usable when that fails.
void rewrite(const std::string& path, std::string_view content);

/// Gives an open file that content. A reader never sees it empty.
void replace_content(int fd, std::string_view content);

}  // namespace accel::sim
