#include "core/doctor.hpp"

#include <gtest/gtest.h>

#include "support/fake_tree.hpp"
#include "support/stub_vendor.hpp"

namespace accel {
namespace {

using testing::FakeTree;
using testing::finds_one;
using testing::stub_info_at;
using testing::stub_vendor;

class Doctor : public ::testing::Test {
 protected:
  /// A card on the bus whose kernel driver is bound.
  void add_card(const std::string& vendor, const std::string& driver) {
    const std::filesystem::path device = "sys/bus/pci/devices/0000:03:00.0";
    tree_.file(device / "class", "0x030000\n")
        .file(device / "vendor", vendor + "\n")
        .file(device / "device", "0x744c\n");
    if (driver.empty()) return;
    tree_.directory("sys/bus/pci/drivers/" + driver)
        .link(device / "driver", "../../drivers/" + driver);
  }
  /// A device whose readings are what `read` says.
  void add_device(std::function<void(ReadingSet&)> read) {
    entries_ = {
        stub_vendor("NVIDIA", finds_one(stub_info_at("NVIDIA", "0000:41:00.0"), std::move(read)))};
  }
  std::vector<Finding> examine() {
    Machine machine;
    machine.root = tree_.root();
    System system(machine, entries_);
    system.discover();
    return accel::examine(system, tree_.root() / "var/lib/accel/journal");
  }
  std::vector<std::string> ids() {
    std::vector<std::string> all;
    for (const Finding& finding : examine()) {
      EXPECT_FALSE(finding.title.empty()) << finding.id;
      EXPECT_FALSE(finding.evidence.empty()) << finding.id;
      EXPECT_FALSE(finding.remedy.empty()) << finding.id;
      all.push_back(finding.id);
    }
    return all;
  }

  FakeTree tree_;
  std::vector<BackendEntry> entries_;
};

using Ids = std::vector<std::string>;

TEST_F(Doctor, FindsAMissingRenderGroupAndAnUnfinishedJournal) {
  add_card("0x1002", "amdgpu");
  tree_.file("etc/group", "root:x:0:\nvideo:x:44:\n")
      .file("var/lib/accel/journal/0001.json", "{}\n");

  EXPECT_EQ(ids(), (Ids{"ACC-PRM-003", "ACC-CTL-001"}));
}

TEST_F(Doctor, IsContentWithARenderGroupAndAnEmptyJournal) {
  add_card("0x1002", "amdgpu");
  tree_.file("etc/group", "root:x:0:\nrender:x:105:\n").directory("var/lib/accel/journal");

  EXPECT_EQ(ids(), Ids{});
}

TEST_F(Doctor, JudgesNoGroupsThatItCannotRead) {
  add_card("0x1002", "amdgpu");

  EXPECT_EQ(ids(), Ids{});
}

TEST_F(Doctor, AsksForNoRenderGroupWhereNobodyNeedsIt) {
  tree_.file("etc/group", "root:x:0:\n");

  EXPECT_EQ(ids(), Ids{});
}

TEST_F(Doctor, FindsADeviceWithoutDriver) {
  add_card("0x1002", "");

  EXPECT_EQ(ids(), (Ids{"ACC-DRV-001"}));
}

TEST_F(Doctor, NotesASuspendedDevice) {
  add_card("0x1002", "amdgpu");
  tree_.file("sys/bus/pci/devices/0000:03:00.0/power/runtime_status", "suspended\n");

  const auto findings = examine();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "ACC-PWR-001");
  EXPECT_EQ(findings[0].severity, Severity::low);
}

TEST_F(Doctor, FindsALinkThatIsNarrowerThanItCanBe) {
  add_device([](ReadingSet& out) {
    out.set(metric::pcie_width, Reading<Lanes>(Lanes{8}, "current_link_width"));
    out.set(metric::pcie_width_max, Reading<Lanes>(Lanes{16}));
  });

  const auto findings = examine();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "ACC-PCI-001");
  EXPECT_EQ(findings[0].evidence, "x8 of x16 lanes (current_link_width)");
}

