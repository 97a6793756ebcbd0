#include "accel/process.hpp"

#include <algorithm>

namespace accel {

std::string_view to_string(ProcessType type) {
  switch (type) {
    case ProcessType::compute: return "compute";
    case ProcessType::graphics: return "graphics";
    case ProcessType::compute_and_graphics: return "compute+graphics";
    case ProcessType::mps: return "mps";
    case ProcessType::unknown: return "unknown";
  }
  return "";
}

bool is_process_number(std::int64_t pid) {
  // PID_MAX_LIMIT in the kernel's include/linux/threads.h, which no setting exceeds.
  constexpr std::int64_t kMost = std::int64_t{4} * 1024 * 1024;
  return pid > 0 && pid < kMost;
}

void HiddenPrograms::add(std::int64_t pid) {
  const auto place = std::ranges::lower_bound(pids, pid);
  if (place == pids.end() || *place != pid) pids.insert(place, pid);
}

void HiddenPrograms::add(const HiddenPrograms& others) {
  std::vector<std::int64_t> all;
  all.reserve(pids.size() + others.pids.size());
  std::ranges::set_union(pids, others.pids, std::back_inserter(all));
  pids = std::move(all);
  unnamed += others.unnamed;
  if (!uncounted) uncounted = others.uncounted;
}

void HiddenPrograms::remove(std::int64_t pid) { std::erase(pids, pid); }

std::int64_t HiddenPrograms::seen() const {
  return static_cast<std::int64_t>(pids.size()) + unnamed;
}

Reading<std::int64_t> HiddenPrograms::count() const {
  if (!uncounted) return seen();
  if (seen() == 0) return *uncounted;
  Absence why = *uncounted;
  why.reason = "at least " + std::to_string(seen()) + "; " + why.reason;
  return why;
}

}  // namespace accel
