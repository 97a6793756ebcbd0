// The section of a scenario that places the cards of vendors other than NVIDIA in the node.

#include <array>

#include "sections.hpp"

namespace accel::sim {
namespace {

/// In the order of Driver. Class codes: PCI Code and ID Assignment Specification 1.14.
struct DriverRow {
  std::uint32_t pci_class;
  std::vector<std::string_view> needed;
};

const std::array<DriverRow, 8>& driver_rows() {
  static const std::array<DriverRow, 8> rows{{
      {0x030000, {"memory", "power", "clocks", "thermal", "amdgpu"}},
      {0x030000, {"clocks"}},
      {0x030000, {"clocks"}},
      {0x120000, {"clocks"}},
      {0x118000, {}},
      {0x120000, {"power", "clocks"}},
      {0x088000, {"power", "thermal"}},
      {0x120000, {}},
  }};
  return rows;
}

/// A product of which nothing is told: physics needs some number for each of these.
Board plain_board() {
  Board board{};
  board.power = {.min_mw = 1'000,
                 .max_mw = 100'000,
                 .default_mw = 100'000,
                 .idle_mw = 5'000,
                 .full_mw = 90'000};
  board.clocks.graphics_min = 100;
  board.clocks.graphics_max = 1'000;
  board.clocks.graphics_step = 100;
  board.clocks.graphics_idle = 100;
  board.clocks.memory_count = 1;
  board.clocks.memory[0] = board.clocks.memory_idle = 1'000;
  board.thermal.ambient = 25;
  board.thermal.resistance = 0.3;
  board.thermal.time_constant = 20;
  board.thermal.shutdown = 110;
  board.thermal.slowdown = 105;
  board.thermal.gpu_max = 100;
  return board;
}

/// "gfx942" as KFD counts: 9, 4, 2 become 90402; "gfx90a" 9, 0, 10 become 90010.
bool parse_target(std::string_view text, std::uint32_t& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (text.substr(0, 3) != "gfx" || text.size() < 6 || text.size() > 7) return false;
  const std::size_t step = kDigits.find(text.back());
  const std::size_t minor = kDigits.find(text[text.size() - 2]);
  std::size_t major = 0;
  for (const char c : text.substr(3, text.size() - 5)) {
    if (c < '0' || c > '9') return false;
    major = major * 10 + static_cast<std::size_t>(c - '0');
  }
  if (step == std::string_view::npos || minor == std::string_view::npos) return false;
  out = static_cast<std::uint32_t>(major * 10'000 + minor * 100 + step);
  return true;
}

void read_amdgpu(TableReader& reader, CardProduct& product) {
  for (const char* key : {"gfx_target", "compute_units", "gpu_metrics"}) reader.require(key);
  std::string target = "gfx1100";
  reader.read("gfx_target", target, 7);
  if (!parse_target(target, product.gfx_target)) {
    reader.complain("gfx_target", "expected a target such as \"gfx942\"");
  }
  reader.read("compute_units", product.compute_units, 1, 4096);
  std::uint32_t revision = 0;
  reader.read_word("gpu_metrics", {"1.3", "1.7", "3.0"}, revision);
  constexpr std::array<std::uint32_t, 3> kRevisions{kMetrics13, kMetrics17, kMetrics30};
  product.metrics = kRevisions[revision];
  reader.read_flag("xgmi", product.has_xgmi);
  reader.read_flag("overdrive", product.has_overdrive);
  reader.read_flag("partitions", product.has_partitions);
  reader.finish();
}

void read_media(TableReader& reader, CardProduct& product) {
  for (const char* key : {"min", "max"}) reader.require(key);
  reader.read("min", product.media_min, 1, 100'000);
  reader.read("max", product.media_max, 1, 100'000);
  if (product.media_min >= product.media_max) reader.complain("min", "expected less than max");
  reader.finish();
}

std::vector<std::string_view> needed_keys(const DriverRow& row) {
  std::vector<std::string_view> keys = row.needed;
  keys.insert(keys.end(), {"driver", "name", "pci_device"});
  return keys;
}

template <std::size_t N>
void read_text(TableReader& reader, std::string_view key, Text<N>& out) {
  std::string text;
  reader.read(key, text, N - 1);
  out.set(text);
}

void read_product(TableReader& reader, const DriverRow& row, CardProduct& product) {
  product.pci_class = row.pci_class;
  reader.read("pci_class", product.pci_class, 0, 0xFFFFFF);
  reader.read_flag("integrated", product.is_integrated);
  reader.read_flag("own_switch", product.has_own_switch);
  read_text(reader, "firmware", product.firmware);
  read_text(reader, "kind", product.kind);
  reader.read("memory_channels", product.memory_channels, 0, 16);
  for (auto& table : reader.tables("amdgpu")) read_amdgpu(table, product);
  for (auto& table : reader.tables("media")) read_media(table, product);
  if (reader.has("amdgpu") && product.driver != Driver::amdgpu) {
    reader.complain("amdgpu", "only cards of the driver amdgpu have it");
  }
  if (reader.has("media") && product.driver != Driver::xe) {
    reader.complain("media", "only cards of the driver xe have it");
  }
}

/// The card's own two ports take the two bus numbers before its own.
void check_switch(TableReader& reader, const ScenarioCard& card) {
  if (card.product.has_own_switch == 0) return;
  for (const std::string& address : card.addresses) {
    std::uint32_t domain = 0;
    std::uint32_t bus = 0;
    std::uint32_t device = 0;
    if (parse_pci_address(address, domain, bus, device) && bus < 3) {
      reader.complain("own_switch", "expected addresses from bus 03 on");
    }
  }
}

}  // namespace

void read_card(TableReader& reader, ScenarioCard& card) {
  std::vector<std::string_view> names;
  names.reserve(driver_rows().size());
  for (std::size_t i = 0; i < driver_rows().size(); ++i) {
    names.push_back(driver_name(static_cast<Driver>(i)));
  }
  std::uint32_t driver = 0;
  reader.read_word("driver", names, driver);
  const DriverRow& row = driver_rows()[driver];
  card.product.driver = static_cast<Driver>(driver);
  card.board = plain_board();
  read_places(reader, card, static_cast<std::int64_t>(kMaxCards));
  reader.read("serial", card.serial, 29);
  reader.read("suspended", card.suspended);
  read_product(reader, row, card.product);
  read_board(reader, card.board, needed_keys(row));
  check_switch(reader, card);
  reader.finish();
}

}  // namespace accel::sim
