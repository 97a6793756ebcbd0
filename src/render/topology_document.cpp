#include "render/topology_document.hpp"

#include "render/facts.hpp"
#include "render/list_document.hpp"

namespace accel::render {
namespace {

Document texts(const std::vector<std::string>& items) {
  return Document::Array(items.begin(), items.end());
}

/// Address, NUMA node, processors and path, or why the place is unknown.
void add_place(Facts& facts, const Reading<PciPlace>& place) {
  facts.add("pci_address", place, [](const PciPlace& at) { return at.address.text(); });
  if (place) {
    facts.add("numa_node", place->numa_node)
        .add("cpus", place->cpus)
        .add("pci_path", texts(place->path));
    return;
  }
  facts.add("numa_node", Reading<std::int64_t>(place.absence()))
      .add("cpus", Reading<std::string>(place.absence()))
      .add("pci_path", Document());
}

Document link_document(const DeviceLink& link) {
  Facts facts;
  facts.add("kind", to_string(link.kind))
      .add("number", link.number)
      .add("lanes", link.lanes)
      .add("up", link.up)
      .add("end", link.end)
      .add("remote", link.remote)
      .add("hops", link.hops);
  return facts.take();
}

Document nearest_document(const Topology& topology, std::size_t device) {
  Document::Array nearest;
  for (const std::size_t nic : topology.nearest_nics(device)) {
    nearest.emplace_back(Document::Object{{"name", topology.nics()[nic].name},
                                          {"level", to_string(*topology.to_nic(device, nic))}});
  }
  return nearest;
}

Document device_document(const Topology& topology, std::size_t position) {
  const TopologyDevice& device = topology.devices()[position];
  const AcceleratorInfo& info = *device.info;
  Facts facts;
  facts.add("name", device_name(info))
      .add("uuid", info.uuid)
      .add("index", info.global_index)
      .add("partition", info.partition < 0 ? Document() : Document(info.partition))
      .add("vendor", info.vendor)
      .add("model", info.model)
      .add("device_type", to_string(info.device_type));
  add_place(facts, device.place);
  facts.add("nearest_nics", nearest_document(topology, position));
  facts.add("links", Reading<std::vector<DeviceLink>>(device.links),
            [](const std::vector<DeviceLink>& links) {
              Document::Array list;
              for (const DeviceLink& link : links) list.push_back(link_document(link));
              return list;
            });
  return facts.take();
}

Document nic_document(const TopologyNic& nic) {
  Facts facts;
  facts.add("name", nic.name).add("kind", nic.kind).add("interfaces", texts(nic.interfaces));
  add_place(facts, nic.place);
  Document::Array ports;
  for (const auto& port : nic.ports) {
    Facts of_port;
    of_port.add("port", port.number).add("state", port.state).add("speed_mbps", port.speed_mbps);
    ports.push_back(of_port.take());
  }
  facts.add("ports", std::move(ports));
  return facts.take();
}

Document peer_document(const std::optional<PeerLink>& link) {
  if (!link) return {};
  Facts facts;
  facts.add("kind", to_string(link->kind))
      .add("lanes", link->lanes)
      .add("through_switch", link->through_switch)
      .add("hops", link->hops);
  return facts.take();
}

Document pairs_document(const Topology& topology) {
  Document::Array pairs;
  const auto& devices = topology.devices();
  for (std::size_t a = 0; a < devices.size(); ++a) {
    for (std::size_t b = a + 1; b < devices.size(); ++b) {
      const TopologyPair& pair = topology.between(a, b);
      Facts facts;
      facts.add("a", device_name(*devices[a].info))
          .add("b", device_name(*devices[b].info))
          .add("level", pair.level)
          .add("link", peer_document(pair.link));
      pairs.push_back(facts.take());
    }
  }
  return pairs;
}

Document nic_pairs_document(const Topology& topology) {
  Document::Array pairs;
  for (std::size_t device = 0; device < topology.devices().size(); ++device) {
    for (std::size_t nic = 0; nic < topology.nics().size(); ++nic) {
      Facts facts;
      facts.add("device", device_name(*topology.devices()[device].info))
          .add("nic", topology.nics()[nic].name)
          .add("level", topology.to_nic(device, nic));
      pairs.push_back(facts.take());
    }
  }
  return pairs;
}

Document level_cell(const Reading<TopologyLevel>& level) {
  return level ? Document(to_string(*level)) : Document();
}

}  // namespace

Document topology_document(const TopologyReport& report) {
  const Topology& topology = report.topology;
  Document::Array devices;
  for (std::size_t i = 0; i < topology.devices().size(); ++i) {
    devices.push_back(device_document(topology, i));
  }
  Document::Array nics;
  for (const TopologyNic& nic : topology.nics()) nics.push_back(nic_document(nic));
  Document::Array problems;
  for (const Error& problem : report.problems) problems.push_back(error_document(problem));
  const std::size_t nodes = topology.numa_nodes();
  Document::Object document{{"schema", "accel/topology/1"},
                            {"simulated", simulated_mark(report.simulated)},
                            {"numa_nodes", nodes == 0 ? Document() : Document(nodes)}};
  document.push_back({"devices", std::move(devices)});
  document.push_back({"nics", std::move(nics)});
  document.push_back({"pairs", pairs_document(topology)});
  document.push_back({"nic_pairs", nic_pairs_document(topology)});
  document.push_back({"problems", std::move(problems)});
  return document;
}

Table topology_table(const TopologyReport& report) {
  const Topology& topology = report.topology;
  const auto& devices = topology.devices();
  Table table{{"a", "b", "level", "link", "lanes", "through_switch", "hops"}, {}};
  for (std::size_t a = 0; a < devices.size(); ++a) {
    for (std::size_t b = a + 1; b < devices.size(); ++b) {
      const TopologyPair& pair = topology.between(a, b);
      std::vector<Document> row{device_name(*devices[a].info), device_name(*devices[b].info),
                                level_cell(pair.level)};
      row.resize(table.heading.size());
      if (pair.link) {
        row[3] = to_string(pair.link->kind);
        if (pair.link->lanes) row[4] = *pair.link->lanes;
        row[5] = pair.link->through_switch;
        row[6] = pair.link->hops;
      }
      table.rows.push_back(std::move(row));
    }
  }
  for (std::size_t device = 0; device < devices.size(); ++device) {
    for (std::size_t nic = 0; nic < topology.nics().size(); ++nic) {
      std::vector<Document> row{device_name(*devices[device].info), topology.nics()[nic].name,
                                level_cell(topology.to_nic(device, nic))};
      row.resize(table.heading.size());
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace accel::render