TEST_F(Doctor, ExpectsFullLinkSpeedOfABusyDeviceOnly) {
  double busy = 0.05;
  add_device([&busy](ReadingSet& out) {
    out.set(metric::utilization, Reading<Ratio>(ratio(busy)));
    out.set(metric::pcie_speed, Reading<TransferRate>(TransferRate{2'500'000'000}));
    out.set(metric::pcie_speed_max, Reading<TransferRate>(TransferRate{32'000'000'000}));
  });

  EXPECT_EQ(ids(), Ids{});
  busy = 0.9;
  EXPECT_EQ(ids(), (Ids{"ACC-PCI-002"}));
}

TEST_F(Doctor, NamesTheReadingsThatThisUserMayNotSee) {
  add_device([](ReadingSet& out) {
    const Absence denied{ReadingStatus::no_permission, "energy1_input: Permission denied",
                         "run with CAP_PERFMON"};
    out.set(metric::energy, Reading<Energy>(denied));
    out.set(metric::power, Reading<Power>(denied));
  });

  const auto findings = examine();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "ACC-PRM-002");
  EXPECT_NE(findings[0].title.find("power, energy"), std::string::npos) << findings[0].title;
  EXPECT_EQ(findings[0].remedy, "run with CAP_PERFMON");
}

TEST_F(Doctor, FindsReadingsThatFail) {
  add_device([](ReadingSet& out) {
    const Absence garbage{ReadingStatus::error, "temp1_input: not a number: 'x'", ""};
    out.set(metric::temperature, Reading<Temperature>(garbage));
    for (int fan = 0; fan < 9; ++fan) out.set(metric::fan_rpm, Reading<Rpm>(garbage), fan);
  });

  const auto findings = examine();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "ACC-DEV-002");
  EXPECT_NE(findings[0].title.find("temperature, fan_rpm.0"), std::string::npos)
      << findings[0].title;
  EXPECT_TRUE(findings[0].title.ends_with("fan_rpm.6 and 2 more")) << findings[0].title;
  EXPECT_EQ(findings[0].evidence, "temp1_input: not a number: 'x'");
  EXPECT_FALSE(findings[0].remedy.empty());
}

TEST_F(Doctor, SaysOneCauseOnce) {
  auto info = stub_info_at("NVIDIA", "0000:41:00.0");
  info.state = DeviceState::lost;
  info.state_reason = "nvmlDeviceGetHandle: GPU is lost";
  const auto find = [info](const Discovery&) -> Result<Discovered> {
    Discovered found;
    found.devices.push_back(std::make_unique<testing::StubDevice>(info));
    found.problems.push_back(
        {Errc::device_lost, "NVIDIA: 0000:41:00.0: " + info.state_reason, "reset it", {}});
    return found;
  };
  const auto findings = [info] {
    return std::vector<Finding>{
        {"ACC-NV-007", Severity::high, "A GPU is lost", info.state_reason, "reset it", info.uuid}};
  };
  entries_ = {stub_vendor("NVIDIA", find)};
  EXPECT_EQ(ids(), (Ids{"ACC-DEV-001"})) << "the back end itself says nothing";

  entries_[0].make = [find, findings](const Machine&) {
    return std::make_unique<testing::StubBackend>(find, findings);
  };
  EXPECT_EQ(ids(), (Ids{"ACC-NV-007"}));
}

TEST_F(Doctor, SaysOfEachDeviceWhatIsSaidOfAnother) {
  const auto lost = [](std::string_view address) {
    auto info = stub_info_at("NVIDIA", address);
    info.state = DeviceState::lost;
    info.state_reason = "GPU is lost";
    return info;
  };
  entries_ = {stub_vendor("NVIDIA", testing::finds({lost("0000:41:00.0"), lost("0000:42:00.0")}))};

  EXPECT_EQ(ids(), (Ids{"ACC-DEV-001", "ACC-DEV-001"}));
}

TEST_F(Doctor, PassesOnWhatAVendorCouldNotDo) {
  entries_ = {stub_vendor("NVIDIA", [](const Discovery&) -> Result<Discovered> {
    return Error{Errc::nvml_error, "nvmlInit_v2: Driver/library version mismatch", "reboot", {}};
  })};

  const auto findings = examine();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "ACC-VEN-001");
  EXPECT_EQ(findings[0].evidence, "nvmlInit_v2: Driver/library version mismatch");
}

TEST_F(Doctor, SaysWhatOneDeviceSuffersOfThatDeviceAlone) {
  AcceleratorInfo lost = stub_info_at("NVIDIA", "0000:41:00.0");
  lost.state = DeviceState::lost;
  lost.state_reason = "nvmlX: GPU is lost";
  lost.state_remedy = "reset the GPU";
  entries_ = {stub_vendor("NVIDIA", [lost](const Discovery&) -> Result<Discovered> {
    Discovered found;
    found.devices.push_back(std::make_unique<testing::StubDevice>(lost));
    found.problems.push_back(
        {Errc::device_lost, "NVIDIA: 0000:41:00.0: nvmlX: GPU is lost", "reset the GPU", {}});
    return found;
  })};

  const auto findings = examine();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "ACC-DEV-001");
  EXPECT_EQ(findings[0].device, lost.uuid);
  EXPECT_EQ(findings[0].remedy, "reset the GPU");
}

TEST_F(Doctor, SaysWhatAWholeVendorSuffersOnce) {
  std::vector<AcceleratorInfo> infos{stub_info_at("NVIDIA", "0000:41:00.0"),
                                     stub_info_at("NVIDIA", "0000:42:00.0")};
  for (AcceleratorInfo& info : infos) {
    info.state = DeviceState::error;
    info.state_reason = "nvmlInit_v2: version mismatch";
  }
  entries_ = {stub_vendor("NVIDIA", [infos](const Discovery& discovery) -> Result<Discovered> {
    auto found = testing::finds(infos)(discovery);
    found->problems.push_back(
        {Errc::nvml_error, "NVIDIA: nvmlInit_v2: version mismatch", "reboot", {}});
    return found;
  })};

  EXPECT_EQ(ids(), Ids{"ACC-VEN-001"});
}

TEST_F(Doctor, NamesTheRemedyOfADeviceThatIsFoundLostWhileItIsRead) {
  add_device([](ReadingSet& out) {
    out.set(metric::power, Reading<Power>(Absence{ReadingStatus::lost, "f: lost", "reseat it"}));
  });

  const auto findings = examine();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "ACC-DEV-001");
  EXPECT_EQ(findings[0].remedy, "reseat it");
}

TEST_F(Doctor, FindsUncorrectedMemoryErrors) {
  std::int64_t errors = 0;
  add_device([&errors](ReadingSet& out) {
    out.set(metric::ecc_uncorrected, Reading<Count>(Count{errors}, "ras/umc_err_count"));
  });

  EXPECT_EQ(ids(), Ids{});
  errors = 2;
  const auto findings = examine();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "ACC-MEM-001");
  EXPECT_EQ(findings[0].evidence, "2 since its driver was loaded (ras/umc_err_count)");
}

