#include "backends/nvidia/events.hpp"

#include "backends/nvidia/xid.hpp"
#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {
namespace {

using std::chrono::milliseconds;

class NvidiaEvents : public NvidiaTest {};

TEST_F(NvidiaEvents, TellAnXidWithItsMeaningAndNextStep) {
  add_gpu();
  script().events = {{0, 8, 79}};
  discover();

  const auto event = backend().events()->next(milliseconds(10));
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->kind, DeviceEventKind::xid);
  EXPECT_EQ(event->code, 79U);
  EXPECT_EQ(event->uuid, info().uuid);
  EXPECT_EQ(event->severity, Severity::high);
  EXPECT_EQ(event->time, clock_->wall());
  EXPECT_NE(event->text.find("off the bus"), std::string::npos);
  EXPECT_FALSE(event->next_step.empty());
}

TEST_F(NvidiaEvents, TimeOutWhenNothingHappens) {
  add_gpu();
  discover();

  const auto event = backend().events()->next(milliseconds(10));
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().code, Errc::timeout);
}

TEST_F(NvidiaEvents, AreAskedForOnlyAsFarAsTheDriverKnowsThem) {
  add_gpu().event_types = 0x1F;
  discover();

  (void)backend().events()->next(milliseconds(10));
  EXPECT_EQ(script().registered_events, 0x1FU);
}

TEST_F(NvidiaEvents, OfAGpuThatGivesNoneSaySo) {
  add_gpu().event_types.reset();
  discover();

  const auto event = backend().events()->next(milliseconds(10));
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().code, Errc::operation_not_supported);
}

TEST_F(NvidiaEvents, DoNotWakeASuspendedGpu) {
  add_gpu(0x41, suspended());
  discover();

  const auto event = backend().events()->next(milliseconds(10));
  EXPECT_FALSE(event);
  EXPECT_TRUE(script().calls.empty());
}

TEST_F(NvidiaEvents, AreListenedToAnewAfterADiscovery) {
  add_gpu(0x41);
  discover();
  (void)backend().events()->next(milliseconds(10));
  add_gpu(0x42);
  discover();
  script().events = {{1, 2, 0}};

  const auto event = backend().events()->next(milliseconds(10));
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->uuid, info(1).uuid);
  EXPECT_EQ(event->kind, DeviceEventKind::ecc_uncorrected);
  EXPECT_EQ(calls_of("nvmlEventSetFree"), 1);
}

TEST_F(NvidiaEvents, OfUnknownTypesAreTold) {
  const DeviceEvent event = describe_event(std::uint64_t{1} << 40, 7);
  EXPECT_EQ(event.kind, DeviceEventKind::other);
  EXPECT_EQ(event.code, std::uint64_t{1} << 40);
}

TEST(Xid, OfAProgramIsNotTheGpusFault) {
  for (const std::uint64_t code : {13, 31, 43, 45, 68, 109}) {
    EXPECT_EQ(xid_meaning(code).severity, Severity::low) << code;
  }
}

TEST(Xid, OfTheGpuOrItsMemoryHasANextStep) {
  for (const std::uint64_t code :
       {48, 61, 62, 63, 64, 69, 74, 79, 92, 94, 95, 119, 120, 140, 154}) {
    EXPECT_EQ(xid_meaning(code).code, code);
    EXPECT_NE(xid_meaning(code).severity, Severity::low) << code;
    EXPECT_FALSE(xid_meaning(code).next_step.empty()) << code;
  }
}

TEST(Xid, ThatIsUnknownSaysSo) {
  EXPECT_NE(xid_meaning(4711).text.find("no description"), std::string_view::npos);
}

}  // namespace
}  // namespace accel::nvidia
