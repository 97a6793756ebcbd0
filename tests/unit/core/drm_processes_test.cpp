#include "core/drm_processes.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "accel/metric.hpp"

#include "support/as_nobody.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_tree.hpp"

namespace accel {
namespace {

using accel::testing::FakeClock;
using accel::testing::FakeTree;
using std::chrono::seconds;

constexpr std::array<std::string_view, 2> kDrivers{"amdgpu", "xe"};
constexpr std::array kEngines{
    DrmVocabulary::Engine{"gfx", EngineUse::graphics},
    DrmVocabulary::Engine{"compute", EngineUse::compute},
    DrmVocabulary::Engine{"rcs", EngineUse::graphics},
    DrmVocabulary::Engine{"dec", EngineUse::decoding},
};
constexpr std::array<std::string_view, 1> kMemory{"vram"};
const DrmPlace kPlace{"0000:03:00.0", {"/dev/accel/accel0"}};

class DrmProcessList : public ::testing::Test {
 protected:
  /// One descriptor of a program, with what the kernel tells of it.
  void open(int pid, int fd, const std::string& fdinfo,
            const std::string& node = "/dev/dri/renderD128") {
    const auto folder = std::filesystem::path("proc") / std::to_string(pid);
    tree_.file(folder / "comm", "game\n")
        .file(folder / "cmdline", std::string("/usr/bin/game\0--fast\0", 21))
        .file(folder / "status", "Name:\tgame\nUid:\t1000\t1000\t1000\t1000\n")
        .file(folder / "fdinfo" / std::to_string(fd), fdinfo)
        .remove(folder / "fd" / std::to_string(fd))
        .link(folder / "fd" / std::to_string(fd), node);
  }
  static std::string client(int id, const std::string& rest,
                            const std::string& pdev = "0000:03:00.0") {
    return "drm-driver:\tamdgpu\ndrm-pdev:\t" + pdev + "\ndrm-client-id:\t" + std::to_string(id) +
           "\n" + rest;
  }
  ProcessList list() { return processes_.processes(machine_); }

