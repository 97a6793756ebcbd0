#include "backends/amd/io_links.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <string>
#include <utility>

#include "base/dir.hpp"
#include "base/number.hpp"

namespace accel::amd {
namespace {

using base::Dir;

constexpr std::uint64_t kXgmi = 11;  // CRAT_IOLINK_TYPE_XGMI (amdkfd/kfd_crat.h)
// Weights (amdkfd/kfd_crat.c, kfd_fill_gpu_xgmi_link_to_gpu). Several hops have as many times that
// of one; between partitions of two GPUs, the way inside each is added to one hop.
constexpr std::uint64_t kHop = 15;
constexpr std::uint64_t kInsideGpu = 13;
constexpr std::uint64_t kBetweenPartitions = kHop + 2 * kInsideGpu;
constexpr std::uint64_t kMostHops = 64;
/// More than any GPU has (amdgpu_xgmi.h: 8).
constexpr std::uint64_t kMostLinks = 64;

/// The folder ".../nodes/3" of a node.
std::filesystem::path folder_of(const KfdNode& node) {
  return std::filesystem::path(node.source).parent_path();
}

/// The GPU or partition of that number; null for a node of processors.
const KfdNode* node_numbered(std::uint64_t number, std::span<const KfdNode> all) {
  const std::string name = std::to_string(number);
  const auto found = std::ranges::find_if(
      all, [&](const KfdNode& node) { return folder_of(node).filename() == name; });
  return found == all.end() ? nullptr : &*found;
}

DeviceLink make_link(const IoLink& link, const KfdNode* other, const std::string& source,
                     SteadyTime now) {
  const auto unknown = [&](std::string reason) {
    return Absence{ReadingStatus::unsupported, source + std::move(reason), ""};
  };
  DeviceLink made;
  made.kind = LinkKind::xgmi;
  made.hops = link.hops();
  made.up = {true, source, now};
  if (other == nullptr) {
    made.end = {LinkEnd::processor, source, now};
    made.remote = {unknown(": node " + std::to_string(link.to) + " is no GPU"), source, now};
  } else {
    made.end = {LinkEnd::device, source, now};
    made.remote = {other->address, source, now};
  }
  const auto width = other == nullptr ? std::nullopt : link.width();
  if (width) {
    made.lanes = {*width, source, now};
  } else {
    made.lanes = {unknown(": its bandwidths tell no number of links"), source, now};
  }
  return made;
}

/// Partitions of one GPU lead to the same GPUs.
void add(std::vector<DeviceLink>& links, DeviceLink link) {
  const auto same = std::ranges::find_if(links, [&](const DeviceLink& other) {
    return link.remote && other.remote && *link.remote == *other.remote;
  });
  if (same != links.end()) {
    same->hops = std::min(same->hops, link.hops);
    return;
  }
  link.number = static_cast<int>(links.size());
  links.push_back(std::move(link));
}

void add_links_of(const KfdNode& node, std::span<const KfdNode> all, SteadyTime now,
                  std::vector<DeviceLink>& links) {
  auto folders = Dir(folder_of(node) / "io_links").children();
  std::ranges::sort(folders, {}, [](const Dir& dir) {
    return base::parse_integer(dir.name()).value_or(std::numeric_limits<std::int64_t>::max());
  });
  for (const Dir& dir : folders) {
    const auto text = dir.text("properties");
    if (!text) continue;
    const auto link = parse_io_link(*text);
    if (!link || !link->is_xgmi()) continue;
    const KfdNode* other = node_numbered(link->to, all);
    const bool is_inside = other != nullptr && other->address == node.address;
    if (!is_inside) add(links, make_link(*link, other, dir.source("properties"), now));
  }
}

}  // namespace

bool IoLink::is_xgmi() const { return type == kXgmi; }

int IoLink::hops() const {
  if (weight == kBetweenPartitions) return 1;
  return static_cast<int>(std::clamp<std::uint64_t>(weight / kHop, 1, kMostHops));
}

std::optional<std::int64_t> IoLink::width() const {
  // Other weights have the memory's bandwidth in place of the links' (amdgpu_xgmi.c,
  // amdgpu_xgmi_get_bandwidth).
  if (weight == 0 || weight % kHop != 0) return std::nullopt;
  if (least_bandwidth == 0 || most_bandwidth % least_bandwidth != 0) return std::nullopt;
  const std::uint64_t links = most_bandwidth / least_bandwidth;
  if (links == 0 || links > kMostLinks) return std::nullopt;
  return static_cast<std::int64_t>(links);
}

std::optional<IoLink> parse_io_link(std::string_view properties) {
  const KfdProperties values = parse_kfd_properties(properties);
  const auto type = values.value("type");
  const auto to = values.value("node_to");
  if (!type || !to) return std::nullopt;
  return IoLink{*type, *to, values.value("weight").value_or(0),
                values.value("min_bandwidth").value_or(0),
                values.value("max_bandwidth").value_or(0)};
}

Result<std::vector<DeviceLink>> xgmi_links(const PciAddress& address, std::span<const KfdNode> all,
                                           SteadyTime now) {
  std::vector<DeviceLink> links;
  bool is_known = false;
  for (const KfdNode& node : all) {
    if (node.address != address) continue;
    is_known = true;
    add_links_of(node, all, now, links);
  }
  if (is_known) return links;
  return Error{Errc::operation_not_supported,
               "no node of " + address.text() + " in /sys/class/kfd/kfd/topology, which tells xGMI",
               "the kernel's option HSA_AMD adds it",
               {}};
}

}  // namespace accel::amd
