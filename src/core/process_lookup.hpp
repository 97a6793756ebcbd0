// What /proc tells of a program whose number is known: name, user, container, pod, job. It knows no
// accelerator.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "accel/machine.hpp"
#include "accel/process.hpp"
#include "accel/reading.hpp"
#include "core/pod_names.hpp"
#include "core/proc_view.hpp"

namespace accel {

/// Who told of a program, and so whose numbers its pid is one of.
enum class Numbering {
  proc,    ///< it was found in /proc
  driver,  ///< a driver named it, perhaps as the host counts
};

/// Reads /etc/passwd and the names of pods once. Not for use by two threads at a time.
class ProcessLookup {
 public:
  explicit ProcessLookup(const Machine& machine)
      : machine_(machine), view_(proc_view(machine)), pods_(machine) {}

  /// Fills in who the program of that pid is; where /proc does not show it, why not. A driver's
  /// number is believed in a pid namespace only if that program has a node open that starts with
  /// `node`.
  void describe(AcceleratorProcess& process, Numbering numbering = Numbering::proc,
                std::string_view node = {});

  [[nodiscard]] const ProcView& view() const { return view_; }

 private:
  [[nodiscard]] std::string user_name(std::string_view uid);
  void describe_place(AcceleratorProcess& process);

  const Machine& machine_;
  ProcView view_;
  std::optional<std::map<std::string, std::string, std::less<>>> users_;  // uid → name
  PodNames pods_;
};

/// The same text with every byte that is no printable UTF-8 replaced by '?': programs choose their
/// own names.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace accel
