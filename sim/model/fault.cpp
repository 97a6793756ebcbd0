#include "fault.hpp"

#include <charconv>
#include <cstdio>
#include <iterator>
#include <vector>

#include "duration.hpp"
#include "gpu.hpp"

namespace accel::sim {
namespace {

constexpr std::int64_t kDefaultDelay = 50'000'000;  // ns

constexpr std::string_view kNames[] = {"symbol-missing", "slow",   "hung",          "crash",
                                       "lost",           "xid",    "no-permission", "not-supported",
                                       "mismatch",       "garbage"};

bool number(std::string_view text, std::int64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value >= 0;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const std::size_t start = text.find_first_not_of(" \t");
    if (start == std::string_view::npos) break;
    text.remove_prefix(start);
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    found.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return found;
}

bool find_name(std::string_view name, FaultKind& kind) {
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (name == kNames[i]) {
      kind = static_cast<FaultKind>(i);
      return true;
    }
  }
  return false;
}

/// The name of a fault without its value and function.
std::string_view bare_name(std::string_view word) {
  return word.substr(0, std::min(word.find_first_of("=:@"), word.size()));
}

bool set_value(Fault& fault, std::string_view value, std::string& why) {
  switch (fault.kind) {
    case FaultKind::symbol_missing: fault.symbol.set(value); return true;
    case FaultKind::slow:
      if (const auto delay = parse_duration(value)) {
        fault.value = *delay;
        return true;
      }
      why = "bad duration '" + std::string(value) + "'";
      return false;
    case FaultKind::xid:
      if (number(value, fault.value) && fault.value > 0) return true;
      why = "bad XID '" + std::string(value) + "'";
      return false;
    default: why = std::string(fault_name(fault.kind)) + " takes no value"; return false;
  }
}

bool parse_name(std::string_view word, Fault& fault, std::string& why) {
  if (!find_name(bare_name(word), fault.kind)) {
    why = "unknown fault '" + std::string(bare_name(word)) + "'";
    return false;
  }
  if (const std::size_t at = word.find('@'); at != std::string_view::npos) {
    fault.function.set(word.substr(at + 1));
    word = word.substr(0, at);
  }
  if (fault.kind == FaultKind::slow) fault.value = kDefaultDelay;
  const std::size_t mark = word.find_first_of("=:");
  if (mark != std::string_view::npos) return set_value(fault, word.substr(mark + 1), why);
  if (fault.kind != FaultKind::xid) return true;
  why = "xid needs a number: xid:79";
  return false;
}

bool parse_option(std::string_view word, std::int64_t now, Fault& fault, std::string& why) {
  const std::size_t mark = word.find('=');
  const std::string_view key = word.substr(0, std::min(mark, word.size()));
  const std::string_view value = mark == std::string_view::npos ? "" : word.substr(mark + 1);
  std::int64_t pid = 0;
  if (key == "after" && number(value, fault.after)) return true;
  if (key == "pid" && number(value, pid) && pid <= 0x7FFFFFFF) {
    fault.pid = static_cast<std::uint32_t>(pid);
    return true;
  }
  if (key == "for") {
    if (const auto span = parse_duration(value)) {
      fault.until = now + *span;
      return true;
    }
  }
  why = "bad option '" + std::string(word) + "'; expected after=N, for=DURATION or pid=N";
  return false;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

bool is_pci_address(std::string_view selector, const Gpu& gpu) {
  char address[32];
  // sysfs writes four digits of domain, NVML eight, people often none.
  std::snprintf(address, sizeof address, "%08x:%02x:%02x.0", gpu.domain, gpu.bus, gpu.device);
  const std::string_view full = address;
  return equal_ignoring_case(selector, full) || equal_ignoring_case(selector, full.substr(4)) ||
         (gpu.domain == 0 && equal_ignoring_case(selector, full.substr(9)));
}

}  // namespace

std::string_view fault_name(FaultKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

bool parse_fault(std::string_view text, std::int64_t now, Fault& fault, std::string& why) {
  fault = {};
  auto parts = words(text);
  FaultKind ignored{};
  fault.selector.set("*");
  if (parts.empty()) {
    why = "no fault named";
    return false;
  }
  if (!find_name(bare_name(parts[0]), ignored) && parts.size() > 1) {
    if (parts[0].size() >= sizeof fault.selector.bytes) {
      why = "selector too long";
      return false;
    }
    fault.selector.set(parts[0]);
    parts.erase(parts.begin());
  }
  if (!parse_name(parts[0], fault, why)) return false;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (!parse_option(parts[i], now, fault, why)) return false;
  }
  return true;
}

std::string fault_text(const Fault& fault) {
  std::string text = std::string(fault.selector.view()) + ' ' + std::string(fault_name(fault.kind));
  if (fault.kind == FaultKind::slow) text += '=' + std::to_string(fault.value) + "ns";
  if (fault.kind == FaultKind::xid) text += ':' + std::to_string(fault.value);
  if (!fault.symbol.empty()) text += '=' + std::string(fault.symbol.view());
  if (!fault.function.empty()) text += '@' + std::string(fault.function.view());
  if (fault.after > 0) text += " after=" + std::to_string(fault.after);
  if (fault.pid != 0) text += " pid=" + std::to_string(fault.pid);
  return text;
}

bool selects(std::string_view selector, const Gpu& gpu) {
  if (selector.empty() || selector == "*") return true;
  // "GPU3", "TPU3": the letters say what it is, the number which.
  std::string_view digits = selector;
  while (!digits.empty() && digits.front() >= 'A' && digits.front() <= 'Z') digits.remove_prefix(1);
  std::int64_t index = 0;
  if (number(digits, index)) return index == gpu.position;
  return equal_ignoring_case(selector, gpu.uuid.view()) || is_pci_address(selector, gpu);
}

}  // namespace accel::sim
