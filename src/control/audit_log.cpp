#include "control/audit_log.hpp"

#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/dir.hpp"
#include "base/durable_file.hpp"
#include "control/audit_line.hpp"

namespace accel::control {
namespace {

/// More than any log that is rotated grows to.
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

/// Calls `use` with each line, without its newline, and whether it had one.
template <class Use>
void each_line(std::string_view text, const Use& use) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    use(text.substr(0, end), end != std::string_view::npos);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

}  // namespace

Result<std::string> AuditLog::last_hash() const {
  std::error_code ignored;
  if (!std::filesystem::exists(file_, ignored)) return std::string(kNoLineBefore);
  const auto text = base::read_file(file_.string(), kMostBytes);
  if (!text) return text.error();
  std::string_view whole = *text;
  const auto end = whole.rfind('\n');
  whole = end == std::string_view::npos ? std::string_view() : whole.substr(0, end + 1);
  if (whole.size() != text->size() &&
      ::truncate(file_.c_str(), static_cast<off_t>(whole.size())) != 0) {
    return base::system_error(file_.string(), errno);
  }
  if (whole.empty()) return std::string(kNoLineBefore);
  whole.remove_suffix(1);
  const auto before_last = whole.rfind('\n');
  const std::string_view line =
      before_last == std::string_view::npos ? whole : whole.substr(before_last + 1);
  // Whatever the last line says is gone on from: what is wrong with it, verify tells.
  const auto at = line.rfind("\"hash\":\"");
  if (at == std::string_view::npos) return std::string(kNoLineBefore);
  return std::string(line.substr(at + 8, kNoLineBefore.size()));
}

Result<void> AuditLog::add(const AuditEntry& entry) {
  if (hash_.empty()) {
    auto hash = last_hash();
    if (!hash) return std::move(hash).error();
    hash_ = *std::move(hash);
  }
  std::error_code failed;
  std::filesystem::create_directories(file_.parent_path(), failed);
  if (failed) return base::system_error(file_.parent_path().string(), failed.value());
  const std::string line = audit_line(entry, hash_);
  auto written = base::append_durably(file_, line);
  if (!written) {
    hash_.clear();  // Perhaps a part of it is there.
    return written;
  }
  const auto at = line.rfind("\"hash\":\"");
  hash_ = line.substr(at + 8, kNoLineBefore.size());
  return {};
}

AuditVerdict verify_audit(std::string_view text) {
  AuditVerdict verdict;
  std::string before(kNoLineBefore);
  each_line(text, [&](std::string_view line, bool is_whole) {
    ++verdict.lines;
    if (verdict.bad_line != 0) return;
    auto hash = audit_hash(line, before);
    if (hash && is_whole) {
      before = *std::move(hash);
      return;
    }
    verdict.bad_line = verdict.lines;
    verdict.why = hash ? "its end is missing" : hash.error().message;
  });
  return verdict;
}

std::vector<AuditEntry> parse_audit(std::string_view text) {
  std::vector<AuditEntry> entries;
  each_line(text, [&](std::string_view line, bool) {
    if (auto entry = parse_audit_line(line)) entries.push_back(*std::move(entry));
  });
  return entries;
}

}  // namespace accel::control