struct Missing {
  const char* vendor;
  const char* device;
  const char* class_code;
  const char* remedy;
};

class DoctorOfAMissingDriver : public Doctor, public ::testing::WithParamInterface<Missing> {};

TEST_P(DoctorOfAMissingDriver, NamesTheModule) {
  const std::filesystem::path device = "sys/bus/pci/devices/0000:03:00.0";
  tree_.file(device / "class", std::string(GetParam().class_code) + "\n")
      .file(device / "vendor", std::string(GetParam().vendor) + "\n")
      .file(device / "device", std::string(GetParam().device) + "\n");

  const auto findings = examine();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "ACC-DRV-001");
  EXPECT_NE(findings[0].remedy.find(GetParam().remedy), std::string::npos) << findings[0].remedy;
}

INSTANTIATE_TEST_SUITE_P(
    Vendors, DoctorOfAMissingDriver,
    ::testing::Values(Missing{"0x10de", "0x2330", "0x030200", "modprobe nvidia;"},
                      Missing{"0x1002", "0x744c", "0x030000", "modprobe amdgpu;"},
                      Missing{"0x8086", "0x56a0", "0x030000", "modprobe xe;"},
                      Missing{"0x8086", "0x7d1d", "0x120000", "modprobe intel_vpu;"},
                      Missing{"0x1022", "0x17f0", "0x118000", "modprobe amdxdna;"},
                      Missing{"0x1da3", "0x1020", "0x120000", "modprobe habanalabs;"},
                      Missing{"0x1e52", "0x401e", "0x120000", "tenstorrent-dkms"},
                      Missing{"0x1ac1", "0x089a", "0x088000", "gasket-dkms"},
                      Missing{"0x1de0", "0x0000", "0x120000", "Groq's kernel driver"}));

}  // namespace
}  // namespace accel
