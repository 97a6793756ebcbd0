// Keys: from one state of the view to the next.
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/cli/top/made_up.hpp"

namespace accel::cli::top {
namespace {

class Keys : public ::testing::Test {
 protected:
  Keys() {
    view_.list(Pane::devices).rows = 10;
    view_.list(Pane::programs).rows = 10;
  }
  Wish press(const std::vector<Key>& keys) { return press_all(model_, view_, keys); }
  Wish type(std::u32string_view text) {
    Wish wish = Wish::nothing;
    for (const char32_t character : text) wish = press({letter(character)});
    return wish;
  }
  /// The programs' numbers from top to bottom.
  std::vector<std::int64_t> pids() {
    std::vector<std::int64_t> all;
    for (const std::size_t i : arrange(model_.sample, view_).programs) {
      all.push_back(model_.sample.programs[i].pid);
    }
    return all;
  }
  std::vector<int> devices() {
    std::vector<int> all;
    for (const std::size_t i : arrange(model_.sample, view_).devices) {
      all.push_back(model_.sample.devices[i].number);
    }
    return all;
  }
  std::int64_t selected_pid() {
    const Arranged arranged = arrange(model_.sample, view_);
    return model_.sample.programs[arranged.programs[view_.list(Pane::programs).place]].pid;
  }