  FakeTree tree_;
  std::shared_ptr<FakeClock> clock_ = std::make_shared<FakeClock>();
  Machine machine_{.root = tree_.root(), .clock = clock_};
  DrmProcesses processes_{kPlace, {kDrivers, kEngines, kMemory, true, true}};
};

TEST_F(DrmProcessList, IsEmptyWhereNobodyUsesTheDevice) {
  open(100, 3, client(1, "", "0000:04:00.0"));
  open(101, 3, "pos:\t0\n", "/dev/null");

  EXPECT_TRUE(list().processes.empty());
  EXPECT_EQ(list().hidden.count().optional(), 0);
}

TEST_F(DrmProcessList, NamesTheProgramAndItsMemory) {
  open(100, 3, client(1, "drm-resident-vram:\t512 KiB\ndrm-resident-gtt:\t9 MiB\n"));

  const auto found = list();

  ASSERT_EQ(found.processes.size(), 1U);
  EXPECT_EQ(found.processes[0].pid, 100);
  EXPECT_EQ(*found.processes[0].name, "/usr/bin/game");
  EXPECT_EQ(*found.processes[0].user, "1000");
  EXPECT_EQ(*found.processes[0].memory, bytes(524288)) << "gtt is the host's memory";
}

TEST_F(DrmProcessList, SaysThatMemoryIsUnsupportedRatherThanZero) {
  open(100, 3, client(1, ""));

  EXPECT_EQ(list().processes.at(0).memory.status(), ReadingStatus::unsupported);
}

TEST_F(DrmProcessList, CountsAClientOnceHoweverManyDescriptorsItHas) {
  const std::string first = client(1, "drm-resident-vram:\t1 MiB\n");
  open(100, 3, first);
  open(100, 4, first);
  open(100, 5, client(2, "drm-resident-vram:\t4 MiB\n"));
  open(200, 3, first);

  const auto found = list();

  ASSERT_EQ(found.processes.size(), 1U) << "the child holds nothing of its own";
  EXPECT_EQ(*found.processes[0].memory, mebibytes(5));
}

TEST_F(DrmProcessList, HasARowForAProgramOnEachOfTwoDevicesAndCountsTheHiddenOnce) {
  DrmProcesses other({"0000:04:00.0", {}}, {kDrivers, kEngines, kMemory});
  open(100, 3, client(1, ""));
  open(100, 4, client(2, ""));
  open(100, 5, client(3, "", "0000:04:00.0"));
  tree_.file("proc/200/cmdline", "secret").directory("proc/200/fd");
  std::filesystem::permissions(tree_.root() / "proc/200/fd", std::filesystem::perms::none);
  std::filesystem::permissions(tree_.root(), std::filesystem::perms(0755));

  EXPECT_EQ(accel::testing::as_nobody([&] {
              const auto first = list();
              const auto second = other.processes(machine_);
              HiddenPrograms hidden = first.hidden;
              hidden.add(second.hidden);
              return first.processes.size() == 1 && second.processes.size() == 1 &&
                     hidden.count().optional() == 1;
            }),
            1);
}

TEST_F(DrmProcessList, HasNoShareBeforeTheSecondLook) {
  open(100, 3, client(1, "drm-engine-gfx:\t5000000000 ns\n"));

  EXPECT_EQ(list().processes.at(0).utilization.status(), ReadingStatus::pending);
}

TEST_F(DrmProcessList, TellsTheShareOfTimeSinceTheLookBefore) {
  open(100, 3, client(1, "drm-engine-gfx:\t5000000000 ns\n"));
  (void)list();
  clock_->advance(seconds(2));
  open(100, 3, client(1, "drm-engine-gfx:\t5500000000 ns\ndrm-engine-dec:\t2000000000 ns\n"));

  const auto row = list().processes.at(0);

  EXPECT_DOUBLE_EQ(row.utilization->value, 0.25);
  EXPECT_DOUBLE_EQ(row.utilization_decoder->value, 1.0);
  EXPECT_EQ(row.utilization_encoder.status(), ReadingStatus::unsupported);
}

TEST_F(DrmProcessList, TakesAnEngineWithoutALineForUnused) {
  open(100, 3, client(1, "drm-engine-gfx:\t7 ns\n"));
  (void)list();
  clock_->advance(seconds(1));

  EXPECT_DOUBLE_EQ(list().processes.at(0).utilization_decoder->value, 0.0);
}

TEST_F(DrmProcessList, TakesAnEngineWithoutALineForUncountedWhereTheDriverPrintsAll) {
  DrmProcesses processes(kPlace, {kDrivers, kEngines, kMemory});
  open(100, 3, client(1, "drm-engine-gfx:\t7 ns\n"));
  (void)processes.processes(machine_);
  clock_->advance(seconds(1));

  const auto row = processes.processes(machine_).processes.at(0);

  EXPECT_DOUBLE_EQ(row.utilization->value, 0.0) << "of gfx, which is counted";
  EXPECT_EQ(row.utilization_decoder.status(), ReadingStatus::unsupported);
  EXPECT_NE(row.utilization_decoder.reason().find("no line drm-engine-dec"), std::string::npos);
}

TEST_F(DrmProcessList, TellsTimeAndShareOfEachEngine) {
  open(100, 3, client(1, "drm-engine-gfx:\t5000000000 ns\n"));
  open(100, 4, client(2, "drm-engine-gfx:\t1000000000 ns\ndrm-cycles-odd:\t5\n"));
  (void)list();
  clock_->advance(seconds(1));
  open(100, 3, client(1, "drm-engine-gfx:\t5250000000 ns\n"));

  const auto engines = list().processes.at(0).engines;

  ASSERT_EQ(engines.size(), 2U);
  EXPECT_EQ(engines[0].name, "gfx");
  EXPECT_EQ(engines[0].busy.optional(), milliseconds(6250));
  EXPECT_EQ(engines[0].share.optional(), ratio(0.25));
  EXPECT_EQ(engines[1].busy.status(), ReadingStatus::unsupported);
  EXPECT_EQ(engines[1].share.status(), ReadingStatus::pending);
}

TEST_F(DrmProcessList, AddsUpWhatTheDeviceDid) {
  open(100, 3, client(1, "drm-engine-gfx:\t0 ns\n"));
  open(101, 3, client(2, "drm-engine-gfx:\t0 ns\n"));
  EXPECT_EQ(list().sums.get(metric::utilization).status(), ReadingStatus::pending);
  clock_->advance(seconds(1));
  open(100, 3, client(1, "drm-engine-gfx:\t250000000 ns\n"));
  open(101, 3, client(2, "drm-engine-gfx:\t500000000 ns\n"));

  const auto sums = list().sums;

  EXPECT_EQ(sums.get(metric::utilization).optional(), ratio(0.75));
  EXPECT_EQ(sums.get(metric::utilization_compute).optional(), ratio(0.0));
}

TEST_F(DrmProcessList, DoesNotAddUpWhatItMayNotSee) {
  open(100, 3, client(1, "drm-engine-gfx:\t0 ns\n"));
  tree_.file("proc/200/cmdline", "secret").directory("proc/200/fd");
  std::filesystem::permissions(tree_.root() / "proc/200/fd", std::filesystem::perms::none);
  std::filesystem::permissions(tree_.root(), std::filesystem::perms(0755));

  EXPECT_EQ(accel::testing::as_nobody([&] {
              (void)list();
              clock_->advance(seconds(1));
              return list().sums.get(metric::utilization).status() == ReadingStatus::no_permission;
            }),
            1);
}

TEST_F(DrmProcessList, DoesNotAddUpWhatAProgramDidThatHasEnded) {
  open(100, 3, client(1, "drm-engine-gfx:\t0 ns\n"));
  open(101, 3, client(2, "drm-engine-gfx:\t7 ns\n"));
  open(102, 3, client(3, ""));
  (void)list();
  clock_->advance(seconds(1));
  tree_.remove("proc/101");
  EXPECT_EQ(list().sums.get(metric::utilization).status(), ReadingStatus::pending);
  clock_->advance(seconds(1));
  tree_.remove("proc/102");

  EXPECT_EQ(list().sums.get(metric::utilization).optional(), ratio(0)) << "it has never worked";
}

TEST_F(DrmProcessList, AddsUpCyclesOfAProgramThatStartedMeanwhile) {
  DrmProcesses processes(kPlace, {kDrivers, kEngines, kMemory, true, true});
  const auto ran = [](int id, int busy, int total) {
    return "drm-driver:\txe\ndrm-pdev:\t0000:03:00.0\ndrm-client-id:\t" + std::to_string(id) +
           "\ndrm-cycles-rcs:\t" + std::to_string(busy) + "\ndrm-total-cycles-rcs:\t" +
           std::to_string(total) + "\n";
  };
  open(100, 3, ran(1, 500, 1000));
  (void)processes.processes(machine_);
  clock_->advance(seconds(1));
  open(100, 3, ran(1, 500, 2000));
  open(101, 3, ran(2, 250, 2000));

  const auto found = processes.processes(machine_);

  EXPECT_EQ(found.sums.get(metric::utilization).optional(), ratio(0.25));
  EXPECT_EQ(found.processes.at(1).utilization.optional(), ratio(0.25));
}

TEST_F(DrmProcessList, DoesNotAddUpAProgramOfWhichTheKernelTellsNothing) {
  open(100, 3, client(1, "drm-engine-gfx:\t0 ns\n"));
  open(101, 3, "pos:\t0\n", "/dev/accel/accel0");
  (void)list();
  clock_->advance(seconds(1));

  const auto busy = list().sums.get(metric::utilization);

  EXPECT_EQ(busy.status(), ReadingStatus::unsupported);
  EXPECT_NE(busy.reason().find("program 101"), std::string::npos) << busy.reason();
}

TEST_F(DrmProcessList, SaysWhereASumComesFromAndWhenItWasTaken) {
  tree_.directory("proc");
  (void)list();
  clock_->advance(seconds(1));

  const auto busy = list().sums.get(metric::utilization);

  EXPECT_EQ(busy.optional(), ratio(0)) << "nobody has it open";
  EXPECT_EQ(busy.source(), "sum of " + (tree_.root() / "proc/<pid>/fdinfo").string());
  EXPECT_EQ(busy.time(), clock_->steady());
}

TEST_F(DrmProcessList, CountsTheBusiestEngineOfAnyKindAsTheUseOfTheDevice) {
  open(100, 3, client(1, "drm-engine-gfx:\t0 ns\ndrm-engine-dec:\t0 ns\n"));
  (void)list();
  clock_->advance(seconds(1));
  open(100, 3, client(1, "drm-engine-gfx:\t100000000 ns\ndrm-engine-dec:\t500000000 ns\n"));

  const auto sums = list().sums;

  EXPECT_EQ(sums.get(metric::utilization).optional(), ratio(0.5));
  EXPECT_EQ(sums.get(metric::utilization_media).optional(), ratio(0.5));
  EXPECT_FALSE(sums.contains(metric::utilization_copy.row)) << "no engine is known to copy";
}

TEST_F(DrmProcessList, SaysWhyTheDriverCountsNothingAtPresent) {
  open(100, 3, client(1, ""));

  const auto found =
      processes_.processes(machine_, Absence{ReadingStatus::unsupported, "profiling is 0", ""});

  EXPECT_EQ(found.processes.at(0).utilization.reason(), "profiling is 0");
  EXPECT_EQ(found.sums.get(metric::utilization).reason(), "profiling is 0");
}

TEST_F(DrmProcessList, ListsWhoHasTheNodeOpenWithoutAWordOfTheKernel) {
  open(100, 3, "pos:\t0\n", "/dev/accel/accel0");

  ASSERT_EQ(list().processes.size(), 1U);
  EXPECT_EQ(list().processes[0].type, ProcessType::unknown);
  EXPECT_EQ(list().processes[0].memory.status(), ReadingStatus::unsupported);
}

TEST_F(DrmProcessList, HidesAProgramWhoseFileMayNotBeLookedAt) {
  open(100, 3, client(1, ""));
  open(200, 3, client(2, ""));
  std::filesystem::permissions(tree_.root() / "proc/200/fdinfo/3", std::filesystem::perms::none);
  std::filesystem::permissions(tree_.root(), std::filesystem::perms(0755));

  EXPECT_EQ(accel::testing::as_nobody([&] {
              const auto found = list();
              return found.hidden.count().optional() == 1 && found.processes.size() == 1;
            }),
            1);
}

TEST_F(DrmProcessList, BelievesNoMemoryThatDoesNotFit) {
  open(100, 3, client(1, "drm-resident-vram:\t18446744073709551615\n"));
  open(100, 4, client(2, "drm-resident-vram:\t18446744073709551615\n"));

  EXPECT_EQ(list().processes.at(0).memory.status(), ReadingStatus::error);
}

TEST_F(DrmProcessList, TellsComputeFromGraphics) {
  open(100, 3, client(1, "drm-engine-compute:\t7 ns\n"));
  open(101, 3, client(2, "drm-engine-gfx:\t7 ns\n"));
  open(102, 3, client(3, "drm-engine-gfx:\t7 ns\ndrm-engine-compute:\t7 ns\n"));

  const auto rows = list().processes;

  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].type, ProcessType::compute);
  EXPECT_EQ(rows[1].type, ProcessType::graphics);
  EXPECT_EQ(rows[2].type, ProcessType::compute_and_graphics);
}

