#include "render/facts.hpp"

namespace accel::render {

Document in_shown_unit(std::int64_t base, std::int64_t per_shown) {
  if (base % per_shown == 0) return base / per_shown;
  return static_cast<double>(base) / static_cast<double>(per_shown);
}

Document::Object why_absent(const Absence& absence) {
  Document::Object why{{"status", to_string(absence.status)}};
  if (!absence.reason.empty()) why.push_back({"reason", absence.reason});
  if (!absence.remedy.empty()) why.push_back({"remedy", absence.remedy});
  return why;
}

void Facts::miss(std::string_view key, const Absence& absence) {
  Document::Object entry{{"field", key}};
  for (auto& member : why_absent(absence)) entry.push_back(std::move(member));
  missing_.emplace_back(std::move(entry));
}

Document Facts::take() {
  add("missing", Document(std::move(missing_)));
  return std::move(members_);
}

}  // namespace accel::render
