// Measures what docs/benchmarks.md claims and prints it as a table and as JSON. It judges nothing:
// times depend on the machine.
//
//   accel-bench ACCEL [ROUNDS]
//
// Every round runs each program once, beginning with one that does nothing, so that a slow moment
// of the machine falls on all of them; a figure is the median of its differences from the empty
// program of the same round.
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <thread>

#include "claims.hpp"
#include "measure.hpp"
#include "peers.hpp"

namespace accel::bench {
namespace {

struct Figures {
  std::vector<double> wall_ms;  ///< over the empty program of the same round
  std::vector<double> cpu_ms;
  long max_rss_bytes = 0;
  int failures = 0;
};

/// The value below which that share of them lies.
double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(last * share + 0.5)];
}

double milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

void add(Figures& figures, const Run& run, const Run& empty) {
  if (run.exit_status != 0) ++figures.failures;
  figures.wall_ms.push_back(milliseconds(run.wall - empty.wall));
  figures.cpu_ms.push_back(milliseconds(run.cpu));
  figures.max_rss_bytes = std::max(figures.max_rss_bytes, run.max_rss_bytes);
}

std::vector<Figures> measure(const Program& empty, const std::vector<Subject>& subjects,
                             int rounds) {
  std::vector<Figures> figures(subjects.size());
  for (int round = -1; round < rounds; ++round) {
    const Run nothing = run_once(empty);
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      const Run run = run_once(subjects[i].program);
      // The first round fills the caches and builds the simulated nodes.
      if (round >= 0) add(figures[i], run, nothing);
    }
  }
  return figures;
}

void print_table(const std::vector<Subject>& subjects, const std::vector<Figures>& all) {
  std::printf("%-36s %10s %10s %10s %10s  %s\n", "", "wall ms", "p90", "cpu ms", "RSS MiB",
              "claim");
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const Figures& figures = all[i];
    std::printf("%-36s %10.2f %10.2f %10.2f %10.1f  %s", subjects[i].name.c_str(),
                quantile(figures.wall_ms, 0.5), quantile(figures.wall_ms, 0.9),
                quantile(figures.cpu_ms, 0.5),
                static_cast<double>(figures.max_rss_bytes) / (1024 * 1024),
                subjects[i].claim.c_str());
    if (figures.failures > 0) std::printf("  FAILED %d times", figures.failures);
    std::printf("\n");
  }
}

std::string command_line(const Program& program) {
  std::string line;
  for (const auto& argument : program.arguments) line += (line.empty() ? "" : " ") + argument;
  return line;
}

nlohmann::ordered_json document(const std::vector<Subject>& subjects,
                                const std::vector<Figures>& all, int rounds) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    list.push_back({{"name", subjects[i].name},
                    {"command", command_line(subjects[i].program)},
                    {"claim", subjects[i].claim},
                    {"wall_ms_median", quantile(all[i].wall_ms, 0.5)},
                    {"wall_ms_p90", quantile(all[i].wall_ms, 0.9)},
                    {"cpu_ms_median", quantile(all[i].cpu_ms, 0.5)},
                    {"max_rss_bytes", all[i].max_rss_bytes},
                    {"failures", all[i].failures}});
  }
  return {{"rounds", rounds}, {"subjects", list}};
}

int run(const Place& place, int rounds) {
  auto subjects = own_subjects(place);
  const auto captured = captured_cards(place);
  if (captured) subjects.push_back(*captured);
  const Peers peers = find_peers(place);
  subjects.insert(subjects.end(), peers.found.begin(), peers.found.end());

  const auto figures = measure({{place.empty.string()}, {}}, subjects, rounds);

  utsname system{};
  ::uname(&system);
  std::printf("%d rounds, %u cores, %s %s; wall time over that of an empty program\n\n", rounds,
              std::thread::hardware_concurrency(), system.sysname, system.release);
  print_table(subjects, figures);
  if (!captured) std::printf("recorded cards: ACCEL_CAPTURES is not set, not measured\n");
  for (const auto& absent : peers.absent) {
    std::printf("%s: not found in ACCEL_PEERS, not measured\n", absent.c_str());
  }
  std::printf("\n%s\n", document(subjects, figures, rounds).dump(2).c_str());
  return 0;
}

}  // namespace
}  // namespace accel::bench

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: accel-bench ACCEL [ROUNDS]\n", stderr);
    return 2;
  }
  std::string scratch = (std::filesystem::temp_directory_path() / "accel-bench-XXXXXX").string();
  if (::mkdtemp(scratch.data()) == nullptr) {
    std::fprintf(stderr, "accel-bench: %s: cannot make a directory\n", scratch.c_str());
    return 1;
  }
  const auto accel = std::filesystem::absolute(argv[1]);
  const auto own = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 31;
  const int status = accel::bench::run(
      {accel, own / "accel-bench-empty", accel.parent_path() / "lib/accel/sim", scratch}, rounds);
  std::filesystem::remove_all(scratch);
  return status;
}
