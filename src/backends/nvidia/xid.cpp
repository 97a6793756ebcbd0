#include "backends/nvidia/xid.hpp"

#include <algorithm>
#include <array>

namespace accel::nvidia {
namespace {

constexpr std::string_view kProgram = "look at the program that ran; the GPU is healthy";
constexpr std::string_view kDrain = "drain and reset the GPU; replace it if this comes again";
constexpr std::string_view kFirmware = "reset the GPU; update the driver if this comes again";

/// NVIDIA, "XID Errors" (docs.nvidia.com/deploy/xid-errors). The last row is for all others.
constexpr std::array<XidMeaning, 25> kMeanings{{
    {13, Severity::low, "graphics engine exception, caused by a program", kProgram},
    {31, Severity::low, "page fault, caused by a program", kProgram},
    {43, Severity::low, "a program's work was stopped", kProgram},
    {45, Severity::low, "a program's work was cleaned up after an error or its end", kProgram},
    {68, Severity::low, "video engine exception, caused by a program", kProgram},
    {109, Severity::low, "context switch timed out", kProgram},
    {48, Severity::high, "uncorrectable double-bit memory error", kDrain},
    {61, Severity::high, "internal controller stopped", kFirmware},
    {62, Severity::high, "internal controller halted", kFirmware},
    {63, Severity::medium, "a memory row was remapped or a page retired",
     "reset the GPU when it is free, so that the remapping takes effect"},
    {64, Severity::high, "a memory row could not be remapped or a page not retired", kDrain},
    {69, Severity::medium, "engine class error, mostly caused by a program",
     "look at the program that ran; reset the GPU if others fail too"},
    {74, Severity::high, "NVLink error",
     "check the link (accel status shows its counters) and its other end; reset the GPU"},
    {79, Severity::high, "the GPU has fallen off the bus",
     "check power, seating and temperature of the card, then reset the GPU or reboot"},
    {92, Severity::medium, "high rate of corrected memory errors",
     "watch the memory error counters; drain the GPU if they keep growing"},
    {94, Severity::medium, "contained memory error: one program was stopped",
     "start the program again; reset the GPU when it is free"},
    {95, Severity::high, "uncontained memory error: all programs are affected", kDrain},
    {119, Severity::high, "the GPU's system processor did not answer in time", kFirmware},
    {120, Severity::high, "the GPU's system processor failed", kFirmware},
    {140, Severity::high, "unrecovered memory error", kDrain},
    {154, Severity::medium, "the recovery that the GPU needs has changed",
     "accel doctor tells which recovery it needs"},
    {8, Severity::low, "a program's work took too long", kProgram},
    {32, Severity::medium, "corrupted stream of commands",
     "look at the program that ran; check the PCI Express link if it comes again"},
    {38, Severity::medium, "driver firmware error", kFirmware},
    {0, Severity::medium, "an error that this version has no description of",
     "look the code up in NVIDIA's list of XID errors"},
}};

}  // namespace

const XidMeaning& xid_meaning(std::uint64_t code) {
  const auto found = std::ranges::find(kMeanings, code, &XidMeaning::code);
  return found == kMeanings.end() ? kMeanings.back() : *found;
}

}  // namespace accel::nvidia
