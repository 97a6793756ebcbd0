#include "scenario.hpp"

#include <charconv>

#include "../model/fault.hpp"
#include "../model/node.hpp"
#include "sections.hpp"

namespace accel::sim {
namespace {

/// "13.0" as CUDA counts: 13000.
void read_cuda_version(TableReader& reader, std::uint32_t& out) {
  if (!reader.has("cuda_version")) return;
  std::string text;
  reader.read("cuda_version", text, 15);
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, major);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '.' ||
      std::from_chars(first.ptr + 1, end, minor).ec != std::errc{} || major > 99 || minor > 9) {
    return reader.complain("cuda_version", "expected a version such as \"13.0\"");
  }
  out = major * 1000 + minor * 10;
}

void read_faults(TableReader& reader, std::vector<std::string>& faults) {
  reader.read("faults", faults);
  if (faults.size() > kMaxFaults) reader.complain("faults", "too many faults");
  for (const std::string& text : faults) {
    Fault fault{};
    std::string why;
    if (!parse_fault(text, 0, fault, why)) reader.complain("faults", why);
  }
}

void read_driver_version(TableReader& reader, std::string& out) {
  reader.read("driver_version", out, 31);
  const bool plain = out.find_first_not_of("0123456789.") == std::string::npos;
  if (!plain || version_number(out) < version_number("375.26")) {
    reader.complain("driver_version", "expected a driver from 375.26 on, such as \"580.95.05\"");
  }
}

void read_document(TableReader& reader, Scenario& scenario) {
  reader.read("description", scenario.description, 200);
  read_driver_version(reader, scenario.driver_version);
  read_cuda_version(reader, scenario.cuda_version);
  reader.read("seed", scenario.seed);
  std::uint32_t clock = 0;
  reader.read_word("clock", {"running", "stopped"}, clock);
  scenario.stopped = clock == 1;
  for (auto& table : reader.tables("host")) read_host(table, scenario.host);
  for (auto& table : reader.tables("storage")) {
    read_storage(table, scenario.storage.emplace_back());
  }
  for (auto& table : reader.tables("nic")) read_nic(table, scenario.nics.emplace_back());
  for (auto& table : reader.tables("nvswitch")) read_switches(table, scenario.switches);
  for (auto& table : reader.tables("gpu")) read_gpu(table, scenario.gpus.emplace_back());
  for (auto& table : reader.tables("card")) read_card(table, scenario.cards.emplace_back());
  for (auto& table : reader.tables("process")) {
    read_process(table, scenario.processes.emplace_back());
  }
  read_faults(reader, scenario.faults);
  if (scenario.gpus.size() > kMaxGpuKinds) reader.complain("gpu", "more than 4 kinds of GPU");
  if (scenario.cards.size() > kMaxCardKinds) reader.complain("card", "more than 12 kinds of card");
  reader.finish();
}

/// toml++ 3.3 reaches "unreachable" code on some letters beyond ASCII, so none is let through.
Problem check_ascii(std::string_view text, const std::string& file) {
  std::size_t line = 1;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) {
      return {Fail::malformed, file + ':' + std::to_string(line) + ':' +
                                   std::to_string(i - start + 1) +
                                   ": only ASCII characters are understood here"};
    }
    if (text[i] == '\n') {
      ++line;
      start = i + 1;
    }
  }
  return {};
}

}  // namespace

bool parse_pci_address(std::string_view text, std::uint32_t& domain, std::uint32_t& bus,
                       std::uint32_t& device) {
  if (text.size() != 12 || text[4] != ':' || text[7] != ':' || text.substr(10) != ".0") {
    return false;
  }
  const auto hex = [&](std::size_t at, std::size_t length, std::uint32_t& out) {
    const char* end = text.data() + at + length;
    const auto result = std::from_chars(text.data() + at, end, out, 16);
    return result.ec == std::errc{} && result.ptr == end;
  };
  return hex(0, 4, domain) && hex(5, 2, bus) && hex(8, 2, device) && device < 32;
}

Problem parse_scenario(std::string_view text, const std::string& file, Scenario& scenario) {
  if (const Problem problem = check_ascii(text, file)) return problem;
  const toml::parse_result parsed = toml::parse(text, file);
  Report report{file, {}};
  if (!parsed) {
    report.add(parsed.error().source(), std::string(parsed.error().description()));
    return report.problem;
  }
  TableReader reader(parsed.table(), "", report);
  read_document(reader, scenario);
  return report.problem;
}

}  // namespace accel::sim
