// A topology as text, document, rows and pictures.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "render/json.hpp"
#include "render/topology_document.hpp"
#include "render/topology_drawing.hpp"
#include "render/topology_text.hpp"
#include "support/json_schema.hpp"

namespace accel::render {
namespace {

using Json = nlohmann::json;

/// Two GPUs with an adapter each, on one switch and on another NUMA node.
class TopologyShown : public ::testing::Test {
 protected:
  TopologyShown() {
    for (int i = 0; i < 3; ++i) {
      AcceleratorInfo& info = infos_[static_cast<std::size_t>(i)];
      info.uuid = "uuid " + std::to_string(i);
      info.vendor = "NVIDIA";
      info.device_type = i == 2 ? DeviceType::npu : DeviceType::gpu;
      info.global_index = i;
      info.model = std::string("Model <\"&\\>");
    }
  }
  static PciPlace place(int numa_node, std::vector<std::string> path) {
    PciPlace place;
    place.address = PciAddress::parse(path.back()).value();
    place.physical = place.address;
    place.card = path.size() - 1;
    place.path = std::move(path);
    place.numa_node = std::int64_t{numa_node};
    place.cpus = std::string(numa_node == 0 ? "0-3" : "4-7");
    return place;
  }
  static PciPlace first() {
    return place(0, {"pci0000:15", "0000:15:01.0", "0000:16:00.0", "0000:17:00.0", "0000:18:00.0"});
  }
  static PciPlace beside_first() {
    return place(0, {"pci0000:15", "0000:15:01.0", "0000:16:00.0", "0000:17:01.0", "0000:19:00.0"});
  }
  static PciPlace other_node() { return place(1, {"pci0000:97", "0000:97:01.0", "0000:98:00.0"}); }

