// Invented devices and programs, one of each kind that the screen of `accel top` must show.
#pragma once

#include <string>
#include <utility>

#include "cli/top/arrange.hpp"
#include "cli/top/draw.hpp"
#include "cli/top/keys.hpp"
#include "cli/top/view.hpp"

namespace accel::cli::top {

inline Figure ok(double value) { return {value, ReadingStatus::ok}; }
inline Figure none(ReadingStatus status) { return {0, status}; }

constexpr double kGiB = 1024.0 * 1024 * 1024;

inline DeviceRow gpu(int number, double busy, double watts) {
  DeviceRow row;
  row.number = number;
  row.vendor = "NVIDIA";
  row.model = "NVIDIA H100 80GB HBM3";
  row.uuid = "GPU-0000000" + std::to_string(number) + "-aaaa-bbbb-cccc-dddddddddddd";
  row.address = "0000:" + std::to_string(10 + number) + ":00.0";
  row[Gauge::busy] = ok(busy);
  row[Gauge::memory_used] = ok(busy * 76 * kGiB);
  row[Gauge::memory_total] = ok(80 * kGiB);
  row[Gauge::temperature] = ok(40 + busy * 45);
  row[Gauge::temperature_limit] = ok(90);
  row[Gauge::power] = ok(watts);
  row[Gauge::power_limit] = ok(700);
  row[Gauge::clock] = ok(1.98e9);
  row[Gauge::memory_controller] = ok(busy / 2);
  row[Gauge::pcie_rx] = ok(busy * 24 * kGiB);
  row[Gauge::pcie_tx] = {busy * 512 * 1024, ReadingStatus::stale};
  row.throttle_status = ReadingStatus::ok;
  return row;
}

inline ProgramRow program(std::size_t device, std::int64_t pid, std::string name, double busy,
                          double gib) {
  ProgramRow row;
  row.device = device;
  row.pid = pid;
  row.name = std::move(name);
  row.user = "alice";
  row.busy = ok(busy);
  row.memory = ok(gib * kGiB);
  return row;
}

inline Sample made_up() {
  Sample sample;
  sample.simulated = "made-up";
  sample.devices = {gpu(0, 0.83, 512), gpu(1, 1, 698), gpu(2, 0, 71)};
  sample.devices[1].throttle = {"sw_power_cap", "hw_thermal_slowdown"};

  DeviceRow hung = gpu(3, 0, 0);
  hung.state = DeviceState::hung;
  hung.reason = "the driver did not answer within 2s";
  hung.remedy = "look for a hung driver in the kernel log (dmesg)";
  hung.figures.fill(none(ReadingStatus::hung));
  hung.throttle_status = ReadingStatus::hung;
  hung.no_programs = hung.reason;
  sample.devices.push_back(hung);

  DeviceRow radeon = gpu(4, 0.12, 33);
  radeon.vendor = "AMD";
  radeon.model = "AMD Radeon RX 7900 XTX";
  radeon.uuid = "PCI-0000:44:00.0";
  radeon[Gauge::busy] = none(ReadingStatus::pending);
  radeon[Gauge::power_limit] = none(ReadingStatus::no_permission);
  radeon[Gauge::memory_controller] = none(ReadingStatus::unsupported);
  radeon[Gauge::temperature].status = ReadingStatus::stale;
  radeon[Gauge::fan] = ok(0.35);
  sample.devices.push_back(radeon);

  sample.programs = {
      program(0, 2345, "python3 train.py", 0.7, 40), program(0, 2399, "tritonserver", 0.13, 21.5),
      program(1, 2400, "/opt/vasp/bin/vasp_std", 1, 76), program(4, 911, "Xorg", 0.02, 0.25)};
  sample.programs[1].user = "bob";
  sample.programs[1].container = "3f1c9a2b7d44";
  sample.programs[3].type = ProcessType::graphics;
  sample.programs[3].busy = none(ReadingStatus::no_permission);
  sample.programs[3].user = "root";
  return sample;
}

/// A screen with two minutes of history behind it.
inline Model made_up_model() {
  Model model;
  Sample past = made_up();
  for (int second = 0; second < 120; ++second) {
    const double wave = static_cast<double>((second * 7) % 100) / 100;
    past.devices[0][Gauge::busy] = ok(wave);
    past.devices[0][Gauge::power] = ok(100 + 500 * wave);
    // A gap in which the device did not tell.
    if (second > 50 && second < 60) past.devices[0][Gauge::busy] = none(ReadingStatus::hung);
    model.history.add(past);
  }
  model.sample = made_up();
  model.history.add(model.sample);
  model.has_sample = true;
  model.time = "14:03:22";
  model.hostname = "node7";
  return model;
}

inline View usual_view() { return first_view(std::chrono::seconds(1)); }

/// What the screen shows, as text.
inline std::string shown(const Model& model, View& view, Size size, bool unicode = true) {
  Frame frame;
  frame.reset(size, unicode);
  draw(model, arrange(model.sample, view), view, frame);
  return frame.text();
}

inline Key letter(char32_t character) { return {KeyCode::character, character}; }
inline Key function_key(int number) { return {KeyCode::function, 0, number}; }

/// Presses keys one after the other, as the program does; gives back what the last one asks for.
inline Wish press_all(const Model& model, View& view, const std::vector<Key>& keys) {
  Wish wish = Wish::nothing;
  for (const Key& key : keys) {
    const Arranged arranged = arrange(model.sample, view);
    settle(view, model.sample, arranged);
    wish = press(key, model.sample, arranged, view);
  }
  settle(view, model.sample, arrange(model.sample, view));
  return wish;
}

}  // namespace accel::cli::top