TEST_F(DrmProcessList, DividesCyclesByTheTotalAndTheCapacity) {
  const auto cycles = [](int busy, int total) {
    return "drm-driver:\txe\ndrm-pdev:\t0000:03:00.0\ndrm-client-id:\t1\ndrm-cycles-rcs:\t" +
           std::to_string(busy) + "\ndrm-total-cycles-rcs:\t" + std::to_string(total) +
           "\ndrm-engine-capacity-rcs:\t2\n";
  };
  open(100, 3, cycles(100, 5000));
  (void)list();
  clock_->advance(seconds(1));
  open(100, 3, cycles(600, 6000));

  EXPECT_DOUBLE_EQ(list().processes.at(0).utilization->value, 0.25);
}

TEST_F(DrmProcessList, KnowsNoShareOfCyclesOfANewClient) {
  (void)list();
  clock_->advance(seconds(1));
  open(100, 3,
       "drm-driver:\txe\ndrm-pdev:\t0000:03:00.0\ndrm-client-id:\t1\ndrm-cycles-rcs:\t10\n"
       "drm-total-cycles-rcs:\t1000\n");

  // gfx has no line, which is no use; the busier of the two is not known.
  EXPECT_EQ(list().processes.at(0).utilization.status(), ReadingStatus::pending);
}

