#include "render/missing.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace accel::render {
namespace {

/// "nvmlDeviceGetFanSpeed_v2: Not Supported" → "Not Supported". What was asked is in the JSON.
std::string_view why_of(const Absence& absence) {
  const std::string_view reason = absence.reason;
  const std::size_t colon = reason.rfind(": ");
  return colon == std::string_view::npos ? reason : reason.substr(colon + 2);
}

/// Names of one group, with neighbouring instances of a metric drawn together.
class Names {
 public:
  void add(const ReadingSet::Entry& entry) {
    if (entry.metric == metric_ && entry.instance == last_ + 1 && entry.instance > 0) {
      last_ = entry.instance;
      return;
    }
    close();
    metric_ = entry.metric;
    first_ = last_ = entry.instance;
  }
  [[nodiscard]] std::string take() {
    close();
    return std::move(text_);
  }

 private:
  void close() {
    if (metric_ == nullptr) return;
    if (!text_.empty()) text_ += ", ";
    text_ += metric_->key;
    if (first_ >= 0) text_.append(".").append(std::to_string(first_));
    if (last_ > first_) text_.append("-").append(std::to_string(last_));
    metric_ = nullptr;
  }

  const MetricRow* metric_ = nullptr;
  int first_ = kOnly;
  int last_ = kOnly;
  std::string text_;
};

}  // namespace

std::vector<MissingGroup> missing_groups(const ReadingSet& readings) {
  std::vector<std::pair<MissingGroup, Names>> groups;
  for (const auto& entry : readings.entries()) {
    if (entry.reading) continue;
    const Absence& absence = entry.reading.absence();
    const std::string_view why = why_of(absence);
    auto found = std::ranges::find_if(groups, [&](const auto& group) {
      return group.first.status == absence.status && group.first.why == why &&
             group.first.remedy == absence.remedy;
    });
    if (found == groups.end()) {
      found = groups.insert(groups.end(),
                            {{absence.status, std::string(why), absence.remedy}, Names()});
    }
    found->second.add(entry);
    ++found->first.count;
  }
  std::vector<MissingGroup> all;
  for (auto& [group, names] : groups) {
    group.names = names.take();
    all.push_back(std::move(group));
  }
  return all;
}

std::string_view spoken(ReadingStatus status) {
  constexpr std::array<std::string_view, 11> words{
      "read",      "not supported",    "no permission",        "asleep",
      "stale",     "did not answer",   "device lost",          "failed",
      "no driver", "needs a workload", "needs a second sample"};
  return words.at(static_cast<std::size_t>(status));
}

}  // namespace accel::render