  TopologyDevice device(std::size_t number, Reading<PciPlace> at,
                        std::vector<DeviceLink> links = {}) {
    AcceleratorInfo& info = infos_.at(number);
    if (at) info.pci_address = at->address;
    return {&info, std::move(at), std::move(links)};
  }
  static TopologyNic nic(const std::string& name, PciPlace at) {
    TopologyNic nic;
    nic.name = name;
    nic.kind = "infiniband";
    nic.ports.push_back({1, std::string("ACTIVE"), std::int64_t{400'000}});
    nic.interfaces = {"ib0"};
    nic.place = std::move(at);
    return nic;
  }
  static std::vector<DeviceLink> into_switches(int count) {
    DeviceLink link;
    link.lanes = 1;
    link.up = true;
    link.end = LinkEnd::fabric_switch;
    return std::vector<DeviceLink>(static_cast<std::size_t>(count), link);
  }
  static std::vector<DeviceLink> straight_to(const PciPlace& at) {
    DeviceLink link;
    link.lanes = 4;
    link.up = true;
    link.end = LinkEnd::device;
    link.remote = at.address;
    return {link};
  }
  TopologyReport joined() {
    return {"",
            {{device(0, first(), into_switches(18)), device(1, other_node(), into_switches(18))},
             {nic("mlx5_0", beside_first())},
             2},
            {}};
  }
  TopologyReport apart() {
    const Absence off_bus{ReadingStatus::unsupported, "not on the bus", ""};
    return {"", {{device(0, first()), device(1, beside_first()), device(2, off_bus)}, {}, 1}, {}};
  }

  std::array<AcceleratorInfo, 3> infos_;
};

TEST_F(TopologyShown, AsMatricesWithTheCodesThatOccur) {
  EXPECT_EQ(topology_text(joined(), {}),
            "      GPU0  GPU1\n"
            "GPU0  X     NV18\n"
            "GPU1  NV18  X\n"
            "\n"
            "      mlx5_0\n"
            "GPU0  PIX\n"
            "GPU1  SYS\n"
            "\n"
            "      ADDRESS       NUMA  CPUS  NEAREST NIC  MODEL\n"
            "GPU0  0000:18:00.0  0     0-3   mlx5_0       Model <\"&\\>\n"
            "GPU1  0000:98:00.0  1     4-7   mlx5_0       Model <\"&\\>\n"
            "\n"
            "NV#   joined by # NVLink links\n"
            "PIX   over at most one PCI Express switch\n"
            "SYS   from one NUMA node to another\n");
}

TEST_F(TopologyShown, NamesNoLinkWhereThereIsNone) {
  const auto text = topology_text(apart(), {});

  EXPECT_EQ(text.find("NV"), std::string::npos) << text;
  EXPECT_NE(text.find("GPU0  X     PIX   ?\n"), std::string::npos) << text;
  EXPECT_NE(text.find("GPU0-NPU2, GPU1-NPU2: not on the bus\n"), std::string::npos) << text;
}

TEST_F(TopologyShown, SaysWhyADeviceDoesNotTellItsLinks) {
  auto devices = joined().topology.devices();
  devices[1].links = Error{Errc::device_lost, "the GPU is gone", "reseat it", {}};
  const TopologyReport report{"", {devices, {}, 2}, {}};

  EXPECT_NE(topology_text(report, {}).find("links of GPU1: the GPU is gone (reseat it)\n"),
            std::string::npos);
}

TEST_F(TopologyShown, SaysThatThereIsNothing) {
  EXPECT_EQ(topology_text({"", {{}, {}, 0}, {}}, {}), "No accelerators detected\n");
}

TEST_F(TopologyShown, AsADocumentOfItsSchema) {
  std::ifstream file(ACCEL_SOURCE_DIR "/docs/schema/topology-1.json");
  const testing::JsonSchema schema(Json::parse(file));

  for (const auto& report : {joined(), apart()}) {
    const Json document = Json::parse(json(topology_document(report)));
    EXPECT_EQ(schema.violation(document), "") << document.dump(1);
  }
}

TEST_F(TopologyShown, TellsInTheDocumentWhatJoinsAPair) {
  const Json document = Json::parse(json(topology_document(joined())));

  const Json& pair = document["pairs"].at(0);
  EXPECT_EQ(pair["a"], "GPU0");
  EXPECT_EQ(pair["b"], "GPU1");
  EXPECT_EQ(pair["level"], "system");
  EXPECT_EQ(pair["link"]["kind"], "nvlink");
  EXPECT_EQ(pair["link"]["lanes"], 18);
  EXPECT_EQ(pair["link"]["through_switch"], true);
  EXPECT_EQ(document["devices"][0]["links"].size(), 18U);
  EXPECT_EQ(document["devices"][1]["nearest_nics"][0]["level"], "system");
  EXPECT_EQ(Json::parse(json(topology_document(apart())))["pairs"][1]["level"], nullptr);
}

TEST_F(TopologyShown, AsRows) {
  EXPECT_EQ(csv(topology_table(joined()), ""),
            "a,b,level,link,lanes,through_switch,hops\r\n"
            "GPU0,GPU1,system,nvlink,18,true,1\r\n"
            "GPU0,mlx5_0,single_switch,,,,\r\n"
            "GPU1,mlx5_0,system,,,,\r\n");
}

TEST_F(TopologyShown, AsAGraphWithASwitchForEachKindOfLink) {
  const auto dot = topology_dot(joined());

  EXPECT_EQ(dot,
            "graph topology {\n"
            "  node [fontname=\"sans-serif\"];\n"
            "  subgraph cluster_0 {\n"
            "    label=\"NUMA node 0\\nCPUs 0-3\";\n"
            "    b0 [label=\"pci0000:15\", shape=ellipse];\n"
            "    b1 [label=\"0000:16:00.0\", shape=diamond];\n"
            "    b0 -- b1;\n"
            "    d0 [label=\"GPU0\\n0000:18:00.0\\nModel <\\\"&\\\\>\", shape=box, style=filled, "
            "fillcolor=palegreen];\n"
            "    b1 -- d0;\n"
            "    n0 [label=\"mlx5_0\\n0000:19:00.0\\nib0\", shape=box, style=filled, "
            "fillcolor=lightblue];\n"
            "    b1 -- n0;\n"
            "  }\n"
            "  subgraph cluster_1 {\n"
            "    label=\"NUMA node 1\\nCPUs 4-7\";\n"
            "    b2 [label=\"pci0000:97\", shape=ellipse];\n"
            "    d1 [label=\"GPU1\\n0000:98:00.0\\nModel <\\\"&\\\\>\", shape=box, style=filled, "
            "fillcolor=palegreen];\n"
            "    b2 -- d1;\n"
            "  }\n"
            "  s0 [label=\"NVLink switches\", shape=hexagon];\n"
            "  d0 -- s0 [label=\"NV18\", color=forestgreen, penwidth=2];\n"
            "  d1 -- s0 [label=\"NV18\", color=forestgreen, penwidth=2];\n"
            "}\n");
}

TEST_F(TopologyShown, AsAnImageWhoseTextIsFitForXml) {
  const auto svg = topology_svg(joined());

  EXPECT_NE(svg.find(">Model &lt;\"&amp;\\&gt;</text>"), std::string::npos) << svg;
  EXPECT_NE(svg.find(">NVLink switches</text>"), std::string::npos);
  EXPECT_NE(svg.find(">NV18</text>"), std::string::npos);
  EXPECT_EQ(svg.find("<path"), std::string::npos) << "no straight links";
}

TEST_F(TopologyShown, DrawsLinksFromDeviceToDevice) {
  const TopologyReport report{"",
                              {{device(0, first(), straight_to(other_node())),
                                device(1, other_node(), straight_to(first()))},
                               {},
                               2},
                              {}};

  EXPECT_NE(topology_svg(report).find("<path"), std::string::npos);
  EXPECT_NE(topology_dot(report).find("  d0 -- d1 [label=\"NV4\""), std::string::npos);
}

TEST_F(TopologyShown, MarksPicturesOfSimulations) {
  TopologyReport report = joined();
  report.simulated = "dgx-h100";

  EXPECT_NE(topology_svg(report).find(">SIMULATED dgx-h100</text>"), std::string::npos);
  EXPECT_NE(topology_dot(report).find("label=\"SIMULATED dgx-h100\""), std::string::npos);
}

TEST_F(TopologyShown, DrawsAnEmptyMachine) {
  const TopologyReport report{"", {{}, {}, 0}, {}};

  EXPECT_NE(topology_svg(report).find("</svg>"), std::string::npos);
  EXPECT_EQ(topology_dot(report), "graph topology {\n  node [fontname=\"sans-serif\"];\n}\n");
}

}  // namespace
}  // namespace accel::render
