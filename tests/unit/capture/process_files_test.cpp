#include "capture/process_files.hpp"

#include <gtest/gtest.h>

namespace accel::capture {
namespace {

class ProcessFiles : public ::testing::Test {
 protected:
  std::string scrubbed(std::string_view file, std::string_view text) {
    return scrubbed_process_file(file, text, secrets_);
  }

  Secrets secrets_{Pseudonyms({7, 8})};
};

TEST_F(ProcessFiles, NameTheSameProgramAlike) {
  const std::string words("/usr/bin/train\0--data\0/secret\0", 30);
  const std::string name = secrets_.process("train");

  EXPECT_EQ(scrubbed("comm", "train\n"), name + "\n");
  EXPECT_TRUE(scrubbed("cmdline", words).starts_with(name + '\0'));
  EXPECT_EQ(scrubbed("cmdline", words).find("secret"), std::string::npos);
  EXPECT_EQ(scrubbed("status", "Name:\ttrain\nPid:\t7\n"), "Name:\t" + name + "\nPid:\t7\n");
  EXPECT_EQ(scrubbed("stat", "7 (train) S 1"), "7 (" + name + ") S 1");
}

TEST_F(ProcessFiles, KeepAnEmptyCommandLineEmpty) {
  EXPECT_EQ(scrubbed("cmdline", ""), "") << "a kernel thread stays one";
}

TEST_F(ProcessFiles, HideTheNamesOfUnitsAndKeepContainers) {
  const std::string id(64, 'c');

  const std::string unit = scrubbed("cgroup", "0::/system.slice/evelyns-job.service\n");
  EXPECT_EQ(unit.find("evelyn"), std::string::npos);
  EXPECT_TRUE(unit.starts_with("0::/system.slice/unit-")) << unit;
  EXPECT_TRUE(unit.ends_with(".service\n"));
  EXPECT_EQ(scrubbed("cgroup", "0::/docker/" + id), "0::/docker/" + id);
}

TEST_F(ProcessFiles, KeepOfPeopleTheirNumbers) {
  const std::string passwd =
      "root:x:0:0:root:/root:/bin/bash\nevelyn:x:1000:1000:Evelyn "
      "Smith,,555-1234:/home/evelyn:/b\n";
  find_people(passwd, secrets_);

  const std::string made = scrubbed_passwd(passwd, secrets_);
  EXPECT_TRUE(made.starts_with("root:x:0:0:"));
  EXPECT_NE(made.find(":x:1000:1000:"), std::string::npos);
  for (const char* word : {"evelyn", "Evelyn", "Smith", "555"}) {
    EXPECT_EQ(made.find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace accel::capture
