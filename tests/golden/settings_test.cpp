// What can be set on every recorded card, and what would be written for it, as in
// VENDOR/CARD.settings. Nothing is written: a recording has no drivers. After a change that is
// meant, run this with ACCEL_UPDATE_GOLDEN=1 and look at the difference.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "accel/backends.hpp"
#include "base/number.hpp"
#include "golden/mount.hpp"
#include "support/settings.hpp"

namespace accel::golden {
namespace {

namespace fs = std::filesystem;

std::string number_or(const std::optional<double>& number) {
  return number ? base::number_text(*number) : "?";
}

std::string text_of(const Reading<SetpointValue>& reading) {
  return reading ? to_text(*reading) : "(" + reading.reason() + ")";
}

std::string text_of(const SetpointRange& range) {
  if (!range.words.empty()) {
    std::string words;
    for (const std::string& word : range.words) words += (words.empty() ? "" : " ") + word;
    return words;
  }
  if (!range.steps.empty()) {
    std::string steps;
    for (const double step : range.steps) {
      steps += (steps.empty() ? "" : " ") + base::number_text(step);
    }
    return steps;
  }
  const std::string ends = number_or(range.min) + ".." + number_or(range.max);
  return range.unchecked.empty() ? ends : ends + " unchecked: " + range.unchecked;
}

/// A value that the range takes, near its upper end.
SetpointValue example(const SetpointRow& row, const SetpointRange& range) {
  const double high = range.steps.empty() ? range.max.value_or(100) : range.steps.back();
  const double low = range.steps.empty() ? range.min.value_or(0) : range.steps.front();
  switch (row.kind) {
    case SetpointKind::number: return high;
    case SetpointKind::span: return NumberSpan{low, high};
    case SetpointKind::flag: return true;
    case SetpointKind::word: return range.words.empty() ? std::string() : range.words.back();
    case SetpointKind::curve: return FanCurve{{{40, low}, {90, high}}};
  }
  return {};
}

std::string text_of(const Result<std::vector<KnobWrite>>& writes) {
  if (!writes) return "(" + writes.error().text() + ")";
  std::string all;
  for (const std::string& one : accel::testing::texts_of(*writes)) {
    all += (all.empty() ? "" : " | ") + one;
  }
  return all;
}

void describe(Controller& controller, std::string& out) {
  for (const SetpointRow* row : setpoints()) {
    const auto state = controller.state(*row);
    out += std::string(row->name) + "\n";
    if (!state) {
      out += "  " + state.error().text() + "\n";
      continue;
    }
    const SetpointValue value = example(*row, state->range);
    out += "  now     " + text_of(state->present) + "\n";
    out += "  usual   " + text_of(state->usual) + "\n";
    out += "  range   " + text_of(state->range) + "\n";
    out += "  " + to_text(value) + "\n    " +
           text_of(accel::testing::plan(controller, {{row, value}})) + "\n";
    out += "  reset\n    " + text_of(controller.default_writes(*row)) + "\n";
  }
}

/// Paths as on the machine itself.
std::string without(const std::string& root, std::string text) {
  for (auto at = text.find(root); at != std::string::npos; at = text.find(root, at)) {
    text.erase(at, root.size());
  }
  return text;
}

std::string settings_of(const Capture& capture) {
  accel::testing::FakeTree machine;
  mount(capture, machine);
  System system(Machine{.root = machine.root()}, all_backends());
  system.discover();
  std::string text;
  const auto done = accel::testing::on_device(system, 0, [&](Controller& c) -> Result<void> {
    describe(c, text);
    return {};
  });
  EXPECT_TRUE(done) << done.error().text();
  return without(machine.root().string(), text);
}

TEST(CapturedSettings, AreAsTheirGoldensSay) {
  const auto all = captures();
  if (all.empty()) GTEST_SKIP() << "ACCEL_CAPTURES is not set";
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  const bool update = std::getenv("ACCEL_UPDATE_GOLDEN") != nullptr;
  for (const Capture& capture : all) {
    SCOPED_TRACE(capture.vendor + "/" + capture.card);
    const fs::path golden = fs::path(ACCEL_GOLDENS) / capture.vendor / (capture.card + ".settings");
    const std::string now = settings_of(capture);
    if (update) std::ofstream(golden) << now;
    std::ostringstream known;
    known << std::ifstream(golden).rdbuf();
    EXPECT_EQ(now, known.str());
  }
}

TEST(CapturedSettings, AreNotWritten) {
  const auto all = captures();
  if (all.empty()) GTEST_SKIP() << "ACCEL_CAPTURES is not set";
  accel::testing::FakeTree machine;
  mount(all.front(), machine);
  System system(Machine{.root = machine.root()}, all_backends());
  system.discover();
  const auto done = accel::testing::set(system, 0, {{&setpoint::sm_clock_mhz, 1000.0}});
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("a recorded machine has no drivers"), std::string::npos)
      << done.error().text();
}

}  // namespace
}  // namespace accel::golden
