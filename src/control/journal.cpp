#include "control/journal.hpp"

#include <algorithm>
#include <system_error>

#include "base/dir.hpp"
#include "base/durable_file.hpp"

namespace accel::control {
namespace {

constexpr std::string_view kSuffix = ".json";

}  // namespace

std::filesystem::path Journal::file(std::string_view id) const {
  return directory_ / (std::string(id) + std::string(kSuffix));
}

Result<void> Journal::write(const JournalEntry& entry) const {
  std::error_code failed;
  std::filesystem::create_directories(directory_, failed);
  if (failed) return base::system_error(directory_.string(), failed.value());
  return base::write_durably(file(entry.id), journal_text(entry));
}

Result<void> Journal::remove(std::string_view id) const { return base::remove_durably(file(id)); }

Journal::Unfinished Journal::unfinished() const {
  Unfinished found;
  const base::Dir directory(directory_.string());
  for (const base::Dir& child : directory.children()) {
    const std::string path = child.path().string();
    if (!path.ends_with(kSuffix)) continue;  // One that was never put in its place.
    const auto text = base::read_file(path);
    if (!text) {
      found.problems.push_back(text.error());
      continue;
    }
    auto entry = parse_journal_entry(*text);
    if (!entry) {
      found.problems.push_back(annotate(path, entry.error()));
    } else if (entry->id + std::string(kSuffix) != child.name()) {
      found.problems.push_back(
          {Errc::malformed, path + ": journal: of another change, " + entry->id, "", {}});
    } else {
      found.entries.push_back(*std::move(entry));
    }
  }
  std::ranges::sort(found.entries, {}, &JournalEntry::begun);
  return found;
}

}  // namespace accel::control
