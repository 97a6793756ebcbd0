#include "base/uevent.hpp"

#include <gtest/gtest.h>

#include "base/uevent_socket.hpp"

namespace accel::base {
namespace {

std::string message(std::initializer_list<std::string_view> lines) {
  std::string made;
  for (const auto line : lines) made.append(line) += '\0';
  return made;
}

TEST(Uevent, IsReadAsTheKernelSendsIt) {
  const auto event =
      parse_uevent(message({"remove@/devices/pci0000:00/0000:01:00.0", "ACTION=remove",
                            "DEVPATH=/devices/pci0000:00/0000:01:00.0", "SUBSYSTEM=pci",
                            "PCI_CLASS=30000", "SEQNUM=7"}));

  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->action, "remove");
  EXPECT_EQ(event->device, "/devices/pci0000:00/0000:01:00.0");
  EXPECT_EQ(event->subsystem, "pci");
  EXPECT_EQ(event->value("PCI_CLASS"), "30000");
  EXPECT_EQ(event->value("NONE"), "");
}

TEST(Uevent, IsNoMessageOfUdev) {
  EXPECT_EQ(parse_uevent(message({"libudev", "ACTION=add"})).error().code, Errc::malformed);
}

TEST(Uevent, IsNotBelievedWhenItContradictsItself) {
  EXPECT_FALSE(parse_uevent(message({"add@/a", "ACTION=remove", "DEVPATH=/a", "SUBSYSTEM=pci"})));
  EXPECT_FALSE(parse_uevent(message({"add@/a", "ACTION=add", "DEVPATH=/b", "SUBSYSTEM=pci"})));
  EXPECT_FALSE(parse_uevent(message({"add@/a", "ACTION=add", "DEVPATH=/a"})));
  EXPECT_FALSE(parse_uevent(""));
}

TEST(UeventSocket, OpensWithoutPrivilegeAndDoesNotWait) {
  const auto socket = open_uevent_socket();
  if (!socket) GTEST_SKIP() << socket.error().message;

  EXPECT_FALSE((*socket)->pending().lost);
}

}  // namespace
}  // namespace accel::base
