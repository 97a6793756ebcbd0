// A fault by name on chosen devices, calls and times: its text form and when it bites.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "limits.hpp"
#include "text.hpp"

namespace accel::sim {

struct Gpu;
struct Node;

enum class FaultKind : std::uint32_t {
  symbol_missing,
  slow,
  hung,
  crash,
  lost,
  xid,
  no_permission,
  not_supported,
  mismatch,
  garbage,
};

struct Fault {
  FaultKind kind;
  std::uint32_t fired;  ///< A one-shot fault (xid) has happened.
  std::uint32_t pid;    ///< 0: every process
  std::int64_t value;   ///< slow: ns a call; xid: its number
  std::int64_t after;   ///< Calls that still pass.
  std::int64_t until;   ///< Model time at which it ends, 0: never
  Text<48> selector;    ///< "*", position on the bus, GPU<n>, UUID or PCI address
  Text<64> function;    ///< Empty: every call
  Text<64> symbol;      ///< symbol_missing: which, empty: all newer than driver 470
};

/// Reads `SELECTOR NAME[=VALUE|:N][@FUNCTION] [after=N] [for=T] [pid=N]`; the selector may be left
/// out and is then `*`. False with a reason in `why` when malformed. `for` counts from `now`.
bool parse_fault(std::string_view text, std::int64_t now, Fault& fault, std::string& why);

/// The canonical text of a fault.
std::string fault_text(const Fault& fault);
std::string_view fault_name(FaultKind kind);

/// Whether the selector means this GPU; `*` and empty mean every GPU and calls without a device.
bool selects(std::string_view selector, const Gpu& gpu);

}  // namespace accel::sim
