#include "core/kernel_log.hpp"

#include <gtest/gtest.h>

#include "support/as_nobody.hpp"
#include "support/fake_tree.hpp"

namespace accel {
namespace {

using testing::FakeTree;

TEST(KernelLog, HasTimeAndTextOfEachRecord) {
  const auto messages = parse_kernel_log(
      "6,339,5140900,-;first; part\n SUBSYSTEM=pci\n"
      "3,340,5140901,c,caller=T1;second\n");

  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[0].time, std::chrono::microseconds(5140900));
  EXPECT_EQ(messages[0].text, "first; part");
  EXPECT_EQ(messages[1].text, "second");
}

TEST(KernelLog, LeavesOutWhatIsNoRecord) {
  EXPECT_TRUE(parse_kernel_log("").empty());
  EXPECT_TRUE(parse_kernel_log("no record\n;\n1;x\n1,2;x\n1,2,x,-;y\n1,2,-3,-;y\n").empty());
}

TEST(KernelLog, IsReadOfARecording) {
  FakeTree tree;
  tree.file("dev/kmsg", "6,1,10,-;hello\n");

  const auto log = kernel_log(Machine{.root = tree.root()});
  ASSERT_TRUE(log);
  ASSERT_EQ(log->size(), 1U);
  EXPECT_EQ(kernel_log(Machine{.root = tree.root() / "none"}).error().code,
            Errc::operation_not_supported);
}

TEST(KernelLog, SaysWhatWouldShowAHiddenOne) {
  FakeTree tree;
  tree.file("dev/kmsg", "6,1,10,-;hello\n");
  std::filesystem::permissions(tree.root() / "dev/kmsg", std::filesystem::perms::owner_read);
  std::filesystem::permissions(tree.root(), std::filesystem::perms::all);

  EXPECT_EQ(testing::as_nobody([&] {
              const auto log = kernel_log(Machine{.root = tree.root()});
              return !log && log.error().code == Errc::permission_denied &&
                     !log.error().remedy.empty();
            }),
            1);
}

}  // namespace
}  // namespace accel
