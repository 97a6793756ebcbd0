#include "cards.hpp"

#include <array>
#include <cstdio>
#include <set>
#include <string>

#include "sections.hpp"

namespace accel::sim {
namespace {

/// What a driver writes, in the order of Driver. Nothing of vfio-pci: it hands the device on.
struct Writers {
  const char*
      module;  ///< Has sys/module/NAME; with a version of its own where it is not the kernel's.
  const char* version;
  void (*constants)(TreeWriter& tree, const CardView& view, const std::string& device);
  void (*live)(const CardView& view, FileSink& sink);
};
constexpr std::array kWriters{
    Writers{"amdgpu", "", amdgpu_constants, amdgpu_live},
    Writers{"i915", "", i915_constants, i915_live},
    Writers{"xe", "", xe_constants, xe_live},
    Writers{"intel_vpu", "", intel_vpu_constants, intel_vpu_live},
    Writers{"amdxdna", "", amdxdna_constants, nullptr},
    Writers{"habanalabs", "1.20.0-543", habanalabs_constants, habanalabs_live},
    Writers{"apex", "1.2", apex_constants, apex_live},
    Writers{"vfio_pci", "", nullptr, nullptr},
};

const Writers& writers_of(const CardView& view) {
  return kWriters[static_cast<std::size_t>(view.product.driver)];
}

/// Makes the files that change, as they are first.
class NewFiles final : public FileSink {
 public:
  NewFiles(TreeWriter& tree, std::string device) : tree_(tree), device_(std::move(device)) {}
  using FileSink::put;
  void put(const std::string& name, std::string_view content) override {
    tree_.file(device_ + name, content);
  }

 private:
  TreeWriter& tree_;
  std::string device_;
};

void write_module(TreeWriter& tree, const Writers& writers) {
  const std::string folder = std::string("sys/module/") + writers.module;
  tree.folder(folder);
  if (*writers.version != '\0') tree.file(folder + "/version", std::string(writers.version) + '\n');
}

/// The names that libdrm installs with Mesa: device, revision, product.
void write_amd_names(TreeWriter& tree, const Node& node) {
  std::set<std::string> rows;
  for (const Card& card : cards_of(node)) {
    const CardView view(node, card);
    if (view.product.driver != Driver::amdgpu) continue;
    char ids[16];
    std::snprintf(ids, sizeof ids, "%04X,\t%02X,\t", view.board.pci_device >> 16,
                  view.board.pci_revision);
    rows.insert(ids + std::string(view.board.name.view()) + '\n');
  }
  if (rows.empty()) return;
  std::string text = "1.0.0\n";
  for (const std::string& row : rows) text += row;
  tree.file("usr/share/libdrm/amdgpu.ids", text);
}

}  // namespace

std::string pci_name(const Card& card) { return pci_name(card.gpu); }

void live_files(const CardView& view, FileSink& sink) {
  sink.put("power/runtime_status", runtime_status(view.gpu));
  sink.put("power/control", view.card.stays_awake != 0 ? "on\n" : "auto\n");
  if (writers_of(view).live != nullptr) writers_of(view).live(view, sink);
}

void write_cards(TreeWriter& tree, const Node& node) {
  for (const Card& card : cards_of(node)) {
    const CardView view(node, card);
    const std::string device = "sys/bus/pci/devices/" + pci_name(card) + '/';
    const Writers& writers = writers_of(view);
    write_module(tree, writers);
    write_device_nodes(tree, view, device);
    if (writers.constants != nullptr) writers.constants(tree, view, device);
    NewFiles files(tree, device);
    live_files(view, files);
  }
  write_kfd(tree, node);
  write_amd_names(tree, node);
}

}  // namespace accel::sim
