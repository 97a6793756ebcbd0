// What the screen shows, as it stands in frames/; ACCEL_UPDATE_GOLDEN=1 writes them anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>

#include "unit/cli/top/made_up.hpp"

namespace accel::cli::top {
namespace {

struct Scene {
  std::string name;
  Size size;
  bool unicode;
  std::function<void(Model&, View&)> prepare;
};

void PrintTo(const Scene& scene, std::ostream* out) { *out << scene.name; }

void as_it_starts(Model& /*model*/, View& /*view*/) {}

void many_devices(Model& model, View& view) {
  model.sample.devices.clear();
  for (int i = 0; i < 64; ++i) model.sample.devices.push_back(gpu(i, i / 64.0, 100 + i));
  press_all(model, view, {{KeyCode::page_down}, {KeyCode::down}});
}

void with_problem(Model& model, View& view) {
  model.sample.problems = {"NVIDIA: driver/library version mismatch", "and another"};
  press_all(model, view, {{KeyCode::end}, {KeyCode::up}});
}

const std::vector<Scene>& scenes() {
  static const std::vector<Scene> all{
      {"80x24", {24, 80}, true, as_it_starts},
      {"120x40", {40, 120}, true, as_it_starts},
      {"300x80", {80, 300}, true, as_it_starts},
      {"40x12", {12, 40}, true, as_it_starts},
      {"20x5", {5, 20}, true, as_it_starts},
      {"10x2", {2, 10}, true, as_it_starts},
      {"1x1", {1, 1}, true, as_it_starts},
      {"80x24-ascii", {24, 80}, false, as_it_starts},
      {"80x24-64-devices", {24, 80}, true, many_devices},
      {"80x24-problem", {24, 80}, true, with_problem},
      {"80x24-waiting",
       {24, 80},
       true,
       [](Model& model, View&) {
         model = {};
         model.hostname = "node7";
       }},
      {"80x24-empty",
       {24, 80},
       true,
       [](Model& model, View&) {
         model.sample.devices.clear();
         model.sample.programs.clear();
       }},
      {"80x24-help",
       {24, 80},
       true,
       [](Model& model, View& view) { press_all(model, view, {function_key(1)}); }},
      {"80x24-sort",
       {24, 80},
       true,
       [](Model& model, View& view) {
         press_all(model, view, {function_key(6), {KeyCode::down}});
       }},
      {"80x24-filter",
       {24, 80},
       true,
       [](Model& model, View& view) {
         press_all(model, view, {{KeyCode::tab}, letter(U'\\'), letter(U'T'), letter(U'R')});
       }},
      {"80x24-details",
       {24, 80},
       true,
       [](Model& model, View& view) {
         model.sample.details = "[0] NVIDIA H100\n    Power 512 W\n";
         press_all(model, view, {{KeyCode::enter}});
       }},
      {"80x24-signal",
       {24, 80},
       true,
       [](Model&, View& view) {
         view.target = {2345, 1, "python3 train.py", "alice"};
         choose_signal(view);
       }},
      {"80x24-confirm",
       {24, 80},
       true,
       [](Model& model, View& view) {
         view.target = {2345, 1, "python3 train.py", "alice"};
         choose_signal(view);
         press_all(model, view, {{KeyCode::enter}});
       }},
  };
  return all;
}

class FrameOf : public ::testing::TestWithParam<Scene> {};

TEST_P(FrameOf, IsAsItWasAgreed) {
  const Scene& scene = GetParam();
  Model model = made_up_model();
  View view = usual_view();
  scene.prepare(model, view);
  const std::string file = ACCEL_SOURCE_DIR "/tests/unit/cli/top/frames/" + scene.name + ".txt";

  const std::string now = shown(model, view, scene.size, scene.unicode);

  if (std::getenv("ACCEL_UPDATE_GOLDEN") != nullptr) std::ofstream(file) << now;
  std::ostringstream agreed;
  agreed << std::ifstream(file).rdbuf();
  EXPECT_EQ(now, agreed.str());
}

INSTANTIATE_TEST_SUITE_P(All, FrameOf, ::testing::ValuesIn(scenes()), [](const auto& scene) {
  std::string name = scene.param.name;
  for (char& letter : name) {
    if (letter == '-') letter = '_';
  }
  return name;
});

TEST(Screen, FitsEverySize) {
  const Model model = made_up_model();
  for (const std::size_t rows : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 24, 50}) {
    for (const std::size_t columns : {1, 2, 3, 4, 5, 8, 20, 39, 80, 133, 320}) {
      View view = usual_view();
      for (const Mode mode : {Mode::lists, Mode::help, Mode::details, Mode::sort, Mode::filter,
                              Mode::search, Mode::signal, Mode::confirm}) {
        view.mode = mode;
        const std::string text = shown(model, view, {rows, columns});
        ASSERT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), rows);
      }
    }
  }
}

