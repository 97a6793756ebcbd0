// Samples on their way between two processes.
#include "cli/top/wire.hpp"

#include <gtest/gtest.h>

#include "unit/cli/top/made_up.hpp"

namespace accel::cli::top {
namespace {

std::string encoded(const Message& message) {
  std::string bytes;
  encode(message, bytes);
  return bytes;
}

std::string_view without_length(std::string_view bytes) { return bytes.substr(4); }

Sample sent_and_received(const Sample& sample) {
  const std::string bytes = encoded(sample);
  auto message = decode(without_length(bytes));
  EXPECT_TRUE(message) << message.error().message;
  return message ? std::get<Sample>(*message) : Sample{};
}

TEST(Wire, CarriesEverythingThatIsShown) {
  Sample sample = made_up();
  sample.problems = {"one", "two"};
  sample.changes = {"H200 at 0000:41:00.0: is new"};
  sample.details = "all of it";

  // Equal to what is drawn: frames are made of every field.
  Model sent = made_up_model();
  sent.sample = sample;
  Model received = sent;
  received.sample = sent_and_received(sample);
  for (const Mode mode : {Mode::lists, Mode::details}) {
    View one = usual_view();
    View other = usual_view();
    one.mode = other.mode = mode;
    EXPECT_EQ(shown(sent, one, {60, 300}), shown(received, other, {60, 300}));
  }
  EXPECT_EQ(encoded(sample), encoded(received.sample));
}

TEST(Wire, CarriesAnError) {
  const std::string bytes = encoded(Error{Errc::gpu_not_found, "no GPU 9", "see accel list", {}});

  const auto message = decode(without_length(bytes));

  ASSERT_TRUE(message);
  EXPECT_EQ(std::get<Error>(*message).code, Errc::gpu_not_found);
  EXPECT_EQ(std::get<Error>(*message).message, "no GPU 9");
  EXPECT_EQ(std::get<Error>(*message).remedy, "see accel list");
}

TEST(Wire, RefusesAMessageThatWasCutOffAnywhere) {
  const std::string bytes = encoded(made_up());
  const std::string_view whole = without_length(bytes);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    ASSERT_FALSE(decode(whole.substr(0, length))) << length;
  }
}

TEST(Wire, RefusesAProgramOfADeviceThatIsNotThere) {
  Sample sample = made_up();
  sample.programs[0].device = sample.devices.size();

  EXPECT_FALSE(decode(without_length(encoded(sample))));
}

TEST(Wire, RefusesWordsThatDoNotExist) {
  Sample sample = made_up();
  sample.devices[0].state = static_cast<DeviceState>(99);

  EXPECT_FALSE(decode(without_length(encoded(sample))));
}

TEST(Inbox, GivesMessagesAsTheyBecomeWhole) {
  const std::string one = encoded(made_up());
  const std::string two = encoded(Error{Errc::io_error, "late", "", {}});
  const std::string both = one + two;
  Inbox inbox;
  std::vector<std::string> messages;
  for (const char byte : both) {
    inbox.add({&byte, 1});
    for (auto next = inbox.next(); !next.empty(); next = inbox.next()) messages.emplace_back(next);
  }

  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[0], without_length(one));
  EXPECT_EQ(messages[1], without_length(two));
}

TEST(Inbox, SeesThatALengthIsNonsense) {
  Inbox inbox;
  inbox.add("\xFF\xFF\xFF\xFF");

  EXPECT_TRUE(inbox.next().empty());
  EXPECT_TRUE(inbox.is_nonsense());
}

}  // namespace
}  // namespace accel::cli::top