TEST_F(DrmProcessList, KeepsTheLargerCounterWhenOneFalls) {
  open(100, 3, client(1, "drm-engine-gfx:\t5000000000 ns\n"));
  (void)list();
  clock_->advance(seconds(1));
  open(100, 3, client(1, "drm-engine-gfx:\t4000000000 ns\n"));
  EXPECT_DOUBLE_EQ(list().processes.at(0).utilization->value, 0.0);
  clock_->advance(seconds(1));
  open(100, 3, client(1, "drm-engine-gfx:\t5100000000 ns\n"));

  EXPECT_NEAR(list().processes.at(0).utilization->value, 0.1, 1e-9);
}

TEST_F(DrmProcessList, FindsADeviceWithoutABusByItsNode) {
  const std::string no_bus = "drm-driver:\tamdgpu\ndrm-client-id:\t1\n";
  open(100, 3, no_bus, "/dev/accel/accel0");
  open(101, 3, "drm-driver:\tamdgpu\ndrm-client-id:\t2\n", "/dev/accel/accel1");

  ASSERT_EQ(list().processes.size(), 1U);
  EXPECT_EQ(list().processes[0].pid, 100);
}

TEST_F(DrmProcessList, GivesAPartOfADeviceTheClientsOfItsOwnNode) {
  DrmProcesses part({"0000:03:00.0", {"/dev/dri/renderD129"}, true}, {kDrivers, kEngines, kMemory});
  open(100, 3, client(1, ""));
  open(101, 3, client(2, ""), "/dev/dri/renderD129");
  open(102, 3, client(3, "", "0000:04:00.0"), "/dev/dri/renderD129");

  const auto found = part.processes(machine_);

  ASSERT_EQ(found.processes.size(), 1U);
  EXPECT_EQ(found.processes[0].pid, 101);
}

TEST_F(DrmProcessList, PassesOverClientsOfOtherDrivers) {
  open(100, 3, "drm-driver:\tnouveau\ndrm-pdev:\t0000:03:00.0\ndrm-client-id:\t1\n");

  EXPECT_TRUE(list().processes.empty());
}

TEST_F(DrmProcessList, CountsProgramsThatMayNotBeLookedAt) {
  open(100, 3, client(1, ""));
  tree_.file("proc/200/cmdline", "secret").directory("proc/200/fd");
  tree_.file("proc/2/cmdline", "").directory("proc/2/fd");
  for (const char* folder : {"proc/200/fd", "proc/2/fd"}) {
    std::filesystem::permissions(tree_.root() / folder, std::filesystem::perms::none);
  }
  std::filesystem::permissions(tree_.root(), std::filesystem::perms(0755));

  EXPECT_EQ(accel::testing::as_nobody([&] {
              const auto found = list();
              return found.hidden.count().optional() == 1 && found.processes.size() == 1;
            }),
            1);
}

}  // namespace
}  // namespace accel
