// Links between two devices, from what both ends tell of theirs.
#include <algorithm>

#include "accel/topology.hpp"

namespace accel {
namespace {

/// What one device tells of its links towards another.
struct Towards {
  std::optional<PeerLink> link;
  bool told = false;
};

/// A device without such links tells as much by not having the ability.
bool has_told(const TopologyDevice& device) {
  return device.links || device.links.error().code == Errc::operation_not_supported;
}

bool is_up(const DeviceLink& link) { return link.up && *link.up; }

void add(std::optional<PeerLink>& sum, const DeviceLink& link) {
  if (!sum) {
    sum = PeerLink{link.kind, link.lanes, false, link.hops};
    return;
  }
  if (!sum->lanes) return;
  if (link.lanes) {
    sum->lanes = {*sum->lanes + *link.lanes, link.lanes.source(), link.lanes.time()};
  } else {
    sum->lanes = link.lanes;
  }
  sum->hops = std::min(sum->hops, link.hops);
}

Towards straight(const TopologyDevice& from, const TopologyDevice& to) {
  Towards found{std::nullopt, has_told(from)};
  if (!from.links || !to.info->pci_address) return found;
  for (const DeviceLink& link : *from.links) {
    const bool leads_there = link.end && *link.end == LinkEnd::device && link.remote &&
                             *link.remote == *to.info->pci_address;
    if (is_up(link) && leads_there) add(found.link, link);
  }
  return found;
}

Towards into_switches(const TopologyDevice& device) {
  Towards found{std::nullopt, has_told(device)};
  if (!device.links) return found;
  for (const DeviceLink& link : *device.links) {
    if (is_up(link) && link.end && *link.end == LinkEnd::fabric_switch) add(found.link, link);
  }
  if (found.link) found.link->through_switch = true;
  return found;
}

/// Of a number that one end does not know, the other's.
Reading<std::int64_t> smaller(const Reading<std::int64_t>& a, const Reading<std::int64_t>& b) {
  if (!a || !b) return a ? a : b;
  return *b < *a ? b : a;
}

PeerLink weaker(const PeerLink& a, const PeerLink& b) {
  PeerLink link = a;
  link.lanes = smaller(a.lanes, b.lanes);
  link.hops = std::max(a.hops, b.hops);
  return link;
}

}  // namespace

std::optional<PeerLink> link_between(const TopologyDevice& a, const TopologyDevice& b) {
  const Towards there = straight(a, b);
  const Towards back = straight(b, a);
  if (there.link && back.link) return weaker(*there.link, *back.link);
  // One end alone counts only where the other could not be asked.
  if (there.link && !back.told) return there.link;
  if (back.link && !there.told) return back.link;
  const Towards up = into_switches(a);
  const Towards down = into_switches(b);
  if (!up.link || !down.link || up.link->kind != down.link->kind) return std::nullopt;
  return weaker(*up.link, *down.link);
}

std::string_view to_string(LinkKind kind) {
  switch (kind) {
    case LinkKind::nvlink: return "nvlink";
    case LinkKind::xgmi: return "xgmi";
    case LinkKind::xe_link: return "xe_link";
  }
  return "";
}

std::string_view to_string(LinkEnd end) {
  switch (end) {
    case LinkEnd::device: return "device";
    case LinkEnd::fabric_switch: return "switch";
    case LinkEnd::processor: return "processor";
  }
  return "";
}

}  // namespace accel
