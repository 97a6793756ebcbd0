#include "backends/amd/io_links.hpp"

#include <algorithm>
#include <filesystem>
#include <string>

#include "base/dir.hpp"
#include "base/number.hpp"

namespace accel::amd {
namespace {

using base::Dir;

constexpr std::uint64_t kXgmi = 11;  // CRAT_IOLINK_TYPE_XGMI (amdkfd/kfd_crat.h)
/// Of one hop; several hops have as many times that (amdkfd/kfd_crat.c).
constexpr std::uint64_t kXgmiWeight = 15;
constexpr std::uint64_t kMostHops = 64;

/// The folder ".../nodes/3" of a node.
std::filesystem::path folder_of(const KfdNode& node) {
  return std::filesystem::path(node.source).parent_path();
}

DeviceLink make_link(const IoLink& link, int number, const std::string& source,
                     std::span<const KfdNode> all, SteadyTime now) {
  DeviceLink made;
  made.kind = LinkKind::xgmi;
  made.number = number;
  made.hops = link.hops();
  made.up = {true, source, now};
  made.lanes = {Absence{ReadingStatus::unsupported, source + " tells no number of lanes", ""},
                source, now};
  const std::string name = std::to_string(link.to);
  const auto other = std::ranges::find_if(
      all, [&](const KfdNode& node) { return folder_of(node).filename() == name; });
  if (other != all.end()) {
    made.end = {LinkEnd::device, source, now};
    made.remote = {other->address, source, now};
  } else {
    made.end = {LinkEnd::processor, source, now};
    made.remote = {
        Absence{ReadingStatus::unsupported, source + ": node " + name + " is no GPU", ""}, source,
        now};
  }
  return made;
}

}  // namespace

bool IoLink::is_xgmi() const { return type == kXgmi; }

int IoLink::hops() const {
  return static_cast<int>(std::clamp<std::uint64_t>(weight / kXgmiWeight, 1, kMostHops));
}

std::optional<IoLink> parse_io_link(std::string_view properties) {
  const KfdProperties values = parse_kfd_properties(properties);
  const auto type = values.value("type");
  const auto to = values.value("node_to");
  if (!type || !to) return std::nullopt;
  return IoLink{*type, *to, values.value("weight").value_or(0)};
}

std::vector<DeviceLink> xgmi_links(const KfdNode& node, std::span<const KfdNode> all,
                                   SteadyTime now) {
  std::vector<DeviceLink> links;
  for (const Dir& dir : Dir(folder_of(node) / "io_links").children()) {
    const auto number = base::parse_integer(dir.name());
    const auto text = dir.text("properties");
    if (!number || !text) continue;
    const auto link = parse_io_link(*text);
    if (!link || !link->is_xgmi()) continue;
    links.push_back(
        make_link(*link, static_cast<int>(*number), dir.source("properties"), all, now));
  }
  return links;
}

}  // namespace accel::amd
