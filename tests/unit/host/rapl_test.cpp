#include "accel/rapl.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "host_trees.hpp"
#include "support/as_nobody.hpp"
#include "support/fake_clock.hpp"

namespace accel::host {
namespace {

using accel::testing::FakeClock;
using accel::testing::FakeTree;
using accel::testing::machine_at;

constexpr std::int64_t kRange = 262'143'328'850;

class Rapl : public ::testing::Test {
 protected:
  void zone(const std::string& zone, const std::string& name, std::int64_t energy,
            std::int64_t range = kRange) {
    const std::string dir = "sys/class/powercap/" + zone + "/";
    tree_.file(dir + "name", name + "\n")
        .file(dir + "energy_uj", std::to_string(energy) + "\n")
        .file(dir + "max_energy_range_uj", std::to_string(range) + "\n");
  }

  /// Two sockets with core and dram each; `step` is the joules of package 0 so far.
  void two_sockets(std::int64_t joules) {
    zone("intel-rapl:0", "package-0", 1'000'000 + joules * 10'000'000);
    zone("intel-rapl:0:0", "core", joules * 4'000'000);
    zone("intel-rapl:0:1", "dram", joules * 2'000'000);
    zone("intel-rapl:1", "package-1", 5'000'000 + joules * 20'000'000);
    zone("intel-rapl:1:0", "core", joules * 8'000'000);
    zone("intel-rapl:1:1", "dram", joules * 3'000'000);
    tree_.file("sys/class/powercap/intel-rapl/enabled", "1\n");
  }

  Machine machine() {
    auto machine = machine_at(tree_);
    machine.clock = clock_;
    return machine;
  }

  RaplDomain find(const std::vector<RaplDomain>& domains, const std::string& zone) {
    const auto path = (tree_.root() / "sys/class/powercap" / zone).string();
    const auto found = std::ranges::find(domains, path, &RaplDomain::path);
    EXPECT_NE(found, domains.end()) << zone;
    return found == domains.end() ? RaplDomain{} : *found;
  }

