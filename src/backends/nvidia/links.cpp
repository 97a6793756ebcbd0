// NVLink: each link with its other end and its errors, and the bytes over all of them.
#include <array>

#include "backends/nvidia/pcie.hpp"
#include "backends/nvidia/readings.hpp"

namespace accel::nvidia {
namespace {

/// Drivers without the field: ask until a link is refused.
std::uint32_t probed_count(const Sampling& sampling) {
  std::uint32_t count = 0;
  while (count < kMaxLinks &&
         sampling.gpu().ask<std::uint32_t>(sampling.functions().link_state, count)) {
    ++count;
  }
  return count;
}

constexpr Scale<Count> kLinkNumbers{0, kMaxLinks, "links", [](std::int64_t n) { return Count{n}; }};

/// Absent when the GPU has no links or nobody may ask.
Reading<Count> link_count(Sampling& sampling, Held& held) {
  if (held.link_count && sampling.may_ask()) return Count{*held.link_count};
  Reading<Count> count = sampling.field(kLinkNumbers, {field::kLinkCount});
  if (!count && count.status() == ReadingStatus::unsupported) {
    if (const std::uint32_t probed = probed_count(sampling); probed > 0) count = Count{probed};
  }
  if (count) {
    held.link_count = static_cast<std::uint32_t>(count->value);
    held.links.resize(*held.link_count);
  }
  return count;
}

/// Generations by nvmlNvlinkVersion_t: 1.0, 2.0, 2.2, 3.0, 3.1, 4.0, 5.0, 6.0.
constexpr std::array<std::int64_t, 8> kGenerations{1, 2, 2, 3, 3, 4, 5, 6};
constexpr Scale<Count> kLinkVersion{
    1, kGenerations.size(), "(version)",
    [](std::int64_t n) { return Count{kGenerations.at(static_cast<std::size_t>(n - 1))}; }};

Reading<Text> remote(Sampling& sampling, std::uint32_t link) {
  const auto& function = sampling.functions().link_remote;
  const auto info = sampling.gpu().ask<nvmlPciInfo_t>(function, link);
  if (!info) return sampling.reading<Text>(info.error(), function.name);
  const auto address = pci_address(*info, function.name);
  if (!address) return sampling.reading<Text>(address.error(), function.name);
  return sampling.reading<Text>(address->text(), function.name);
}

/// A metric of every link, one after the other as the table of metrics wants them.
template <class T, class Read>
void each(Sampling& sampling, Held& held, const Metric<T>& metric, Read read) {
  for (std::uint32_t link = 0; link < held.links.size(); ++link) {
    sampling.set(metric, read(link, held.links[link]), static_cast<int>(link));
  }
}

void read_each_link(Sampling& sampling, Held& held) {
  const Functions& nvml = sampling.functions();
  const auto errors = [&](std::uint32_t counter) {
    return [&sampling, &nvml, counter](std::uint32_t link, LinkEnd& /*end*/) {
      return sampling.read(kCount, nvml.link_errors, link, counter);
    };
  };
  each(sampling, held, metric::link_up, [&](std::uint32_t link, LinkEnd& /*end*/) {
    return sampling.flag(sampling.gpu().ask<std::uint32_t>(nvml.link_state, link),
                         nvml.link_state.name);
  });
  each(sampling, held, metric::link_version, [&](std::uint32_t link, LinkEnd& end) {
    return sampling.once(end.version,
                         [&] { return sampling.read(kLinkVersion, nvml.link_version, link); });
  });
  each(sampling, held, metric::link_remote, [&](std::uint32_t link, LinkEnd& end) {
    return sampling.once(end.remote, [&] { return remote(sampling, link); });
  });
  each(sampling, held, metric::link_crc_errors, errors(link_error::kCrcFlit));
  each(sampling, held, metric::link_replays, errors(link_error::kReplay));
  each(sampling, held, metric::link_recoveries, errors(link_error::kRecovery));
}

}  // namespace

void read_links(Sampling& sampling, Held& held) {
  const Reading<Count> count = link_count(sampling, held);
  if (count && count->value > 0) {
    read_each_link(sampling, held);
    sampling.set(metric::link_rx_total,
                 sampling.field(kKibibytes, {field::kLinkDataRx, kAllLinks}));
    sampling.set(metric::link_tx_total,
                 sampling.field(kKibibytes, {field::kLinkDataTx, kAllLinks}));
    return;
  }
  const Absence why = count ? Absence{ReadingStatus::unsupported,
                                      FieldBatch::source({field::kLinkCount}) + ": 0 links", ""}
                            : count.absence();
  sampling.set(metric::link_up, {why});
  sampling.set(metric::link_rx_total, {why});
  sampling.set(metric::link_tx_total, {why});
}

}  // namespace accel::nvidia