  Model model_ = made_up_model();
  View view_ = usual_view();
};

using Pids = std::vector<std::int64_t>;
using Numbers = std::vector<int>;

TEST_F(Keys, QuitByLetterAndFunctionKey) {
  EXPECT_EQ(press({letter(U'q')}), Wish::quit);
  EXPECT_EQ(press({function_key(10)}), Wish::quit);
  EXPECT_EQ(press({letter(U'y')}), Wish::nothing);
}

TEST_F(Keys, MoveTheSelectionOfTheListThatHasTheFocus) {
  press({{KeyCode::down}, {KeyCode::down}});
  EXPECT_EQ(view_.list(Pane::devices).place, 2U);
  EXPECT_EQ(view_.list(Pane::programs).place, 0U);

  press({{KeyCode::tab}, {KeyCode::end}});
  EXPECT_EQ(view_.list(Pane::programs).place, 3U);
  press({{KeyCode::up}, {KeyCode::page_up}, {KeyCode::up}});
  EXPECT_EQ(view_.list(Pane::programs).place, 0U);
}

TEST_F(Keys, ProgramsAreSortedByBusyFirstAndTheUnknownIsLast) {
  EXPECT_EQ(pids(), (Pids{2400, 2345, 2399, 911}));
}

TEST_F(Keys, SortByLetter) {
  press({{KeyCode::tab}, letter(U'N')});
  EXPECT_EQ(pids(), (Pids{911, 2345, 2399, 2400}));
  press({letter(U'I')});
  EXPECT_EQ(pids(), (Pids{2400, 2399, 2345, 911}));
  press({letter(U'M')});
  EXPECT_EQ(pids(), (Pids{2400, 2345, 2399, 911}));
}

TEST_F(Keys, UnknownValuesStayLastWhenTheOrderIsTurnedRound) {
  press({{KeyCode::tab}, letter(U'P'), letter(U'I')});

  EXPECT_EQ(pids(), (Pids{2399, 2345, 2400, 911}));
}

TEST_F(Keys, SortMenuSortsTheListThatHasTheFocus) {
  press({function_key(6)});
  ASSERT_EQ(view_.mode, Mode::sort);
  // ID, DEVICE, BUSY
  press({{KeyCode::down}, {KeyCode::down}, {KeyCode::enter}});

  EXPECT_EQ(view_.mode, Mode::lists);
  EXPECT_EQ(devices(), (Numbers{1, 0, 2, 3, 4}));
}

TEST_F(Keys, EscapeLeavesAMenuAsItWas) {
  press({function_key(6), {KeyCode::end}, {KeyCode::escape}});

  EXPECT_EQ(view_.mode, Mode::lists);
  EXPECT_EQ(devices(), (Numbers{0, 1, 2, 3, 4}));
}

TEST_F(Keys, FilterShowsOnlyRowsThatContainTheText) {
  press({{KeyCode::tab}, function_key(4)});
  type(U"tRITon");
  EXPECT_EQ(pids(), (Pids{2399}));

  press({{KeyCode::enter}});
  EXPECT_EQ(view_.mode, Mode::lists);
  EXPECT_EQ(pids(), (Pids{2399}));
  press({function_key(4), {KeyCode::escape}});
  EXPECT_EQ(pids().size(), 4U);
}

TEST_F(Keys, FilterFindsUserNumberAndContainer) {
  press({{KeyCode::tab}});
  for (const std::u32string_view text : {U"bob", U"2399", U"9a2b7d"}) {
    press({function_key(4)});
    type(text);
    EXPECT_EQ(pids(), (Pids{2399}));
    press({{KeyCode::escape}});
  }
}

TEST_F(Keys, FilterOfDevicesFindsVendorAndAddress) {
  press({function_key(4)});
  type(U"amd");
  EXPECT_EQ(devices(), (Numbers{4}));
}

TEST_F(Keys, BackspaceTakesAWholeLetterAway) {
  press({{KeyCode::tab}, function_key(4)});
  type(U"xö");
  press({{KeyCode::backspace}, {KeyCode::backspace}});

  EXPECT_EQ(view_.typed, "");
  EXPECT_EQ(pids().size(), 4U);
}

TEST_F(Keys, QIsALetterWhileOneTypes) {
  press({function_key(4)});

  EXPECT_EQ(type(U"q"), Wish::nothing);
  EXPECT_EQ(view_.typed, "q");
}

TEST_F(Keys, SearchSelectsTheNextRowThatContainsTheText) {
  press({{KeyCode::tab}, function_key(3)});
  type(U"tr");
  EXPECT_EQ(selected_pid(), 2345);
  press({{KeyCode::enter}, letter(U'n')});
  EXPECT_EQ(selected_pid(), 2399);
  press({letter(U'n')});
  EXPECT_EQ(selected_pid(), 2345);
}

TEST_F(Keys, SearchForWhatIsNotThereSaysSo) {
  press({function_key(3)});
  type(U"zzz");

  EXPECT_EQ(view_.message, "nothing contains 'zzz'");
}

TEST_F(Keys, SelectionFollowsTheProgramWhenTheOrderChanges) {
  press({{KeyCode::tab}, {KeyCode::down}});
  ASSERT_EQ(selected_pid(), 2345);

  model_.sample.programs[0].busy = ok(0.001);
  press({});
  EXPECT_EQ(selected_pid(), 2345);
  EXPECT_EQ(view_.list(Pane::programs).place, 2U);
}

TEST_F(Keys, SelectionStaysNearWhenTheProgramEnds) {
  press({{KeyCode::tab}, {KeyCode::end}});
  model_.sample.programs.pop_back();
  press({});

  EXPECT_EQ(view_.list(Pane::programs).place, 2U);
}

TEST_F(Keys, MarkedDevicesLimitThePrograms) {
  press({letter(U' ')});
  EXPECT_EQ(pids(), (Pids{2345, 2399}));
  press({{KeyCode::end}, letter(U' ')});
  EXPECT_EQ(pids(), (Pids{2345, 2399, 911}));
  press({letter(U'U')});
  EXPECT_EQ(pids().size(), 4U);
}

TEST_F(Keys, IntervalStopsAtBothEnds) {
  for (int i = 0; i < 20; ++i) press({letter(U'-')});
  EXPECT_EQ(view_.interval, std::chrono::milliseconds(100));
  for (int i = 0; i < 20; ++i) press({letter(U'+')});
  EXPECT_EQ(view_.interval, std::chrono::seconds(10));
}

TEST_F(Keys, IntervalGoesOnFromOneThatIsNotAmongThem) {
  view_.interval = std::chrono::milliseconds(700);
  press({letter(U'+')});
  EXPECT_EQ(view_.interval, std::chrono::seconds(1));
  view_.interval = std::chrono::milliseconds(700);
  press({letter(U'-')});
  EXPECT_EQ(view_.interval, std::chrono::milliseconds(500));
}

TEST_F(Keys, PauseGraphsAndRescanAreSwitches) {
  press({letter(U'p'), letter(U'g'), letter(U'R')});
  EXPECT_TRUE(view_.paused);
  EXPECT_FALSE(view_.graphs);
  EXPECT_EQ(view_.rescans, 1U);
  press({letter(U'Z'), letter(U'g')});
  EXPECT_FALSE(view_.paused);
  EXPECT_TRUE(view_.graphs);
}

TEST_F(Keys, HelpAndDetailsAreClosedAgain) {
  for (const Key& opens : {function_key(1), letter(U'?'), function_key(5), Key{KeyCode::enter}}) {
    press({opens});
    EXPECT_NE(view_.mode, Mode::lists);
    EXPECT_EQ(press({letter(U'q')}), Wish::nothing) << "closes the page, not the program";
    EXPECT_EQ(view_.mode, Mode::lists);
  }
}

TEST_F(Keys, ASignalIsAskedForOnlyInTheListOfPrograms) {
  EXPECT_EQ(press({function_key(9)}), Wish::nothing);
  EXPECT_EQ(view_.pane, Pane::programs);
  EXPECT_EQ(press({function_key(9)}), Wish::identify);
  EXPECT_EQ(view_.target.pid, 2400);
}

TEST_F(Keys, ThereIsNothingToSignalWhereNoProgramIs) {
  model_.sample.programs.clear();
  press({{KeyCode::tab}});

  EXPECT_EQ(press({letter(U'k')}), Wish::nothing);
  EXPECT_NE(view_.message, "");
}

TEST_F(Keys, OnlyAYesSendsASignal) {
  const std::vector<Key> others{
      letter(U'n'),   letter(U' '),    letter(U'q'),    {KeyCode::enter}, {KeyCode::escape},
      {KeyCode::tab}, {KeyCode::down}, function_key(9), letter(U'k'),     {KeyCode::backspace}};
  for (const Key& key : others) {
    choose_signal(view_);
    press({{KeyCode::enter}});
    ASSERT_EQ(view_.mode, Mode::confirm);
    EXPECT_EQ(press({key}), Wish::nothing);
    EXPECT_EQ(view_.mode, Mode::lists);
    EXPECT_EQ(view_.message, "nothing was sent");
  }
  for (const char32_t yes : {U'y', U'Y'}) {
    choose_signal(view_);
    press({{KeyCode::enter}});
    EXPECT_EQ(press({letter(yes)}), Wish::send);
  }
}

TEST_F(Keys, NothingIsSentFromTheMenuItself) {
  choose_signal(view_);

  EXPECT_EQ(press({letter(U'y')}), Wish::nothing);
  EXPECT_EQ(view_.mode, Mode::signal);
}

TEST_F(Keys, TheChosenSignalIsTheOneUnderTheBar) {
  choose_signal(view_);
  press({{KeyCode::down}, {KeyCode::down}, {KeyCode::down}, {KeyCode::down}, {KeyCode::enter}});

  EXPECT_EQ(signals()[view_.menu].name, "SIGKILL");
}

TEST_F(Keys, TheTargetStaysWhateverTheListDoes) {
  press({{KeyCode::tab}, function_key(9)});
  choose_signal(view_);
  press({{KeyCode::enter}});
  model_.sample.programs.erase(model_.sample.programs.begin() + 2);

  EXPECT_EQ(press({letter(U'y')}), Wish::send);
  EXPECT_EQ(view_.target.pid, 2400);
}

TEST(KeyTables, NameEveryColumnThatCanBeSortedByOnce) {
  for (const Pane pane : {Pane::devices, Pane::programs}) {
    const auto columns = columns_of(pane);
    for (const Column& column : columns) {
      EXPECT_EQ(std::ranges::count(columns, column.heading, &Column::heading), 1) << column.heading;
      EXPECT_GE(column.most, column.least) << column.heading;
    }
  }
}

}  // namespace
}  // namespace accel::cli::top
