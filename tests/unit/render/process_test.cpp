#include <gtest/gtest.h>

#include <fstream>

#include "render/json.hpp"
#include "render/process_document.hpp"
#include "render/process_text.hpp"
#include "support/json_schema.hpp"
#include "unit/render/sample_machine.hpp"

namespace accel::render {
namespace {

using Json = nlohmann::json;

const std::string kId(64, 'a');

class Programs : public ::testing::Test {
 protected:
  Programs() {
    partition_.partition = 1;
    report_.wall = std::chrono::milliseconds(1'795'180'633'250);
    report_.interval = std::chrono::milliseconds(500);
    for (const AcceleratorInfo* info : {&info_, &partition_}) {
      DeviceSample sample;
      sample.info = info;
      report_.devices.push_back(std::move(sample));
    }
    add(0, 4242, mebibytes(512), ratio(0.5));
    add(0, 99, Absence{ReadingStatus::unsupported, "f: no line", ""}, ratio(0.75));
    add(1, 4242, gibibytes(2), Absence{ReadingStatus::pending, "f: once", "again"});
    list(0).processes[0].container = kId;
    list(0).processes[0].container_runtime = std::string("docker");
    list(0).hidden.pids = {7, 8};
    list(1).hidden.pids = {8};
  }
  static Bytes gibibytes(std::int64_t n) { return mebibytes(n * 1024); }
  void add(std::size_t device, std::int64_t pid, Reading<Bytes> memory, Reading<Ratio> busy) {
    AcceleratorProcess process;
    process.pid = pid;
    process.name = std::string("python3");
    process.user = std::string("ada");
    process.memory = std::move(memory);
    process.utilization = std::move(busy);
    list(device).processes.push_back(std::move(process));
  }
  ProcessList& list(std::size_t device) { return report_.devices.at(device).processes.value(); }
  [[nodiscard]] std::vector<ProcessRow> sorted(std::string_view by) const {
    auto rows = process_rows(report_.devices);
    ProcessOrder::parse(by).value().sort(rows);
    return rows;
  }
  [[nodiscard]] std::string text() const {
    return processes_text(report_, process_rows(report_.devices), {});
  }
  [[nodiscard]] Json document() const {
    return Json::parse(json(processes_document(report_, process_rows(report_.devices))));
  }

  AcceleratorInfo info_ = h100();
  AcceleratorInfo partition_ = h100();
  ProcessReport report_;
};

TEST_F(Programs, AreATableOfWhatIsKnownOfThem) {
  EXPECT_EQ(text(),
            "DEVICE  PID   USER  TYPE     MEMORY   BUSY     CONTAINER            NAME\n"
            "0       4242  ada   compute  512 MiB  50 %     docker:aaaaaaaaaaaa  python3\n"
            "0       99    ada   compute  -        75 %     -                    python3\n"
            "0.1     4242  ada   compute  2 GiB    pending  -                    python3\n"
            "hidden: 2 processes that this user may not look at\n");
}

TEST_F(Programs, AreADocumentAsItsSchemaSays) {
  ProcessEngine engine;
  engine.name = "gfx";
  engine.busy = seconds(3);
  engine.share = Absence{ReadingStatus::pending, "f: once", "again"};
  list(0).processes[0].engines.push_back(engine);
  list(0).problems.push_back({Errc::malformed, "names a program 0", "", {}});
  const testing::JsonSchema schema(
      Json::parse(std::ifstream(ACCEL_SOURCE_DIR "/docs/schema/processes-1.json")));

  const Json made = document();

  EXPECT_EQ(schema.violation(made), "");
  EXPECT_EQ(made["hidden"], 2) << "one is hidden from both";
  EXPECT_EQ(made["processes"][0]["engines"][0]["busy_seconds"], 3);
  EXPECT_EQ(made["processes"][2]["device"], "0.1");
  EXPECT_TRUE(made["processes"][2]["utilization"].is_null());
  EXPECT_EQ(made["devices"][0]["processes"], 2);
  EXPECT_EQ(made["interval_ms"], 500);
}

TEST_F(Programs, OfADeviceThatCannotBeAskedAreNotNone) {
  report_.devices[1].processes = Error{Errc::device_asleep, "it sleeps", "--wake", {}};

  EXPECT_NE(text().find("[0.1] NVIDIA H100 80GB HBM3: it sleeps"), std::string::npos) << text();
  EXPECT_TRUE(document()["devices"][1]["processes"].is_null());
  EXPECT_TRUE(document()["devices"][1]["hidden"].is_null());
}

TEST_F(Programs, ThatCannotBeCountedAreNotNone) {
  list(1).hidden.uncounted = Absence{ReadingStatus::no_permission, "hidepid", "run as root"};

  EXPECT_NE(text().find("hidden: number not known: at least 2; hidepid"), std::string::npos)
      << text();
  EXPECT_TRUE(document()["hidden"].is_null());
  EXPECT_EQ(document()["missing"][0]["reason"], "at least 2; hidepid");
}

TEST_F(Programs, AreSortedByAnyFieldWithTheUnknownLast) {
  EXPECT_EQ(sorted("memory_bytes")[0].process->memory.optional(), mebibytes(512));
  EXPECT_EQ(sorted("-memory_bytes")[0].process->memory.optional(), gibibytes(2));
  EXPECT_FALSE(sorted("memory_bytes")[2].process->memory);
  EXPECT_FALSE(sorted("-memory_bytes")[2].process->memory);
  EXPECT_EQ(sorted("pid,-device")[0].process->pid, 99);
  EXPECT_EQ(sorted("pid,-device")[1].device, &report_.devices[1]);
  EXPECT_EQ(sorted("+pid,device")[1].device, &report_.devices[0]);
}

TEST_F(Programs, CannotBeSortedByWhatTheyDoNotHave) {
  const auto order = ProcessOrder::parse("-memry_bytes");

  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().code, Errc::invalid_argument);
  EXPECT_EQ(order.error().message, "unknown field: 'memry_bytes'");
  EXPECT_NE(order.error().remedy.find("memory_bytes"), std::string::npos);
}

TEST_F(Programs, HaveAColumnForEveryFieldInEveryFormat) {
  for (const ProcessField& field : process_fields()) {
    const ProcessRow row{report_.devices.data(), &list(0).processes[0]};
    const ProcessRow none{report_.devices.data(), nullptr};
    EXPECT_FALSE(field.text(row).empty()) << field.key;
    EXPECT_FALSE(field.text(none).empty()) << field.key;
    EXPECT_FALSE(field.heading.empty()) << field.key;
  }
}

}  // namespace
}  // namespace accel::render
