#include "capture/manifest.hpp"

#include <ctime>
#include <utility>

namespace accel::capture {
namespace {

std::string time_text(std::chrono::nanoseconds wall) {
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(wall).count();
  std::tm utc{};
  ::gmtime_r(&seconds, &utc);
  char text[64];
  const auto size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {text, size};
}

render::Document list_of(const std::vector<LeftOut>& files) {
  render::Document::Array list;
  list.reserve(files.size());
  for (const LeftOut& file : files) {
    list.emplace_back(render::Document::Object{{"path", file.path}, {"reason", file.why}});
  }
  return list;
}

render::Document hidden_document(const Manifest& manifest) {
  render::Document::Object counts;
  for (const auto& [kind, count] : manifest.hidden) {
    counts.push_back({std::string(to_string(kind)), static_cast<std::int64_t>(count)});
  }
  return counts;
}

}  // namespace

render::Document manifest_document(const Manifest& manifest) {
  render::Document::Array documents(manifest.documents.begin(), manifest.documents.end());
  return render::Document::Object{
      {"schema", "accel/capture/1"},
      {"accel", manifest.version},
      {"time", time_text(manifest.time)},
      {"simulated", manifest.simulated.empty() ? render::Document() : manifest.simulated},
      {"scrubbed", manifest.is_scrubbed},
      {"hidden", hidden_document(manifest)},
      {"documents", std::move(documents)},
      {"files", static_cast<std::int64_t>(manifest.files)},
      {"bytes", static_cast<std::int64_t>(manifest.bytes)},
      {"unreadable", list_of(manifest.refused)},
      {"left_out", list_of(manifest.left_out)}};
}

}  // namespace accel::capture
