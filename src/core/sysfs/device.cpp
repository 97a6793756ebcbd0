#include "core/sysfs/device.hpp"

#include <algorithm>

#include "core/device_state.hpp"

namespace accel::sysfs {
namespace {

Absence lost(std::string reason) {
  return {ReadingStatus::lost, std::move(reason),
          "check power and seating of the card, then reset the device or reboot"};
}

/// The vendor id that the device itself gives now, not the one that the kernel has kept: all ones
/// when nobody answers on the bus (Documentation/PCI/sysfs-pci.rst, `config`).
bool is_off_the_bus(const base::Dir& device) {
  const auto config = base::read_file(device.path() / "config", 2);
  return config && *config == "\xff\xff";
}

/// Of the rows of one metric, the position of the one that speaks: the first whose file is there.
bool is_first(const std::vector<Answer>& answers, std::span<const Sensor> sensors, std::size_t at) {
  const auto same = [&](std::size_t i) { return sensors[i].metric == sensors[at].metric; };
  for (std::size_t i = 0; i < at; ++i) {
    if (same(i) && (!answers[i].is_missing || answers[at].is_missing)) return false;
  }
  for (std::size_t i = at + 1; answers[at].is_missing && i < sensors.size(); ++i) {
    if (same(i) && !answers[i].is_missing) return false;
  }
  return true;
}

}  // namespace

std::optional<Absence> sleep_of(const base::Dir& device, const Machine& machine) {
  if (machine.wake) return std::nullopt;
  const auto status = device.text("power/runtime_status");
  if (!status || (*status != "suspended" && *status != "suspending")) return std::nullopt;
  return Absence{ReadingStatus::asleep,
                 device.source("power/runtime_status") + " is '" + *status +
                     "'; reading the device would wake it",
                 "use --wake to read it all the same"};
}

DrmPlace TableDevice::place_of(const AcceleratorInfo& info) {
  return {info.pci_address ? info.pci_address->text() : std::string(), info.device_nodes};
}

Result<ProcessList> TableDevice::processes() {
  if (shared_->is_shut_down) {
    return Error{Errc::unavailable, "the back end has been shut down", "", {}};
  }
  // Without a place, nobody's programs would look like none.
  if (info_.device_nodes.empty() && !info_.pci_address) {
    return Error{Errc::operation_not_supported,
                 folders_.device().path().string() + ": no device node is known to be its own",
                 "",
                 {}};
  }
  return programs_.processes(shared_->machine, not_counting());
}

std::optional<Absence> TableDevice::not_counting() const {
  const std::string_view file = shared_->table.counting_switch;
  if (file.empty()) return std::nullopt;
  const auto state = folders_.device().integer(file);
  if (!state || *state != 0) return std::nullopt;
  const std::string source = folders_.device().source(file);
  return Absence{ReadingStatus::unsupported,
                 source + " is 0: the driver counts no engine time of programs",
                 "as root, write what its driver's document says into " + source};
}

std::optional<Absence> TableDevice::no_pulse() const {
  const Pulse& pulse = shared_->table.pulse;
  if (pulse.file.empty()) return std::nullopt;
  const base::Dir& folder = folders_.at(pulse.folder);
  const auto text = base::read_file(folder.path() / pulse.file, 256);
  if (!text) return std::nullopt;  // Firmware that does not tell is not dead.
  const std::string source = folder.source(pulse.file);
  if (is_all_ones(*text)) return lost(source + ": all bits are set: the device is gone");
  if (pulse.good.empty() || text->starts_with(pulse.good)) return std::nullopt;
  return Absence{ReadingStatus::error, source + " is '" + text->substr(0, text->find('\n')) + "'",
                 "look for the device in the kernel log (dmesg)"};
}

std::optional<Absence> TableDevice::refusal() const {
  if (shared_->is_shut_down) {
    return Absence{ReadingStatus::error, "the back end has been shut down", ""};
  }
  const base::Dir& device = folders_.device();
  if (auto asleep = sleep_of(device, shared_->machine)) return asleep;
  if (!device.exists()) return lost(device.path().string() + ": it is no longer there");
  if (has_driver_ && !device.link_name("driver")) {
    return Absence{ReadingStatus::no_driver, device.source("driver") + ": no driver is bound",
                   "load the driver " + *info_.driver};
  }
  if (is_off_the_bus(device)) {
    return lost(device.source("config") + ": all bits are set: the device has left the bus");
  }
  return no_pulse();
}

/// The code of which a status is the reading's.
std::optional<Error> TableDevice::knob_refusal() const {
  const auto why = refusal();
  if (!why) return std::nullopt;
  Errc code = Errc::unavailable;
  if (why->status == ReadingStatus::asleep) code = Errc::device_asleep;
  if (why->status == ReadingStatus::lost) code = Errc::device_lost;
  if (why->status == ReadingStatus::no_driver) code = Errc::driver_not_found;
  return Error{code, why->reason, why->remedy, {}};
}

std::vector<Answer> TableDevice::answers() const {
  const SteadyTime now = shared_->machine.clock->steady();
  std::vector<Answer> answers;
  answers.reserve(shared_->table.sensors.size());
  for (const Sensor& sensor : shared_->table.sensors) {
    answers.push_back(read_sensor(sensor, folders_.at(sensor.folder), now));
  }
  return answers;
}

void TableDevice::sample(ReadingSet& out) {
  const auto sensors = shared_->table.sensors;
  std::optional<Absence> why = refusal();
  std::vector<Answer> read;
  if (!why) {
    read = answers();
    const auto ones = std::ranges::count_if(read, &Answer::is_all_ones);
    const auto numbers =
        std::ranges::count_if(read, [](const Answer& answer) { return answer.number.has_value(); });
    if (ones > 0 && numbers == 0) {
      const auto first = std::ranges::find_if(read, &Answer::is_all_ones);
      why = lost(first->number.source() + ": all bits are set, as in every number of the device");
    } else if (!folders_.device().exists()) {
      why = lost(folders_.device().path().string() + ": it vanished while it was read");
    }
  }
  for (std::size_t i = 0; i < sensors.size(); ++i) {
    if (why) {
      sensors[i].put(out, *why);
    } else if (is_first(read, sensors, i)) {
      sensors[i].put(out, read[i].number);
    }
  }
  const Table& table = shared_->table;
  fill_absent(out, why ? *why
                       : Absence{ReadingStatus::unsupported, std::string(table.silence),
                                 std::string(table.remedy)});
}

}  // namespace accel::sysfs