  FakeTree tree_;
  std::shared_ptr<FakeClock> clock_ = std::make_shared<FakeClock>();
};

TEST_F(Rapl, HasNoPowerBeforeTheSecondSample) {
  two_sockets(0);
  RaplReader reader(machine());

  const auto domains = reader.sample();
  ASSERT_EQ(domains.size(), 6U);
  for (const auto& domain : domains) {
    EXPECT_EQ(domain.power.status(), ReadingStatus::pending);
    EXPECT_TRUE(domain.energy);
  }
  EXPECT_EQ(host_power(domains).status(), ReadingStatus::pending);
}

TEST_F(Rapl, KeepsTheSocketsApartAndAddsNoCores) {
  two_sockets(0);
  RaplReader reader(machine());
  (void)reader.sample();
  clock_->advance(std::chrono::seconds(1));
  two_sockets(1);

  const auto domains = reader.sample();
  EXPECT_EQ(find(domains, "intel-rapl:0").power.optional(), microwatts(10'000'000));
  EXPECT_EQ(find(domains, "intel-rapl:1").power.optional(), microwatts(20'000'000));
  EXPECT_EQ(find(domains, "intel-rapl:1:0").power.optional(), microwatts(8'000'000));
  EXPECT_EQ(find(domains, "intel-rapl:1:0").package, 1) << "of the zone it lies in";
  EXPECT_EQ(find(domains, "intel-rapl:0:1").kind, RaplKind::dram);
  EXPECT_EQ(host_power(domains).optional(), microwatts(35'000'000)) << "30 W and 5 W of dram";
}

TEST_F(Rapl, DividesByTheTimeThatPassed) {
  two_sockets(0);
  RaplReader reader(machine());
  (void)reader.sample();
  clock_->advance(std::chrono::milliseconds(2500));
  two_sockets(1);

  EXPECT_EQ(find(reader.sample(), "intel-rapl:0").power.optional(), microwatts(4'000'000));
}

TEST_F(Rapl, WrapsAtTheDomainsOwnRange) {
  EXPECT_EQ(energy_between(microjoules(900), microjoules(100), microjoules(1000)),
            microjoules(200));
  EXPECT_EQ(energy_between(microjoules(100), microjoules(900), microjoules(1000)),
            microjoules(800));

  zone("intel-rapl:0", "package-0", 900, 1000);
  RaplReader reader(machine());
  (void)reader.sample();
  clock_->advance(std::chrono::seconds(1));
  zone("intel-rapl:0", "package-0", 100, 1000);
  EXPECT_EQ(reader.sample().at(0).power.optional(), microwatts(200));
}

TEST_F(Rapl, DoesNotGuessTheRangeOfACounterThatFell) {
  EXPECT_EQ(energy_between(microjoules(900), microjoules(100), std::nullopt), std::nullopt);
  EXPECT_EQ(energy_between(microjoules(100), microjoules(2000), microjoules(1000)), std::nullopt)
      << "beyond its range";

  zone("intel-rapl:0", "package-0", 900);
  tree_.remove("sys/class/powercap/intel-rapl:0/max_energy_range_uj");
  RaplReader reader(machine());
  (void)reader.sample();
  clock_->advance(std::chrono::seconds(1));
  tree_.file("sys/class/powercap/intel-rapl:0/energy_uj", "100\n");
  const auto power = reader.sample().at(0).power;
  EXPECT_EQ(power.status(), ReadingStatus::error);
  EXPECT_NE(power.reason().find("range is unknown"), std::string::npos);
}

TEST_F(Rapl, CountsAPackageOnceThatTheKernelShowsTwice) {
  zone("intel-rapl:0", "package-0", 0);
  zone("intel-rapl:0:0", "core", 0);
  zone("intel-rapl-mmio:0", "package-0", 0);
  RaplReader reader(machine());
  (void)reader.sample();
  clock_->advance(std::chrono::seconds(1));
  zone("intel-rapl:0", "package-0", 45'000'000);
  zone("intel-rapl-mmio:0", "package-0", 45'000'000);

  const auto domains = reader.sample();
  EXPECT_EQ(domains.size(), 2U);
  EXPECT_EQ(host_power(domains).optional(), microwatts(45'000'000));
}

TEST_F(Rapl, TakesTheSecondViewWhereTheFirstCannotBeRead) {
  zone("intel-rapl:0", "package-0", 0);
  zone("intel-rapl-mmio:0", "package-0", 7);
  tree_.file("sys/class/powercap/intel-rapl:0/energy_uj", "garbage\n");
  RaplReader reader(machine());

  const auto domains = reader.sample();
  ASSERT_EQ(domains.size(), 1U);
  EXPECT_EQ(domains[0].energy.optional(), microjoules(7));
}

TEST_F(Rapl, TakesPsysForNoSocketAndDoesNotAddIt) {
  zone("intel-rapl:0", "psys", 0);
  zone("intel-rapl:1", "package-0", 0);
  RaplReader reader(machine());
  (void)reader.sample();
  clock_->advance(std::chrono::seconds(1));
  zone("intel-rapl:0", "psys", 99'000'000);
  zone("intel-rapl:1", "package-0", 45'000'000);

  const auto domains = reader.sample();
  EXPECT_EQ(find(domains, "intel-rapl:0").kind, RaplKind::psys);
  EXPECT_EQ(find(domains, "intel-rapl:0").package, -1);
  EXPECT_EQ(host_power(domains).optional(), microwatts(45'000'000));
}

TEST_F(Rapl, AddsCoresWhereThereIsNoPackage) {
  zone("intel-rapl:0", "core", 0);
  RaplReader reader(machine());
  (void)reader.sample();
  clock_->advance(std::chrono::seconds(1));
  zone("intel-rapl:0", "core", 30'000'000);

  EXPECT_EQ(host_power(reader.sample()).optional(), microwatts(30'000'000));
}

TEST_F(Rapl, NamesTheDieOfAPackage) {
  zone("intel-rapl:2", "package-1-die-1", 0);
  RaplReader reader(machine());

  const auto domains = reader.sample();
  EXPECT_EQ(domains.at(0).package, 1);
  EXPECT_EQ(domains.at(0).die, 1);
  EXPECT_EQ(domains.at(0).kind, RaplKind::package);
}

TEST_F(Rapl, FindsInnerZonesThatAreOnlyNested) {
  zone("intel-rapl:0", "package-0", 0);
  zone("intel-rapl:0/intel-rapl:0:0", "core", 3);
  RaplReader reader(machine());

  EXPECT_EQ(reader.sample().size(), 2U);
}

TEST_F(Rapl, SumsNothingWhenOnePackageIsSilent) {
  two_sockets(0);
  RaplReader reader(machine());
  (void)reader.sample();
  clock_->advance(std::chrono::seconds(1));
  two_sockets(1);
  tree_.remove("sys/class/powercap/intel-rapl:1/energy_uj");

  const auto domains = reader.sample();
  EXPECT_EQ(find(domains, "intel-rapl:0").power.optional(), microwatts(10'000'000));
  const auto sum = host_power(domains);
  EXPECT_FALSE(sum);
  EXPECT_NE(sum.reason().find("intel-rapl:1 (package-1)"), std::string::npos);
}

TEST_F(Rapl, BridgesASampleThatWasMissed) {
  two_sockets(0);
  RaplReader reader(machine());
  (void)reader.sample();
  clock_->advance(std::chrono::seconds(1));
  tree_.remove("sys/class/powercap/intel-rapl:0/energy_uj");
  (void)reader.sample();
  clock_->advance(std::chrono::seconds(1));
  two_sockets(1);

  EXPECT_EQ(find(reader.sample(), "intel-rapl:0").power.optional(), microwatts(5'000'000))
      << "the mean over both seconds";
}

TEST_F(Rapl, LacksPermissionWithoutRoot) {
  two_sockets(0);
  std::filesystem::permissions(tree_.root(), std::filesystem::perms(0755));
  for (const auto& entry :
       std::filesystem::directory_iterator(tree_.root() / "sys/class/powercap")) {
    if (std::filesystem::exists(entry.path() / "energy_uj")) {
      std::filesystem::permissions(entry.path() / "energy_uj", std::filesystem::perms(0400));
    }
  }

  EXPECT_EQ(accel::testing::as_nobody([this] {
              RaplReader reader(machine());
              const auto domains = reader.sample();
              return domains.size() == 6 &&
                     domains[0].energy.status() == ReadingStatus::no_permission &&
                     domains[0].power.status() == ReadingStatus::no_permission &&
                     domains[0].energy.remedy().find("CAP_DAC_READ_SEARCH") != std::string::npos &&
                     host_power(domains).status() == ReadingStatus::no_permission;
            }),
            1);
}

TEST_F(Rapl, OfAMachineWithoutZonesIsEmpty) {
  RaplReader reader(machine());

  EXPECT_TRUE(reader.sample().empty());
  EXPECT_EQ(host_power({}).status(), ReadingStatus::unsupported);
}

}  // namespace
}  // namespace accel::host
