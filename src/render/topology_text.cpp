#include "render/topology_text.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "render/device_title.hpp"

namespace accel::render {
namespace {

using Row = std::vector<std::string>;

Row names_of(const Topology& topology) {
  Row names;
  for (const auto& device : topology.devices()) names.push_back(device_name(*device.info));
  return names;
}

/// A matrix whose first column names the devices.
Row heading(const Row& columns) {
  Row row{""};
  row.insert(row.end(), columns.begin(), columns.end());
  return row;
}

void put_devices(Page& page, const Topology& topology) {
  const Row names = names_of(topology);
  std::vector<Row> rows;
  for (std::size_t a = 0; a < names.size(); ++a) {
    Row row{names[a]};
    for (std::size_t b = 0; b < names.size(); ++b) {
      row.push_back(a == b ? "X" : code_of(topology.between(a, b)));
    }
    rows.push_back(std::move(row));
  }
  page.table(0, heading(names), rows);
}

void put_nics(Page& page, const Topology& topology) {
  if (topology.nics().empty()) return;
  const Row names = names_of(topology);
  Row columns;
  for (const auto& nic : topology.nics()) columns.push_back(nic.name);
  std::vector<Row> rows;
  for (std::size_t device = 0; device < names.size(); ++device) {
    Row row{names[device]};
    for (std::size_t nic = 0; nic < columns.size(); ++nic) {
      row.emplace_back(code_of(topology.to_nic(device, nic)));
    }
    rows.push_back(std::move(row));
  }
  page.blank().table(0, heading(columns), rows);
}

std::string nearest_text(const Topology& topology, std::size_t device) {
  std::string text;
  for (const std::size_t nic : topology.nearest_nics(device)) {
    text += (text.empty() ? "" : " ") + topology.nics()[nic].name;
  }
  return text.empty() ? "-" : text;
}

void put_places(Page& page, const Topology& topology) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < topology.devices().size(); ++i) {
    const TopologyDevice& device = topology.devices()[i];
    Row row{device_name(*device.info), "-", "-", "-", nearest_text(topology, i),
            model_text(*device.info)};
    if (device.place) {
      row[1] = device.place->address.text();
      if (device.place->numa_node) row[2] = std::to_string(*device.place->numa_node);
      if (device.place->cpus) row[3] = *device.place->cpus;
    }
    rows.push_back(std::move(row));
  }
  page.blank().table(0, {"", "ADDRESS", "NUMA", "CPUS", "NEAREST NIC", "MODEL"}, rows);
}

/// The codes that a page shows, so that its legend names nothing that is not there.
std::set<std::string_view> shown_codes(const Topology& topology) {
  std::set<std::string_view> codes;
  for (std::size_t a = 0; a < topology.devices().size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const TopologyPair& pair = topology.between(a, b);
      codes.insert(pair.link ? word_of(pair.link->kind).code : code_of(pair.level));
    }
    for (std::size_t nic = 0; nic < topology.nics().size(); ++nic) {
      codes.insert(code_of(topology.to_nic(a, nic)));
    }
  }
  return codes;
}

void put_legend(Page& page, const Topology& topology) {
  constexpr std::size_t kColumn = 6;
  const auto codes = shown_codes(topology);
  if (codes.empty()) return;
  page.blank();
  for (const LinkWord& word : link_words()) {
    if (!codes.contains(word.code)) continue;
    const std::string code(word.code);
    page.label(0, kColumn, {code + "#", "joined by # " + std::string(word.name) + " links"});
  }
  for (const LevelWord& word : level_words()) {
    if (!codes.contains(word.code)) continue;
    page.label(0, kColumn, {std::string(word.code), std::string(word.meaning)});
  }
  if (codes.contains("?")) page.label(0, kColumn, {"?", "not known, see below"});
}

/// Each reason once, with the pairs it is true of: a place that is unknown is so for every pair.
class Unknowns {
 public:
  void add(std::string what, const Absence& absence) {
    auto found = std::ranges::find(groups_, absence.reason, &Group::reason);
    if (found == groups_.end()) {
      groups_.push_back({absence.reason, absence.remedy, std::move(what)});
    } else {
      found->what += ", " + what;
    }
  }
  void put(Page& page) const {
    if (!groups_.empty()) page.blank();
    for (const Group& group : groups_) {
      std::string text = group.what + ": " + group.reason;
      if (!group.remedy.empty()) text += " (" + group.remedy + ")";
      page.line(0, text, Tone::faint);
    }
  }

 private:
  struct Group {
    std::string reason;
    std::string remedy;
    std::string what;
  };
  std::vector<Group> groups_;
};

void put_unknowns(Page& page, const Topology& topology) {
  Unknowns unknowns;
  const Row names = names_of(topology);
  for (std::size_t a = 0; a < names.size(); ++a) {
    for (std::size_t b = a + 1; b < names.size(); ++b) {
      const TopologyPair& pair = topology.between(a, b);
      if (!pair.level && !pair.link) unknowns.add(names[a] + "-" + names[b], pair.level.absence());
    }
    for (std::size_t nic = 0; nic < topology.nics().size(); ++nic) {
      const auto& level = topology.to_nic(a, nic);
      if (!level) unknowns.add(names[a] + "-" + topology.nics()[nic].name, level.absence());
    }
    const auto& links = topology.devices()[a].links;
    const bool failed = !links && links.error().code != Errc::operation_not_supported;
    if (failed) unknowns.add("links of " + names[a], absence_of(links.error()));
  }
  unknowns.put(page);
}

}  // namespace

std::string topology_text(const TopologyReport& report, Look look) {
  Page page(look);
  page.simulated(report.simulated);
  for (const Error& problem : report.problems) {
    page.line(0, "Accelerator detection failed: " + problem.message, Tone::bad);
  }
  const Topology& topology = report.topology;
  if (topology.devices().empty()) {
    if (report.problems.empty()) page.line(0, "No accelerators detected");
    return page.take();
  }
  put_devices(page, topology);
  put_nics(page, topology);
  put_places(page, topology);
  put_legend(page, topology);
  put_unknowns(page, topology);
  return page.take();
}

}  // namespace accel::render