TEST(Screen, IsAllAsciiWhereTheLocaleIs) {
  const Model model = made_up_model();
  View view = usual_view();

  const std::string text = shown(model, view, {40, 120}, false);

  EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return c > 0 && c < 0x7F; }));
}

TEST(Screen, ShowsWhatADeviceCannotTellAsAWordAndNeverAsZero) {
  Model model = made_up_model();
  model.sample.devices = {gpu(0, 0, 0)};
  model.sample.programs.clear();
  model.sample.devices[0].figures.fill(none(ReadingStatus::no_permission));
  View view = usual_view();

  const std::string text = shown(model, view, {24, 80});

  EXPECT_NE(text.find("perm"), std::string::npos) << text;
  EXPECT_EQ(text.find(" 0%"), std::string::npos) << text;
  EXPECT_EQ(text.find(" 0 W"), std::string::npos) << text;
}

TEST(Screen, SumsThePowerOfThoseThatTellAndSaysHowMany) {
  const Model model = made_up_model();
  View view = usual_view();

  EXPECT_NE(shown(model, view, {24, 120}).find("1314 W (of 4)"), std::string::npos);
}

TEST(Screen, LeavesOutColumnsThatNoRowFills) {
  Model model = made_up_model();
  View view = usual_view();
  const std::string filled = shown(model, view, {24, 300});
  EXPECT_NE(filled.find("CONTAINER"), std::string::npos) << filled;

  for (ProgramRow& row : model.sample.programs) row.container.clear();
  const std::string empty = shown(model, view, {24, 300});
  EXPECT_EQ(empty.find("CONTAINER"), std::string::npos) << empty;
}

TEST(Screen, KeepsTheSelectedRowOnTheScreen) {
  Model model = made_up_model();
  model.sample.devices.clear();
  for (int i = 0; i < 64; ++i) model.sample.devices.push_back(gpu(i, 0.5, 100));
  View view = usual_view();
  press_all(model, view, {{KeyCode::end}});

  EXPECT_NE(shown(model, view, {24, 80}).find(" 63 H100"), std::string::npos);
}

TEST(Screen, ShowsControlCharactersOfNamesAsSigns) {
  Model model = made_up_model();
  model.sample.programs[0].name = "evil\x1b[2Jname";
  View view = usual_view();

  EXPECT_EQ(shown(model, view, {24, 80}).find('\x1b'), std::string::npos);
}

TEST(OnceText, IsAsWideAsAskedAndAsHighAsNeeded) {
  const std::string text = text_of(made_up_model(), 100, true);

  EXPECT_NE(text.find("H100 80GB HBM3"), std::string::npos) << text;
  EXPECT_NE(text.find("/opt/vasp/bin/vasp_std"), std::string::npos) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 1 + 5 + 1 + 1 + 4);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(text_width(line), 100U) << line;
}

}  // namespace
}  // namespace accel::cli::top
